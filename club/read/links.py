"""Links that lead nowhere, or to several things, or to a part of a page that is not there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from club.model import structure_rules as rules
from club.model.graph import TEXT, Graph
from club.model.markup import anchors
from club.model.pointers import Pointer
from club.model.problem import Place, Problem, nearest
from club.model.record import Record

OF_EVERY_RECORD = {"top", "backlinks"}


@dataclass(slots=True)
class Sections:
    """The parts of pages that a link may name, worked out when a link names one."""

    graph: Graph
    _known: dict[str, set[str]] = field(default_factory=dict)

    def of(self, record: Record) -> set[str]:
        """The ids inside the page of *record*."""
        if record.id not in self._known:
            self._known[record.id] = self._found(record)
        return self._known[record.id]

    def _found(self, record: Record) -> set[str]:
        if record.is_page:
            return anchors(getattr(record, TEXT))
        page = self.graph.registry.by_collection[record.collection].view(record, self.graph)
        found = OF_EVERY_RECORD | {section.id for section in page.sections}
        body = self.graph.body(record)
        return found | (anchors(body.markdown) if body else set())


class Links:
    """Every `[[link]]` of a graph, and what is wrong with it."""

    def __init__(self, graph: Graph) -> None:
        """*graph* holds the records and the pages."""
        self._graph = graph
        self._sections = Sections(graph)

    @cached_property
    def _names(self) -> tuple[list[str], list[str]]:
        return list(self._graph.names.ids), list(self._graph.names.titles)

    def _near(self, name: str) -> tuple[str, ...]:
        """The ids that look like *name*; its titles for what is not written like an id."""
        ids, titles = self._names
        is_title = not re.fullmatch(r"[a-z0-9./-]+", name)
        first, second = (titles, ids) if is_title else (ids, titles)
        return nearest(name, first) or nearest(name, second)

    def problem(
        self, pointer: Pointer, place: Callable[[Pointer], Place], record: str
    ) -> Problem | None:
        """What is wrong with the link *pointer* in *record*, which *place* finds, if anything."""
        found = self._graph.named(pointer.target)
        if not found:
            return self._unknown(pointer, place(pointer), record)
        if len(found) > 1:
            return rules.AMBIGUOUS_LINK.problem(
                place(pointer),
                rules.AMBIGUOUS_LINK_FOUND,
                nearest=sorted(each.id.removesuffix(".md") for each in found),
                record=record,
                found=pointer.target,
                count=len(found),
            )
        if not pointer.section:
            return None
        sections = self._sections.of(found[0])
        return (
            None
            if pointer.section in sections
            else self._section(pointer, place(pointer), record, sections)
        )

    def _unknown(self, pointer: Pointer, place: Place, record: str) -> Problem:
        return rules.UNKNOWN_LINK.problem(
            place,
            rules.UNKNOWN_LINK_FOUND,
            nearest=self._near(pointer.target),
            record=record,
            found=pointer.target,
        )

    def _section(self, pointer: Pointer, place: Place, record: str, sections: set[str]) -> Problem:
        near = nearest(pointer.section, sections) or sorted(sections - OF_EVERY_RECORD)[:3]
        return rules.UNKNOWN_SECTION.problem(
            place,
            rules.UNKNOWN_SECTION_FOUND,
            nearest=near,
            record=record,
            found=pointer.section,
            target=pointer.target,
        )

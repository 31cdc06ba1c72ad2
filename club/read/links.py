"""Links that lead nowhere, or to several things."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from club.model import structure_rules as rules
from club.model.graph import Graph
from club.model.pointers import Pointer
from club.model.problem import Place, Problem, nearest


class Links:
    """Every `[[link]]` of a graph, and what is wrong with it."""

    def __init__(self, graph: Graph) -> None:
        """*graph* holds the records and the pages."""
        self._graph = graph

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
        return None

    def _unknown(self, pointer: Pointer, place: Place, record: str) -> Problem:
        return rules.UNKNOWN_LINK.problem(
            place,
            rules.UNKNOWN_LINK_FOUND,
            nearest=self._near(pointer.target),
            record=record,
            found=pointer.target,
        )

"""Links to a part of a page that is not there: pages are worked out to know their parts.

This takes the views of records, so it is for those who are about to publish, not for every reader
of the club.
"""

from __future__ import annotations

from collections.abc import Iterator

from club.model import structure_rules as rules
from club.model.graph import TEXT, Graph
from club.model.markup import anchors
from club.model.pointers import Pointer
from club.model.problem import Problem, nearest
from club.model.record import Record
from club.read.load import Club

OF_EVERY_RECORD = {"top", "backlinks"}


def check_sections(club: Club) -> Iterator[Problem]:
    """Each link to a part of a page gives the anchor of one.

    The page of a record is only worked out once every reference leads somewhere.
    """
    graph = club.graph
    known: dict[str, set[str]] = {}
    for record in (*graph, *graph.pages):
        for pointer in graph.pointers(record):
            target = graph.target(pointer) if pointer.section else None
            if target is None or (club.stopping and not target.is_page):
                continue
            if target.id not in known:
                known[target.id] = _sections(target, graph)
            if pointer.section not in known[target.id]:
                yield _problem(graph, record, pointer, known[target.id])


def _sections(record: Record, graph: Graph) -> set[str]:
    """The ids inside the page of *record*."""
    if record.is_page:
        return anchors(getattr(record, TEXT))
    page = graph.registry.by_collection[record.collection].view(record, graph)
    found = OF_EVERY_RECORD | {section.id for section in page.sections}
    body = graph.body(record)
    return found | (anchors(body.markdown) if body else set())


def _problem(graph: Graph, record: Record, pointer: Pointer, sections: set[str]) -> Problem:
    near = nearest(pointer.section, sections) or sorted(sections - OF_EVERY_RECORD)[:3]
    return rules.UNKNOWN_SECTION.problem(
        graph.place_of(record, pointer),
        rules.UNKNOWN_SECTION_FOUND,
        nearest=near,
        record=record.key,
        found=pointer.section,
        target=pointer.target,
    )

"""The state of the wiki: what nothing leads to, what leads nowhere, what is stale or wanted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from club.model.dates import is_past
from club.model.field import fields_of
from club.model.fields import Reliability
from club.model.graph import TEXT, Graph
from club.model.markup import Heading, empty_sections
from club.model.names import INDEXES
from club.model.record import Record
from club.records.page.model import WikiPage

VERIFIED = "verified"
"""The field by which a record says whether its document was read."""


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A page or a long text with headings under which nothing stands."""

    record: Record
    headings: tuple[Heading, ...]


def orphans(graph: Graph, in_navigation: frozenset[str] = frozenset()) -> tuple[Record, ...]:
    """What no other record or page links to; the navigation leads to the pages it holds."""
    return tuple(
        record
        for record in (*graph, *graph.pages)
        if not _is_index(record)
        and record.id not in in_navigation
        and all(link.record is record for link in graph.backlinks(record))
    )


def _is_index(record: Record) -> bool:
    return record.is_page and record.id.rpartition("/")[2] in INDEXES


def dead_ends(graph: Graph) -> tuple[Record, ...]:
    """What links to nothing."""
    return tuple(
        record
        for record in (*graph, *graph.pages)
        if not any(graph.target(pointer) for pointer in graph.pointers(record))
    )


def stale_pages(graph: Graph, today: date) -> tuple[WikiPage, ...]:
    """The pages that were to be read again before *today*, at the precision of their date."""
    return tuple(page for page in graph.all(WikiPage) if is_past(page.review_by, today))


def incomplete(graph: Graph) -> Iterator[Incomplete]:
    """The pages and long texts with empty sections."""
    for record in (*graph, *graph.pages):
        body = graph.body(record)
        text = getattr(record, TEXT) if record.is_page else body.markdown if body else ""
        if found := tuple(empty_sections(text)):
            yield Incomplete(record, found)


def unwritten(graph: Graph) -> Iterator[Record]:
    """What is open to all and nothing has been written on yet, such as an axis of work."""
    for kind in graph.registry.kinds:
        if kind.is_open:
            yield from (each for each in graph.all(kind.model) if not graph.backlinks(each))


def unconfirmed(graph: Graph) -> tuple[Record, ...]:
    """What says of itself that it was not verified, or states a value that was not."""
    return tuple(record for record in graph if _is_unconfirmed(record))


def _is_unconfirmed(record: Record) -> bool:
    if getattr(record, VERIFIED, True) is False:
        return True
    return any(
        claim.trust is Reliability.UNVERIFIED
        for name, field in fields_of(record.__class__).items()
        if field.is_claim
        for claim in _many(getattr(record, name))
    )


def _many(held: Any) -> tuple[Any, ...]:
    return held if isinstance(held, tuple) else () if held is None else (held,)


def wanted(graph: Graph) -> dict[str, tuple[Record, ...]]:
    """What links name and nobody has written, with what names it, the most wanted first."""
    found: dict[str, dict[str, Record]] = defaultdict(dict)
    for record in (*graph, *graph.pages):
        for pointer in graph.pointers(record):
            if pointer.in_text and not graph.named(pointer.target):
                found[pointer.target][record.id] = record
    ordered = sorted(found, key=lambda name: (-len(found[name]), name))
    return {name: tuple(found[name].values()) for name in ordered}

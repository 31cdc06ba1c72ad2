"""What moved since a milestone, such as a plenary: positions, answers, figures, records, pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from club.history.changes import Change, FieldChanged
from club.history.timeline import Event
from club.history.versions import is_page
from club.model.field import field_of
from club.model.graph import Graph
from club.model.kind import Kind
from club.model.message import N_, Message
from club.model.record import Record
from club.model.registry import Registry
from club.model.view import CardView, Fact, Link, PageView
from club.model.viewing import link, section, sections
from club.publish.words.changelog import Changelog, day_of

SECTIONS = (
    ("positions", N_("Positions")),
    ("answers", N_("Answers of the vendor")),
    ("figures", N_("Figures")),
    ("records", N_("Records")),
    ("pages", N_("Pages")),
)
EVIDENCE = frozenset({"note", "reliability"})
MAX_CARDS = 200
UNTOLD = Message(N_("Nothing has moved since."))


def since_pages(changelog: Changelog, graph: Graph) -> Iterator[PageView]:
    """A page for each record that is a milestone."""
    if changelog.is_known:
        for kind in graph.registry.kinds:
            for record in graph.all(kind.model):
                if day := kind.milestone(record):
                    yield _page(record, day, changelog, kind, graph.registry)


def has_since(changelog: Changelog, record: Record, registry: Registry) -> bool:
    """Whether *record* has such a page."""
    kind = registry.by_collection.get(record.collection)
    return changelog.is_known and kind is not None and kind.milestone(record) is not None


def since_url(record: Record) -> str:
    """Where the page of what moved since *record* is."""
    return f"{record.key}/since/"


def since_urls(graph: Graph) -> Iterator[str]:
    """Where the pages of what moved are, on a site that knows its past."""
    for kind in graph.registry.kinds:
        yield from (since_url(record) for record in graph.all(kind.model) if kind.milestone(record))


def _page(
    record: Record, day: date, changelog: Changelog, kind: Kind[Record], registry: Registry
) -> PageView:
    cards = _cards(changelog, day, registry)
    moved = sections(
        *(section(id, Message(title), *_first(cards[id]), layout="cards") for id, title in SECTIONS)
    )
    return PageView(
        url=since_url(record),
        collection=record.collection,
        title=Message(N_("What moved since {meeting}"), {"meeting": link(record)}),
        facts=(Fact(Message(kind.singular), (link(record),)),),
        sections=moved or sections(section("nothing", Message(N_("Changes")), UNTOLD)),
    )


def _first(cards: list[CardView]) -> list[object]:
    more = len(cards) - MAX_CARDS
    rest = [Message(N_("and {count} more"), {"count": more})] if more > 0 else []
    return [*cards[:MAX_CARDS], *rest]


def _cards(changelog: Changelog, day: date, registry: Registry) -> dict[str, list[CardView]]:
    """One card for each record or page, its changes newest first."""
    lines: dict[tuple[str, str], list[object]] = defaultdict(list)
    titles: dict[str, Link] = {}
    for event in events_since(changelog, day):
        titles.setdefault(event.subject, changelog.subject(event))
        for change in event.changes:
            said = changelog.sentences(change) if _is_move(change, registry) else ()
            if said:
                held, when = lines[_section_of(change, registry), event.subject], day_of(event.date)
                held += [*(() if when in held else (when,)), *said]
    cards: dict[str, list[CardView]] = defaultdict(list)
    for (id, subject), values in lines.items():
        cards[id].append(CardView(titles[subject], (tuple(values),)))
    return cards


def events_since(changelog: Changelog, day: date) -> Iterator[Event]:
    """The events that an audience may read after the end of *day*."""
    end = datetime.combine(day, time.max, UTC)
    return (event for event in changelog.timeline.events if event.date > end)


def _is_move(change: Change, registry: Registry) -> bool:
    """Whether something moved, rather than what is said of the evidence of a figure."""
    model = registry.model_of(change.subject) if isinstance(change, FieldChanged) else None
    if model is None or not isinstance(change, FieldChanged):
        return True
    return not (field_of(model, change.keys[0]).is_claim and change.keys[-1] in EVIDENCE)


def _section_of(change: Change, registry: Registry) -> str:
    if is_page(change.subject):
        return "pages"
    if not isinstance(change, FieldChanged):
        return "records"
    if change.keys[0] in {"positions", "answers"}:
        return change.keys[0]
    model = registry.model_of(change.subject)
    is_figure = model is not None and field_of(model, change.keys[0]).is_claim
    return "figures" if is_figure else "records"

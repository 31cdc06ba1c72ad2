"""What moved since a milestone, such as a plenary: positions, answers, figures, records, pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from club.history.timeline import Event
from club.history.versions import is_page
from club.model.dates import PartialDate
from club.model.graph import Graph
from club.model.kind import Kind
from club.model.message import N_, Message
from club.model.record import Record
from club.model.registry import Registry
from club.model.view import CardView, Fact, Link, PageView
from club.model.viewing import link, section, sections
from club.publish.words.changelog import Changelog, day_of
from club.publish.words.worth import Worth, net, worth_of

MAX_CARDS = 200
REWORDED = N_("Texts and notes changed: {count} records")
REWORDED_ONE = N_("Texts and notes changed: one record")
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
    news, pages, texts = _moved(changelog, day, registry)
    count = Message(REWORDED if len(texts) != 1 else REWORDED_ONE, {"count": len(texts)})
    moved = sections(
        section("news", Message(N_("Changes")), *(_first(news) or [UNTOLD]), layout="cards"),
        section("pages", Message(N_("Pages")), *_first(pages), layout="cards"),
        section("texts", Message(N_("Texts and notes")), *texts, layout="list", fold=count),
    )
    return PageView(
        url=since_url(record),
        collection=record.collection,
        title=Message(N_("What moved since {meeting}"), {"meeting": link(record)}),
        facts=(Fact(Message(kind.singular), (link(record),)),),
        sections=moved,
    )


def _first(cards: list[CardView]) -> list[object]:
    more = len(cards) - MAX_CARDS
    rest = [Message(N_("and {count} more"), {"count": more})] if more > 0 else []
    return [*cards[:MAX_CARDS], *rest]


def _moved(
    changelog: Changelog, day: date, registry: Registry
) -> tuple[list[CardView], list[CardView], list[Link]]:
    """What moved, a card for each record and each page; and the records that read otherwise.

    What a reader wants to hear first comes first, then the newest.
    """
    found = list(moves(changelog, day, registry))
    texts = [each.title for each in found if not each.sentences]
    told = [each for each in found if each.sentences]
    ranked = sorted((each for each in told if not each.is_page), key=lambda each: each.worth)
    return [*map(_card, ranked)], [_card(each) for each in told if each.is_page], texts


def _card(moved: Move) -> CardView:
    return CardView(moved.title, ((moved.when, *moved.sentences),))


@dataclass(frozen=True, slots=True)
class Move:
    """What moved in one record or page, in words; nothing where it only reads otherwise."""

    subject: str
    title: Link
    when: PartialDate
    worth: Worth
    sentences: tuple[Message, ...]

    @property
    def is_page(self) -> bool:
        """Whether it is a page of the wiki."""
        return is_page(self.subject)


def moves(changelog: Changelog, day: date, registry: Registry) -> Iterator[Move]:
    """What moved after *day*, once for each record and each page, the newest first."""
    events: dict[str, list[Event]] = defaultdict(list)
    for event in events_since(changelog, day):
        events[event.subject].append(event)
    for subject, newest_first in events.items():
        title = changelog.subject(newest_first[0])
        oldest_first = [change for event in newest_first[::-1] for change in event.changes]
        left = [(worth_of(each, registry), each) for each in net(oldest_first)]
        real = [(worth, each) for worth, each in left if worth is not Worth.WORDING]
        real.sort(key=lambda each: each[0])
        said = changelog.sentences(each for _, each in real)
        if said or changelog.sentences(each for _, each in left):
            worth = real[0][0] if real else Worth.WORDING
            yield Move(subject, title, day_of(newest_first[0].date), worth, tuple(said))


def events_since(changelog: Changelog, day: date) -> Iterator[Event]:
    """The events that an audience may read after the end of *day*."""
    end = datetime.combine(day, time.max, UTC)
    return (event for event in changelog.timeline.events if event.date > end)

"""The history of the club in words: dates, organisations and changes, by page or by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from club.history.changes import Change, FieldChanged, Removed, TextChanged
from club.history.history import State, read_history
from club.history.timeline import Event, Timeline
from club.history.versions import is_page
from club.model.dates import PartialDate, Precision
from club.model.field import field_of
from club.model.fields import Claim
from club.model.folder import ClubFolder
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.record import Deduction, Record
from club.model.view import Link
from club.model.viewing import link
from club.publish.words.items import item_titles
from club.publish.words.language import Words
from club.publish.words.sentences import Teller
from club.publish.words.worth import NAMED, is_text_alone

PER_PAGE, PER_COMMIT, LATEST = 20, 12, 50
"""How many changes are told of one page, of one commit, and among the latest."""
TEXT_CHANGED = N_("text changed")
PUBLISHED_FIELDS = ("first_published", "created")
"""The fields of a record that say when it was first made public, which Git may not know."""


@dataclass(frozen=True, slots=True)
class EventView:
    """A change of one page: when, for what reason, on whose behalf, and what changed."""

    date: PartialDate
    sentences: tuple[Message, ...]
    reason: str
    organisation: Link | None
    subject: Link
    event: Event


@dataclass(frozen=True, slots=True)
class HistoryView:
    """The history of one page; nothing of it is known where *is_known* is false."""

    is_known: bool
    last: PartialDate | None = None
    first: PartialDate | None = None
    organisations: tuple[Link, ...] = ()
    events: tuple[EventView, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class CommitView:
    """What one commit did to several pages."""

    reason: str
    organisation: Link | None
    events: tuple[EventView, ...]
    more: int


@dataclass(frozen=True, slots=True)
class DayView:
    """The changes of a day, newest first."""

    date: PartialDate
    commits: tuple[CommitView, ...]


class Changelog:
    """Tells what an audience may know of the history of its pages."""

    def __init__(
        self,
        timeline: Timeline,
        graph: Graph,
        words: Words,
        contributors: Mapping[str, str] | None = None,
        pages: Mapping[str, Link] | None = None,
    ) -> None:
        """*contributors* gives the organisation of an address or a domain; names never show."""
        self.timeline = timeline
        self._graph = graph
        self._words = words
        self._teller = Teller(words, self._title, graph.registry, self._items)
        self._organisation_by_address = {
            str(address).lower(): str(id) for address, id in (contributors or {}).items()
        }
        self._pages = pages or {}
        self._link_by_address: dict[str, Link | None] = {}

    @property
    def is_known(self) -> bool:
        """Whether dates can be told."""
        return self.timeline.state is State.KNOWN

    def of_record(self, record: Record) -> HistoryView:
        """The history of *record*; a date that it states itself wins over that of a commit."""
        names = () if record.example else PUBLISHED_FIELDS  # a made-up date tells nothing
        return self._of(record.key, _stated(record, *names))

    def of_page(self, path: str, page: Record | None) -> HistoryView:
        """The history of a wiki page; one brought from elsewhere keeps the dates it had."""
        history = self._of(path, _stated(page, "first_published"))
        changes = (each for event in self.timeline.of(path) for each in event.changes)
        updated = _stated(page, "last_updated")
        is_as_brought = not any(isinstance(each, TextChanged) for each in changes)
        return replace(history, last=updated) if updated and is_as_brought else history

    def _of(self, subject: str, first: PartialDate | None) -> HistoryView:
        if not self.is_known:
            return HistoryView(False, None, first)
        events = self.timeline.of(subject)
        brought = self.timeline.brought.get(subject)
        first = first or (day_of(brought) if brought else None)
        if not events:
            return HistoryView(True, None, first)
        views = self.views(events)
        organisations = dict.fromkeys(self.organisation(each.author) for each in events)
        return HistoryView(
            True,
            day_of(events[0].date),
            first or day_of(events[-1].date),
            tuple(each for each in organisations if each),
            tuple(views[:PER_PAGE]),
            max(0, len(views) - PER_PAGE),
        )

    def views(self, events: Iterable[Event]) -> list[EventView]:
        """The events that can be told in words."""
        return [each for event in events if (each := self.view(event)).sentences]

    def sentences(self, changes: Iterable[Change]) -> list[Message]:
        """What *changes* of one record did, each once; what a reader could not tell is left out.

        Items that came to one list, or went from it, are one; that notes, cells or long texts
        changed is told once, at the end.
        """
        found: dict[str, Message] = {}
        texts: list[Message] = []
        lists: dict[tuple[str, bool], list[FieldChanged]] = defaultdict(list)
        for change in changes:
            told = list(self._teller.sentences(change))
            if told and is_text_alone(change, self._graph.registry):
                is_inside = isinstance(change, FieldChanged) and len(change.keys) > 1
                texts += [Message(TEXT_CHANGED)] if is_inside else told
                continue
            if told and isinstance(change, FieldChanged) and self._is_item(change):
                key = (change.keys[0], change.new is None)
                lists[key].append(change)
                if len(lists[key]) > 1:
                    told = [self._teller.several(lists[key])]
                    found.pop(str(key), None)
                found[str(key)] = told[0]
                continue
            found |= {self._words.say(each): each for each in told}
        one = {self._words.say(each): each for each in texts}
        is_alone = not found and len(one) == 1 and len(texts) == 1
        return [*found.values(), *(texts if is_alone else [Message(TEXT_CHANGED)] if one else [])]

    def _is_item(self, change: FieldChanged) -> bool:
        """Whether an item came or went that a list of such items tells well."""
        model = self._graph.registry.model_of(change.subject)
        if model is None or len(change.keys) != 2:
            return False
        field = field_of(model, change.keys[0])
        is_whole = change.old is None or change.new is None
        is_other = field.part is None or not issubclass(field.part, Claim | Deduction)
        return field.many and is_whole and is_other and field.name not in NAMED

    def view(self, event: Event) -> EventView:
        """One event in words."""
        return EventView(
            day_of(event.date),
            tuple(self.sentences(event.changes)),
            event.reason,
            self.organisation(event.author),
            self.subject(event),
            event,
        )

    def subject(self, event: Event) -> Link:
        """A link to what changed, or its title alone if it is gone."""
        if is_page(event.subject):
            page = self._pages.get(event.subject)
        else:
            record = self._graph.find(event.subject.partition("/")[2])
            page = (
                link(record, among=self._graph) if record and record.key == event.subject else None
            )
        titles = (each.title for each in event.changes if isinstance(each, Removed))
        title = next(titles, event.subject.rpartition("/")[2])
        is_example = any(each.example for each in event.changes)
        return page or Link(title, "", is_example=is_example)

    def organisation(self, author: str) -> Link | None:
        """The organisation that the address *author* acts for, if the club says so."""
        if author not in self._link_by_address:
            self._link_by_address[author] = self._acting_for(author)
        return self._link_by_address[author]

    def _acting_for(self, author: str) -> Link | None:
        domain = author.rpartition("@")[2]
        parents = domain.split(".")
        names = [author, *(".".join(parents[at:]) for at in range(len(parents)))]
        for name in names:
            record = self._graph.find(self._organisation_by_address.get(name, ""))
            if record is not None:
                return link(record)
        return None

    def days(self) -> Iterator[DayView]:
        """The latest changes, by day and commit."""
        latest = self._latest()
        by_commit = [tuple(group) for _, group in groupby(latest, lambda e: e.event.commit_id)]
        for date, commits in groupby(by_commit, lambda group: group[0].date):
            yield DayView(date, tuple(map(_commit_view, commits)))

    def _latest(self) -> list[EventView]:
        latest: list[EventView] = []
        events_by_commit: dict[str, int] = {}
        for event in self.timeline.events:
            if events_by_commit.get(event.commit_id, 0) >= PER_COMMIT:
                events_by_commit[event.commit_id] += 1
            elif sum(min(count, PER_COMMIT) for count in events_by_commit.values()) >= LATEST:
                break
            view = self.view(event)
            if view.sentences:
                events_by_commit.setdefault(event.commit_id, 0)
                events_by_commit[event.commit_id] += 1
                latest.append(view)
        return latest

    def _items(self, subject: str) -> Mapping[str, str]:
        return item_titles(self._graph.find(subject.partition("/")[2]))

    def _title(self, id: str) -> str:
        record = self._graph.find(id)
        return self._words.say(link(record, among=self._graph)) if record else id


def read_changelog(
    folder: ClubFolder,
    whole: Graph,
    shown: Graph,
    words: Words,
    contributors: Mapping[str, str] | None,
) -> Changelog | None:
    """What the readers of *shown* may know of the history of the club, if Git tells any."""
    history = read_history(folder, shown.today)
    if history.state is State.NONE:
        return None
    pages = {f"{folder.docs}/{page.id}": link(page) for page in shown.pages}
    timeline = Timeline(folder, history, whole, shown, pages)
    return Changelog(timeline, shown, words, contributors, pages)


def _commit_view(group: tuple[EventView, ...]) -> CommitView:
    return CommitView(
        group[0].reason,
        group[0].organisation,
        group[:PER_COMMIT],
        max(0, len(group) - PER_COMMIT),
    )


def day_of(moment: datetime) -> PartialDate:
    """The day it was where the commit was made."""
    return PartialDate(moment.year, moment.month, moment.day, Precision.DAY)


def _stated(record: Record | None, *names: str) -> PartialDate | None:
    """The first of the fields *names* of *record* that holds a date."""
    values = (getattr(record, name, None) for name in names)
    return next((each for each in values if isinstance(each, PartialDate)), None)

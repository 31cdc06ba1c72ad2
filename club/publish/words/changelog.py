"""What a page tells of its past: its dates, the organisations that wrote it, its changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from club.history.changes import Change, Removed, TextChanged
from club.history.history import State
from club.history.timeline import Event, Timeline
from club.history.versions import is_page
from club.model.dates import PartialDate, Precision
from club.model.graph import Graph
from club.model.message import Message
from club.model.record import Record
from club.model.view import Link
from club.model.viewing import link
from club.publish.words.language import Words
from club.publish.words.sentences import Teller

LINES = 20
RECENT = 50
TOGETHER = 12
PUBLISHED_FIELDS = ("first_published", "created")
"""The fields of a record that say when it was first made public, which Git may not know."""


@dataclass(frozen=True, slots=True)
class EventView:
    """A line of a history: when, for what reason, on whose behalf, and what changed."""

    date: PartialDate
    sentences: tuple[Message, ...]
    reason: str
    organisation: Link | None
    subject: Link
    event: Event


@dataclass(frozen=True, slots=True)
class PastView:
    """The past of one page; nothing of it is known where *is_known* is false."""

    is_known: bool
    last: PartialDate | None = None
    first: PartialDate | None = None
    organisations: tuple[Link, ...] = ()
    events: tuple[EventView, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Together:
    """What one commit did to several pages."""

    reason: str
    organisation: Link | None
    events: tuple[EventView, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Day:
    """The changes of a day, newest first."""

    date: PartialDate
    commits: tuple[Together, ...]


class Past:
    """Tells what an audience may know of the past of its pages."""

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
        self._teller = Teller(words, self._title)
        self._organisation_by_address = {
            str(address).lower(): str(id) for address, id in (contributors or {}).items()
        }
        self._pages = pages or {}
        self._link_by_address: dict[str, Link | None] = {}

    @property
    def is_known(self) -> bool:
        """Whether dates can be told."""
        return self.timeline.state is State.KNOWN

    def of_record(self, record: Record) -> PastView:
        """The past of *record*; a date that it states itself wins over that of a commit."""
        return self._of(record.key, _stated(record, *PUBLISHED_FIELDS))

    def of_page(self, path: str, page: Record | None) -> PastView:
        """The past of a page of the wiki; one brought from elsewhere keeps the dates it had."""
        past = self._of(path, _stated(page, "first_published"))
        changes = (each for event in self.timeline.of(path) for each in event.changes)
        updated = _stated(page, "last_updated")
        is_as_brought = not any(isinstance(each, TextChanged) for each in changes)
        return replace(past, last=updated) if updated and is_as_brought else past

    def _of(self, subject: str, first: PartialDate | None) -> PastView:
        if not self.is_known:
            return PastView(False, None, first)
        events = self.timeline.of(subject)
        if not events:
            return PastView(True, None, first)
        views = self.views(events)
        organisations = dict.fromkeys(self.organisation(each.author) for each in events)
        return PastView(
            True,
            day_of(events[0].date),
            first or day_of(events[-1].date),
            tuple(each for each in organisations if each),
            tuple(views[:LINES]),
            max(0, len(views) - LINES),
        )

    def views(self, events: Iterable[Event]) -> list[EventView]:
        """The events that can be told in words."""
        return [each for event in events if (each := self.view(event)).sentences]

    def sentences(self, change: Change) -> list[Message]:
        """What *change* did, in words; nothing if a reader could not tell."""
        return list(self._teller.sentences(change))

    def view(self, event: Event) -> EventView:
        """One event in words."""
        return EventView(
            day_of(event.date),
            tuple(each for change in event.changes for each in self.sentences(change)),
            event.reason,
            self.organisation(event.author),
            self.subject(event),
            event,
        )

    def subject(self, event: Event) -> Link:
        """A link to what changed, or its title alone if it is gone."""
        if is_page(event.subject):
            found = self._pages.get(event.subject)
        else:
            record = self._graph.find(event.subject.partition("/")[2])
            found = link(record) if record and record.key == event.subject else None
        titles = (each.title for each in event.changes if isinstance(each, Removed))
        return found or Link(next(titles, event.subject.rpartition("/")[2]), "")

    def organisation(self, author: str) -> Link | None:
        """The organisation that the address *author* acts for, if the club says so."""
        if author not in self._link_by_address:
            self._link_by_address[author] = self._found(author)
        return self._link_by_address[author]

    def _found(self, author: str) -> Link | None:
        domain = author.rpartition("@")[2]
        parents = domain.split(".")
        names = [author, *(".".join(parents[at:]) for at in range(len(parents)))]
        for name in names:
            record = self._graph.find(self._organisation_by_address.get(name, ""))
            if record is not None:
                return link(record)
        return None

    def days(self) -> Iterator[Day]:
        """The latest changes, by day and commit."""
        latest = self._latest()
        by_commit = [tuple(group) for _, group in groupby(latest, lambda e: e.event.commit_id)]
        for date, commits in groupby(by_commit, lambda group: group[0].date):
            yield Day(date, tuple(map(_together, commits)))

    def _latest(self) -> list[EventView]:
        found: list[EventView] = []
        commits: dict[str, int] = {}
        for event in self.timeline.events:
            if commits.get(event.commit_id, 0) >= TOGETHER:
                commits[event.commit_id] += 1
            elif sum(min(count, TOGETHER) for count in commits.values()) >= RECENT:
                break
            view = self.view(event)
            if view.sentences:
                commits.setdefault(event.commit_id, 0)
                commits[event.commit_id] += 1
                found.append(view)
        return found

    def _title(self, id: str) -> str:
        record = self._graph.find(id)
        return record.title_text if record else id


def _together(group: tuple[EventView, ...]) -> Together:
    return Together(
        group[0].reason, group[0].organisation, group[:TOGETHER], max(0, len(group) - TOGETHER)
    )


def day_of(moment: datetime) -> PartialDate:
    """The day it was where the commit was made."""
    return PartialDate(moment.year, moment.month, moment.day, Precision.DAY)


def _stated(record: Record | None, *names: str) -> PartialDate | None:
    """The first of the fields *names* of *record* that holds a date."""
    found = (getattr(record, name, None) for name in names)
    return next((each for each in found if isinstance(each, PartialDate)), None)

"""Calendars (RFC 5545): a file for each event whose day is known, and feeds that gather them.

Of everything, and of each record that gathers some: an axis, its meetings. Uids and addresses
outlive a renaming; the sequence of an event grows with each change of what a calendar shows of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from club.history.changes import FieldChanged
from club.history.timeline import Timeline
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.record import Record
from club.model.view import Occasion
from club.model.viewing import CALENDAR_URL, calendar_url, gathered_urls, url_of
from club.publish.words.language import Words

NOWHERE = "club.invalid"
"""What stands for the address of a site that has none, in names that must be the world's own."""
TOLD = {"title", "date", "start", "end", "time_zone", "place", "mode", "theme", "status"}
"""The fields of which a calendar shows something: a change of one makes another event of it."""
REFRESHED = timedelta(days=1)
PRODUCT = "-//club//calendar//EN"


def calendar_paths(graph: Graph) -> Iterator[str]:
    """The path of each file, from the root of the site."""
    yield from (calendar_url(record) for record, _ in _occasions(graph))
    if _has_any_kind(graph):
        yield CALENDAR_URL
        yield from (url for record in _gathering(graph) for url in gathered_urls(record))


def _has_any_kind(graph: Graph) -> bool:
    return any(kind.occasion for kind in graph.registry.kinds)


def _gathering(graph: Graph) -> Iterator[Record]:
    for kind in graph.registry.kinds:
        if kind.has_calendar:
            yield from graph.all(kind.model)


def _occasions(graph: Graph) -> Iterator[tuple[Record, Occasion]]:
    for kind in graph.registry.kinds:
        for record in graph.all(kind.model) if kind.occasion else ():
            if kind.occasion and (occasion := kind.occasion(record)):
                yield record, occasion


@dataclass(frozen=True)
class Calendars:
    """The calendars of one site: addresses are absolute where *site_url* is known.

    *zone* is that of hours whose own is not written; *timeline* tells how often events changed.
    """

    graph: Graph
    words: Words
    name: str = ""
    site_url: str = ""
    zone: str = ""
    timeline: Timeline | None = None

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Each file by its path."""
        found = [
            (record, occasion, self._event(record, occasion))
            for record, occasion in _occasions(self.graph)
        ]
        for record, occasion, event in found:
            yield calendar_url(record), self._calendar("", [event], [occasion])
        if not _has_any_kind(self.graph):
            return
        every = [event for _, _, event in found]
        yield CALENDAR_URL, self._calendar(self.name, every, [each for _, each, _ in found])
        for record in _gathering(self.graph):
            ids = {record.id, *record.aliases}
            own = [(each, event) for _, each, event in found if each.gathered & ids]
            title = self.words.say(self.graph.title(record))
            name = f"{self.name} – {title}" if self.name else title
            made = self._calendar(name, [event for _, event in own], [each for each, _ in own])
            yield from ((url, made) for url in gathered_urls(record))

    def _event(self, record: Record, occasion: Occasion) -> Any:
        # Only a site needs it, and commands that write none start sooner.
        from icalendar import Event  # noqa: PLC0415

        # What a calendar takes away from the page must not pass for a fact.
        marked = Message(N_("{title} (example)"), {"title": occasion.title})
        event = Event()
        # The id it had first: a meeting that is renamed must not stand twice in a calendar.
        first = f"{record.collection}/{[*record.aliases, record.id][0]}"
        event.add("uid", f"{first}@{urlsplit(self.site_url).hostname or NOWHERE}")
        # The day of the site and not the hour: the same club gives the same file.
        day = self.graph.today or occasion.day
        event.add("dtstamp", datetime.combine(day, time(), UTC))
        event.add("sequence", self._changes(record))
        event.add("summary", self.words.say(marked if record.example else occasion.title))
        for name, value in _bounds(replace(occasion, zone=occasion.zone or self.zone)):
            event.add(name, value)
        if occasion.place:
            event.add("location", self.words.say(occasion.place))
        if occasion.theme:
            event.add("description", occasion.theme)
        if self.site_url:
            event.add("url", urljoin(self.site_url, url_of(record)))
        event.add("status", occasion.status)
        return event

    def _changes(self, record: Record) -> int:
        """How many times what a calendar shows of *record* changed."""
        events = self.timeline.of(record.key) if self.timeline else ()
        return sum(
            any(isinstance(each, FieldChanged) and each.keys[0] in TOLD for each in event.changes)
            for event in events
        )

    def _calendar(self, name: str, events: Iterable[Any], told: Iterable[Occasion]) -> bytes:
        from icalendar import Calendar, vDuration  # noqa: PLC0415

        calendar = Calendar()
        calendar.add("prodid", PRODUCT)
        calendar.add("version", "2.0")
        if name:
            calendar.add("name", name)
            calendar.add("x-wr-calname", name)
            calendar.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
            calendar.add("x-published-ttl", vDuration(REFRESHED))
        for event in events:
            calendar.add_component(event)
        years = [each.day.year for each in told]
        first = date(min(years), 1, 1) if years else (self.graph.today or date(1970, 1, 1))
        last = date(max(years) + 1, 1, 1) if years else date(first.year + 1, 1, 1)
        names = {zone for each in told if each.start and (zone := each.zone or self.zone)}
        if name and not names and self.zone:  # a calendar holds one component at least
            names = {self.zone}
        for known in filter(None, map(_zone, sorted(names))):
            calendar.add_component(_time_zone(known, first, last))
        return bytes(calendar.to_ical())


def _bounds(occasion: Occasion) -> Iterator[tuple[str, date | datetime]]:
    """The whole day, or its hours: in their zone, or, where none is known, the reader's own."""
    zone = _zone(occasion.zone)
    if occasion.start is None:
        yield "dtstart", occasion.day
        yield "dtend", occasion.day + timedelta(days=1)
        return
    yield "dtstart", datetime.combine(occasion.day, time.fromisoformat(occasion.start), zone)
    if occasion.end and occasion.end > occasion.start:
        yield "dtend", datetime.combine(occasion.day, time.fromisoformat(occasion.end), zone)


def _time_zone(zone: ZoneInfo, first: date, last: date) -> Any:
    """What *zone* says from *first* to *last*, by RFC 5545, section 3.6.5.

    Each onset is in the local time of before it, that of TZOFFSETFROM.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard  # noqa: PLC0415

    start = datetime.combine(first, time(), zone)
    found: dict[tuple[bool, timedelta, timedelta, str], list[datetime]] = {}
    offset = start.utcoffset() or timedelta()
    found[bool(start.dst()), offset, offset, start.tzname() or ""] = [start.replace(tzinfo=None)]
    for moment in _onsets(zone, start.astimezone(UTC), datetime.combine(last, time(), UTC)):
        there = moment.astimezone(zone)
        old = (moment - timedelta(seconds=1)).astimezone(zone).utcoffset() or timedelta()
        new = there.utcoffset() or timedelta()
        key = (bool(there.dst()), old, new, there.tzname() or "")
        found.setdefault(key, []).append((moment + old).replace(tzinfo=None))
    made = Timezone()
    made.add("tzid", zone.key)
    for (is_daylight, old, new, name), onsets in found.items():
        part = TimezoneDaylight() if is_daylight else TimezoneStandard()
        part.add("dtstart", onsets[0])
        if onsets[1:]:
            part.add("rdate", onsets[1:])
        part.add("tzname", name)
        part.add("tzoffsetfrom", old)
        part.add("tzoffsetto", new)
        made.add_component(part)
    return made


def _onsets(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """The moments between *first* and *last*, in UTC, from which *zone* has another offset."""

    def said(moment: datetime) -> tuple[timedelta | None, str | None]:
        there = moment.astimezone(zone)
        return there.utcoffset(), there.tzname()

    day = timedelta(days=1)
    while first < last:
        before, after = first, first + day
        if said(before) != said(after):
            while after - before > timedelta(seconds=1):
                middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
                before, after = (
                    (middle, after) if said(middle) == said(before) else (before, middle)
                )
            yield after
        first += day


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return None

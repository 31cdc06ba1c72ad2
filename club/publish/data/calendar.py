"""A file for each event whose day is known, which every calendar opens (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.record import Record
from club.model.view import Occasion
from club.model.viewing import calendar_url, url_of
from club.publish.words.language import Words

NOWHERE = "club.invalid"
"""What stands for the address of a site that has none, in names that must be the world's own."""


def calendar_paths(graph: Graph) -> Iterator[str]:
    """The path of each file, from the root of the site."""
    return (calendar_url(record) for record, _ in _occasions(graph))


def calendar_files(graph: Graph, words: Words, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Each file by its path; addresses in it are absolute where *site_url* is known."""
    for record, occasion in _occasions(graph):
        # What a calendar takes away from the page must not pass for a fact.
        marked = Message(N_("{title} (example)"), {"title": occasion.title})
        title = words.say(marked if record.example else occasion.title)
        told = replace(occasion, title=title)
        yield calendar_url(record), _file(record, told, site_url, graph.today)


def _occasions(graph: Graph) -> Iterator[tuple[Record, Occasion]]:
    for kind in graph.registry.kinds:
        for record in graph.all(kind.model):
            if occasion := kind.occasion(record):
                yield record, occasion


def _file(record: Record, occasion: Occasion, site_url: str, today: date | None) -> bytes:
    # Only a site needs it, and commands that write none start sooner.
    from icalendar import Calendar, Event  # noqa: PLC0415

    event = Event()
    event.add("uid", f"{record.key}@{urlsplit(site_url).hostname or NOWHERE}")
    # The day of the site and not the hour: the same club gives the same file.
    event.add("dtstamp", datetime.combine(today or occasion.day, time(), UTC))
    event.add("summary", occasion.title)
    for name, value in _bounds(occasion):
        event.add(name, value)
    if occasion.place:
        event.add("location", occasion.place)
    if occasion.theme:
        event.add("description", occasion.theme)
    if site_url:
        event.add("url", urljoin(site_url, url_of(record)))
    event.add("status", occasion.status)
    calendar = Calendar()
    calendar.add("prodid", "-//club//calendar//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    year = occasion.day.year
    calendar.add_missing_timezones(date(year, 1, 1), date(year + 1, 1, 1))
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


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return None

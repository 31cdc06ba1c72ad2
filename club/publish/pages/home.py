"""What the home page computes: projects by platform, next meetings, latest requests, axes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from club.model.graph import Graph
from club.model.view import CardView, Link
from club.model.viewing import link
from club.records.axis.model import Axis
from club.records.meeting.model import Meeting, MeetingStatus
from club.records.platform.model import Platform
from club.records.practice.model import Practice
from club.records.project.model import Project
from club.records.request.model import Request

LATEST = 4
Dated = TypeVar("Dated", Request, Practice)


@dataclass(frozen=True, slots=True)
class PlatformCount:
    """A platform and the projects that run on it."""

    platform: Link
    projects: tuple[CardView, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """What the home page shows below its own words."""

    platforms: tuple[PlatformCount, ...]
    upcoming: tuple[CardView, ...]
    requests: tuple[CardView, ...]
    practices: tuple[CardView, ...]
    axes: tuple[CardView, ...]


def home_view(graph: Graph) -> HomeView:
    """The club as its records tell it: nothing here depends on the clock."""
    requests = _latest(graph.all(Request))
    return HomeView(
        platforms=tuple(
            PlatformCount(
                link(platform),
                tuple(CardView(link(each), (each.state,)) for each in projects),
            )
            for platform in graph.all(Platform)
            if (projects := graph.pointing(platform, Project, "platform"))
        ),
        upcoming=tuple(_meeting(each) for each in _upcoming(graph)),
        requests=tuple(CardView(link(each), (each.state,)) for each in requests),
        practices=tuple(
            CardView(link(each), (each.maturity,)) for each in _latest(graph.all(Practice))
        ),
        axes=tuple(
            CardView(link(axis), axis.nature)
            for axis in sorted(graph.all(Axis), key=lambda each: each.order)
        ),
    )


def _latest(records: tuple[Dated, ...]) -> list[Dated]:
    dated = sorted(records, key=lambda each: each.id)
    return sorted(dated, key=_created, reverse=True)[:LATEST]


def _created(record: Request | Practice) -> tuple[date, date]:
    return record.created.sort_key if record.created else (date.min, date.min)


def _upcoming(graph: Graph) -> list[Meeting]:
    """The meetings announced and not yet known to be held, soonest first.

    Only what the records say counts: a planned meeting whose date has passed is still announced
    until somebody writes what became of it.
    """
    announced = {MeetingStatus.PLANNED, MeetingStatus.CONFIRMED}
    meetings = [each for each in graph.all(Meeting) if each.status in announced]
    return sorted(meetings, key=lambda each: (_when(each), each.id))


def _when(meeting: Meeting) -> date:
    return meeting.date.value.first if meeting.date else date.max


def _meeting(meeting: Meeting) -> CardView:
    when = (meeting.date.value,) if meeting.date else ()
    return CardView(link(meeting), (*when, meeting.status))

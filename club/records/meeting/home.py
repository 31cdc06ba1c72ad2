"""On the home page: the meetings that are announced."""

from __future__ import annotations

from datetime import date

from club.model.graph import Graph
from club.model.kind import Home
from club.model.view import CardView
from club.model.viewing import link
from club.records.meeting.model import Meeting, MeetingStatus

ANNOUNCED = {MeetingStatus.PLANNED, MeetingStatus.CONFIRMED}


def upcoming(graph: Graph) -> tuple[CardView, ...]:
    """The meetings announced and not yet known to be held, soonest first.

    Only what the records say counts: a planned meeting whose date has passed is still announced
    until somebody writes what became of it.
    """
    meetings = [each for each in graph.all(Meeting) if each.status in ANNOUNCED]
    return tuple(map(_card, sorted(meetings, key=lambda each: (_when(each), each.id))))


def _when(meeting: Meeting) -> date:
    return meeting.date.value.first if meeting.date else date.max


def _card(meeting: Meeting) -> CardView:
    when = (meeting.date.value,) if meeting.date else ()
    return CardView(link(meeting), (*when, meeting.status))


HOME = Home(20, upcoming)

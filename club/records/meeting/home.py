"""On the home page: the meetings that are still to come, or that none is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from club.model.graph import Graph
from club.model.kind import Home
from club.model.message import N_, Message
from club.model.view import CardView, Link
from club.model.viewing import link
from club.records.meeting.model import ANNOUNCED, Meeting, MeetingStatus, Standing

NONE = N_("No meeting is announced.")
NONE_SINCE = N_("No meeting is announced; the last one planned ({date}) has no known outcome:")


@dataclass(frozen=True, slots=True)
class Agenda:
    """The meetings to come, soonest first; where none is, a sentence, and the last one planned.

    *held* is the latest that took place.
    """

    cards: tuple[CardView, ...]
    none: Message | None = None
    last: Link | None = None
    held: CardView | None = None


def to_come(graph: Graph) -> tuple[Meeting, ...]:
    """The meetings announced whose last possible day is not past, soonest first."""
    found = [each for each in graph.all(Meeting) if each.standing(graph.today) in ANNOUNCED]
    return tuple(sorted(found, key=lambda each: (_first_day(each), each.id)))


def last_untold(graph: Graph) -> Meeting | None:
    """The latest of the meetings that were announced and of which no outcome is known."""
    found = [each for each in graph.all(Meeting) if each.standing(graph.today) is Standing.UNTOLD]
    return max(found, key=lambda each: (_first_day(each), each.id), default=None)


def last_held(graph: Graph) -> Meeting | None:
    """The latest of the meetings that took place."""
    found = [each for each in graph.all(Meeting) if each.was_held(graph.today)]
    return max(found, key=lambda each: (_last_day(each), each.id), default=None)


def agenda(graph: Graph) -> Agenda:
    """What the home page says of the meetings to come, and of the last one."""
    held = last_held(graph)
    return replace(_upcoming(graph), held=_card(held) if held else None)


def _upcoming(graph: Graph) -> Agenda:
    cards = tuple(map(_card, to_come(graph)))
    last = last_untold(graph)
    if cards:
        return Agenda(cards)
    held = last_held(graph)
    if last is None or last.date is None or (held and _last_day(held) > _last_day(last)):
        return Agenda((), Message(NONE))
    return Agenda((), Message(NONE_SINCE, {"date": last.date.value}), link(last))


def _last_day(meeting: Meeting) -> date:
    return meeting.date.value.last if meeting.date else date.min


def _first_day(meeting: Meeting) -> date:
    return meeting.date.value.first if meeting.date else date.max


def _card(meeting: Meeting) -> CardView:
    when = (meeting.date.value,) if meeting.date else ()
    is_held = meeting.status is MeetingStatus.HELD
    return CardView(link(meeting), when if is_held else (*when, meeting.status))


HOME = Home(10, agenda)

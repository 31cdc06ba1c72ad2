"""Who hosts the plenaries in turn, and whose turn is next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from club.insight.positions import voters
from club.model.dates import PartialDate
from club.model.graph import Graph
from club.records.meeting.model import ANNOUNCED, Meeting, MeetingStatus, MeetingType
from club.records.organisation.model import Organisation


@dataclass(frozen=True, slots=True)
class Rotation:
    """The plenaries that were or are to be hosted, oldest first, and who may host the next one.

    Of those *waiting*, whoever never hosted comes first, then whoever did longest ago; the first
    *equals* of them come before the others, and in no order. Nobody knows who hosted *unknown*.
    """

    plenaries: tuple[Meeting, ...]
    waiting: tuple[Organisation, ...]
    equals: int = 0
    unknown: tuple[Meeting, ...] = ()


def when(meeting: Meeting) -> PartialDate | None:
    """The date of *meeting*, as precise as it is known."""
    return meeting.date.value if meeting.date else None


def plenaries(graph: Graph) -> list[Meeting]:
    """The plenaries that have a date and were not cancelled, oldest first."""
    found = (
        each
        for each in graph.all(Meeting)
        if each.type is MeetingType.PLENARY
        and each.status is not MeetingStatus.CANCELLED
        and each.date
    )
    return sorted(found, key=lambda each: (_sort_key(each), each.id))


def _sort_key(meeting: Meeting) -> tuple[date, date]:
    told = when(meeting)
    return told.sort_key if told else (date.min, date.min)


@dataclass(frozen=True, slots=True)
class Turns:
    """Who hosted in the present turn, in order, and where a host came back before others.

    A breach is a place among the hosts, and those that were due before.
    """

    present: tuple[str, ...]
    breaches: tuple[tuple[int, tuple[str, ...]], ...]


def turns(hosts: Sequence[str]) -> Turns:
    """The turns of *hosts*: one comes back once every other known by then has had a turn.

    Nobody hosts twice in a row, as long as there are others.
    """
    every = set(hosts)
    known: set[str] = set()
    turn: list[str] = []
    breaches = []
    for place, host in enumerate(hosts):
        known.add(host)
        if host in turn:
            is_in_a_row = turn[-1] == host
            due = every - {host} if is_in_a_row else known - {host} - set(turn)
            if due:
                breaches.append((place, tuple(sorted(due))))
            else:
                turn = []
        turn.append(host)
    return Turns(tuple(turn), tuple(breaches))


def rotation(graph: Graph) -> Rotation:
    """The turns of the academies of the projects, and of whoever else hosted once.

    Made-up meetings give nobody a turn, unless the club has no others.
    """
    every = plenaries(graph)
    found = [each for each in every if not each.example] or every
    hosted = [host for each in found if (host := graph.get(each.host))]
    ids = [each.id for each in hosted]
    academies = (
        academy
        for project in voters(graph)
        for academy in map(graph.get, project.academies)
        if academy and not project.example
    )
    known = {each.id: each for each in (*academies, *hosted)}
    turn = turns(ids).present
    waiting = [each for id, each in known.items() if id not in turn]
    if not waiting:
        waiting = [each for id, each in known.items() if turn and id != turn[-1]]
    last = {id: place for place, id in enumerate(ids)}
    ordered = sorted(waiting, key=lambda each: (last.get(each.id, -1), each.name.casefold()))
    first = last.get(ordered[0].id, -1) if ordered else -1
    equals = sum(last.get(each.id, -1) == first for each in ordered)
    unknown = (each for each in found if each.host is None and _is_past(each, graph))
    return Rotation(tuple(found), tuple(ordered), equals, tuple(unknown))


def _is_past(meeting: Meeting, graph: Graph) -> bool:
    return meeting.standing(graph.today) not in ANNOUNCED

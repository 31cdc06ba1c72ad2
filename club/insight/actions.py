"""The actions that meetings agreed upon and nobody has ended."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from club.model.graph import Graph
from club.records.meeting.model import Action, ActionStanding, Meeting

DUE = {ActionStanding.OPEN, ActionStanding.LATE}


@dataclass(frozen=True, slots=True)
class Agreed:
    """An action, the meeting that agreed upon it, its place there, and where it stands today."""

    meeting: Meeting
    action: Action
    index: int
    standing: ActionStanding


def agreed(graph: Graph) -> tuple[Agreed, ...]:
    """Every action, the one due first before the others."""
    found = (
        Agreed(meeting, action, index, action.told("state", graph.today))
        for meeting in graph.all(Meeting)
        for index, action in enumerate(meeting.actions)
    )
    return tuple(sorted(found, key=_last_day))


def actions_due(graph: Graph) -> tuple[Agreed, ...]:
    """The actions that are open or late, the one due first before the others."""
    return actions_in(DUE, graph)


def actions_in(standings: Container[ActionStanding], graph: Graph) -> tuple[Agreed, ...]:
    """The actions that stand at one of *standings* today, the one due first before the others."""
    return tuple(each for each in agreed(graph) if each.standing in standings)


def _last_day(each: Agreed) -> tuple[date, str]:
    return (each.action.due.last if each.action.due else date.max, each.action.what)

"""The actions that meetings agreed upon and nobody has ended."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from club.model.graph import Graph
from club.records.meeting.model import Action, ActionStanding, Meeting

DUE = {ActionStanding.OPEN, ActionStanding.LATE}


@dataclass(frozen=True, slots=True)
class Due:
    """An action, the meeting that agreed upon it, and where it stands today."""

    meeting: Meeting
    action: Action
    standing: ActionStanding


def actions_due(graph: Graph) -> tuple[Due, ...]:
    """The actions that are open or late, the one due first before the others."""
    return actions_in(DUE, graph)


def actions_in(standings: Container[ActionStanding], graph: Graph) -> tuple[Due, ...]:
    """The actions that stand at one of *standings* today, the one due first before the others."""
    found = (
        Due(meeting, action, action.told("state", graph.today))
        for meeting in graph.all(Meeting)
        for action in meeting.actions
    )
    return tuple(sorted((each for each in found if each.standing in standings), key=_last_day))


def _last_day(due: Due) -> tuple[date, str]:
    return (due.action.due.last if due.action.due else date.max, due.action.what)

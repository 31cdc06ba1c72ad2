"""The vendor's answers into the records of their requests: all as one plan, or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from club.edit.amend import Amendment, adding, amended, setting
from club.edit.plan import Plan
from club.insight.answers import Answered
from club.model.folder import ClubFolder
from club.model.message import Message
from club.model.problem import Problem


def written_answers(
    folder: ClubFolder, answered: Sequence[Answered], *, with_states: bool = False
) -> Plan | list[Problem] | Message:
    """The plan that writes every answer, and the states that follow only if they are wanted."""
    found = [change for each in answered for change in _changes(each, with_states=with_states)]
    return amended(folder, found)


def _changes(answered: Answered, *, with_states: bool) -> Iterator[Amendment]:
    request = answered.request
    if not answered.is_known:
        yield adding(request, ("answers",), answered.answer)
    if not (with_states and answered.state):
        return
    yield setting(request, ("state",), str(answered.state.value))
    if request.history:
        step = {"state": str(answered.state.value)}
        if said := answered.answer.get("date"):
            step["date"] = said
        yield adding(request, ("history",), step)

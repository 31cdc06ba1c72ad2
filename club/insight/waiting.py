"""The requests that wait for the vendor, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from club.model.dates import PartialDate
from club.model.graph import Graph
from club.records.request.model import Answer, AnswerType, Request, RequestState

FINAL = {AnswerType.EXISTS, AnswerType.ACCEPTED, AnswerType.REFUSED}
"""The answers after which nothing more is waited for."""


@dataclass(frozen=True, slots=True)
class Wait:
    """A request sent to the vendor: *since* when, if known, and the *last* it said, if anything."""

    request: Request
    since: PartialDate | None
    last: Answer | None


def waits(graph: Graph) -> tuple[Wait, ...]:
    """The requests sent that the vendor has not settled, the longest wait first."""
    found = [wait for each in graph.all(Request) if (wait := wait_of(each))]
    return tuple(sorted(found, key=lambda each: (_first_day(each), each.request.id)))


def wait_of(request: Request) -> Wait | None:
    """What *request* waits for, if it was sent and nothing settles it."""
    is_settled = bool(request.answers) and request.answers[-1].answer in FINAL
    if request.state is not RequestState.SENT or is_settled:
        return None
    steps = [each.date for each in request.history if each.state is RequestState.SENT]
    return Wait(request, next(iter(steps), None), next(reversed(request.answers), None))


def _first_day(wait: Wait) -> date:
    return wait.since.first if wait.since else date.max

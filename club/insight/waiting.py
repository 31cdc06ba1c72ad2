"""The requests that wait for the vendor, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from club.model.dates import PartialDate
from club.model.graph import Graph
from club.model.message import N_, Message
from club.records.request.model import Answer, AnswerType, Request, RequestState

FINAL = {AnswerType.EXISTS, AnswerType.ACCEPTED, AnswerType.REFUSED}
"""The answers after which nothing more is waited for."""
ASKS_BACK = AnswerType.NEEDS_DETAILS
"""The answer after which it is for the club to speak."""
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Wait:
    """A request sent to the vendor: *since* when, if known, and the *last* it said, if anything."""

    request: Request
    since: PartialDate | None
    last: Answer | None

    @property
    def rank(self) -> tuple[date, str]:
        """What puts the longest wait first: an invented date gives no rank."""
        return (_first_day(self), self.request.id)


def waits(graph: Graph) -> tuple[Wait, ...]:
    """The requests sent that the vendor has not settled, the longest wait first."""
    found = [wait for each in graph.all(Request) if (wait := wait_of(each))]
    return tuple(sorted(found, key=lambda each: each.rank))


def wait_of(request: Request) -> Wait | None:
    """What *request* waits for, if it was sent and nothing settles it."""
    is_answered = bool(request.answers) and request.answers[-1].answer in {*FINAL, ASKS_BACK}
    if request.state is not RequestState.SENT or is_answered:
        return None
    steps = [each.date for each in request.history if each.state is RequestState.SENT]
    return Wait(request, next(iter(steps), None), next(reversed(request.answers), None))


def is_for_the_club(request: Request) -> bool:
    """Whether the vendor asked for details of *request*, which nobody has given yet."""
    last = request.answers[-1].answer if request.answers else None
    return request.state is RequestState.SENT and last is ASKS_BACK


def lasted(wait: Wait, today: date | None) -> Message | None:
    """How long *wait* has lasted at least, in whole units; None where a day is not known."""
    if wait.since is None or today is None or wait.since.last > today:
        return None
    since = wait.since.last
    months = (today.year - since.year) * MONTHS + today.month - since.month
    months -= today.day < since.day
    if months >= 2 * MONTHS:
        return Message(N_("{count} years"), {"count": months // MONTHS})
    if months > 1:
        return Message(N_("{count} months"), {"count": months})
    days = (today - since).days
    return Message(N_("{count} days") if days > 1 else N_("a day at most"), {"count": days})


def _first_day(wait: Wait) -> date:
    return wait.since.first if wait.since and not wait.request.example else date.max

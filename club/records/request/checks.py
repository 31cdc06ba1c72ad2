"""Rules about requests: one position a project, a legal life, duplicates that end somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from club.insight.positions import FOR, OFF_PLATFORM, OPEN, on_platforms, stated_on
from club.model.cycles import cycles
from club.model.dates import PartialDate, is_to_come
from club.model.graph import Graph
from club.model.kind import check
from club.model.message import N_, Message
from club.model.problem import Level, Problem, Rule
from club.records.request.model import Request, RequestState

S = RequestState
NEXT: dict[RequestState, set[RequestState]] = {
    S.DRAFT: {S.SUBMITTED, S.WITHDRAWN},
    S.SUBMITTED: {S.DISCUSSED, S.DUPLICATE, S.WITHDRAWN},
    S.DISCUSSED: {S.SHARED, S.DUPLICATE, S.WITHDRAWN},
    S.SHARED: {S.SENT, S.DISCUSSED, S.DUPLICATE, S.WITHDRAWN},
    S.SENT: {S.ACCEPTED, S.REFUSED, S.DISCUSSED, S.WITHDRAWN},
    S.ACCEPTED: {S.PLANNED, S.DELIVERED, S.REFUSED},
    S.PLANNED: {S.DELIVERED, S.ACCEPTED, S.REFUSED},
    S.DELIVERED: set(),
    S.REFUSED: {S.DISCUSSED},
    S.DUPLICATE: {S.DISCUSSED},
    S.WITHDRAWN: {S.SUBMITTED},
}

DUPLICATE_POSITION = Rule(
    name="duplicate-position",
    wants=N_("A project takes one position on a request: one project, one voice."),
    example="positions:\n  - {project: e-lyco, stance: essential}",
)
DUPLICATE_CYCLE = Rule(
    name="duplicate-cycle",
    wants=N_("A duplicate leads to the request that is kept, never back to itself."),
    example="state: duplicate\nduplicate_of: exporter-le-cahier-de-textes",
)
DUPLICATE_STATE = Rule(
    name="duplicate-state",
    wants=N_("A request in the state “duplicate” says of which, and only then."),
    example="state: duplicate\nduplicate_of: exporter-le-cahier-de-textes",
)
ILLEGAL_TRANSITION = Rule(
    name="illegal-transition",
    wants=N_("A request goes from state to state by the steps the club knows."),
    example="history:\n  - {state: draft, date: 2012-02}\n  - {state: submitted, date: 2012-03}",
)
HISTORY_STATE = Rule(
    name="history-state",
    wants=N_("The last step of a request is its state, and the steps are in order of date."),
    example="state: submitted\nhistory:\n  - {state: draft}\n  - {state: submitted}",
)
DELIVERED_IN = Rule(
    name="delivered-in",
    level=Level.WARNING,
    wants=N_("A request that names the version that brought it is delivered."),
    example="state: delivered\ndelivered_in: '4.1'",
)


RANK_TWICE = Rule(
    name="rank-twice",
    wants=N_("A project with strict ranks gives each rank to one open request alone."),
    example="positions:\n  - {project: e-lyco, stance: essential, rank: 1}",
)
POSITION_ON_WITHDRAWN = Rule(
    name="position-on-withdrawn",
    level=Level.WARNING,
    wants=N_("No position is taken on a request after it was withdrawn: nobody would count it."),
    example="state: submitted\nhistory:\n  - {state: withdrawn}\n  - {state: submitted}",
)


POSITION_DOUBT = Rule(
    name="position-doubt",
    level=Level.WARNING,
    wants=N_(
        "A position is taken by a project of the club's platforms, on a day that has come, and only"
        " what a project wants has a rank."
    ),
    example="positions:\n  - {project: e-lyco, stance: wanted, rank: 2, as_of: 2012-07-10}",
)


@check(POSITION_DOUBT)
def check_position_doubt(graph: Graph) -> Iterator[Problem]:
    """What would never be counted, or not as it reads, is told to who writes it."""
    counted = {each.id for each in on_platforms(graph)}
    for request in graph.all(Request):
        for index, position in enumerate(request.positions):
            project = graph.get(position.project)
            if project and project.id not in counted:
                yield POSITION_DOUBT.problem(
                    graph.place(request, "positions", index, "project"),
                    OFF_PLATFORM,
                    record=request.key,
                    project=project.id,
                )
            if position.rank is not None and position.stance not in FOR:
                yield POSITION_DOUBT.problem(
                    graph.place(request, "positions", index, "rank"),
                    N_("a rank orders what a project wants: “{stance}” has none"),
                    record=request.key,
                    stance=position.stance,
                )
            if is_to_come(position.as_of, graph.today):
                yield POSITION_DOUBT.problem(
                    graph.place(request, "positions", index, "as_of"),
                    N_("the position is of {date}, which is yet to come"),
                    record=request.key,
                    date=position.as_of,
                )


@check(DUPLICATE_POSITION)
def check_duplicate_position(graph: Graph) -> Iterator[Problem]:
    """One project, one voice."""
    for request in graph.all(Request):
        seen: dict[str, int] = {}
        for index, position in enumerate(request.positions):
            project = graph.get(position.project)
            id = project.id if project else position.project.id
            if id in seen:
                yield DUPLICATE_POSITION.problem(
                    graph.place(request, "positions", index, "project"),
                    N_("“{found}” already takes a position at line {line}"),
                    record=request.key,
                    found=id,
                    line=graph.place(request, "positions", seen[id], "project").line,
                )
            seen.setdefault(id, index)


@check(DUPLICATE_CYCLE)
def check_duplicate_cycle(graph: Graph) -> Iterator[Problem]:
    """Following `duplicate_of` ends at a request that is kept."""
    for request, path in cycles(graph.all(Request), lambda each: graph.get(each.duplicate_of)):
        yield DUPLICATE_CYCLE.problem(
            graph.place(request, "duplicate_of"),
            N_("these requests duplicate one another: {ids}"),
            record=request.key,
            ids=path,
        )


@check(DUPLICATE_STATE)
def check_duplicate_state(graph: Graph) -> Iterator[Problem]:
    """The state and the field agree."""
    for request in graph.all(Request):
        if (request.state is S.DUPLICATE) != (request.duplicate_of is not None):
            yield DUPLICATE_STATE.problem(
                graph.place(request, "duplicate_of" if request.duplicate_of else "state"),
                N_("the state is “{state}” and duplicate_of is: {target}"),
                record=request.key,
                state=request.state,
                target=request.duplicate_of or "–",
            )


@check(ILLEGAL_TRANSITION)
def check_illegal_transition(graph: Graph) -> Iterator[Problem]:
    """Each step follows from the one before."""
    for request in graph.all(Request):
        steps = [change.state for change in request.history]
        for index, (old, new) in enumerate(pairwise(steps), 1):
            if new not in NEXT[old]:
                yield ILLEGAL_TRANSITION.problem(
                    graph.place(request, "history", index, "state"),
                    N_("a request cannot go from “{old}” to “{new}”"),
                    expected=Message(
                        N_("one of {values}"), {"values": ", ".join(sorted(map(str, NEXT[old])))}
                    ),
                    nearest=sorted(map(str, NEXT[old])),
                    record=request.key,
                    old=old,
                    new=new,
                )


@check(HISTORY_STATE)
def check_history_state(graph: Graph) -> Iterator[Problem]:
    """The history ends at the present state and runs forward."""
    for request in graph.all(Request):
        if request.history and request.history[-1].state is not request.state:
            yield HISTORY_STATE.problem(
                graph.place(request, "state"),
                N_("the state is “{state}” but the last step is “{last}”"),
                nearest=(str(request.history[-1].state),),
                record=request.key,
                state=request.state,
                last=request.history[-1].state,
            )
        dated = [(i, step.date) for i, step in enumerate(request.history) if step.date]
        for (_, old), (index, new) in pairwise(dated):
            if new.is_before(old):
                yield HISTORY_STATE.problem(
                    graph.place(request, "history", index, "date"),
                    N_("the step of {new} comes after the step of {old}"),
                    record=request.key,
                    old=str(old),
                    new=str(new),
                )


@check(DELIVERED_IN)
def check_delivered_in(graph: Graph) -> Iterator[Problem]:
    """`delivered_in` belongs to delivered requests."""
    for request in graph.all(Request):
        if request.delivered_in and request.state is not S.DELIVERED:
            yield DELIVERED_IN.problem(
                graph.place(request, "delivered_in"),
                N_("delivered in {version}, yet the state is “{state}”"),
                record=request.key,
                version=request.delivered_in,
                state=request.state,
            )


@check(RANK_TWICE)
def check_rank_twice(graph: Graph) -> Iterator[Problem]:
    """Where a project said that its ranks are strict, no two open requests share one."""
    first: dict[tuple[str, int], Request] = {}
    for request in (each for each in graph.all(Request) if each.state in OPEN):
        # What was said of a duplicate counts for the request that it doubles.
        for each in stated_on(request, graph):
            rank = each.position.rank
            if not each.project.strict_ranks or rank is None:
                continue
            other = first.setdefault((each.project.id, rank), request)
            if other is not request:
                yield RANK_TWICE.problem(
                    graph.place(each.request, "positions", each.index, "rank"),
                    N_("“{project}” already gives rank {rank} to “{other}”"),
                    record=each.request.key,
                    project=each.project.id,
                    rank=rank,
                    other=other.id,
                )


@check(POSITION_ON_WITHDRAWN)
def check_position_on_withdrawn(graph: Graph) -> Iterator[Problem]:
    """A position is older than the step that withdrew the request."""
    for request in graph.all(Request):
        withdrawn = _withdrawn(request)
        for index, position in enumerate(request.positions if withdrawn else ()):
            if withdrawn and position.as_of and withdrawn.is_before(position.as_of):
                yield POSITION_ON_WITHDRAWN.problem(
                    graph.place(request, "positions", index, "as_of"),
                    N_("the position is of {date}; the request was withdrawn on {withdrawn}"),
                    record=request.key,
                    date=position.as_of,
                    withdrawn=withdrawn,
                )


def _withdrawn(request: Request) -> PartialDate | None:
    """When *request* was withdrawn, if it is and the day is known."""
    last = request.history[-1] if request.history else None
    is_withdrawn = request.state is S.WITHDRAWN and last and last.state is S.WITHDRAWN
    return last.date if last and is_withdrawn else None


CHECKS = (
    check_duplicate_position,
    check_position_doubt,
    check_rank_twice,
    check_position_on_withdrawn,
    check_duplicate_cycle,
    check_duplicate_state,
    check_illegal_transition,
    check_history_state,
    check_delivered_in,
)

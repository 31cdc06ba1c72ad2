"""Rules about consultations: each thing listed once, phases that end, reasons that are given."""

from __future__ import annotations

from collections.abc import Iterator

from club.model.graph import Graph
from club.model.kind import check
from club.model.message import N_
from club.model.problem import Problem, Rule
from club.records.consultation.model import CandidateState, Consultation

CANDIDATE_REASON = Rule(
    name="candidate-reason",
    wants=N_("A candidate that is set aside has a reason: whoever proposed it is owed one."),
    example="candidates:\n  - {id: a, name: A, state: set_aside, reason: No mobile version.}",
)
PHASE_BACKWARDS = Rule(
    name="phase-backwards",
    wants=N_("A phase ends on the day it starts or later."),
    example="phases:\n  - {number: 1, start: 2024-04-01, end: 2024-06-30}",
)
LISTED_TWICE = Rule(
    name="listed-twice",
    wants=N_("Phases are known by their number, candidates by their id: each stands once."),
    example="candidates:\n  - {id: a, name: A}\n  - {id: b, name: B}",
)


@check(CANDIDATE_REASON)
def check_candidate_reason(graph: Graph) -> Iterator[Problem]:
    """Nothing is set aside without a word."""
    for consultation in graph.all(Consultation):
        for index, each in enumerate(consultation.candidates):
            if each.state is CandidateState.SET_ASIDE and not each.reason:
                yield CANDIDATE_REASON.problem(
                    graph.place(consultation, "candidates", index, "state"),
                    N_("“{name}” is “{state}”, and nothing says why"),
                    record=consultation.key,
                    name=each.name,
                    state=each.state,
                )


@check(PHASE_BACKWARDS)
def check_phase_backwards(graph: Graph) -> Iterator[Problem]:
    """Phases may overlap or leave days between them; none goes back in time."""
    for consultation in graph.all(Consultation):
        for index, each in enumerate(consultation.phases):
            if each.start and each.end and each.end.is_before(each.start):
                yield PHASE_BACKWARDS.problem(
                    graph.place(consultation, "phases", index, "end"),
                    N_("phase {number} starts on {start} and ends on {end}"),
                    record=consultation.key,
                    number=each.number,
                    start=str(each.start),
                    end=str(each.end),
                )


@check(LISTED_TWICE)
def check_listed_twice(graph: Graph) -> Iterator[Problem]:
    """What is known by a name or a number has it alone."""
    for consultation in graph.all(Consultation):
        for field, known_by in (("phases", "number"), ("candidates", "id")):
            seen: dict[object, int] = {}
            for index, part in enumerate(getattr(consultation, field)):
                name = getattr(part, known_by)
                if name in seen:
                    yield LISTED_TWICE.problem(
                        graph.place(consultation, field, index, known_by),
                        N_("“{found}” already stands in this list, at line {line}"),
                        record=consultation.key,
                        found=name,
                        line=graph.place(consultation, field, seen[name], known_by).line,
                    )
                seen.setdefault(name, index)


CHECKS = (check_candidate_reason, check_phase_backwards, check_listed_twice)

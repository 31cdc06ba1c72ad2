"""Rules about difficulties."""

from __future__ import annotations

from collections.abc import Iterator

from club.model.graph import Graph
from club.model.kind import check
from club.model.message import N_
from club.model.problem import Level, Problem, Rule
from club.records.difficulty.model import Difficulty, DifficultyState

SOLVED_BY = Rule(
    name="solved-by",
    level=Level.WARNING,
    wants=N_("A solved difficulty says which project solved it, and an open one does not."),
    example="state: solved\nsolved_by: e-lyco",
)


@check(SOLVED_BY)
def check_solved_by(graph: Graph) -> Iterator[Problem]:
    """Whoever reads a solved difficulty knows whom to ask."""
    for difficulty in graph.all(Difficulty):
        if (difficulty.state is DifficultyState.SOLVED) != (difficulty.solved_by is not None):
            yield SOLVED_BY.problem(
                graph.place(difficulty, "state"),
                N_("the state is “{state}” and solved_by is: {project}"),
                record=difficulty.key,
                state=difficulty.state,
                project=difficulty.solved_by or "–",
            )


CHECKS = (check_solved_by,)

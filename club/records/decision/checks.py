"""Rules about decisions."""

from __future__ import annotations

from collections.abc import Iterator

from club.model.cycles import cycles
from club.model.graph import Graph
from club.model.kind import check
from club.model.message import N_
from club.model.problem import Problem, Rule
from club.records.decision.model import Decision

REPLACES_CYCLE = Rule(
    name="replaces-cycle",
    wants=N_("A decision replaces an earlier one, never, through others, itself."),
    example="replaces: regles-2012",
)


@check(REPLACES_CYCLE)
def check_replaces_cycle(graph: Graph) -> Iterator[Problem]:
    """Following `replaces` ends somewhere."""
    for decision, path in cycles(graph.all(Decision), lambda each: graph.get(each.replaces)):
        yield REPLACES_CYCLE.problem(
            graph.place(decision, "replaces"),
            N_("these decisions replace one another: {ids}"),
            record=decision.key,
            ids=path,
        )


CHECKS = (check_replaces_cycle,)

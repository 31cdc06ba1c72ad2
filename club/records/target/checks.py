"""Rules about targets."""

from __future__ import annotations

from collections.abc import Iterator

from club.model.graph import Graph
from club.model.kind import check
from club.model.message import N_
from club.model.problem import Level, Problem, Rule
from club.records.target.model import Target

TARGET_GOAL = Rule(
    name="target-goal",
    wants=N_("The goal of a target is its starting value times its factor, if it says all three."),
    example="baseline: 500000\nfactor: 2\ngoal: 1000000\ndeadline: 2012-2013",
    level=Level.WARNING,
)
TARGET_BASELINE = Rule(
    name="target-baseline",
    wants=N_("A target is a number to reach: a goal, or a factor with a starting value."),
    example="baseline: {value: 500000, as_of: 2012, source: s2-ludomag-infogerance}\nfactor: 2",
    level=Level.WARNING,
)


@check(TARGET_GOAL)
def check_target_goal(graph: Graph) -> Iterator[Problem]:
    """There is one number to reach."""
    for target in graph.all(Target):
        if target.goal and target.factor and target.baseline:
            product = target.factor * target.baseline.value
            if product != target.goal.value:
                yield TARGET_GOAL.problem(
                    graph.place(target, "goal"),
                    N_("{baseline} × {factor} is {product}, and the goal is {goal}"),
                    record=target.key,
                    baseline=target.baseline.value,
                    factor=target.factor,
                    product=product.normalize() if product % 1 else int(product),
                    goal=target.goal.value,
                )


@check(TARGET_BASELINE)
def check_target_baseline(graph: Graph) -> Iterator[Problem]:
    """Twice an unknown number is unknown."""
    for target in graph.all(Target):
        if target.factor is None and target.goal is None:
            yield TARGET_BASELINE.problem(
                graph.place(target),
                N_("neither a goal nor a factor says what is to be reached"),
                record=target.key,
            )
        if target.factor is not None and target.baseline is None and target.goal is None:
            yield TARGET_BASELINE.problem(
                graph.place(target, "factor"),
                N_("a target without a starting value: what is multiplied by {factor} is unknown"),
                record=target.key,
                factor=target.factor,
            )


CHECKS = (check_target_goal, check_target_baseline)

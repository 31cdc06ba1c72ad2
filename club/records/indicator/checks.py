"""Rules about indicators."""

from __future__ import annotations

from collections.abc import Iterator

from club.model.graph import Graph
from club.model.kind import check
from club.model.message import N_, Message
from club.model.problem import Level, Problem, Rule
from club.model.record import Audience
from club.records.indicator.model import Access, Indicator

INDICATOR_ACCESS = Rule(
    name="indicator-access",
    wants=N_("An indicator whose figures are not for everyone is for members."),
    example="access: on_request\naudience: members",
)


INDICATOR_SPLITS = Rule(
    name="indicator-splits",
    wants=N_("Parts and totals count the same thing over the same time, and totals split nothing."),
    example="visites-par-profil:\n  dimensions: profile\n  splits: visites-mensuelles",
)
OTHER_MEASURE = N_("“{whole}” counts in “{unit}” by {period}, which is not what this one does")
SPLIT_TWICE = N_("“{whole}” splits the figures of another one itself")
NO_PART = N_("nothing says by what the figures of “{whole}” are split")


@check(INDICATOR_ACCESS)
def check_indicator_access(graph: Graph) -> Iterator[Problem]:
    """The past of a file is told by the audience that it says, not by what it means."""
    for indicator in graph.all(Indicator):
        if indicator.access is Access.PUBLIC:
            continue
        if graph.node(indicator).raw.block.get("audience") != str(Audience.MEMBERS):
            yield INDICATOR_ACCESS.problem(
                graph.place(indicator, "access"),
                N_("the access is “{access}”, and the audience is not “members”"),
                expected=Message(N_("the line “audience: members”")),
                record=indicator.key,
                access=str(indicator.access),
            )


@check(INDICATOR_SPLITS)
def check_indicator_splits(graph: Graph) -> Iterator[Problem]:
    """Small counts are masked in a total and its parts together: they must be of one measure."""
    for indicator in graph.all(Indicator):
        whole = graph.get(indicator.splits)
        if whole is None:
            continue
        at = graph.place(indicator, "splits")
        key = indicator.key
        if whole.splits is not None:
            yield INDICATOR_SPLITS.problem(at, SPLIT_TWICE, record=key, whole=whole.id)
        elif (whole.unit, whole.period) != (indicator.unit, indicator.period):
            yield INDICATOR_SPLITS.problem(
                at,
                OTHER_MEASURE,
                record=key,
                whole=whole.id,
                unit=whole.unit,
                period=Message(whole.period.label),
            )
        elif not indicator.dimensions:
            yield INDICATOR_SPLITS.problem(at, NO_PART, record=key, whole=whole.id)


INDICATOR_COMPARABLE = Rule(
    name="indicator-comparable",
    level=Level.WARNING,
    wants=N_("Indicators that compare have one unit, one period and one edition of a definition."),
    example="visites-a:\n  unit: visites\n  period: month\n  comparable_with: visites-b",
)


@check(INDICATOR_COMPARABLE)
def check_indicator_comparable(graph: Graph) -> Iterator[Problem]:
    """What says that it compares, and is not drawn beside the other, misleads its author."""
    for indicator in graph.all(Indicator):
        for index, reference in enumerate(indicator.comparable_with):
            other = graph.get(reference)
            if other and _measure(other) != _measure(indicator):
                yield INDICATOR_COMPARABLE.problem(
                    graph.place(indicator, "comparable_with", index),
                    N_("“{other}” has another unit, another period or another edition"),
                    record=indicator.key,
                    other=other.id,
                )


def _measure(indicator: Indicator) -> tuple[object, ...]:
    return indicator.unit, indicator.period, indicator.version


CHECKS = (check_indicator_access, check_indicator_splits, check_indicator_comparable)

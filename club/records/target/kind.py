"""What the projects aim at."""

from __future__ import annotations

from club.model.graph import Graph
from club.model.kind import Column, Facet, Kind
from club.model.message import N_, Message
from club.model.view import Alert, PageView, Unknown
from club.model.viewing import fact, facts, page, prose, sections
from club.records.target.checks import CHECKS
from club.records.target.model import Target


def reached(target: Target, graph: Graph) -> tuple[object, ...]:
    """The number to reach as a table shows it, or that it cannot be known."""
    if target.number is None:
        return (Unknown(),)
    number = target.number
    return (int(number) if number == int(number) else number,)


def view(target: Target, graph: Graph) -> PageView:
    """A target: from where, to where, by when, and whether that makes a number."""
    return page(
        graph,
        target,
        alerts=_alerts(target),
        facts=facts(
            fact(graph, target, "project"),
            fact(graph, target, "indicator", unknown=True),
            fact(graph, target, "baseline", unknown=True),
            fact(graph, target, "factor"),
            fact(graph, target, "goal", *(reached(target, graph) if not target.goal else ())),
            fact(graph, target, "deadline"),
            fact(graph, target, "stated_by"),
            fact(graph, target, "source"),
        ),
        sections=sections(prose(graph, target, "note")),
    )


def _alerts(target: Target) -> tuple[Alert, ...]:
    if target.number is not None:
        return ()
    return (
        Alert(
            Message(N_("Target without a starting value")),
            Message(
                N_("What the factor multiplies is stated nowhere: nobody can say when it is met.")
            ),
        ),
    )


KIND = Kind(
    model=Target,
    singular=N_("target"),
    plural=N_("targets"),
    intro=N_("What the projects mean to reach, from where and by when."),
    view=view,
    columns=(
        Column.of(Target, "label", is_title=True),
        Column.of(Target, "project"),
        Column.of(Target, "indicator"),
        Column.of(Target, "baseline"),
        Column.of(Target, "goal", reached),
        Column.of(Target, "deadline"),
    ),
    facets=(Facet.of(Target, "project"), Facet.of(Target, "indicator")),
    checks=CHECKS,
)

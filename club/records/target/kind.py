"""What the projects aim at."""

from __future__ import annotations

from club.insight.aims import LAST_KNOWN, best_known, last_known, reached, reached_so_far, stated
from club.model.fields import Reliability
from club.model.graph import Graph
from club.model.kind import Column, Facet, Kind
from club.model.message import N_, Message
from club.model.view import Alert, Fact, PageView, Progress, Unknown
from club.model.viewing import fact, facts, label_of, page, prose, sections
from club.records.target.checks import CHECKS
from club.records.target.model import Target


def view(target: Target, graph: Graph) -> PageView:
    """A target: from where, to where, by when, and whether that makes a number."""
    return page(
        graph,
        target,
        alerts=_alerts(target),
        key=_progress(target, graph),
        facts=facts(
            fact(graph, target, "project"),
            fact(graph, target, "indicator", unknown=True),
            fact(graph, target, "baseline", unknown=True),
            fact(graph, target, "factor"),
            fact(graph, target, "goal", *(reached(target, graph) if not target.goal else ())),
            Fact(
                Message(LAST_KNOWN),
                last_known(target, graph) or (Unknown(),) * (target.indicator is not None),
            ),
            *filter(None, (best_known(target, graph),)),
            fact(graph, target, "deadline"),
            fact(graph, target, "stated_by"),
            fact(graph, target, "source"),
        ),
        sections=sections(prose(graph, target, "note")),
    )


def _alerts(target: Target) -> tuple[Alert, ...]:
    if target.baseline is not None:
        return ()
    nowhere = N_("What the factor multiplies is stated nowhere: nobody can say when it is met.")
    unsaid = N_("Its goal is known; how far it had to go is stated nowhere.")
    said = nowhere if target.number is None else unsaid
    return (Alert(Message(N_("Target without a starting value")), Message(said)),)


def _progress(target: Target, graph: Graph) -> tuple[Progress, ...]:
    """The last value that documents state, out of the goal; nothing where one is unknown.

    What is contradicted, or of a time after the deadline, is shown as a value and no progress.
    """
    latest, goal = stated(target, graph), target.number
    if latest is None or goal is None or not goal or goal != int(goal):
        return ()
    is_late = target.deadline and latest.as_of and target.deadline.is_before(latest.as_of)
    if is_late or latest.trust is Reliability.CONTRADICTED:
        return ()
    return (
        Progress(latest.value, int(goal), Message(LAST_KNOWN), Message(label_of(Target, "goal"))),
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
        Column(LAST_KNOWN, lambda each, graph: reached_so_far(each, graph) or Unknown()),
        Column.of(Target, "goal", reached),
        Column.of(Target, "deadline"),
    ),
    facets=(Facet.of(Target, "project"), Facet.of(Target, "indicator")),
    checks=CHECKS,
)

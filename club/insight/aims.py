"""What projects aim at, and how far they are known to have come: never one put for the other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from club.insight.schools import listing, stated_and_aimed
from club.insight.schools_told import open_of_listed
from club.insight.usage import as_stated, figures_of, is_made_up, is_unverified, plain, usage_url
from club.model.dates import PartialDate
from club.model.fields import Claim, Qualifier, Reliability
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.series import Observation
from club.model.view import CellView, Fact, Link, RowView, TableView, Unknown
from club.model.viewing import claim, claims, label_of, labels, link
from club.records.indicator.model import ProjectFigure
from club.records.project.model import Project
from club.records.target.model import Target

WITHOUT_START = N_("target without a starting value")
LAST_KNOWN = N_("last known value")
BEST_KNOWN = N_("best value")
BEST_SHOWN = N_("best value of those shown")
"""Where some are masked, the best may be one of them."""
BY_UNIT = {"month", "school_year"}
"""The periods that a date says; others are told as files write them."""


def reached(target: Target, graph: Graph) -> tuple[object, ...]:
    """The number to reach as a table shows it, or that it cannot be known."""
    return (Unknown(),) if target.number is None else (plain(target.number),)


def stated(target: Target, graph: Graph) -> Claim[int] | None:
    """The latest that documents state of what *target* is about, in the field of its project."""
    indicator, project = graph.get(target.indicator), graph.get(target.project)
    if indicator is None or project is None or indicator.stated_in is None:
        return None
    return stated_and_aimed(getattr(project, indicator.stated_in))[0]


def last_known(target: Target, graph: Graph) -> tuple[object, ...]:
    """What is known of the indicator of *target*: stated, counted by a table, measured."""
    indicator, project = graph.get(target.indicator), graph.get(target.project)
    if indicator is None or project is None:
        return ()
    found: list[object] = []
    if (latest := stated(target, graph)) is not None:
        field = str(indicator.stated_in)
        index = getattr(project, field).index(latest)
        found.append(claim(graph, latest, graph.place(project, field, index)))
    if indicator.stated_in is ProjectFigure.SCHOOLS_EQUIPPED:
        counted = listing(project, graph)
        if counted:
            said = {"value": open_of_listed(counted.open, counted.listed)}
            found.append(Message(N_("{value}, by the table of schools"), said))
    if (measured := _measured(target, project, graph)) and measured.value is not None:
        about = {
            "value": as_stated(measured.value, measured.qualifier, measured.place),
            "period": _period(measured),
        }
        said_of = Message(N_("{value} measured ({period})"), about)
        found.append(Link(_with_doubt(said_of, measured, graph), usage_url(project)))
    return tuple(found)


def reached_so_far(target: Target, graph: Graph) -> tuple[object, ...]:
    """What is last known of *target*, and beside it what came nearer to its goal."""
    best = best_known(target, graph)
    nearer = best.values if best else ()
    said = N_("{label}: {value}")
    told = (Message(said, {"label": best.label, "value": each}) for each in nearer if best)
    return (*last_known(target, graph), *told)


def best_known(target: Target, graph: Graph) -> Fact | None:
    """What came nearer to the goal of *target* than the last known value, and when.

    What documents state and what was measured are told apart, as nobody said that they count alike.
    A value that is only less than a number reached none. None if nothing came nearer.
    """
    project = graph.get(target.project)
    if project is None:
        return None
    found: list[object] = []
    if (best := _best_stated(target, graph)) is not None:
        field = str(_stated_in(target, graph))
        index = getattr(project, field).index(best)
        found.append(claim(graph, best, graph.place(project, field, index)))
    seen = _totals(target, project, graph)
    if (measured := _best_measured(target, seen)) is not None:
        value = as_stated(measured.value, measured.qualifier, measured.place)
        about = {"value": value, "period": _period(measured)}
        said = IN_PERIOD.get(measured.span.unit, N_("{value} ({period})"))
        told = _with_doubt(Message(said, about), measured, graph)
        found.append(Link(told, usage_url(project)))
    label = BEST_SHOWN if any(each.is_masked for each in seen) else BEST_KNOWN
    return Fact(Message(label), tuple(found)) if found else None


def _with_doubt(said: Message, seen: Observation, graph: Graph) -> Message:
    """*said* of the figure *seen*, and that it is unverified if it has no source."""
    return Message(N_("{said}, unverified"), {"said": said}) if is_unverified(seen, graph) else said


IN_PERIOD = {
    "month": N_("{value} in {period}"),
    "school_year": N_("{value} in the {period}"),
}


def _is_to_fall(target: Target) -> bool:
    """Whether less is better: the number to reach is below the starting value."""
    start, number = target.baseline, target.number
    return start is not None and number is not None and number < start.value


def _worth(target: Target, value: int | Decimal) -> int | Decimal:
    return -value if _is_to_fall(target) else value


def _stated_in(target: Target, graph: Graph) -> ProjectFigure | None:
    indicator = graph.get(target.indicator)
    return indicator.stated_in if indicator else None


def _best_stated(target: Target, graph: Graph) -> Claim[int] | None:
    """The best that documents state of a time before that of the latest; None if none is better."""
    latest, project = stated(target, graph), graph.get(target.project)
    if latest is None or latest.as_of is None or project is None:
        return None
    earlier = [
        each
        for each in getattr(project, str(_stated_in(target, graph)))
        if each.as_of and each.as_of.is_before(latest.as_of)
        if each.qualifier not in REACHED_NOTHING and each.trust is not Reliability.CONTRADICTED
        if _worth(target, each.value) > _worth(target, latest.value)
    ]
    return max(earlier, key=lambda each: _worth(target, each.value), default=None)


REACHED_NOTHING = {Qualifier.TARGET, Qualifier.LESS_THAN}


def _best_measured(target: Target, seen: Iterable[Observation]) -> Observation | None:
    """The best of the totals *seen*, the first of those that are level; None if it is the last."""
    known = [each for each in seen if each.value is not None]
    last = max(known, key=_end, default=None)
    if last is None or last.value is None:
        return None
    better = [
        (_worth(target, each.value), each)
        for each in sorted(known, key=_end)
        if each.value is not None and each.qualifier not in REACHED_NOTHING
        if _worth(target, each.value) > _worth(target, last.value)
    ]
    return max(better, key=lambda pair: pair[0], default=(None, None))[1]


def _end(seen: Observation) -> date:
    return seen.span.last


def _totals(target: Target, project: Project, graph: Graph) -> tuple[Observation, ...]:
    """The totals that were measured or masked, less those made up unless the target is."""
    indicator = graph.get(target.indicator)
    return tuple(
        each
        for each in figures_of(project, graph)
        if indicator and each.indicator == indicator.id and not each.dimension
        if target.example or not is_made_up(each, graph)
    )


def _measured(target: Target, project: Project, graph: Graph) -> Observation | None:
    """The last total that was measured, unless it is made up and the target is not."""
    known = (each for each in _totals(target, project, graph) if each.value is not None)
    return max(known, key=_end, default=None)


def _period(seen: Observation) -> PartialDate | str:
    return PartialDate.parse(seen.span.said) if seen.span.unit in BY_UNIT else seen.span.said


def aims_table(project: Project, graph: Graph) -> TableView | None:
    """What *project* aims at: from where, how far it is known to have come, to where, by when."""
    rows = tuple(
        RowView(
            (
                CellView((link(each),), graph.place(each)),
                CellView(claims(graph, each, "baseline") or (Message(WITHOUT_START),)),
                CellView(reached_so_far(each, graph) or (Unknown(),)),
                CellView(claims(graph, each, "goal") or reached(each, graph)),
                CellView((each.deadline or Unknown(),)),
            ),
            is_example=each.example,
        )
        for each in graph.pointing(project, Target, "project")
    )
    if not rows:
        return None
    return TableView(
        Message(N_("What {project} aims at"), {"project": project.name}),
        (
            N_("target"),
            label_of(Target, "baseline"),
            LAST_KNOWN,
            *labels(Target, "goal", "deadline"),
        ),
        rows,
    )

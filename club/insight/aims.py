"""What projects aim at, and how far they are known to have come: never one put for the other."""

from __future__ import annotations

from club.insight.schools import listing, stated_and_aimed
from club.insight.schools_told import open_of_listed
from club.insight.usage import as_stated, figures_of, is_made_up, plain, usage_url
from club.model.dates import PartialDate
from club.model.fields import Claim
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.series import Observation
from club.model.view import CellView, Link, RowView, TableView, Unknown
from club.model.viewing import claim, claims, label_of, labels, link
from club.records.indicator.model import ProjectFigure
from club.records.project.model import Project
from club.records.target.model import Target

WITHOUT_START = N_("target without a starting value")
LAST_KNOWN = N_("last known value")
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
        found.append(Link(said_of, usage_url(project)))
    return tuple(found)


def _measured(target: Target, project: Project, graph: Graph) -> Observation | None:
    """The last total that was measured, unless it is made up and the target is not."""
    indicator = graph.get(target.indicator)
    seen = [
        each
        for each in figures_of(project, graph)
        if indicator and each.indicator == indicator.id and not each.dimension
        if each.value is not None and (target.example or not is_made_up(each, graph))
    ]
    return max(seen, key=lambda each: each.span.last, default=None)


def _period(seen: Observation) -> PartialDate | str:
    return PartialDate.parse(seen.span.said) if seen.span.unit in BY_UNIT else seen.span.said


def aims_table(project: Project, graph: Graph) -> TableView | None:
    """What *project* aims at: from where, how far it is known to have come, to where, by when."""
    rows = tuple(
        RowView(
            (
                CellView((link(each),), graph.place(each)),
                CellView(claims(graph, each, "baseline") or (Message(WITHOUT_START),)),
                CellView(last_known(each, graph) or (Unknown(),)),
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

"""The page of an indicator: its definition, what documents state, and what projects measure."""

from __future__ import annotations

from collections.abc import Iterator

from club.insight.comparability import refusals
from club.insight.usage import template_url
from club.insight.usage_told import cohorts, comparison, told_made_up
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import (
    CellView,
    ChartView,
    Fact,
    Link,
    More,
    PageView,
    RowView,
    SectionView,
    TableView,
)
from club.model.viewing import (
    cited,
    claims,
    fact,
    facts,
    label_of,
    link,
    link_list,
    page,
    prose,
    section,
    sections,
    shown,
)
from club.records.indicator.model import Indicator
from club.records.project.model import Project
from club.records.target.model import Target


def view(indicator: Indicator, graph: Graph) -> PageView:
    """An indicator: what it counts, and every figure of it that the club knows."""
    return page(
        graph,
        indicator,
        badges=shown(graph, indicator, "access"),
        facts=facts(
            fact(graph, indicator, "unit"),
            fact(graph, indicator, "period"),
            fact(graph, indicator, "dimensions"),
            fact(graph, indicator, "aggregation"),
            fact(graph, indicator, "producer"),
            fact(graph, indicator, "recipients"),
            fact(graph, indicator, "access"),
            fact(graph, indicator, "new_schools", unknown=True),
            fact(graph, indicator, "version"),
            fact(graph, indicator, "splits"),
            _comparable(indicator, graph),
            fact(graph, indicator, "source"),
        ),
        sections=sections(
            prose(graph, indicator, "definition"),
            _stated(indicator, graph),
            _measured(indicator, graph),
            _template(indicator),
            link_list("targets", N_("Targets"), graph.pointing(indicator, Target, "indicator")),
        ),
        listed=(Target,),
    )


def _template(indicator: Indicator) -> SectionView | None:
    """How to give figures of one's own project."""
    file = Link(Message(N_("An empty file to fill in (CSV)")), template_url(indicator))
    return section("give", Message(N_("Give the figures of a project")), Message(FILL_IN), file)


FILL_IN = N_(
    "One row a figure: the project, the period and the number; an empty cell is unknown. "
    "The file goes to data/series."
)


def _measured(indicator: Indicator, graph: Graph) -> SectionView | None:
    """The projects on one axis, and why other indicators are not on it."""
    picture = comparison(indicator, graph)
    if picture is None:
        return None
    others = (each for each in graph.all(Indicator) if each.id != indicator.id)
    why = [said for each in others for said in refusals((indicator, each))]
    apart = (
        More(
            Message(N_("Why other indicators are not drawn here: {count}"), {"count": len(why)}),
            tuple(why),
        )
        if why
        else None
    )
    made_up = told_made_up(indicator, graph)
    return section("measured", Message(N_("What the projects measure")), made_up, picture, apart)


def _comparable(indicator: Indicator, graph: Graph) -> Fact:
    none = Message(N_("no other indicator"))
    return fact(
        graph, indicator, "comparable_with", *(() if indicator.comparable_with else (none,))
    )


def _stated(indicator: Indicator, graph: Graph) -> SectionView | None:
    """What documents state, contradictions side by side: each value is a bar of its own."""
    if indicator.stated_in is None:
        return None
    field = str(indicator.stated_in)
    projects = sorted(graph.all(Project), key=lambda each: each.name.casefold())
    held = [each for each in projects if getattr(each, field)]
    if not held:
        return None
    table = TableView(
        Message(N_("{label}: what documents state"), {"label": indicator.label}),
        (N_("project"), label_of(Project, field), label_of(Indicator, "source")),
        tuple(_rows(held, field, graph)),
        sheet=f"{indicator.key}/stated",
    )
    sources = (cited(graph, each.source) for project in held for each in getattr(project, field))
    picture = ChartView(
        "bars",
        table,
        (1,),
        Message(
            N_(
                "A bar for each value that a document states, with its date; a pale one in a "
                "dashed line is not exact: about, more than, a target."
            )
        ),
        Message(STATED, {"cohorts": Message(cohorts(indicator))}),
        tuple(dict.fromkeys(each for each in sources if each)),
        graph.place(held[0], field),
    )
    return section("stated", Message(N_("What documents state")), picture)


STATED = N_("Values of one project that disagree stand one under the other. {cohorts}")


def _rows(projects: list[Project], field: str, graph: Graph) -> Iterator[RowView]:
    for project in projects:
        for each in claims(graph, project, field):
            source: tuple[Link, ...] = (each.source,) if each.source else ()
            yield RowView(
                (CellView((link(project),)), CellView((each,)), CellView(source)),
                is_example=project.example,
            )

"""What the workspace changes, domain by domain."""

from __future__ import annotations

from club.insight.impact import CHOICES_URL, COVERAGE_URL, Coverage, coverage
from club.insight.impact_told import licence_section
from club.model.graph import Graph
from club.model.kind import Column, Facet, Kind
from club.model.message import N_, Message
from club.model.view import (
    CellView,
    Fact,
    Link,
    PageView,
    RowView,
    SectionView,
    TableView,
    Unknown,
)
from club.model.viewing import (
    fact,
    facts,
    labels,
    left_out,
    link,
    link_list,
    page,
    prose,
    section,
    sections,
)
from club.records.impact_analysis.checks import CHECKS
from club.records.impact_analysis.model import CHOICES, ELEMENTS, ImpactAnalysis
from club.records.method.model import Method


def view(analysis: ImpactAnalysis, graph: Graph) -> PageView:
    """An analysis: what is concerned, what is wanted and feared, and how one goes about it."""
    practices = tuple(each for each in map(graph.get, analysis.practices) if each)
    return page(
        graph,
        analysis,
        facts=facts(
            fact(graph, analysis, "project"),
            fact(graph, analysis, "school"),
            fact(graph, analysis, "domain"),
            fact(graph, analysis, "priority"),
            fact(graph, analysis, "method"),
            fact(graph, analysis, "date"),
            fact(graph, analysis, "validated_by"),
            fact(graph, analysis, "licence"),
            fact(graph, analysis, "source"),
        ),
        sections=sections(
            _elements(analysis, graph),
            section(
                "choices",
                Message(N_("How one goes about it")),
                tuple(fact(graph, analysis, name, unknown=True) for name in CHOICES),
            ),
            link_list("practices", N_("Practices to be shared"), practices),
            prose(graph, analysis, "note"),
            licence_section(graph, _methods(analysis, graph)),
        ),
    )


def _methods(analysis: ImpactAnalysis, graph: Graph) -> tuple[Method, ...]:
    method = graph.get(analysis.method)
    return (method,) if method else ()


def _elements(analysis: ImpactAnalysis, graph: Graph) -> SectionView | None:
    shown: tuple[Fact, ...] = tuple(fact(graph, analysis, name, unknown=True) for name in ELEMENTS)
    return section("elements", Message(N_("Impacts, stakes, risks and goals")), shown)


def _pages(graph: Graph) -> tuple[PageView, ...]:
    return (_coverage(graph), _choices(graph))


def _coverage(graph: Graph) -> PageView:
    """The matrix of domains by projects: who thought of what, what is missing."""
    found = coverage(graph)
    rows = tuple(
        RowView((CellView((link(domain),)), *(_analysed(each) for each in cells)))
        for domain, cells in found.rows
    )
    table = TableView(
        Message(N_("Domains analysed by project")),
        (N_("domain"), *(link(each) for each in found.projects)),
        rows,
        is_matrix=True,
        sheet=COVERAGE_URL.rstrip("/"),
    )
    return PageView(
        url=COVERAGE_URL,
        collection=ImpactAnalysis.collection,
        title=Message(N_("Which project thought of which domain")),
        is_wide=True,
        sections=sections(
            section(
                "all",
                Message(N_("Domains by project")),
                _missing(found),
                table if rows and found.projects else Message(N_("Nothing here yet.")),
            ),
            _left_out(found),
            licence_section(graph, graph.all(Method)),
        ),
    )


def _left_out(found: Coverage) -> SectionView | None:
    """The projects that have no column, and why."""
    why = Message(N_("They run none of the platforms of the club and made no analysis."))
    others = found.left_out if found.projects else ()
    return left_out(N_("Projects without a column"), why, others)


def _missing(found: Coverage) -> Message | None:
    if not found.rows or not found.projects:
        return None
    every = len(found.rows) * len(found.projects)
    about = {"count": found.missing, "total": every, "examples": found.made_up}
    if found.made_up:
        said = N_("Not analysed: {count} of {total}; by examples alone: {examples}")
        return Message(said, about)
    return Message(N_("Not analysed: {count} of {total}"), about)


def _analysed(analyses: tuple[ImpactAnalysis, ...]) -> CellView:
    if not analyses:
        return CellView((Unknown(),), tone="quiet")
    # The name of the domain and of the project say the rest of a title.
    named = tuple(
        link(
            each,
            Message(N_("priority: {level}"), {"level": each.priority}) if each.priority else "",
            title=each.school or Message(N_("analysis")),
        )
        for each in analyses
    )
    is_example = all(each.example for each in analyses)
    return CellView(named, tone="good", is_example=is_example)


def _choices(graph: Graph) -> PageView:
    """How each analysis goes about it, side by side."""
    made = sorted(
        graph.all(ImpactAnalysis),
        key=lambda each: (graph.title(graph[each.project]).casefold(), each.title.casefold()),
    )
    rows = tuple(
        RowView(
            (
                CellView((link(each),)),
                CellView((link(graph[each.project]),)),
                *(
                    CellView(
                        (getattr(each, name) or Unknown(),),
                        graph.place(each, name),
                    )
                    for name in CHOICES
                ),
            ),
            is_example=each.example,
        )
        for each in made
    )
    table = TableView(
        Message(N_("The choices of each analysis")),
        (N_("analysis"), *labels(ImpactAnalysis, "project", *CHOICES)),
        rows,
        sheet=CHOICES_URL.rstrip("/"),
    )
    return PageView(
        url=CHOICES_URL,
        collection=ImpactAnalysis.collection,
        title=Message(N_("The choices of the projects compared")),
        is_wide=True,
        sections=sections(
            section(
                "all",
                Message(N_("Services to start with, to whom, on paper or not")),
                table if rows else Message(N_("Nothing here yet.")),
            ),
            licence_section(graph, graph.all(Method)),
        ),
    )


def _ways_in(graph: Graph) -> tuple[SectionView, ...]:
    ways = (
        Link(Message(N_("Which project thought of which domain")), COVERAGE_URL),
        Link(Message(N_("The choices of the projects compared")), CHOICES_URL),
    )
    return sections(section("ways-in", Message(N_("Go straight to")), *ways, layout="grid"))


KIND = Kind(
    model=ImpactAnalysis,
    singular=N_("impact analysis"),
    plural=N_("impact analyses"),
    intro=N_("What the workspace changes in each domain, project by project."),
    view=view,
    columns=(
        Column.of(ImpactAnalysis, "title", is_title=True),
        Column.of(ImpactAnalysis, "project"),
        Column.of(ImpactAnalysis, "domain"),
        Column.of(ImpactAnalysis, "priority"),
        Column.of(ImpactAnalysis, "validated_by"),
    ),
    facets=(
        Facet.of(ImpactAnalysis, "domain"),
        Facet.of(ImpactAnalysis, "project"),
        Facet.of(ImpactAnalysis, "activation"),
        Facet.of(ImpactAnalysis, "scope"),
        Facet.of(ImpactAnalysis, "paperless"),
    ),
    checks=CHECKS,
    more_pages=_pages,
    index_sections=_ways_in,
)

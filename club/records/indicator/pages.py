"""What was measured of each project, on a page of its own, with its figures as a file."""

from __future__ import annotations

from club.insight.usage import figures_url, measured, usage_url, weeks_url
from club.insight.usage_told import usage_sections, week_sections
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import Link, PageView, SectionView
from club.model.viewing import counted, link, section, sections
from club.records.indicator.model import Indicator
from club.records.project.model import Project
from club.records.target.model import Target


def pages(graph: Graph) -> tuple[PageView, ...]:
    """The usage of each project of which something was measured, and its weeks if it has any."""
    projects = measured(graph)
    weeks = (_weeks(each, graph) for each in projects)
    return (*(_page(each, graph) for each in projects), *filter(None, weeks))


def _weeks(project: Project, graph: Graph) -> PageView | None:
    """The weeks of what elsewhere is told by month."""
    found = tuple(week_sections(project, graph))
    if not found:
        return None
    back = Link(Message(N_("Usage of {project}"), {"project": project.name}), usage_url(project))
    return PageView(
        url=weeks_url(project),
        collection=Indicator.collection,
        title=Message(N_("Usage of {project}, week by week"), {"project": project.name}),
        intro=Message(WEEKS),
        is_example=project.example,
        is_found=True,
        sections=sections(
            section("about", Message(N_("About these figures")), back, layout="list"), *found
        ),
    )


WEEKS = N_(
    "Each week as it was measured, from Monday to Sunday. A week without a figure, as those of"
    " school holidays may be, is unknown: it is never zero. People seen in several weeks are never"
    " added up."
)


def _page(project: Project, graph: Graph) -> PageView:
    aims = graph.pointing(project, Target, "project")
    file = Link(
        Message(N_("These figures as a file that the club reads back (CSV)")), figures_url(project)
    )
    return PageView(
        url=usage_url(project),
        collection=Indicator.collection,
        title=Message(N_("Usage of {project}"), {"project": project.name}),
        is_example=project.example,
        is_found=True,
        sections=sections(
            section(
                "about", Message(N_("About these figures")), link(project), file, layout="list"
            ),
            section("targets", Message(N_("Targets")), *map(link, aims), layout="list"),
            *usage_sections(project, graph),
        ),
    )


def ways_in(graph: Graph) -> tuple[SectionView, ...]:
    """The usage of each project, from the list of the indicators."""
    projects = measured(graph)
    title = Message(
        N_("{things}: {count}"), {"things": Message(N_("projects")), "count": counted(projects)}
    )
    ways = (
        Link(
            Message(N_("Usage of {project}"), {"project": each.name}),
            usage_url(each),
            is_example=each.example,
        )
        for each in projects
    )
    return sections(section("usage", title, *ways, layout="grid"))

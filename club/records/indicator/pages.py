"""What was measured of each project, on a page of its own, with its figures as a file."""

from __future__ import annotations

from club.insight.usage import figures_url, measured, usage_url
from club.insight.usage_told import usage_sections
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import Link, PageView, SectionView
from club.model.viewing import counted, link, section, sections
from club.records.indicator.model import Indicator
from club.records.project.model import Project
from club.records.target.model import Target


def pages(graph: Graph) -> tuple[PageView, ...]:
    """The usage of each project of which something was measured."""
    return tuple(_page(each, graph) for each in measured(graph))


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

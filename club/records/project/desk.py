"""The desk of each project, and the page where one chooses one's own."""

from __future__ import annotations

from dataclasses import replace

from club.insight.coming import coming
from club.insight.desk import (
    DESKS_URL,
    Desk,
    desk_url,
    desk_view,
    organisation_desks,
    project_desks,
)
from club.insight.desk_told import desk_page
from club.insight.solved import SOLVED_URL, Way, ways_out
from club.insight.told import to_come_section
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import CardView, DesksView, Link, PageView, SectionView, TextView
from club.model.viewing import counted, link, opening, referred, section, sections
from club.records.difficulty.model import Difficulty
from club.records.practice.model import Practice
from club.records.project.model import Project
from club.records.project.places import positions_url

MINE = N_("My project")
HOW = Message(
    N_(
        "Each project has a page that gathers what awaits it: positions to give, values to check,"
        " difficulties that others solved."
    )
)


def desk_pages(graph: Graph) -> tuple[PageView, ...]:
    """Where one chooses one's own desk, then the desk of each project; none without projects."""
    desks = project_desks(graph)
    return (_chooser(graph), *(_page(each, graph) for each in desks)) if desks else ()


def choice(graph: Graph) -> SectionView | None:
    """The desks among which a reader chooses, for the home page."""
    found = replace(_desks(graph), intro=HOW)
    return section("desk", Message(MINE), found) if found.desks else None


def way_in(graph: Graph) -> Link | None:
    """What leads to the desks, where there are any."""
    return Link(Message(MINE), DESKS_URL) if project_desks(graph) else None


def awaits(project: Project, graph: Graph) -> tuple[Link, ...]:
    """What leads from the page of *project* to its desk, if it has one."""
    desks = project_desks(graph)
    is_there = any(each.subject is project for each in desks)
    return (Link(Message(N_("What awaits this project")), desk_url(project)),) if is_there else ()


def _desks(graph: Graph) -> DesksView:
    others = tuple(map(desk_view, organisation_desks(graph)))
    label = Message(
        N_("The organisations: {count}"),
        {"count": counted(each.subject for each in organisation_desks(graph))},
    )
    return DesksView(tuple(map(desk_view, project_desks(graph))), others, label)


def _chooser(graph: Graph) -> PageView:
    title = Message(N_("Choose a project"))
    return PageView(
        url=DESKS_URL,
        collection=Project.collection,
        title=Message(MINE),
        intro=HOW,
        sections=sections(section("desk", title, _desks(graph))),
    )


def _page(desk: Desk, graph: Graph) -> PageView:
    project = desk.subject
    assert isinstance(project, Project)
    as_table = Link(Message(N_("The same as a table, for spreadsheets")), positions_url(project))
    return desk_page(
        desk,
        _solved(project, graph),
        to_come_section(project, graph),
        first=coming(project, graph),
        more={"positions": as_table},
    )


def _solved(project: Project, graph: Graph) -> SectionView | None:
    """The difficulties that others solved or got round, near those of *project*."""
    if not graph.registry.has(Difficulty):
        return None
    ways = ways_out(project, graph)
    about = {
        "things": Message(N_("Solved elsewhere")),
        "count": counted(each.difficulty for each in ways),
    }
    return section(
        "solved",
        Message(N_("{things}: {count}"), about),
        *(_way(each, graph) for each in ways),
        Link(Message(N_("Who solved it? All the difficulties")), SOLVED_URL) if ways else None,
        layout="cards",
    )


def _way(way: Way, graph: Graph) -> CardView:
    """A way out: why it concerns the project, who found it, the practice that tells of it."""
    difficulty = way.difficulty
    solver = referred(graph, difficulty.solved_by)
    first = opening(graph, difficulty.workaround)
    named = {target for _, target in first.links} if isinstance(first, TextView) else set()
    said = (
        difficulty.state,
        way.bond,
        *referred(graph, difficulty.service),
        Message(N_("solved by {project}"), {"project": solver[0]}) if solver else None,
        first,
        *(each for each in _practices(difficulty, graph) if each not in named),
    )
    return CardView(link(difficulty), tuple(each for each in said if each))


def _practices(difficulty: Difficulty, graph: Graph) -> tuple[Link, ...]:
    """The practices that the text of *difficulty* leads to."""
    named = {
        each.id: each
        for pointer in graph.pointers(difficulty)
        if isinstance(each := graph.target(pointer), Practice)
    }
    return tuple(link(each) for each in named.values())

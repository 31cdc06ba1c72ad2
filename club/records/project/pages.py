"""Whom to write to for each project, and the positions that each has yet to take."""

from __future__ import annotations

from club.insight.ends import ENDS_URL
from club.insight.positions import (
    POSITIONS_URL,
    stated_on_open,
    supporters,
    to_give,
    voters,
)
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import CellView, Link, PageView, RowView, SectionView, TableView, Unknown
from club.model.viewing import counted, label_of, link, links, referred, section, sections
from club.records.comparison.model import Comparison
from club.records.organisation.model import Organisation
from club.records.project.contacts import carriers, mailbox, reachable
from club.records.project.desk import desk_pages, way_in
from club.records.project.model import CarrierRole, Project
from club.records.project.pictures import MAP_URL, SCHOOLS_URL, map_page, schools_page
from club.records.project.places import positions_url
from club.records.request.model import Request

CONTACTS_URL = "projects/contacts/"
HOW = Message(
    N_(
        "A contact is a shared mailbox, never the address of a person. Where none is known, “Show"
        " the pencils” shows one that leads to the organisation, to which a line “contact” is to"
        " be added."
    )
)


def pages(graph: Graph) -> tuple[PageView, ...]:
    """Whom to write to, where, how large; then what awaits each project, and its positions."""
    missing = (_missing(each, graph) for each in voters(graph)) if _asks(graph) else ()
    pictures = (map_page(graph), schools_page(graph))
    return (_contacts(graph), *pictures, *desk_pages(graph), *missing)


def ways_in(graph: Graph) -> tuple[SectionView, ...]:
    """What one looks for among the projects."""
    ends = Link(Message(N_("Ends of contracts")), ENDS_URL)
    ways = (
        way_in(graph),
        Link(Message(N_("Whom to write to")), CONTACTS_URL),
        Link(Message(N_("Map of the départements")), MAP_URL),
        Link(Message(N_("Schools equipped and targeted")), SCHOOLS_URL),
        *((ends,) if graph.registry.has(Comparison) else ()),
        *(
            Link(
                Message(N_("Positions to give: {project}"), {"project": each.name}),
                positions_url(each),
                is_example=each.example,
            )
            for each in (voters(graph) if _asks(graph) else ())
        ),
    )
    return sections(section("ways-in", Message(N_("Go straight to")), *ways, layout="grid"))


def _asks(graph: Graph) -> bool:
    return graph.registry.has(Request)


def _contacts(graph: Graph) -> PageView:
    projects = sorted(graph.all(Project), key=lambda each: each.name.casefold())
    table = TableView(
        Message(N_("Whom to write to for each project")),
        (N_("project"), label_of(Organisation, "contact"), N_("owners")),
        tuple(_contact_row(each, graph) for each in projects),
        sheet=CONTACTS_URL.rstrip("/"),
    )
    title = Message(
        N_("{things}: {count}"), {"things": Message(N_("projects")), "count": counted(projects)}
    )
    return PageView(
        url=CONTACTS_URL,
        collection=Project.collection,
        title=Message(N_("Whom to write to")),
        sections=sections(section("all", title, HOW, table)),
    )


def _contact_row(project: Project, graph: Graph) -> RowView:
    known, owners = reachable(project, graph), carriers(project, graph, CarrierRole.OWNER)
    mailboxes = tuple(mailbox(each, each.short_name or each.name) for each in known)
    place = graph.place(owners[0]) if owners and not known else None
    return RowView(
        (
            CellView((link(project),)),
            CellView(mailboxes or (Unknown(),), place),
            CellView((links(owners),)),
        ),
        is_example=project.example,
    )


def _missing(project: Project, graph: Graph) -> PageView:
    requests, rows = to_give(project, graph), graph.once(_request_rows)
    table = TableView(
        Message(N_("Open requests without a position of {project}"), {"project": project.name}),
        (N_("request"), label_of(Request, "state"), N_("for"), label_of(Request, "service")),
        tuple(rows[each.id] for each in requests),
        sheet=positions_url(project).rstrip("/"),
    )
    every_one = Message(
        N_("{project} has taken a position on every open request."), {"project": project.name}
    )
    none = every_one if rows else Message(N_("No request is open."))
    title = Message(
        N_("{things}: {count}"), {"things": Message(N_("requests")), "count": counted(requests)}
    )
    body = table if requests else none
    every = Link(Message(N_("Positions by project, given and missing")), POSITIONS_URL)
    return PageView(
        url=positions_url(project),
        collection=Project.collection,
        title=Message(N_("Positions to give: {project}"), {"project": project.name}),
        is_example=project.example,
        sections=sections(section("all", title, link(project), body, every)),
    )


def _request_rows(graph: Graph) -> dict[str, RowView]:
    """The row of each open request, by its id: that of every project."""
    return {each.id: _request_row(each, graph) for each, _ in stated_on_open(graph)}


def _request_row(request: Request, graph: Graph) -> RowView:
    return RowView(
        (
            CellView((link(request),), graph.place(request, "positions")),
            CellView((request.state,)),
            CellView((supporters(request, graph),)),
            CellView(referred(graph, request.service)),
        ),
        is_example=request.example,
    )

"""What the vendor delivered, and in which projects it can be used."""

from __future__ import annotations

from club.insight.delivery import Delivery, Usable, deliveries
from club.insight.positions import voters
from club.insight.presence import gone
from club.insight.told import usable
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import CellView, Legend, PageView, RowView, TableView
from club.model.viewing import counted, link, section, sections
from club.records.project.model import Project
from club.records.request.model import Request

DELIVERED_URL = "requests/delivered/"
DELIVERED = N_("What is delivered, and where it can be used")
LEGEND = Legend(
    (
        (Usable.YES, Message(N_("The project runs the version that brought it, or a later one."))),
        (Usable.NOT_YET, Message(N_("It runs an earlier version."))),
        (Usable.UNKNOWN, Message(N_("Nobody has written which version it runs, or their order."))),
    )
)


def delivered_page(graph: Graph) -> PageView:
    """Each request that was delivered, by project."""
    found, projects = deliveries(graph), voters(graph)
    table = TableView(
        Message(DELIVERED),
        (
            N_("request"),
            N_("version"),
            N_("in short"),
            *(link(each, next(iter(gone(each)), "")) for each in projects),
        ),
        tuple(_row(each, projects) for each in found),
        is_matrix=True,
        sheet=DELIVERED_URL.rstrip("/"),
    )
    title = Message(
        N_("{things}: {count}"),
        {"things": Message(N_("delivered")), "count": counted(each.request for each in found)},
    )
    none = Message(N_("No request is known to have been delivered in a version."))
    return PageView(
        url=DELIVERED_URL,
        collection=Request.collection,
        title=Message(DELIVERED),
        is_wide=True,
        sections=sections(section("all", title, *((LEGEND, table) if found else (none,)))),
    )


def _row(each: Delivery, projects: tuple[Project, ...]) -> RowView:
    return RowView(
        (
            CellView((link(each.request),)),
            CellView((each.version,)),
            CellView((usable(each, projects),)),
            *(CellView((each.by_project[project.id],)) for project in projects),
        ),
        is_example=each.request.example,
    )

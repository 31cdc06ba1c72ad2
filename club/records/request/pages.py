"""The requests that wait for the vendor, and the positions given and missing by project."""

from __future__ import annotations

from club.insight.positions import (
    OPEN,
    POSITIONS_URL,
    Stated,
    on_platforms,
    stated_on,
    supporters,
)
from club.insight.presence import gone
from club.insight.vendor import VENDOR_URL
from club.insight.waiting import Wait, lasted, wait_of, waits
from club.model.graph import Graph
from club.model.message import N_, P_, Choice, Message
from club.model.view import CellView, Link, PageView, RowView, SectionView, TableView, Unknown
from club.model.viewing import counted, label_of, link, referred, section, sections
from club.records.project.model import Project
from club.records.request.convergence import URL as CONVERGENCE_URL
from club.records.request.convergence import convergence_page
from club.records.request.delivered import DELIVERED, DELIVERED_URL, delivered_page
from club.records.request.model import Request, RequestState
from club.records.request.vendor import VENDOR, vendor_page

WAITING_URL = "requests/waiting/"
SHOWN = {*RequestState} - {RequestState.DRAFT, RequestState.DUPLICATE, RequestState.WITHDRAWN}


class Reply(Choice):
    """What the vendor last answered, or that it has yet to."""

    WAITING = "waiting", P_("answer", "waited for"), "warn"
    EXISTS = "exists", P_("answer", "already exists"), "good"
    ACCEPTED = "accepted", P_("answer", "accepted"), "good"
    UNDER_STUDY = "under_study", P_("answer", "under study"), "accent"
    REFUSED = "refused", P_("answer", "refused"), "bad"
    NEEDS_DETAILS = "needs_details", P_("answer", "needs details"), "warn"


class Missing(Choice):
    """A position that is not there: a project has yet to take it, or never took one."""

    TO_GIVE = "to_give", P_("position", "to give"), "warn"
    NONE = "none", P_("position", "none"), "quiet"


def replies(request: Request, graph: Graph) -> tuple[Reply, ...]:
    """What the vendor last said of *request*; that its answer is waited for, where it is."""
    said = tuple(Reply(each.answer.value) for each in request.answers[-1:])
    return (Reply.WAITING, *said) if wait_of(request) else said


def pages(graph: Graph) -> tuple[PageView, ...]:
    """The requests that wait for the vendor; the positions of every project on every request."""
    return (
        _waiting(graph),
        _positions(graph),
        convergence_page(graph),
        delivered_page(graph),
        vendor_page(graph),
    )


def ways_in(graph: Graph) -> tuple[SectionView, ...]:
    """What one looks for among the requests: where the vendor stands, and where the projects do."""
    waiting = Message(
        N_("Waiting for the vendor: {count}"),
        {"count": counted(each.request for each in waits(graph))},
    )
    positions = Link(Message(N_("Positions by project, given and missing")), POSITIONS_URL)
    convergence = Link(Message(N_("Convergence: what all the projects ask for")), CONVERGENCE_URL)
    delivered = Link(Message(DELIVERED), DELIVERED_URL)
    vendor = Link(Message(VENDOR), VENDOR_URL)
    ways = (vendor, Link(waiting, WAITING_URL), positions, convergence, delivered)
    return sections(section("ways-in", Message(N_("Go straight to")), *ways, layout="grid"))


def _waiting(graph: Graph) -> PageView:
    found = waits(graph)
    table = TableView(
        Message(N_("Requests sent to the vendor that wait for its answer")),
        (
            N_("request"),
            N_("sent"),
            N_("for how long"),
            N_("last word of the vendor"),
            N_("for"),
            label_of(Request, "service"),
        ),
        tuple(_waiting_row(each, graph) for each in found),
        sheet=WAITING_URL.rstrip("/"),
    )
    none = Message(N_("No request waits for an answer."))
    title = Message(
        N_("{things}: {count}"),
        {"things": Message(N_("requests")), "count": counted(each.request for each in found)},
    )
    return PageView(
        url=WAITING_URL,
        collection=Request.collection,
        title=Message(N_("Waiting for the vendor")),
        sections=sections(section("all", title, table if found else none)),
    )


def _waiting_row(wait: Wait, graph: Graph) -> RowView:
    request, last = wait.request, wait.last
    return RowView(
        (
            CellView((link(request),)),
            CellView((wait.since or Unknown(),), graph.place(request, "history")),
            CellView((lasted(wait, graph.today) or Unknown(),)),
            CellView(
                tuple(each for each in (last.answer, last.date) if each) if last else (),
                graph.place(request, "answers"),
            ),
            CellView((supporters(request, graph),)),
            CellView(referred(graph, request.service)),
        ),
        is_example=request.example,
    )


def _positions(graph: Graph) -> PageView:
    projects = on_platforms(graph)
    requests = [each for each in graph.all(Request) if each.state in SHOWN]
    ordered = sorted(requests, key=lambda each: (each.state not in OPEN, each.title.casefold()))
    table = TableView(
        Message(N_("Positions by project")),
        (
            N_("request"),
            label_of(Request, "state"),
            *(link(each, next(iter(gone(each)), "")) for each in projects),
        ),
        tuple(_positions_row(each, projects, graph) for each in ordered),
        is_matrix=True,
        sheet=POSITIONS_URL.rstrip("/"),
    )
    said = Message(
        N_(
            "A position is “to give” while the request is open: submitted, discussed, shared or"
            " sent to the vendor."
        )
    )
    none = Message(N_("Nothing here yet."))
    return PageView(
        url=POSITIONS_URL,
        collection=Request.collection,
        title=Message(N_("Positions by project")),
        is_wide=True,
        sections=sections(
            section("matrix", Message(N_("Positions")), said, table if ordered else none)
        ),
    )


def _positions_row(request: Request, projects: tuple[Project, ...], graph: Graph) -> RowView:
    found = {each.project.id: each for each in stated_on(request, graph)}
    missing = Missing.TO_GIVE if request.state in OPEN else Missing.NONE
    none = CellView((missing,), graph.place(request, "positions"))
    return RowView(
        (
            CellView((link(request),)),
            CellView((request.state,)),
            *(_position(found[each.id], graph) if each.id in found else none for each in projects),
        ),
        is_example=request.example,
    )


def _position(stated: Stated, graph: Graph) -> CellView:
    place = graph.place(stated.request, "positions", stated.index)
    return CellView((stated.position.stance,), place)

"""The services by project: all of them, those that are known, the differences, the portals."""

from __future__ import annotations

from club.insight.families import families_of, family_head, family_order
from club.insight.offers import Answer, OfferCell, OfferRow, offer_matrix
from club.insight.positions import on_platforms
from club.insight.presence import gone
from club.model.graph import Graph
from club.model.message import N_, Choice, Message
from club.model.problem import Place
from club.model.view import (
    Badge,
    CellView,
    Legend,
    Link,
    PageView,
    RowView,
    Switch,
    TableView,
    Unknown,
)
from club.model.viewing import cited, link, links, section, sections, text
from club.records.family.model import Family
from club.records.offer.model import Offer, OfferState
from club.records.project.model import Project
from club.records.service.model import Service

MATRIX_URL = "services/matrix/"
DIFFERENCES_URL = "services/matrix/differences/"
KNOWN_URL = "services/matrix/known/"
PORTALS_URL = "services/portals/"
ALL = Link(Message(N_("All the services")), MATRIX_URL)
PORTALS = N_("Portals by project")
NEIGHBOURS = N_(
    "Only the projects on a platform of the club have a column. Neighbours that have none: {names}."
)
WHOLE = {MATRIX_URL, PORTALS_URL}
"""The pages whose table leaves no row out: those are offered to spreadsheets."""
SWITCHES = (
    Switch(Link(Message(N_("Without what is unknown")), KNOWN_URL), "unknown"),
    Switch(Link(Message(N_("Only the differences")), DIFFERENCES_URL), "same"),
)
LEGEND = Legend(
    (
        (Answer.YES, Message(N_("The service is there."))),
        (Answer.PARTLY, Message(N_("It is there for some."))),
        (OfferState.IN_PROGRESS, Message(N_("It is on its way."))),
        (OfferState.PLANNED, Message(N_("It was announced."))),
        (Answer.NO, Message(N_("It is not there."))),
        (OfferState.NOT_APPLICABLE, Message(N_("The question does not arise for the project."))),
        (Unknown(), Message(N_("Nobody has written it down yet."))),
    )
)
ONLY_EXAMPLES = Message(N_("differs by examples alone"))
SAYS_MORE = {OfferState.IN_PROGRESS, OfferState.PLANNED, OfferState.NOT_APPLICABLE}
"""The states that a reader is told as they are: “planned” is neither a yes nor a plain no."""


def matrices(graph: Graph) -> tuple[PageView, ...]:
    """The matrix of services by project, the same without some rows, and the portals alone."""
    if not graph.registry.has(Offer):
        return ()
    services = sorted(graph.all(Service), key=lambda each: family_order(each, graph))
    projects, every_project = on_platforms(graph), tuple(graph.all(Project))
    internal = tuple(each for each in services if not each.external)
    external = tuple(each for each in services if each.external)
    rows = tuple(_row(row, graph) for row in offer_matrix(graph, internal, projects))
    known = tuple(row for row in rows if not row.is_unknown)
    differing = tuple(row for row in rows if not row.is_same)
    portals = tuple(_row(row, graph) for row in offer_matrix(graph, external, every_project))
    titles = (
        N_("Services by project"),
        N_("Services: what is known"),
        N_("Services: only the differences"),
        PORTALS,
    )
    absent = _absent(tuple(each for each in every_project if each not in projects), portals)
    return (
        _page(MATRIX_URL, titles[0], rows, projects, SWITCHES, absent),
        _page(KNOWN_URL, titles[1], known, projects),
        _page(DIFFERENCES_URL, titles[2], differing, projects),
        _page(PORTALS_URL, titles[3], portals, every_project),
    )


def _page(
    url: str,
    title: str,
    rows: tuple[RowView, ...],
    projects: tuple[Project, ...],
    switches: tuple[Switch, ...] = (),
    after: tuple[Message | Link, ...] = (),
) -> PageView:
    heads = (N_("service"), *(link(each, next(iter(gone(each)), "")) for each in projects))
    table = TableView(
        Message(title),
        heads,
        rows,
        switches=switches,
        is_matrix=True,
        is_terse=True,
        sheet=url.rstrip("/") if url in WHOLE else "",
        grouped_by=N_("family"),
    )
    none = N_("No difference is known.") if url == DIFFERENCES_URL else N_("Nothing here yet.")
    other = None if switches else ALL
    return PageView(
        url=url,
        collection=Service.collection,
        title=Message(title),
        is_wide=True,
        sections=sections(
            section(
                "matrix",
                Message(N_("Matrix")),
                LEGEND,
                other,
                table if rows else Message(none),
                *after,
                layout="matrix",
            )
        ),
    )


def _absent(
    neighbours: tuple[Project, ...], portals: tuple[RowView, ...]
) -> tuple[Message | Link, ...]:
    """Which projects have no column, why, and where to look for them instead."""
    if not neighbours:
        return ()
    said = Message(NEIGHBOURS, {"names": links(neighbours)})
    return (said, Link(Message(PORTALS), PORTALS_URL)) if portals else (said,)


def _row(row: OfferRow, graph: Graph) -> RowView:
    shown = [_cell(cell, row, graph) for cell in row.cells]
    is_asked = any(cell.links for cell in shown)
    families = families_of(row.service, graph)
    is_made_up = row.is_same_in_fact and not row.is_same
    head = CellView(
        (link(row.service, _note(families[1:], is_made_up=is_made_up)),),
        graph.place(row.service),
        links=() if is_asked else _asked(row),
    )
    return RowView(
        (head, *shown),
        is_same=row.is_same,
        is_unknown=all(cell.state is OfferState.UNKNOWN for cell in row.cells),
        group=family_head(row.service, graph),
    )


def _note(families: tuple[Family, ...], *, is_made_up: bool) -> str | Message:
    """Where else the service is found, and whether examples alone make the projects differ."""
    also = _also(families)
    if not is_made_up:
        return also
    both = {"one": also, "other": ONLY_EXAMPLES}
    return Message("{one} – {other}", both) if also else ONLY_EXAMPLES


def _also(families: tuple[Family, ...]) -> str | Message:
    """Where else a service is found: it stands once, under the first of its families."""
    if not families:
        return ""
    return Message(N_("also in {names}"), {"names": links(families)})


def _cell(cell: OfferCell, row: OfferRow, graph: Graph) -> CellView:
    if not cell.offers or cell.state is OfferState.UNKNOWN:
        return CellView((Unknown(),), _last_place(graph), tone="quiet")
    offer = next(each for each in cell.deciding if each.state is cell.state)
    answer: Choice = cell.state if cell.state in SAYS_MORE else cell.answer
    asked = _asked(row) if cell.state is not OfferState.AVAILABLE else ()
    told = (offer.since, *offer.school_types, text(graph, offer.note))
    return CellView(
        (Badge(answer, link(offer, among=graph)), *(each for each in told if each)),
        graph.place(offer, "state"),
        answer.tone,
        asked,
        is_example=offer.example,
        proof=_proof(offer, graph),
    )


def _last_place(graph: Graph) -> Place | None:
    """Where the last offer is written: the next one goes below it."""
    every = graph.all(Offer)
    return graph.place(every[-1]) if every else None


def _proof(offer: Offer, graph: Graph) -> tuple[object, ...]:
    """The document that says so, for when, and how far it is to be trusted."""
    told = (cited(graph, offer.source), offer.as_of, offer.reliability)
    return tuple(each for each in told if each)


def _asked(row: OfferRow) -> tuple[Link, ...]:
    """The requests about a service: a word each, since the row says of what."""
    return tuple(link(each, title=Message(N_("request"))) for each in row.requests)

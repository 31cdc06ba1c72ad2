"""The page of a service, the catalogue by family, and the service by project matrix."""

from __future__ import annotations

from club.insight.offers import OfferCell, OfferRow, offer_matrix
from club.insight.positions import voters
from club.model.graph import Graph
from club.model.message import N_, Choice, Message
from club.model.slug import address_part
from club.model.view import (
    CardView,
    CellView,
    Link,
    PageView,
    RowView,
    SectionView,
    TableView,
    Unknown,
)
from club.model.viewing import (
    cited,
    fact,
    facts,
    link,
    link_list,
    links,
    page,
    section,
    sections,
    text,
)
from club.records.difficulty.model import Difficulty
from club.records.family.model import Family, frame_name
from club.records.offer.model import Offer, OfferState
from club.records.practice.model import Practice
from club.records.project.model import Project
from club.records.request.model import Request
from club.records.resource.model import Resource, ResourceType
from club.records.service.model import Service

MATRIX_URL = "services/matrix/"
DIFFERENCES_URL = "services/matrix/differences/"
PORTALS_URL = "services/portals/"
SAYS_MORE = {OfferState.IN_PROGRESS, OfferState.PLANNED, OfferState.NOT_APPLICABLE}
"""What is said as it is: “no” before “planned” would read as a refusal."""


def view(service: Service, graph: Graph) -> PageView:
    """A service: its families, who offers it, who asks for it, how it is tied in."""
    resources = graph.pointing(service, Resource, "services")
    connectors = [each for each in resources if each.type is ResourceType.CONNECTOR]
    return page(
        graph,
        service,
        badges=service.profiles,
        lead=service.summary,
        facts=facts(
            fact(graph, service, "families"),
            fact(graph, service, "profiles"),
            fact(graph, service, "external"),
            fact(graph, service, "dnma_code"),
            fact(graph, service, "source"),
        ),
        sections=sections(
            section(
                "offers",
                Message(N_("Who offers it")),
                *(_offer_card(offer, graph) for offer in graph.pointing(service, Offer)),
                layout="cards",
            ),
            section(
                "connectors",
                Message(N_("Connectors")),
                *(
                    CardView(link(each), links(graph[ref] for ref in each.projects))
                    for each in connectors
                ),
                layout="cards",
            ),
            section(
                "requests",
                Message(N_("Who asks for more")),
                *(
                    CardView(link(each), (each.state,))
                    for each in graph.pointing(service, Request, "service")
                ),
                layout="cards",
            ),
            link_list("practices", N_("Practices"), graph.pointing(service, Practice)),
            link_list("difficulties", N_("Difficulties"), graph.pointing(service, Difficulty)),
            link_list("resources", N_("Resources"), [r for r in resources if r not in connectors]),
        ),
        listed=(Offer, Request, Practice, Difficulty, Resource),
    )


def _offer_card(offer: Offer, graph: Graph) -> CardView:
    project = graph[offer.project]
    return CardView(
        Link(project.name, link(offer).url, is_example=offer.example),
        (offer.state, offer.integration, offer.since, cited(graph, offer.source)),
        text(graph, offer.note),
        place=graph.place(offer),
        tone=offer.state.tone,
    )


def catalogue(graph: Graph) -> tuple[SectionView, ...]:
    """The services by family, frame by frame, and the ways to compare them."""
    frames: dict[str, list[Family]] = {}
    for family in sorted(graph.all(Family), key=lambda each: (each.frame, each.order)):
        if graph.pointing(family, Service, "families"):
            frames.setdefault(family.frame, []).append(family)
    matrices = (
        Link(Message(N_("Services by project")), MATRIX_URL),
        Link(Message(N_("Only the differences")), DIFFERENCES_URL),
        Link(Message(N_("Portals by project")), PORTALS_URL),
    )
    return sections(
        section("compare", Message(N_("Compare")), *matrices, layout="grid")
        if graph.registry.has(Offer)
        else None,
        *(
            section(
                f"frame-{address_part(frame)}",
                Message(N_("Families of the frame {frame}"), {"frame": frame_name(frame, graph)}),
                *(
                    CardView(link(family), links(graph.pointing(family, Service, "families")))
                    for family in families
                ),
                layout="cards",
            )
            for frame, families in frames.items()
        ),
    )


def matrices(graph: Graph) -> tuple[PageView, ...]:
    """The matrix of services by project, its differences, and the portals alone."""
    if not graph.registry.has(Offer):
        return ()
    projects = voters(graph)
    services = tuple(sorted(graph.all(Service), key=lambda each: each.label.casefold()))
    internal = tuple(each for each in services if not each.external)
    external = tuple(each for each in services if each.external)
    every_project = tuple(graph.all(Project))
    rows = offer_matrix(graph, internal, projects)
    all_link = Link(Message(N_("All the services")), MATRIX_URL)
    differences = Link(Message(N_("Only the differences")), DIFFERENCES_URL)
    return (
        _matrix_page(graph, MATRIX_URL, N_("Services by project"), rows, projects, differences),
        _matrix_page(
            graph,
            DIFFERENCES_URL,
            N_("Services: only the differences"),
            tuple(row for row in rows if not row.is_same),
            projects,
            all_link,
        ),
        _matrix_page(
            graph,
            PORTALS_URL,
            N_("Portals by project"),
            offer_matrix(graph, external, every_project),
            every_project,
            Link(Message(N_("All the services")), MATRIX_URL),
        ),
    )


def _matrix_page(
    graph: Graph,
    url: str,
    title: str,
    rows: tuple[OfferRow, ...],
    projects: tuple[Project, ...],
    other: Link,
) -> PageView:
    table = TableView(
        Message(title),
        (N_("service"), *links(projects)),
        tuple(_matrix_row(row, graph) for row in rows),
        is_matrix=True,
    )
    return PageView(
        url=url,
        collection=Service.collection,
        title=Message(title),
        is_wide=True,
        sections=sections(section("matrix", Message(N_("Matrix")), LEGEND, other, table)),
    )


LEGEND = Message(
    N_(
        "Yes, partly, no, or unknown when nobody has written it down yet. Each cell leads to its"
        " evidence, and a “no” to the request that asks for the service."
    )
)


def _matrix_row(row: OfferRow, graph: Graph) -> RowView:
    head = CellView((link(row.service),), graph.place(row.service))
    cells = tuple(_matrix_cell(cell, row, graph) for cell in row.cells)
    return RowView((head, *cells), is_same=row.is_same)


def _matrix_cell(cell: OfferCell, row: OfferRow, graph: Graph) -> CellView:
    if not cell.offers:
        return CellView((Unknown(),), tone="quiet", links=_asked(row) if row.requests else ())
    offer = next(each for each in cell.offers if each.state is cell.state)
    detail = tuple(
        each
        for each in (offer.integration, offer.since, cited(graph, offer.source) or _details(offer))
        if each
    )
    answer = _answer(cell)
    asked = _asked(row) if cell.state in {OfferState.ABSENT, OfferState.PARTIAL} else ()
    return CellView(
        (answer, *detail),
        graph.place(offer, "state"),
        answer.tone,
        asked,
    )


def _answer(cell: OfferCell) -> Choice:
    """Yes, partly, no or unknown; the state instead, where it says more."""
    return cell.state if cell.state in SAYS_MORE else cell.answer


def _details(offer: Offer) -> Link:
    return Link(Message(N_("details")), link(offer).url, is_example=offer.example)


def _asked(row: OfferRow) -> tuple[Link, ...]:
    return tuple(link(each, Message(N_("request"))) for each in row.requests)

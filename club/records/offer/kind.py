"""What each project offers of each service."""

from club.model.graph import Graph
from club.model.kind import Column, Facet, Kind
from club.model.message import N_
from club.model.view import Link, PageView
from club.model.viewing import fact, facts, page, prose, sections, shown
from club.records.offer.checks import CHECKS
from club.records.offer.figures import offered
from club.records.offer.model import Offer


def view(offer: Offer, graph: Graph) -> PageView:
    """An offer: one service in one project, with its evidence."""
    address = (Link(offer.url, offer.url, is_external=True),) if offer.url else ()
    return page(
        graph,
        offer,
        badges=shown(graph, offer, "state"),
        facts=facts(
            fact(graph, offer, "service"),
            fact(graph, offer, "project"),
            fact(graph, offer, "state"),
            fact(graph, offer, "since"),
            fact(graph, offer, "in_version"),
            fact(graph, offer, "integration"),
            fact(graph, offer, "provider"),
            fact(graph, offer, "school_types"),
            fact(graph, offer, "url", *address),
            fact(graph, offer, "source"),
            fact(graph, offer, "as_of"),
            fact(graph, offer, "reliability"),
        ),
        sections=sections(prose(graph, offer, "note")),
    )


KIND = Kind(
    model=Offer,
    singular=N_("offer"),
    plural=N_("offers"),
    intro=N_("One line for each service in each project."),
    view=view,
    columns=(
        Column(N_("offer"), lambda offer, graph: graph.title(offer), is_title=True),
        Column.of(Offer, "service"),
        Column.of(Offer, "project"),
        Column.of(Offer, "state"),
        Column.of(Offer, "integration"),
    ),
    facets=(
        Facet.of(Offer, "state"),
        Facet.of(Offer, "project"),
    ),
    sort_key=lambda offer: (offer.service.id, offer.project.id),
    checks=CHECKS,
    figures=offered,
)

"""Services a workspace may offer."""

from club.model.graph import Graph
from club.model.kind import Column, Facet, Home, Kind
from club.model.message import N_, Message
from club.model.view import Link
from club.model.viewing import referred
from club.records.family.model import Family
from club.records.offer.model import Offer
from club.records.service.matrix import MATRIX_URL, matrices
from club.records.service.model import Service
from club.records.service.offers import offered_by
from club.records.service.views import catalogue, view


def needs(graph: Graph) -> tuple[Link, ...]:
    """Where one finds who offers what."""
    if not graph.registry.has(Offer):
        return ()
    note = Message(N_("each service, project by project, with its evidence"))
    return (Link(Message(N_("Who offers what")), MATRIX_URL, note),)


KIND = Kind(
    model=Service,
    singular=N_("service"),
    plural=N_("services"),
    intro=N_("What a workspace offers its users, by family, and who offers it."),
    view=view,
    columns=(
        Column.of(Service, "label", is_title=True),
        Column.of(Service, "families"),
        Column.of(Service, "profiles"),
        Column(
            N_("projects that offer it"),
            offered_by,
            kinds=(Offer.kind,),
        ),
    ),
    facets=(
        Facet(
            "family",
            N_("family"),
            lambda service, graph: referred(graph, service.families),
            kinds=(Family.kind,),
        ),
        Facet("profile", N_("profile"), lambda service, graph: service.profiles),
    ),
    more_pages=matrices,
    index_sections=catalogue,
    home=Home(5, needs=needs),
)

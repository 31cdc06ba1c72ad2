"""Services a workspace may offer."""

from club.model.kind import Column, Facet, Kind
from club.model.message import N_
from club.model.viewing import referred
from club.records.family.model import Family
from club.records.offer.model import Offer
from club.records.service.model import Service
from club.records.service.views import catalogue, matrices, view

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
            N_("offers"),
            lambda service, graph: len(graph.pointing(service, Offer)),
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
)

"""Families of services."""

from dataclasses import replace

from club.model.graph import Graph
from club.model.kind import Column, Facet, Kind
from club.model.message import N_, Message
from club.model.view import PageView
from club.model.viewing import counted, fact, facts, link_list, page, sections
from club.records.family.model import Family, frame_name
from club.records.service.model import Service


def view(family: Family, graph: Graph) -> PageView:
    """A family: its frame, and its services."""
    return page(
        graph,
        family,
        title=Message(
            N_("{label} ({frame})"),
            {"label": family.label, "frame": frame_name(family.frame, graph)},
        ),
        lead=family.summary,
        facts=facts(
            fact(graph, family, "frame"),
            fact(graph, family, "source"),
            fact(graph, family, "verified"),
        ),
        sections=sections(
            link_list("services", N_("Services"), graph.pointing(family, Service, "families"))
        ),
        listed=(Service,),
    )


KIND = Kind(
    model=Family,
    singular=N_("family"),
    plural=N_("service families"),
    intro=N_("The families of services, in the frames of reference that name them."),
    view=view,
    columns=(
        Column.of(Family, "label", is_title=True),
        Column.of(Family, "frame"),
        Column(
            N_("services"),
            lambda family, graph: counted(graph.pointing(family, Service, "families")),
        ),
        Column.of(Family, "verified", lambda family, graph: family.verified),
    ),
    facets=(
        Facet.of(
            Family,
            "frame",
            lambda family, graph: (replace(frame_name(family.frame, graph), url=""),),
        ),
    ),
    sort_key=lambda family: (family.frame, family.order),
)

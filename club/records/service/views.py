"""The page of a service, and the catalogue by family."""

from __future__ import annotations

from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.slug import address_part
from club.model.view import CardView, Fact, Link, PageView, SectionView
from club.model.viewing import (
    excerpt,
    fact,
    facts,
    link,
    link_list,
    links,
    page,
    referred,
    section,
    sections,
)
from club.records.difficulty.model import Difficulty
from club.records.family.model import Family, frame_name
from club.records.offer.model import Offer
from club.records.practice.model import Practice
from club.records.request.model import Request
from club.records.resource.model import Resource, ResourceType
from club.records.service.matrix import DIFFERENCES_URL, MATRIX_URL, PORTALS_URL
from club.records.service.model import Service
from club.records.service.offers import offers


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
            fact(graph, service, "also_called"),
            fact(graph, service, "families"),
            fact(graph, service, "profiles"),
            *_external(service, graph),
            fact(graph, service, "dnma_code"),
            fact(graph, service, "source"),
        ),
        sections=sections(
            offers(service, graph),
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
            section(
                "difficulties",
                Message(N_("Difficulties")),
                *(_difficulty(each, graph) for each in graph.pointing(service, Difficulty)),
                layout="cards",
            ),
            link_list("resources", N_("Resources"), [r for r in resources if r not in connectors]),
        ),
        listed=(Offer, Request, Practice, Difficulty, Resource),
    )


def _external(service: Service, graph: Graph) -> tuple[Fact, ...]:
    """Whether it is outside the workspace, if somebody wrote so: the default is no statement."""
    is_written = "external" in service.model_fields_set
    return (fact(graph, service, "external"),) if is_written else ()


def _difficulty(difficulty: Difficulty, graph: Graph) -> CardView:
    solver = referred(graph, difficulty.solved_by)
    solved = Message(N_("solved by {project}"), {"project": solver[0]}) if solver else None
    way_round = excerpt(graph, difficulty.workaround)
    said = (difficulty.state, solved, way_round)
    return CardView(link(difficulty), tuple(each for each in said if each))


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

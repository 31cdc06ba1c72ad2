"""Domains of the impact method."""

from club.insight.impact import methods_of
from club.insight.impact_told import licence_section
from club.model.graph import Graph
from club.model.kind import Column, Kind
from club.model.message import N_
from club.model.view import PageView
from club.model.viewing import counted, fact, facts, link_list, page, sections
from club.records.domain.model import Domain
from club.records.impact_analysis.model import ImpactAnalysis
from club.records.practice.model import Practice


def view(domain: Domain, graph: Graph) -> PageView:
    """A domain: where it comes from, and the practices that touch it."""
    return page(
        graph,
        domain,
        lead=domain.summary,
        facts=facts(fact(graph, domain, "source")),
        sections=sections(
            link_list("practices", N_("Practices"), graph.pointing(domain, Practice, "domains")),
            link_list("analyses", N_("Impact analyses"), graph.pointing(domain, ImpactAnalysis)),
            licence_section(graph, methods_of(graph, domain)),
        ),
        listed=(Practice, ImpactAnalysis),
    )


KIND = Kind(
    model=Domain,
    singular=N_("domain"),
    plural=N_("domains"),
    intro=N_("The parts of school life that the workspace changes; the list is open."),
    view=view,
    columns=(
        Column.of(Domain, "label", is_title=True),
        Column(
            N_("practices"),
            lambda domain, graph: counted(graph.pointing(domain, Practice, "domains")),
        ),
        Column.of(Domain, "order"),
    ),
    sort_key=lambda domain: (domain.order, domain.label),
)

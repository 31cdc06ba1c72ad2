"""The page of an organisation."""

from __future__ import annotations

from collections.abc import Iterator

from club.model.field import field_of, fields_of
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import CardView, Fact, Link, PageView
from club.model.viewing import fact, facts, label_of, link, link_list, page, section, sections
from club.records.decision.model import Decision
from club.records.meeting.model import Meeting
from club.records.organisation.model import Identifiers, Organisation
from club.records.platform.model import Platform
from club.records.project.model import Project


def view(organisation: Organisation, graph: Graph) -> PageView:
    """An organisation: what it is, what it carries, what it takes part in."""
    website = organisation.website
    return page(
        graph,
        organisation,
        badges=(organisation.type,),
        lead=organisation.summary,
        facts=facts(
            fact(graph, organisation, "short_name"),
            fact(graph, organisation, "type"),
            *_identifiers(organisation, graph),
            fact(graph, organisation, "territory"),
            fact(graph, organisation, "parent"),
            fact(graph, organisation, "contact"),
            fact(
                graph,
                organisation,
                "website",
                *((Link(website, website, is_external=True),) if website else ()),
            ),
            fact(graph, organisation, "member_since"),
        ),
        sections=sections(
            section(
                "projects",
                Message(N_("Projects it carries")),
                *(
                    CardView(link(project), (carrier.role, carrier.note), place=place)
                    for project, carrier, place in _carried(organisation, graph)
                ),
                layout="cards",
            ),
            link_list(
                "platforms",
                N_("Platforms it publishes"),
                graph.pointing(organisation, Platform, "vendor"),
            ),
            link_list(
                "hosted",
                N_("Meetings it prepares"),
                graph.pointing(organisation, Meeting, "host"),
            ),
            link_list(
                "led",
                N_("Meetings it led"),
                graph.pointing(organisation, Meeting, "chairs"),
            ),
            link_list("decisions", N_("Decisions"), graph.pointing(organisation, Decision, "body")),
            link_list(
                "parts",
                N_("Its parts"),
                graph.pointing(organisation, Organisation, "parent"),
            ),
        ),
        listed=(Project, Platform, Decision),
    )


def _identifiers(organisation: Organisation, graph: Graph) -> Iterator[Fact]:
    """The official codes that are known, each under its own name."""
    for name in fields_of(Identifiers):
        code = getattr(organisation.identifiers, name)
        if isinstance(code, str) and field_of(Identifiers, name).is_content:
            place = graph.place(organisation, "identifiers", name)
            yield Fact(Message(label_of(Identifiers, name)), (code,), place)


def _carried(organisation: Organisation, graph: Graph):  # type: ignore[no-untyped-def]
    for project in graph.pointing(organisation, Project, "carriers"):
        for index, carrier in enumerate(project.carriers):
            if graph.get(carrier.organisation) is organisation:
                yield project, carrier, graph.place(project, "carriers", index)

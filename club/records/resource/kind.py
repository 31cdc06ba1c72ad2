"""Documents, templates, connectors and data that members share."""

from urllib.parse import quote

from club.model.graph import Graph
from club.model.kind import Column, Facet, Kind
from club.model.message import N_
from club.model.view import Link, PageView
from club.model.viewing import fact, facts, page, referred, sections
from club.records.resource.checks import CHECKS
from club.records.resource.model import Resource


def view(resource: Resource, graph: Graph) -> PageView:
    """A resource: where it is, under which licence, whom to credit."""

    def outside(url: str | None) -> tuple[Link, ...]:
        return (Link(url, url, is_external=True),) if url else ()

    return page(
        graph,
        resource,
        badges=(resource.type,),
        lead=resource.summary,
        facts=facts(
            fact(graph, resource, "type"),
            fact(graph, resource, "file", *_file(resource)),
            fact(graph, resource, "url", *outside(resource.url)),
            fact(graph, resource, "archived_url", *outside(resource.archived_url)),
            fact(graph, resource, "licence"),
            fact(graph, resource, "attribution"),
            fact(graph, resource, "language"),
            fact(graph, resource, "date"),
            fact(graph, resource, "projects"),
            fact(graph, resource, "services"),
            fact(graph, resource, "axes"),
            fact(graph, resource, "source"),
        ),
        sections=sections(),
    )


def _file(resource: Resource) -> tuple[Link, ...]:
    return (Link(resource.file, quote(resource.file)),) if resource.file else ()


KIND = Kind(
    model=Resource,
    singular=N_("resource"),
    plural=N_("resources"),
    intro=N_("Documents, templates and connectors to use again, with their licence."),
    view=view,
    columns=(
        Column.of(Resource, "title", is_title=True),
        Column.of(Resource, "type"),
        Column.of(Resource, "licence"),
        Column.of(Resource, "date"),
        Column.of(Resource, "projects"),
    ),
    facets=(
        Facet.of(Resource, "type"),
        Facet("axis", N_("axis"), lambda resource, graph: referred(graph, resource.axes)),
    ),
    checks=CHECKS,
)

"""Practices that projects share."""

from club.model.graph import Graph
from club.model.kind import Column, Facet, Home, Kind, rank_of
from club.model.message import N_, Message
from club.model.view import (
    CardView,
    CellView,
    Link,
    PageView,
    RowView,
    SectionView,
    TableView,
)
from club.model.viewing import (
    fact,
    facts,
    link,
    link_list,
    page,
    prose,
    referred,
    section,
    sections,
)
from club.records.practice.model import Practice
from club.records.request.model import Request
from club.records.service.model import Profile, Service

MATRIX = Message(N_("Practices: with which service, for whom"))
MATRIX_URL = "practices/matrix/"


def view(practice: Practice, graph: Graph) -> PageView:
    """A practice: its context, its steps, its results, and who else took it up."""
    return page(
        graph,
        practice,
        badges=(practice.maturity,),
        facts=facts(
            fact(graph, practice, "project"),
            fact(graph, practice, "maturity"),
            fact(graph, practice, "axes"),
            fact(graph, practice, "domains"),
            fact(graph, practice, "services"),
            fact(graph, practice, "profiles"),
            fact(graph, practice, "created"),
            fact(graph, practice, "licence"),
        ),
        sections=sections(
            prose(graph, practice, "context"),
            prose(graph, practice, "steps"),
            prose(graph, practice, "results"),
            section(
                "reuse",
                Message(N_("Taken up by")),
                *(
                    CardView(
                        link(graph[reuse.project]),
                        tuple(each for each in (reuse.date, reuse.result) if each),
                        place=graph.place(practice, "reused_by", index),
                    )
                    for index, reuse in enumerate(practice.reused_by)
                ),
                layout="cards",
            ),
            link_list(
                "requests",
                N_("Requests born from it"),
                graph.pointing(practice, Request, "practice"),
            ),
        ),
        listed=(Request,),
    )


def needs(graph: Graph) -> tuple[Link, ...]:
    """Where one finds what works elsewhere."""
    note = Message(N_("what others do, with what it takes to do it too"))
    return (Link(Message(N_("What works elsewhere")), f"{Practice.collection}/", note),)


def _matrix(graph: Graph) -> PageView:
    """Which practice is for whom, with which service: the uses that a school may put first."""
    practices = graph.all(Practice)
    used = {each.id for practice in practices for each in referred_services(practice, graph)}
    services = [each for each in graph.all(Service) if each.id in used]
    services.sort(key=lambda each: each.label.casefold())
    rows = tuple(
        RowView(
            (
                CellView((link(service),)),
                *(CellView(_uses(service, profile, graph)) for profile in Profile),
            )
        )
        for service in services
    )
    table = TableView(
        Message(N_("Practices by service and by profile")),
        (N_("service"), *(Message(each.label) for each in Profile)),
        rows,
        is_matrix=True,
        sheet=MATRIX_URL.rstrip("/"),
    )
    return PageView(
        url=MATRIX_URL,
        collection=Practice.collection,
        title=MATRIX,
        is_wide=True,
        sections=sections(
            section(
                "all",
                Message(N_("Services used, and for whom")),
                table if rows else Message(N_("Nothing here yet.")),
            )
        ),
    )


def referred_services(practice: Practice, graph: Graph) -> tuple[Service, ...]:
    """The services that *practice* uses."""
    return tuple(each for each in map(graph.get, practice.services) if each)


def _uses(service: Service, profile: Profile, graph: Graph) -> tuple[Link, ...]:
    found = graph.pointing(service, Practice, "services")
    return tuple(link(each) for each in found if profile in each.profiles)


def _ways_in(graph: Graph) -> tuple[SectionView, ...]:
    if not graph.registry.has(Service):
        return ()
    matrix = Link(MATRIX, MATRIX_URL)
    return sections(section("ways-in", Message(N_("Go straight to")), matrix, layout="grid"))


KIND = Kind(
    model=Practice,
    singular=N_("practice"),
    plural=N_("practices"),
    intro=N_("What works somewhere and may work elsewhere: context, steps, results."),
    view=view,
    columns=(
        Column.of(Practice, "title", is_title=True),
        Column.of(Practice, "project"),
        Column.of(Practice, "maturity"),
        Column.of(Practice, "profiles"),
        Column.of(Practice, "reused_by", lambda practice, graph: len(practice.reused_by)),
        Column.of(Practice, "created"),
    ),
    facets=(
        Facet("profile", N_("profile"), lambda practice, graph: practice.profiles),
        Facet.of(Practice, "maturity"),
        Facet("axis", N_("axis"), lambda practice, graph: referred(graph, practice.axes)),
        Facet.of(Practice, "project"),
    ),
    sort_key=lambda practice: rank_of(practice, practice.created),
    newest_first=True,
    folder=True,
    home=Home(45, needs=needs),
    more_pages=lambda graph: (_matrix(graph),) if graph.registry.has(Service) else (),
    index_sections=_ways_in,
)

"""Who speaks for an organisation, by role."""

from club.insight.representation import spoken_for
from club.model.graph import Graph
from club.model.kind import Column, Facet, Kind
from club.model.message import N_, Message
from club.model.view import Fact, Link, PageView
from club.model.viewing import fact, facts, links, page
from club.records.representative.checks import CHECKS
from club.records.representative.model import Representative


def view(representative: Representative, graph: Graph) -> PageView:
    """A role, for whom it speaks, and a person if they agreed to be named."""
    return page(
        graph,
        representative,
        lead=representative.summary,
        facts=facts(
            fact(graph, representative, "organisation"),
            _projects(representative, graph),
            fact(graph, representative, "person"),
            *_consent(representative, graph),
        ),
    )


def _projects(representative: Representative, graph: Graph) -> Fact:
    """The projects that it names, or else those of its organisation, under that name."""
    if representative.projects:
        return fact(graph, representative, "projects")
    return Fact(
        Message(N_("projects of its organisation")),
        links(spoken_for(representative, graph)),
        graph.place(representative, "organisation"),
    )


def _consent(representative: Representative, graph: Graph) -> tuple[Fact, ...]:
    """That the person who is named agreed to it."""
    consent = representative.consent
    if representative.person is None or consent is None:
        return ()
    about = {"date": consent.date, "basis": consent.basis}
    said = Message(N_("given on {date}: {basis}"), about)
    return (fact(graph, representative, "consent", said),)


def _spoken_for(representative: Representative, graph: Graph) -> tuple[Link, ...]:
    return links(spoken_for(representative, graph))


KIND = Kind(
    model=Representative,
    singular=N_("representative"),
    plural=N_("representatives"),
    intro=N_("Who speaks for each organisation: a role, and a name only where its bearer agreed."),
    view=view,
    columns=(
        Column(N_("representative"), lambda each, graph: graph.title(each), is_title=True),
        Column.of(Representative, "organisation"),
        Column.of(Representative, "projects", _spoken_for),
    ),
    facets=(
        Facet.of(Representative, "organisation"),
        Facet.of(Representative, "projects", _spoken_for),
    ),
    checks=CHECKS,
)

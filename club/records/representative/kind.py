"""Who speaks for an organisation, by role."""

from club.model.graph import Graph
from club.model.kind import Column, Facet, Kind
from club.model.message import N_, Message
from club.model.view import Fact, PageView
from club.model.viewing import fact, facts, page
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
            fact(graph, representative, "projects"),
            fact(graph, representative, "person"),
            *_consent(representative, graph),
        ),
    )


def _consent(representative: Representative, graph: Graph) -> tuple[Fact, ...]:
    """That the person who is named agreed to it."""
    consent = representative.consent
    if representative.person is None or consent is None:
        return ()
    about = {"date": consent.date, "basis": consent.basis}
    said = Message(N_("given on {date}: {basis}"), about)
    return (fact(graph, representative, "consent", said),)


KIND = Kind(
    model=Representative,
    singular=N_("representative"),
    plural=N_("representatives"),
    intro=N_("Who speaks for each organisation: a role, and a name only where its bearer agreed."),
    view=view,
    columns=(
        Column(N_("representative"), lambda each, graph: graph.title(each), is_title=True),
        Column.of(Representative, "organisation"),
        Column.of(Representative, "projects"),
    ),
    facets=(
        Facet.of(Representative, "organisation"),
        Facet.of(Representative, "projects"),
    ),
    checks=CHECKS,
)

"""What the club and the bodies around it decided."""

from club.model.graph import Graph
from club.model.kind import Column, Facet, Kind
from club.model.message import N_, Message
from club.model.view import Alert, Fact, PageView
from club.model.viewing import fact, facts, link, page, prose, sections
from club.records.decision.checks import CHECKS
from club.records.decision.model import Decision


def view(decision: Decision, graph: Graph) -> PageView:
    """A decision: who took it, what it says, and what took its place since."""
    replacing = graph.pointing(decision, Decision, "replaces")
    return page(
        graph,
        decision,
        alerts=tuple(
            Alert(Message(N_("Replaced since")), links=(link(each),)) for each in replacing
        ),
        facts=facts(
            fact(graph, decision, "body"),
            fact(graph, decision, "date"),
            fact(graph, decision, "evidence"),
            fact(graph, decision, "replaces"),
            Fact(Message(N_("replaced by")), tuple(link(each) for each in replacing)),
        ),
        sections=sections(prose(graph, decision, "outcome"), prose(graph, decision, "reasons")),
        listed=(Decision,),
    )


KIND = Kind(
    model=Decision,
    singular=N_("decision"),
    plural=N_("decisions"),
    intro=N_("What was decided, by whom, and what replaced it since."),
    view=view,
    columns=(
        Column.of(Decision, "subject", is_title=True),
        Column.of(Decision, "body"),
        Column.of(Decision, "date"),
    ),
    facets=(Facet.of(Decision, "body"),),
    checks=CHECKS,
    folder=True,
)

"""What the club and the bodies around it decided."""

from club.model.graph import Graph
from club.model.kind import Column, Facet, Kind
from club.model.message import N_, P_, Choice, Message
from club.model.view import Alert, Fact, PageView
from club.model.viewing import fact, facts, link, links, page, prose, sections
from club.records.decision.checks import CHECKS
from club.records.decision.model import Decision


class Force(Choice):
    """Whether a decision still holds."""

    IN_FORCE = "in_force", P_("decision", "in force"), "good"
    REPLACED = "replaced", P_("decision", "replaced"), "quiet"


def view(decision: Decision, graph: Graph) -> PageView:
    """A decision: who took it, what it says, and what took its place since."""
    others = replacing(decision, graph)
    return page(
        graph,
        decision,
        alerts=tuple(Alert(Message(N_("Replaced since")), links=(link(each),)) for each in others),
        facts=facts(
            fact(graph, decision, "body"),
            fact(graph, decision, "date"),
            fact(graph, decision, "evidence"),
            fact(graph, decision, "replaces"),
            Fact(Message(N_("replaced by")), tuple(link(each) for each in others)),
        ),
        sections=sections(prose(graph, decision, "outcome"), prose(graph, decision, "reasons")),
        listed=(Decision,),
    )


def replacing(decision: Decision, graph: Graph) -> tuple[Decision, ...]:
    """The decisions that took the place of *decision*."""
    return tuple(graph.pointing(decision, Decision, "replaces"))


def force(decision: Decision, graph: Graph) -> tuple[Force, ...]:
    """Whether *decision* still holds."""
    return (Force.REPLACED if replacing(decision, graph) else Force.IN_FORCE,)


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
        Column(N_("replaced by"), lambda each, graph: links(replacing(each, graph))),
    ),
    facets=(Facet.of(Decision, "body"), Facet("force", N_("in force"), force)),
    checks=CHECKS,
    folder=True,
)

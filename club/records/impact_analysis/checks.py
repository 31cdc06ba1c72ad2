"""Rules about impact analyses: what the method asks for, and the licence that comes with it."""

from __future__ import annotations

from collections.abc import Iterator

from club.insight.impact import lacking, same_licence, shares_alike
from club.model.graph import Graph
from club.model.kind import check
from club.model.message import N_, Message
from club.model.problem import Level, Problem, Rule
from club.model.record import Record
from club.model.viewing import label_of
from club.records.impact_analysis.model import ImpactAnalysis
from club.records.method.model import Method
from club.records.page.model import WikiPage
from club.records.practice.model import Practice
from club.records.resource.model import Resource

ANALYSIS_LACKS = Rule(
    name="analysis-lacks",
    level=Level.WARNING,
    wants=N_(
        "An analysis says who and what is concerned, the goals, the risks, the constraints and the"
        " means."
    ),
    example=(
        "populations: parents\ncontents: les absences\ngoals: prévenir dans l’heure\n"
        "risks: des comptes non activés\nconstraints: le règlement\nmeans: une classe d’essai"
    ),
)
MIXED_LICENCE = Rule(
    name="mixed-licence",
    level=Level.WARNING,
    wants=N_(
        "What is made from a method that is to be shared alike keeps its licence, or takes facts"
        " alone from it."
    ),
    example="licence: CC-BY-NC-SA-4.0\nattribution: …",
)


@check(ANALYSIS_LACKS)
def check_analysis_lacks(graph: Graph) -> Iterator[Problem]:
    """Nobody is asked to read an analysis without its risks."""
    for analysis in graph.all(ImpactAnalysis):
        missing = tuple(Message(label_of(ImpactAnalysis, name)) for name in lacking(analysis))
        if missing:
            yield ANALYSIS_LACKS.problem(
                graph.place(analysis),
                N_("“{title}” does not say: {fields}"),
                record=analysis.key,
                title=analysis.title,
                fields=missing,
            )


@check(MIXED_LICENCE)
def check_mixed_licence(graph: Graph) -> Iterator[Problem]:
    """A page under another licence that leads to the method may have taken its words."""
    for method in graph.all(Method):
        if not shares_alike(method.licence):
            continue
        for each in _made_from(method, graph):
            own = getattr(each, "licence", None)
            if own and not same_licence(own, method.licence):
                yield MIXED_LICENCE.problem(
                    graph.place(each, "licence"),
                    N_("{own} here, and {licence} for “{method}”, which is to be shared alike"),
                    record=each.key,
                    own=own,
                    licence=method.licence,
                    method=method.title,
                )


def _made_from(method: Method, graph: Graph) -> Iterator[Record]:
    for model in (WikiPage, Practice, Resource, ImpactAnalysis):
        if model is WikiPage or graph.registry.has(model):
            yield from graph.pointing(method, model)


CHECKS = (check_analysis_lacks, check_mixed_licence)

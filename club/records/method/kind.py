"""Methods that the club follows."""

from __future__ import annotations

from club.model.graph import Graph
from club.model.kind import Column, Kind
from club.model.message import N_
from club.model.view import PageView, Unknown
from club.records.impact_analysis.model import ImpactAnalysis
from club.records.method.model import Method
from club.records.method.views import kit, view


def _kits(graph: Graph) -> tuple[PageView, ...]:
    if not graph.registry.has(ImpactAnalysis):
        return ()
    return tuple(kit(each, graph) for each in graph.all(Method))


KIND = Kind(
    model=Method,
    singular=N_("method"),
    plural=N_("methods"),
    intro=N_("Ways to think of what the workspace changes in a school, step by step."),
    view=view,
    columns=(
        Column.of(Method, "title", is_title=True),
        Column.of(Method, "steps", lambda each, graph: len(each.steps) or Unknown()),
        Column.of(Method, "domains", lambda each, graph: len(each.domains) or Unknown()),
        Column.of(Method, "licence"),
    ),
    more_pages=_kits,
)

"""Comparisons of projects by criteria."""

from club.model.kind import Column, Facet, Kind
from club.model.message import N_
from club.model.viewing import referred
from club.records.comparison.checks import CHECKS
from club.records.comparison.model import Comparison
from club.records.comparison.views import differences, view

KIND = Kind(
    model=Comparison,
    singular=N_("comparison"),
    plural=N_("comparisons"),
    intro=N_("Projects side by side, criterion by criterion, each value with its source."),
    view=view,
    columns=(
        Column(N_("title"), lambda comparison, graph: comparison.title, is_title=True),
        Column(N_("axis"), lambda comparison, graph: referred(graph, comparison.axis)),
        Column(N_("subjects"), lambda comparison, graph: referred(graph, comparison.subjects)),
        Column(N_("criteria"), lambda comparison, graph: len(comparison.criteria)),
    ),
    facets=(Facet("axis", N_("axis"), lambda comparison, graph: referred(graph, comparison.axis)),),
    checks=CHECKS,
    more_pages=differences,
)

"""Comparisons of projects by criteria."""

from club.model.kind import Column, Facet, Kind
from club.model.message import N_
from club.records.comparison.checks import CHECKS
from club.records.comparison.ends import ways_in
from club.records.comparison.model import Comparison
from club.records.comparison.views import other_pages, view

KIND = Kind(
    model=Comparison,
    singular=N_("comparison"),
    plural=N_("comparisons"),
    intro=N_("Projects side by side, criterion by criterion, each value with its source."),
    view=view,
    columns=(
        Column.of(Comparison, "title", is_title=True),
        Column.of(Comparison, "axis"),
        Column.of(Comparison, "subjects"),
        Column.of(Comparison, "criteria", lambda comparison, graph: len(comparison.criteria)),
    ),
    facets=(Facet.of(Comparison, "axis"),),
    checks=CHECKS,
    more_pages=other_pages,
    index_sections=ways_in,
    is_table=True,
)

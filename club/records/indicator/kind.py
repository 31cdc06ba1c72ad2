"""What is measured, and how."""

from club.model.kind import Column, Facet, Kind
from club.model.message import N_
from club.records.indicator.checks import CHECKS
from club.records.indicator.model import Indicator
from club.records.indicator.pages import pages, ways_in
from club.records.indicator.views import view

KIND = Kind(
    model=Indicator,
    singular=N_("indicator"),
    plural=N_("indicators"),
    intro=N_(
        "What is measured, defined so that two projects count alike. Connections and visits differ."
    ),
    view=view,
    columns=(
        Column.of(Indicator, "label", is_title=True),
        Column.of(Indicator, "unit"),
        Column.of(Indicator, "period"),
        Column.of(Indicator, "dimensions"),
        Column.of(Indicator, "aggregation"),
        Column.of(Indicator, "producer"),
    ),
    facets=(
        Facet.of(Indicator, "period"),
        Facet.of(Indicator, "dimensions"),
        Facet.of(Indicator, "producer"),
    ),
    checks=CHECKS,
    is_table=True,
    more_pages=pages,
    index_sections=ways_in,
)

"""Contracts and agreements of the projects."""

from club.model.kind import Column, Facet, Kind
from club.model.message import N_
from club.records.contract.checks import CHECKS
from club.records.contract.matrix import matrix_page
from club.records.contract.model import Contract
from club.records.contract.pages import ending_page, timeline_page, ways_in
from club.records.contract.views import end_values, view

KIND = Kind(
    model=Contract,
    singular=N_("contract"),
    plural=N_("contracts"),
    intro=N_("Who buys what from whom, until when, and who pays which share."),
    view=view,
    columns=(
        Column.of(Contract, "title", is_title=True),
        Column.of(Contract, "projects"),
        Column.of(Contract, "objects"),
        Column.of(Contract, "holders"),
        Column.of(Contract, "start"),
        Column.of(Contract, "end", lambda contract, graph: end_values(contract, graph, bare=True)),
    ),
    facets=(
        Facet.of(Contract, "projects"),
        Facet.of(Contract, "objects"),
        Facet.of(Contract, "form"),
        Facet.of(Contract, "holders"),
    ),
    checks=CHECKS,
    more_pages=lambda graph: (timeline_page(graph), ending_page(graph), matrix_page(graph)),
    index_sections=ways_in,
)

"""The lists of requests that are sent to the vendor."""

from club.model.kind import Column, Facet, Kind, rank_of
from club.model.message import N_
from club.records.package.checks import CHECKS
from club.records.package.model import Package
from club.records.package.views import view

KIND = Kind(
    model=Package,
    singular=N_("list for the vendor"),
    plural=N_("lists for the vendor"),
    intro=N_("What was sent to the vendor and when: each request as it was, frozen and numbered."),
    view=view,
    columns=(
        Column.of(Package, "title", is_title=True),
        Column.of(Package, "date"),
        Column.of(Package, "meeting"),
        Column.of(Package, "requests", lambda package, graph: len(package.requests)),
    ),
    facets=(Facet.of(Package, "meeting"),),
    sort_key=lambda package: rank_of(package, package.date),
    newest_first=True,
    checks=CHECKS,
    folder=True,
    is_table=True,
    has_dossier=True,
)

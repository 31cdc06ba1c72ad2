"""Requests to the vendor."""

from club.model.kind import Column, Facet, Kind, rank_of
from club.model.message import N_
from club.model.viewing import referred
from club.records.request.checks import CHECKS
from club.records.request.figures import supports
from club.records.request.home import HOME
from club.records.request.model import Request
from club.records.request.pages import pages, replies, ways_in
from club.records.request.views import concerned, support, view

KIND = Kind(
    model=Request,
    singular=N_("request"),
    plural=N_("requests"),
    intro=N_("What the projects ask of the vendor, who wants it, and what the vendor answers."),
    view=view,
    columns=(
        Column.of(Request, "title", is_title=True),
        Column.of(Request, "state"),
        Column(N_("vendor's answer"), replies),
        Column(N_("for"), support),
        Column.of(Request, "service"),
        Column.of(Request, "axes"),
        Column.of(Request, "created"),
    ),
    facets=(
        Facet.of(Request, "state"),
        Facet("answer", N_("vendor's answer"), replies),
        Facet("axis", N_("axis"), lambda request, graph: referred(graph, request.axes)),
        Facet.of(Request, "service"),
        Facet("project", N_("project"), concerned),
    ),
    sort_key=lambda request: rank_of(request, request.created),
    newest_first=True,
    checks=CHECKS,
    folder=True,
    home=HOME,
    figures=supports,
    more_pages=pages,
    index_sections=ways_in,
)

"""Territories' school digital workspaces."""

from club.model.kind import Column, Facet, Kind
from club.model.message import N_
from club.records.project.checks import CHECKS
from club.records.project.home import HOME
from club.records.project.model import Project
from club.records.project.pages import pages, ways_in
from club.records.project.views import view

KIND = Kind(
    model=Project,
    singular=N_("project"),
    plural=N_("projects"),
    intro=N_("The territories' workspaces: who carries them, where they stand, for whom."),
    view=view,
    columns=(
        Column.of(Project, "name", is_title=True),
        Column.of(Project, "platform"),
        Column.of(Project, "academies"),
        Column.of(Project, "state"),
        Column.of(Project, "schools_equipped"),
        Column.of(Project, "schools_target"),
        Column.of(Project, "completion"),
    ),
    facets=(
        Facet.of(Project, "state"),
        Facet("sector", N_("sector"), lambda project, graph: project.school_sectors),
        Facet("type", N_("school type"), lambda project, graph: project.school_types),
        Facet.of(Project, "platform"),
    ),
    checks=CHECKS,
    home=HOME,
    has_feeds=True,
    more_pages=pages,
    index_sections=ways_in,
)

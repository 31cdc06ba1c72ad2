"""Territories' school digital workspaces."""

from club.model.kind import Column, Facet, Kind
from club.model.message import N_
from club.model.viewing import claims, referred
from club.records.project.checks import CHECKS
from club.records.project.model import Project
from club.records.project.views import equipped, view

KIND = Kind(
    model=Project,
    singular=N_("project"),
    plural=N_("projects"),
    intro=N_("The territories' workspaces: who carries them, where they stand, for whom."),
    view=view,
    columns=(
        Column(N_("name"), lambda project, graph: project.name, is_title=True),
        Column(N_("platform"), lambda project, graph: referred(graph, project.platform)),
        Column(N_("academies"), lambda project, graph: referred(graph, project.academies)),
        Column(N_("state"), lambda project, graph: project.state),
        Column(N_("schools equipped"), equipped),
        Column(
            N_("schools targeted"),
            lambda project, graph: claims(graph, project, "schools_target")[:1],
        ),
        Column(N_("completion"), lambda project, graph: claims(graph, project, "completion")[:1]),
    ),
    facets=(
        Facet("state", N_("state"), lambda project, graph: (project.state,)),
        Facet("sector", N_("sector"), lambda project, graph: project.school_sectors),
        Facet("type", N_("school type"), lambda project, graph: project.school_types),
        Facet("platform", N_("platform"), lambda project, graph: referred(graph, project.platform)),
    ),
    checks=CHECKS,
)

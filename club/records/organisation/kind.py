"""Academies, local authorities, firms and other bodies."""

from club.model.kind import Column, Facet, Kind
from club.model.message import N_
from club.model.viewing import links
from club.records.organisation.desk import desk_pages
from club.records.organisation.model import Organisation
from club.records.organisation.views import view
from club.records.project.model import Project

KIND = Kind(
    model=Organisation,
    singular=N_("organisation"),
    plural=N_("organisations"),
    intro=N_("The academies, local authorities and firms around the projects."),
    view=view,
    columns=(
        Column.of(Organisation, "name", is_title=True),
        Column.of(Organisation, "type"),
        Column.of(Organisation, "territory"),
        Column(
            N_("projects"),
            lambda organisation, graph: links(graph.pointing(organisation, Project, "carriers")),
        ),
    ),
    facets=(Facet.of(Organisation, "type"),),
    more_pages=desk_pages,
)

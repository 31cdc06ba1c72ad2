"""Software platforms."""

from club.model.kind import Column, Kind
from club.model.message import N_
from club.model.viewing import links
from club.records.platform.figures import totals
from club.records.platform.model import Platform
from club.records.platform.views import view
from club.records.project.model import Project

KIND = Kind(
    model=Platform,
    singular=N_("platform"),
    plural=N_("platforms"),
    intro=N_("The platforms that projects run on, and how many schools they equip."),
    view=view,
    columns=(
        Column.of(Platform, "name", is_title=True),
        Column.of(Platform, "vendor"),
        Column(
            N_("projects"),
            lambda platform, graph: links(graph.pointing(platform, Project, "platform")),
        ),
        Column.of(Platform, "schools_equipped"),
    ),
    figures=totals,
)

"""Software platforms."""

from club.model.kind import Column, Kind
from club.model.message import N_
from club.model.viewing import claims, links, referred
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
        Column(N_("name"), lambda platform, graph: platform.name, is_title=True),
        Column(N_("vendor"), lambda platform, graph: referred(graph, platform.vendor)),
        Column(
            N_("projects"),
            lambda platform, graph: links(graph.pointing(platform, Project, "platform")),
        ),
        Column(
            N_("schools equipped"),
            lambda platform, graph: claims(graph, platform, "schools_equipped"),
        ),
    ),
)

"""On the home page: each platform and the projects that run on it."""

from __future__ import annotations

from dataclasses import dataclass

from club.model.graph import Graph
from club.model.kind import Home
from club.model.view import CardView, Link
from club.model.viewing import link
from club.records.offer.model import Offer
from club.records.platform.model import Platform
from club.records.project.model import Project


@dataclass(frozen=True, slots=True)
class PlatformView:
    """A platform, its projects, and whether their services can be compared."""

    platform: Link
    projects: tuple[CardView, ...]
    is_compared: bool


def platforms(graph: Graph) -> tuple[PlatformView, ...]:
    """The platforms that projects run on."""
    return tuple(
        PlatformView(
            link(platform),
            tuple(CardView(link(each), (each.state,)) for each in projects),
            graph.registry.has(Offer),
        )
        for platform in graph.all(Platform)
        if (projects := graph.pointing(platform, Project, "platform"))
    )


HOME = Home(10, platforms)

"""On the home page: each platform and the projects that run on it."""

from __future__ import annotations

from dataclasses import dataclass

from club.insight.presence import presence
from club.model.graph import Graph
from club.model.kind import Home
from club.model.message import Message
from club.model.view import CardView, Link
from club.model.viewing import link, shown
from club.records.offer.model import Offer
from club.records.platform.model import Platform
from club.records.platform.presence import counted, since


@dataclass(frozen=True, slots=True)
class PlatformView:
    """A platform: how many projects and when, what is known since, and whether one compares."""

    platform: Link
    counted: Message
    since: tuple[Message, ...]
    projects: tuple[CardView, ...]
    is_compared: bool


def platforms(graph: Graph) -> tuple[PlatformView, ...]:
    """The platforms that projects run on."""
    return tuple(
        PlatformView(
            link(platform),
            counted(link(platform), found),
            tuple(since(found)),
            tuple(CardView(link(each), shown(graph, each, "state")) for each in found.projects),
            graph.registry.has(Offer),
        )
        for platform in graph.all(Platform)
        if (found := presence(platform, graph)).projects
    )


HOME = Home(10, platforms)

"""Where the projects stand on a request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from club.model.graph import Graph
from club.model.view import Counted
from club.model.viewing import counted
from club.records.platform.model import Platform
from club.records.project.model import Project
from club.records.request.model import Position, Request, RequestState, Stance

POSITIONS_URL = "requests/positions/"
"""Where the positions of every project on every request are shown."""
FOR = {Stance.ESSENTIAL, Stance.WANTED}
OPEN = {
    RequestState.SUBMITTED,
    RequestState.DISCUSSED,
    RequestState.SHARED,
    RequestState.SENT,
}
"""The states in which a position still weighs."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The positions taken on a request, and the projects that have not spoken yet."""

    positions: tuple[Position, ...]
    missing: tuple[Project, ...]
    wanting: tuple[Project, ...]
    """Those that find it essential or want it."""

    @property
    def supporters(self) -> Counted:
        """How many projects are for it, and how many are made up; one project, one voice."""
        return counted(self.wanting)


def voters(graph: Graph) -> tuple[Project, ...]:
    """The projects whose positions count: those on a platform the club is about."""
    on_platform: dict[str, Project] = {}
    for platform in graph.all(Platform):
        for project in graph.pointing(platform, Project, "platform"):
            on_platform[project.id] = project
    return tuple(on_platform.values())


def standing(request: Request, graph: Graph, projects: Iterable[Project]) -> Standing:
    """Where *projects* stand on *request*."""
    spoken = {
        project.id: (project, position)
        for position in request.positions
        if (project := graph.get(position.project))
    }
    return Standing(
        request.positions,
        tuple(each for each in projects if each.id not in spoken),
        tuple(project for project, position in spoken.values() if position.stance in FOR),
    )


def to_give(project: Project, graph: Graph) -> tuple[Request, ...]:
    """The open requests on which *project* has yet to take a position, by title."""
    found = [
        each
        for each in graph.all(Request)
        if each.state in OPEN and standing(each, graph, (project,)).missing
    ]
    return tuple(sorted(found, key=lambda each: (each.title.casefold(), each.id)))

"""Where the projects stand on a request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from club.model.graph import Graph
from club.model.message import N_
from club.model.view import Counted
from club.model.viewing import counted
from club.records.platform.model import Platform
from club.records.project.model import Project, ProjectState
from club.records.request.model import Position, Request, RequestState, Stance

POSITIONS_URL = "requests/positions/"
"""Where the positions of every project on every request are shown."""
LEFT = {ProjectState.MIGRATED, ProjectState.STOPPED}
"""The states of the projects of which nothing is awaited any more."""
FOR = {Stance.ESSENTIAL, Stance.WANTED}
OPEN = {
    RequestState.SUBMITTED,
    RequestState.DISCUSSED,
    RequestState.SHARED,
    RequestState.SENT,
}
"""The states in which a position still weighs."""

OFF_PLATFORM = N_("“{project}” runs none of the platforms of the club: its position is not counted")


@dataclass(frozen=True, slots=True)
class Stated:
    """What a project said: its position, the request on which it took it, its rank there."""

    project: Project
    position: Position
    request: Request
    index: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The positions taken on a request, and the projects that have not spoken yet."""

    stated: tuple[Stated, ...]
    missing: tuple[Project, ...]

    @property
    def wanting(self) -> tuple[Project, ...]:
        """Those that find it essential or want it."""
        return tuple(each.project for each in self.stated if each.position.stance in FOR)


def supporters(request: Request, graph: Graph) -> Counted:
    """How many voters are for *request*, and how many are made up; one project, one voice."""
    return graph.once(_supporters)[request.id]


def _supporters(graph: Graph) -> Mapping[str, Counted]:
    ids = {each.id for each in voters(graph)}
    return {
        request.id: counted(each for each in standing(request, graph, ()).wanting if each.id in ids)
        for request in graph.all(Request)
    }


def voters(graph: Graph) -> tuple[Project, ...]:
    """The projects whose positions count: those the club is about, but those that have left."""
    return graph.once(_voters)


def _voters(graph: Graph) -> tuple[Project, ...]:
    return tuple(each for each in on_platforms(graph) if each.state not in LEFT)


def on_platforms(graph: Graph) -> tuple[Project, ...]:
    """The projects the club is about: those on its platforms, or all where it has none."""
    return graph.once(_on_platforms)


def _on_platforms(graph: Graph) -> tuple[Project, ...]:
    if not graph.all(Platform):
        return tuple(graph.all(Project))
    on_platform: dict[str, Project] = {}
    for platform in graph.all(Platform):
        for project in graph.pointing(platform, Project, "platform"):
            on_platform[project.id] = project
    return tuple(on_platform.values())


def standing(request: Request, graph: Graph, projects: Iterable[Project]) -> Standing:
    """Where *projects* stand on *request*, and on those that say the same."""
    stated = stated_on(request, graph)
    spoken = {each.project.id for each in stated}
    return Standing(stated, tuple(each for each in projects if each.id not in spoken))


def stated_on(request: Request, graph: Graph) -> tuple[Stated, ...]:
    """The position of each project on *request* or on one that says the same, the newest it took.

    Of two of the same time, or of an unknown one, that on the request itself holds.
    """
    newest: dict[str, Stated] = {}
    for each in same(request, graph):
        for index, position in enumerate(each.positions):
            project = graph.get(position.project)
            if project is None:
                continue
            held = newest.get(project.id)
            if held is None or _last_day(position) > _last_day(held.position):
                newest[project.id] = Stated(project, position, each, index)
    return tuple(newest.values())


def same(request: Request, graph: Graph) -> tuple[Request, ...]:
    """*request*, then those that say the same as it, however far."""
    found = {request.id: request}
    waiting = [request]
    while waiting:
        for each in graph.pointing(waiting.pop(), Request, "duplicate_of"):
            if each.id not in found:
                found[each.id] = each
                waiting.append(each)
    return tuple(found.values())


def _last_day(position: Position) -> date:
    return position.as_of.last if position.as_of else date.min


def stated_on_open(graph: Graph) -> tuple[tuple[Request, tuple[Stated, ...]], ...]:
    """The open requests, by title, with the position of each project on each."""
    return graph.once(_stated_on_open)


def _stated_on_open(graph: Graph) -> tuple[tuple[Request, tuple[Stated, ...]], ...]:
    found = (each for each in graph.all(Request) if each.state in OPEN)
    by_title = sorted(found, key=lambda each: (each.title.casefold(), each.id))
    return tuple((each, stated_on(each, graph)) for each in by_title)


def to_give(project: Project, graph: Graph) -> tuple[Request, ...]:
    """The open requests on which *project* has yet to take a position, by title."""
    return tuple(
        request
        for request, stated in stated_on_open(graph)
        if all(each.project.id != project.id for each in stated)
    )

"""What a list sent to the vendor says that the one before did not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from club.model.graph import Graph
from club.records.package.model import FrozenPosition, FrozenRequest, Package
from club.records.project.model import Project
from club.records.request.model import Request

WORDING = ("title", "need", "acceptance", "service")
"""The fields that say what is asked for."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a project thought of a request in the list before, and in this one; None for nothing."""

    project: Project
    old: FrozenPosition | None
    new: FrozenPosition | None


@dataclass(frozen=True, slots=True)
class Reworded:
    """A request whose wording or positions changed: which *fields*, and the positions that moved.

    *frozen* is what this list says of it.
    """

    frozen: FrozenRequest
    fields: tuple[str, ...]
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new in a list, what is no longer in it, and what it says in other words."""

    new: tuple[FrozenRequest, ...]
    withdrawn: tuple[FrozenRequest, ...]
    reworded: tuple[Reworded, ...]

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.new or self.withdrawn or self.reworded)


def changes(package: Package, graph: Graph) -> Changes | None:
    """What changed in *package* since the list before it; None if it is the first."""
    previous = graph.get(package.previous)
    return between(previous, package, graph) if previous else None


def between(old: Package, new: Package, graph: Graph) -> Changes:
    """What *new* says that *old* did not; a request is the same under its former ids."""
    before, after = _by_request(old, graph), _by_request(new, graph)
    both = ((before[id], each) for id, each in after.items() if id in before)
    compared = (_compared(was, now, graph) for was, now in both)
    return Changes(
        tuple(each for id, each in after.items() if id not in before),
        tuple(each for id, each in before.items() if id not in after),
        tuple(each for each in compared if each.fields or each.moved),
    )


def listed_in(request: Request, graph: Graph) -> tuple[tuple[Package, FrozenRequest], ...]:
    """The lists that hold *request*, each with its copy there."""
    return tuple(
        (package, frozen)
        for package in graph.pointing(request, Package)
        for frozen in package.requests
        if graph.get(frozen.request) is request
    )


def _by_request(package: Package, graph: Graph) -> dict[str, FrozenRequest]:
    return {_id(each, graph): each for each in package.requests}


def _id(frozen: FrozenRequest, graph: Graph) -> str:
    found: Request | None = graph.get(frozen.request)
    return found.id if found else frozen.request.id


def _compared(old: FrozenRequest, new: FrozenRequest, graph: Graph) -> Reworded:
    fields = tuple(each for each in WORDING if getattr(old, each) != getattr(new, each))
    return Reworded(new, fields, tuple(_moved(old, new, graph)))


def _moved(old: FrozenRequest, new: FrozenRequest, graph: Graph) -> Iterator[Moved]:
    """The projects that changed their stance or their rank, in the order of this list."""
    before, after = _by_project(old, graph), _by_project(new, graph)
    for id in [*after, *(id for id in before if id not in after)]:
        was, now = before.get(id), after.get(id)
        project = graph.find(id)
        if isinstance(project, Project) and _said(was) != _said(now):
            yield Moved(project, was, now)


def _by_project(frozen: FrozenRequest, graph: Graph) -> dict[str, FrozenPosition]:
    found = ((graph.get(each.project), each) for each in frozen.positions)
    return {project.id: each for project, each in found if project}


def _said(position: FrozenPosition | None) -> object:
    return position and (position.stance, position.rank)

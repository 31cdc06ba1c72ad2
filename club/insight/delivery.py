"""Delivered is not available: what a version brings is usable where that version runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from club.insight.positions import voters
from club.model.claims import used
from club.model.graph import Graph
from club.model.message import P_, Choice
from club.records.platform.model import Platform
from club.records.project.model import Project
from club.records.request.model import Request, RequestState


class Usable(Choice):
    """Whether what a request asked for can be used in a project."""

    YES = "yes", P_("delivery", "usable"), "good"
    NOT_YET = "not_yet", P_("delivery", "not yet"), "warn"
    UNKNOWN = "unknown", P_("delivery", "version unknown"), "quiet"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A request that a *version* brought, and whether each project can use it."""

    request: Request
    version: str
    by_project: Mapping[str, Usable]

    def among(self, projects: tuple[Project, ...], usable: Usable) -> tuple[Project, ...]:
        """Those of *projects* of which it is so."""
        return tuple(each for each in projects if self.by_project.get(each.id) is usable)


def deliveries(graph: Graph) -> tuple[Delivery, ...]:
    """Every request delivered in a version that is named, by version, the newest first."""
    return tuple(delivery_of(each, graph) for each in delivered(graph))


def delivered(graph: Graph) -> tuple[Request, ...]:
    """The requests that a version is known to have brought, by version, the newest first."""
    rank = rank_of_version(graph)
    return tuple(
        sorted(
            filter(is_delivered, graph.all(Request)),
            key=lambda each: (
                *(-number for number in rank(str(each.delivered_in))),
                each.title.casefold(),
            ),
        )
    )


def rank_of_version(graph: Graph) -> Callable[[str], tuple[int, int]]:
    """What orders versions as their platforms list them, the oldest first; unknown ones before."""
    order = {
        version.id: (rank, index)
        for rank, platform in enumerate(graph.all(Platform))
        for index, version in enumerate(platform.versions)
    }
    return lambda version: order.get(version, (-1, -1))


def is_delivered(request: Request) -> bool:
    """Whether a version is known to have brought what *request* asked for."""
    return request.state is RequestState.DELIVERED and bool(request.delivered_in)


def delivery_of(request: Request, graph: Graph) -> Delivery:
    """Where what *request*, which was delivered, asked for can be used."""
    version = str(request.delivered_in)
    return Delivery(
        request, version, {each.id: usable_in(each, version, graph) for each in voters(graph)}
    )


def usable_in(project: Project, version: str, graph: Graph) -> Usable:
    """Whether *project* runs *version* of its platform or a later one."""
    platform = graph.get(project.platform)
    runs = used(project.platform_version)
    order = [each.id for each in platform.versions] if platform else []
    if runs is None or version not in order or str(runs.value) not in order:
        is_same = runs is not None and str(runs.value) == version
        return Usable.YES if is_same else Usable.UNKNOWN
    return Usable.YES if order.index(str(runs.value)) >= order.index(version) else Usable.NOT_YET

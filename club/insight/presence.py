"""Who is on a platform: the projects counted one day, and what is known of each since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from club.model.claims import used
from club.model.fields import Claim
from club.model.graph import Graph
from club.records.platform.model import Platform
from club.records.project.model import Project


@dataclass(frozen=True, slots=True)
class Since:
    """What the latest source says of one project: whether it is still on the platform."""

    project: Project
    claim: Claim[bool]
    index: int


@dataclass(frozen=True, slots=True)
class Presence:
    """The *projects* of a platform, as known for the *year*, and what became of each.

    The year is absent where the records give none, or not the same. *unknown* are the projects
    that no later source speaks of.
    """

    projects: tuple[Project, ...]
    year: int | None
    still: tuple[Since, ...]
    left: tuple[Since, ...]
    unknown: tuple[Project, ...]


def presence(platform: Platform, graph: Graph) -> Presence:
    """Who was counted on *platform*, when, and who is known to be there still or to have left."""
    projects = graph.pointing(platform, Project, "platform")
    later = tuple(_later(projects))
    told = {each.project.id for each in later}
    return Presence(
        projects,
        _same_year(projects),
        tuple(each for each in later if each.claim.value),
        tuple(each for each in later if not each.claim.value),
        tuple(each for each in projects if each.id not in told),
    )


def _later(projects: tuple[Project, ...]) -> Iterator[Since]:
    for project in projects:
        if chosen := used(project.on_platform):
            yield Since(project, chosen, project.on_platform.index(chosen))


def _same_year(projects: tuple[Project, ...]) -> int | None:
    years = {each.state_as_of.year if each.state_as_of else None for each in projects}
    return years.pop() if len(years) == 1 else None

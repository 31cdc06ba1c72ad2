"""Who is on a platform: the projects counted one day, what is known of each since, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from club.model.claims import used
from club.model.fields import Claim
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import CardView, Link
from club.model.viewing import link, links, shown
from club.records.platform.model import Platform
from club.records.project.model import Project

COUNT = N_("{count} projects on {platform} in {year}")
COUNT_OF_ONE = N_("One project on {platform} in {year}")
UNDATED = N_("{count} projects on {platform}")
UNDATED_OF_ONE = N_("One project on {platform}")
LEFT = N_("Left since: {projects}.")
STILL = N_("Still there, by what sources say: {projects}.")
UNKNOWN = N_("Since then, nothing is known of: {projects}.")


@dataclass(frozen=True, slots=True)
class Since:
    """What the latest source says of one project: whether it is still on the platform."""

    project: Project
    claim: Claim[bool]


@dataclass(frozen=True, slots=True)
class Presence:
    """The *projects* of a platform, as known for the *year*, and what became of each.

    Those that are made up, *examples*, are apart: no count holds them, but that of a made-up
    platform.

    The year is absent where the records give none, or not the same. *unknown* are the projects
    that no later source speaks of.
    """

    projects: tuple[Project, ...]
    year: int | None
    still: tuple[Since, ...]
    left: tuple[Since, ...]
    unknown: tuple[Project, ...]
    examples: tuple[Project, ...] = ()

    @property
    def every(self) -> tuple[Project, ...]:
        """All of them, those that are made up last."""
        return (*self.projects, *self.examples)


def presence(platform: Platform, graph: Graph) -> Presence:
    """Who was counted on *platform*, when, and who is known to be there still or to have left."""
    every = graph.pointing(platform, Project, "platform")
    projects = tuple(each for each in every if platform.example or not each.example)
    later = tuple(_later(projects))
    told = {each.project.id for each in later}
    return Presence(
        projects,
        _same_year(projects),
        tuple(each for each in later if each.claim.value),
        tuple(each for each in later if not each.claim.value),
        tuple(each for each in projects if each.id not in told),
        tuple(each for each in every if each not in projects),
    )


def _later(projects: tuple[Project, ...]) -> Iterator[Since]:
    for project in projects:
        if chosen := used(project.on_platform):
            yield Since(project, chosen)


def _same_year(projects: tuple[Project, ...]) -> int | None:
    years = {each.state_as_of.year if each.state_as_of else None for each in projects}
    return years.pop() if len(years) == 1 else None


def counted(platform: Link, found: Presence) -> Message:
    """How many projects were on *platform*, with the year for which it is known."""
    count = len(found.projects)
    about = {"platform": platform, "count": count}
    if found.year is None:
        return Message(UNDATED_OF_ONE if count == 1 else UNDATED, about)
    said = COUNT_OF_ONE if count == 1 else COUNT
    return Message(said, {**about, "year": str(found.year)})


def since(found: Presence) -> Iterator[Message]:
    """What is known of the projects since; nothing where no later source speaks of any."""
    if found.left:
        yield Message(LEFT, {"projects": tuple(map(_named, found.left))})
    if found.still:
        yield Message(STILL, {"projects": tuple(map(_named, found.still))})
    if found.unknown and (found.left or found.still or found.year):
        yield Message(UNKNOWN, {"projects": links(found.unknown)})


def card(project: Project, graph: Graph) -> CardView:
    """A project among others: its state, and whether it is known to have left its platform."""
    return CardView(link(project), (*shown(graph, project, "state"), *gone(project)))


def gone(project: Project, undated: str = N_("left since")) -> tuple[Message, ...]:
    """That *project* is no longer on its platform, in words, if the latest source says so.

    *undated* is what is said where that source has no date.
    """
    latest = used(project.on_platform)
    if latest is None or latest.value:
        return ()
    if latest.as_of is None:
        return (Message(undated),)
    return (Message(N_("left since ({date})"), {"date": latest.as_of}),)


def _named(each: Since) -> Message:
    """A project, with what is said to be there, and the date of it, or that it has none."""
    if each.claim.scope and each.claim.as_of:
        about = {"project": link(each.project), "what": each.claim.scope}
        return Message(N_("{project} ({what}, {date})"), {**about, "date": each.claim.as_of})
    if each.claim.as_of is None:
        return Message(N_("{project} (no known date)"), {"project": link(each.project)})
    return Message(
        N_("{project} ({date})"), {"project": link(each.project), "date": each.claim.as_of}
    )

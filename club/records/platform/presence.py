"""How many projects are on a platform, in words: when they were counted, and what followed."""

from __future__ import annotations

from collections.abc import Iterator

from club.insight.presence import Presence, Since
from club.model.message import N_, Message
from club.model.view import Link

COUNT = N_("{count} projects on {platform} in {year}")
COUNT_OF_ONE = N_("One project on {platform} in {year}")
UNDATED = N_("{count} projects on {platform}")
UNDATED_OF_ONE = N_("One project on {platform}")
LEFT = N_("Left since: {projects}.")
STILL = N_("Still there, by the latest source: {projects}.")
UNKNOWN = N_("Since then, nothing is known of: {projects}.")


def counted(platform: Link, found: Presence) -> Message:
    """How many projects were on *platform*, with the year for which it is known."""
    count = len(found.projects)
    about = {"platform": platform.title, "count": count}
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
        yield Message(UNKNOWN, {"projects": tuple(each.name for each in found.unknown)})


def _named(each: Since) -> Message:
    """A project, with the date of what is said of it, or that it has none."""
    if each.claim.as_of is None:
        return Message(N_("{project} (no known date)"), {"project": each.project.name})
    return Message(
        N_("{project} ({date})"), {"project": each.project.name, "date": each.claim.as_of}
    )

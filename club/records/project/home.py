"""On the home page: the projects and their figures, by platform."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from club.insight.claims import disputed
from club.insight.presence import card, counted, presence, since
from club.model.claims import used
from club.model.fields import Claim, Reliability
from club.model.graph import Graph
from club.model.kind import Home
from club.model.message import N_, Message
from club.model.view import CardView, Link, Progress, Unknown
from club.model.viewing import link
from club.records.offer.model import Offer
from club.records.platform.model import Platform
from club.records.project.desk import choice
from club.records.project.model import Project
from club.records.project.progress import progress

FIGURES = {
    "schools_equipped": N_("schools equipped"),
    "schools_target": N_("schools targeted"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, of what, when it was so and for which part, and whether a source says otherwise."""

    value: object
    label: Message
    when: object = None
    doubt: Reliability | None = None
    scope: str = ""


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project, where it stands, its figures and how far it has come."""

    card: CardView
    figures: tuple[Figure, ...]
    progress: Progress | None


@dataclass(frozen=True, slots=True)
class Group:
    """The projects on one platform and what is known of them since, or those on none."""

    title: Message
    since: tuple[Message, ...]
    projects: tuple[ProjectView, ...]
    platform: Link | None = None
    is_compared: bool = False


def groups(graph: Graph) -> tuple[Group, ...]:
    """The projects on each platform, then those on none that is known."""
    return tuple(group for group in _groups(graph) if group.projects)


def _groups(graph: Graph) -> Iterator[Group]:
    for platform in graph.all(Platform):
        found, here = presence(platform, graph), link(platform)
        title, told = counted(here, found), tuple(since(found))
        yield Group(title, told, _views(found.every, graph), here, graph.registry.has(Offer))
    others = tuple(each for each in graph.all(Project) if graph.get(each.platform) is None)
    title = Message(N_("Other projects") if graph.all(Platform) else N_("The projects"))
    yield Group(title, (), _views(others, graph))


def _views(projects: tuple[Project, ...], graph: Graph) -> tuple[ProjectView, ...]:
    return tuple(
        ProjectView(
            card(each, graph),
            tuple(_figure(getattr(each, name), label) for name, label in FIGURES.items()),
            progress(each, graph),
        )
        for each in projects
    )


def _figure(claims: tuple[Claim[int], ...], label: str) -> Figure:
    claim = used(claims)
    if claim is None:
        return Figure(Unknown(), Message(label))
    doubt = Reliability.CONTRADICTED if disputed(claims) else None
    return Figure(claim.value, Message(label), claim.as_of, doubt, claim.scope or "")


def needs(graph: Graph) -> tuple[Link, ...]:
    """Where one finds whom to write to."""
    note = Message(N_("who carries it, where it stands, whom to write to"))
    return (Link(Message(N_("A project")), f"{Project.collection}/", note),)


HOME = Home(40, groups, needs, choice)

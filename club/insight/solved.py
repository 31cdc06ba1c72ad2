"""Who met a difficulty, who found the way out, and whom that way may serve."""

from __future__ import annotations

from dataclasses import dataclass

from club.insight.offers import ANSWER_BY_STATE, Answer
from club.model.claims import used
from club.model.graph import Graph
from club.model.message import P_, Choice
from club.records.difficulty.model import Difficulty, DifficultyState
from club.records.offer.model import Offer
from club.records.project.model import Project
from club.records.service.model import Service

SOLVED_URL = "difficulties/solved/"
"""Where one finds who solved what."""
THERE = {Answer.YES, Answer.PARTLY}


class Bond(Choice):
    """Why a way out may serve a project, the strongest reason first."""

    LIVES = "lives", P_("way out", "a difficulty of your own"), "accent"
    SERVICE = "service", P_("way out", "same service"), "plain"
    VERSION = "version", P_("way out", "same version"), "plain"


@dataclass(frozen=True, slots=True)
class Way:
    """A difficulty that others solved or got round, and why it concerns a project."""

    difficulty: Difficulty
    bond: Bond


def living_with(difficulty: Difficulty, graph: Graph) -> tuple[Project, ...]:
    """The projects that met *difficulty*, less the one that solved it."""
    found = {each.id: each for each in map(graph.get, difficulty.projects) if each}
    solver = graph.get(difficulty.solved_by)
    return tuple(each for each in found.values() if each is not solver)


def has_way_out(difficulty: Difficulty) -> bool:
    """Whether somebody solved it, or wrote down how to get round it."""
    if difficulty.solved_by:
        return True
    return difficulty.state is not DifficultyState.OPEN and difficulty.workaround is not None


def ways_out(project: Project, graph: Graph) -> tuple[Way, ...]:
    """What others solved that may serve *project*, the nearest to it and the surest first."""
    services, version = _services(project, graph), used(project.platform_version)
    found = []
    for each in graph.all(Difficulty):
        if not has_way_out(each) or not _is_of_others(each, project, graph):
            continue
        service = graph.get(each.service)
        if project in living_with(each, graph):
            found.append(Way(each, Bond.LIVES))
        elif service and service.id in services:
            found.append(Way(each, Bond.SERVICE))
        elif version and str(version.value) in each.versions:
            found.append(Way(each, Bond.VERSION))
    return tuple(sorted(found, key=_nearness))


def _is_of_others(difficulty: Difficulty, project: Project, graph: Graph) -> bool:
    """Whether another project found the way out, as far as anybody wrote it down."""
    solver = graph.get(difficulty.solved_by)
    if solver:
        return solver is not project
    return any(each is not project for each in living_with(difficulty, graph))


def _services(project: Project, graph: Graph) -> set[str]:
    """The services that *project* has, and those with which it has a difficulty."""
    offered = graph.pointing(project, Offer, "project")
    had = [each.service for each in offered if ANSWER_BY_STATE[each.state] in THERE]
    met = [each.service for each in graph.pointing(project, Difficulty, "projects")]
    found: list[Service | None] = [graph.get(each) for each in (*had, *met)]
    return {each.id for each in found if each}


def _nearness(way: Way) -> tuple[int, bool, int, str, str]:
    each = way.difficulty
    state = list(DifficultyState).index(each.state)
    rank = list(Bond).index(way.bond)
    return (rank, each.example, -state, each.title.casefold(), each.id)

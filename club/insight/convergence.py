"""Where the projects converge: what they all want, what divides them, and how sure that is.

Everything is worked out from the positions on open requests; nothing is typed. A project that has
not spoken is never counted as neutral: what it may still say is the range of each rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from club.insight.cover import Cover, cover
from club.insight.offers import Answer, offer_matrix
from club.insight.positions import FOR, OPEN, Stated, standing, voters
from club.insight.similarity import Likeness, jaccard, same_side
from club.insight.totals import announced
from club.insight.voting import Ballot, Majorities, Score, borda, kendall, majorities, ranges
from club.model.graph import Graph
from club.model.message import P_, Choice
from club.records.offer.model import Offer
from club.records.project.model import Project
from club.records.request.model import Request, Stance
from club.records.service.model import Service

SIDE = {
    Stance.ESSENTIAL: 1,
    Stance.WANTED: 1,
    Stance.NEUTRAL: 0,
    Stance.OPPOSED: -1,
}
"""The side of each stance; a project that is not concerned is on none."""
UNRANKED = [Stance.ESSENTIAL, Stance.WANTED, Stance.NEUTRAL, Stance.OPPOSED]
"""How the requests of a project follow one another after those to which it gave a rank."""
NOT_WANTED = (1, UNRANKED.index(Stance.NEUTRAL))
"""The priority from which a project asks for nothing any more."""
FIRST = (1, 2, 3)
"""For how many first priorities of each project a smallest set is looked for."""
HAS = {Answer.YES, Answer.PARTLY}


class Agreement(Choice):
    """How far the projects that spoke agree on a request."""

    CORE = "core", P_("agreement", "shared core"), "good"
    NEAR = "near", P_("agreement", "near-consensus"), "good"
    DIVIDED = "divided", P_("agreement", "divided"), "warn"
    ALONE = "alone", P_("agreement", "wanted by one alone"), "quiet"
    UNWANTED = "unwanted", P_("agreement", "wanted by none"), "quiet"
    SILENT = "silent", P_("agreement", "nobody has answered"), "quiet"


@dataclass(frozen=True)
class Case:
    """A request, what the projects said of it, and the *missing*, which have not spoken."""

    request: Request
    stated: tuple[Stated, ...]
    missing: tuple[Project, ...]

    def _on(self, side: int) -> tuple[Stated, ...]:
        return tuple(each for each in self.stated if SIDE.get(each.position.stance) == side)

    @cached_property
    def supports(self) -> tuple[Stated, ...]:
        """The positions of the projects that find it essential or want it."""
        return self._on(1)

    @cached_property
    def neutral(self) -> tuple[Stated, ...]:
        """The positions of the projects to which it makes no difference."""
        return self._on(0)

    @cached_property
    def against(self) -> tuple[Stated, ...]:
        """The positions of the projects that are opposed to it."""
        return self._on(-1)

    @cached_property
    def not_concerned(self) -> tuple[Stated, ...]:
        """The positions of the projects that it does not concern."""
        return tuple(each for each in self.stated if each.position.stance not in SIDE)

    @property
    def blocking(self) -> tuple[Stated, ...]:
        """The positions that keep it from being wanted by all who spoke."""
        return (*self.neutral, *self.against)

    @cached_property
    def agreement(self) -> Agreement:
        """How far those that spoke agree; a project that is not concerned keeps nobody from it."""
        wanted, others = len(self.supports), len(self.blocking)
        if not wanted:
            return Agreement.UNWANTED if self.stated else Agreement.SILENT
        if wanted == 1:
            return Agreement.ALONE
        if not others:
            return Agreement.CORE
        return Agreement.NEAR if others == 1 else Agreement.DIVIDED

    @cached_property
    def score(self) -> Score:
        """Supports less oppositions, then how many find it essential: one project, one voice."""
        essential = sum(each.position.stance is Stance.ESSENTIAL for each in self.stated)
        return (len(self.supports) - len(self.against), essential)

    @property
    def bounds(self) -> tuple[Score, Score]:
        """The score if all the missing are against it, and if all find it essential."""
        (net, essential), missing = self.score, len(self.missing)
        return (net - missing, essential), (net + missing, essential + missing)


@dataclass(frozen=True, slots=True)
class Schools:
    """How many schools some projects announce, of how many that all do.

    The number of those of the *unknown* projects is known to nobody, and is in neither.
    """

    of_some: int
    of_all: int
    unknown: tuple[Project, ...] = ()


@dataclass(frozen=True)
class Book:
    """The convergence of the *projects* on the requests of *cases*, the most shared first.

    It is of facts; where the club holds none, it *is_example*, and shows what one would read.
    """

    projects: tuple[Project, ...]
    cases: tuple[Case, ...]
    is_example: bool

    @cached_property
    def ranks(self) -> Mapping[str, tuple[int, int]]:
        """The best and the worst rank of each request once every project has spoken."""
        return ranges({each.request.id: each.bounds for each in self.cases})

    @cached_property
    def _levels(self) -> Mapping[str, Mapping[tuple[int, int], list[str]]]:
        """The requests of each project, by its id, at each of its priorities, the first first."""
        held: dict[str, dict[tuple[int, int], list[str]]] = {each.id: {} for each in self.projects}
        for case in self.cases:
            for each in case.stated:
                key = _priority(each)
                if key is not None and each.project.id in held:
                    held[each.project.id].setdefault(key, []).append(case.request.id)
        return {project: dict(sorted(levels.items())) for project, levels in held.items()}

    @cached_property
    def ballots(self) -> Mapping[str, Ballot]:
        """What each project puts first, by its id."""
        return {project: _tied(levels.values()) for project, levels in self._levels.items()}

    @cached_property
    def majorities(self) -> Majorities:
        """Which requests more projects put before which others."""
        return majorities(self.ballots.values(), self._ids)

    @cached_property
    def borda(self) -> Mapping[str, float]:
        """The points of Borda of each request."""
        return borda(self.ballots.values(), self._ids)

    @cached_property
    def copeland(self) -> Mapping[str, int]:
        """The points of Copeland of each request."""
        return self.majorities.copeland()

    @property
    def _ids(self) -> tuple[str, ...]:
        return tuple(each.request.id for each in self.cases)

    @cached_property
    def judged(self) -> frozenset[str]:
        """The requests on which every project has taken a side."""
        every = len(self.projects)
        return frozenset(
            each.request.id
            for each in self.cases
            if sum(said.position.stance in SIDE for said in each.stated) == every
        )

    def schools(self, some: Iterable[Project]) -> Schools:
        """The schools announced by *some* of the projects and by all, for information."""
        known = self._announced
        return Schools(
            sum(known.get(each.id, 0) for each in some),
            sum(known.values()),
            tuple(each for each in self.projects if each.id not in known),
        )

    @cached_property
    def _announced(self) -> Mapping[str, int]:
        found = ((each.id, announced(each)) for each in self.projects)
        return {id: count for id, count in found if count is not None}

    @cached_property
    def concordance(self) -> float | None:
        """Kendall's W over the requests that every project judged; None where it says nothing."""
        kept = [
            tuple(level for each in ballot if (level := self.judged.intersection(each)))
            for ballot in self.ballots.values()
        ]
        return kendall(kept)

    def smallest(self, first: int) -> Cover:
        """The smallest set of requests that gives each project its *first* priorities.

        What a project neither wants nor asks for is no priority of its.
        """
        wanted = (
            _tied(tied for key, tied in levels.items() if key < NOT_WANTED)
            for levels in self._levels.values()
        )
        return cover(wanted, first)

    @cached_property
    def alike(self) -> Mapping[tuple[str, str], Likeness]:
        """How many requests each two projects see from the same side, of those both judged."""
        sides: dict[str, dict[str, int]] = {each.id: {} for each in self.projects}
        for case in self.cases:
            for each in case.stated:
                side = SIDE.get(each.position.stance)
                if side is not None and each.project.id in sides:
                    sides[each.project.id][case.request.id] = side
        return {
            (one.id, other.id): same_side(sides[one.id], sides[other.id])
            for one, other in combinations(self.projects, 2)
        }


def book(graph: Graph) -> Book:
    """The convergence of the projects of *graph* on its open requests."""
    requests = [each for each in graph.all(Request) if each.state in OPEN]
    is_example = all(each.example for each in requests)
    # A made-up project has no voice on a true request.
    projects = tuple(each for each in voters(graph) if is_example or not each.example)
    cases = (_case(each, graph, projects) for each in requests if is_example or not each.example)
    ordered = sorted(
        cases, key=lambda each: (*(-number for number in each.score), each.request.title.casefold())
    )
    return Book(projects, tuple(ordered), bool(requests) and is_example)


def _case(request: Request, graph: Graph, projects: Sequence[Project]) -> Case:
    found = standing(request, graph, projects)
    known = {each.id for each in projects}
    stated = tuple(each for each in found.stated if each.project.id in known)
    return Case(request, stated, found.missing)


def _tied(levels: Iterable[Iterable[str]]) -> Ballot:
    return tuple(map(tuple, levels))


def _priority(stated: Stated) -> tuple[int, int] | None:
    """Where a project puts a request: by the rank it gave, then by its stance."""
    position = stated.position
    if position.stance not in SIDE:
        return None
    if position.rank is not None and position.stance in FOR:
        return (0, position.rank)
    return (1, UNRANKED.index(position.stance))


def offers_alike(graph: Graph) -> Mapping[tuple[str, str], Likeness]:
    """How alike the services are that each two projects offer, what is unknown left out."""
    projects = voters(graph)
    if not graph.registry.has(Offer):
        return {}
    services = tuple(each for each in graph.all(Service) if not each.external)
    has: dict[str, set[str]] = {each.id: set() for each in projects}
    known: dict[str, set[str]] = {each.id: set() for each in projects}
    for row in offer_matrix(graph, services, projects):
        for project, cell in zip(projects, row.cells, strict=True):
            if not cell.of_fact or cell.answer is Answer.UNKNOWN:
                continue
            known[project.id].add(row.service.id)
            if cell.answer in HAS:
                has[project.id].add(row.service.id)
    return {
        (one.id, other.id): jaccard(has[one.id], has[other.id], known[one.id], known[other.id])
        for one, other in combinations(projects, 2)
    }

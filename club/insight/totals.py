"""How many schools a platform equips: the sum of its projects against what is claimed of it."""

from __future__ import annotations

from dataclasses import dataclass

from club.model.claims import used
from club.model.dates import PartialDate
from club.model.fields import Claim
from club.model.graph import Graph
from club.records.platform.model import Platform
from club.records.project.model import Project

EQUIPPED, TARGET = "schools_equipped", "schools_target"


@dataclass(frozen=True, slots=True)
class Used:
    """The claim taken of one field of a project, its rank there, and the rivals of its date."""

    claim: Claim[int]
    field: str
    index: int
    others: tuple[tuple[int, Claim[int]], ...]

    @property
    def value(self) -> int:
        """How many schools it counts."""
        return self.claim.value


@dataclass(frozen=True, slots=True)
class Term:
    """What one project brings: the schools it equips, those it aims at; None where unknown."""

    project: Project
    equipped: Used | None
    target: Used | None

    @property
    def announced(self) -> int:
        """What the project announces: its target if it has one, else what it equips."""
        found = self.target or self.equipped
        return found.value if found else 0


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A claimed total beside what its projects add up to: equipped, and with targets."""

    claimed: Claim[int]
    terms: tuple[Term, ...]
    examples: tuple[Term, ...] = ()
    """What made-up projects would bring, which no sum holds."""

    @property
    def equipped(self) -> int:
        """The schools that the projects are known to equip; those of an unknown number left out."""
        return sum(term.equipped.value for term in self.terms if term.equipped)

    @property
    def announced(self) -> int:
        """The same with the target of each project that has one, in the place of what it equips."""
        return sum(term.announced for term in self.terms)

    @property
    def gap(self) -> int:
        """Claimed minus equipped."""
        return self.claimed.value - self.equipped


def reconcile(platform: Platform, graph: Graph) -> tuple[Reconciliation, ...]:
    """Each claimed total of *platform*, beside the sums of its projects at the same time."""
    every = graph.pointing(platform, Project, "platform")
    projects = [each for each in every if platform.example or not each.example]
    made_up = [each for each in every if each not in projects]
    return tuple(
        Reconciliation(
            claim,
            tuple(_term(project, claim.as_of) for project in projects),
            tuple(_term(project, claim.as_of) for project in made_up),
        )
        for claim in platform.schools_equipped
    )


def _term(project: Project, until: PartialDate | None) -> Term:
    return Term(project, _used(project, EQUIPPED, until), _used(project, TARGET, until))


def _used(project: Project, field: str, until: PartialDate | None) -> Used | None:
    claims: tuple[Claim[int], ...] = getattr(project, field)
    chosen = used(claims, until)
    if chosen is None:
        return None
    others = tuple(
        (index, each)
        for index, each in enumerate(claims)
        if each is not chosen and each.as_of == chosen.as_of
    )
    return Used(chosen, field, claims.index(chosen), others)


def announced(project: Project) -> int | None:
    """The schools that *project* announces: its newest target, else those it equips, or None."""
    term = _term(project, None)
    return term.announced if term.target or term.equipped else None

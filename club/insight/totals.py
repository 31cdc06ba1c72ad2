"""How many schools a platform equips: the sum of its projects against what is claimed of it."""

from __future__ import annotations

from dataclasses import dataclass

from club.model.claims import used
from club.model.dates import PartialDate
from club.model.fields import Claim
from club.model.graph import Graph
from club.records.platform.model import Platform
from club.records.project.model import Project


@dataclass(frozen=True, slots=True)
class Term:
    """What one project brings to the sum, and whether it is a target rather than a fact."""

    project: Project
    claim: Claim[int] | None
    field: str
    index: int
    others: tuple[Claim[int], ...]

    @property
    def is_target(self) -> bool:
        """Whether the value announces schools still to be equipped."""
        return self.field == "schools_target"


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A claimed total beside the sum of its terms."""

    claimed: Claim[int]
    terms: tuple[Term, ...]

    @property
    def computed(self) -> int:
        """The sum of the terms that are known."""
        return sum(term.claim.value for term in self.terms if term.claim)

    @property
    def equipped_only(self) -> int:
        """The sum without targets."""
        return sum(term.claim.value for term in self.terms if term.claim and not term.is_target)

    @property
    def gap(self) -> int:
        """Claimed minus computed."""
        return self.claimed.value - self.computed


def reconcile(platform: Platform, graph: Graph) -> tuple[Reconciliation, ...]:
    """Each claimed total of *platform*, beside the sum of its projects at the same time."""
    projects = graph.pointing(platform, Project, "platform")
    return tuple(
        Reconciliation(claim, tuple(_term(project, claim.as_of) for project in projects))
        for claim in platform.schools_equipped
    )


def _term(project: Project, until: PartialDate | None) -> Term:
    """A project counts for what it announces: its target if it has one, else what is equipped."""
    for field in ("schools_target", "schools_equipped"):
        claims: tuple[Claim[int], ...] = getattr(project, field)
        if chosen := used(claims, until):
            others = tuple(
                each for each in claims if each is not chosen and each.as_of == chosen.as_of
            )
            return Term(project, chosen, field, claims.index(chosen), others)
    return Term(project, None, "schools_equipped", 0, ())

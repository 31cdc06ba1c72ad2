"""The ends that comparisons state, of contracts and the like, and those that nobody has found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from club.model.dates import PartialDate
from club.model.fields import Claim
from club.model.graph import Graph
from club.model.record import Record
from club.records.comparison.model import Comparison, Criterion, CriterionType

ENDS_URL = "comparisons/ends/"


@dataclass(frozen=True, slots=True)
class End:
    """When something of *subject* ends, as one source states it; *path* says where."""

    comparison: Comparison
    criterion: Criterion
    subject: Record
    when: PartialDate
    claim: Claim[str]
    path: tuple[str | int, ...]


def ends(graph: Graph) -> tuple[End, ...]:
    """Every end that is stated, soonest first."""
    found = (each for comparison in graph.all(Comparison) for each in _of(comparison, graph))
    return tuple(sorted(found, key=lambda each: (each.when.sort_key, each.subject.id)))


def _of(comparison: Comparison, graph: Graph) -> Iterator[End]:
    criteria = {each.id: each for each in _criteria(comparison)}
    for index, cell in enumerate(comparison.cells):
        criterion, subject = criteria.get(cell.criterion), graph.get(cell.subject)
        if criterion and subject:
            for number, claim in enumerate(cell.claim):
                when = PartialDate.parse(claim.value)
                path = ("cells", index, "claim", number)
                yield End(comparison, criterion, subject, when, claim, path)


def unknown_ends(graph: Graph) -> tuple[tuple[Comparison, Criterion, tuple[Record, ...]], ...]:
    """For each criterion that takes an end, the subjects for which none is stated."""
    known = {(each.comparison.id, each.criterion.id, each.subject.id) for each in ends(graph)}
    return tuple(
        (comparison, criterion, missing)
        for comparison in graph.all(Comparison)
        for criterion in _criteria(comparison)
        if (
            missing := tuple(
                subject
                for subject in map(graph.get, comparison.subjects)
                if subject and (comparison.id, criterion.id, subject.id) not in known
            )
        )
    )


def _criteria(comparison: Comparison) -> tuple[Criterion, ...]:
    return tuple(each for each in comparison.criteria if each.type is CriterionType.END)

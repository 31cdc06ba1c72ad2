"""The ends that contracts and comparisons tell, and those that nobody has found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from club.insight.contracts import compared, contracts_of, term
from club.model.dates import PartialDate
from club.model.fields import Claim
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.record import Record
from club.records.comparison.model import Comparison, Criterion, CriterionType
from club.records.contract.model import Contract
from club.records.project.model import Project

ENDS_URL = "comparisons/ends/"
WORKED_OUT = Message(N_("worked out from its start and its duration"))
"""What is said of an end that no source states."""
WORKED_BACK = Message(N_("worked out from its end and its duration"))
"""What is said of a start that no source states."""


@dataclass(frozen=True, slots=True)
class End:
    """When something of *subjects* ends; *path* says where in *record*, which tells it.

    *claim* is what a source states, if it is not worked out; *label* is the criterion, if any.
    """

    record: Record
    label: str
    subjects: tuple[Record, ...]
    when: PartialDate
    claim: Claim[Any] | None
    path: tuple[str | int, ...]


def ends(graph: Graph) -> tuple[End, ...]:
    """Every end that is known, soonest first."""
    stated = (each for comparison in graph.all(Comparison) for each in _of(comparison, graph))
    found = (*_of_contracts(graph), *stated)
    return tuple(sorted(found, key=lambda each: (each.when.sort_key, each.subjects[0].id)))


def _of_contracts(graph: Graph) -> Iterator[End]:
    """The end to use of each contract."""
    for contract in graph.all(Contract):
        subjects = tuple(found for each in contract.projects if (found := graph.get(each)))
        if (known := term(contract)) and subjects:
            where = contract.end.index(known.claim) if known.claim else 0
            path = ("end", where) if known.claim else ("start",)
            yield End(contract, "", subjects, known.when, known.claim, path)


def _of(comparison: Comparison, graph: Graph) -> Iterator[End]:
    criteria = {each.id: each for each in _criteria(comparison)}
    for index, cell in enumerate(comparison.cells):
        criterion, subject = criteria.get(cell.criterion), graph.get(cell.subject)
        if criterion and subject:
            for number, claim in enumerate(cell.claim):
                when = PartialDate.parse(claim.value)
                path = ("cells", index, "claim", number)
                yield End(comparison, criterion.label, (subject,), when, claim, path)


def unknown_ends(graph: Graph) -> tuple[tuple[Comparison, Criterion, tuple[Record, ...]], ...]:
    """For each criterion that takes an end, the subjects for which none is stated."""
    known = {
        (comparison.id, cell.criterion, found.id)
        for comparison in graph.all(Comparison)
        for cell in comparison.cells
        if (found := graph.get(cell.subject))
    }
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


def projects_without_end(graph: Graph) -> tuple[Project, ...]:
    """The projects side by side of which no contract, but for made-up ones, tells its end."""
    if not graph.registry.has(Contract):
        return ()
    return tuple(
        project
        for project in compared(graph)
        if not any(term(each) for each in contracts_of(project, graph) if not each.example)
    )


def _criteria(comparison: Comparison) -> tuple[Criterion, ...]:
    return tuple(each for each in comparison.criteria if each.type is CriterionType.END)

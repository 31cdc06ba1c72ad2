"""Rules about comparisons: cells that belong, values that fit their criterion."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from club.model.dates import PartialDate
from club.model.fields import Reference
from club.model.graph import Graph
from club.model.kind import check
from club.model.message import N_, Message
from club.model.money import SPACES, Money
from club.model.problem import Problem, Rule, nearest
from club.records.comparison.model import Comparison, Criterion, CriterionType

YES_NO = {"yes", "no", "oui", "non"}

UNKNOWN_CRITERION = Rule(
    name="unknown-criterion",
    wants=N_("Each value of a comparison is for one of its subjects and one of its criteria."),
    example="cells:\n  - {subject: e-lyco, criterion: forme, claim: groupement}",
)
CRITERION_VALUE = Rule(
    name="criterion-value",
    wants=N_("A value fits the type of its criterion: yes or no, a listed choice, a number."),
    example="criteria:\n  - {id: duree, label: Durée, type: number, unit: mois}",
)


@check(UNKNOWN_CRITERION)
def check_unknown_criterion(graph: Graph) -> Iterator[Problem]:
    """No value falls outside the table, where nobody would see it."""
    for comparison in graph.all(Comparison):
        criteria = [criterion.id for criterion in comparison.criteria]
        subjects = [subject.id for subject in comparison.subjects]
        compared = {_current_id(subject, graph) for subject in comparison.subjects}
        for index, cell in enumerate(comparison.cells):
            for field, found, known, is_known in (
                ("criterion", cell.criterion, criteria, cell.criterion in criteria),
                (
                    "subject",
                    cell.subject.id,
                    subjects,
                    _current_id(cell.subject, graph) in compared,
                ),
            ):
                if not is_known:
                    yield UNKNOWN_CRITERION.problem(
                        graph.place(comparison, "cells", index, field),
                        N_("“{found}” is not in the list “{field}” of this comparison"),
                        nearest=nearest(found, known),
                        record=comparison.key,
                        found=found,
                        field=field,
                    )


def _current_id(subject: Reference[Any], graph: Graph) -> str:
    record = graph.get(subject)
    return record.id if record else subject.id


@check(CRITERION_VALUE)
def check_criterion_value(graph: Graph) -> Iterator[Problem]:
    """Values can be compared because they are of one type."""
    for comparison in graph.all(Comparison):
        by_id = {criterion.id: criterion for criterion in comparison.criteria}
        for index, cell in enumerate(comparison.cells):
            criterion = by_id.get(cell.criterion)
            for number, claim in enumerate(cell.claim):
                if criterion and not _fits(claim.value, criterion):
                    yield CRITERION_VALUE.problem(
                        graph.place(comparison, "cells", index, "claim", number, "value"),
                        N_("“{found}” is not a value of the type “{type}”"),
                        expected=_one_of(criterion.values),
                        nearest=nearest(claim.value, criterion.values),
                        record=comparison.key,
                        found=claim.value,
                        type=criterion.type,
                    )


def _one_of(values: tuple[str, ...]) -> Message | None:
    return Message(N_("one of {values}"), {"values": ", ".join(values)}) if values else None


def _fits(value: str, criterion: Criterion) -> bool:
    if criterion.type is CriterionType.YES_NO:
        return value.lower() in YES_NO
    if criterion.type is CriterionType.CHOICE:
        return value in criterion.values
    try:
        if criterion.type is CriterionType.NUMBER:
            return Decimal(SPACES.sub("", value).replace(",", ".")).is_finite()
        if criterion.type is CriterionType.MONEY:
            Money.parse(value)
        if criterion.type is CriterionType.END:
            PartialDate.parse(value)
    except (InvalidOperation, ValueError):
        return False
    return True


CHECKS = (check_unknown_criterion, check_criterion_value)

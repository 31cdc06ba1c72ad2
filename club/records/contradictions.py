"""Claims of any kind that contradict one another without a word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from club.insight.claims import contradicts
from club.model.fields import Claim, Reliability
from club.model.graph import Graph
from club.model.kind import check
from club.model.message import N_, Message
from club.model.problem import Level, Problem, Rule
from club.model.record import Record

SILENT_CONTRADICTION = Rule(
    name="silent-contradiction",
    level=Level.WARNING,
    wants=N_("Claims that differ for the same date and scope are marked as contradicted."),
    example="schools_equipped:\n  - {value: 284, as_of: 2012, reliability: contradicted}",
)


@check(SILENT_CONTRADICTION)
def check_silent_contradiction(graph: Graph) -> Iterator[Problem]:
    """A reader is told when sources disagree."""
    for record in graph:
        for field, claims in claim_fields(record):
            if not contradicts(claims):
                continue
            if not any(claim.reliability is Reliability.CONTRADICTED for claim in claims):
                yield SILENT_CONTRADICTION.problem(
                    graph.place(record, field),
                    N_(
                        "different values stand here without being marked as contradicted: {values}"
                    ),
                    expected=Message(N_("reliability: contradicted")),
                    record=record.key,
                    values=tuple(str(claim.value) for claim in claims),
                )


def claim_fields(record: Record) -> Iterator[tuple[str, tuple[Claim[Any], ...]]]:
    """The fields of *record* that hold claims, with them."""
    for name in record.model_fields_set:
        held = getattr(record, name)
        if isinstance(held, tuple) and held and isinstance(held[0], Claim):
            yield name, held

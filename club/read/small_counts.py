"""Counts of people that a record states to everybody, below what figures must reach to be told.

A claim is what a source says: hidden without a word, the record would no longer say it. So it is
never masked as series are, and whoever writes it is warned instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from club.model.fields import Claim, Qualifier
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.problem import Level, Problem, Rule
from club.model.record import Audience, Record

SMALL_COUNT = Rule(
    name="small-count",
    wants=N_(
        "What a record tells everybody of how many people there are, or of what they do, reaches"
        " what figures must reach to be told. A known exception keeps what is published already."
    ),
    example="users: {value: 5, qualifier: less_than, as_of: 2012}",
    level=Level.WARNING,
)
FOUND = N_("{count} is less than {least}, below which figures are masked: few people can be told")
EXPECTED = N_("“less_than” with {least} or more, or “audience: members” beside the value")


def check_small_counts(graph: Graph, least: int) -> Iterator[Problem]:
    """The claims of *graph* that everybody may read and that count fewer than *least* people.

    Nobody is zero people; a number to reach counts none; a made-up record tells of none.
    """
    for record in graph:
        if record.example or record.audience.get("") is Audience.MEMBERS:
            continue
        for field in sorted(record.fields_of_people(graph.get) - record.hidden_fields):
            for keys, claim in _claims(record, field):
                if claim.audience is Audience.MEMBERS or claim.qualifier is Qualifier.TARGET:
                    continue
                if 0 < claim.value < least:
                    yield SMALL_COUNT.problem(
                        graph.place(record, *keys, "value"),
                        FOUND,
                        expected=Message(EXPECTED, {"least": least}),
                        record=record.key,
                        count=claim.value,
                        least=least,
                    )


def _claims(record: Record, field: str) -> Iterator[tuple[tuple[str | int, ...], Claim[Any]]]:
    """Each claim in *field* of *record*, with the keys where it stands."""
    held = getattr(record, field)
    if isinstance(held, Claim):
        yield (field,), held
    elif held is not None:
        yield from (((field, index), each) for index, each in enumerate(held))

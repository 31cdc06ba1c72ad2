"""Counts of people that a record states to everybody, below what figures must reach to be told.

A claim is what a source says: hidden without a word, the record would no longer say it. So it is
never masked as series are, and whoever writes it is warned instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from club.insight.usage import stating, stating_for_members
from club.model.fields import Claim, Qualifier
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.problem import Level, Problem, Rule
from club.model.record import Audience, Reader, Record
from club.model.series import Observation

SMALL_COUNT = Rule(
    name="small-count",
    wants=N_(
        "What a record tells everybody of how many people there are, or of what they do, reaches"
        " what figures must reach to be told. A known exception keeps what is published already."
    ),
    example="users: {value: 5, qualifier: less_than, as_of: 2012}",
    level=Level.WARNING,
)
MASKED_VALUE = Rule(
    name="masked-value",
    wants=N_(
        "What a record tells everybody is none of the figures that are masked: with one of them,"
        " the small count beside it can be worked out. A known exception keeps what is published."
    ),
    example="baseline: {value: 1234, as_of: 2012-09, audience: members}",
    level=Level.WARNING,
)
MEMBERS_FIGURE = Rule(
    name="members-figure",
    wants=N_(
        "What a record tells everybody is no figure of an indicator that is for members. A known"
        " exception keeps what is published already, by whoever may tell it."
    ),
    example="goal: {value: 1200, as_of: 2012-09, audience: members}",
    level=Level.WARNING,
)
MEMBERS_FOUND = N_("everybody is told {count}, and “{indicator}” is for members")
MASKED_FOUND = N_(
    "{count} is what the series tell of “{indicator}” for {period}, and is masked there ({other}):"
    " a small count can be worked out from it"
)
MASKED_EXPECTED = N_("“audience: members” beside the value, or a record without it")
FOUND = N_("{count} is less than {least}, below which figures are masked: few people can be told")
EXPECTED = N_("“less_than” with {least} or more, or “audience: members” beside the value")


def check_small_counts(graph: Graph, least: int) -> Iterator[Problem]:
    """The claims of *graph* that everybody may read and that count fewer than *least* people.

    Nobody is zero people; a number to reach counts none; a made-up record tells of none.
    """
    for record in graph:
        for field in sorted(record.fields_of_people(graph.get)):
            for keys, claim in _told(record, field):
                if claim.qualifier is not Qualifier.TARGET and 0 < claim.value < least:
                    yield SMALL_COUNT.problem(
                        graph.place(record, *keys, "value"),
                        FOUND,
                        expected=Message(EXPECTED, {"least": least}),
                        record=record.key,
                        count=claim.value,
                        least=least,
                    )


def check_masked_values(
    graph: Graph, figures: Iterable[Observation], least: int
) -> Iterator[Problem]:
    """The claims of *graph* that say what was masked of *figures*, which are as files say them.

    A claim is of the same indicator, project and period, or of no date; a goal is a number of the
    future, and only of the period that it names. Below *least*, it is told as a small count.
    """
    masks: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for known, shown in zip(figures, graph.series, strict=True):
        if (shown.is_masked or shown.is_for_members) and not shown.dimension:
            masks[shown.indicator, shown.project].append(known)
    if not masks:
        return
    for record, field, indicator, project in stating(graph):
        held = masks.get((indicator, project), [])
        for keys, claim in _told(record, field) if held else ():
            found = next((e for e in held if _says(claim, e, is_goal=field == "goal")), None)
            if found is not None and not 0 < claim.value < least:
                yield MASKED_VALUE.problem(
                    graph.place(record, *keys, "value"),
                    MASKED_FOUND,
                    expected=Message(MASKED_EXPECTED),
                    record=record.key,
                    count=claim.value,
                    indicator=indicator,
                    period=found.span.said,
                    other=str(found.place),
                )


def check_members_figures(graph: Graph) -> Iterator[Problem]:
    """The claims of *graph* that tell everybody a figure of an indicator that is for members."""
    for record, field, indicator in stating_for_members(graph):
        for keys, claim in _told(record, field):
            yield MEMBERS_FIGURE.problem(
                graph.place(record, *keys, "value"),
                MEMBERS_FOUND,
                expected=Message(MASKED_EXPECTED),
                record=record.key,
                count=claim.value,
                indicator=indicator,
            )


def _says(claim: Claim[Any], seen: Observation, *, is_goal: bool) -> bool:
    """Whether *claim* is the figure *seen*."""
    if claim.value != seen.value or claim.qualifier in (Qualifier.LESS_THAN, Qualifier.TARGET):
        return False
    when = claim.as_of
    if when is None:
        return not is_goal
    return seen.span.first <= when.first and when.last <= seen.span.last


def _claims(record: Record, field: str) -> Iterator[tuple[tuple[str | int, ...], Claim[Any]]]:
    """Each claim in *field* of *record*, with the keys where it stands."""
    held = getattr(record, field)
    if isinstance(held, Claim):
        yield (field,), held
    elif held is not None:
        yield from (((field, index), each) for index, each in enumerate(held))


def _told(record: Record, field: str) -> Iterator[tuple[tuple[str | int, ...], Claim[Any]]]:
    """The same that everybody may read, of a record that is not made up."""
    is_read = Reader(Audience.PUBLIC).may_read(record) and field not in record.hidden_fields
    if is_read and not record.example:
        yield from (
            (keys, claim)
            for keys, claim in _claims(record, field)
            if claim.audience is not Audience.MEMBERS
        )

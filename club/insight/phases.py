"""How the phases of a consultation follow one another, to the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from club.model.dates import PartialDate, Precision
from club.records.consultation.model import Phase


@dataclass(frozen=True, slots=True)
class Step:
    """A phase, and how many days are between the end of the one before and its start.

    Less than none are days that belong to both; None where a day is not known.
    """

    phase: Phase
    days_between: int | None


def steps(phases: Sequence[Phase]) -> tuple[Step, ...]:
    """The *phases* as they are listed, with what is between each and the one before."""
    between = [_between(old.end, new.start) for old, new in pairwise(phases)]
    return tuple(map(Step, phases, (None, *between)))


def _between(end: PartialDate | None, start: PartialDate | None) -> int | None:
    if not (_is_day(end) and _is_day(start)):
        return None
    assert end
    assert start
    return (start.first - end.last).days - 1


def _is_day(when: PartialDate | None) -> bool:
    return when is not None and when.precision is Precision.DAY and not when.approximate


def current(phases: Sequence[Phase], today: date | None) -> tuple[Phase, ...]:
    """The phases that *today* belongs to: two of them where they overlap."""
    return tuple(
        each
        for each in phases
        if today and each.start and each.end and each.start.first <= today <= each.end.last
    )

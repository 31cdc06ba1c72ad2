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
    between = [_between(old, new) for old, new in pairwise(phases)]
    return tuple(map(Step, phases, (None, *between)))


def _between(old: Phase, new: Phase) -> int | None:
    """The days from the end of *old* to the start of *new*; below zero, those that both have."""
    end, start = old.end, new.start
    if not (_is_day(end) and _is_day(start)):
        return None
    assert end
    assert start
    apart = (start.first - end.last).days - 1
    if apart >= 0:
        return apart
    # One may lie in the other: what they share ends with the first of them that ends.
    first = max(old.start.first, start.first) if _is_day(old.start) and old.start else start.first
    last = min(end.last, new.end.last) if _is_day(new.end) and new.end else end.last
    # One that was over before the other began, and is listed after it, shares nothing with it.
    return (first - last).days - 1 if first <= last else None


def _is_day(when: PartialDate | None) -> bool:
    return when is not None and when.precision is Precision.DAY and not when.approximate


def current(phases: Sequence[Phase], today: date | None) -> tuple[Phase, ...]:
    """The phases that *today* belongs to: two of them where they overlap."""
    return tuple(
        each
        for each in phases
        if today and each.start and each.end and each.start.first <= today <= each.end.last
    )

"""How the phases of a consultation follow one another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.insight.phases import current, steps
from club.model.dates import PartialDate
from club.records.consultation.model import Phase

DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))
SPANS = st.lists(st.tuples(DAYS, st.integers(0, 120)), max_size=6)


def phase(number: int, start: str | None, end: str | None) -> Phase:
    dates = {"start": start, "end": end}
    known = {name: PartialDate.parse(day) for name, day in dates.items() if day}
    return Phase.model_validate({"number": number, **known})


def days(start: date, length: int) -> set[date]:
    return {start + timedelta(day) for day in range(length + 1)}


@given(SPANS, DAYS)
def test_days_are_counted_one_by_one(spans: list[tuple[date, int]], today: date) -> None:
    phases = [
        phase(number, start.isoformat(), (start + timedelta(length)).isoformat())
        for number, (start, length) in enumerate(spans, 1)
    ]
    held = [days(*each) for each in spans]
    for index, step in enumerate(steps(phases)[1:], 1):
        end, start = max(held[index - 1]), min(held[index])
        between = days(end, (start - end).days) - {end, start} if start > end else set()
        shared = held[index - 1] & held[index]
        is_before = max(held[index]) < min(held[index - 1])
        expected = None if is_before else len(between) - len(shared)
        assert step.days_between == expected
    assert [each.number for each in current(phases, today)] == [
        number for number, each in enumerate(held, 1) if today in each
    ]


def test_a_phase_inside_another_shared_days_that_it_had_not() -> None:
    """From 15 January to 28 February, within the first quarter: 45 days, and not 76."""
    outer, inner = phase(1, "2026-01-01", "2026-03-31"), phase(2, "2026-01-15", "2026-02-28")
    assert steps([outer, inner])[1].days_between == -45


@pytest.mark.parametrize(
    ("end", "start"),
    [
        ("2024-06", "2024-09-01"),
        ("~2024-06-30", "2024-09-01"),
        (None, "2024-09-01"),
        ("2024", None),
    ],
)
def test_no_days_are_counted_from_a_day_that_is_not_known(
    end: str | None, start: str | None
) -> None:
    _, second = steps([phase(1, None, end), phase(2, start, None)])
    assert second.days_between is None


def test_no_phase_is_current_on_no_day() -> None:
    assert current([phase(1, "2024-04-01", "2024-06-30")], None) == ()
    assert current([phase(1, "2024-04-01", None)], date(2024, 5, 1)) == ()

"""Figures measured over time: a row of `data/series/`, and the period it tells of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from club.model.fields import Qualifier
from club.model.problem import Place

FOLDER = "data/series"
COLUMNS = (
    "indicator",
    "project",
    "period",
    "dimension",
    "key",
    "value",
    "qualifier",
    "source",
)
"""The columns of a file of series, in their order."""
WEEK = re.compile(r"(\d{4})-[WS](\d\d)", re.IGNORECASE | re.ASCII)
MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)
QUARTER = re.compile(r"(\d{4})-[TQ]([1-4])", re.IGNORECASE | re.ASCII)
SCHOOL_YEAR = re.compile(r"(\d{4})-(\d{4})", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1990, 2100
"""No platform of schools was measured before, and nobody who reads this will see the end."""
LEAST_COUNT = 5
"""What a count must reach to be told, unless the settings of the club say otherwise."""
FORMS = {"week": "2012-W07", "month": "2012-02", "quarter": "2012-T1", "school_year": "2011-2012"}
"""How each period is written; weeks are those of ISO 8601, school years begin in September."""


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A period: its *unit* (`week`, `month`, `quarter`, `school_year`), its first and last day."""

    unit: str
    first: date
    last: date
    said: str
    """The period as a file writes it, in its normal form."""


def time_span(text: str) -> TimeSpan | None:
    """The period that *text* says, or None.

    A year and a month such as `2011-12` are a month; the school year is `2011-2012`.
    """
    if not text[:4].isdecimal() or not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        return None
    try:
        if match := WEEK.fullmatch(text):
            first = date.fromisocalendar(int(match[1]), int(match[2]), 1)
            last = first + timedelta(days=6)
            return TimeSpan("week", first, last, f"{match[1]}-W{match[2]}")
        if match := MONTH.fullmatch(text):
            first = date(int(match[1]), int(match[2]), 1)
            return TimeSpan("month", first, _end(first, 1), text)
        if match := QUARTER.fullmatch(text):
            first = date(int(match[1]), 3 * int(match[2]) - 2, 1)
            return TimeSpan("quarter", first, _end(first, 3), f"{match[1]}-T{match[2]}")
        if (match := SCHOOL_YEAR.fullmatch(text)) and int(match[2]) == int(match[1]) + 1:
            first = date(int(match[1]), 9, 1)
            return TimeSpan("school_year", first, _end(first, 12), text)
    except ValueError:
        pass
    return None


def _end(first: date, months: int) -> date:
    """The last day of *months* months from *first*, the first of a month."""
    month = first.month - 1 + months
    return date(first.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def school_year_of(day: date) -> str:
    """The school year, September to August, that *day* falls in: `2011-2012`."""
    year = day.year if day.month >= 9 else day.year - 1
    return f"{year}-{year + 1}"


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure: *indicator*, *project* and *source* are ids, *value* is None where unknown.

    *dimension* and *key* say which part of the whole it is: `profile`, `student`; a total has
    neither. *key* is the id of a service where the dimension is one.
    """

    indicator: str
    project: str
    span: TimeSpan
    dimension: str
    key: str
    value: Decimal | None
    qualifier: Qualifier
    source: str
    place: Place
    is_masked: bool = False
    """Whether it is known, and kept from its reader: it is a small count, or would tell one."""
    is_for_members: bool = False
    """Whether anybody could work out a figure for members with it: it is masked for the public."""

    @property
    def mentions(self) -> tuple[str, ...]:
        """The ids of the records without which it says nothing."""
        service = (self.key,) if self.dimension == "service" else ()
        return (self.indicator, self.project, *filter(None, (self.source,)), *service)

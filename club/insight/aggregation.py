"""Figures of short periods made into those of long ones, written once through Ibis.

The expression knows no engine: DuckDB runs it here, and any other that Ibis compiles for could.
A club without series never imports either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from club.model.series import Observation

Long = Literal["month", "quarter", "school_year"]
THURSDAY = 3
"""A week is of the month of its Thursday, as ISO 8601 gives a week to a year."""
COLUMNS = {
    "indicator": "string",
    "project": "string",
    "dimension": "string",
    "key": "string",
    "rule": "string",
    "unit": "string",
    "day": "date",
    "value": "decimal(38, 4)",
}
"""The columns that the expression reads: *day* is the one that says where a period belongs."""
LINE = ("indicator", "project", "dimension", "key", "rule", "unit")
"""The columns whose words are the same for hundreds of figures: the engine is given them once."""
DECIMAL = "DECIMAL(38, 4)"
AT_ONCE = 10_000
"""So many figures are handed over at once: the lists of all of them would be held twice."""


@dataclass(frozen=True, slots=True)
class Point:
    """The figure of a long period from its *start*; *known* of its *rows* had a value.

    *value* is None if nothing is known or if nothing makes a long period of short ones.
    """

    indicator: str
    project: str
    dimension: str
    key: str
    start: date
    unit: str
    value: Decimal | None
    known: int
    rows: int


def expression(to: Long) -> Any:
    """What Ibis makes of the figures: a row for each part of each long period.

    School years begin in September: eight months earlier, they are the years of the calendar.
    Engines disagree on what truncates to a date and on what a mean is: both are said in full.
    """
    import ibis  # noqa: PLC0415 – half a second that a club without series does not wait

    figures = ibis.table(COLUMNS, name="figures")
    if to == "school_year":
        start = (figures.day - ibis.interval(months=8)).truncate("Y") + ibis.interval(months=8)
    else:
        start = figures.day.truncate("M" if to == "month" else "Q")
    grouped = figures.mutate(start=start.cast("timestamp").cast("date")).group_by(
        ["indicator", "project", "dimension", "key", "rule", "unit", "start"]
    )
    sums = grouped.aggregate(
        total=lambda each: each.value.sum(),
        last=lambda each: each.value.argmax(each.day, where=each.value.notnull()),
        known=lambda each: each.value.count(),
        rows=lambda each: each.count(),
    )
    kind = "decimal(38, 4)"
    value = ibis.cases(
        (sums.rule == "sum", sums.total.cast(kind)),
        (sums.rule == "mean", (sums.total / sums.known).cast(kind)),
        (sums.rule == "last", sums.last.cast(kind)),
        (sums.rows == 1, sums.total.cast(kind)),
        else_=ibis.null(kind),
    )
    names = ["indicator", "project", "dimension", "key", "start", "unit", "value", "known", "rows"]
    return sums.mutate(value=value).select(names).order_by(names[:6])


def belongs_to(seen: Observation) -> date:
    """The day that says which long period *seen* is of."""
    first = seen.span.first
    return first + timedelta(days=THURSDAY) if seen.span.unit == "week" else first


def aggregate(
    series: Iterable[Observation], rules: Mapping[str, str], to: Long
) -> tuple[Point, ...]:
    """*series* by long period; *rules* say of each indicator whether it is summed, or what else.

    A figure whose period is as long already stays as it is. Of an indicator without a rule, or
    whose rule is `none`, only such figures have a value.
    """
    lines: dict[tuple[str, ...], int] = {}
    rows = [
        (
            lines.setdefault(_line(each, rules, to), len(lines)),
            belongs_to(each),
            None if each.value is None else str(each.value),
        )
        for each in series
        if (each.span.unit, to) in FITS
    ]
    if not rows:
        return ()
    import duckdb  # noqa: PLC0415
    import ibis  # noqa: PLC0415

    with duckdb.connect(":memory:") as base:
        told = ", ".join(f"{name} VARCHAR" for name in LINE)
        base.execute(f"CREATE TABLE lines (line INTEGER, {told})")
        every = [list(column) for column in zip(*lines, strict=True)]
        unnested = ", ".join(["unnest(?)"] * (1 + len(LINE)))
        base.execute(f"INSERT INTO lines SELECT {unnested}", [list(lines.values()), *every])
        base.execute(f"CREATE TABLE cells (line INTEGER, day DATE, value {DECIMAL})")
        for at in range(0, len(rows), AT_ONCE):
            some = [list(column) for column in zip(*rows[at : at + AT_ONCE], strict=True)]
            base.execute(
                f"INSERT INTO cells SELECT unnest(?), unnest(?), unnest(?)::{DECIMAL}", some
            )
        names = ", ".join(COLUMNS)
        base.execute(f"CREATE VIEW figures AS SELECT {names} FROM cells JOIN lines USING (line)")
        found = base.execute(str(ibis.to_sql(expression(to), dialect="duckdb"))).fetchall()
    return tuple(Point(*each) for each in found)


def _line(seen: Observation, rules: Mapping[str, str], to: Long) -> tuple[str, ...]:
    """What *seen* shares with the other figures of its line: a value for each of `LINE`."""
    unit = seen.span.unit
    rule = "none" if unit == to else rules.get(seen.indicator, "none")
    return seen.indicator, seen.project, seen.dimension, seen.key, rule, unit


FITS = {
    ("week", "month"),
    ("week", "quarter"),
    ("week", "school_year"),
    ("month", "month"),
    ("month", "quarter"),
    ("month", "school_year"),
    ("quarter", "quarter"),
    ("school_year", "school_year"),
}
"""Which periods, first, make up which: a school year ends in the middle of a quarter."""

"""Figures of schools made into those of projects, written once through Ibis.

The expressions read the school and the period of each row, as the files write them; the cells, with
the figures; the schools, each with its cohort; the periods, each in its normal form; the times when
a cohort was in no project. Schools of a cohort are of the same projects at the same times. The
expressions know no engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

KEYS, CELLS, SCHOOLS, PERIODS, IDLE = "keys", "cells", "schools", "periods", "idle"
"""The tables; *keys* has `school` and `period`; *cells* has both, `plain`, then a column for each
column of figures. Both are texts, and blanks are empty; a figure that is blank is null. A row is
`plain` if all its figures but durations are null or `WHOLE`: most are, and need no second look."""
SPACES = "[ \u00a0\u202f\u2009]"
WHOLE = r"^[0-9]{1,15}\z"
NUMBER = rf"^(?:[0-9]{{1,15}}|[0-9]{{1,3}}(?:{SPACES}[0-9]{{3}}){{1,4}})(?:[.,][0-9]{{1,4}})?\z"
"""What a number looks like; thousands may stand apart, decimals follow a comma or a point."""
IN_DOUBT = r"^[1-9][0-9]{0,2}(?:[.,][0-9]{3})+\z"
"""What is one number with a decimal comma, and another with thousands apart."""
DURATION = r"^([0-9]{1,6}):([0-5][0-9]):([0-5][0-9])\z"
"""Hours, minutes and seconds; hours go beyond 24."""
KIND = "decimal(38, 4)"
OF_SCHOOLS = {"school": "string", "cohort": "string"}
OF_PERIODS = {"period": "string", "said": "string"}
OF_IDLE = {"cohort": "string", "said": "string"}


def column(index: int) -> str:
    """What the expressions call the column of figures *index*, counted from 0."""
    return f"c{index}"


def _cells(count: int) -> Any:
    import ibis  # noqa: PLC0415 – half a second that no other command waits

    names = dict.fromkeys(["school", "period", *map(column, range(count))], "string")
    return ibis.table({**names, "plain": "boolean"}, name=CELLS)


def _keys() -> Any:
    import ibis  # noqa: PLC0415

    return ibis.table({"school": "string", "period": "string"}, name=KEYS)


def schools_seen() -> Any:
    """Each school of the files, as they write it, and how many rows it has."""
    keys = _keys()
    return keys.group_by("school").aggregate(rows=keys.count())


def periods_seen() -> Any:
    """Each period of the files, as they write it, and how many rows it has."""
    keys = _keys()
    return keys.group_by("period").aggregate(rows=keys.count())


def twice() -> Any:
    """Each school and period that more than one row tells of, and how many rows do."""
    import ibis  # noqa: PLC0415

    schools = ibis.table(OF_SCHOOLS, name=SCHOOLS)
    periods = ibis.table(OF_PERIODS, name=PERIODS)
    known = _keys().join(schools, "school").join(periods, "period")
    groups = known.group_by(["school", "said"]).aggregate(rows=lambda each: each.count())
    return groups.filter(groups.rows > 1).order_by(["said", "school"])


def idle() -> Any:
    """Each school with rows of a time when it was in no project, and how many such rows it has."""
    import ibis  # noqa: PLC0415

    schools = ibis.table(OF_SCHOOLS, name=SCHOOLS)
    periods = ibis.table(OF_PERIODS, name=PERIODS)
    times = ibis.table(OF_IDLE, name=IDLE)
    known = _keys().join(schools, "school").join(periods, "period")
    found = known.semi_join(times, ["cohort", "said"]).group_by("school")
    return found.aggregate(rows=lambda each: each.count())


def sums(durations: Sequence[bool]) -> Any:
    """The sums of all columns by cohort and period; *durations* say which hold durations.

    Of column 0, `c0_total` is the sum (durations: in seconds), `c0_known` how many rows have a
    value, `c0_wrong` how many have a text that is none. Rows of schools without a cohort are left
    out.
    """
    import ibis  # noqa: PLC0415

    cells = _cells(len(durations))
    schools = ibis.table(OF_SCHOOLS, name=SCHOOLS)
    periods = ibis.table(OF_PERIODS, name=PERIODS)
    known = cells.join(schools, "school")
    values = {
        f"v{index}": _value(known[column(index)], known.plain, is_duration=is_duration)
        for index, is_duration in enumerate(durations)
    }
    read = known.mutate(**values)
    made: dict[str, Any] = {"rows": read.count()}
    for index in range(len(durations)):
        name = column(index)
        made[f"{name}_total"] = read[f"v{index}"].sum().cast(KIND)
        made[f"{name}_known"] = read[f"v{index}"].count()
        made[f"{name}_wrong"] = read[name].count() - read[f"v{index}"].count()
    # A period is written in a few ways: these are few rows, and joining all cells took a third.
    as_written = read.group_by(["cohort", "period"]).aggregate(**made)
    told = as_written.join(periods, "period")
    added = {name: told[name].sum().cast(as_written[name].type()) for name in made}
    return told.group_by(["cohort", "said"]).aggregate(**added).order_by(["cohort", "said"])


def _value(text: Any, is_plain: Any, *, is_duration: bool) -> Any:
    """The value of a cell; null for a blank, which is null itself, and for what has none."""
    import ibis  # noqa: PLC0415

    if is_duration:
        hours, minutes, seconds = (
            text.re_extract(DURATION, part).cast("int64") for part in (1, 2, 3)
        )
        whole = (hours * 3600 + minutes * 60 + seconds).cast(KIND)
        return ibis.cases((text.re_search(DURATION), whole), else_=ibis.null(KIND))
    plain = text.re_replace(SPACES, "").replace(",", ".").cast(KIND)
    return ibis.cases(
        (is_plain, text.cast(KIND)),
        (text.re_search(WHOLE), text.cast(KIND)),
        (text.re_search(IN_DOUBT), ibis.null(KIND)),
        (text.re_search(NUMBER), plain),
        else_=ibis.null(KIND),
    )

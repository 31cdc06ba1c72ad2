"""Figures over time: aggregated by one path, masked so that no subtraction undoes it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.insight.aggregation import aggregate
from club.insight.masking import Measure, masked
from club.model.fields import Qualifier
from club.model.mangled import Mangled
from club.model.problem import Place
from club.model.series import Observation, TimeSpan, school_year_of, time_span
from club.read.foreign import period_said
from club.read.series import BELOW_ZERO, SERIES_TWICE, _Reader
from club.read.series import number as number_in
from tests.clubs import club_of, fewer

SUM = {"visites": "sum"}


def seen(
    period: str, value: int | None, dimension: str = "", key: str = "", indicator: str = "visites"
) -> Observation:
    span = time_span(period)
    assert span
    told = None if value is None else Decimal(value)
    at = Place("data/series/a.csv", 2, 6)
    return Observation(indicator, "p", span, dimension, key, told, Qualifier.EXACT, "source", at)


def test_a_week_is_of_the_month_of_its_thursday() -> None:
    """The week of 30 January 2012 has its Thursday on 2 February."""
    weeks = [seen("2012-W04", 10), seen("2012-W05", 20), seen("2012-W09", 40)]
    points = aggregate(weeks, SUM, "month")
    assert [(each.start, each.value) for each in points] == [
        (date(2012, 1, 1), 10),
        (date(2012, 2, 1), 20),
        (date(2012, 3, 1), 40),
    ]


def test_a_school_year_goes_from_september_to_august() -> None:
    months = [seen("2012-08", 1), seen("2012-09", 10), seen("2013-08", 100), seen("2013-09", 1000)]
    points = aggregate(months, SUM, "school_year")
    assert [(each.start, each.value) for each in points] == [
        (date(2011, 9, 1), 1),
        (date(2012, 9, 1), 110),
        (date(2013, 9, 1), 1000),
    ]


def test_users_of_a_week_are_never_added_into_those_of_a_month() -> None:
    weeks = [seen("2012-W06", 10), seen("2012-W07", 20)]
    (point,) = aggregate(weeks, {"visites": "none"}, "month")
    assert (point.value, point.rows) == (None, 2)


def test_a_state_is_the_last_known_and_a_blank_is_no_zero() -> None:
    months = [seen("2012-01", 5), seen("2012-02", 9), seen("2012-03", None)]
    (last,) = aggregate(months, {"visites": "last"}, "quarter")
    assert (last.value, last.known, last.rows) == (9, 2, 3)
    (mean,) = aggregate(months, {"visites": "mean"}, "quarter")
    assert mean.value == 7
    (nothing,) = aggregate([seen("2012-01", None)], SUM, "month")
    assert (nothing.value, nothing.known) == (None, 0)


WEEKS = st.builds(
    lambda year, week, value: (f"{year}-W{week:02}", value),
    st.integers(2018, 2026),
    st.integers(1, 52),
    st.none() | st.integers(0, 10**9),
)


@fewer()
@given(st.lists(WEEKS, min_size=1, unique_by=lambda each: each[0]))
def test_sums_are_those_of_a_loop(weeks: list[tuple[str, int | None]]) -> None:
    """The oracle goes day by day through the calendar, and knows no SQL."""
    series = [seen(*each) for each in weeks]
    expected: dict[str, int] = {}
    for text, value in weeks:
        year, week = int(text[:4]), int(text[-2:])
        thursday = date.fromisocalendar(year, week, 4)
        if value is not None:
            said = school_year_of(thursday)
            expected[said] = expected.get(said, 0) + value
    found = {
        school_year_of(each.start): each.value
        for each in aggregate(series, SUM, "school_year")
        if each.value is not None
    }
    assert found == expected


def test_a_club_without_series_imports_no_engine() -> None:
    code = (
        "import sys, club.read.load, club.insight.aggregation as a;"
        "assert a.aggregate([], {}, 'month') == ();"
        "print(sorted({'duckdb', 'ibis', 'pandas', 'pyarrow', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_engine_needs_no_arrays() -> None:
    """Ibis compiles and DuckDB runs: pandas, pyarrow and numpy are left out."""
    code = (
        "import sys; sys.modules.update(dict.fromkeys(('pandas', 'pyarrow', 'numpy')));"
        "from tests.test_series import SUM, seen; from club.insight.aggregation import aggregate;"
        "print(aggregate([seen('2012-01', 3)], SUM, 'month')[0].value)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True
    )
    assert Decimal(done.stdout.strip()) == 3


WORDS = {
    "indicator": ("visites", "visite", "autrefois", ""),
    "project": ("nord", "sud", "nor", ""),
    "period": ("2012-02", "2012-W07", "2012-13", "févr-12", ""),
    "dimension": ("", "profile", "service", "profil"),
    "key": ("", "student", "cahier", "ancien-cahier", "studnt"),
    "value": ("", "12", "1 234", "1.234", "007", "1234567890123456", " 3 ", "'-1", "x"),
    "qualifier": ("", "exact", "at_least", "environ"),
    "source": ("", "releve", "relev"),
}
ROW = st.tuples(*map(st.sampled_from, WORDS.values()))
SOUND = st.tuples(*(st.sampled_from(each[:2]) for each in WORDS.values()))


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], _Reader]:
    files = {
        "data/indicators.yaml": "visites: {label: V, definition: D, unit: v, period: month,"
        " dimensions: [profile, service], aggregation: sum, aliases: autrefois}\n",
        "data/projects.yaml": "nord: {name: N, state: rollout}\nsud: {name: S, state: rollout}\n",
        "data/services.yaml": "cahier: {label: Cahier, aliases: ancien-cahier}\n",
        "data/sources.yaml": "releve: {title: R}\n",
    }
    club = club_of(tmp_path_factory.mktemp("club"), {"mkdocs.yml": "site_name: x\n", **files})
    return lambda: _Reader(club.graph, club.written, date(2026, 1, 1))


@given(st.lists(ROW | SOUND, min_size=1, max_size=12))
def test_a_row_is_read_as_if_it_stood_alone(
    readers: Callable[[], _Reader], rows: list[tuple[str, ...]]
) -> None:
    """What is known from the rows above never hides a fault of a row, nor changes what it says."""
    head = ",".join(WORDS)
    together, alone = readers(), []
    lines = [",".join(row) for row in rows]
    together.read("data/series/a.csv", "\n".join([head, *lines, ""]).encode())
    for number, line in enumerate(lines):
        one = readers()
        one.read("data/series/a.csv", ("\n" * number + f"{head}\n{line}\n").encode())
        alone.append(one)
    twice = [each for each in together.problems if each.rule is SERIES_TWICE]
    others = [each for each in together.problems if each.rule is not SERIES_TWICE]
    assert [(each.place, each.expected, each.nearest) for each in others] == [
        (each.place, each.expected, each.nearest) for one in alone for each in one.problems
    ]
    expected: dict[tuple[object, ...], Observation] = {}
    for each in (found for one in alone for found in one.found):
        name = (each.indicator, each.project, each.span, each.dimension, each.key)
        expected.setdefault(name, each)
    assert together.found == list(expected.values())
    assert len(twice) == sum(len(one.found) for one in alone) - len(expected)


LEAST = 5
PARTS = st.lists(st.integers(0, 9), min_size=1, max_size=3)


def most(group: list[Observation], target: int) -> int:
    """The most that figure *target* may be, by trying all that the published figures leave open.

    *group* is one period: a total at most, and one or more splits of it.
    """
    total = next((each for each in group if not each.dimension), None)
    found = 0
    told = total.value if total else None
    for sum_ in [int(told)] if told is not None else range(40):
        highest: int | None = None
        for name in sorted({each.dimension for each in group if each.dimension}):
            cells = [each for each in group if each.dimension == name]
            free = [each for each in cells if each.value is None]
            rest = sum_ - sum(int(each.value) for each in cells if each.value is not None)
            ways = [
                each for each in product(range(rest + 1), repeat=len(free)) if sum(each) == rest
            ]
            if not ways:
                break
            for place, each in enumerate(free):
                if each is group[target]:
                    highest = max(way[place] for way in ways)
        else:
            if total is group[target]:
                highest = sum_
            found = max(found, highest or 0)
    return found


@given(st.lists(PARTS, min_size=1, max_size=3), st.booleans(), st.booleans())
def test_nobody_can_tell_that_a_masked_count_is_small(
    splits: list[list[int]], has_total: bool, are_apart: bool
) -> None:
    """An attacker who tries every solution of the published equations cannot bound a mask.

    The splits of one total may each stand in an indicator of its own.
    """
    whole = sum(splits[0])
    group = [seen("2012-01", whole)] if has_total else []
    measures = {"visites": Measure("visites", "visites")}
    for index, parts in enumerate(splits):
        last = whole - sum(parts[:-1])
        if last < 0:
            continue
        indicator = f"visites-{index}" if are_apart else "visites"
        measures[indicator] = Measure("visites", "visites")
        group += [
            seen("2012-01", each, f"split-{index}", str(key), indicator)
            for key, each in enumerate([*parts[:-1], last])
        ]
    shown = list(masked(group, LEAST, measures))
    for index, (before, after) in enumerate(zip(group, shown, strict=True)):
        assert before.value is not None
        if not after.is_masked:
            assert after.value == before.value
            assert not 0 < before.value < LEAST
        elif 0 < before.value < LEAST:
            assert most(shown, index) >= LEAST


COUNTS = st.sampled_from([0, 1, 3, 4, 5, 9, 40, 200, 203, 212])


def is_known(rows: list[list[Fraction]], target: int) -> bool:
    """Whether a system of equations gives its unknown *target* alone, by Gauss's elimination."""
    rows = [list(row) for row in rows]
    order = [i for i in range(len(rows[0]) - 1) if i != target] + [target]
    for column in order:
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        if column == target:
            return not any(pivot[i] for i in order[:-1])
        rows = [
            [x - y * row[column] / pivot[column] for x, y in zip(row, pivot, strict=True)]
            for row in rows
        ]
    return False


@given(
    st.integers(2, 3).flatmap(
        lambda width: st.lists(
            st.lists(COUNTS, min_size=width, max_size=width), min_size=3, max_size=3
        )
    ),
    st.booleans(),
)
def test_months_and_their_quarter_told_a_masked_count_together(
    months: list[list[int]], has_parts: bool
) -> None:
    """Two hidden figures in each equation are not enough: an attacker solves the whole system."""
    measures = {each: Measure("visites", "visites") for each in ("visites", "trimestre")}
    keys = range(len(months[0]))
    group = [seen("2012-T1", sum(map(sum, months)), indicator="trimestre")]
    if has_parts:
        group += [
            seen("2012-T1", sum(row[key] for row in months), "profile", str(key), "trimestre")
            for key in keys
        ]
    for number, row in enumerate(months, 1):
        group.append(seen(f"2012-{number:02}", sum(row)))
        group += [seen(f"2012-{number:02}", row[key], "profile", str(key)) for key in keys]
    shown = masked(group, LEAST, measures)
    at = {(each.span.said, each.key): index for index, each in enumerate(shown)}
    spans = [f"2012-{number:02}" for number in (1, 2, 3)]
    sums = [((said, ""), [(said, str(key)) for key in keys]) for said in [*spans, "2012-T1"]]
    sums += [(("2012-T1", key), [(said, key) for said in spans]) for key in ["", *map(str, keys)]]
    equations = []
    for whole, parts in sums:
        if whole in at and all(each in at for each in parts):
            row = [Fraction(0)] * (len(shown) + 1)
            for name, sign in [(whole, -1), *((each, 1) for each in parts)]:
                told = shown[at[name]].value
                if told is None:
                    row[at[name]] += sign
                else:
                    row[-1] -= sign * Fraction(told)
            equations.append(row)
    for index, (before, after) in enumerate(zip(group, shown, strict=True)):
        assert before.value is not None
        if 0 < before.value < LEAST:
            assert after.is_masked
            assert not is_known(equations, index)


def periods_of(by_day: dict[date, int], units: Iterable[str]) -> list[Observation]:
    """The figures of every whole period of *units*, each in an indicator of its own."""
    found: dict[tuple[str, str], int] = {}
    for day, count in by_day.items():
        year, week, _ = day.isocalendar()
        names = {
            "week": f"{year}-W{week:02}",
            "month": f"{day:%Y-%m}",
            "quarter": f"{day.year}-T{(day.month + 2) // 3}",
            "school_year": school_year_of(day),
        }
        for unit in units:
            found[unit, names[unit]] = found.get((unit, names[unit]), 0) + count
    rows = [seen(said, count, indicator=unit) for (unit, said), count in found.items()]
    return [each for each in rows if {each.span.first, each.span.last} <= by_day.keys()]


def solved(shown: Iterable[Observation], target: TimeSpan) -> bool:
    """Whether the days of *target* are a combination of the periods told, by elimination.

    The unknowns are the stretches of days that no period cuts: between two of these bounds.
    """
    every = list(shown)
    day = timedelta(days=1)
    bounds = sorted({end for each in every for end in (each.span.first, each.span.last + day)})
    place = {bound: index for index, bound in enumerate(bounds)}

    def row(span: TimeSpan) -> dict[int, Fraction]:
        return {i: Fraction(1) for i in range(place[span.first], place[span.last + day])}

    pivots: dict[int, dict[int, Fraction]] = {}

    def reduced(found: dict[int, Fraction]) -> dict[int, Fraction]:
        for column in sorted(pivots):
            if factor := found.get(column):
                for i, value in pivots[column].items():
                    found[i] = found.get(i, Fraction(0)) - factor * value
        return {i: value for i, value in found.items() if value}

    for each in every:
        if each.value is not None and (left := reduced(row(each.span))):
            first = min(left)
            pivots[first] = {i: value / left[first] for i, value in left.items()}
    return not reduced(row(target))


def days(first: date, last: date, count: int) -> dict[date, int]:
    return {first + timedelta(i): count for i in range((last - first).days + 1)}


def test_all_months_less_the_weeks_told_the_week_that_lies_in_two_of_them() -> None:
    """From 1 March to 31 October 2010, the weeks are as many days as the months."""
    by_day = days(date(2010, 3, 1), date(2010, 10, 31), 20)
    by_day |= days(date(2010, 3, 29), date(2010, 4, 4), 0) | {date(2010, 3, 30): 3}
    shown = masked(periods_of(by_day, ["week", "month"]), LEAST, PERIODS)
    assert {each.span.said for each in shown if each.is_masked} == {
        "2010-W13",
        "2010-03",
        "2010-04",
    }


def test_all_weeks_less_the_months_told_the_month_whose_days_are_in_weeks_of_two() -> None:
    """The small count is that of a month, and stands in a week that is not small."""
    by_day = days(date(2010, 3, 1), date(2010, 10, 31), 20)
    by_day |= days(date(2010, 4, 1), date(2010, 4, 30), 0) | {date(2010, 4, 2): 3}
    shown = masked(periods_of(by_day, ["week", "month"]), LEAST, PERIODS)
    at = {(each.indicator, each.span.said): each for each in shown}
    assert at["month", "2010-04"].is_masked
    assert at["week", "2010-W13"].is_masked
    assert not at["month", "2010-05"].is_masked
    assert not solved(shown, at["month", "2010-04"].span)


def test_two_school_years_told_the_quarter_that_lies_in_both() -> None:
    by_day = days(date(2009, 9, 1), date(2011, 8, 31), 20)
    by_day |= days(date(2010, 7, 1), date(2010, 9, 30), 0) | {date(2010, 8, 3): 4}
    shown = masked(periods_of(by_day, ["quarter", "school_year"]), LEAST, PERIODS)
    assert {each.span.said for each in shown if each.is_masked} == {
        "2010-T3",
        "2009-2010",
        "2010-2011",
    }


PERIODS = {each: Measure("visites", each) for each in ("week", "month", "quarter", "school_year")}
STRETCH = st.tuples(st.integers(0, 729), st.integers(1, 40), st.sampled_from([(), (3,), (1, 2)]))


@fewer()
@given(
    st.lists(STRETCH, min_size=1, max_size=4),
    st.lists(st.sampled_from(list(PERIODS)), min_size=2, max_size=4, unique=True),
)
def test_no_sum_of_periods_that_straddle_tells_a_masked_one(
    stretches: list[tuple[int, int, tuple[int, ...]]], units: list[str]
) -> None:
    """Two school years by day, of which some stretches are empty or nearly so."""
    by_day = days(date(2009, 9, 1), date(2011, 8, 31), 20)
    every = list(by_day)
    for start, length, few in stretches:
        for place, day in enumerate(every[start : start + length]):
            by_day[day] = few[place] if place < len(few) else 0
    rows = periods_of(by_day, units)
    shown = masked(rows, LEAST, PERIODS)
    for before, after in zip(rows, shown, strict=True):
        if before.value is not None and 0 < before.value < LEAST:
            assert after.is_masked
            assert not solved(shown, after.span)


@given(
    st.lists(st.lists(st.integers(0, 300), min_size=3, max_size=3), min_size=3, max_size=3),
    st.sets(st.integers(0, 15), min_size=1, max_size=4),
    st.sampled_from([0, LEAST]),
)
def test_what_is_withheld_is_no_sum_of_what_is_told(
    months: list[list[int]], chosen: set[int], least: int
) -> None:
    """Of three months by profile and their quarter, any rows may be for members."""
    both = {each: Measure("visites", "visites") for each in ("visites", "trimestre")}
    keys = range(3)
    names = [("2012-T1", ""), *(("2012-T1", str(key)) for key in keys)]
    values = [sum(map(sum, months)), *(sum(row[key] for row in months) for key in keys)]
    for number, row in enumerate(months, 1):
        names += [(f"2012-{number:02}", ""), *((f"2012-{number:02}", str(key)) for key in keys)]
        values += [sum(row), *row]
    group = [
        seen(
            said,
            value,
            "profile" if key else "",
            key,
            "trimestre" if "T" in said else "visites",
        )
        for (said, key), value in zip(names, values, strict=True)
    ]
    shown = masked(group, least, both, [index in chosen for index in range(len(group))])
    at = {name: index for index, name in enumerate(names)}
    spans = [f"2012-{number:02}" for number in (1, 2, 3)]
    sums = [((said, ""), [(said, str(key)) for key in keys]) for said in [*spans, "2012-T1"]]
    sums += [(("2012-T1", key), [(said, key) for said in spans]) for key in ["", *map(str, keys)]]
    equations = []
    for whole, parts in sums:
        equation = [Fraction(0)] * (len(shown) + 1)
        for name, sign in [(whole, -1), *((each, 1) for each in parts)]:
            told = shown[at[name]].value
            if told is None:
                equation[at[name]] += sign
            else:
                equation[-1] -= sign * Fraction(told)
        equations.append(equation)
    for index in chosen:
        assert shown[index].is_masked
        assert not values[index] or not is_known(equations, index)


def test_the_last_month_of_a_year_told_what_the_year_masked() -> None:
    """Of a state, the figure of the year is that of its last month: no sum says so."""
    both = {each: Measure("comptes", each) for each in ("mois", "an")}
    month = [seen("2012-08", v, "profile", k, "mois") for k, v in (("student", 3), ("parent", 20))]
    year = [seen("2011-2012", v, "profile", k, "an") for k, v in (("student", 3), ("parent", 20))]
    rows = [*month, seen("2012-08", 23, indicator="mois"), *year]
    found = masked(rows, LEAST, both)
    assert [each.value for each in found] == [None, None, 23, None, None]


def test_a_count_that_another_indicator_repeats_is_masked_there_too() -> None:
    """The total of the month stood masked in one file, and in full in the next."""
    same = {each: Measure("visites", each) for each in ("visites", "visites-bis")}
    rows = [seen("2012-01", 3), seen("2012-01", 3, indicator="visites-bis")]
    assert [each.value for each in masked(rows, LEAST, same)] == [None, None]
    parts = [seen("2012-01", 3, "profile", "staff"), seen("2012-01", 40, "profile", "parent")]
    again = seen("2012-01", 43, indicator="visites-bis")
    found = masked([*parts, again], LEAST, same)
    assert [each.value for each in found] == [None, None, 43]


def test_a_part_that_is_unknown_stays_so() -> None:
    rows = [seen("2012-01", None, "profile", "staff"), seen("2012-01", 3, "profile", "parent")]
    assert [each.is_masked for each in masked(rows, LEAST)] == [False, True]


@pytest.mark.parametrize(
    ("row", "expected", "near"),
    [
        (
            "visites,nord,2012-02,,,12,environ,",
            "about, at_least, exact, less_than, more_than",
            "about",
        ),
        ("visites,xyz,2012-02,,,12,,", "nord, sud", ""),
        ("visites,,2012-02,,,12,,", "nord, sud", ""),
    ],
)
def test_a_word_that_is_not_valid_is_told_with_those_that_are(
    readers: Callable[[], _Reader], row: str, expected: str, near: str
) -> None:
    reader = readers()
    reader.read("data/series/a.csv", f"{','.join(WORDS)}\n{row}\n".encode())
    (problem,) = reader.problems
    assert problem.expected
    assert problem.expected.params["names"] == expected
    assert problem.nearest == ((near,) if near else ())


@pytest.mark.parametrize("text", ["-4", "\N{MINUS SIGN}4", "-1 234,5"])
def test_a_number_below_zero_is_told_as_one(text: str) -> None:
    found = number_in(text)
    assert isinstance(found, Mangled)
    assert found.found.id == BELOW_ZERO


def test_a_month_of_a_spreadsheet_is_understood_in_an_import_too() -> None:
    found = period_said("sept-24", "month")
    assert isinstance(found, Mangled)
    assert found.near == ("2024-09",)

"""Dates as precise as what is known: forms, order, and a notation that others can read."""

from __future__ import annotations

import re
from datetime import date

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.model.dates import ACCEPTED_FORMS, JSON_PATTERN, PartialDate, Precision

YEARS = st.integers(1000, 2998)
DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    precision = draw(st.sampled_from(Precision))
    day = draw(DAYS)
    year = draw(YEARS) if precision is Precision.SCHOOL_YEAR else day.year
    has_month = precision in {Precision.MONTH, Precision.DAY}
    return PartialDate(
        year,
        day.month if has_month else 0,
        day.day if precision is Precision.DAY else 0,
        precision,
        draw(st.booleans()),
        draw(st.booleans()),
    )


@given(partial_dates())
def test_reads_back(each: PartialDate) -> None:
    assert PartialDate.parse(str(each)) == each


@given(partial_dates())
def test_others_can_read_it(each: PartialDate) -> None:
    first = edtf.parse_edtf(each.edtf).lower_strict()
    assert (first.tm_year, first.tm_mon) == (each.first.year, each.first.month)


@given(partial_dates())
def test_first_never_comes_after_last(each: PartialDate) -> None:
    assert each.first <= each.last
    assert not each.is_before(each)


@given(partial_dates(), partial_dates())
def test_order_is_total_and_agrees_with_days(one: PartialDate, other: PartialDate) -> None:
    assert (one < other) + (other < one) + (one.sort_key == other.sort_key) == 1
    if one.is_before(other):
        assert one < other


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    try:
        found = PartialDate.parse(text)
    except ValueError:
        return
    assert PartialDate.parse(str(found)) == found


@pytest.mark.parametrize(
    ("text", "written", "edtf_form"),
    [
        ("2012", "2012", "2012"),
        ("2012-02", "2012-02", "2012-02"),
        ("02/2012", "2012-02", "2012-02"),
        ("février 2012", "2012-02", "2012-02"),
        ("févr. 2012", "2012-02", "2012-02"),
        ("fe\u0301vrier 2012", "2012-02", "2012-02"),
        ("Août 2012", "2012-08", "2012-08"),
        ("17/02/2012", "2012-02-17", "2012-02-17"),
        ("17 février 2012", "2012-02-17", "2012-02-17"),
        ("1er mars 2012", "2012-03-01", "2012-03-01"),
        ("  17   février  2012 ", "2012-02-17", "2012-02-17"),
        ("29/02/2012", "2012-02-29", "2012-02-29"),
        ("rentrée 2014", "rentrée 2014", "2014-09~"),
        ("Rentrée scolaire 2014", "rentrée 2014", "2014-09~"),
        ("rentree 2014", "rentrée 2014", "2014-09~"),
        ("rentrée 2014?", "rentrée 2014?", "2014-09%"),
        ("fin 2014", "fin 2014", "2014-12~"),
        ("2012-2013", "2012-2013", "2012-09/2013-08"),
        ("2012/2013", "2012-2013", "2012-09/2013-08"),
        ("~2012", "~2012", "2012~"),
        ("vers 2012", "~2012", "2012~"),
        ("2012?", "2012?", "2012?"),
        ("2012%", "~2012?", "2012%"),
        ("~2012-02?", "~2012-02?", "2012-02%"),
    ],
)
def test_forms(text: str, written: str, edtf_form: str) -> None:
    found = PartialDate.parse(text)
    assert (str(found), found.edtf) == (written, edtf_form)


@pytest.mark.parametrize(
    "text",
    [
        *("", "hier", "12", "2012-02-30", "2012-13", "2012-00", "2012-02-00", "0/2012"),
        *("31/02/2012", "29/02/2013", "2012-2014", "2013-2012", "février", "février 12"),
        *("32 mars 2012", "20122", "2012-02-17T10:00", "rentrée", "20 brumaire 1999"),
        *("2012 2013", "-2012", "0999"),
    ],
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        PartialDate.parse(text)


def test_order() -> None:
    texts = [
        "2015",
        "rentrée 2014",
        "fin 2014",
        "2014",
        "2013",
        "2014-02",
        "2014-09-15",
        "2013-2014",
    ]
    assert [str(each) for each in sorted(map(PartialDate.parse, texts))] == [
        "2013",
        "2013-2014",
        "2014",
        "2014-02",
        "rentrée 2014",
        "2014-09-15",
        "fin 2014",
        "2015",
    ]


def test_start_of_school_year_is_after_2013_and_inside_2014() -> None:
    start, before, year = map(PartialDate.parse, ("rentrée 2014", "2013", "2014"))
    assert before.is_before(start)
    assert before < start
    assert year.first < start.first < start.last < year.last
    assert not year.is_before(start)
    assert not start.is_before(year)


def test_editors_take_what_the_club_takes() -> None:
    for form in ACCEPTED_FORMS:
        assert re.search(JSON_PATTERN, form), form

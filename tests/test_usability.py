"""Questionnaires about ease of use: published examples, tables of Student's law, and properties."""

from __future__ import annotations

import random
from fractions import Fraction
from math import isclose
from statistics import mean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.insight.trials import Measure, result
from club.insight.usability import (
    SUS,
    UEQ_S,
    UMUX_LITE,
    Experience,
    as_sus,
    grade,
    summary,
    sus,
    t_quantile,
    ueq_s,
    umux_lite,
)
from club.records.consultation.model import Instrument

FIVES = st.lists(st.integers(1, 5), min_size=10, max_size=10)
SEVENS = st.lists(st.integers(1, 7), min_size=8, max_size=8)


def test_the_example_of_the_author_of_sus() -> None:
    """Brooke (1996): the form he fills in scores 22 × 2.5 = 55."""
    assert sus([5, 4, 2, 1, 2, 3, 2, 4, 5, 2]) == 55


def test_ten_threes_are_50_and_the_best_and_worst_answers_100_and_0() -> None:
    assert sus([3] * 10) == 50
    assert sus([5, 1] * 5) == 100
    assert sus([1, 5] * 5) == 0


@given(FIVES, st.sets(st.integers(0, 9)))
def test_a_blank_counts_the_middle(answer: list[int], blanks: set[int]) -> None:
    holed = [None if at in blanks else each for at, each in enumerate(answer)]
    filled = [3 if at in blanks else each for at, each in enumerate(answer)]
    assert sus(holed) == sus(filled)


@given(FIVES)
def test_sus_goes_by_two_and_a_half_and_is_symmetric(answer: list[int]) -> None:
    score = sus(answer)
    assert 0 <= score <= 100
    assert score % Fraction(5, 2) == 0
    assert sus([6 - each for each in answer]) == 100 - score
    # The oracle: item by item, in quarters of a whole.
    parts = [each - 1 if at % 2 == 0 else 5 - each for at, each in enumerate(answer)]
    assert score == Fraction(sum(parts), 40) * 100


def test_umux_lite_and_the_sus_it_foretells() -> None:
    assert [umux_lite(each) for each in ([1, 1], [7, 7], [4, 4])] == [0, 100, 50]
    assert umux_lite([7, None]) is None
    # Lewis, Utesch and Maher (2013): 22.9 at the least and 87.9 at the most.
    assert (as_sus(Fraction(0)), as_sus(Fraction(100))) == (Fraction("22.9"), Fraction("87.9"))


@given(SEVENS, st.sets(st.integers(0, 7)))
def test_ueq_s_is_the_means_of_what_was_answered(answer: list[int], blanks: set[int]) -> None:
    holed = [None if at in blanks else each for at, each in enumerate(answer)]
    found = ueq_s(holed)
    for scale, at in (
        (found.pragmatic, range(4)),
        (found.hedonic, range(4, 8)),
        (found.overall, range(8)),
    ):
        known = [answer[each] - 4 for each in at if each not in blanks]
        if known:
            assert scale is not None
            assert isclose(scale, mean(known))
            assert -3 <= scale <= 3
        else:
            assert scale is None
    assert ueq_s([4] * 8) == Experience(Fraction(0), Fraction(0), Fraction(0))


@pytest.mark.parametrize(
    ("freedom", "value"),
    [
        (1, 12.706),
        (2, 4.303),
        (3, 3.182),
        (4, 2.776),
        (5, 2.571),
        (9, 2.262),
        (10, 2.228),
        (19, 2.093),
        (30, 2.042),
        (60, 2.000),
        (120, 1.980),
    ],
)
def test_the_table_of_students_law(freedom: int, value: float) -> None:
    """The column 0.975 of the tables, as in Abramowitz and Stegun, table 26.10."""
    assert round(t_quantile(freedom), 3) == value


def test_the_interval_holds_the_truth_95_times_in_100() -> None:
    """Samples of eight from a known law, drawn with a seed."""
    draw = random.Random(7)
    held, times = 0, 4000
    for _ in range(times):
        scores = [Fraction(draw.gauss(50, 4)) for _ in range(8)]
        found = summary(scores, SUS)
        assert found.interval
        held += found.interval[0] <= 50 <= found.interval[1]
    assert abs(held / times - 0.95) < 0.012


@given(st.lists(FIVES, min_size=1, max_size=12))
def test_a_summary_is_that_of_the_textbooks_cut_to_the_scale(answers: list[list[int]]) -> None:
    scores = [sus(each) for each in answers]
    found = summary(scores, SUS)
    assert (found.count, found.mean) == (len(scores), sum(scores, Fraction(0)) / len(scores))
    if len(scores) == 1:
        assert found.interval is None
        return
    assert found.interval
    half = t_quantile(len(scores) - 1) * stdev(map(float, scores)) / len(scores) ** 0.5
    for end, wanted in zip(
        found.interval, (float(found.mean) - half, float(found.mean) + half), strict=True
    ):
        assert isclose(end, min(100.0, max(0.0, wanted)), abs_tol=1e-6)


def test_an_interval_worked_out_by_hand() -> None:
    """60, 70, 80: mean 70, s = 10, t = 4.303, so ± 24.84."""
    found = summary([Fraction(60), Fraction(70), Fraction(80)], SUS)
    assert found.interval
    assert [round(each, 1) for each in found.interval] == [45.2, 94.8]
    assert summary([Fraction(3), Fraction(3), Fraction(-3)], UEQ_S).interval == (-3.0, 3.0)


@pytest.mark.parametrize(
    ("score", "letter"),
    [("84.1", "A+"), ("84.04", "A"), ("80.8", "A"), ("68", "C"), ("51.7", "D"), ("51.6", "F")],
)
def test_grades(score: str, letter: str) -> None:
    assert grade(Fraction(score)) == letter


def test_what_is_no_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="9 answers to 10 items"):
        sus([3] * 9)
    with pytest.raises(ValueError, match="from 1 to 5"):
        sus([6] * 10)
    with pytest.raises(ValueError, match="from 1 to 7"):
        umux_lite([0, 3])
    with pytest.raises(ValueError, match="no scores"):
        summary([], UMUX_LITE)
    with pytest.raises(ValueError, match="degree"):
        t_quantile(0)


def test_two_means_of_other_people_told_what_one_of_them_answered() -> None:
    """Of six, one left the first four items blank: each mean is that of the other five."""
    whole = [[5, 6, 5, 6, 4, 4, 5, 5]] * 5
    found = result(Instrument.UEQ_S, [*whole, [None] * 4 + [7, 7, 7, 7]], 5)
    assert {told.count for _, told in found.summaries} == {5}
    assert (found.blanks, found.unscored) == (1, 1)
    assert {told.mean for name, told in found.summaries if name is Measure.HEDONIC} == {
        Fraction(1, 2)
    }
    assert result(Instrument.UEQ_S, [*whole[:4], [None] * 4 + [7, 7, 7, 7]], 5).summaries == ()

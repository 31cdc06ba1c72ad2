"""The weighted ranking of a consultation: published examples, properties, and an oracle in floats
and in loops that knows nothing of the code."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from math import isclose

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from club.insight.weighing import (
    Weights,
    chances,
    leader,
    normalised,
    ranking,
    shares,
    slacks,
    together,
)

F = Fraction
Table = Mapping[str, Mapping[str, F]]

PAPER_WEIGHTS = {"C1": F("0.3277"), "C2": F("0.3058"), "C3": F("0.2876"), "C4": F("0.0790")}
PAPER = {
    "A1": ("0.3088", "0.2897", "0.3867", "0.1922"),
    "A2": ("0.2163", "0.3458", "0.1755", "0.6288"),
    "A3": ("0.4509", "0.2473", "0.1194", "0.0575"),
    "A4": ("0.0240", "0.1172", "0.3184", "0.1215"),
}
"""Triantaphyllou and Sánchez (1997), the example of the weighted sum: weights and values."""
PAPER_TOTALS = {"A1": 0.3162, "A2": 0.2768, "A3": 0.2621, "A4": 0.1449}
PAPER_CHANGES = {"C1": -0.3793, "C2": -0.7023, "C3": 0.1867, "C4": -0.0903}
"""Their least change of each weight, taken from it before the whole is made one again, that puts
another in the place of A1."""


def paper() -> Table:
    return {
        option: dict(zip(PAPER_WEIGHTS, map(F, row), strict=True)) for option, row in PAPER.items()
    }


def test_the_ranking_of_a_published_example() -> None:
    found = ranking(paper(), PAPER_WEIGHTS)
    assert [each.option for each in found] == ["A1", "A2", "A3", "A4"]
    for each in found:
        assert each.low == each.high
        # Their weights and values are printed to four digits, and sum to 1.0001.
        assert isclose(each.low, PAPER_TOTALS[each.option], abs_tol=0.0002)


def test_how_far_a_weight_can_go_in_a_published_example() -> None:
    """A weight less *change*, over a whole less *change*: the share at which the first changes."""
    found = {each.criterion: each for each in slacks(paper(), PAPER_WEIGHTS)}
    for name, change in PAPER_CHANGES.items():
        whole = float(sum(PAPER_WEIGHTS.values()))
        share = (float(PAPER_WEIGHTS[name]) - change) / (whole - change)
        end = found[name].high if change < 0 else found[name].low
        assert isclose(end, share, abs_tol=0.0003), name
    assert found["C1"].rival_above == "A3"
    assert found["C3"].rival_below == "A2"
    assert found["C3"].high == 1, "more of what it is best at changes nothing"


def test_the_textbook_example_of_the_weighted_sum() -> None:
    """E. Triantaphyllou, Multi-criteria decision making methods: a comparative study (2000), ch. 2:
    four criteria, three options, whose totals are 21.50, 22.00 and 22.00: two are first."""
    weights = dict(zip("abcd", map(F, ("0.20", "0.15", "0.40", "0.25")), strict=True))
    rows = {"A1": (25, 20, 15, 30), "A2": (10, 30, 20, 30), "A3": (30, 10, 30, 10)}
    scale = [normalised(F(each), F(0), F(100)) for row in rows.values() for each in row]
    values = {
        option: dict(zip("abcd", scale[at * 4 : at * 4 + 4], strict=True))
        for at, option in enumerate(rows)
    }
    found = {each.option: each for each in ranking(values, weights)}
    assert {option: float(each.low * 100) for option, each in found.items()} == {
        "A1": 21.5,
        "A2": 22.0,
        "A3": 22.0,
    }
    assert (found["A2"].first, found["A3"].first, found["A1"].first) == (1, 1, 3)
    assert leader(ranking(values, weights)) is None
    assert slacks(values, weights) == ()


VALUES = st.fractions(0, 1, max_denominator=12)
CRITERIA = ("a", "b", "c", "d")


@st.composite
def tables(draw: st.DrawFn, *, gaps: bool = True) -> tuple[dict[str, dict[str, F]], dict[str, F]]:
    count = draw(st.integers(1, 4))
    criteria = CRITERIA[: draw(st.integers(1, 4))]
    cell = st.none() | VALUES if gaps else VALUES
    values: dict[str, dict[str, F]] = {}
    for option in "ABCD"[:count]:
        cells = {name: draw(cell) for name in criteria}
        values[option] = {name: each for name, each in cells.items() if each is not None}
    weights = {name: F(draw(st.integers(0, 9))) for name in criteria}
    assume(any(weights.values()))
    return values, weights


def totals(values: Table, weights: Weights) -> dict[str, F]:
    """The oracle of whole tables: the sum of the products over the sum of the weights."""
    return {
        option: sum((weights[name] * held[name] for name in weights), F(0)) / sum(weights.values())
        for option, held in values.items()
    }


def ranks(of: Mapping[str, F]) -> dict[str, int]:
    return {name: 1 + sum(other > total for other in of.values()) for name, total in of.items()}


@given(tables())
def test_ranks_are_those_that_some_scores_for_what_is_missing_give(
    table: tuple[dict[str, dict[str, F]], dict[str, F]],
) -> None:
    """The oracle tries the ends of everything that is missing, all together."""
    values, weights = table
    holes = [(option, name) for option in values for name in weights if name not in values[option]]
    assume(len(holes) <= 8)
    seen: dict[str, set[int]] = {option: set() for option in values}
    sums: dict[str, set[F]] = {option: set() for option in values}
    for ends in product((F(0), F(1)), repeat=len(holes)):
        filled = {option: dict(held) for option, held in values.items()}
        for (option, name), end in zip(holes, ends, strict=True):
            filled[option][name] = end
        found = totals(filled, weights)
        for option, rank in ranks(found).items():
            seen[option].add(rank)
            sums[option].add(found[option])
    for place in ranking(values, weights):
        assert (place.first, place.last) == (min(seen[place.option]), max(seen[place.option]))
        assert (place.low, place.high) == (min(sums[place.option]), max(sums[place.option]))


@given(tables(), st.fractions(F(1, 50), 50))
def test_scaling_all_weights_changes_nothing(
    table: tuple[dict[str, dict[str, F]], dict[str, F]], times: F
) -> None:
    values, weights = table
    scaled = {name: each * times for name, each in weights.items()}
    assert ranking(values, scaled) == ranking(values, weights)
    assert slacks(values, scaled) == slacks(values, weights)


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), max_size=4), st.integers(1, 9))
def test_each_organisation_has_one_voice_however_it_counts(
    rows: list[list[int]], times: int
) -> None:
    voters = [dict(zip("abc", map(F, row), strict=True)) for row in rows]
    mixed = [{name: each * times for name, each in voters[0].items()}, *voters[1:]] if rows else []
    found = together(voters)
    assert together(mixed) == found
    heard = [row for row in rows if any(row)]
    if not heard:
        assert found is None
    else:
        assert found is not None
        for at, name in enumerate("abc"):
            mean = sum(row[at] / sum(row) for row in heard) / len(heard)
            assert isclose(found[name], mean, abs_tol=1e-9)
        assert sum(found.values()) == 1


@given(tables(), st.fractions(0, 1, max_denominator=40))
def test_the_leader_stays_first_just_as_far_as_is_told(
    table: tuple[dict[str, dict[str, F]], dict[str, F]], new: F
) -> None:
    """The oracle moves one share, gives the rest to the others in their ratios, and ranks again."""
    values, weights = table
    first = leader(ranking(values, weights))
    share = shares(weights)
    assert share is not None
    found = slacks(values, weights)
    if first is None:
        assert found == ()
        return
    # What favours the leader least.
    filled = {
        option: {name: held.get(name, F(option != first)) for name in weights}
        for option, held in values.items()
    }
    for each in found:
        name = each.criterion
        assert each.low <= each.share <= each.high
        moved = {
            other: new if other == name else share[other] * (1 - new) / (1 - share[name])
            for other in share
        }
        result = totals(filled, moved)
        if each.low < new < each.high:
            assert leader(ranking(filled, moved)) == first
        elif new < each.low or new > each.high:
            assert max(result.values()) > result[first]
        for end, rival in ((each.low, each.rival_below), (each.high, each.rival_above)):
            if rival:
                there = {
                    other: end if other == name else share[other] * (1 - end) / (1 - share[name])
                    for other in share
                }
                level = totals(filled, there)
                assert level[rival] == level[first] == max(level.values())


def test_with_two_criteria_the_share_of_weightings_is_a_length() -> None:
    """A wins where t·1 + (1 − t)·0 > t·0 + (1 − t)·(1/3), which is for t over 1/4."""
    values = {"A": {"a": F(1), "b": F(0)}, "B": {"a": F(0), "b": F(1, 3)}}
    found = chances(values, ("a", "b"))
    assert sum(found.wins.values()) + found.undecided == found.draws == 10_000
    assert abs(found.wins["A"] / found.draws - 0.75) < found.margin
    assert found == chances(values, ("a", "b")), "anybody finds the same"
    assert found.wins != chances(values, ("a", "b"), seed=1).wins
    assert isclose(found.margin, 0.0098, abs_tol=0.0001)


def test_with_three_criteria_draws_are_uniform_on_the_simplex() -> None:
    """Each corner wins a third; what is first where its weight is over a half wins a quarter: the
    triangle cut from the corner at half its height (draws of three numbers brought to a whole of
    one, which is not uniform, give a sixth)."""
    corners = {name: {each: F(each == name) for each in "abc"} for name in "abc"}
    found = chances(corners, "abc")
    assert all(abs(each / found.draws - 1 / 3) < found.margin for each in found.wins.values())
    half = {"a": {"a": F(1), "b": F(0), "c": F(0)}, "rest": {"a": F(0), "b": F(1), "c": F(1)}}
    found = chances(half, "abc")
    assert abs(found.wins["a"] / found.draws - 1 / 4) < found.margin


def test_a_missing_score_decides_nothing() -> None:
    values = {"A": {"a": F(1), "b": F(1, 2)}, "B": {"a": F(1, 4)}}
    found = chances(values, ("a", "b"), draws=500)
    assert found.wins["B"] == 0
    assert 0 < found.undecided < 500
    assert chances({"A": {}, "B": {}}, ("a",), draws=50).undecided == 50
    with pytest.raises(ValueError, match="no draws"):
        chances(values, ("a",), draws=0)


@given(st.fractions(-50, 50), st.fractions(-50, 50), st.fractions(-50, 50))
def test_a_scale_runs_from_its_worst_to_its_best(worst: F, best: F, score: F) -> None:
    if worst == best:
        with pytest.raises(ValueError, match="without length"):
            normalised(score, worst, best)
        return
    assert normalised(worst, worst, best) == 0
    assert normalised(best, worst, best) == 1
    assert normalised(score, worst, best) == 1 - normalised(score, best, worst)

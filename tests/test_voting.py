"""Orders that voters agree on: published examples, and what must hold whatever the ballots."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.insight.cover import cover
from club.insight.voting import Ballot, borda, kendall, majorities, ranges

OPTIONS = "abcdef"


def ballots_of(*options: str) -> st.SearchStrategy[Ballot]:
    """Some of the *options*, in any order, tied in any way."""

    @st.composite
    def ballot(draw: st.DrawFn) -> Ballot:
        left = draw(st.permutations(draw(st.lists(st.sampled_from(options), unique=True))))
        levels = []
        while left:
            count = draw(st.integers(1, len(left)))
            levels.append(tuple(left[:count]))
            left = left[count:]
        return tuple(levels)

    return ballot()


polls = st.lists(ballots_of(*OPTIONS), max_size=7)


def whole(*orders: tuple[int, str]) -> list[Ballot]:
    """So many times each order."""
    return [tuple(order) for times, order in orders for _ in range(times)]


def rank_in(ballot: Ballot) -> dict[str, int]:
    return {option: rank for rank, level in enumerate(ballot) for option in level}


# Wikipedia, “Condorcet method” and “Borda count”: where the capital of Tennessee should be, by
# Memphis, Nashville, Chattanooga and Knoxville.
TENNESSEE = whole((42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM"))


def test_the_capital_of_tennessee() -> None:
    found = majorities(TENNESSEE, "MNCK")
    assert found.winner() == "N"
    assert found.copeland() == {"N": 3, "C": 1, "K": -1, "M": -3}
    assert borda(TENNESSEE, "MNCK") == {"N": 194, "C": 173, "M": 126, "K": 107}


def test_the_paradox_of_condorcet_is_shown() -> None:
    """Marquis de Condorcet, Essai sur l’application de l’analyse (1785): three voters, a circle."""
    found = majorities(whole((1, "abcd"), (1, "bcad"), (1, "cabd")), "abcd")
    assert found.winner() is None
    assert found.cycles() == [("a", "b", "c")]
    assert found.copeland() == {"a": 1, "b": 1, "c": 1, "d": -3}


# The data set “anxiety” of the R package irr: three raters, twenty subjects, from 1 to 6.
ANXIETY = (
    (3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3),
    (3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4),
    (2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2),
)


def levels(scores: Sequence[int]) -> Ballot:
    return tuple(
        tuple(str(index) for index, each in enumerate(scores) if each == score)
        for score in sorted(set(scores))
    )


def test_kendall_with_ties() -> None:
    """As R's irr and DescTools print it."""
    assert round(kendall([levels(each) for each in ANXIETY]) or 0, 2) == 0.54


def test_kendall_without_ties() -> None:
    """Ten projects, four judges: S = 1048."""
    judges = (
        (1, 3, 4, 5, 2, 8, 6, 7, 10, 9),
        (2, 1, 4, 5, 6, 3, 8, 7, 10, 9),
        (3, 2, 1, 5, 7, 4, 6, 8, 9, 10),
        (4, 2, 3, 1, 6, 7, 5, 9, 8, 10),
    )
    assert kendall([levels(each) for each in judges]) == pytest.approx(12 * 1048 / (16 * 990))


def test_kendall_says_nothing_of_too_little() -> None:
    assert kendall([]) is None
    assert kendall(whole((1, "ab"))) is None
    assert kendall(whole((3, "a"))) is None
    assert kendall([(("a", "b"),), (("a", "b"),)]) is None
    with pytest.raises(ValueError, match="different"):
        kendall([("a", "b"), ("a", "c")])


@given(st.permutations(OPTIONS), st.integers(2, 6))
def test_the_same_order_agrees_wholly(order: Sequence[str], times: int) -> None:
    assert kendall([tuple(order)] * times) == pytest.approx(1)
    assert kendall([tuple(order), tuple(reversed(order))]) == pytest.approx(0)


@given(polls)
def test_a_majority_is_what_counting_each_pair_says(poll: list[Ballot]) -> None:
    found = majorities(poll, OPTIONS)
    for one, other in permutations(OPTIONS, 2):
        both = [rank for rank in map(rank_in, poll) if one in rank and other in rank]
        above = sum(rank[one] < rank[other] for rank in both)
        below = sum(rank[one] > rank[other] for rank in both)
        assert found.beats(one, other) == (above > below)


@given(polls)
def test_a_cycle_holds_those_that_reach_one_another(poll: list[Ballot]) -> None:
    found = majorities(poll, OPTIONS)
    reach = {one: {each for each in OPTIONS if found.beats(one, each)} for one in OPTIONS}
    for _ in OPTIONS:
        for one in OPTIONS:
            reach[one] = reach[one].union(*(reach[each] for each in reach[one]))
    parts = {
        tuple(each for each in OPTIONS if each in reach[one] and one in reach[each])
        for one in OPTIONS
        if one in reach[one]
    }
    assert sorted(found.cycles()) == sorted(parts)


@given(polls, st.permutations(OPTIONS))
def test_other_names_change_nothing(poll: list[Ballot], names: Sequence[str]) -> None:
    other = dict(zip(OPTIONS, names, strict=True))
    renamed = [tuple(tuple(map(other.__getitem__, level)) for level in each) for each in poll]
    points = majorities(poll, OPTIONS).copeland()
    assert majorities(renamed, names).copeland() == {other[each]: points[each] for each in points}
    scores = borda(poll, OPTIONS)
    assert borda(renamed, names) == {other[each]: scores[each] for each in scores}


@given(
    st.lists(ballots_of(*OPTIONS), max_size=6).flatmap(
        lambda poll: st.tuples(st.just(poll), st.permutations(poll))
    )
)
def test_voters_in_another_order_change_nothing(polls: tuple[list[Ballot], list[Ballot]]) -> None:
    poll, mixed = polls
    assert majorities(mixed, OPTIONS) == majorities(poll, OPTIONS)
    assert borda(mixed, OPTIONS) == borda(poll, OPTIONS)


@given(polls, st.sampled_from(OPTIONS))
def test_a_clone_that_goes_turns_no_other_two_around(poll: list[Ballot], cloned: str) -> None:
    """A clone stands just below what it copies on every ballot (Tideman, 1987)."""
    with_clone = [
        tuple(
            part
            for level in ballot
            for part in ((level, ("z",)) if cloned in level and len(level) == 1 else (level,))
        )
        for ballot in poll
        if all(cloned not in level or len(level) == 1 for level in ballot)
    ]
    without = [tuple(level for level in ballot if level != ("z",)) for ballot in with_clone]
    before = majorities(with_clone, (*OPTIONS, "z"))
    after = majorities(without, OPTIONS)
    for one, other in permutations(OPTIONS, 2):
        assert before.beats(one, other) == after.beats(one, other)


def with_a_clone(ballot: Ballot, cloned: str) -> Ballot:
    """*ballot*, which ties nothing, with “z” just below what it copies."""
    return tuple(
        part for level in ballot for part in ((level, ("z",)) if cloned in level else (level,))
    )


@given(
    st.lists(st.permutations("abcd"), min_size=1, max_size=7).filter(lambda poll: len(poll) % 2),
    st.sampled_from("abcd"),
)
def test_without_pairs_that_draw_a_clone_that_goes_reverses_no_two_under_copeland(
    orders: list[list[str]], cloned: str
) -> None:
    poll = [tuple((each,) for each in order) for order in orders]
    points = majorities(poll, "abcd").copeland()
    cloned_poll = [with_a_clone(each, cloned) for each in poll]
    before = majorities(cloned_poll, "abcdz").copeland()
    for one, other in permutations(set("abcd") - {cloned}, 2):
        assert not (before[one] > before[other] and points[one] < points[other])


def test_where_pairs_draw_a_clone_may_reverse_two_under_copeland() -> None:
    """What Copeland cannot promise: a result against a clone counts twice."""
    orders = ("cadb", "bcad", "abdc", "bdca", "adbc", "bdca")
    poll = whole(*((1, each) for each in orders))
    after = majorities(poll, "abcd").copeland()
    before = majorities([with_a_clone(each, "c") for each in poll], "abcdz").copeland()
    assert (after["a"], after["d"]) == (0, -1)
    assert (before["a"], before["d"]) == (-1, 0)


bounds = st.dictionaries(
    st.sampled_from(OPTIONS),
    st.tuples(st.integers(-2, 2), st.integers(0, 2)).map(lambda each: (each[0], sum(each))),
    min_size=1,
    max_size=4,
)


@given(bounds)
def test_a_range_is_what_trying_every_score_gives(held: dict[str, tuple[int, int]]) -> None:
    tried = [{}]
    for option, (low, high) in held.items():
        tried = [{**each, option: score} for each in tried for score in range(low, high + 1)]
    found = {
        option: [1 + sum(other > scores[option] for other in scores.values()) for scores in tried]
        for option in held
    }
    wanted = {option: (min(each), max(each)) for option, each in found.items()}
    assert ranges({option: ((low,), (high,)) for option, (low, high) in held.items()}) == wanted


def gives(chosen: frozenset[str], ballot: Ballot, first: int) -> bool:
    """Whether *chosen* holds the *first* options of *ballot*, any of those that tie at the end."""
    had = 0
    for level in ballot:
        if had + len(level) > first:
            return len(chosen.intersection(level)) >= first - had
        if not chosen.issuperset(level):
            return False
        had += len(level)
    return True


@given(polls, st.integers(0, 4))
def test_no_set_that_is_smaller_serves_everybody(poll: list[Ballot], first: int) -> None:
    found = cover(poll, first)
    assert found.is_smallest
    assert all(gives(found.options, each, first) for each in poll)
    for kept in range(2 ** len(OPTIONS)):
        some = frozenset(each for rank, each in enumerate(OPTIONS) if kept >> rank & 1)
        assert len(some) >= len(found.options) or not all(gives(some, each, first) for each in poll)


@given(polls, st.integers(0, 4), st.integers(0, 3))
def test_a_search_cut_short_gives_a_set_that_does_and_a_true_bound(
    poll: list[Ballot], first: int, steps: int
) -> None:
    found = cover(poll, first, steps)
    assert all(gives(found.options, each, first) for each in poll)
    assert found.at_least <= len(cover(poll, first).options) <= len(found.options)

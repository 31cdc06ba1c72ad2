"""Properties of the merge over generated collections, against a merge of the data alone."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from club.merge import Conflict, Merged, merge_texts
from club.model.source import parse
from tests.clubs import REGISTRY
from tests.wiki.reference import Reference, unordered
from tests.wiki.resolving import resolve, swapped
from tests.wiki.strategies import collections, dump, edited, loaded, requests

Sides = tuple[dict[str, Any], dict[str, Any], dict[str, Any]]


@st.composite
def sides(draw: st.DrawFn) -> Sides:
    base = draw(collections())
    return base, draw(edited(base)), draw(edited(base))


def merged(base: str, ours: str, theirs: str) -> Merged | Conflict:
    return merge_texts(base, ours, theirs, REGISTRY.model_of("requests"))


def data_of(text: str) -> Any:
    source = parse("data/requests.yaml", text)
    assert source.problems == (), text
    return source.content or {}


@given(sides())
def test_the_side_that_changed_wins_byte_for_byte(three: Sides) -> None:
    base, ours, _ = map(dump, three)
    assert merged(base, ours, base) == Merged(ours)
    assert merged(base, base, ours) == Merged(ours)


@given(sides())
def test_equal_sides_agree(three: Sides) -> None:
    base, ours, _ = map(dump, three)
    assert merged(base, ours, ours) == Merged(ours)


@given(sides(), st.integers(0, 3), st.integers(0, 3), st.integers(0, 3))
def test_swapping_sides_swaps_only_the_conflicts(
    three: Sides, first: int, second: int, third: int
) -> None:
    base, ours, theirs = (
        dump(side, style) for side, style in zip(three, (first, second, third), strict=True)
    )
    one, other = merged(base, ours, theirs), merged(base, theirs, ours)
    assert type(one) is type(other)
    assert one.text == swapped(other.text)


def may_be_renamed(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    """Whether a record is gone from both sides and one has another: it may be the same, renamed.

    What the merge makes of that is in `test_merge_clashes.py`; a merge of the data cannot tell.
    """
    sides = ours.keys() | theirs.keys()
    return bool(base.keys() - sides) and bool(sides - base.keys())


def may_be_moved(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    """Whether what both sides took from a record is in another on each: it may be the same, moved.

    That is in `test_merge_orders.py`.
    """
    old, *sides = (
        {
            (name, each if isinstance(each, str) else each["project"])
            for name, fields in side.items()
            for each in (*fields.get("axes", ()), *fields.get("positions", ()))
        }
        for side in (base, ours, theirs)
    )
    gone = {key for _, key in old - sides[0] - sides[1]}
    return any(all(key in {new for _, new in side - old} for side in sides) for key in gone)


def may_be_replaced(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    """Whether an axis is gone from both sides and either has another: the same, perhaps.

    That is in `test_merge_orders.py` too.
    """
    for record, fields in base.items():
        old = set(fields.get("axes", ()))
        here, there = (set(side.get(record, {}).get("axes", ())) for side in (ours, theirs))
        if old - here - there and (here ^ there) - old:
            return True
    return False


@given(sides(), st.integers(0, 3), st.integers(0, 3), st.integers(0, 3))
def test_the_result_is_that_of_a_merge_of_the_data(
    three: Sides, first: int, second: int, third: int
) -> None:
    assume(not may_be_renamed(*three))
    assume(not may_be_moved(*three))
    assume(not may_be_replaced(*three))
    texts = [dump(side, style) for side, style in zip(three, (first, second, third), strict=True)]
    result = merged(*texts)
    data = [loaded(side) for side in three]
    for side in ("ours", "theirs"):
        reference = Reference(side)
        expected = reference.merge(*data)
        found = data_of(resolve(result.text, side))
        rewritten = {keys for keys in reference.conflicts if keys[-1] == "need"}
        for record, field in rewritten:  # the merge of texts goes by line there
            expected[record].pop(field, None)
            found[record].pop(field, None)
        assert unordered(found) == unordered(expected)
        if not rewritten:
            assert isinstance(result, Conflict) is bool(reference.conflicts)


@given(sides())
def test_every_changed_value_survives_or_is_in_a_conflict(three: Sides) -> None:
    base, ours, theirs = map(dump, three)
    text = merged(base, ours, theirs).text
    old = set(base.splitlines())
    # A removal of what nobody else touched is a change too: it survives as an absence.
    if set(three[0]) <= set(three[1]) & set(three[2]):
        for side in (ours, theirs):
            for line in set(side.splitlines()) - old:
                if "axes" not in line and "positions" not in line:
                    assert line.strip().removeprefix("- ") in text


@given(sides())
def test_merging_again_changes_nothing(three: Sides) -> None:
    base, ours, theirs = map(dump, three)
    result = merged(base, ours, theirs)
    if isinstance(result, Merged):
        assert merged(ours, result.text, ours) == result
        assert merged(theirs, result.text, theirs) == result
        assert merged(base, result.text, result.text) == result


@given(collections(), st.data())
def test_the_comments_of_both_sides_survive(base: dict[str, Any], data: st.DataObject) -> None:
    ours, theirs = data.draw(edited(base)), data.draw(edited(base))
    texts = [
        dump(side, comments={name: f"{who} {name}" for name in side})
        for side, who in ((base, "base"), (ours, "ours"), (theirs, "theirs"))
    ]
    result = merged(*texts)
    for name in data_of(resolve(result.text, "ours")):
        for who, side in (("ours", ours), ("theirs", theirs)):
            if name in side:
                assert f"# {who} {name}\n" in result.text


@given(collections(), st.lists(requests(), max_size=3), st.lists(requests(), max_size=3))
def test_two_people_adding_records_never_conflict(
    base: dict[str, Any], one: list[Any], other: list[Any]
) -> None:
    ours = {**base, **{f"un-{i}": each for i, each in enumerate(one)}}
    theirs = {**base, **{f"deux-{i}": each for i, each in enumerate(other)}}
    result = merged(dump(base), dump(ours), dump(theirs))
    assert isinstance(result, Merged)
    assert data_of(result.text) == loaded({**ours, **theirs})


@given(sides(), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_line_ends_and_the_byte_order_mark_are_kept(
    three: Sides, newline: str, has_bom: bool
) -> None:
    plain = merged(*map(dump, three)).text
    bom = "\ufeff" if has_bom else ""
    texts = [bom + dump(side).replace("\n", newline) for side in three]
    assert merged(*texts).text == bom + plain.replace("\n", newline)

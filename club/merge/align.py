"""Which item of one side is which item of another, and in which order they all stand."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import Any, TypeVar

from club.merge.shapes import Shape

L = TypeVar("L", bound=Hashable)
KeyOf = Callable[[Any], str | None]

NAMING = ("value", "source", "as_of", "scope")
"""What makes two claims the same statement, whatever is noted about it."""


def canonical(value: Any) -> str:
    """A text that two equal values share, whatever the order of their keys."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def labels(
    base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any], shape: Shape
) -> tuple[list[int], list[int], list[int]]:
    """A number for each item of each side, the same for what is the same item."""
    keys = _keys(shape)
    numbers = [list(range(len(base)))]
    next_number = len(base)
    for side in (ours, theirs):
        found, used = _pairs(base, side, keys)
        if shape.is_claim or not shape.is_strict:
            _pair_neighbours(base, side, found, used, is_claim=shape.is_claim)
        numbers.append([found.get(index, -1) for index in range(len(side))])
    added = [[i for i, n in enumerate(side) if n < 0] for side in numbers[1:]]
    both, _ = _pairs([ours[i] for i in added[0]], [theirs[i] for i in added[1]], keys[:2])
    for index in added[0]:
        numbers[1][index] = next_number
        next_number += 1
    for position, index in enumerate(added[1]):
        if position in both:
            numbers[2][index] = numbers[1][added[0][both[position]]]
        else:
            numbers[2][index] = next_number
            next_number += 1
    return numbers[0], numbers[1], numbers[2]


def _keys(shape: Shape) -> list[KeyOf]:
    """What to compare items by, the surest first."""
    if shape.is_claim:
        return [canonical, _by(NAMING), _by(NAMING[1:]), _by(NAMING[:1])]
    return [canonical, _by(shape.identity or ("id",))]


def _by(names: tuple[str, ...]) -> KeyOf:
    def key(value: Any) -> str | None:
        fields = value if isinstance(value, dict) else {"value": value}
        found = [fields.get(name) for name in names]
        return None if all(each is None for each in found) else canonical(found)

    return key


def _pairs(
    left: Sequence[Any], right: Sequence[Any], keys: Sequence[KeyOf]
) -> tuple[dict[int, int], set[int]]:
    """For each index of *right*, that of the same item of *left*; and the latter once more."""
    found: dict[int, int] = {}
    used: set[int] = set()
    for key in keys:
        by_key: dict[str, list[int]] = defaultdict(list)
        for i, each in enumerate(left):
            if i not in used and (name := key(each)) is not None:
                by_key[name].append(i)
        for j, each in enumerate(right):
            if j not in found and (name := key(each)) is not None and by_key.get(name):
                used.add(by_key[name][0])
                found[j] = by_key[name].pop(0)
    return found, used


def _pair_neighbours(
    left: Sequence[Any],
    right: Sequence[Any],
    found: dict[int, int],
    used: set[int],
    *,
    is_claim: bool,
) -> None:
    """Pairs what stands in the same gap and looks alike: an item that was reworded."""
    previous = -1
    for j, each in enumerate(right):
        if j in found:
            previous = found[j]
            continue
        for i in range(previous + 1, len(left)):
            if i in used:
                break
            if _are_alike(left[i], each, is_claim=is_claim):
                found[j] = previous = i
                used.add(i)
                break


def _are_alike(one: Any, other: Any, *, is_claim: bool) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        same = sum(1 for key in one if key in other and one[key] == other[key])
        return 2 * same >= max(len(one), len(other))
    return is_claim and isinstance(one, str) and isinstance(other, str)


def order(
    base: Sequence[L],
    ours: Sequence[L],
    theirs: Sequence[L],
    kept: Collection[L],
    sort_key: Mapping[L, str],
) -> list[L]:
    """The labels *kept*, as the side that moved them has them, what each added at its place.

    What both sides add at one place stands in the order of its content, so that it does not
    matter which side merges the other.
    """
    sides = [_with_removed(base, side) for side in (ours, theirs)]
    first, second = sorted(sides, key=lambda side: [sort_key[each] for each in side])
    common = set(first).intersection(second)
    if [x for x in first if x in common] != [x for x in second if x in common]:
        known = set(base)
        moved = [[x for x in side if x in known] != list(base) for side in (first, second)]
        if moved == [False, True]:
            first, second = second, first
    return [each for each in _inserted(first, second, common, sort_key) if each in kept]


def _with_removed(base: Sequence[L], side: Sequence[L]) -> list[L]:
    """*side* with what it removed back after what preceded it: additions keep their place."""
    present = set(side)
    removed: dict[L | None, list[L]] = defaultdict(list)
    previous: L | None = None
    for each in base:
        if each in present:
            previous = each
        else:
            removed[previous].append(each)
    return [*removed[None], *(x for each in side for x in (each, *removed.get(each, ())))]


def _inserted(
    leader: list[L], other: list[L], common: set[L], sort_key: Mapping[L, str]
) -> list[L]:
    """*leader* with what only *other* has, each run after what precedes it there."""
    led, followed = _runs(leader, common), _runs(other, common)
    result: list[L] = []
    for anchor in [None, *(each for each in leader if each in common)]:
        if anchor is not None:
            result.append(anchor)
        runs = [run for run in (led.get(anchor), followed.get(anchor)) if run]
        for run in sorted(runs, key=lambda run: [sort_key[each] for each in run]):
            result += run
    return result


def _runs(side: list[L], common: set[L]) -> dict[L | None, list[L]]:
    runs: dict[L | None, list[L]] = {}
    anchor: L | None = None
    for each in side:
        if each in common:
            anchor = each
        else:
            runs.setdefault(anchor, []).append(each)
    return runs

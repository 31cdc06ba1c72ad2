"""Which item of one side is which item of another, and in which order they all stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from club.model.alignment import Pairs, aligned, are_alike, both_added
from club.model.record import Part

L = TypeVar("L", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Labels:
    """A number for each item of each side, the same for what is the same item.

    The *contested* are those of two items that cannot be told from two versions of one.
    """

    base: list[int]
    ours: list[int]
    theirs: list[int]
    contested: frozenset[int]


def labels(
    base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any], part: type[Part] | None
) -> Labels:
    """The labels of three lists, whose items *part* tells apart."""
    here, there = (aligned(part, base, side, guesses=True) for side in (ours, theirs))
    own = [index for index in range(len(ours)) if index not in here]
    new = [index for index in range(len(theirs)) if index not in there]
    same = both_added(part, [ours[index] for index in own], [theirs[index] for index in new])
    here |= {index: len(base) + at for at, index in enumerate(own)}
    there |= {index: len(base) + len(own) + at for at, index in enumerate(new)}
    gone = set(range(len(base))) - {*here.values(), *there.values()}
    doubts: set[int] = set()
    for at, index in same.items():
        mine, other = own[index], new[at]
        was = {*_likely(part, base, gone, ours[mine]), *_likely(part, base, gone, theirs[other])}
        if len(was) == 1:
            here[mine] = was.pop()
            gone.remove(here[mine])
        elif was:
            doubts.add(here[mine])
        there[other] = here[mine]
    for items, pairs in ((ours, here), (theirs, there)):
        added = [(label, items[at]) for at, label in pairs.items() if label >= len(base)]
        doubts |= {label for label, item in added if _likely(part, base, gone, item)}
    if part is None:  # nothing says which item is which
        doubts |= {here[at] for at in _doubtful(base, (ours, here), (theirs, there))}
        doubts |= {there[at] for at in _doubtful(base, (theirs, there), (ours, here))}
    found = _with_contests(
        list(range(len(base))),
        [here[index] for index in range(len(ours))],
        [there[index] for index in range(len(theirs))],
    )
    if part is None:
        doubts |= _changed_and_removed(found, base, ours, theirs)
    return replace(found, contested=found.contested | doubts)


def _changed_and_removed(
    found: Labels, base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any]
) -> set[int]:
    """The items that may be one that the other side removed: what one side put where it stood."""
    sides = ((found.ours, ours), (found.theirs, theirs))
    item_of = {
        label: item for labels, items in sides for label, item in zip(labels, items, strict=True)
    }
    doubts: set[int] = set()
    for old, here, there in replaced(found.base, found.ours, found.theirs):
        if here and there:
            continue  # both are contested already
        kinds = {_shape(base[label]) for label in old}
        doubts |= {label for label in (*here, *there) if _shape(item_of[label]) in kinds}
    return doubts


def _shape(item: Any) -> type:
    return next((each for each in (dict, list) if isinstance(item, each)), str)


def _likely(part: type[Part] | None, base: Sequence[Any], gone: set[int], item: Any) -> list[int]:
    """Which of the items *gone* from both sides *item* may be, under another name or anew.

    Where nothing says which item is which, one value that they share is enough to ask, half of
    what is inside, or an only key that no other has.
    """
    found = [old for old in gone if are_alike(part, base[old], item)]
    if found or part is not None or not isinstance(item, dict | list):
        return found
    names = [list(each) if isinstance(each, dict) and len(each) == 1 else None for each in base]
    name = list(item) if isinstance(item, dict) else None
    is_named = name is not None and names.count(name) == 1  # as a section of a menu is
    return [
        old for old in gone if (is_named and names[old] == name) or _has_some_of(base[old], item)
    ]


def _has_some_of(old: Any, item: Any) -> bool:
    """Whether two items share a field, or half of what the longer has inside."""
    are_mappings = isinstance(old, dict) and isinstance(item, dict)
    if are_mappings and any(each in item.items() for each in old.items()):
        return True
    here, there = (Counter(_leaves(each)) for each in (old, item))
    return 2 * (here & there).total() >= max(here.total(), there.total()) > 0


def _leaves(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Each scalar inside *value*, with the key it stands under."""
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else ((key, each) for each in value)
        for name, each in pairs:
            yield from _leaves(each, name)
    else:
        yield key, str(value)


def _doubtful(
    base: Sequence[Any], side: tuple[Sequence[Any], Pairs], other: tuple[Sequence[Any], Pairs]
) -> Iterator[int]:
    """The items of *side* that may be another item of *base*, one that *other* changed too.

    To choose would put what one side wrote into what the other took for another thing.
    """
    (items, labels), (others, theirs) = side, other
    equal = {old for at, old in labels.items() if old < len(base) and items[at] == base[old]}
    kept = {old for at, old in theirs.items() if old < len(base) and others[at] == base[old]}
    moving = [old for old in range(len(base)) if old not in equal]
    for at, item in enumerate(items):
        own = labels[at]
        if own in equal or (own < len(base) and _has_same_id(item, base[own])):
            continue
        likely = {old for old in moving if are_alike(None, base[old], item)}
        if likely - kept and (likely != {own} or not _is_mostly(base[own], item)):
            yield at


def _is_mostly(old: Any, new: Any) -> bool:
    """Whether more than half of what the longer says is the same."""
    return 2 * sum(each in new.items() for each in old.items()) > max(len(old), len(new))


def _has_same_id(one: Any, other: Any) -> bool:
    return isinstance(one, dict) and bool(one.get("id")) and one["id"] == other.get("id")


def _with_contests(base: list[int], ours: list[int], theirs: list[int]) -> Labels:
    """The labels, where what both sides put in the place of an item is that item, or contested.

    A pairing by likeness cannot be sure that what replaced an item on each side is another thing:
    to keep both would say the thing twice.
    """
    contested: set[int] = set()
    for old, here, there in replaced(base, ours, theirs):
        is_one = len(old) == len(here) == len(there) == 1
        for mine, other in zip(here, there, strict=False):
            same = old[0] if is_one else mine
            ours = [same if each == mine else each for each in ours]
            theirs = [same if each == other else each for each in theirs]
            if not is_one:
                contested.add(same)
    return Labels(base, ours, theirs, frozenset(contested))


def replaced(
    base: Sequence[L], ours: Sequence[L], theirs: Sequence[L]
) -> list[tuple[list[L], list[L], list[L]]]:
    """What is gone from both sides, and what each put in that place and the other has not.

    The last two may be empty: then the thing was removed there.
    """
    old, here, there = set(base), set(ours), set(theirs)
    common = old & here & there
    gone = _runs([each for each in base if each in common or each not in here | there], common)
    mine = _runs([each for each in ours if each in common or each not in old | there], common)
    other = _runs([each for each in theirs if each in common or each not in old | here], common)
    return [(run, mine.get(after, []), other.get(after, [])) for after, run in gone.items()]


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


def are_two_orders(base: Sequence[L], ours: Sequence[L], theirs: Sequence[L]) -> bool:
    """Whether both sides put what they share in an order of their own, each in another."""
    shared = set(ours).intersection(theirs)
    here, there = ([each for each in side if each in shared] for side in (ours, theirs))
    if here == there:
        return False
    was = [each for each in base if each in shared]
    moved = [[each for each in side if each in set(was)] != was for side in (here, there)]
    return moved[0] == moved[1]


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

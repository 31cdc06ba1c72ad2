"""A merge of plain data, written for the tests alone: what the merge of texts must agree with.

It knows records, fields, positions by project and lists of axes; of orders, only that two different
ones are a conflict: whoever compares sorts first. A conflict takes *side*'s value and is counted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Value = Any
MISSING = object()


@dataclass
class Reference:
    """A merge that resolves conflicts as *side* has them, and remembers where they were."""

    side: str
    conflicts: list[tuple[str, ...]] = field(default_factory=list)

    def merge(self, base: Value, ours: Value, theirs: Value, keys: tuple[str, ...] = ()) -> Value:
        if theirs in (ours, base):
            return ours
        if ours == base:
            return theirs
        known = [each for each in (base, ours, theirs) if each is not MISSING]
        name = keys[-1] if keys else ""
        if MISSING not in (ours, theirs):
            if name in {"axes", "positions"} and are_disordered(base, ours, theirs):
                self.conflicts.append(keys)
                return ours if self.side == "ours" else theirs
            if all(isinstance(each, dict) for each in known):
                return self.fields(base, ours, theirs, keys)
            if name == "axes":
                return self.axes(base, ours, theirs)
            if name == "positions":
                return self.positions(base, ours, theirs, keys)
        self.conflicts.append(keys)
        return ours if self.side == "ours" else theirs

    def fields(self, base: Value, ours: Value, theirs: Value, keys: tuple[str, ...]) -> Value:
        old = {} if base is MISSING else base
        result = {}
        for key in {**ours, **theirs, **old}:
            sides = [each.get(key, MISSING) for each in (old, ours, theirs)]
            merged = self.merge(*sides, (*keys, key))
            if merged is not MISSING:
                result[key] = merged
        return result

    def axes(self, base: Value, ours: Value, theirs: Value) -> Value:
        old = set() if base is MISSING else set(base)
        here, there = set(ours), set(theirs)
        return sorted((here | there) - (old - here) - (old - there))

    def positions(self, base: Value, ours: Value, theirs: Value, keys: tuple[str, ...]) -> Value:
        sides = [
            {each["project"]: each for each in ([] if side is MISSING else side)}
            for side in (base, ours, theirs)
        ]
        return list(self.fields(sides[0], sides[1], sides[2], keys).values())


def are_disordered(base: Value, ours: Value, theirs: Value) -> bool:
    """Whether both sides put what they both have in another order than the base, and each other."""
    old, here, there = (
        [each["project"] if isinstance(each, dict) else each for each in side]
        for side in ([] if base is MISSING else base, ours, theirs)
    )
    pairs = [(x, y) for x in here for y in here if {x, y} <= set(there) and x != y]
    orders = [{(x, y) for x, y in pairs if side.index(x) < side.index(y)} for side in (here, there)]
    known = {(x, y) for x, y in pairs if {x, y} <= set(old)}
    was = {(x, y) for x, y in known if old.index(x) < old.index(y)}
    moved = [order & known != was for order in orders]
    return orders[0] != orders[1] and moved[0] == moved[1]


def unordered(value: Value) -> Value:
    """*value* without the order of its keys and items."""
    if isinstance(value, dict):
        return {key: unordered(each) for key, each in value.items()}
    if isinstance(value, list):
        return sorted((unordered(each) for each in value), key=repr_of)
    return value


def repr_of(value: Value) -> str:
    return repr(sorted(value.items())) if isinstance(value, dict) else repr(value)

"""How often each thing stands in a YAML text: what a merge by line is proved by.

By line, an item that both sides moved stands at both places, and a key that one side moved stays
although the other removed it; Git calls both clean.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from club.model.alignment import canonical

Path = tuple[str, ...]
Standing = Counter[tuple[Path, str]]


def has_too_much(base: Any, merged: Any, ours: Any, theirs: Any) -> bool:
    """Whether a thing stands in *merged* more often than a merge of its numbers has it.

    In another list than before, it is the same thing only if each version has it once.
    """
    old, found, here, there = (Counter(_things(each)) for each in (base, merged, ours, theirs))
    if any(found[each] > _times(old[each], here[each], there[each]) for each in here | there):
        return True
    olds, founds, *sides = map(_anywhere, (old, found, here, there))
    once = [text for text, times in olds.items() if times == 1]
    return any(founds[text] > 1 and all(side[text] == 1 for side in sides) for text in once)


def _times(base: int, ours: int, theirs: int) -> int:
    """How often both sides want a thing; at most, if they disagree."""
    if base in (ours, theirs):
        return theirs if ours == base else ours
    return max(ours, theirs)


def _things(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Each key and each item with its path, which forgets places in a list."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield (*path, key), ""
            yield from _things(each, (*path, key))
    elif isinstance(value, list):
        for each in value:
            yield path, canonical(each)
            yield from _things(each, (*path, _name(each)))


def _name(item: Any) -> str:
    """What an item is called: its id, its first text, or its only key."""
    if not isinstance(item, dict):
        return ""
    texts = (each for each in (item.get("id"), *item.values()) if each and isinstance(each, str))
    return next(texts, "") or (next(iter(item)) if len(item) == 1 else "")


def _anywhere(standing: Standing) -> Counter[str]:
    """How often each item stands, in whichever list."""
    found: Counter[str] = Counter()
    for (_, text), times in standing.items():
        if text:
            found[text] += times
    return found

"""What both sides took from where it stood and put elsewhere, each in its place: not in both.

A merge goes place by place, and so sees a thing removed here, another added there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from club.model.alignment import are_alike, canonical
from club.model.entries import Cut, Entry
from club.model.yaml_text import UnclearError

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """An item of a list, or a mapping under a key: *path* is where, less its place in a list."""

    path: Path
    name: str
    value: Any

    @property
    def text(self) -> str:
        """What two equal things share."""
        return canonical([self.name, self.value])

    @property
    def place(self) -> tuple[Path, str]:
        """Where it stands and what it says."""
        return self.path, self.text


def moved_apart(base: Cut, ours: Cut, theirs: Cut) -> set[str]:
    """The keys of what holds something that both sides moved, each elsewhere.

    What one side has elsewhere and the other removed may as well be like it by chance.

    A record that has another id is not what it holds moved: that is `three_way.py`'s to see.
    """
    sides = [{entry.key: entry for entry in cut.entries} for cut in (base, ours, theirs)]
    was_at, *now_at = sides
    if not any(all(_text(side, key) != _text(was_at, key) for side in now_at) for key in was_at):
        return set()
    old, *now = (list(_things(side, sides)) for side in sides)
    known = {each.place for each in old}
    kept = {each.place for side in now for each in side}
    new = [[each for each in side if each.place not in known] for side in now]
    times = Counter(each.text for each in old)
    found: set[str] = set()
    for was in old:
        if times[was.text] > 1 or was.place in kept:
            continue
        likely = [[each for each in side if _is_same(was, each)] for side in new]
        if any(each.path == was.path for side in likely for each in side):
            continue  # it was changed where it stands
        is_inside = len(was.path) > 1 or bool(was.name)
        if is_inside and not any(was.path[0] in side for side in now_at):
            likely = [[each for each in side if each.path[0] in was_at] for side in likely]
        places = [{each.place for each in side} for side in likely]
        if all(places) and places[0] != places[1]:
            found |= {each.path[0] for side in likely for each in side}
    return found


def _text(side: Mapping[str, Entry], key: str) -> str | None:
    return side[key].text if key in side else None


def _things(side: Mapping[str, Entry], sides: Sequence[Mapping[str, Entry]]) -> Iterator[Thing]:
    """What stands in the entries of *side* that are not the same on all *sides*."""
    for key, entry in side.items():
        if entry.is_sound and len({_text(other, key) for other in sides}) > 1:
            with suppress(UnclearError):
                yield from _inside(entry.opened().value, (key,))


def _inside(value: Any, path: Path) -> Iterator[Thing]:
    if isinstance(value, list):
        for each in value:
            yield Thing(path, "", each)
            yield from _inside(each, (*path, _name(each)))
    elif isinstance(value, dict):
        for key, each in value.items():
            if isinstance(each, dict):
                yield Thing(path, key, each)
            yield from _inside(each, (*path, key))


def _name(item: Any) -> str:
    """What an item is called, as far as a path goes."""
    if not isinstance(item, dict):
        return ""
    texts = [value for value in item.values() if isinstance(value, str)]
    return str(item.get("id") or next(iter(texts), ""))


def _is_same(was: Thing, now: Thing) -> bool:
    """Whether *now* is *was*, changed in part at most."""
    if was.name != now.name or was.value == now.value:
        return was.name == now.name
    if not isinstance(was.value, dict) or not isinstance(now.value, dict):
        return False
    id = was.value.get("id")
    return (bool(id) and id == now.value.get("id")) or are_alike(None, was.value, now.value)

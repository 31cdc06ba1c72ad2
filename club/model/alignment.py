"""Which item of a list is which item of another version of it: what history and merging rely on.

History states what happened, so it must be sure: what it cannot tell is removed and added. A merge
also guesses, for two versions of one thing kept side by side would be worse than a conflict.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from club.model.field import Field, fields_of
from club.model.fields import Claim
from club.model.record import Part

Pairs = dict[int, int]
"""The index of an item in the new list, to that of the same item in the old one."""
KeyOf = Callable[[Any], str | None]
PartType = type[Part] | None
SEPARATOR = " · "


def canonical(value: Any) -> str:
    """A text that two equal values share, whatever the order of their keys."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


@cache
def identity_of(part: PartType) -> tuple[str, ...]:
    """What tells an item from the others: what its part declares, its id, or its first field."""
    if part is None or part.identity:
        return part.identity if part else ("id",)
    fields = [each for each in fields_of(part).values() if each.is_content]
    named = [each.name for each in fields if each.name == "id" or _is_plain(each)]
    return ("id",) if "id" in named else tuple(named[:1])


def _is_plain(field: Field) -> bool:
    return not (field.many or field.part or field.is_text)


@cache
def is_other_thing(part: PartType) -> bool:
    """Whether an item of another identity is another thing, rather than the same one corrected."""
    if part is None or part.identity:
        return part is not None and part.is_lasting
    return any(name == "id" or fields_of(part)[name].is_reference for name in identity_of(part))


def _has_sure_identity(part: PartType) -> bool:
    return part is not None and (bool(part.identity) or identity_of(part) == ("id",))


def name_of(part: PartType, item: Mapping[str, Any]) -> str:
    """What the item is of: the project of a position, the source and date of a claim."""
    return SEPARATOR.join(str(item[name]).strip() for name in identity_of(part) if item.get(name))


def aligned(
    part: PartType, olds: Sequence[Any], news: Sequence[Any], *, guesses: bool = False
) -> Pairs:
    """The items of *news* that are those of *olds*: equal, of the same identity, or corrected.

    An identity that several share, or that no part declares, tells nothing, and only the one item
    put where the one gone stood may be that one corrected; unless *guesses* takes the likeliest.
    """
    keys = _keys(part) if guesses or _has_sure_identity(part) else [_whole]
    if _is_claim(part):
        keys = [*keys, _by(identity_of(part)), *([_by(("value",))] if guesses else [])]
    found = _paired(olds, news, keys, guesses=guesses)
    if not is_other_thing(part):
        _pair_corrected(part, olds, news, found, guesses=guesses)
    return found


def both_added(part: PartType, ours: Sequence[Any], theirs: Sequence[Any]) -> Pairs:
    """The items of *theirs* that are also among *ours*, none of which was there before.

    Two claims that say neither source, date nor scope are one, as nothing would tell them apart.
    """
    keys = _keys(part)
    return _paired(ours, theirs, [*keys, _statement] if _is_claim(part) else keys, guesses=True)


def _keys(part: PartType) -> list[KeyOf]:
    """What makes two items the same, the surest first; of claims, the same statement."""
    names = identity_of(part)
    return [_whole, _by(("value", *names) if _is_claim(part) else names)]


def _statement(item: Any) -> str:
    """Which statement a claim is, whatever its value."""
    return canonical([_fields(item).get(name) or "" for name in Claim.identity])


def _is_claim(part: PartType) -> bool:
    return part is not None and issubclass(part, Claim)


def _whole(item: Any) -> str:
    return canonical({k: v for k, v in item.items() if v} if isinstance(item, dict) else item)


def _by(names: tuple[str, ...]) -> KeyOf:
    def key(item: Any) -> str | None:
        fields = _fields(item)
        said = [fields.get(name) for name in names]
        return None if all(each is None for each in said) else canonical(said)

    return key


def _fields(item: Any) -> Mapping[str, Any]:
    """The fields of an item, which may be written as its only value."""
    return item if isinstance(item, Mapping) else {"value": item}


def _paired(
    olds: Sequence[Any], news: Sequence[Any], keys: Iterable[KeyOf], *, guesses: bool
) -> Pairs:
    found: Pairs = {}
    for key in keys:
        was = _by_key(olds, key, set(found.values()))
        for name, indexes in _by_key(news, key, found).items():
            same = was.get(name, [])
            if guesses or key is _whole or len(same) == len(indexes) == 1:
                found.update(zip(indexes, same, strict=False))
    return found


def _by_key(items: Sequence[Any], key: KeyOf, paired: Container[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        if index not in paired and (name := key(item)) is not None:
            found[name].append(index)
    return found


def _pair_corrected(
    part: PartType, olds: Sequence[Any], news: Sequence[Any], found: Pairs, *, guesses: bool
) -> None:
    """Pairs what stands after the same neighbour and looks alike."""
    taken = set(found.values())
    previous = -1
    for at, new in enumerate(news):
        if at not in found:
            stop = next((i for i in range(previous + 1, len(olds)) if i in taken), len(olds))
            gap = range(previous + 1, stop)
            if not guesses and not (len(gap) == 1 and _is_alone(at, news, found)):
                continue
            match = next((i for i in gap if are_alike(part, olds[i], new)), None)
            if match is None:
                continue
            found[at] = match
            taken.add(match)
        previous = found[at]


def _is_alone(at: int, news: Sequence[Any], found: Pairs) -> bool:
    return (at == 0 or at - 1 in found) and (at + 1 == len(news) or at + 1 in found)


def are_alike(part: PartType, one: Any, other: Any) -> bool:
    """Whether half of what the longer says is the same; two claims of a bare value always are."""
    if not isinstance(one, Mapping) and not _is_claim(part):
        return False
    here, there = _fields(one), _fields(other)
    if _is_claim(part) and here.keys() == there.keys() == {"value"}:
        return True
    same = sum(1 for key in here if key in there and here[key] == there[key])
    return 2 * same >= max(len(here), len(there))

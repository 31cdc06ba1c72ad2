"""Which item of a list is which, from one version to the next."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from club.model.fields import Claim

Item = Mapping[str, Any]
IDENTITIES: dict[str, tuple[str, ...]] = {
    "Action": ("id",),
    "AgendaPoint": ("id",),
    "Carrier": ("organisation", "role"),
    "Cell": ("subject", "criterion"),
    "Criterion": ("id",),
    "Position": ("project",),
    "Reuse": ("project",),
    "RoundTableEntry": ("project",),
    "SupportLevel": ("level",),
    "Version": ("id",),
}
"""What tells the items of a part apart for as long as they last."""
PASSING: dict[str, tuple[str, ...]] = {
    "Answer": ("date", "source"),
    "Figure": ("label",),
    "Milestone": ("what",),
    "PlannedSector": ("sector",),
    "StateChange": ("state",),
    "WebLink": ("url",),
}
"""What tells them apart as long as nobody corrects it."""
OF_A_CLAIM = ("source", "as_of", "scope")
SEPARATOR = " · "


def identity_of(part: type[BaseModel], item: Item) -> str:
    """What the item is of: the project of a position, the source and date of a claim."""
    if issubclass(part, Claim):
        names: tuple[str, ...] = OF_A_CLAIM
    else:
        names = IDENTITIES.get(part.__name__) or PASSING.get(part.__name__) or ()
    return SEPARATOR.join(str(item[name]).strip() for name in names if item.get(name))


def aligned(
    part: type[BaseModel], olds: list[Item], news: list[Item]
) -> list[tuple[Item | None, Item | None]]:
    """The items that differ, each old one with what became of it.

    Equal items are left out wherever they stand; then items of the same identity go together, and
    last the only two that remain.
    """
    left_old, left_new = _without_equals(olds, news)
    by_identity: dict[str, list[Item]] = defaultdict(list)
    for old in left_old:
        by_identity[identity_of(part, old)].append(old)
    pairs: list[tuple[Item | None, Item | None]] = []
    came: list[Item] = []
    for new in left_new:
        same = by_identity[identity_of(part, new)]
        if same:
            pairs.append((same.pop(0), new))
        else:
            came.append(new)
    waiting = {id(old) for items in by_identity.values() for old in items}
    went = [old for old in left_old if id(old) in waiting]
    if len(came) == len(went) == 1 and part.__name__ not in IDENTITIES:
        return [*pairs, (went[0], came[0])]
    return [*pairs, *((old, None) for old in went), *((None, new) for new in came)]


def _without_equals(olds: list[Item], news: list[Item]) -> tuple[list[Item], list[Item]]:
    both = Counter(map(_form, olds)) & Counter(map(_form, news))
    return _less(olds, both), _less(news, both)


def _less(items: list[Item], taken: Counter[str]) -> list[Item]:
    left = Counter(taken)
    kept = []
    for item in items:
        form = _form(item)
        if left[form]:
            left[form] -= 1
        else:
            kept.append(item)
    return kept


def _form(item: Item) -> str:
    said = {key: value for key, value in item.items() if value is not None}
    return json.dumps(said, sort_keys=True, default=str)

"""Small counts are masked, with as many others as it takes not to find them by subtraction.

The rule is that of primary and complementary suppression: Hundepool et al., “Statistical
Disclosure Control” (2012), chapter 4; thresholds of 5 to 10 are usual.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from club.model.series import Observation

Cell = tuple[str, str, str, str, str]


def masked(series: Iterable[Observation], least: int) -> tuple[Observation, ...]:
    """*series* where no count above zero and below *least* is told, nor can be worked out.

    A total and its parts are one equation for each dimension. In each, either nothing is masked or
    at least two figures are; where the total is told, those masked add up to *least* or more.
    """
    seen = tuple(series)
    groups: dict[Cell, list[int]] = defaultdict(list)
    for index, each in enumerate(seen):
        groups[(each.indicator, each.project, each.span.said, "", "")].append(index)
    hidden: set[int] = set()
    for group in groups.values():
        hidden |= _hidden(seen, group, least)
    return tuple(
        replace(each, value=None, is_masked=True) if index in hidden else each
        for index, each in enumerate(seen)
    )


def _hidden(seen: tuple[Observation, ...], group: list[int], least: int) -> set[int]:
    """Which of *group*, the figures of one period, are masked."""
    total = next((index for index in group if not seen[index].dimension), None)
    parts: dict[str, list[int]] = defaultdict(list)
    for index in group:
        if seen[index].dimension:
            parts[seen[index].dimension].append(index)

    def value(index: int) -> Decimal:
        return seen[index].value or Decimal(0)

    hidden = {index for index in group if 0 < value(index) < least}
    while True:
        before = len(hidden)
        for cells in parts.values():
            gone = [index for index in cells if index in hidden]
            left = sorted(
                (index for index in cells if index not in hidden and value(index)),
                key=lambda index: (value(index), index),
            )
            if total is not None and total not in hidden:
                if gone and (len(gone) < 2 or sum(map(value, gone)) < least):
                    hidden.add(left[0] if left else total)
            elif hidden and not gone and left:
                hidden.add(left[0])  # what is told here in full would tell the total
        if len(hidden) == before:
            return hidden

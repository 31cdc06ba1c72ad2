"""Whether figures may stand on one axis, and what is to be said where they do not quite agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from club.model.fields import Qualifier
from club.model.message import N_, Message
from club.model.series import Observation
from club.records.indicator.model import Indicator

OTHER_UNIT = N_("“{one}” counts in “{unit}”, “{other}” in “{other_unit}”.")
OTHER_PERIOD = N_("“{one}” and “{other}” are not measured over the same length of time.")
OTHER_VERSION = N_("“{one}” and “{other}” are not of the same edition of their definition.")
NOT_DECLARED = N_("Nobody declared “{one}” comparable with “{other}”: they are defined apart.")
GAP = N_("For {period}, the profiles add up to {sum}, the total says {total}; the gap is {gap}.")


def refusals(indicators: Iterable[Indicator]) -> Iterator[Message]:
    """Why the figures of *indicators* may not be drawn on one axis; nothing if they may.

    Two indicators compare if one of them says so, or splits the figures of the other, and if their
    units, their periods and the editions of their definitions are the same.
    """
    many = tuple(indicators)
    for index, one in enumerate(many):
        for other in many[index + 1 :]:
            names = {"one": one.label, "other": other.label}
            said = (*one.comparable_with, *other.comparable_with, one.splits, other.splits)
            ids = {each.id for each in said if each}
            if one.unit != other.unit:
                units = {"unit": one.unit, "other_unit": other.unit}
                yield Message(OTHER_UNIT, {**names, **units})
            elif one.period != other.period:
                yield Message(OTHER_PERIOD, names)
            elif one.version != other.version:
                yield Message(OTHER_VERSION, names)
            elif not ids & {one.id, other.id}:
                yield Message(NOT_DECLARED, names)


@dataclass(frozen=True, slots=True)
class Gap:
    """A period whose parts do not add up to the total, though each of them is known."""

    period: str
    parts: Decimal
    total: Decimal

    @property
    def size(self) -> Decimal:
        """How much the total exceeds the sum of the parts; below zero if it lacks."""
        return self.total - self.parts


def gaps(
    series: Iterable[Observation], dimension: str, whole: Iterable[Observation] | None = None
) -> tuple[Gap, ...]:
    """Where the sum over *dimension* differs from the total of the same period.

    *series* is of one indicator and one project; *whole* holds its totals where they are another's.
    Only exact figures are compared. Where a part is unknown or masked, nothing is
    said: the difference would tell it.
    """
    totals: dict[str, Decimal] = {}
    parts: dict[str, list[Decimal | None]] = defaultdict(list)
    seen = tuple(series)
    for each in seen:
        if each.dimension == dimension:
            parts[each.span.said].append(_exact(each))
    for each in seen if whole is None else whole:
        if not each.dimension and (exact := _exact(each)) is not None:
            totals[each.span.said] = exact
    found = []
    for period, total in sorted(totals.items()):
        known = [value for value in parts[period] if value is not None]
        if known and len(known) == len(parts[period]) and sum(known) != total:
            found.append(Gap(period, sum(known, Decimal(0)), total))
    return tuple(found)


def _exact(seen: Observation) -> Decimal | None:
    """The value of *seen*, unless it is only known to be about so, or at least."""
    return seen.value if seen.qualifier is Qualifier.EXACT else None

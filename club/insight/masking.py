"""Small counts are masked, with as many others as it takes not to find them by subtraction.

The rule is that of primary and complementary suppression: Hundepool et al., “Statistical
Disclosure Control” (2012), chapter 4; thresholds of 5 to 10 are usual.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from club.model.series import Observation, TimeSpan

Line = tuple[str, str, str, str]
"""What is followed over time: a project, a unit, a dimension and a key."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What an indicator counts: figures of one *unit* may be one figure, written twice.

    *whole* is the id of the indicator that holds the totals of what this one splits, its own
    unless it is said.
    """

    unit: str
    whole: str


def masked(
    series: Iterable[Observation],
    least: int,
    measures: Mapping[str, Measure] | None = None,
    withheld: Sequence[bool] = (),
) -> tuple[Observation, ...]:
    """*series* where no count above zero and below *least* is told, nor can be worked out.

    *measures* are what the indicators count, by their ids. *withheld* says of each of the series,
    if it is given, whether its reader does not get it: it is masked as a small count is, unless the
    same figure stands in a row that is told. A total and its parts are one equation
    for each dimension; equal figures of one unit, project and period are taken for one figure. In
    each equation, either nothing is masked or at least two figures are; where the total is told,
    those masked add up to *least* or more. Of a long period that shares days with short ones,
    nothing is told if anything is masked in it or in them: together they would be a system of
    which no look at one equation after the other can tell what it gives away.
    """
    seen = tuple(series)
    if not any(withheld) and not any(
        each.value is not None and 0 < each.value < least for each in seen
    ):
        return seen
    table = _Table(seen, measures or {}, least, withheld or [False] * len(seen))
    table.mask()
    return tuple(
        replace(each, value=None, is_masked=True)
        if each.value is not None and table.variables[index] in table.hidden
        else each
        for index, each in enumerate(seen)
    )


@dataclass(slots=True)
class _Equation:
    """The *parts* add up to *total*, which is a figure that somebody wrote or only their sum."""

    total: int
    parts: Sequence[int]


@dataclass(slots=True)
class _Table:
    """The figures as the unknowns of a system: each is a *variable*, a number from zero on."""

    seen: tuple[Observation, ...]
    measures: Mapping[str, Measure]
    least: int
    withheld: Sequence[bool]
    variables: list[int] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    _values: list[Decimal] = field(default_factory=list)
    _names: dict[Hashable, int] = field(default_factory=dict)
    _stated: int = 0
    """The variables below this number are figures that somebody wrote; the others are sums."""
    _splits_of: dict[int, list[_Equation]] = field(default_factory=lambda: defaultdict(list))

    def mask(self) -> None:
        """Fills *hidden*: first what is small, then what would tell it."""
        for each in self.seen:
            line = (each.project, self._measure(each).unit, each.dimension, each.key)
            self.variables.append(self._variable(line, each.span, each.value))
        self._stated = len(self._values)
        self.hidden = {i for i, value in enumerate(self._values) if 0 < value < self.least}
        withheld = self._withheld()
        self.hidden |= withheld
        if not self.hidden:
            return
        for equation in self._splits():
            self._splits_of[equation.total].append(equation)
        before = -1
        while before < len(self.hidden):
            before = len(self.hidden)
            for equations in tuple(self._splits_of.values()):
                for equation in equations:
                    self._protect(equation)
        self._hide_long_periods(withheld)

    def _withheld(self) -> set[int]:
        """The figures that no row tells the reader."""
        rows = list(zip(self.seen, self.variables, self.withheld, strict=True))
        told = {variable for _, variable, is_withheld in rows if not is_withheld}
        kept = {variable for seen, variable, _ in rows if seen.value is not None}
        return kept - told

    def _measure(self, seen: Observation) -> Measure:
        return self.measures.get(seen.indicator) or Measure(seen.indicator, seen.indicator)

    def _variable(self, line: Line, span: TimeSpan, value: Decimal | None) -> int:
        name = (line, span, value)
        if name not in self._names:
            self._names[name] = len(self._values)
            self._values.append(value or Decimal(0))
        return self._names[name]

    def _splits(self) -> Iterator[_Equation]:
        """Each total with its parts by one dimension; the total may stand in another indicator.

        A sum that nobody wrote is a variable too: another dimension may tell it.
        """
        totals: dict[tuple[str, str, TimeSpan], int] = {}
        parts: dict[tuple[str, str, TimeSpan, str], list[int]] = defaultdict(list)
        for index, each in enumerate(self.seen):
            at = (each.indicator, each.project, each.span)
            if each.dimension:
                parts[*at, each.dimension].append(index)
            elif each.value is not None:
                totals[at] = self.variables[index]
        for (indicator, project, span, _), cells in parts.items():
            measure = self._measure(self.seen[cells[0]])
            members = sorted({self.variables[index] for index in cells})
            amount = sum((self._values[each] for each in members), Decimal(0))
            found = {
                totals.get((indicator, project, span)),
                totals.get((measure.whole, project, span)),
                self._variable((project, measure.unit, "", ""), span, amount),
            }
            yield from (_Equation(each, members) for each in found if each is not None)

    def _hide_long_periods(self, withheld: set[int]) -> None:
        """Hides whole periods, so that none told overlaps one of another unit that is masked.

        Where a period has something hidden, whatever is longer and shares a day with it goes; if
        the shorter has days outside, it goes too where it is the longer that hides something. So
        the days of which something is hidden are told by their own period alone, or by shorter
        ones within it: no sum of others, be it of unions that end on one day, says more of them.

        Those within it would add up to a figure that is *withheld* (a small count has small parts
        only): of its first day, nothing at all is told.
        """
        by_span: dict[tuple[str, str], dict[TimeSpan, set[int]]] = defaultdict(
            lambda: defaultdict(set)
        )
        for index, each in enumerate(self.seen):
            if each.value is not None:
                of = (each.project, self._measure(each).unit)
                by_span[of][each.span].add(self.variables[index])
        whole: set[int] = set()
        for spans in by_span.values():
            by_unit: dict[str, list[TimeSpan]] = defaultdict(list)
            for span in sorted(spans, key=_first):
                by_unit[span.unit].append(span)
            for span in (each for each in spans if not self.hidden.isdisjoint(spans[each])):
                for other in _sharing_days(span, by_unit):
                    short, long = sorted((span, other), key=_length)
                    if other.first <= span.first and not withheld.isdisjoint(spans[span]):
                        whole |= spans[other]
                    whole |= spans[long]
                    if long == span and not _is_in(short, long):
                        whole |= spans[short]
        self.hidden |= whole

    def _protect(self, equation: _Equation) -> None:
        """Hides one more figure if *equation* would tell one that is hidden."""
        gone = [each for each in equation.parts if each in self.hidden]
        left = sorted(
            (each for each in equation.parts if each not in self.hidden and self._values[each]),
            key=lambda each: (self._values[each], each),
        )
        if equation.total < self._stated and equation.total not in self.hidden:
            amount = sum((self._values[each] for each in gone), Decimal(0))
            if gone and (len(gone) < 2 or amount < self.least):
                self.hidden.add(left[0] if left else equation.total)
        elif left and not gone and (equation.total in self.hidden or self._is_kept(equation)):
            self.hidden.add(left[0])  # what is told here in full would tell the total

    def _is_kept(self, equation: _Equation) -> bool:
        """Whether some part of its total, split in some way, is hidden."""
        those = self._splits_of[equation.total]
        return any(part in self.hidden for each in those for part in each.parts)


def _sharing_days(span: TimeSpan, by_unit: Mapping[str, Sequence[TimeSpan]]) -> Iterator[TimeSpan]:
    """The periods of other units that overlap *span*; those of one unit never overlap."""
    for unit, others in by_unit.items():
        if unit != span.unit:
            start = bisect_right(others, span.first, key=_first)
            if start and others[start - 1].last >= span.first:
                start -= 1
            yield from others[start : bisect_right(others, span.last, key=_first)]


def _first(span: TimeSpan) -> date:
    return span.first


def _is_in(short: TimeSpan, long: TimeSpan) -> bool:
    return long.first <= short.first and short.last <= long.last


def _length(span: TimeSpan) -> int:
    return (span.last - span.first).days

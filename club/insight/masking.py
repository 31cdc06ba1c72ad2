"""Small counts are masked, with as many others as it takes not to find them by subtraction.

The rule is that of primary and complementary suppression: Hundepool et al., “Statistical
Disclosure Control” (2012), chapter 4; thresholds of 5 to 10 are usual.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    series: Iterable[Observation], least: int, measures: Mapping[str, Measure] | None = None
) -> tuple[Observation, ...]:
    """*series* where no count above zero and below *least* is told, nor can be worked out.

    *measures* are what the indicators count, by their ids. A total and its parts are one equation
    for each dimension, and so are a long period and the short ones that make it up; equal figures
    of one unit, project and period are taken for one figure. In each equation, either nothing is
    masked or at least two figures are; where the total is told, those masked add up to *least* or
    more.
    """
    seen = tuple(series)
    table = _Table(seen, measures or {}, least)
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
    variables: list[int] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    _values: list[Decimal] = field(default_factory=list)
    _names: dict[Hashable, int] = field(default_factory=dict)
    _lines: dict[Line, dict[TimeSpan, int]] = field(default_factory=lambda: defaultdict(dict))
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
        if not self.hidden:
            return
        for equation in [*self._splits(), *self._periods()]:
            self._splits_of[equation.total].append(equation)
        before = -1
        while before < len(self.hidden):
            before = len(self.hidden)
            for equations in tuple(self._splits_of.values()):
                for equation in equations:
                    self._protect(equation)

    def _measure(self, seen: Observation) -> Measure:
        return self.measures.get(seen.indicator) or Measure(seen.indicator, seen.indicator)

    def _variable(self, line: Line, span: TimeSpan, value: Decimal | None) -> int:
        name = (line, span, value)
        if name not in self._names:
            self._names[name] = len(self._values)
            self._values.append(value or Decimal(0))
        if value is not None:
            self._lines[line].setdefault(span, self._names[name])
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

    def _periods(self) -> Iterator[_Equation]:
        """Each figure of a long period with those of the short ones that add up to it."""
        for line in self._lines.values():
            units = {span.unit for span in line}
            for unit in units if len(units) > 1 else ():
                short = [span for span in line if span.unit == unit]
                for span, total in line.items():
                    members = {line[each] for each in short if each != span and _is_in(each, span)}
                    amount = sum((self._values[each] for each in members), Decimal(0))
                    if members and span.unit != unit and amount == self._values[total]:
                        yield _Equation(total, sorted(members))

    def _protect(self, equation: _Equation) -> None:
        """Hides one more figure if *equation* would tell one that is hidden."""
        gone = [each for each in equation.parts if not self._is_told(each)]
        left = sorted(
            (each for each in equation.parts if each not in gone and self._values[each]),
            key=lambda each: (self._values[each], each),
        )
        others = self._splits_of[equation.total]
        if equation.total < self._stated and equation.total not in self.hidden:
            doubt = sum(map(self._doubt, gone), Decimal(0))
            if gone and (len(gone) < 2 or doubt < self.least):
                self.hidden.add(left[0] if left else equation.total)
        elif left and not gone and (equation.total in self.hidden or self._is_kept(others)):
            self.hidden.add(left[0])  # what is told here in full would tell the total

    def _is_told(self, variable: int) -> bool:
        """Whether a reader finds *variable* written, or all that it is the sum of."""
        if variable in self.hidden:
            return False
        return variable < self._stated or any(
            all(map(self._is_told, each.parts)) for each in self._splits_of.get(variable, ())
        )

    def _doubt(self, variable: int) -> Decimal:
        """How far below its value *variable* may be, for all that a reader is told of its parts."""
        if self._is_told(variable):
            return Decimal(0)
        sums = [
            sum(map(self._doubt, each.parts), Decimal(0))
            for each in self._splits_of.get(variable, ())
        ]
        return min([self._values[variable], *sums])

    def _is_kept(self, those: Iterable[_Equation]) -> bool:
        """Whether some part of the total, split in some way, is hidden."""
        return any(not self._is_told(part) for each in those for part in each.parts)


def _is_in(short: TimeSpan, long: TimeSpan) -> bool:
    return long.first <= short.first and short.last <= long.last

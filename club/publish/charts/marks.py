"""What a chart draws, read from the rows of its table: plain values, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain

from club.model.dates import PartialDate, Precision
from club.model.fields import Qualifier
from club.model.markup import capital
from club.model.message import N_, Choice, Message
from club.model.money import Money
from club.model.view import (
    Badge,
    CellView,
    ChartForm,
    ChartView,
    ClaimView,
    Counted,
    Dated,
    Link,
    RowView,
    Unknown,
)
from club.publish.charts.tiles import squares
from club.publish.words.language import EXAMPLE_TITLE, UNKNOWN, Words

LONGEST = 50
"""How much of a name a picture has room for: the table beneath has the whole."""
LONGEST_SAID = 46
"""How many letters of the words beside what is drawn one line of a phone has room for."""
LEAST_SAID = 12
"""How much of a name stays whatever follows it."""
MOST = 40
"""How many rows are drawn: a longer picture is read worse than its table."""
LONGEST_LINE = 1000
"""How many rows a line may go through: twenty years of weeks."""
PARTS = 3
"""Into how many parts a square is cut at most."""
APART = " · "
"""What stands between two things that are said beside a span."""
END_UNKNOWN, START_UNKNOWN = N_("end unknown"), N_("start unknown")
END_DEDUCED, START_DEDUCED = N_("end worked out"), N_("start worked out")
NEITHER_KNOWN = N_("start and end unknown")
OVERSEAS = N_("Overseas")
MORE = "+"
"""What stands for the parts that have no room."""
BREAKS = re.compile(r"[ \t\r\n]+")
"""What is one space in a picture: not those of numbers, which never break."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

SEEN = frozenset({"value", "low", "start", "part"})
"""What makes a mark one that is seen."""

Mark = dict[str, str | float | int]
"""What is drawn once: where it stands, how large it is, what it says."""


@dataclass(frozen=True, slots=True)
class Series:
    """Things that share a colour: their name, and the letter that says the same without it."""

    title: object
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """What is drawn of a chart: the *names* of its rows, its *marks*, and its *series* in order.

    *heads* name the columns of a heat map, or the squares of a map that stand apart.
    """

    form: ChartForm
    names: tuple[str, ...]
    marks: tuple[Mark, ...]
    series: tuple[Series, ...] = ()
    heads: tuple[str, ...] = ()

    @property
    def has_loose(self) -> bool:
        """Whether a bar is drawn with a dashed outline, as its number is not exact."""
        return any("loose" in each for each in self.marks)

    def __bool__(self) -> bool:
        """Whether there is anything to see."""
        return any(SEEN.intersection(each) for each in self.marks)


def marks_of(chart: ChartView, words: Words) -> Marks:
    """What *chart* draws, in *words*."""
    if chart.form == "tiles":
        return _tiles(chart, words)
    rows = chart.table.rows[: LONGEST_LINE if chart.form == "lines" else MOST]
    names = tuple(short(_name(row, words)) for row in rows)
    if chart.form == "spans":
        return Marks(chart.form, names, tuple(_spans(rows, chart, words)))
    said = tuple(_label(chart.table.columns[index], words) for index in chart.columns)
    marks = tuple(_values(rows, chart, words))
    if chart.form == "heat":
        return Marks(chart.form, names, marks, heads=said)
    return Marks(chart.form, names, marks, tuple(map(Series, said)))


def short(text: str, longest: int = LONGEST) -> str:
    """*text* on one line, as long as there is room for."""
    line = BREAKS.sub(" ", text).strip()
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def _name(row: RowView, words: Words) -> str:
    first = row.cells[0].values
    said = words.say(tuple(each for each in first if each is not None))
    is_marked = any(isinstance(each, Link) and each.is_example for each in first)
    if row.is_example and not is_marked:
        return words.say(Message(EXAMPLE_TITLE, {"title": said}))
    return said


def _label(column: object, words: Words) -> str:
    if isinstance(column, Link):
        return words.say(column)
    return capital(words.say(Message(column) if isinstance(column, str) else column))


def _values(rows: Sequence[RowView], chart: ChartView, words: Words) -> Iterator[Mark]:
    """A mark for each cell: its number and its words; without one, that it is unknown."""
    for index, row in enumerate(rows):
        at = _axis(row.cells[0]) if chart.form == "lines" else {}
        if at is None:
            continue
        for series, column in enumerate(chart.columns):
            cell = row.cells[column]
            number = number_in(cell)
            ends = _ends(row, chart)
            if ends:
                words_of = words.say(cell.values[0]) if cell.values else ""
                about: Mark = {
                    "row": index,
                    "series": series,
                    "said": short(words_of, LONGEST_SAID),
                    **ends,
                }
                yield about if number is None else {**about, "value": float(number)}
            elif number is None:
                said = _why(cell, words) if chart.form == "bars" else words.translate(UNKNOWN)
                yield {"row": index, "series": series, "said": said, **at}
            else:
                # A bar has room for its date and its doubt, a cell of a heat map has not.
                said = words.say(cell.values[0] if chart.form == "bars" else number)
                mark: Mark = {
                    "row": index,
                    "series": series,
                    "said": short(said, LONGEST_SAID),
                    **at,
                }
                yield {**mark, "value": float(number), "is_exact": is_exact(cell)}


def is_exact(cell: CellView) -> bool:
    """Whether no source says of the first value of *cell* that it is about, above or a target."""
    first = cell.values[0] if cell.values else None
    claim = first.value if isinstance(first, Dated) else first
    return not isinstance(claim, ClaimView) or claim.qualifier is Qualifier.EXACT


def _why(cell: CellView, words: Words) -> str:
    """What stands in the place of a number: a sentence, or that it is unknown."""
    first = cell.values[0] if cell.values else None
    return (
        short(words.say(first), LONGEST_SAID)
        if isinstance(first, Message)
        else words.translate(UNKNOWN)
    )


def _ends(row: RowView, chart: ChartView) -> Mark:
    """The range in which a bar may truly end, if its row gives both ends of it."""
    if not chart.ends:
        return {}
    low, high = (number_in(row.cells[column]) for column in chart.ends)
    if low is None or high is None or low == high:
        return {}
    return {"low": float(low), "high": float(high)}


def _axis(cell: CellView) -> Mark | None:
    """Where on the axis of lines a row stands: a day or a number."""
    if (when := date_in(cell)) is not None:
        # Of a month nothing is known by day: its axis names no days.
        whole: Mark = {} if when.precision is Precision.DAY else {"whole": 1}
        return {"day": when.first.isoformat(), **whole}
    number = number_in(cell)
    return None if number is None else {"at": float(number)}


def _spans(rows: Sequence[RowView], chart: ChartView, words: Words) -> Iterator[Mark]:
    """From the first day of the start to the last day of the end; one alone is a short span.

    Where the chart is open, it has an open side too, which its words name; a side that is worked
    out is open as far as its *edge*.
    """
    for index, row in enumerate(rows):
        start, end = (date_in(row.cells[column]) for column in chart.columns[:2])
        told = (each for at in chart.columns[2:] for each in row.cells[at].values)
        beside = [words.say(each) for each in told if not isinstance(each, Unknown)]
        known = [each for each in (start, end) if each]
        if not known:
            beside += [words.translate(NEITHER_KNOWN)] if chart.is_open else []
            said = _joined(beside) or words.translate(UNKNOWN)
            yield {"row": index, "said": said}
            continue
        first, last = known[0].first, known[-1].last
        if first > last:
            first, last = last, first
        mark: Mark = {"row": index, "start": first.isoformat()}
        mark["end"] = _day_after(last).isoformat()
        deduced = [row.cells[column].is_deduced for column in chart.columns[:2]]
        if start and end and deduced[0] != deduced[1] and start.first <= end.last:
            mark |= _from_edge(start, end, is_start=deduced[0])
            beside.append(words.translate(START_DEDUCED if deduced[0] else END_DEDUCED))
        elif chart.is_open and len(known) == 1:
            mark["open"] = "end" if start else "start"
            beside.append(words.translate(END_UNKNOWN if start else START_UNKNOWN))
        yield {**mark, "said": _joined(beside)}


def _from_edge(start: PartialDate, end: PartialDate, *, is_start: bool) -> Mark:
    """What is drawn of the side that is stated, and how far the one that is worked out goes."""
    stated = end if is_start else start
    ends: Mark = {"start": stated.first.isoformat(), "end": _day_after(stated.last).isoformat()}
    edge = start.first if is_start else _day_after(end.last)
    return {**ends, "open": "start" if is_start else "end", "edge": edge.isoformat()}


def _joined(said: Sequence[str]) -> str:
    """*said* on one line: where there is no room, what comes first, a name, is cut."""
    rest = "".join(f"{APART}{each}" for each in said[1:])
    first = short("".join(said[:1]), max(LEAST_SAID, LONGEST_SAID - len(rest)))
    return short(first + rest, LONGEST_SAID)


def _day_after(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def _tiles(chart: ChartView, words: Words) -> Marks:
    """A square for each code, cut into as many parts as the things that share it."""
    (column,) = chart.columns
    held = {code: row.cells[column].values for row in chart.table.rows if (code := _code(row))}
    every = dict.fromkeys(chain.from_iterable(held.values()))
    things = sorted(every, key=lambda each: words.say(each).casefold())
    letters = {each: _letter(index) for index, each in enumerate(things)}
    marks: list[Mark] = []
    for code, (x, y) in squares(held).items():
        at: Mark = {"code": code, "x": x, "y": y}
        many = held.get(code, ())
        shown = many if len(many) <= PARTS else many[: PARTS - 1]
        parts = [(things.index(each), letters[each]) for each in shown]
        parts += [(-1, MORE)] if len(shown) < len(many) else []
        marks += [
            {**at, "part": part, "parts": len(parts), "series": series, "said": letter}
            for part, (series, letter) in enumerate(parts)
        ] or [at]
    series = tuple(Series(each, letters[each]) for each in things)
    return Marks(chart.form, (), tuple(marks), series, (words.translate(OVERSEAS),))


def _letter(index: int) -> str:
    """A to Z, then AA, AB and so on."""
    before, last = divmod(index, len(LETTERS))
    return (_letter(before - 1) if before else "") + LETTERS[last]


def _code(row: RowView) -> str:
    first = row.cells[0].values
    return short(first[0], 4) if first and isinstance(first[0], str) else ""


def number_in(cell: CellView) -> int | Decimal | None:
    """The first number of *cell*, which is the one it sorts by."""
    for each in map(_bare, cell.values):
        if isinstance(each, int | Decimal) and not isinstance(each, bool):
            return each
    return None


def date_in(cell: CellView) -> PartialDate | None:
    """The first date of *cell*."""
    return next((each for each in map(_bare, cell.values) if isinstance(each, PartialDate)), None)


def _bare(value: object) -> object:
    """*value* without what surrounds it."""
    inner = value.value if isinstance(value, Dated) else value
    inner = inner.value if isinstance(inner, ClaimView) else inner
    if isinstance(inner, Money):
        return inner.amount
    if isinstance(inner, Counted):
        return inner.count
    return None if isinstance(inner, Badge | Choice | Unknown) else inner

"""Figures put into a file of series, whose comments, columns and rows stay where they are."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from club.model.cells import LACKS, csv_rows, head_of
from club.model.fields import Qualifier
from club.model.graph import Graph
from club.model.lines import BOM
from club.model.mangled import Mangled
from club.model.problem import Place, Problem
from club.model.series import COLUMNS, time_span
from club.model.source import decoded
from club.read.series import MARK, SERIES_FILE, WORDS, number

Identity = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of a file of series; *value* is None where it is unknown."""

    indicator: str
    project: str
    period: str
    dimension: str
    key: str
    value: Decimal | None
    qualifier: Qualifier
    source: str

    @property
    def identity(self) -> Identity:
        """What it is a figure of: one row alone says it."""
        return (self.indicator, self.project, self.period, self.dimension, self.key)

    @property
    def cells(self) -> dict[str, str]:
        """What its row says, by column."""
        value = "" if self.value is None else plain(self.value)
        names = (*self.identity, value, str(self.qualifier), self.source)
        return dict(zip(COLUMNS, names, strict=True))


@dataclass(frozen=True, slots=True)
class Merged:
    """The *text* of a file of series with new figures, and what became of each of them.

    *replaced* are pairs: the value and the qualifier that stood there, and the figure instead.
    """

    text: str
    added: tuple[Figure, ...] = ()
    replaced: tuple[tuple[tuple[Decimal | None, Qualifier], Figure], ...] = ()
    kept: tuple[Figure, ...] = ()


def plain(value: Decimal) -> str:
    """*value* without zeros that say nothing: `12`, `12.5`."""
    said = f"{value:f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def merged(
    path: str, raw: bytes | None, figures: Iterable[Figure], graph: Graph
) -> Merged | list[Problem]:
    """The file at *path*, which is sound and holds *raw* if it is there, with *figures* in it.

    A figure that stands there already stays as it is written; one of another value takes its place;
    new ones follow the last row.
    """
    wanted = {each.identity: each for each in sorted(figures, key=_order)}
    if raw is None:
        written = io.StringIO()
        rows = csv.writer(written, lineterminator="\n")
        rows.writerow(COLUMNS)
        rows.writerows(each.cells.values() for each in wanted.values())
        return Merged(written.getvalue(), tuple(wanted.values()))
    text = decoded(path, raw)
    if isinstance(text, Problem):
        return [text]
    sheet = _Sheet(path, text, graph)
    if lacking := sheet.lacking(wanted.values()):
        return lacking
    mark = BOM if raw.startswith(BOM.encode()) else ""
    found = sheet.with_figures(wanted)
    return Merged(mark + found.text, found.added, found.replaced, found.kept)


def _order(figure: Figure) -> tuple[str, ...]:
    return (figure.indicator, figure.project, figure.dimension, figure.key, figure.period)


class _Sheet:
    """A file of series as it is written: its lines, and the row that each begins with."""

    def __init__(self, path: str, text: str, graph: Graph) -> None:
        self.path = path
        self.graph = graph
        self.lines = list(io.StringIO(text, newline=""))
        self.delimiter, self.above, self.names, _ = head_of(text, WORDS)
        self.rows = list(csv_rows(text, self.delimiter))
        self.ends = [line - 1 for line, _ in self.rows[1:]] + [len(self.lines)]
        first = self.lines[0] if self.lines else "\n"
        self.line_end = first[len(first.rstrip("\r\n")) :] or "\n"

    def lacking(self, figures: Iterable[Figure]) -> list[Problem]:
        """The columns that the file has not, and that *figures* need."""
        needed = {
            name
            for each in figures
            for name, said in each.cells.items()
            if said and not (name == "qualifier" and said == str(Qualifier.EXACT))
        }
        at = Place(self.path, self.rows[self.above][0], 1)
        return [
            SERIES_FILE.problem(at, LACKS, name=name)
            for name in COLUMNS
            if name in needed and name not in self.names
        ]

    def with_figures(self, wanted: Mapping[Identity, Figure]) -> Merged:
        """The same with the figures *wanted*."""
        lines = list(self.lines)
        replaced, kept = [], []
        for (line, cells), end in zip(self.rows, self.ends, strict=True):
            if line <= self.rows[self.above][0] or not cells or cells[0].startswith(MARK):
                continue
            said = self._said(cells)
            figure = wanted.get(self._identity(said))
            if figure is None:
                continue
            old = number(said["value"])
            before = None if isinstance(old, Mangled) else old
            qualifier = Qualifier(said["qualifier"] or str(Qualifier.EXACT))
            if (before, qualifier) == (figure.value, figure.qualifier):
                kept.append(figure)
                continue
            last = lines[end - 1]
            lines[line - 1 : end] = [
                self._written(figure, cells) + last[len(last.rstrip("\r\n")) :],
                *[""] * (end - line),
            ]
            replaced.append(((before, qualifier), figure))
        known = {each.identity for each in kept} | {each.identity for _, each in replaced}
        added = tuple(each for id, each in wanted.items() if id not in known)
        if added and lines and not lines[-1].endswith(("\n", "\r")):
            lines.append(self.line_end)
        lines += [self._written(each, ()) + self.line_end for each in added]
        return Merged("".join(lines), added, tuple(replaced), tuple(kept))

    def _said(self, cells: Sequence[str]) -> dict[str, str]:
        found = dict.fromkeys(COLUMNS, "")
        found |= {n: c.strip() for n, c in zip(self.names, cells, strict=False) if n}
        return found

    def _identity(self, said: Mapping[str, str]) -> Identity:
        """What a row is a figure of, by the ids and the form of today."""
        span = time_span(" ".join(said["period"].split()))
        key = self._id(said["key"]) if said["dimension"] == "service" else said["key"]
        period = span.said if span else said["period"]
        return (
            self._id(said["indicator"]),
            self._id(said["project"]),
            period,
            said["dimension"],
            key,
        )

    def _id(self, name: str) -> str:
        found = self.graph.find(name)
        return found.id if found else name

    def _written(self, figure: Figure, before: Sequence[str]) -> str:
        """The row of *figure*, in the columns of the file; of a row *before*, the rest stays."""
        said = figure.cells
        cells = list(before) + [""] * (len(self.names) - len(before))
        for index, name in enumerate(self.names):
            if name in ("value", "qualifier", "source") or (name and not before):
                cells[index] = said[name]
        written = io.StringIO()
        csv.writer(written, delimiter=self.delimiter, lineterminator="").writerow(cells)
        return written.getvalue()

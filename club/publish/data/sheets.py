"""Tables for spreadsheets: what a page shows as a table, as typed cells, and as CSV.

A day is a date, a number a number; what is only partly known stays in words. What proves a value
has a column of its own, so that the others can be sorted and added up.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urljoin

from club.model.dates import PartialDate, Precision
from club.model.fields import Reliability
from club.model.markup import bare, capital
from club.model.message import N_, Message
from club.model.money import Money
from club.model.view import (
    Badge,
    CellView,
    ClaimView,
    Counted,
    Dated,
    Link,
    RowView,
    TableView,
    TextView,
    YesNo,
)
from club.publish.words.language import EXAMPLE_FIRST, Words
from club.publish.words.typography import NBSP

SEPARATOR = " ; "
BETWEEN = {"fr": ";"}
"""What stands between the cells of a CSV, where the comma is that of numbers."""
FORMULA = re.compile(r"[=+@\-\t\r\n＝＋－＠]")
SIGNS = re.compile(r"[=+@\-*/^&!|(＝＋－＠]")
"""What may make of a number and the words after it a formula."""
NUMBER = re.compile(r"-?\d{1,15}([.,]\d{1,6})?")
DECIMAL_POINT = {"fr": ","}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and the words around it, "about 57" or "36 months": still a number to add up."""

    number: int | Decimal
    before: str = ""
    after: str = ""


SOUND = {Reliability.VERIFIED, Reliability.SINGLE_SOURCE}
Value = str | date | Quantity
"""What a cell of a spreadsheet holds."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table for a spreadsheet: the same number of cells in each row as in its head."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def sheet(table: TableView, words: Words, site_url: str = "") -> Sheet:
    """*table* as typed cells; its addresses are absolute where *site_url* is known."""
    titles = tuple(_title(each, words) for each in table.columns)
    writer = _Writer(words, site_url, titles, is_matrix=table.is_matrix)
    columns = [each for each in writer.columns(table) if each.is_kept]
    return Sheet(
        words.say(table.caption),
        tuple(each.title for each in columns),
        tuple(zip(*(each.values for each in columns), strict=True)),
    )


def made_up(table: TableView) -> TableView:
    """*table* of a made-up record, whose page says so above it: a spreadsheet has no page."""
    rows = tuple(replace(row, is_example=True) for row in table.rows)
    return replace(table, caption=Message(EXAMPLE_FIRST, {"text": table.caption}), rows=rows)


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    values: tuple[Value, ...]
    is_asked: bool = False
    """Whether it is one of the page's, which are there even if empty."""

    @property
    def is_kept(self) -> bool:
        return self.is_asked or any(each != "" for each in self.values)


def _title(column: object, words: Words) -> str:
    """A label begins with a capital; a name, which is a link, as it is written."""
    if isinstance(column, Link):
        return words.say(column)
    return capital(words.say(Message(column) if isinstance(column, str) else column))


class _Writer:
    """Writes the rows of one table."""

    def __init__(
        self, words: Words, site_url: str, titles: tuple[str, ...], *, is_matrix: bool
    ) -> None:
        self._words, self._site_url = words, site_url
        self._titles, self._is_matrix = titles, is_matrix
        self._way: Callable[[type], Callable[[Any], Value]] = cache(self._way_to_write)

    def columns(self, table: TableView) -> Iterator[_Column]:
        """The columns of *table*, each with its dates beside it; then what is told of each row."""
        rows = table.rows
        for index, title in enumerate(self._titles):
            cells = [row.cells[index] for row in rows]
            say = self._answer if index else lambda cell: self._cell(cell.values)
            yield _Column(title, tuple(map(say, cells)), is_asked=True)
            said = Message(N_("{label}: {value}"), {"label": title, "value": Message(N_("date"))})
            yield _Column(self._words.say(said), tuple(map(self._day, cells)))
        groups = tuple(self._words.say(row.group) if row.group else "" for row in rows)
        yield _Column(self._label(table.grouped_by), groups)
        examples = tuple(self._words.say(_yes_or_no(_has_example(row))) for row in rows)
        yield _Column(self._label(N_("example")), examples, is_asked=True)
        yield _Column(self._label(table.linked), tuple(map(self._asked, rows)))
        yield _Column(self._label(N_("evidence")), tuple(map(self._proofs, rows)))
        yield _Column(self._label(N_("address")), tuple(map(self._page, rows)))

    def _label(self, label: str) -> str:
        return capital(self._words.say(Message(label))) if label else ""

    def _day(self, cell: CellView) -> Value:
        """The date for which the only value of *cell* is known, where it has one."""
        known = [each for each in cell.values if each is not None]
        if len(known) == 1 and isinstance(known[0], Dated):
            return self._value(known[0].as_of)
        return ""

    def _asked(self, row: RowView) -> str:
        """What the cells of *row* lead to, once each."""
        said = (self._named(link) for cell in row.cells for link in cell.links)
        return SEPARATOR.join(dict.fromkeys(said))

    def _proofs(self, row: RowView) -> str:
        first = row.cells[0]
        return SEPARATOR.join(
            self._words.say(Message(N_("{label}: {value}"), {"label": title, "value": said}))
            for title, cell in zip(self._titles, row.cells, strict=True)
            for said in self._evidence(cell, is_head=cell is first)
        )

    def _page(self, row: RowView) -> str:
        link = next((each for each in row.cells[0].values if isinstance(each, Link)), None)
        return self._address(link) if link else ""

    def _answer(self, cell: CellView) -> Value:
        """What a cell answers; in a matrix its links are the evidence, which may be made up."""
        if not self._is_matrix:
            return self._cell(cell.values)
        said = (each.choice if isinstance(each, Badge) else each for each in cell.values)
        is_proof = _has_answer(cell)
        shown = (each for each in said if not (is_proof and isinstance(each, Link)))
        answer = self._cell(tuple(map(self._with_note, shown)))
        if isinstance(answer, str) and _is_made_up(cell):
            example = self._words.say(Message(N_("example")))
            return f"{answer} ({example})"
        return answer

    def _with_note(self, value: object) -> object:
        """A link in the words of a cell: a spreadsheet has no room for what stands beside it."""
        if not isinstance(value, Link):
            return value
        note = f" ({self._words.say(value.note)})" if value.note else ""
        return f"{self._words.say(value)}{note}"

    def _cell(self, values: tuple[object, ...]) -> Value:
        known = [each for each in values if each is not None]
        if len(known) == 1:
            return self._value(known[0])
        return SEPARATOR.join(self._said(each) for each in known)

    def _value(self, value: object) -> Value:
        return self._way(value.__class__)(value)

    def _way_to_write(self, kind: type) -> Callable[[Any], Value]:
        """How a value of *kind* is written, which is asked once for each."""
        ways: Iterable[tuple[type | tuple[type, ...], Callable[[Any], Value]]] = (
            (Dated, lambda dated: self._value(dated.value)),  # its date has a column of its own
            (ClaimView, self._claim),
            (Counted, self._counted),
            (Money, lambda money: Quantity(money.amount, after=f"{NBSP}{money.currency}")),
            (bool, self._words.say),
            ((int, Decimal), Quantity),
            (PartialDate, lambda day: day.first if _is_day(day) else self._words.say(day)),
        )
        return next((way for kinds, way in ways if issubclass(kind, kinds)), self._said)

    def _counted(self, value: Counted) -> Value:
        before, _, after = self._words.say(value).partition(self._words.number(value.count))
        return Quantity(value.count, before, after)

    def _claim(self, claim: ClaimView) -> Value:
        if claim.qualifier == "exact" and isinstance(claim.value, PartialDate):
            return self._value(claim.value)
        number = claim.value
        if isinstance(number, str) and claim.unit and NUMBER.fullmatch(number):
            number = Decimal(number.replace(",", "."))
        said = self._words.claim(claim)
        if isinstance(number, int | Decimal) and not isinstance(number, bool):
            before, found, after = said.partition(self._words.say(claim.value))
            return Quantity(number, before, after) if found else said
        return said

    def _said(self, value: object) -> str:
        if isinstance(value, ClaimView):
            return self._words.claim(value)
        return plain(value, self._words) if isinstance(value, TextView) else self._words.say(value)

    def _evidence(self, cell: CellView, *, is_head: bool) -> Iterator[str]:
        for each in cell.values:
            value = each.value if isinstance(each, Dated) else each
            if isinstance(value, ClaimView):
                yield self._proof(value.whole or value)
            elif isinstance(value, Badge):
                proof = map(self._said_or_named, cell.proof)
                yield ", ".join([self._named(value.link), *proof])
            elif isinstance(value, Link) and self._is_matrix and not is_head and _has_answer(cell):
                yield self._named(value)

    def _said_or_named(self, value: object) -> str:
        return self._named(value) if isinstance(value, Link) else self._words.say(value)

    def _proof(self, claim: ClaimView) -> str:
        dated = (claim.as_of,) if claim.as_of else ()
        source = (self._named(claim.source),) if claim.source else ()
        more = [each for each in (claim.scope, claim.note) if each]
        doubt = () if claim.trust in SOUND else (claim.trust,)
        said = [self._words.claim(claim), *map(self._words.say, dated), *source]
        return ", ".join([*said, *map(self._words.say, (*more, *doubt))])

    def _named(self, link: Link) -> str:
        note = f" ({self._words.say(link.note)})" if link.note else ""
        said, address = f"{self._words.say(link)}{note}", self._address(link)
        # A path leads nowhere from the folder where a reader saved the file.
        return f"{said} <{address}>" if link.is_external or self._site_url else said

    def _address(self, link: Link) -> str:
        return link.url if link.is_external else _absolute(self._site_url, link.url)


@lru_cache(maxsize=1 << 16)
def _absolute(site_url: str, url: str) -> str:
    """*url* as it is from anywhere: many tables tell of the same records."""
    return urljoin(site_url, url)


def _has_answer(cell: CellView) -> bool:
    """Whether *cell* answers in words, so that its links are what proves it; else they answer."""
    return any(
        each is not None and not isinstance(each, Link | Reliability) for each in cell.values
    )


def _yes_or_no(is_so: bool) -> YesNo:
    return YesNo.YES if is_so else YesNo.NO


def _has_example(row: RowView) -> bool:
    return row.is_example or any(map(_is_made_up, row.cells))


def _is_made_up(cell: CellView) -> bool:
    return cell.is_example or any(map(_leads_to_example, cell.values))


def _leads_to_example(value: object) -> bool:
    link = value.link if isinstance(value, Badge) else value
    return isinstance(link, Link) and link.is_example


def plain(text: TextView, words: Words) -> str:
    """*text* without its marks: links are their words."""
    titles = {id: words.say(link.title) for id, link in text.links}
    return words.say(" ".join(bare(text.source, titles).split()))


def _is_day(value: PartialDate) -> bool:
    return value.precision is Precision.DAY and not value.approximate and not value.uncertain


def csv_file(sheet: Sheet, language: str) -> bytes:
    """*sheet* as the spreadsheet of *language* opens it by a double click.

    UTF-8 with its mark, which Excel needs to know it by; a day as ISO 8601.
    """
    written = io.StringIO()
    rows = csv.writer(written, delimiter=BETWEEN.get(language, ","), lineterminator="\r\n")
    rows.writerow([_harmless(each) for each in sheet.head])
    rows.writerows([[_csv_cell(each, language) for each in row] for row in sheet.rows])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _csv_cell(value: Value, language: str) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Quantity):
        number = f"{value.number:f}" if isinstance(value.number, Decimal) else str(value.number)
        number = number.replace(".", DECIMAL_POINT.get(language, "."))
        said = f"{value.before}{number}{value.after}"
        # A minus is a number's own; what follows it are words that somebody wrote.
        is_number = not value.before and not SIGNS.search(value.after)
        return said if is_number else _harmless(said)
    return _harmless(value)


def _harmless(text: str) -> str:
    """*text* as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if FORMULA.match(text) else text

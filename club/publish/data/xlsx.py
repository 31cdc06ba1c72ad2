"""A sheet as XLSX: real dates and numbers, a head that stays, a filter on each column."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime, time

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from club.publish.data.sheets import Quantity, Sheet, Value

LONGEST = 32_767
"""What Excel holds in a cell."""
EXACT = 10**15
"""Excel keeps fifteen digits."""
LONGEST_WORDS = 200
"""Of the 255 characters of a format."""
LONGEST_NAME = 31
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
FIRST_DAY = date(1900, 3, 1)
"""Excel takes 1900 for a leap year: what is earlier stays in words."""
NARROWEST, WIDEST = 8, 60
DATE_FORMATS = {"fr": "dd/mm/yyyy"}


def xlsx_file(sheet: Sheet, language: str, made: date | None = None) -> bytes:
    """*sheet* as a workbook of one sheet, the same to the byte for the same contents.

    *made* is the day its properties give, so that nothing depends on the clock.
    """
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(written, options) as book:
        day = made or FIRST_DAY
        created = datetime.combine(day, time(), UTC).replace(tzinfo=None)
        book.set_properties({"title": sheet.title, "created": created})
        page = book.add_worksheet(sheet_name(sheet.title))
        _Page(book, page, language).write(sheet)
    return written.getvalue()


def sheet_name(title: str) -> str:
    """*title* as Excel allows it at the foot of a sheet."""
    name = NOT_IN_NAMES.sub(" ", title)
    # Excel counts as UTF-16 does: an emoji is two.
    units = " ".join(name.split()).encode("utf-16-le")[: 2 * LONGEST_NAME]
    short = units.decode("utf-16-le", "ignore").strip(" '")
    return short if short and short.casefold() != "history" else "Table"


class _Page:
    """Writes one sheet."""

    def __init__(self, book: Workbook, page: Worksheet, language: str) -> None:
        self._book, self._page = book, page
        heavy = {"bold": True, "bottom": 1}
        self._head = book.add_format({**heavy, "text_wrap": True, "valign": "top"})
        self._text = book.add_format({"text_wrap": True, "valign": "top"})
        self._day = book.add_format(
            {"num_format": DATE_FORMATS.get(language, "yyyy-mm-dd"), "valign": "top"}
        )
        self._numbers: dict[str, Format] = {}

    def write(self, sheet: Sheet) -> None:
        """The head, which stays in sight, the rows, and columns as wide as what they hold."""
        texts = [tuple(map(_said, row)) for row in sheet.rows]
        for column, title in enumerate(sheet.head):
            self._page.write_string(0, column, title[:LONGEST], self._head)
            widest = max((len(row[column]) for row in texts), default=0)
            width = min(max(len(title) + 3, widest + 1, NARROWEST), WIDEST)
            self._page.set_column(column, column, width)
        for index, (values, said) in enumerate(zip(sheet.rows, texts, strict=True), 1):
            for column, (value, text) in enumerate(zip(values, said, strict=True)):
                self._cell(index, column, value, text)
        self._page.freeze_panes(1, 1)
        self._page.autofilter(0, 0, len(sheet.rows), len(sheet.head) - 1)

    def _cell(self, row: int, column: int, value: Value, text: str) -> None:
        """Writes *value*, which says *text*, as the type that it has if Excel has it too."""
        if isinstance(value, Quantity) and _fits(value):
            self._page.write_number(row, column, float(value.number), self._number(value))
        elif isinstance(value, date) and value >= FIRST_DAY:
            self._page.write_datetime(row, column, value, self._day)
        elif text:
            self._page.write_string(row, column, text[:LONGEST], self._text)

    def _number(self, value: Quantity) -> Format:
        """The format that shows the number with the words around it."""
        places = len(f"{value.number:f}".partition(".")[2]) if value.number % 1 else 0
        digits = "#,##0" + ("." + "0" * places if places else "")
        shown = f"{_quoted(value.before)}{digits}{_quoted(value.after)}"
        if shown not in self._numbers:
            self._numbers[shown] = self._book.add_format({"num_format": shown, "valign": "top"})
        return self._numbers[shown]


def _fits(value: Quantity) -> bool:
    """Whether Excel keeps the number to its last digit, and its format whole."""
    return abs(float(value.number)) < EXACT and len(value.before) + len(value.after) < LONGEST_WORDS


def _quoted(words: str) -> str:
    return '"' + words.replace('"', "'") + '"' if words else ""


def _said(value: Value) -> str:
    if isinstance(value, Quantity):
        return f"{value.before}{value.number}{value.after}"
    return value.isoformat() if isinstance(value, date) else value

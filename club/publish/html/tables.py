"""Tables to HTML: thousands of rows, what they sort and filter by, and their spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from math import isfinite

from markupsafe import Markup, escape

from club.model.dates import PartialDate
from club.model.message import N_, Choice, Message
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
)
from club.publish.html.values import Html
from club.publish.words.language import told_of
from club.publish.words.sheet_names import SUFFIXES, file_name, sheet_paths

FOLDED = str.casefold
LEAST = 10**14
HIDDEN_COMMA = '<span class="club-comma">,</span> '
WORDS = (Link, Message, str)
"""What needs a comma before another of its sort."""


class Tables:
    """Writes tables with the values that *html* writes."""

    def __init__(self, html: Html) -> None:
        """*html* is for the pages on which the tables stand."""
        self._html = html

    def sheets(self, table: TableView) -> Markup:
        """Links to *table* as files for spreadsheets, which a reader's machine names in words."""
        html = self._html
        said = (html.plain(Message(N_("Spreadsheet (XLSX)"))), html.plain(Message(N_("CSV table"))))
        links = (
            f'<a href="{html.prefix}{path}" download="{file_name(table, html.words, suffix)}">'
            f"{words}</a>"
            for path, suffix, words in zip(sheet_paths(table), SUFFIXES, said, strict=True)
        )
        return Markup(" · ".join(links))

    def rows(self, table: TableView, labels: Sequence[str]) -> Markup:
        """The bodies of *table*, in Python because there may be thousands of rows.

        *labels* name its columns, which a narrow screen shows in each cell. Rows of one group
        stand under its name.
        """
        said = ["" if table.is_terse else f' data-label="{escape(each)}"' for each in labels]
        bodies = []
        for group, rows in groupby(table.shown, lambda row: row.group):
            head = self._group(group, len(labels)) if group else ""
            shown = "".join([self._row(row, said) for row in rows])
            bodies.append(f"<tbody>\n{head}{shown}</tbody>\n")
        return Markup("".join(bodies) or "<tbody></tbody>\n")

    def _group(self, group: str | Message | Link, columns: int) -> str:
        return (
            f'<tr class="club-group"><th scope="rowgroup" colspan="{columns}">'
            f"{self._html.shown(group)}</th></tr>\n"
        )

    def _row(self, row: RowView, labels: Sequence[str]) -> str:
        first, *others = row.cells
        cells = [
            f'<th scope="row" data-sort="{self._sort_key(first)}">{self._cell(first)}'
            f"{self._example_of(row, first)}</th>\n"
        ]
        for cell, label in zip(others, labels[1:], strict=True):
            tone = f' class="club-cell--{cell.tone}"' if cell.tone else ""
            with told_of("the column", label.strip()):
                shown, sort = self._cell(cell), self._sort_key(cell)
            cells.append(f'<td data-sort="{sort}"{tone}{label}>{shown}</td>\n')
        same = " data-same" if row.is_same else ""
        same += " data-unknown" if row.is_unknown else ""
        same += f' data-words="{escape(row.words)}"' if row.words else ""
        same += " data-example" if row.is_example else ""
        return f"<tr{_choices(row)}{same}>\n{''.join(cells)}</tr>\n"

    def _example_of(self, shown: RowView | CellView, cell: CellView) -> str:
        """The mark of a made-up row or cell, unless a link in *cell* already has it."""
        links = (*cell.values, *cell.links)
        inner = (each.link if isinstance(each, Badge) else each for each in links)
        is_marked = any(isinstance(each, Link) and each.is_example for each in inner)
        return self._html.example if shown.is_example and not is_marked else ""

    def _cell(self, value: CellView) -> str:
        """The inside of a table cell."""
        own = any(map(_is_claim, value.values))
        shown = self._run(value.values)
        asked = "".join(
            [f' <span class="club-asked">{self._html.link(each)}</span>' for each in value.links]
        )
        mark = self._example_of(value, value)
        return shown + mark + asked + ("" if own else self._html.edit(value.place))

    def _run(self, values: tuple[object, ...]) -> str:
        """*values* along a line: a comma between words, as a badge or a claim needs none."""
        said = [each for each in values if each is not None]
        if len(said) < 2:
            return "".join(map(self._html.shown, said))
        links = [each for each in said if isinstance(each, Link)]
        if links and not all(map(self._html.is_short, links)):
            if len(links) == len(said):
                return self._html.several(tuple(said))
            if all(isinstance(each, Link | Choice) for each in said):
                return self._one_a_line(said)
        shown = ""
        for before, each in zip((None, *said), said, strict=False):
            # What is said of a word stands right after it; two badges are told apart as words are,
            # but the eye has their borders for it.
            alike = isinstance(before, Choice) == isinstance(each, Choice)
            both_words = isinstance(before, WORDS) and isinstance(each, WORDS)
            comma = HIDDEN_COMMA if isinstance(each, Choice) else ", "
            separator = "" if before is None else comma if both_words and alike else " "
            shown += separator + self._html.shown(each)
        return shown

    def _one_a_line(self, values: list[object]) -> str:
        """Links one under the other, each with the badges that come after it."""
        lines: list[list[str]] = []
        for each in values:
            if isinstance(each, Link) or not lines:
                lines.append([])
            lines[-1].append(self._html.shown(each))
        items = "</li> <li>".join(" ".join(line) for line in lines)
        return f'<ul class="club-values"><li>{items}</li></ul>'

    def _sort_key(self, value: CellView) -> str:
        """What a cell sorts by: a date as ISO, a number with leading zeros, a text folded."""
        for each in value.values:
            inner = each.value if isinstance(each, Dated) else each
            inner = inner.value if isinstance(inner, ClaimView) else inner
            inner = inner.choice if isinstance(inner, Badge) else inner
            if isinstance(inner, PartialDate):
                return f"{inner.first.isoformat()}/{inner.last.isoformat()}"
            if isinstance(inner, Money):
                inner = inner.amount
            if isinstance(inner, Counted):
                inner = inner.count
            if isinstance(inner, int | Decimal) and not isinstance(inner, bool) and isfinite(inner):
                # A minus is no digit to what sorts: numbers below zero count up from far below.
                return f"{inner:020.4f}" if inner >= 0 else f"!{LEAST + inner:020.4f}"
            if isinstance(inner, Choice):
                return _rank(inner)
        return self._html.escaped(
            FOLDED(" ".join([self._html.say(each) for each in value.values if each is not None]))
        )


def _is_claim(value: object) -> bool:
    """Whether *value* is a claim, which has a pencil of its own."""
    inner = value.value if isinstance(value, Dated) else value
    return isinstance(inner, ClaimView)


def _choices(row: RowView) -> str:
    """A row's filter values as attributes: ` data-f-state="shared"`."""
    return "".join([f' data-f-{key}="{escape(" ".join(values))}"' for key, values in row.choices])


@lru_cache(typed=True)
def _rank(choice: Choice) -> str:
    """Where *choice* stands among the members of its enumeration."""
    return f"{list(choice.__class__).index(choice):03}"

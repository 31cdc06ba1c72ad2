"""Tables to HTML: thousands of rows, what they sort and filter by, and their spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import groupby
from math import isfinite

from markupsafe import Markup, escape

from club.model.dates import PartialDate
from club.model.message import N_, Choice, Message
from club.model.money import Money
from club.model.view import (
    Badge,
    CellView,
    ChoiceView,
    ClaimView,
    Counted,
    Dated,
    Feed,
    Link,
    RowView,
    TableView,
)
from club.publish.html.values import Html
from club.publish.words.language import (
    ALL_EXAMPLES,
    EXAMPLE,
    ONE_EXAMPLE,
    SOME_EXAMPLES,
    told_of,
)
from club.publish.words.sheet_names import SUFFIXES, file_name, sheet_paths

FOLDED = str.casefold
LEAST = 10**14
HIDDEN_COMMA = '<span class="club-comma">,</span> '
WORDS = (Link, Message, str)
"""What needs a comma before another of its sort."""
NARROW = 6
"""Up to how many columns a matrix stands on a page without being scrolled."""


class Tables:
    """Writes tables with the values that *html* writes."""

    def __init__(self, html: Html) -> None:
        """*html* is for the pages on which the tables stand."""
        self._html = html

    def table(self, table: TableView) -> Markup:
        """*table* with its filters, its caption, and what offers it to spreadsheets."""
        html = self._html
        heads = [self._head(each) for each in table.columns]
        filters = self.filters(table) if table.facets or table.has_words else ""
        named, many = "", ""
        if not table.is_matrix or len(table.columns) > NARROW:
            said = html.escaped(html.words.say(table.caption))
            named = f' role="region" aria-label="{said}" tabindex="0"'
            many = " club-table--many" if table.is_matrix else ""
        matrix = " club-table--matrix" if table.is_matrix else ""
        size = "terse" if table.is_terse else "rows"
        is_sorted = len(table.rows) > 1 and not table.is_matrix and not table.is_form
        sortable = " data-club-sortable" if is_sorted and not table.rows[0].group else ""
        return Markup(
            f'{filters}{self._switches(table)}<div class="club-table{matrix} club-table--{size}'
            f'{many}"{named}>\n<table class="club-rows"{sortable}>\n'
            f"<caption>{html.shown(table.caption)}</caption>\n<thead><tr>\n"
            f"{''.join([head for head, _ in heads])}</tr></thead>\n"
            f"{self.rows(table, [label for _, label in heads])}</table>\n</div>\n"
            f"{self._cut(table)}{self.whole(table)}"
        )

    def _head(self, column: object) -> tuple[str, str]:
        """The head of a column, and how each of its cells is labelled on a narrow screen."""
        html = self._html
        if isinstance(column, str):
            shown, said = html.sentence(column), html.words.say(Message(column))
        else:
            shown, said = html.shown(column), html.words.say(column)
        if isinstance(column, Link | Feed):
            return f'<th scope="col">{shown}</th>\n', said
        return f'<th scope="col" class="club-cap">{shown}</th>\n', said[:1].upper() + said[1:]

    def _switches(self, table: TableView) -> str:
        """Links to the page without some rows, which the script makes switches of."""
        html = self._html
        links = [
            f'<a class="club-action" href="{html.escaped(html.href(each.link))}"'
            f' data-club-switch="{each.hides}">{html.shown(each.link.title)}</a> '
            for each in table.switches
        ]
        return f'<p class="club-switches">{"".join(links)}</p>\n' if links else ""

    def _cut(self, table: TableView) -> str:
        """That rows are left out of the page, if some are."""
        count, total = len(table.shown), len(table.rows)
        if count == total:
            return ""
        said = N_("The first {count} of {total} are shown; the spreadsheet has them all.")
        return f"<p>{self._html.sentence(said, count=count, total=total)}</p>\n"

    def filters(self, table: TableView) -> Markup:
        """The filters of *table*: links to pages without scripts, which the script replaces."""
        html = self._html
        words = html.data({"words": N_("Words")}) if table.has_words else ""
        parts = [f'<div class="club-filters" data-club-filters{words}{self._of_filters}>\n']
        for facet in table.facets:
            label = html.words.say(Message(facet.label))
            said = html.sentence(N_("Filter by {name}"), name=label)
            parts.append(
                f'<div class="club-filter" data-facet="{html.escaped(facet.key)}"'
                f' data-label="{html.escaped(label)}">\n<p class="club-filter__label">'
                f"{said}</p>\n<ul>\n"
            )
            parts += map(self._choice, facet.choices)
            parts.append("</ul>\n</div>\n")
        parts.append("</div>\n")
        return Markup("".join(parts))

    def _choice(self, choice: ChoiceView) -> str:
        """A value one can filter by, and how many rows have it."""
        html = self._html
        example = f" ({html.sentence(EXAMPLE)})" if choice.is_example else ""
        count = html.escaped(html.words.say(Counted(choice.count, choice.examples)))
        return (
            f'<li><a href="{html.escaped(html.prefix + choice.url)}"'
            f' data-choice="{html.escaped(choice.key)}">{html.shown(choice.label)}{example}'
            f' <span class="club-count">{count}</span></a></li>\n'
        )

    @cached_property
    def _of_filters(self) -> str:
        """What the script says of filters."""
        return self._html.data(
            {
                "all": N_("all"),
                "reset": N_("Remove the filters"),
                "shown": N_("Shown: {count} of {total}"),
                "every": ALL_EXAMPLES,
                "one": ONE_EXAMPLE,
                "some": SOME_EXAMPLES,
                "whole": N_("Shown: {count}"),
            }
        )

    def whole(self, table: TableView) -> str:
        """*table* as files for spreadsheets, on a line of its own, if there are any."""
        if not (table.sheet and table.rows):
            return ""
        return f'<p class="club-sheets">{self.sheets(table)}</p>\n'

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

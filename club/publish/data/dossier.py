"""A page of the site as a dossier to print or to send: a PDF that screen readers can follow.

PDF/UA-1 (ISO 14289-1), by Typst: a title page, the contents, a section a heading. What the page
says goes to the template as data, so that nothing a contributor writes is read as its markup.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any
from urllib.parse import urljoin

from club.model.graph import Graph
from club.model.markup import capital
from club.model.message import N_, Message
from club.model.record import Record
from club.model.view import (
    Alert,
    CardView,
    CellView,
    ChartView,
    ClaimView,
    Fact,
    Link,
    PageView,
    SectionView,
    TableView,
    TextView,
)
from club.publish.charts.charts import Charts, Entry
from club.publish.charts.paper import COLOURS, on_paper
from club.publish.data.published import published
from club.publish.data.sheets import csv_file, made_up, sheet
from club.publish.html.blocks import Block, Run, blocks_of
from club.publish.html.markdown import TextConverter
from club.publish.words.language import EXAMPLE_FIRST, Words

DOSSIER = "dossier.pdf"
TEMPLATE = "dossier.typ"
FONT = "Libertinus Serif"
"""The one that Typst brings and the template asks for."""
CONTENTS = N_("Contents")
FIRST_DRAWN = N_("The first {count} of {total} are drawn; the table has them all.")
DASHED = N_("A dashed outline: a target, or a number that is not exact.")
MADE_UP = N_("Example: everything here is made up, and states nothing about real projects.")
LONG = 50
"""From how many letters on what a column says goes over several lines."""
FILES = "files"
"""The section of a page that leads to its files, of which a dossier is one."""
UNSHOWN = "□"
"""What stands for a character that the font has not."""
SHOWN = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x391, 0x3A1),
    (0x3A3, 0x3A9),
    (0x3B1, 0x3C9),
    (0x410, 0x44F),
    (0x2010, 0x2015),
    (0x2018, 0x201E),
    (0x2020, 0x2022),
)
"""The ranges of characters that the font has, as far as a club writes them."""
ACROSS = 100
"""How many letters of a table a line of the page holds, about."""
BREAKING = re.compile(r"[ \n\t]+")
MORE = frozenset("\n€…‰′″→←↑↓−×÷≈≠≤≥∞√œŒŸ™№‹›\u202f\u2009\u2011" + UNSHOWN)


def dossier_paths(graph: Graph) -> Iterator[str]:
    """The path of each dossier, from the root of the site."""
    return (f"{record.key}/{DOSSIER}" for record in _records(graph))


def dossiers(
    graph: Graph, words: Words, club: str, site_url: str, charts: Charts | None = None
) -> Iterator[tuple[str, bytes]]:
    """Each dossier by its path; without *charts* to draw them, pictures are their tables alone."""
    for record in _records(graph):
        yield f"{record.key}/{DOSSIER}", _pdf(record, graph, words, club, site_url, charts)


def dossier_files(
    record: Record,
    graph: Graph,
    words: Words,
    club: str,
    site_url: str,
    charts: Charts | None = None,
) -> Iterator[tuple[str, bytes]]:
    """The dossier of one record, its tables as CSV and its data as JSON, by file name."""
    yield f"{record.id}.pdf", _pdf(record, graph, words, club, site_url, charts)
    page = graph.registry.by_collection[record.collection].view(record, graph)
    for section in page.sections:
        for each in map(_table_of, section.body):
            if each and each.sheet:
                # A table of its own goes by what it is called below the record.
                below = each.sheet.removeprefix(record.key).strip("/").replace("/", "-")
                name = f"{record.id}-{below}" if below else record.id
                table = made_up(each) if page.is_example else each
                yield f"{name}.csv", csv_file(sheet(table, words, site_url), words.language)
    said = json.dumps(published(record, graph), ensure_ascii=False, indent=2)
    yield f"{record.id}.json", f"{said}\n".encode()


def _table_of(value: object) -> TableView | None:
    """The table that *value* is, or that it draws."""
    found = value.table if isinstance(value, ChartView) else value
    return found if isinstance(found, TableView) else None


def _records(graph: Graph) -> Iterator[Record]:
    for kind in graph.registry.kinds:
        if kind.has_dossier:
            yield from graph.all(kind.model)


def _pdf(
    record: Record,
    graph: Graph,
    words: Words,
    club: str,
    site_url: str,
    charts: Charts | None,
) -> bytes:
    kind = graph.registry.by_collection[record.collection]
    writer = _Writer(words, club, site_url, graph.today or date(1970, 1, 1), charts)
    return pdf(writer.document(kind.view(record, graph)))


def pdf(said: dict[str, Any]) -> bytes:
    """The PDF of a document: the same bytes for the same words and the same day."""
    # Only a dossier needs it, and commands that write none start sooner.
    import typst  # noqa: PLC0415

    year, month, day = said["date"]
    compiler = typst.Compiler(_template(), font_paths=typst.Fonts(include_system_fonts=False))
    made = compiler.compile(
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"said": json.dumps(said, ensure_ascii=False)},
        timestamp=datetime.combine(date(year, month, day), time(), UTC),
    )
    assert isinstance(made, bytes)
    return made


@cache
def _template() -> bytes:
    return files(__package__).joinpath(TEMPLATE).read_bytes()


def shown(text: str) -> str:
    """*text* in the characters that the font has; one that it has not is a box."""
    return "".join(map(_shown, unicodedata.normalize("NFC", text)))


@cache
def _shown(letter: str) -> str:
    if letter in MORE or any(first <= ord(letter) <= last for first, last in SHOWN):
        return letter
    if letter.isspace():
        return " "
    return "" if unicodedata.category(letter) in {"Cc", "Cf", "Mn", "Me"} else UNSHOWN


class _Writer:
    """Writes the page of a record as what the template shows."""

    def __init__(
        self, words: Words, club: str, site_url: str, today: date, charts: Charts | None
    ) -> None:
        self._words, self._club, self._site_url, self._today = words, club, site_url, today
        self._charts = charts
        self._converter = TextConverter(words.language, words=words)

    def document(self, page: PageView) -> dict[str, Any]:
        """All that the dossier of *page* says; parts that a page folds are left to its tables."""
        title = self._text(page.title)
        about = [*(self._texts(page.lead) if page.lead else []), self._facts(page.facts)]
        running = f"{self._words.say(self._club)} – {title}" if self._club else title
        if page.is_example:
            running = self._words.say(Message(EXAMPLE_FIRST, {"text": running}))
        return {
            "title": title,
            "club": shown(self._club),
            "language": self._words.language,
            "date": [self._today.year, self._today.month, self._today.day],
            "mark": self._text(Message(MADE_UP)) if page.is_example else "",
            "running": shown(running),
            "contents": self._text(Message(CONTENTS)),
            "about": about,
            "sections": [
                self._section(each)
                for each in page.sections
                if each.fold is None and each.id != FILES
            ],
        }

    def _section(self, section: SectionView) -> dict[str, Any]:
        # One that follows words needs a name too: a page may begin with it.
        is_after = any(isinstance(each, CardView | TextView) for each in section.body[:-1])
        several = is_after or sum(_table_of(each) is not None for each in section.body) > 1
        blocks = [block for each in section.body for block in self._blocks(each, is_named=several)]
        return {"title": capital(self._text(section.title)), "blocks": blocks}

    def _blocks(self, value: object, *, is_named: bool = False) -> Iterable[Block]:
        """What *value* says; a table is named where it is not alone, and follows its picture."""
        if (table := _table_of(value)) is not None:
            named = {"kind": "label", "text": capital(self._text(table.caption))}
            drawn = self._picture(value) if isinstance(value, ChartView) else ()
            return [*([named] if is_named else []), *drawn, self._table(table)]
        if isinstance(value, TextView):
            return self._texts(value)
        if isinstance(value, CardView):
            return self._card(value)
        if isinstance(value, Alert):
            return [_paragraph([{"text": self._text(value.title), "strong": True}])]
        if isinstance(value, tuple) and value and all(isinstance(each, Fact) for each in value):
            return [self._facts(value)]
        return [_paragraph(self._runs((value,)))]

    def _picture(self, chart: ChartView) -> Iterator[Block]:
        """*chart* as drawn, with the words beneath it; nothing where it could not be."""
        picture = self._charts.picture(chart) if self._charts else None
        if picture is None:
            return
        drawing = on_paper(picture.drawings[-1], chart.form, FONT, shown)
        said = [chart.description]
        if picture.shown < (total := len(chart.table.rows)):
            said.append(Message(FIRST_DRAWN, {"count": picture.shown, "total": total}))
        if picture.has_loose:
            said.append(Message(DASHED))
        if chart.note:
            said.append(chart.note)
        yield {
            "kind": "picture",
            "svg": drawing.svg,
            "width": drawing.width,
            # As on the page: the title and what is drawn; the table that follows says all of it.
            "alt": f"{self._text(chart.table.caption)}. {self._text(chart.description)}",
            "legend": [
                {"colour": COLOURS[each.name], "text": self._text(_entry(each))}
                for each in picture.legend
            ],
            "text": " ".join(map(self._text, said)),
        }

    def _card(self, card: CardView) -> Iterator[Block]:
        yield {"kind": "label", "text": capital(self._text(card.title))}
        if card.values:
            items = [[_paragraph(self._runs((each,)))] for each in card.values]
            yield {"kind": "list", "ordered": False, "items": items}
        if card.text:
            yield from self._texts(card.text)

    def _facts(self, facts: Iterable[Fact]) -> Block:
        rows = [[capital(self._text(each.label)), self._runs(each.values)] for each in facts]
        return {"kind": "facts", "rows": rows}

    def _table(self, table: TableView) -> Block:
        head = [capital(self._text(Message(c) if isinstance(c, str) else c)) for c in table.columns]
        rows = [[self._cell(cell) for cell in row.cells] for row in table.rows]
        return {"kind": "table", "head": head, "rows": rows, "widths": _widths(head, rows)}

    def _cell(self, cell: CellView) -> list[Run]:
        return self._runs(cell.values)

    def _runs(self, values: Iterable[object]) -> list[Run]:
        found: list[Run] = []
        for value in values:
            if found:
                found.append({"text": ", "})
            if isinstance(value, TextView):
                found += [run for each in self._texts(value) for run in each.get("runs", ())]
            elif isinstance(value, Link):
                found.append({"text": self._text(value), "url": self._address(value.url)})
            else:
                found.append({"text": self._text(value)})
                found += self._evidence(value) if isinstance(value, ClaimView) else []
        return found

    def _evidence(self, claim: ClaimView) -> list[Run]:
        """Who states *claim*, when and where: a paper has no other place for it."""
        told = [each for each in (claim.as_of, claim.source, claim.scope, claim.note) if each]
        runs = self._runs(told)
        return [{"text": " ("}, *runs, {"text": ")"}] if runs else []

    def _texts(self, text: TextView) -> list[Block]:
        """The blocks of a contributor's text; its links to records are what these are called."""
        links = dict(text.links)

        def write(id: str, section: str, words: str) -> str:
            target = links.get(id)
            title = words or (self._words.say(target) if target else id)
            url = self._address(target.url) if target else ""
            return f'<a href="{escape(url)}">{escape(title)}</a>' if url else escape(title)

        return [_plain(each) for each in blocks_of(self._converter.convert(text.source, write))]

    def _address(self, url: str) -> str:
        """Where *url* leads from a paper that left the site; nowhere if nobody knows."""
        if url.startswith(("http://", "https://")):
            return url
        return urljoin(self._site_url, url) if self._site_url and not url.startswith("#") else ""

    def _text(self, value: object) -> str:
        return shown(self._words.say(value))


def _entry(entry: Entry) -> object:
    """What a line of a legend stands for, after its letter."""
    if not entry.letter:
        return entry.title
    return Message("{letter} {title}", {"letter": entry.letter, "title": entry.title})


def _paragraph(runs: list[Run]) -> Block:
    return {"kind": "paragraph", "runs": runs}


def _plain(value: Any) -> Any:
    """*value* in the characters that can be shown, with no address but those of the web."""
    if isinstance(value, dict):
        kept = {name: each for name, each in value.items() if name != "url" or _is_web(each)}
        return {name: each if name == "url" else _plain(each) for name, each in kept.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return shown(value) if isinstance(value, str) else value


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))


def _widths(head: list[str], rows: list[list[list[Run]]]) -> list[int]:
    """How wide each column is to the others: its longest word, then what it says shares the rest.

    What a space that does not break holds together is one word.
    """
    said = [
        [title, *("".join(run["text"] for run in row[at]) for row in rows)]
        for at, title in enumerate(head)
    ]
    least = [
        max(len(word) for each in column for word in BREAKING.split(each)) + 3 for column in said
    ]
    more = [
        max(0, min(max(map(len, column)), LONG) - word)
        for column, word in zip(said, least, strict=True)
    ]
    rest = max(0, ACROSS - sum(least)) / (sum(more) or 1)
    return [round(10 * (word + rest * each)) for word, each in zip(least, more, strict=True)]

"""The tables of the site that are offered to spreadsheets, and their files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from club.model.graph import Graph
from club.model.view import ChartView, PageView, TableView
from club.publish.data.sheets import csv_file, made_up, sheet
from club.publish.words.language import Words
from club.publish.words.sheet_names import SUFFIXES, sheet_paths


def page_sheets(graph: Graph) -> Iterator[TableView]:
    """The tables of pages, less those of the collections: matrices, comparisons and the like."""
    for kind in graph.registry.kinds:
        yield from _of_pages(graph.once(kind.more_pages))
        if kind.is_table:
            yield from _of_pages(kind.view(each, graph) for each in graph.all(kind.model))


def _of_pages(pages: Iterable[PageView]) -> Iterator[TableView]:
    for page in pages:
        for section in page.sections:
            for found in section.body:
                each = found.table if isinstance(found, ChartView) else found
                if isinstance(each, TableView) and each.sheet:
                    yield made_up(each) if page.is_example else each


def sheet_files(
    tables: Iterable[TableView], words: Words, site_url: str, today: date | None
) -> Iterator[tuple[str, bytes]]:
    """The files of *tables*, by path from the root of the site."""
    # Only a site needs it, and commands that write none start sooner.
    from club.publish.data.xlsx import xlsx_file  # noqa: PLC0415

    write = {"xlsx": lambda said: xlsx_file(said, words.language, today)}
    write["csv"] = lambda said: csv_file(said, words.language)
    for table in tables:
        said = sheet(table, words, site_url)
        for path, suffix in zip(sheet_paths(table), SUFFIXES, strict=True):
            yield path, write[suffix](said)

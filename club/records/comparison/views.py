"""The page of a comparison, and the same with the differences alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from club.model.dates import PartialDate
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import CellView, ClaimView, Link, PageView, RowView, Switch, TableView, Unknown
from club.model.viewing import claim, fact, facts, label_of, link, page, referred, section, sections
from club.records.comparison.ends import ends_page
from club.records.comparison.model import Cell, Comparison, Criterion, CriterionType

ALTERNATIVES: dict[str, tuple[str, str]] = {
    "known": (N_("Without what is unknown"), N_("{title}: what is known")),
    "differences": (N_("Only the differences"), N_("{title}: only the differences")),
}
"""The pages of a comparison without some of its criteria: what leads there, and their titles."""


def view(comparison: Comparison, graph: Graph) -> PageView:
    """Subjects by criteria, each value with its source and its date."""
    rows = _rows(comparison, graph)
    table = replace(
        _table(comparison, graph, rows),
        switches=_switches(comparison, rows),
        sheet=comparison.key,
    )
    shown = page(
        graph,
        comparison,
        lead=comparison.summary,
        facts=facts(fact(graph, comparison, "axis")),
        sections=sections(section("matrix", Message(N_("Comparison")), table)),
    )
    return replace(shown, is_wide=True)


def _switches(comparison: Comparison, rows: tuple[RowView, ...]) -> tuple[Switch, ...]:
    """What can be left out of *rows*, where there is any of it."""
    here = link(comparison).url
    found: tuple[tuple[str, Literal["same", "unknown"], bool], ...] = (
        ("known", "unknown", any(row.is_unknown for row in rows)),
        ("differences", "same", any(row.is_same for row in rows)),
    )
    return tuple(
        Switch(Link(Message(ALTERNATIVES[name][0]), f"{here}{name}/"), hides)
        for name, hides, is_there in found
        if is_there
    )


def other_pages(graph: Graph) -> tuple[PageView, ...]:
    """The ends of contracts; for each comparison, what is known, and the differences."""
    comparisons = graph.all(Comparison)
    return (
        ends_page(graph),
        *(_alternative(each, name, graph) for each in comparisons for name in ALTERNATIVES),
    )


def _alternative(comparison: Comparison, name: str, graph: Graph) -> PageView:
    rows = tuple(
        row
        for row in _rows(comparison, graph)
        if not (row.is_unknown if name == "known" else row.is_same)
    )
    none = N_("No difference is known.") if name == "differences" else N_("Nothing here yet.")
    here = link(comparison)
    every = Link(Message(N_("All the criteria")), here.url)
    return PageView(
        url=f"{here.url}{name}/",
        collection=comparison.collection,
        title=Message(ALTERNATIVES[name][1], {"title": comparison.title}),
        is_wide=True,
        is_example=comparison.example,
        sections=sections(
            section(
                "matrix",
                Message(N_("Comparison")),
                every,
                _table(comparison, graph, rows) if rows else Message(none),
                layout="matrix",
            )
        ),
    )


def _table(comparison: Comparison, graph: Graph, rows: tuple[RowView, ...]) -> TableView:
    return TableView(
        comparison.title,
        (label_of(Cell, "criterion"), *referred(graph, comparison.subjects)),
        rows,
        is_matrix=True,
    )


def _rows(comparison: Comparison, graph: Graph) -> tuple[RowView, ...]:
    cells: dict[tuple[str, str], list[tuple[int, Cell]]] = {}
    for index, cell in enumerate(comparison.cells):
        cells.setdefault((cell.criterion, graph[cell.subject].id), []).append((index, cell))
    return tuple(
        _row(comparison, criterion, index, cells, graph)
        for index, criterion in enumerate(comparison.criteria)
    )


def _row(
    comparison: Comparison,
    criterion: Criterion,
    index: int,
    cells: dict[tuple[str, str], list[tuple[int, Cell]]],
    graph: Graph,
) -> RowView:
    found = [cells.get((criterion.id, graph[subject].id), []) for subject in comparison.subjects]
    values = {tuple(claim.value for _, cell in each for claim in cell.claim) for each in found}
    head = CellView((criterion.label,), graph.place(comparison, "criteria", index))
    return RowView(
        (head, *(_cell(comparison, each, criterion, graph) for each in found)),
        is_same=len(values - {()}) <= 1,
        is_unknown=not any(values),
    )


def _cell(
    comparison: Comparison, found: list[tuple[int, Cell]], criterion: Criterion, graph: Graph
) -> CellView:
    shown = tuple(
        _claim(
            claim(
                graph,
                each,
                graph.place(comparison, "cells", index, "claim", number),
                criterion.unit or "",
            ),
            criterion,
        )
        for index, cell in found
        for number, each in enumerate(cell.claim)
    )
    place = graph.place(comparison, "cells", found[0][0]) if found else None
    return CellView(shown or (Unknown(),), place, tone="" if shown else "quiet")


def _claim(shown: ClaimView, criterion: Criterion) -> ClaimView:
    """A date as the date it is."""
    if criterion.type is not CriterionType.END:
        return shown
    return replace(shown, value=PartialDate.parse(str(shown.value)))

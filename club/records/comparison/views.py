"""The page of a comparison, and the same with the differences alone."""

from __future__ import annotations

from dataclasses import replace

from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import CellView, Link, PageView, RowView, TableView, Unknown
from club.model.viewing import claim, fact, facts, label_of, link, page, referred, section, sections
from club.records.comparison.model import Cell, Comparison, Criterion


def view(comparison: Comparison, graph: Graph) -> PageView:
    """Subjects by criteria, each value with its source and its date."""
    rows = _rows(comparison, graph)
    other = (
        Link(Message(N_("Only the differences")), f"{link(comparison).url}differences/")
        if any(row.is_same for row in rows)
        else None
    )
    shown = page(
        graph,
        comparison,
        lead=comparison.summary,
        facts=facts(fact(graph, comparison, "axis")),
        sections=sections(
            section("matrix", Message(N_("Comparison")), other, _table(comparison, graph, rows))
        ),
    )
    return replace(shown, is_wide=True)


def differences(graph: Graph) -> tuple[PageView, ...]:
    """For each comparison, a page of the criteria on which the subjects differ."""
    return tuple(_differences(each, graph) for each in graph.all(Comparison))


def _differences(comparison: Comparison, graph: Graph) -> PageView:
    rows = tuple(row for row in _rows(comparison, graph) if not row.is_same)
    here = link(comparison)
    every = Link(Message(N_("All the criteria")), here.url)
    return PageView(
        url=f"{here.url}differences/",
        collection=comparison.collection,
        title=Message(N_("{title}: only the differences"), {"title": comparison.title}),
        is_wide=True,
        is_example=comparison.example,
        sections=sections(
            section("matrix", Message(N_("Comparison")), every, _table(comparison, graph, rows))
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
        is_same=len(values) <= 1,
    )


def _cell(
    comparison: Comparison, found: list[tuple[int, Cell]], criterion: Criterion, graph: Graph
) -> CellView:
    shown = tuple(
        claim(
            graph,
            each,
            graph.place(comparison, "cells", index, "claim", number),
            criterion.unit or "",
        )
        for index, cell in found
        for number, each in enumerate(cell.claim)
    )
    place = graph.place(comparison, "cells", found[0][0]) if found else None
    return CellView(shown or (Unknown(),), place, tone="" if shown else "quiet")

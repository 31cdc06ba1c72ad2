"""A collection as a table: its columns, its filters, and a page for each filter's value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from club.model.facets import facet_view, slug_of, slugs_of
from club.model.graph import Graph
from club.model.kind import Facet, Kind
from club.model.message import N_, Choice, Message
from club.model.record import Record
from club.model.view import (
    CellView,
    ChoiceView,
    Counted,
    FacetView,
    Link,
    PageView,
    RowView,
    TableView,
)
from club.model.viewing import link, section, sections

ALL = N_("All: {count}")


def table(kind: Kind[Record], graph: Graph) -> TableView:
    """Every record of *kind*, a row each, with the filters of the kind."""
    records = kind.ordered(graph)
    choices_by_facet = _choices(kind, records, graph)
    examples = [each.example for each in records]
    rows = tuple(
        row(kind, record, graph, {key: values[index] for key, values in choices_by_facet.items()})
        for index, record in enumerate(records)
    )
    return TableView(
        Message(kind.plural),
        tuple(column.label for column in kind.columns),
        rows,
        _facets(kind, choices_by_facet, examples),
        sheet=kind.collection,
    )


def filtered_choices(kind: Kind[Record], graph: Graph) -> Iterator[ChoiceView]:
    """The choices that have a filtered page, without the work of making the table."""
    records = kind.ordered(graph)
    facets = _facets(kind, _choices(kind, records, graph), [each.example for each in records])
    return (choice for _, choice in _filtered(kind, facets))


Choices = dict[str, list[tuple[Choice | Link, ...]]]
"""What each record has for each facet, by the facet's key."""


def _choices(kind: Kind[Record], records: list[Record], graph: Graph) -> Choices:
    return {facet.key: [facet.values(each, graph) for each in records] for facet in kind.facets}


def _facets(kind: Kind[Record], choices: Choices, examples: list[bool]) -> tuple[FacetView, ...]:
    """The filters that leave something to choose; *examples* says which records are made up."""
    found = (_facet(kind, facet, choices[facet.key], examples) for facet in kind.facets)
    return tuple(facet for facet in found if len(facet.choices) > 1)


def row(
    kind: Kind[Record],
    record: Record,
    graph: Graph,
    choices: dict[str, tuple[Choice | Link, ...]],
) -> RowView:
    """The row of *record* in the table of its kind."""
    cells = []
    for column in kind.columns:
        value = column.value(record, graph)
        values = value if isinstance(value, tuple) else () if value is None else (value,)
        if column.is_title:
            values = (link(record, title=values[0]),)
        cells.append(CellView(values))
    keys = tuple((key, slugs_of(values)) for key, values in choices.items())
    return RowView(tuple(cells), keys, is_example=record.example)


def rows_counted(rows: Sequence[RowView]) -> Counted:
    """How many *rows* there are, and how many of them are of made-up records."""
    return Counted(len(rows), sum(each.is_example for each in rows))


def _facet(
    kind: Kind[Record],
    facet: Facet[Record],
    choices: list[tuple[Choice | Link, ...]],
    examples: list[bool],
) -> FacetView:
    return facet_view(
        facet.key, facet.label, choices, examples, lambda each: _url(kind, facet, each)
    )


def _url(kind: Kind[Record], facet: Facet[Record], choice: Choice | Link) -> str:
    """The page that shows one value without scripts: the linked record's, or a filtered table."""
    if isinstance(choice, Link) and choice.url:
        return choice.url
    return f"{kind.collection}/{facet.key}/{slug_of(choice)}/"


def filtered_pages(kind: Kind[Record], whole: TableView) -> tuple[PageView, ...]:
    """A page for each value of each filter that no record's page already shows."""
    return tuple(
        _filtered_page(kind, whole, facet, choice)
        for facet, choice in _filtered(kind, whole.facets)
    )


def _filtered(
    kind: Kind[Record], facets: tuple[FacetView, ...]
) -> Iterator[tuple[FacetView, ChoiceView]]:
    return (
        (facet, choice)
        for facet in facets
        for choice in facet.choices
        if choice.url.startswith(f"{kind.collection}/{facet.key}/")
    )


def _filtered_page(
    kind: Kind[Record], whole: TableView, facet: FacetView, choice: ChoiceView
) -> PageView:
    rows = tuple(row for row in whole.rows if choice.key in dict(row.choices)[facet.key])
    title = Message(
        N_("{plural} – {facet}: {value}"),
        {"plural": Message(kind.plural), "facet": Message(facet.label), "value": choice.label},
    )
    every = Link(Message(ALL, {"count": rows_counted(whole.rows)}), f"{kind.collection}/")
    about = {"things": Message(kind.plural), "count": rows_counted(rows)}
    return PageView(
        url=choice.url,
        collection=kind.collection,
        title=title,
        sections=sections(
            section(
                "all",
                Message(N_("{things}: {count}"), about),
                every,
                replace(whole, rows=rows, facets=(), sheet=""),
            )
        ),
    )

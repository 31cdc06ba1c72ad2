"""Answers to queries as views: the same lists and tables as the rest of the site."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from club.model.facets import slug_of
from club.model.field import Field, fields_of
from club.model.fields import Citation, Reference
from club.model.graph import Graph
from club.model.message import N_, Choice, Message
from club.model.paths import comparable, values_at
from club.model.record import Record, title_field
from club.model.view import NO, YES, CellView, Link, RowView, TableView
from club.model.viewing import cited, counted, link, links, newest, referred, text
from club.publish.pages.backlinks import labels
from club.publish.pages.tables import row
from club.query.answer import Query, run
from club.records.page.model import WikiPage

OF_PAGES = ("title", "owner", "tags")
NONE_KNOWN = N_("not known")


def answer(query: Query, graph: Graph) -> tuple[object, ...]:
    """What *query* shows: links, a table or a number."""
    records = run(query, graph)
    if query.shape == "list":
        return links(records, graph)
    if query.shape == "count":
        return (counted(records),)
    return (
        _matrix(query, records, graph)
        if query.shape == "matrix"
        else _table(query, records, graph),
    )


def caption(query: Query, graph: Graph) -> str | Message:
    """The author's words, or the name of the collection."""
    return query.caption or Message(labels(graph.registry)[query.model.collection])


def _table(query: Query, records: tuple[Record, ...], graph: Graph) -> TableView:
    kind = graph.registry.by_collection.get(query.model.collection)
    if not query.columns and kind:
        labels: tuple[object, ...] = tuple(column.label for column in kind.columns)
        rows = tuple(row(kind, record, graph, {}) for record in records)
        return TableView(caption(query, graph), labels, rows)
    fields = query.columns or tuple(fields_of(WikiPage)[name] for name in OF_PAGES)
    return TableView(
        caption(query, graph),
        tuple(each.label for each in fields),
        tuple(
            RowView(
                tuple(CellView(_cell(record, each, graph)) for each in fields),
                is_example=record.example,
            )
            for record in records
        ),
    )


def _cell(record: Record, field: Field, graph: Graph) -> tuple[object, ...]:
    path = field.path
    name = path[0]
    if path == ("id",):
        return (link(record, title=record.id),)
    if path == (title_field(record.__class__),):
        return (link(record, among=graph),)
    if len(path) > 1:
        return tuple(_value(each, graph, field) for each in values_at(record, path, graph.today))
    values = newest(graph, record, name)
    return tuple(
        text(graph, each) if isinstance(each, str) and "[[" in each else each for each in values
    )


def _value(value: Any, graph: Graph, field: Field) -> object:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Citation):
        return cited(graph, value) or value.target
    if isinstance(value, Reference):
        return next(iter(referred(graph, value)), None)
    if field.code and isinstance(value, str):
        return field.code.said(value, graph, is_brief=True)
    return value


def _matrix(query: Query, records: tuple[Record, ...], graph: Graph) -> TableView:
    assert query.rows
    down, across = _heads(query.rows, records, graph), _heads(query.columns[0], records, graph)
    cells: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        for one in _keys(query.rows, record, graph):
            for other in _keys(query.columns[0], record, graph):
                cells.setdefault((one, other), []).append(record)
    rows = tuple(
        RowView(
            (
                CellView((head,)),
                *(CellView(_inside(query, cells.get((key, other), []), graph)) for other in across),
            )
        )
        for key, head in down.items()
    )
    columns = (query.rows.label, *map(_label, across.values()))
    is_terse = query.cells != "list"
    return TableView(caption(query, graph), columns, rows, is_matrix=True, is_terse=is_terse)


def _inside(query: Query, records: list[Record], graph: Graph) -> tuple[object, ...]:
    if query.cells == "list":
        return (links(records, graph),) if records else ()
    return (counted(records),) if records else ()


def _keys(field: Field, record: Record, graph: Graph) -> list[str]:
    """The keys of *record* in a matrix; one of them says that nothing is written down."""
    heads = _heads_of(field, record, graph)
    return list(heads)


def _heads_of(field: Field, record: Record, graph: Graph) -> dict[str, object]:
    head_by_key: dict[str, object] = {}
    for value in values_at(record, field.path, graph.today):
        head = _value(value, graph, field)
        if head is not None:
            key = slug_of(head) if isinstance(head, Choice | Link) else comparable(value)
            head_by_key[key] = head
    return head_by_key or {"": Message(NONE_KNOWN)}


def _heads(field: Field, records: Iterable[Record], graph: Graph) -> dict[str, object]:
    """Every value of *field* among *records*, in the order of its type; the unknown comes last."""
    head_by_key: dict[str, object] = {}
    for record in records:
        head_by_key.update(_heads_of(field, record, graph))
    return dict(sorted(head_by_key.items(), key=lambda pair: (not pair[0], _order(pair[1]))))


def _order(head: object) -> Any:
    if isinstance(head, Choice):
        return (f"{list(head.__class__).index(head):04}", "")
    title = head.title if isinstance(head, Link) else head
    return ("", str(getattr(title, "sort_key", title)).casefold())


def _label(head: object) -> object:
    return Message(head.label) if isinstance(head, Choice) else head

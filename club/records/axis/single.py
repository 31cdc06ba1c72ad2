"""All that an axis gathers on a single page, to read or to print at one go."""

from __future__ import annotations

from dataclasses import replace

from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.record import Record
from club.model.view import ChartView, Fact, Link, PageView, SectionView, TableView
from club.model.viewing import link, text, url_of
from club.records.axis.model import Axis

SINGLE = N_("On a single page")
SUFFIX = ".ics"
MOST = 60
"""So many records stand on one page: more of them are not printed, and each has its own."""


def single_url(axis: Axis) -> str:
    """Where the single page of *axis* is."""
    return f"{url_of(axis)}single/"


def single_page(axis: Axis, parts: tuple[type[Record], ...], graph: Graph) -> PageView | None:
    """The pages of what points to *axis*, one after the other; nothing where nothing does.

    *parts* are the kinds that an axis gathers, in their order.
    """
    found = [each for model in parts for each in graph.pointing(axis, model)]
    if not found:
        return None
    about = {"axis": axis.label, "count": len(found), "shown": MOST}
    whole = N_("All that the axis gathers, one record after the other.")
    part = N_("The first {shown} of the {count} records that the axis gathers.")
    return PageView(
        url=single_url(axis),
        collection=Axis.collection,
        title=Message(N_("{axis}, on a single page"), about),
        lead=text(graph, axis.summary),
        intro=Message(whole if len(found) <= MOST else part, about),
        sections=tuple(_section(each, graph) for each in found[:MOST]),
        is_example=axis.example,
    )


def _section(record: Record, graph: Graph) -> SectionView:
    """The page of *record* as a section of another: its own parts are one level down."""
    page = graph.registry.by_collection[record.collection].view(record, graph)
    title: str | Message = graph.title(record)
    if record.example:
        title = Message(N_("{title} (example)"), {"title": title})
    parts = (
        # A spreadsheet is offered once, where the table is at home; nothing is folded on paper.
        replace(
            each,
            id=f"{record.id}-{each.id}",
            body=tuple(_without_sheet(one, title) for one in each.body),
            fold=None,
        )
        for each in page.sections
    )
    own = link(record, title=Message(N_("its own page")))
    facts = tuple(each for each in page.facts if not _is_file(each))
    body = (own, page.lead, facts, *parts)
    return SectionView(record.id, title, tuple(each for each in body if each))


def _is_file(fact: object) -> bool:
    """Whether *fact* only leads to a file of the record, which is offered where it is at home."""
    values = fact.values if isinstance(fact, Fact) else ()
    return bool(values) and all(
        isinstance(each, Link) and each.url.endswith(SUFFIX) for each in values
    )


def _without_sheet(value: object, title: str | Message) -> object:
    """*value* without what leads to another form of it: that is offered where it is at home."""
    if isinstance(value, TableView):
        return _alone(value, title)
    if isinstance(value, ChartView):
        return replace(value, table=_alone(value.table, title))
    return value


def _alone(table: TableView, title: str | Message) -> TableView:
    """*table*, named after the record *title*: those of several stand on one page."""
    caption = Message(N_("{label}: {value}"), {"label": title, "value": table.caption})
    return replace(table, caption=caption, sheet="", switches=(), facets=())

"""The page of the ends of contracts: those that are known, and those that nobody has found."""

from __future__ import annotations

from dataclasses import replace

from club.insight.ends import ENDS_URL, WORKED_OUT, End, ends, projects_without_end, unknown_ends
from club.model.dates import is_past
from club.model.graph import Graph
from club.model.message import N_, P_, Choice, Message
from club.model.view import CardView, CellView, Link, PageView, RowView, SectionView, TableView
from club.model.viewing import claim, link, links, section, sections
from club.records.comparison.model import Comparison

HOW = Message(
    N_(
        "Whoever knows one adds it to the contract or to the comparison: “Show the pencils” shows"
        " those that lead to the values written there."
    )
)


class Term(Choice):
    """Whether an end is past on the day for which the club is told."""

    TO_COME = "to_come", P_("end", "to come"), "accent"
    PAST = "past", P_("end", "past"), "quiet"


def ends_page(graph: Graph) -> PageView:
    """The ends that are known, soonest first, then the subjects without any."""
    found = ends(graph)
    table = TableView(
        Message(N_("Ends of contracts that are known")),
        (N_("subject"), N_("what ends"), N_("when"), N_("on the day of this site")),
        tuple(_row(each, graph) for each in found),
        sheet=ENDS_URL.rstrip("/"),
    )
    none = Message(N_("No end of a contract is known."))
    known = Message(N_("Known: {count}"), {"count": len(found)})
    missing = Message(N_("The others are unknown"))
    cards = _unknown(graph)
    return PageView(
        url=ENDS_URL,
        collection=Comparison.collection,
        title=Message(N_("Ends of contracts")),
        sections=sections(
            section("known", known, table if found else none),
            section("unknown", missing, HOW, *cards, layout="cards") if cards else None,
        ),
    )


def _row(end: End, graph: Graph) -> RowView:
    place = graph.place(end.record, *end.path)
    when = replace(claim(graph, end.claim, place), value=end.when) if end.claim else None
    told = (when,) if when else (end.when, WORKED_OUT)
    term = Term.PAST if is_past(end.when, graph.today) else Term.TO_COME
    return RowView(
        (
            CellView(links(end.subjects)),
            CellView((link(end.record, title=end.label),)),
            CellView(told, place),
            CellView((term,) if graph.today else ()),
        ),
        is_example=end.record.example,
    )


def _unknown(graph: Graph) -> tuple[CardView, ...]:
    without = projects_without_end(graph)
    contracts = (CardView(Message(N_("Contracts")), (links(without),)),) if without else ()
    return contracts + tuple(
        CardView(
            Link(criterion.label, link(comparison).url, is_example=comparison.example),
            (links(subjects),),
            place=graph.place(comparison, "cells"),
        )
        for comparison, criterion, subjects in unknown_ends(graph)
    )


def ways_in(graph: Graph) -> tuple[SectionView, ...]:
    """What one looks for among the comparisons."""
    ends = Link(Message(N_("Ends of contracts")), ENDS_URL)
    return sections(section("ways-in", Message(N_("Go straight to")), ends, layout="grid"))

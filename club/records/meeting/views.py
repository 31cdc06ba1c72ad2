"""The page of a meeting: agenda with what was carried over, round table, decisions, actions."""

from __future__ import annotations

from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import CardView, CellView, Fact, PageView, RowView, SectionView, TableView
from club.model.viewing import (
    cited,
    fact,
    facts,
    label_of,
    labels,
    link,
    link_list,
    page,
    prose,
    referred,
    section,
    sections,
    text,
)
from club.records.decision.model import Decision
from club.records.meeting.model import Action, AgendaPoint, Meeting
from club.records.meeting.occasions import calendar
from club.records.package.model import Package
from club.records.request.model import Request


def view(meeting: Meeting, graph: Graph) -> PageView:
    """A meeting: when, where, by whom, on what, and what came of it."""
    file = calendar(meeting, meeting.standing(graph.today))
    return page(
        graph,
        meeting,
        badges=(meeting.type, meeting.standing(graph.today)),
        lead=meeting.summary,
        facts=facts(
            fact(graph, meeting, "date"),
            Fact(Message(N_("calendar")), tuple(each for each in (file,) if each)),
            fact(graph, meeting, "start"),
            fact(graph, meeting, "end"),
            fact(graph, meeting, "time_zone"),
            fact(graph, meeting, "mode"),
            fact(graph, meeting, "place"),
            fact(graph, meeting, "host"),
            fact(graph, meeting, "theme"),
            fact(graph, meeting, "chairs"),
            fact(graph, meeting, "chairs_note"),
            fact(graph, meeting, "present"),
            fact(graph, meeting, "axes"),
            fact(graph, meeting, "sources"),
        ),
        sections=sections(
            _agenda(meeting, graph),
            _carried_here(meeting, graph),
            section(
                "round-table",
                Message(N_("Round table")),
                *(
                    CardView(
                        link(graph[entry.project]),
                        tuple(each for each in (cited(graph, entry.source),) if each),
                        text(graph, entry.text),
                        place=graph.place(meeting, "round_table", index),
                    )
                    for index, entry in enumerate(meeting.round_table)
                ),
                layout="cards",
            ),
            link_list("decisions", N_("Decisions"), graph.pointing(meeting, Decision, "body")),
            _actions(meeting, graph),
            prose(graph, meeting, "minutes"),
            link_list("requests", N_("Requests discussed"), graph.pointing(meeting, Request)),
            link_list("packages", N_("Lists for the vendor"), graph.pointing(meeting, Package)),
        ),
        listed=(Decision, Request, Meeting, Package),
    )


def _agenda(meeting: Meeting, graph: Graph) -> SectionView | None:
    rows = tuple(
        RowView(
            (
                CellView((index,)),
                CellView(
                    (point.title, text(graph, point.note)),
                    graph.place(meeting, "agenda", index - 1),
                ),
                CellView(referred(graph, point.axis)),
                CellView((point.state,)),
                CellView(referred(graph, point.carried_to)),
            )
        )
        for index, point in enumerate(meeting.agenda, 1)
    )
    table = TableView(
        Message(N_("Agenda: {count} points"), {"count": len(rows)}),
        (
            N_("no."),
            N_("point"),
            label_of(AgendaPoint, "axis"),
            N_("outcome"),
            label_of(AgendaPoint, "carried_to"),
        ),
        rows,
    )
    return section("agenda", Message(N_("Agenda")), table) if rows else None


def _carried_here(meeting: Meeting, graph: Graph) -> SectionView | None:
    """The points that earlier meetings left for this one come first in its agenda."""
    cards = [
        CardView(point.title, (link(earlier), *referred(graph, point.axis)))
        for earlier in graph.pointing(meeting, Meeting, "agenda")
        for point in earlier.agenda
        if graph.get(point.carried_to) is meeting
    ]
    return section(
        "carried", Message(N_("Points left by earlier meetings")), *cards, layout="cards"
    )


def _actions(meeting: Meeting, graph: Graph) -> SectionView | None:
    rows = tuple(
        RowView(
            (
                CellView((action.what,), graph.place(meeting, "actions", index)),
                CellView(referred(graph, action.owner)),
                CellView((action.due,) if action.due else ()),
                CellView((action.told("state", graph.today),)),
            )
        )
        for index, action in enumerate(meeting.actions)
    )
    table = TableView(
        Message(N_("Actions: {count}"), {"count": len(rows)}),
        (N_("action"), *labels(Action, "owner", "due", "state")),
        rows,
    )
    return section("actions", Message(N_("Actions")), table) if rows else None

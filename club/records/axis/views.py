"""The page of an axis: everything that touches it."""

from __future__ import annotations

from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.record import Record
from club.model.view import Alert, CardView, Fact, Feed, Link, PageView, SectionView
from club.model.viewing import claims, fact, facts, gathered_url, link, page, section, sections
from club.records.axis.model import Axis
from club.records.axis.single import SINGLE, single_page, single_url
from club.records.comparison.model import Comparison
from club.records.decision.model import Decision
from club.records.difficulty.model import Difficulty
from club.records.meeting.model import Meeting
from club.records.practice.model import Practice
from club.records.request.model import Request
from club.records.resource.model import Resource

PARTS: tuple[tuple[type[Record], str], ...] = (
    (Comparison, N_("Comparisons")),
    (Request, N_("Requests")),
    (Practice, N_("Practices")),
    (Difficulty, N_("Difficulties")),
    (Resource, N_("Resources")),
    (Meeting, N_("Meetings")),
)


def view(axis: Axis, graph: Graph) -> PageView:
    """An axis: its nature, and all the club has on it, or an invitation to contribute."""
    listed = tuple(_part(axis, graph, model, title) for model, title in PARTS)
    empty = not any(listed)
    return page(
        graph,
        axis,
        badges=axis.nature,
        lead=axis.summary,
        alerts=(TO_COMPLETE,) if empty else (),
        facts=facts(
            fact(graph, axis, "nature"),
            fact(graph, axis, "nature_note"),
            fact(graph, axis, "sources", *claims(graph, axis, "sources")),
            *_calendar(axis, graph),
            *(() if empty else (_single(axis),)),
        ),
        sections=sections(*listed),
        listed=(*(model for model, _ in PARTS), Decision),
    )


def _single(axis: Axis) -> Fact:
    """All that the axis gathers at one go: what readers print."""
    return Fact(Message(N_("read or print")), (Link(Message(SINGLE), single_url(axis)),))


def single_pages(graph: Graph) -> tuple[PageView, ...]:
    """The single page of each axis that gathers something."""
    models = tuple(model for model, _ in PARTS)
    found = (single_page(each, models, graph) for each in graph.all(Axis))
    return tuple(each for each in found if each)


def _calendar(axis: Axis, graph: Graph) -> tuple[Fact, ...]:
    """The calendar of its meetings, in a club that has meetings."""
    if not graph.registry.has(Meeting):
        return ()
    file = Feed(Message(N_("Calendar of this axis (.ics)")), gathered_url(axis))
    return (Fact(Message(N_("meetings")), (file,)),)


TO_COMPLETE = Alert(
    Message(N_("To be completed")),
    Message(N_("Nothing has been written on this axis yet: share a practice or a request.")),
    links=(
        Link(Message(N_("Share a practice")), "practices/"),
        Link(Message(N_("Make a request")), "requests/"),
    ),
)


def _part(axis: Axis, graph: Graph, model: type[Record], title: str) -> SectionView | None:
    found = graph.pointing(axis, model)
    return section(
        model.collection,
        Message(title),
        *(
            CardView(link(each), (getattr(each, "state", getattr(each, "maturity", None)),))
            for each in found
        ),
        layout="cards",
    )

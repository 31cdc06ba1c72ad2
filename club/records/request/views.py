"""The page of a request: need, positions, answers, what it duplicates."""

from __future__ import annotations

from club.insight.delivery import delivery_of, is_delivered
from club.insight.packages import listed_in
from club.insight.positions import Standing, Stated, standing, supporters, voters
from club.insight.told import usable
from club.insight.waiting import is_for_the_club, wait_of
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import (
    Alert,
    CardView,
    CellView,
    Counted,
    Fact,
    Link,
    PageView,
    RowView,
    SectionView,
    TableView,
)
from club.model.viewing import (
    cited,
    fact,
    facts,
    labels,
    link,
    link_list,
    links,
    page,
    prose,
    referred,
    section,
    sections,
    text,
)
from club.records.difficulty.model import Difficulty
from club.records.offer.model import Offer
from club.records.package.model import Package
from club.records.request.delivered import DELIVERED, DELIVERED_URL
from club.records.request.model import Position, Request
from club.records.request.pages import WAITING_URL


def view(request: Request, graph: Graph) -> PageView:
    """A request: the need, what would satisfy it, who wants it, what the vendor says."""
    found = standing(request, graph, voters(graph))
    kept = graph.get(request.duplicate_of)
    alerts = (Alert(Message(N_("Duplicate")), links=(link(kept),)),) if kept else ()
    return page(
        graph,
        request,
        badges=(request.state,),
        alerts=alerts,
        facts=facts(
            fact(graph, request, "state"),
            fact(graph, request, "service"),
            fact(graph, request, "axes"),
            fact(graph, request, "origin"),
            fact(graph, request, "created"),
            fact(graph, request, "delivered_in"),
            *_usable(request, graph),
            fact(graph, request, "practice"),
        ),
        sections=sections(
            _answers(request, graph),
            prose(graph, request, "need"),
            prose(graph, request, "acceptance"),
            _positions(request, found, graph),
            _history(request, graph),
            section(
                "packages",
                Message(N_("Lists for the vendor")),
                *(
                    link(package, Message(N_("number {number}"), {"number": frozen.number}))
                    for package, frozen in listed_in(request, graph)
                ),
                layout="list",
            ),
            link_list(
                "duplicates",
                N_("Requests that say the same"),
                graph.pointing(request, Request, "duplicate_of"),
            ),
            link_list(
                "difficulties", N_("Difficulties behind it"), graph.pointing(request, Difficulty)
            ),
        ),
        listed=(Request, Difficulty, Offer, Package),
    )


def _usable(request: Request, graph: Graph) -> tuple[Fact, ...]:
    """Where what was delivered can be used: delivered is not available."""
    if not is_delivered(request):
        return ()
    found = delivery_of(request, graph)
    page = Link(Message(DELIVERED), DELIVERED_URL)
    return (Fact(Message(N_("where it can be used")), (usable(found, voters(graph)), page)),)


def _positions(request: Request, found: Standing, graph: Graph) -> SectionView | None:
    rows = tuple(_position_row(each, request, graph) for each in found.stated)
    table = TableView(
        Message(N_("Positions: {count} for"), {"count": supporters(request, graph)}),
        labels(Position, "project", "stance", "rank", "reason", "constraint", "as_of"),
        rows,
    )
    academies = _by_academy(found, graph)
    missing = (
        Message(
            N_("No position yet: {names}."),
            {"names": links(found.missing)},
        )
        if found.missing
        else None
    )
    return section(
        "positions",
        Message(N_("Positions of the projects")),
        table if rows else None,
        missing,
        academies,
        place=graph.place(request, "positions"),
    )


def _position_row(stated: Stated, request: Request, graph: Graph) -> RowView:
    position = stated.position
    dated = (position.as_of, *referred(graph, position.meeting))
    elsewhere = Message(N_("said of {title}"), {"title": stated.request.title})
    said_of = () if stated.request is request else (link(stated.request, title=elsewhere),)
    return RowView(
        (
            CellView(referred(graph, position.project), links=said_of),
            CellView((position.stance,), graph.place(stated.request, "positions", stated.index)),
            CellView((position.rank,) if position.rank else ()),
            CellView((position.reason,) if position.reason else ()),
            CellView((position.constraint,) if position.constraint else ()),
            CellView(tuple(each for each in dated if each)),
        ),
        is_example=request.example,
    )


def _by_academy(found: Standing, graph: Graph) -> tuple[Fact, ...]:
    """The positions gathered by academy, where one takes part in several projects.

    Positions are taken by project; an academy with two projects must not seem to vote once, nor
    its voice be lost among the others.
    """
    stances: dict[str, list[Message]] = {}
    for each in found.stated:
        for academy in map(graph.get, each.project.academies):
            if academy:
                said = {"project": link(each.project), "stance": each.position.stance}
                stances.setdefault(academy.name, []).append(
                    Message(N_("{project}: {stance}"), said)
                )
    return tuple(Fact(name, tuple(said)) for name, said in sorted(stances.items()) if len(said) > 1)


def _answers(request: Request, graph: Graph) -> SectionView | None:
    return section(
        "answers",
        Message(N_("Vendor's answers")),
        *_waited(request),
        *(
            CardView(
                Message(answer.answer.label),
                tuple(
                    each
                    for each in (answer.date, answer.version, cited(graph, answer.source))
                    if each
                ),
                text(graph, answer.text),
                place=graph.place(request, "answers", index),
                tone=answer.answer.tone,
                is_example=request.example,
            )
            for index, answer in enumerate(request.answers)
        ),
        layout="cards",
    )


def _waited(request: Request) -> tuple[object, ...]:
    """Whose turn it is: that of the vendor, and since when, or that of the club."""
    if is_for_the_club(request):
        return (Message(N_("The vendor asks for details: it is for the club to answer.")),)
    wait = wait_of(request)
    if wait is None:
        return ()
    said = Message(N_("Sent on {date}: the answer is waited for."), {"date": wait.since})
    unknown = Message(N_("Sent on an unknown date: the answer is waited for."))
    return (said if wait.since else unknown, Link(Message(N_("All that wait")), WAITING_URL))


def _history(request: Request, graph: Graph) -> SectionView | None:
    return section(
        "steps",
        Message(N_("Steps")),
        *(
            CardView(
                Message(change.state.label),
                tuple(each for each in (change.date, *referred(graph, change.meeting)) if each),
                place=graph.place(request, "history", index),
                tone=change.state.tone,
            )
            for index, change in enumerate(request.history)
        ),
        layout="steps",
    )


def support(request: Request, graph: Graph) -> Counted:
    """How many projects are for it."""
    return supporters(request, graph)


def concerned(request: Request, graph: Graph):  # type: ignore[no-untyped-def]
    """The projects that asked for it or took a position."""
    references = (request.origin, *(position.project for position in request.positions))
    found = {project.id: project for project in map(graph.get, references) if project}
    return links(found.values())

"""The page for the vendor: what awaits its answer, what it promised, what it delivered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from club.insight.delivery import Usable, delivery_of, is_delivered
from club.insight.positions import supporters, voters
from club.insight.vendor import VENDOR_URL, Side, on, promises
from club.insight.waiting import lasted, wait_of
from club.model.graph import Graph
from club.model.message import N_, P_, Message
from club.model.view import CellView, Fact, Link, PageView, RowView, SectionView, TableView, Unknown
from club.model.viewing import (
    cited,
    counted,
    excerpt,
    label_of,
    link,
    links,
    referred,
    section,
    sections,
)
from club.records.request.delivered import DELIVERED, DELIVERED_URL
from club.records.request.model import Answer, Request

VENDOR = N_("For the vendor")
LISTS = "package"
"""The kind of the lists, which refers to requests and so is not known here by its model."""
WHAT = Message(
    N_(
        "What the club sent and what came of it. Each request leads to its need, to what would"
        " satisfy it and to the position of each project."
    )
)


def vendor_page(graph: Graph) -> PageView:
    """Every request that was sent, by whose turn it is or what came of it."""
    found = [(part, on(part.side, graph)) for part in PARTS]
    shown = [(part, requests) for part, requests in found if requests or part.is_asked]
    return PageView(
        url=VENDOR_URL,
        collection=Request.collection,
        title=Message(VENDOR),
        key=tuple(Fact(Message(part.title), (counted(each),)) for part, each in shown),
        intro=WHAT,
        sections=sections(
            *(_section(part, requests, graph) for part, requests in shown), _lists(graph)
        ),
    )


@dataclass(frozen=True, slots=True)
class Part:
    """The requests on one *side*: the columns of their table, and the rows.

    One that is *asked* for is there even where there is none.
    """

    id: str
    side: Side
    title: str
    columns: tuple[str, ...]
    rows: Callable[[tuple[Request, ...], Graph], tuple[RowView, ...]]
    is_asked: bool = False
    grouped_by: str = ""
    more: Link | None = None


def _section(part: Part, requests: tuple[Request, ...], graph: Graph) -> SectionView | None:
    about = {"things": Message(part.title), "count": counted(requests)}
    title = Message(N_("{things}: {count}"), about)
    if not requests:
        return section(part.id, title, Message(N_("None.")))
    table = TableView(
        Message(part.title),
        (N_("request"), *part.columns),
        part.rows(requests, graph),
        sheet=f"{VENDOR_URL}{part.id}",
        grouped_by=part.grouped_by,
    )
    return section(part.id, title, table, part.more)


def _lists(graph: Graph) -> SectionView | None:
    """The lists that the club handed over, where it made any."""
    title = Message(N_("The lists that were handed over"))
    found = graph.registry.by_name.get(LISTS)
    records = graph.all(found.model) if found else ()
    return section("lists", title, *links(records, graph), layout="list")


def _row(request: Request, *cells: CellView, group: str | Message = "") -> RowView:
    return RowView((CellView((link(request),)), *cells), is_example=request.example, group=group)


def _wanting(request: Request, graph: Graph) -> CellView:
    return CellView((supporters(request, graph),))


def _last(request: Request, graph: Graph) -> tuple[CellView, CellView]:
    """When the vendor last spoke, and what it said, with where."""
    last: Answer | None = next(reversed(request.answers), None)
    if last is None:
        return CellView(()), CellView(())
    said = (excerpt(graph, last.text), cited(graph, last.source))
    place = graph.place(request, "answers", len(request.answers) - 1)
    return (
        CellView((last.date or Unknown(),)),
        CellView(tuple(each for each in said if each), place),
    )


def _waiting(requests: tuple[Request, ...], graph: Graph) -> tuple[RowView, ...]:
    """The longest wait first; an invented date gives no rank."""
    waits = [wait for each in requests if (wait := wait_of(each))]
    return tuple(
        _row(
            each.request,
            CellView((each.since or Unknown(),), graph.place(each.request, "history")),
            CellView((lasted(each, graph.today) or Unknown(),)),
            CellView(
                tuple(said for said in (each.last.answer, each.last.date) if said)
                if each.last
                else ()
            ),
            _wanting(each.request, graph),
            CellView(referred(graph, each.request.service)),
        )
        for each in sorted(waits, key=lambda each: each.rank)
    )


def _told(requests: tuple[Request, ...], graph: Graph) -> tuple[RowView, ...]:
    """What the vendor last said of each."""
    return tuple(_row(each, *_last(each, graph), _wanting(each, graph)) for each in requests)


def _promised(requests: tuple[Request, ...], graph: Graph) -> tuple[RowView, ...]:
    """By version, the next one first."""
    return tuple(
        _row(
            each,
            CellView((each.state,), graph.place(each, "state")),
            *_last(each, graph),
            _wanting(each, graph),
            group=Message(N_("Version {version}"), {"version": version})
            if version
            else Message(N_("No version is named")),
        )
        for version, some in promises(graph)
        for each in some
    )


def _delivered(requests: tuple[Request, ...], graph: Graph) -> tuple[RowView, ...]:
    return tuple(_row(each, *_usable(each, graph), _wanting(each, graph)) for each in requests)


def _usable(request: Request, graph: Graph) -> tuple[CellView, ...]:
    """The version that brought it, where it can be used, where not yet, and where nobody knows."""
    place = graph.place(request, "delivered_in")
    if not is_delivered(request):
        return CellView((Unknown(),), place), *(CellView(()),) * 3
    projects = voters(graph)
    found = delivery_of(request, graph)
    return (
        CellView((found.version,), place),
        *(CellView((links(found.among(projects, each)),)) for each in Usable),
    )


SAID = (N_("last word of the vendor"), N_("what it says"), N_("for"))
PARTS = (
    Part(
        "waiting",
        Side.WAITING,
        N_("Waiting for an answer"),
        (
            N_("sent"),
            N_("for how long"),
            N_("last word of the vendor"),
            N_("for"),
            label_of(Request, "service"),
        ),
        _waiting,
        is_asked=True,
    ),
    Part("details", Side.DETAILS, N_("Details for the club to give"), SAID, _told),
    Part(
        "promised",
        Side.PROMISED,
        P_("requests", "Promised"),
        (label_of(Request, "state"), *SAID),
        _promised,
        is_asked=True,
        grouped_by=N_("version"),
    ),
    Part(
        "delivered",
        Side.DELIVERED,
        P_("requests", "Delivered"),
        (
            N_("version"),
            N_("usable in"),
            N_("not yet usable in"),
            N_("version unknown in"),
            N_("for"),
        ),
        _delivered,
        is_asked=True,
        more=Link(Message(DELIVERED), DELIVERED_URL),
    ),
    Part("exists", Side.EXISTS, N_("Already there, says the vendor"), SAID, _told),
    Part("refused", Side.REFUSED, P_("requests", "Refused"), SAID, _told),
)
"""What the page tells, in its order."""

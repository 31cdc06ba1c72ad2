"""All contracts in time, and those that end soon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from club.insight.contracts import (
    YEAR,
    Term,
    beginning,
    by_time,
    ending,
    makers_who_run,
    term,
    without_term,
)
from club.insight.ends import ENDS_URL
from club.model.claims import used
from club.model.dates import PartialDate, is_past
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.record import Record
from club.model.view import (
    CellView,
    ChartView,
    Link,
    PageView,
    RowView,
    SectionView,
    TableView,
    Unknown,
)
from club.model.viewing import (
    cited,
    counted,
    labels,
    link,
    links,
    referred,
    section,
    sections,
    shown,
)
from club.records.comparison.model import Comparison
from club.records.contract.model import Contract
from club.records.contract.views import SAME, end_values, standing, start_values

TIMELINE_URL = "contracts/timeline/"
ENDING_URL = "contracts/ending/"
MATRIX_URL = "contracts/matrix/"
TIMELINE = Message(N_("Contracts in time"))
ENDING = Message(N_("Contracts that end soon"))
MATRIX = Message(N_("Contracts side by side"))


def ways_in(graph: Graph) -> tuple[SectionView, ...]:
    """What one looks for among the contracts."""
    ways = (Link(MATRIX, MATRIX_URL), Link(TIMELINE, TIMELINE_URL), Link(ENDING, ENDING_URL))
    return sections(section("ways-in", Message(N_("Go straight to")), *ways, layout="grid"))


def timeline_page(graph: Graph) -> PageView:
    """Every contract, from the first to start on."""
    contracts = by_time(graph)
    table = TableView(
        TIMELINE,
        (
            N_("contract"),
            *labels(Contract, "projects", "start", "end", "holders", "objects"),
            N_("on the day of this site"),
        ),
        tuple(_timeline_row(each, graph) for each in contracts),
        sheet=TIMELINE_URL.rstrip("/"),
    )
    picture = ChartView(
        "spans",
        table,
        (2, 3, 1),
        Message(
            N_(
                "Each contract from its start to its end, the first to start first. What nobody"
                " states is a pale bar with a broken outline: up to the day that is worked out, or"
                " else, left open, up to the edge."
            )
        ),
        sources=tuple(dict.fromkeys(_sources(contracts, graph))),
        place=graph.place(contracts[0]) if contracts else None,
        is_open=True,
    )
    return PageView(
        url=TIMELINE_URL,
        collection=Contract.collection,
        title=TIMELINE,
        is_wide=True,
        is_found=True,
        sections=sections(section("all", _count(contracts), _or_nothing(picture))),
    )


def _timeline_row(contract: Contract, graph: Graph) -> RowView:
    now = standing(contract, graph)
    return RowView(
        (
            CellView((link(contract),), graph.place(contract)),
            CellView(referred(graph, contract.projects)),
            _dated(start_values(contract, graph, bare=True), beginning(contract)),
            _dated(end_values(contract, graph, bare=True), term(contract)),
            CellView(referred(graph, contract.every_holder) or (Unknown(),)),
            CellView(shown(graph, contract, "objects") or (Unknown(),)),
            CellView((now,) if now else ()),
        ),
        is_example=contract.example,
    )


def _dated(values: tuple[object, ...], told: Term | None) -> CellView:
    return CellView(values or (Unknown(),), is_deduced=told is not None and told.is_deduced)


def ending_page(graph: Graph) -> PageView:
    """The contracts that may end within a year of the day of the site, then the other ones."""
    soon = ending(graph, graph.today) if graph.today else ()
    later = tuple(
        each
        for each in sorted(graph.all(Contract), key=_last_day)
        if (found := term(each)) and each not in soon and not is_past(found.when, graph.today)
    )
    past = tuple(
        each
        for each in sorted(graph.all(Contract), key=_last_day, reverse=True)
        if (found := term(each)) and is_past(found.when, graph.today)
    )
    within = Message(N_("Within {months} months"), {"months": YEAR})
    none = Message(N_("No end is known within {months} months."), {"months": YEAR})
    every = Link(Message(N_("Ends of contracts")), ENDS_URL)
    has_more = graph.registry.has(Comparison)
    return PageView(
        url=ENDING_URL,
        collection=Contract.collection,
        title=ENDING,
        is_found=True,
        sections=sections(
            section(
                "soon",
                Message(N_("{things}: {count}"), {"things": within, "count": counted(soon)})
                if soon
                else within,
                _counted_from(graph),
                _ends(within, soon, graph) if soon else none,
            ),
            _section("later", N_("Later"), later, graph),
            _section("past", N_("Already ended"), past, graph),
            _unknown(graph),
            section("more", Message(N_("Go straight to")), every) if has_more else None,
        ),
    )


def _counted_from(graph: Graph) -> Message | None:
    if graph.today is None:
        return None
    return Message(N_("Counted from {day}"), {"day": PartialDate.parse(graph.today.isoformat())})


def _section(
    id: str, title: str, contracts: tuple[Contract, ...], graph: Graph
) -> SectionView | None:
    said = Message(N_("{things}: {count}"), {"things": Message(title), "count": counted(contracts)})
    return section(id, said, _ends(Message(title), contracts, graph)) if contracts else None


def _ends(caption: Message, contracts: Iterable[Contract], graph: Graph) -> TableView:
    rows = tuple(
        RowView(
            (
                CellView((link(each),), graph.place(each, "end")),
                CellView(end_values(each, graph)),
                CellView(referred(graph, each.projects)),
                CellView(referred(graph, each.every_holder) or (Unknown(),)),
                CellView((SAME,) if makers_who_run(each, graph) else ()),
            ),
            is_example=each.example,
        )
        for each in contracts
    )
    heads = (N_("contract"), *labels(Contract, "end", "projects", "holders"), N_("to know"))
    return TableView(caption, heads, rows)


def _unknown(graph: Graph) -> SectionView | None:
    missing = without_term(graph)
    title = Message(
        N_("{things}: {count}"),
        {"things": Message(N_("Whose end is unknown")), "count": counted(missing)},
    )
    return section("unknown", title, *links(missing), layout="list")


def _last_day(contract: Contract) -> tuple[str, str]:
    found = term(contract)
    return (found.when.last.isoformat() if found else "", contract.id)


def _count(records: Iterable[Record]) -> Message:
    about = {"things": Message(N_("contracts")), "count": counted(records)}
    return Message(N_("{things}: {count}"), about)


def _sources(contracts: Iterable[Contract], graph: Graph) -> Iterator[Link]:
    """What the starts and the ends that are drawn come from, stated or worked out."""
    for each in contracts:
        starts, ends = beginning(each), term(each)
        told = [found.claim for found in (starts, ends) if found]
        for claim in (*told, used(each.duration_months) if None in told else None):
            if claim and (found := cited(graph, claim.source)):
                yield found


def _or_nothing(picture: ChartView) -> object:
    return picture if picture.table.rows else Message(N_("Nothing here yet."))

"""The contracts of the projects side by side, axis by axis: set-ups, funding, vendors, terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from club.insight.contracts import (
    RUNNERS,
    compared,
    contracts_of,
    makers_who_run,
    providers,
)
from club.model.fields import Reliability
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.record import Record
from club.model.view import (
    NO,
    YES,
    CellView,
    ClaimView,
    Link,
    PageView,
    RowView,
    TableView,
    Unknown,
)
from club.model.viewing import claims, counted, label_of, link, links, referred, section, sections
from club.records.contract.model import Contract, ContractObject
from club.records.contract.pages import MATRIX, MATRIX_URL
from club.records.contract.views import end_values
from club.records.project.model import Project

Values = Callable[[Contract, Graph], tuple[object, ...]]
SETUP = Message(N_("Legal set-up"))
FUNDING = Message(N_("Financial set-up"))
VENDORS = Message(N_("Relations with the vendors"))
TERMS = Message(N_("Terms"))


def matrix_page(graph: Graph) -> PageView:
    """One column a project, one row a question; what no contract tells is unknown."""
    projects = compared(graph)
    table = TableView(
        MATRIX,
        (N_("question"), *links(projects)),
        tuple(
            _row(axis, label, values, projects, graph) for axis, label, values in _questions(graph)
        ),
        is_matrix=True,
        sheet=MATRIX_URL.rstrip("/"),
        grouped_by=N_("axis"),
        linked=N_("contracts"),
    )
    every = [each for project in projects for each in contracts_of(project, graph)]
    said = Message(
        N_("{things}: {count}"),
        {"things": Message(N_("contracts")), "count": counted(_once(every))},
    )
    none = Message(N_("Nothing here yet."))
    return PageView(
        url=MATRIX_URL,
        collection=Contract.collection,
        title=MATRIX,
        is_wide=True,
        is_found=True,
        sections=sections(section("matrix", said, table if projects else none)),
    )


def _once(records: Iterable[Contract]) -> tuple[Record, ...]:
    return tuple({each.id: each for each in records}.values())


def _questions(graph: Graph) -> tuple[tuple[Message, str, Values], ...]:
    def named(field: str) -> str:
        return label_of(Contract, field)

    amounts = ((FUNDING, named("amount"), _amount),)
    of_objects = tuple((VENDORS, each.label, _provider(each)) for each in ContractObject)
    return (
        (SETUP, N_("contracts"), lambda contract, graph: ()),
        (SETUP, named("form"), lambda each, graph: (each.form,) if each.form else ()),
        (SETUP, named("procedure"), lambda each, _: (each.procedure,) if each.procedure else ()),
        (SETUP, named("buyers"), _buyers),
        (FUNDING, named("funding"), _funding),
        (FUNDING, named("grants"), _grants),
        *(amounts if not graph.reader.is_public or _has_amount(graph) else ()),
        (VENDORS, named("holders"), lambda each, graph: referred(graph, each.every_holder)),
        *of_objects,
        (VENDORS, N_("the maker also runs it"), _same),
        (TERMS, named("start"), lambda each, graph: claims(graph, each, "start")),
        (
            TERMS,
            named("duration_months"),
            lambda each, graph: claims(graph, each, "duration_months"),
        ),
        (TERMS, named("end"), end_values),
        (TERMS, named("renewals"), _renewals),
    )


def _has_amount(graph: Graph) -> bool:
    """Whether any amount may be read: where all are for members, none is said to be unknown."""
    return any(each.amount for each in graph.all(Contract))


def _amount(contract: Contract, graph: Graph) -> tuple[object, ...]:
    return claims(graph, contract, "amount")


def _provider(object: ContractObject) -> Values:
    return lambda contract, graph: links(providers(contract, (object,), graph))


def _buyers(contract: Contract, graph: Graph) -> tuple[object, ...]:
    values: list[object] = []
    for each in contract.buyers:
        values += referred(graph, each.organisation)
        values += (each.reliability,) if each.reliability else ()
    return (*_deduced(contract, "buyers"), *values)


def _deduced(contract: Contract, field: str) -> tuple[Reliability, ...]:
    """The mark of what the club deduced; its reason is on the page of the contract."""
    return (Reliability.DEDUCED,) if contract.reason(field) else ()


def _funding(contract: Contract, graph: Graph) -> tuple[object, ...]:
    shares = (
        replace(link(found), note=_share(each.share))
        for each in contract.funding
        if (found := graph.get(each.organisation))
    )
    return (*_deduced(contract, "funding"), *shares)


def _share(share: object) -> Message:
    unknown = Message(N_("unknown share"))
    return unknown if share is None else Message(N_("{share} %"), {"share": share})


def _grants(contract: Contract, graph: Graph) -> tuple[object, ...]:
    """Each with its share; it says nothing of the shares beside it."""
    said = N_("{label}: {share}")
    told = (
        Message(said, {"label": each.label, "share": _share(each.share)})
        for each in contract.grants
    )
    return (*told, *_deduced(contract, "grants"))


def _renewals(contract: Contract, graph: Graph) -> tuple[object, ...]:
    return tuple(each.state for each in contract.renewals)


def _same(contract: Contract, graph: Graph) -> tuple[object, ...]:
    """Yes or no where a contract tells who runs the platform; else nobody knows."""
    if makers_who_run(contract, graph):
        return (YES,)
    return (NO,) if providers(contract, RUNNERS, graph) else ()


def _row(
    axis: Message,
    label: str,
    values: Values,
    projects: tuple[Project, ...],
    graph: Graph,
) -> RowView:
    cells = [_cell(label, values, each, graph) for each in projects]
    known = [each.values for each in cells if not isinstance(each.values[0], Unknown)]
    return RowView(
        (CellView((Message(label),)), *cells),
        is_same=len({str(each) for each in known}) <= 1,
        is_unknown=not known,
        group=axis,
    )


def _cell(label: str, values: Values, project: Project, graph: Graph) -> CellView:
    """What each contract of *project* says; the contract itself is its proof."""
    found: list[object] = []
    proof: list[Link] = []
    is_made_up = False
    for contract in contracts_of(project, graph):
        said = (link(contract),) if label == N_("contracts") else values(contract, graph)
        found += (each for each in said if each not in found)
        if said:
            proof.append(link(contract))
            is_made_up = is_made_up or contract.example
    if not found:
        return CellView((Unknown(),), tone="quiet")
    evidence = () if any(isinstance(each, ClaimView) for each in found) else tuple(proof)
    own = label == N_("contracts")
    return CellView(tuple(found), links=() if own else evidence, is_example=is_made_up and not own)

"""The contracts of the projects side by side, axis by axis: set-ups, funding, vendors, terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from club.insight.contracts import (
    RUNNERS,
    by_time,
    compared,
    contracts_of,
    maker_of,
    makers_who_run,
    providers,
)
from club.model.fields import Reliability
from club.model.graph import Graph
from club.model.message import N_, Choice, Message
from club.model.problem import Place
from club.model.view import (
    NO,
    YES,
    CellView,
    ClaimView,
    PageView,
    RowView,
    TableView,
    Unknown,
)
from club.model.viewing import (
    claims,
    counted_of,
    exact,
    left_out,
    link,
    links,
    referred,
    section,
    sections,
)
from club.records.contract.model import Contract, ContractObject
from club.records.contract.pages import MATRIX, MATRIX_URL
from club.records.contract.views import end_values, start_values
from club.records.project.model import Project

NO_COLUMN = Message(
    N_(
        "The columns are the projects that run a platform of the club; these contracts are of"
        " none of them."
    )
)
HOLDERS = {
    ContractObject.EDITION: N_("Who provides the edition"),
    ContractObject.INTEGRATION: N_("Who provides the integration"),
    ContractObject.HOSTING: N_("Who provides the hosting"),
    ContractObject.OPERATION: N_("Who provides the operation"),
    ContractObject.EVOLUTION: N_("Who provides the evolution"),
    ContractObject.SUPPORT: N_("Who provides the support"),
}
Values = Callable[[Contract, Graph], tuple[object, ...]]
Cell = Callable[[Project, Graph], CellView]
UNKNOWN = CellView((Unknown(),), tone="quiet")
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
        tuple(_row(axis, label, cell, projects, graph) for axis, label, cell in _questions(graph)),
        is_matrix=True,
        sheet=MATRIX_URL.rstrip("/"),
        grouped_by=N_("axis"),
        linked=N_("contracts"),
    )
    every = _once(each for project in projects for each in contracts_of(project, graph))
    others = tuple(each for each in by_time(graph) if each not in every)
    about = {"things": Message(N_("contracts")), "count": counted_of(every, by_time(graph))}
    said = Message(N_("{things}: {count}"), about)
    none = Message(N_("Nothing here yet."))
    intro = Message(
        N_(
            "A column for each project. Beneath an answer stands what it comes from; “unknown”"
            " means that no contract written down here tells it, not that there is nothing."
        )
    )
    return PageView(
        url=MATRIX_URL,
        collection=Contract.collection,
        title=MATRIX,
        intro=intro if projects else None,
        is_wide=True,
        is_found=True,
        sections=sections(
            section("matrix", said, table if projects else none),
            left_out(N_("Contracts without a column"), NO_COLUMN, others),
        ),
    )


def _once(records: Iterable[Contract]) -> tuple[Contract, ...]:
    return tuple({each.id: each for each in records}.values())


def _questions(graph: Graph) -> tuple[tuple[Message, str, Cell], ...]:
    amounts = ((FUNDING, N_("Amount"), _by(_amount)),)
    of_objects = tuple((VENDORS, said, _by(_provider(each))) for each, said in HOLDERS.items())
    return (
        (SETUP, N_("Contracts and agreements"), _contracts),
        (SETUP, N_("Legal form"), _by(lambda each, graph: (each.form,) if each.form else ())),
        (
            SETUP,
            N_("Award procedure"),
            _by(lambda each, graph: (each.procedure,) if each.procedure else ()),
        ),
        (SETUP, N_("Buyers"), _by(_buyers)),
        (FUNDING, N_("Who pays, and which share"), _by(_funding)),
        (FUNDING, N_("Help from outside"), _by(_grants)),
        *(amounts if not graph.reader.is_public or _has_amount(graph) else ()),
        (
            VENDORS,
            N_("Holders, whatever they provide"),
            _by(lambda each, graph: referred(graph, each.every_holder)),
        ),
        *of_objects,
        (VENDORS, N_("Who makes the platform, whatever the contract says of it"), _maker),
        (VENDORS, N_("The maker also hosts or runs it"), _by(_same)),
        (TERMS, N_("Start"), _by(start_values)),
        (
            TERMS,
            N_("Duration in months"),
            _by(lambda each, graph: claims(graph, each, "duration_months")),
        ),
        (TERMS, N_("End"), _by(end_values)),
        (TERMS, N_("Renewals"), _by(_renewals)),
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
    cell: Cell,
    projects: tuple[Project, ...],
    graph: Graph,
) -> RowView:
    cells = [cell(each, graph) for each in projects]
    known = [each.values for each in cells if not isinstance(each.values[0], Unknown)]
    return RowView(
        (CellView((Message(label),)), *cells),
        is_same=len({str(each) for each in known}) <= 1,
        is_unknown=not known,
        group=axis,
    )


def _of(contract: Contract, value: object) -> object:
    """*value* with the contract that says it, where another one says something too."""
    if isinstance(value, ClaimView):
        title: str | Message = contract.title
        if value.scope:
            title = Message(N_("{label}: {value}"), {"label": contract.title, "value": value.scope})
        return replace(value, scope=title)
    if isinstance(value, Choice):
        return exact(value, link(contract), Place(""))
    return value


def _contracts(project: Project, graph: Graph) -> CellView:
    """The contracts of *project*."""
    held = links(contracts_of(project, graph))
    return CellView(held) if held else UNKNOWN


def _maker(project: Project, graph: Graph) -> CellView:
    """The vendor of the platform of *project*, which is its proof: no contract need say it."""
    maker = maker_of(project, graph)
    return CellView((link(maker),), links=referred(graph, project.platform)) if maker else UNKNOWN


def _by(values: Values) -> Cell:
    """What each contract of a project says; the contract itself is its proof."""
    return partial(_cell, values)


def _cell(values: Values, project: Project, graph: Graph) -> CellView:
    told = [(each, values(each, graph)) for each in contracts_of(project, graph)]
    told = [(contract, said) for contract, said in told if said]
    if not told:
        return UNKNOWN
    if len(told) > 1:
        told = [(contract, tuple(_of(contract, each) for each in said)) for contract, said in told]
    found = tuple(dict.fromkeys(each for _, said in told for each in said))
    has_own_proof = any(isinstance(each, ClaimView) for each in found)
    proof = () if has_own_proof else tuple(link(contract) for contract, _ in told)
    return CellView(found, links=proof, is_example=any(each.example for each, _ in told))

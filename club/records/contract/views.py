"""The page of a contract, and the values that other pages share with it."""

from __future__ import annotations

from club.insight.contracts import beginning, makers_who_run, term
from club.insight.ends import WORKED_BACK, WORKED_OUT
from club.model.dates import is_past
from club.model.graph import Graph
from club.model.message import N_, P_, Choice, Message
from club.model.problem import Place
from club.model.view import (
    Alert,
    CellView,
    PageView,
    RowView,
    SectionView,
    TableView,
)
from club.model.viewing import (
    cited,
    claim,
    claims,
    exact,
    fact,
    facts,
    labels,
    links,
    newest,
    page,
    referred,
    section,
    sections,
)
from club.records.contract.model import Amendment, Buyer, Contract, Funder, Grant, Lot, Renewal

SAME = Message(N_("Whoever made the platform also runs it"))


class Standing(Choice):
    """Whether a contract runs on the day for which the club is told."""

    TO_COME = "to_come", P_("contract", "to come"), "accent"
    RUNNING = "running", P_("contract", "running"), "good"
    ENDED = "ended", P_("contract", "ended"), "quiet"


def standing(contract: Contract, graph: Graph) -> Standing | None:
    """Where *contract* stands today; None where its terms do not tell."""
    today, found = graph.today, term(contract)
    if today is None:
        return None
    if found and is_past(found.when, today):
        return Standing.ENDED
    if contract.start and all(each.value.first > today for each in contract.start):
        return Standing.TO_COME
    return Standing.RUNNING if found else None


def start_values(contract: Contract, graph: Graph, *, bare: bool = False) -> tuple[object, ...]:
    """When *contract* starts, with its evidence or *bare*; and that nobody stated it, if so."""
    if found := beginning(contract):
        if found.claim is None:
            return (found.when, WORKED_BACK)
        return newest(graph, contract, "start") if bare else claims(graph, contract, "start")
    return ()


def end_values(contract: Contract, graph: Graph, *, bare: bool = False) -> tuple[object, ...]:
    """When *contract* ends, with its evidence or *bare*; and that nobody stated it, if so."""
    found = term(contract)
    if found is None:
        return ()
    if found.claim is None:
        return (found.when, WORKED_OUT)
    if bare:
        return newest(graph, contract, "end")
    place = graph.place(contract, "end", contract.end.index(found.claim))
    return (claim(graph, found.claim, place),)


def view(contract: Contract, graph: Graph) -> PageView:
    """A contract: its two sides, its terms, its parts, and who pays."""
    found = term(contract)
    end = (found.when, WORKED_OUT) if found and found.is_deduced else ()
    start = () if contract.start else start_values(contract, graph)
    now = standing(contract, graph)
    return page(
        graph,
        contract,
        badges=tuple(each for each in (now, contract.form) if each),
        lead=contract.summary,
        alerts=_alerts(contract, graph),
        facts=facts(
            fact(graph, contract, "projects"),
            fact(graph, contract, "objects"),
            fact(graph, contract, "holders"),
            fact(graph, contract, "procedure"),
            fact(graph, contract, "start", *start, unknown=True),
            fact(graph, contract, "duration_months"),
            fact(graph, contract, "end", *end, unknown=True),
            fact(graph, contract, "amount"),
            fact(graph, contract, "sources"),
        ),
        sections=sections(
            _buyers(contract, graph),
            _parts(
                contract, graph, "lots", N_("Lots"), Lot, ("number", "title", "objects", "holders")
            ),
            _funding(contract, graph),
            _parts(
                contract,
                graph,
                "grants",
                N_("Help from outside"),
                Grant,
                ("label", "share", "note"),
            ),
            _parts(
                contract,
                graph,
                "renewals",
                N_("Renewals"),
                Renewal,
                ("number", "months", "state", "date", "note"),
            ),
            _parts(
                contract,
                graph,
                "amendments",
                N_("Amendments"),
                Amendment,
                ("number", "date", "what"),
            ),
        ),
    )


def _alerts(contract: Contract, graph: Graph) -> tuple[Alert, ...]:
    found = makers_who_run(contract, graph)
    why = Message(N_("One firm provides the platform and its hosting or its operation."))
    return (Alert(SAME, why, links(found)),) if found else ()


def _buyers(contract: Contract, graph: Graph) -> SectionView | None:
    return _parts(
        contract,
        graph,
        "buyers",
        N_("Buyers"),
        Buyer,
        ("organisation", "role", "reliability", "note"),
    )


def _funding(contract: Contract, graph: Graph) -> SectionView | None:
    return _parts(contract, graph, "funding", N_("Funding"), Funder, ("organisation", "share"))


def _stated(graph: Graph, part: Funder | Grant, place: Place) -> tuple[object, ...]:
    """A share in per cent, with its evidence where its source is written down."""
    if part.share is None:
        return ()
    if part.source is None:
        return (part.share,)
    return (exact(part.share, cited(graph, part.source), place, as_of=part.as_of),)


def _parts(
    contract: Contract,
    graph: Graph,
    field: str,
    title: str,
    model: type[Buyer | Lot | Funder | Grant | Renewal | Amendment],
    columns: tuple[str, ...],
) -> SectionView | None:
    """A table of the parts in *field*, under *title*."""
    parts = getattr(contract, field)
    rows = tuple(
        RowView(
            tuple(
                CellView(
                    _stated(graph, part, graph.place(contract, field, index, name))
                    if name == "share" and isinstance(part, Funder | Grant)
                    else _values(graph, getattr(part, name)),
                    graph.place(contract, field, index) if name == columns[0] else None,
                )
                for name in columns
            ),
            is_example=contract.example,
        )
        for index, part in enumerate(parts)
    )
    table = TableView(
        Message(N_("{title}: {of}"), {"title": Message(title), "of": contract.title}),
        labels(model, *columns),
        rows,
    )
    why = Message(N_("Deduced by the club: {reason}"), {"reason": contract.reason(field)})
    said = why if contract.reason(field) else None
    return section(field, Message(title), table, said) if rows else None


def _values(graph: Graph, held: object) -> tuple[object, ...]:
    """What a field of a part holds, as a cell shows it."""
    many = held if isinstance(held, tuple) else (held,)
    named = referred(graph, many)
    return named or tuple(each for each in many if each is not None)

"""Rules about contracts: dates that follow one another, shares that sum, holders that belong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from club.insight.contracts import months_after
from club.model.claims import used
from club.model.fields import Qualifier, Reference
from club.model.graph import Graph
from club.model.kind import check
from club.model.message import N_, Message
from club.model.problem import Level, Problem, Rule, nearest
from club.records.contract.model import Contract

WHOLE = Decimal(100)
LEEWAY = timedelta(days=31)

FUNDING_SUM = Rule(
    name="funding-sum",
    wants=N_("Shares sum to 100 per cent, exactly; while one is unknown, the others to less."),
    example="funding:\n  - {organisation: a, share: 60}\n  - {organisation: b, share: 40}",
)
CONTRACT_BACKWARDS = Rule(
    name="contract-backwards",
    wants=N_("A contract ends after it starts, and is amended or renewed once it has started."),
    example="start: 2012-09-01\nend: 2015-08-31",
)
CONTRACT_DURATION = Rule(
    name="contract-duration",
    wants=N_("The start, the duration and the end of a contract agree, give or take a month."),
    example="start: 2012-09-01\nduration_months: 36\nend: 2015-08-31",
)
CONTRACT_LOT = Rule(
    name="contract-lot",
    wants=N_(
        "A lot has objects and holders that its contract lists, where the contract lists any."
    ),
    example="objects: [hosting]\nlots:\n  - {number: 1, objects: hosting}",
)
CONTRACT_TWICE = Rule(
    name="contract-twice",
    wants=N_("A lot, a renewal, an amendment, a buyer, a funder or a grant stands once."),
    example="lots:\n  - {number: 1}\n  - {number: 2}",
)
HOLDER_BUYS = Rule(
    name="holder-buys",
    wants=N_("Nobody holds a contract that it buys itself."),
    example="buyers: [{organisation: departement}]\nholders: editeur",
    level=Level.WARNING,
)


@check(FUNDING_SUM)
def check_funding_sum(graph: Graph) -> Iterator[Problem]:
    """What is paid in shares is paid whole, and no more."""
    for contract in graph.all(Contract):
        known = [each.share for each in contract.funding if each.share is not None]
        total = sum(known, Decimal(0))
        is_whole = len(known) == len(contract.funding)
        if known and (total > WHOLE or (is_whole and total != WHOLE)):
            said = N_("the shares sum to {total} %, not to 100 %")
            more = N_("the shares that are known already sum to {total} %")
            yield FUNDING_SUM.problem(
                graph.place(contract, "funding"),
                said if is_whole else more,
                record=contract.key,
                total=total.normalize() if total != total.to_integral() else int(total),
            )


@check(CONTRACT_BACKWARDS)
def check_contract_backwards(graph: Graph) -> Iterator[Problem]:
    """Time goes one way."""
    for contract in graph.all(Contract):
        start = used(contract.start)
        if start is None:
            continue
        dated = [
            *((("end", index), each.value) for index, each in enumerate(contract.end)),
            *(
                ((field, index, "date"), part.date)
                for field in ("renewals", "amendments")
                for index, part in enumerate(getattr(contract, field))
            ),
        ]
        for keys, when in dated:
            if when and when.is_before(start.value):
                yield CONTRACT_BACKWARDS.problem(
                    graph.place(contract, *keys),
                    N_("{when} comes before the start, {start}"),
                    record=contract.key,
                    when=str(when),
                    start=str(start.value),
                )


@check(CONTRACT_DURATION)
def check_contract_duration(graph: Graph) -> Iterator[Problem]:
    """Of three terms, two tell the third."""
    for contract in graph.all(Contract):
        for index, each in enumerate(contract.duration_months):
            if each.value < 1:
                yield CONTRACT_DURATION.problem(
                    graph.place(contract, "duration_months", index),
                    N_("no contract lasts {months} months"),
                    expected=Message(N_("a month at least")),
                    record=contract.key,
                    months=each.value,
                )
        start, end = used(contract.start), used(contract.end)
        duration = used(contract.duration_months)
        if not (start and end and duration) or end.value.is_before(start.value):
            continue
        if duration.value < 1:
            continue
        if any(each.qualifier is not Qualifier.EXACT for each in (start, end, duration)):
            continue
        first = months_after(start.value.first, duration.value)
        last = months_after(start.value.last, duration.value)
        if end.value.last < first - LEEWAY or end.value.first > last + LEEWAY:
            yield CONTRACT_DURATION.problem(
                graph.place(contract, "duration_months"),
                N_("{months} months from {start} do not lead to {end}"),
                expected=Message(N_("an end about {when}"), {"when": f"{first:%Y-%m}"}),
                record=contract.key,
                months=duration.value,
                start=str(start.value),
                end=str(end.value),
            )


@check(CONTRACT_LOT)
def check_contract_lot(graph: Graph) -> Iterator[Problem]:
    """A part says nothing that the whole does not."""
    for contract in graph.all(Contract):
        for index, lot in enumerate(contract.lots):
            for field in ("objects", "holders"):
                listed = _known(getattr(contract, field), graph)
                for number, each in enumerate(getattr(lot, field)):
                    if listed and not listed & _known((each,), graph):
                        yield CONTRACT_LOT.problem(
                            graph.place(contract, "lots", index, field, number),
                            N_("“{found}” is not in the list “{field}” of this contract"),
                            nearest=nearest(str(each), listed),
                            record=contract.key,
                            found=str(each),
                            field=field,
                        )


def _known(listed: tuple[object, ...], graph: Graph) -> set[str]:
    """What *listed* names, by the ids that records have now."""
    return {
        found.id if isinstance(each, Reference) and (found := graph.get(each)) else str(each)
        for each in listed
    }


@check(CONTRACT_TWICE)
def check_contract_twice(graph: Graph) -> Iterator[Problem]:
    """What is told apart by a number or a name has it alone."""
    for contract in graph.all(Contract):
        for field in ("buyers", "lots", "funding", "grants", "renewals", "amendments"):
            first: dict[str, int] = {}
            for index, part in enumerate(getattr(contract, field)):
                known_by = part.identity[0]
                name = next(iter(_known((getattr(part, known_by),), graph)))
                if name in first:
                    yield CONTRACT_TWICE.problem(
                        graph.place(contract, field, index, known_by),
                        N_("“{found}” already stands in this list, at line {line}"),
                        record=contract.key,
                        found=name,
                        line=graph.place(contract, field, first[name], known_by).line,
                    )
                first.setdefault(name, index)


@check(HOLDER_BUYS)
def check_holder_buys(graph: Graph) -> Iterator[Problem]:
    """A contract has two sides."""
    for contract in graph.all(Contract):
        buyers = _known(tuple(each.organisation for each in contract.buyers), graph)
        for index, each in enumerate(contract.holders):
            if buyers & _known((each,), graph):
                yield HOLDER_BUYS.problem(
                    graph.place(contract, "holders", index),
                    N_("“{found}” is a buyer of this contract too"),
                    record=contract.key,
                    found=each.id,
                )


CHECKS = (
    check_funding_sum,
    check_contract_backwards,
    check_contract_duration,
    check_contract_lot,
    check_contract_twice,
    check_holder_buys,
)

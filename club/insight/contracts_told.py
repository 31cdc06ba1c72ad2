"""The contracts in words: in time, or those that end soon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from club.insight.contracts import beginning, by_time, ending, makers_who_run, term, without_term
from club.insight.ends import WORKED_BACK, WORKED_OUT
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import Link
from club.model.viewing import counted, link, links, referred
from club.records.contract.model import Contract


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says, one after another; *is_inner* if it tells of the line above."""

    values: tuple[Link | Message, ...]
    is_inner: bool = False


def contracts_told(graph: Graph, window: tuple[date, int] | None = None) -> Iterator[Line]:
    """Every contract; those that may end in *window*, from a day on and for so many months."""
    found = ending(graph, *window) if window else by_time(graph)
    for contract in found:
        yield Line((link(contract),))
        yield from (Line(each, is_inner=True) for each in _about(contract, graph) if each)
    if not found:
        none = N_("No contract is known to end then.") if window else N_("Nothing here yet.")
        yield Line((Message(none),))
    if window and (missing := without_term(graph)):
        about = {"things": Message(N_("Whose end is unknown")), "count": counted(missing)}
        yield Line((Message(N_("{things}: {count}"), about),))
        yield from (Line((each,), is_inner=True) for each in links(missing))


def _about(contract: Contract, graph: Graph) -> Iterator[tuple[Link | Message, ...]]:
    start, end = beginning(contract), term(contract)
    unknown = Message(N_("unknown"))
    dates = {"start": start.when if start else unknown, "end": end.when if end else unknown}
    said = Message(N_("start: {start}; end: {end}"), dates)
    told = ((start, WORKED_BACK), (end, WORKED_OUT))
    yield (said, *(why for each, why in told if each and each.is_deduced))
    yield referred(graph, contract.projects)
    yield referred(graph, contract.every_holder)
    for each in makers_who_run(contract, graph):
        yield (Message(N_("made and run by {firms}"), {"firms": link(each)}),)

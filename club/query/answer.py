"""Queries written in pages: a few words of YAML that list, tabulate or count records.

    table: requests
    where: {state: [discussed, shared], created: {after: 2012}}
    sort: -created
    columns: [title, state]
    limit: 10

Nothing is run but comparisons: no code, no templates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any

from club.model import structure_rules as rules
from club.model.dates import PartialDate
from club.model.field import Field
from club.model.fields import Citation, Reference
from club.model.graph import PAGES, Graph
from club.model.markup import Fence, fences, folded
from club.model.message import Choice
from club.model.money import Money
from club.model.paths import comparable, values_at
from club.model.problem import Place, Problem, nearest
from club.model.record import Record
from club.model.registry import Registry
from club.records.page.model import WikiPage

INFO = "club"
SHAPES = ("list", "table", "count", "matrix")
NOWHERE = Place("")
DATE_TESTS: dict[str, Callable[[PartialDate, PartialDate], bool]] = {
    "after": lambda value, wanted: wanted.is_before(value),
    "before": lambda value, wanted: value.is_before(wanted),
    "since": lambda value, wanted: value.first >= wanted.first,
    "until": lambda value, wanted: value.last <= wanted.last,
}
NUMBER_TESTS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "more_than": gt,
    "less_than": lt,
    "at_least": ge,
    "at_most": le,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """What a field must be: one of *values*, or as each of *compared* says."""

    field: Field
    values: tuple[Any, ...] = ()
    compared: tuple[tuple[str, Any], ...] = ()
    is_not: bool = False
    known: bool | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Query:
    """A question about one collection, understood but not yet answered."""

    shape: str
    model: type[Record]
    place: Place
    where: tuple[Condition, ...] = ()
    sort: tuple[tuple[Field, bool], ...] = ()
    columns: tuple[Field, ...] = ()
    rows: Field | None = None
    cells: str = "count"
    limit: int = 0
    caption: str = ""


def models(registry: Registry) -> dict[str, type[Record]]:
    """What queries may ask for: the records of each collection, and the pages."""
    return {kind.collection: kind.model for kind in registry.kinds} | {PAGES: WikiPage}


def blocks(text: str) -> Iterator[Fence]:
    """The fenced query blocks of *text*."""
    if f"```{INFO}" in text or f"~~~{INFO}" in text or f"``` {INFO}" in text:
        yield from (each for each in fences(text) if each.info.split()[:1] == [INFO])


def unknown_values(query: Query, graph: Graph) -> Iterator[Problem]:
    """The references that a query asks for and that lead to no record of the field's kinds."""
    for condition in query.where:
        for value in condition.values if condition.field.is_reference else ():
            target = graph.find(value) if isinstance(value, str) else None
            if target is None or target.kind not in condition.field.kinds:
                yield rules.BAD_QUERY.problem(
                    condition.place,
                    rules.UNKNOWN_VALUE_FOUND,
                    nearest=nearest(str(value), graph.ids_of(condition.field.kinds)),
                    found=value,
                    field=condition.field.said,
                )


def run(query: Query, graph: Graph) -> tuple[Record, ...]:
    """The records that *query* asks for, in its order, no more than its limit."""
    tests = [_Test(condition, graph) for condition in query.where]
    every = sorted(graph.all(query.model), key=lambda record: record.id)
    found = [record for record in every if all(test.holds(record) for test in tests)]
    if not query.sort:
        found.sort(key=lambda record: folded(record.title_text))
    for field, is_descending in reversed(query.sort):
        found = _sorted(found, field, graph, is_descending=is_descending)
    return tuple(found[: query.limit] if query.limit and query.shape != "count" else found)


def _sorted(
    records: list[Record], field: Field, graph: Graph, *, is_descending: bool
) -> list[Record]:
    """*records* by *field*; what nobody has written down comes last either way."""
    keys = {record.id: _sort_key(record, field, graph) for record in records}
    known = [record for record in records if keys[record.id] is not None]
    known.sort(key=lambda record: keys[record.id], reverse=is_descending)
    return [*known, *(record for record in records if keys[record.id] is None)]


def _sort_key(record: Record, field: Field, graph: Graph) -> Any:
    value = next(values_at(record, field.path, graph.today), None)
    if value is None:
        return None
    if isinstance(value, PartialDate):
        return value.sort_key
    if isinstance(value, Choice):
        return list(value.__class__).index(value)
    if isinstance(value, Money):
        return value.amount
    if isinstance(value, int | Decimal):
        return Decimal(value)
    target = graph.find(comparable(value)) if isinstance(value, Reference | Citation) else None
    return folded(target.title_text if target else str(value))


class _Test:
    """One condition made ready for many records."""

    def __init__(self, condition: Condition, graph: Graph) -> None:
        self._condition = condition
        self._graph = graph
        self._dates = [each for each in condition.values if isinstance(each, PartialDate)]
        self._wanted = {
            self._plain(each) for each in condition.values if not isinstance(each, PartialDate)
        }

    def holds(self, record: Record) -> bool:
        """Whether *record* is as the condition says."""
        values = list(values_at(record, self._condition.field.path, self._graph.today))
        return self._is_met(values) is not self._condition.is_not

    def _is_met(self, values: list[Any]) -> bool:
        condition = self._condition
        if condition.known is not None and bool(values) is not condition.known:
            return False
        if condition.values and not any(self._is_wanted(each) for each in values):
            return False
        tests = condition.compared
        return not tests or any(all(_compares(each, *test) for test in tests) for each in values)

    def _is_wanted(self, value: Any) -> bool:
        if isinstance(value, PartialDate):
            return any(
                wanted.first <= value.first and value.last <= wanted.last for wanted in self._dates
            )
        return self._plain(value) in self._wanted

    def _plain(self, value: Any) -> Any:
        if isinstance(value, Money):
            return value.amount
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return Decimal(value)
        said = comparable(value)
        if self._condition.field.is_reference:
            target = self._graph.find(said)
            return target.id if target else said
        return folded(said)


def _compares(value: Any, word: str, wanted: Any) -> bool:
    if isinstance(value, PartialDate):
        return bool(DATE_TESTS[word](value, wanted))
    number = Decimal(value.amount if isinstance(value, Money) else value)
    return bool(NUMBER_TESTS[word](number, wanted))


def linked(query: Query, found: tuple[Record, ...]) -> tuple[Record, ...]:
    """The records that the answer to *query* links to: a count names none."""
    names_them = query.shape in {"list", "table"} or query.cells == "list"
    return found if names_them else ()

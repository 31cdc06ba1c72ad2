"""All the club needs to know about one kind of record."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Generic, Self, TypeVar, cast

from club.model.dates import PartialDate
from club.model.field import field_of, fields_of
from club.model.graph import Graph
from club.model.message import Choice, Message
from club.model.problem import Problem, Rule
from club.model.record import Record
from club.model.view import Dated, Link, Occasion, PageView, SectionView
from club.model.viewing import label_of, newest, shown

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Check:
    """A rule that looks across records: what it is, and the function that finds its breaches."""

    rule: Rule
    find: Callable[[Graph], Iterator[Problem]]


def check(rule: Rule) -> Callable[[Callable[[Graph], Iterator[Problem]]], Check]:
    """Makes a `Check` of the function below it."""
    return lambda find: Check(rule, find)


def rank_of(record: Record, day: PartialDate | None) -> tuple[date, date]:
    """What sorts *record* by *day*; an invented day gives no rank."""
    return (date.min, date.min) if day is None or record.example else day.sort_key


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """A column of a collection's table: its label and the value it shows.

    *kinds* names those it is about: a club that has none of them has no such column.
    """

    label: str
    value: Callable[[R, Graph], object]
    is_title: bool = False
    kinds: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        model: type[R],
        field: str,
        value: Callable[[R, Graph], object] | None = None,
        *,
        is_title: bool = False,
    ) -> Self:
        """The column of *field*, under the field's own label; *value* is another way to show it."""
        own = value or (lambda record, graph: newest(graph, record, field))
        return cls(label_of(model, field), own, is_title, field_of(model, field).kinds)


@dataclass(frozen=True, slots=True)
class Facet(Generic[R]):
    """A way to filter a collection: by an enumeration's members or by linked records.

    *kinds* names those that it filters by: a club that has none of them has no such filter.
    """

    key: str
    label: str
    values: Callable[[R, Graph], tuple[Choice | Link, ...]]
    kinds: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        model: type[R],
        field: str,
        values: Callable[[R, Graph], tuple[Choice | Link, ...]] | None = None,
    ) -> Self:
        """The filter by *field*, under its own label; *values* is another way to read it."""

        def own(record: R, graph: Graph) -> tuple[Choice | Link, ...]:
            said = shown(graph, record, field)
            bare = tuple(each.value if isinstance(each, Dated) else each for each in said)
            return cast(tuple[Choice | Link, ...], bare)

        kinds = field_of(model, field).kinds
        return cls(field, label_of(model, field), values or own, kinds)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that the site works out from several records: of what, called what, shown where."""

    subject: str | Message
    label: str
    url: str
    number: int


def _nothing(graph: Graph) -> tuple[Link, ...]:
    return ()


def _none(graph: Graph) -> SectionView | None:
    return None


@dataclass(frozen=True, slots=True)
class Home:
    """What a kind has on the home page, the lowest *rank* first.

    *view* fills its own `home.html.jinja`, if it has one; *needs* are ways in for who looks for
    something: what one finds there is the note of each link. In *desk* one chooses a page of one's
    own.
    """

    rank: int
    view: Callable[[Graph], object] | None = None
    needs: Callable[[Graph], tuple[Link, ...]] = _nothing
    desk: Callable[[Graph], SectionView | None] = _none


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[R]):
    """One kind: its model, its words, its page and its table."""

    model: type[R]
    singular: str
    plural: str
    intro: str
    view: Callable[[R, Graph], PageView]
    columns: tuple[Column[R], ...]
    facets: tuple[Facet[R], ...] = ()
    sort_key: Callable[[R], Any] = field(default=lambda record: record.title_text.casefold())
    newest_first: bool = False
    checks: tuple[Check, ...] = ()
    more_pages: Callable[[Graph], tuple[PageView, ...]] = field(default=lambda graph: ())
    index_sections: Callable[[Graph], tuple[SectionView, ...]] = field(default=lambda graph: ())
    folder: bool = False
    home: Home | None = None
    figures: Callable[[Graph], Iterator[tuple[tuple[str, ...], Figure]]] = field(
        default=lambda graph: iter(())
    )
    """What the kind adds up: `club diff` tells a change of each, known by its key."""
    has_feeds: bool = False
    """Whether each record has a feed of what happens to it."""
    last_day: Callable[[R], date | None] = field(default=lambda record: None)
    """The day at the end of which `club show --at` a record looks."""
    milestone: Callable[[R], date | None] = field(default=lambda record: None)
    """The day after which a page tells what has moved since the record, if it has such a page."""
    occasion: Callable[[R], Occasion | None] | None = None
    """What a calendar says of the record, if its day is known."""
    has_calendar: bool = False
    """Whether each record has a calendar of the occasions that it gathers."""
    is_table: bool = False
    """Whether the page of each record is a table that is offered to spreadsheets."""
    has_dossier: bool = False
    """Whether the page of each record is offered as a PDF, to print or to send."""
    is_open: bool = False
    """Whether a record that nothing leads to still waits for somebody to write about it."""
    left_out: frozenset[str] = frozenset()
    """The fields that a club without the kinds they refer to has no use for."""

    def among(self, names: Collection[str]) -> Self:
        """The kind as a club with the kinds *names* alone has it."""

        def stays(kinds: tuple[str, ...]) -> bool:
            return not kinds or any(name in names for name in kinds)

        return replace(
            self,
            columns=tuple(each for each in self.columns if stays(each.kinds)),
            facets=tuple(each for each in self.facets if stays(each.kinds)),
            left_out=frozenset(
                each.name
                for each in fields_of(self.model).values()
                if not each.is_required and not each.is_citation and not stays(each.kinds)
            ),
        )

    @property
    def name(self) -> str:
        """The kind's name, singular: `meeting`."""
        return self.model.kind

    @property
    def collection(self) -> str:
        """The collection's name, plural: `meetings`."""
        return self.model.collection

    @property
    def module(self) -> Path:
        """The file of its model; the kind's own templates stand beside it."""
        return Path(str(sys.modules[self.model.__module__].__file__))

    def ordered(self, graph: Graph) -> list[R]:
        """Every record of the kind in the order of its table; ties are broken by title, then id."""
        records = sorted(
            graph.all(self.model), key=lambda record: (record.title_text.casefold(), record.id)
        )
        return sorted(records, key=self.sort_key, reverse=self.newest_first)

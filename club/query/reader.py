"""Reads queries: their words, their fields and their values, each checked where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from club.model import structure_rules as rules
from club.model.dates import ACCEPTED_FORMS, PartialDate, nearest_dates
from club.model.field import Field
from club.model.markup import Fence
from club.model.message import N_, Choice, Message
from club.model.paths import NoField, field_at
from club.model.problem import Place, Problem, nearest
from club.model.record import YES_NO_BY_WORD, Record
from club.model.registry import Registry
from club.model.source import Block, Items, Source, parse
from club.query.answer import DATE_TESTS, NUMBER_TESTS, SHAPES, Condition, Query, models

SETTINGS = ("where", "sort", "columns", "rows", "cells", "limit", "caption")
CELLS = ("count", "list")
DATES = tuple(DATE_TESTS)
NUMBERS = tuple(NUMBER_TESTS)
NOT, KNOWN = "not", "known"
YES_NO = {**YES_NO_BY_WORD, "yes": True, "no": False, "true": True, "false": False}

QUERY = rules.BAD_QUERY


def read_query(path: str, block: Fence, registry: Registry) -> Query | list[Problem]:
    """The query that *block* of the page at *path* asks, or everything wrong with it."""
    source = parse(path, "\n" * (block.line - 1) + block.text)
    if source.problems:
        return list(source.problems)
    if not isinstance(source.content, Block):
        at = Place(path, block.line, 1)
        return [QUERY.problem(at, NO_SHAPE, expected=_one_of(SHAPES))]
    reader = _Reader(source, models(registry))
    query = reader.query()
    return query if query is not None and not reader.problems else reader.problems


NO_SHAPE = N_("a query begins with “list”, “table”, “count” or “matrix” and a collection")
UNKNOWN_SETTING = N_("“{found}” is not a word of the queries")
UNKNOWN_COLLECTION = N_("“{found}” is not a collection")
UNKNOWN_FIELD = N_("“{found}” is not a field of “{collection}”")
UNKNOWN_VALUE = rules.UNKNOWN_VALUE_FOUND
HAS_PARTS = N_("“{found}” has parts: name one of them, after a dot")
NOT_TEXT = N_("“{found}” is not what stands here")
NOT_COMPARED = N_("“{found}” does not compare the values of {field}")


def _one_of(names: Any) -> Message:
    return Message(N_("one of {values}"), {"values": tuple(names)})


@dataclass(slots=True)
class _Reader:
    """Reads one block; problems gather on the way."""

    source: Source
    models: Mapping[str, type[Record]]
    problems: list[Problem] = field(default_factory=list)
    collection: str = ""

    def query(self) -> Query | None:
        content = self.source.content
        shape = next((each for each in SHAPES if each in content), "")
        if not shape:
            first = next(iter(content), "")
            self._fault((first,), NO_SHAPE, _one_of(SHAPES), nearest(first, SHAPES))
            return None
        self.collection = str(content[shape])
        if self.collection not in self.models:
            near = nearest(self.collection, self.models)
            said = {"found": self.collection}
            self._fault((shape,), UNKNOWN_COLLECTION, _one_of(self.models), near, **said)
            return None
        for key in content:
            if key != shape and key not in SETTINGS:
                near = nearest(key, SETTINGS)
                self._fault((key,), UNKNOWN_SETTING, _one_of(SETTINGS), near, found=key)
        return self._whole(shape, content)

    def _whole(self, shape: str, content: Block) -> Query | None:
        columns = tuple(self._fields("columns", content))
        rows = tuple(self._fields("rows", content))
        if shape == "matrix" and (len(columns) != 1 or len(rows) != 1):
            at: tuple[str, ...] = ("columns",) if "columns" in content else (shape,)
            self._fault(at, N_("a matrix has one field in “rows” and one in “columns”"))
            return None
        limit = str(content.get("limit") or "0")
        if not re.fullmatch(r"\d{1,6}", limit):
            self._fault(("limit",), NOT_TEXT, Message(N_("a whole number")), found=limit)
        cells = str(content.get("cells") or CELLS[0])
        if cells not in CELLS:
            self._fault(("cells",), NOT_TEXT, _one_of(CELLS), nearest(cells, CELLS), found=cells)
        caption = content.get("caption") or ""
        if not isinstance(caption, str):
            self._fault(("caption",), NOT_TEXT, Message(N_("a text")), found="caption")
        where = tuple(self._conditions(("where",), content.get("where")))
        sort = tuple(self._sort(content))
        if self.problems:
            return None
        return Query(
            shape,
            self.models[self.collection],
            self.source.place((shape,)),
            where,
            sort,
            columns,
            rows[0] if rows else None,
            cells,
            int(limit),
            caption,
        )

    def _fault(
        self,
        keys: tuple[str | int, ...],
        message: str,
        expected: Message | None = None,
        near: tuple[str, ...] = (),
        **about: Any,
    ) -> None:
        at = self.source.place(keys)
        self.problems.append(QUERY.problem(at, message, expected=expected, nearest=near, **about))

    def _fields(self, key: str, content: Block) -> Iterator[Field]:
        held = content.get(key)
        for index, name in enumerate(held if isinstance(held, Items) else [held] if held else []):
            at = (key, index) if isinstance(held, Items) else (key,)
            if found := self._field(str(name), at):
                yield found

    def _sort(self, content: Block) -> Iterator[tuple[Field, bool]]:
        held = content.get("sort")
        for index, name in enumerate(held if isinstance(held, Items) else [held] if held else []):
            at: tuple[str | int, ...] = ("sort", index) if isinstance(held, Items) else ("sort",)
            if found := self._field(str(name).removeprefix("-"), at):
                yield found, str(name).startswith("-")

    def _field(self, name: str, at: tuple[str | int, ...]) -> Field | None:
        found = field_at(self.models[self.collection], name)
        if isinstance(found, NoField):
            expected = _one_of(found.known) if found.known else None
            about = {"found": name, "collection": self.collection}
            self._fault(at, UNKNOWN_FIELD, expected, found.near, **about)
            return None
        if found.part and not found.is_claim:
            self._fault(at, HAS_PARTS, found=name)
            return None
        return found

    def _conditions(
        self, keys: tuple[str | int, ...], held: Any, *, is_not: bool = False
    ) -> Iterator[Condition]:
        if held is None:
            return
        if not isinstance(held, Block):
            self._fault(keys, NOT_TEXT, Message(N_("“key: value” lines")), found=keys[-1])
            return
        for name, value in held.items():
            at = (*keys, name)
            if name == NOT:
                yield from self._conditions(at, value, is_not=not is_not)
            elif found := self._field(name, at):
                yield from self._of_field(found, at, value, is_not=is_not)

    def _of_field(
        self, found: Field, at: tuple[str | int, ...], value: Any, *, is_not: bool
    ) -> Iterator[Condition]:
        """What *value* asks of one field; what it may not be is a condition of its own."""
        place = self.source.place(at)
        if not isinstance(value, Block):
            yield Condition(found, self._values(found, at, value), is_not=is_not, place=place)
            return
        known, compared = None, list[tuple[str, Any]]()
        for word, each in value.items():
            here = (*at, word)
            if word == NOT:
                values = self._values(found, here, each)
                yield Condition(found, values, is_not=not is_not, place=self.source.place(here))
            elif word == KNOWN:
                known = self._read(_yes_no, found, here, each)
            elif word in _comparisons(found):
                read = _date if found.is_date else _number
                compared.append((word, self._read(read, found, here, each)))
            else:
                words = (*_comparisons(found), NOT, KNOWN)
                about: Any = {"found": word, "field": found.said}
                self._fault(here, NOT_COMPARED, _one_of(words), nearest(word, words), **about)
        if compared or known is not None:
            yield Condition(found, (), tuple(compared), is_not, known, place)

    def _values(self, found: Field, at: tuple[str | int, ...], held: Any) -> tuple[Any, ...]:
        many = list(enumerate(held)) if isinstance(held, Items) else [(None, held)]
        return tuple(
            self._read(_reader_of(found), found, at if index is None else (*at, index), each)
            for index, each in many
        )

    def _read(
        self,
        read: Callable[[Field, str], Any],
        found: Field,
        at: tuple[str | int, ...],
        value: Any,
    ) -> Any:
        said = value if isinstance(value, str) else ""
        try:
            return read(found, said.strip())
        except (ValueError, InvalidOperation):
            expected, near = _expected(read, found, said)
            self._fault(at, UNKNOWN_VALUE, expected, near, found=said, field=found.said)
            return None


def _comparisons(found: Field) -> tuple[str, ...]:
    return DATES if found.is_date else NUMBERS if found.is_number else ()


def _reader_of(found: Field) -> Callable[[Field, str], Any]:
    if found.choice:
        return _choice
    if found.is_date:
        return _date
    if found.is_yes_no:
        return _yes_no
    return _number if found.is_number else _text


def _choice(found: Field, said: str) -> Choice:
    choice = found.told_as or found.choice
    assert choice
    return choice(said)


def _date(found: Field, said: str) -> PartialDate:
    return PartialDate.parse(said)


def _number(found: Field, said: str) -> Decimal:
    return Decimal(re.sub(r"\s", "", said).replace(",", "."))


def _text(found: Field, said: str) -> str:
    if not said:
        raise ValueError(said)
    return said


def _yes_no(found: Field, said: str) -> bool:
    if said.lower() not in YES_NO:
        raise ValueError(said)
    return YES_NO[said.lower()]


def _expected(
    read: Callable[[Field, str], Any], found: Field, said: str
) -> tuple[Message, tuple[str, ...]]:
    if read is _choice and found.choice:
        known = [str(each.value) for each in found.told_as or found.choice]
        return _one_of(known), nearest(said, known)
    if read is _date:
        return Message(rules.BAD_DATE_EXPECTED, {"forms": ACCEPTED_FORMS}), nearest_dates(said)
    texts: Mapping[Any, str] = {_number: N_("a number"), _yes_no: N_("yes or no")}
    return Message(texts.get(read, N_("a text"))), ()

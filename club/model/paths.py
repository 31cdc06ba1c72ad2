"""Fields named by a path, such as `positions.project`: which they are, and their values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from pydantic import BaseModel

from club.model.field import Field, fields_of
from club.model.fields import Citation, Claim, Reference
from club.model.graph import TEXT
from club.model.message import Choice
from club.model.problem import nearest
from club.model.record import Held, Record


@dataclass(frozen=True, slots=True)
class NoField:
    """A path that leads nowhere: the step that failed, and the names that would do."""

    step: str
    known: tuple[str, ...]

    @property
    def near(self) -> tuple[str, ...]:
        """The names that look like the step."""
        return nearest(self.step, self.known)


@cache
def field_at(model: type[BaseModel], written: str) -> Field | NoField:
    """The field of *model* that the path *written* leads to."""
    path = tuple(written.split("."))
    part: type[BaseModel] | None = model
    for step in path:
        known = _asked(part) if part else {}
        if step not in known:
            return NoField(step, tuple(known))
        part = known[step].part
    return replace(known[step], path=path)


def _asked(model: type[BaseModel]) -> dict[str, Field]:
    """The fields of *model* that one may ask for; texts of pages are for reading."""
    return {
        name: field
        for name, field in fields_of(model).items()
        if name == "id" or (field.is_content and name != TEXT)
    }


def values_at(record: Record, path: tuple[str, ...], today: date | None = None) -> Iterator[Any]:
    """Every value of *record* under *path*, as told *today*; a claim counts for its value."""
    return _values(record, path, today)


def _values(held: Any, path: tuple[str, ...], today: date | None) -> Iterator[Any]:
    if isinstance(held, tuple):
        for each in held:
            yield from _values(each, path, today)
    elif path and isinstance(held, Held):
        yield from _values(held.told(path[0], today), path[1:], today)
    elif isinstance(held, Claim):
        yield from _values(held.value, (), today)
    elif held is not None:
        yield held


def comparable(value: Any) -> str:
    """A value as it is written in files, without its type."""
    if isinstance(value, Reference):
        return value.id
    if isinstance(value, Citation):
        return value.target
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value.value) if isinstance(value, Choice) else str(value)

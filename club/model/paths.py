"""Fields named by a path, such as `positions.project`: what they hold, and their values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel

from club.model.dates import PartialDate
from club.model.fields import Citation, Claim, MarkdownText, Reference
from club.model.message import Choice
from club.model.money import Money
from club.model.problem import nearest
from club.model.record import Part, Record
from club.model.shape import kinds_of, leaves

NOT_ASKED = {"audience", "example", "aliases", "text"}


@dataclass(frozen=True, slots=True)
class Field:
    """A field found by its path: its label, and the one type of value it holds."""

    path: tuple[str, ...]
    label: str
    kinds: tuple[str, ...] = ()
    choice: type[Choice] | None = None
    is_date: bool = False
    is_number: bool = False
    is_yes_no: bool = False
    is_text: bool = False
    has_parts: bool = False

    @property
    def name(self) -> str:
        """The path as it is written."""
        return ".".join(self.path)


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
def field_at(model: type[BaseModel], name: str) -> Field | NoField:
    """The field of *model* that *name* leads to."""
    path = tuple(name.split("."))
    if path == ("id",):
        return Field(path, "id")
    for index, step in enumerate(path):
        model.model_rebuild()
        fields = {key: each for key, each in model.model_fields.items() if key not in NOT_ASKED}
        if step not in fields:
            return NoField(step, tuple(fields))
        field = fields[step]
        annotation: Any = field.annotation
        if field.metadata:
            annotation = Annotated[annotation, *field.metadata]
        found = list(leaves(annotation))
        if index == len(path) - 1:
            return _field(path, field.title or step, found)
        parts = [leaf for leaf in found if _is_part(leaf)]
        if not parts:
            return NoField(path[index + 1], ())
        model = parts[0]
    raise AssertionError(name)


def _field(path: tuple[str, ...], label: str, found: list[Any]) -> Field:
    whole = [leaf for each in found for leaf in _inside_claim(each)]
    types = [leaf for leaf in whole if isinstance(leaf, type)]
    return Field(
        path,
        label,
        kinds=tuple(kind for leaf in whole if leaf is not Citation for kind in kinds_of(leaf)),
        choice=next((each for each in types if issubclass(each, Choice)), None),
        is_date=PartialDate in types,
        is_yes_no=bool in types,
        is_number=any(each in {int, Decimal, Money} for each in types),
        is_text=any(isinstance(each, MarkdownText) for each in whole),
        has_parts=any(_is_part(each) and not issubclass(each, Claim) for each in types),
    )


def _inside_claim(leaf: Any) -> Iterator[Any]:
    if _is_part(leaf) and issubclass(leaf, Claim):
        leaf.model_rebuild()
        yield from leaves(leaf.model_fields["value"].annotation)
    else:
        yield leaf


def _is_part(leaf: Any) -> bool:
    return isinstance(leaf, type) and issubclass(leaf, Part)


def values_at(record: Record, path: tuple[str, ...]) -> Iterator[Any]:
    """Every value of *record* under *path*; a claim counts for its value."""
    return _values(record, path)


def _values(held: Any, path: tuple[str, ...]) -> Iterator[Any]:
    if isinstance(held, tuple):
        for each in held:
            yield from _values(each, path)
    elif path and isinstance(held, BaseModel):
        yield from _values(getattr(held, path[0], None), path[1:])
    elif isinstance(held, Claim):
        yield from _values(held.value, ())
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

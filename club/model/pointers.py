"""Walking records: every reference, link and text inside one, with the keys that lead to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from club.model.field import Field, fields_of
from club.model.fields import Citation, Reference
from club.model.markup import text_links
from club.model.record import ID_PATTERN
from club.model.source import Block, Items, Keys


@dataclass(frozen=True, slots=True)
class Pointer:
    """A reference found in a record: what it names, where, and the kinds it may be of.

    *start* is where a link stands in its text, and *section* the part of the page it leads to.
    """

    target: str
    keys: Keys
    kinds: tuple[str, ...] = ()
    in_text: bool = False
    section: str = ""
    start: int = 0


@cache
def walked(model: type[BaseModel]) -> tuple[Field, ...]:
    """The fields of *model* worth walking, in order: those of references, texts and parts."""
    fields = fields_of(model).values()
    return tuple(each for each in fields if each.points or each.is_text or each.part)


def pointers(value: BaseModel, keys: Keys = ()) -> Iterator[Pointer]:
    """Every reference, citation and text link inside *value*, in the order of its fields."""
    for field in walked(value.__class__):
        held = getattr(value, field.name)
        if held is None or held == ():
            continue
        if field.many:
            for index, each in enumerate(held):
                yield from _pointers_of(each, field, (*keys, field.name, index))
        else:
            yield from _pointers_of(held, field, (*keys, field.name))


def _pointers_of(held: Any, field: Field, keys: Keys) -> Iterator[Pointer]:
    if isinstance(held, Reference):
        yield Pointer(held.id, keys, field.kinds)
    elif isinstance(held, Citation):
        if not held.is_url:
            yield Pointer(held.target, keys, field.kinds)
    elif isinstance(held, BaseModel):
        yield from pointers(held, keys)
    elif field.is_text and "[[" in held:
        yield from links_of(held, keys)


def links_of(text: str, keys: Keys) -> Iterator[Pointer]:
    """Every `[[link]]` of a text that stands under *keys*."""
    for match in text_links(text):
        section = (match[2] or "")[1:].strip()
        yield Pointer(match[1].strip(), keys, in_text=True, section=section, start=match.start())


def raw_pointers(block: Block, model: type[BaseModel], keys: Keys = ()) -> Iterator[Pointer]:
    """The references that a mapping makes before it is known to be sound."""
    for field in walked(model):
        held = block.get(field.name)
        if isinstance(held, Items):
            for index, each in enumerate(held):
                yield from _raw_pointers_of(each, field, (*keys, field.name, index))
        elif held is not None:
            yield from _raw_pointers_of(held, field, (*keys, field.name))


def _raw_pointers_of(held: Any, field: Field, keys: Keys) -> Iterator[Pointer]:
    if isinstance(held, Block):
        if field.part:
            yield from raw_pointers(held, field.part, keys)
    elif isinstance(held, str) and field.points and re.fullmatch(ID_PATTERN, held):
        yield Pointer(held, keys, field.kinds)
    elif isinstance(held, str) and field.is_text:
        yield from links_of(held, keys)

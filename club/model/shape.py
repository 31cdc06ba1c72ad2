"""What a model's annotations say: its parts, its references and its texts, worked out once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from club.model.fields import SOURCE_KIND, Citation, MarkdownText, Reference, target_kinds
from club.model.markup import text_links
from club.model.record import ID_PATTERN, Part
from club.model.source import Block, Items

Keys = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A field that can hold references, texts or parts; *required* if it has no default."""

    name: str
    kinds: tuple[str, ...] = ()
    is_text: bool = False
    parts: tuple[type[BaseModel], ...] = ()
    many: bool = False
    required: bool = False


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
def slots(model: type[BaseModel]) -> tuple[Slot, ...]:
    """The fields of *model* worth walking, in order."""
    model.model_rebuild()
    found = (
        _slot(
            name,
            Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation,
            required=field.is_required(),
        )
        for name, field in model.model_fields.items()
    )
    return tuple(slot for slot in found if slot.kinds or slot.is_text or slot.parts)


def _slot(name: str, annotation: Any, *, required: bool) -> Slot:
    found = list(leaves(annotation))
    kinds = tuple(kind for leaf in found for kind in kinds_of(leaf))
    parts = tuple(leaf for leaf in found if isinstance(leaf, type) and issubclass(leaf, Part))
    return Slot(
        name,
        kinds=kinds,
        is_text=any(isinstance(leaf, MarkdownText) for leaf in found),
        parts=parts,
        many=any(leaf is tuple for leaf in found),
        required=required,
    )


def kinds_of(leaf: Any) -> tuple[str, ...]:
    """The kinds that a leaf of an annotation may refer to."""
    if leaf is Citation:
        return (SOURCE_KIND,)
    return target_kinds(leaf) if get_origin(leaf) is Reference else ()


def leaves(annotation: Any) -> Iterator[Any]:
    """The types and marks an annotation is made of; `tuple` stands before those of its items."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *marks = get_args(annotation)
        yield from leaves(inner)
        yield from marks
    elif origin in {Union, UnionType}:
        for each in get_args(annotation):
            yield from leaves(each)
    elif origin is tuple:
        yield tuple
        yield from leaves(get_args(annotation)[0])
    else:
        yield annotation


def pointers(value: BaseModel, keys: Keys = ()) -> Iterator[Pointer]:
    """Every reference, citation and text link inside *value*, in the order of its fields."""
    for slot in slots(value.__class__):
        held = getattr(value, slot.name)
        if held is None or held == ():
            continue
        if slot.many:
            for index, each in enumerate(held):
                yield from _pointers_of(each, slot, (*keys, slot.name, index))
        else:
            yield from _pointers_of(held, slot, (*keys, slot.name))


def _pointers_of(held: Any, slot: Slot, keys: Keys) -> Iterator[Pointer]:
    if isinstance(held, Reference):
        yield Pointer(held.id, keys, slot.kinds)
    elif isinstance(held, Citation):
        if not held.is_url:
            yield Pointer(held.target, keys, slot.kinds)
    elif isinstance(held, BaseModel):
        yield from pointers(held, keys)
    elif slot.is_text and "[[" in held:
        yield from links_of(held, keys)


def links_of(text: str, keys: Keys) -> Iterator[Pointer]:
    """Every `[[link]]` of a text that stands under *keys*."""
    for match in text_links(text):
        section = (match[2] or "")[1:].strip()
        yield Pointer(match[1].strip(), keys, in_text=True, section=section, start=match.start())


def raw_pointers(block: Block, model: type[BaseModel], keys: Keys = ()) -> Iterator[Pointer]:
    """The references that a mapping makes before it is known to be sound."""
    for slot in slots(model):
        held = block.get(slot.name)
        if isinstance(held, Items):
            for index, each in enumerate(held):
                yield from _raw_pointers_of(each, slot, (*keys, slot.name, index))
        elif held is not None:
            yield from _raw_pointers_of(held, slot, (*keys, slot.name))


def _raw_pointers_of(held: Any, slot: Slot, keys: Keys) -> Iterator[Pointer]:
    if isinstance(held, Block):
        for part in slot.parts[:1]:
            yield from raw_pointers(held, part, keys)
    elif isinstance(held, str) and slot.kinds and re.fullmatch(ID_PATTERN, held):
        yield Pointer(held, keys, slot.kinds)
    elif isinstance(held, str) and slot.is_text:
        yield from links_of(held, keys)


def texts(value: BaseModel, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Every Markdown text inside *value*, with the keys that lead to it."""
    for slot in slots(value.__class__):
        held = getattr(value, slot.name)
        many = enumerate(held) if slot.many and held else ()
        pairs = [((*keys, slot.name, i), v) for i, v in many] or [((*keys, slot.name), held)]
        for place, each in pairs:
            if isinstance(each, BaseModel):
                yield from texts(each, place)
            elif slot.is_text and isinstance(each, str):
                yield place, each


def model_at(model: type[BaseModel], keys: Sequence[str | int]) -> type[BaseModel]:
    """The model of the part that *keys* lead to, as far as they can be followed."""
    for key in keys:
        if isinstance(key, int):
            continue
        found = {slot.name: slot for slot in slots(model)}.get(key)
        if found and found.parts:
            model = found.parts[0]
    return model


@cache
def types_of(model: type[BaseModel], name: str) -> tuple[Any, ...]:
    """What the field *name* of *model* may hold, without wrappers; `tuple` if it holds several."""
    model.model_rebuild()
    field = model.model_fields[name]
    return tuple(leaves(field.annotation)) + tuple(field.metadata)

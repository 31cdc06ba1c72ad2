"""The fields that lead to what changed."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from club.model.field import field_of


def trail_of(
    model: type[BaseModel], keys: tuple[str, ...]
) -> Iterator[tuple[type[BaseModel], str, str]]:
    """Each field that *keys* go through: the model that has it, its name, and the item in it."""
    rest = list(keys)
    while rest:
        name = rest.pop(0)
        field = field_of(model, name)
        item = rest.pop(0) if rest and field.part and field.many else ""
        yield model, name, item
        model = field.part or model

"""What the models say of a value to merge: its parts, its texts, what tells its items apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_origin

from pydantic import BaseModel

from club.model.fields import Claim, MarkdownText, Reference
from club.model.record import Part, Record
from club.model.shape import leaves


@dataclass(frozen=True, slots=True)
class Shape:
    """What stands at one place of a file; without a model, only what the YAML itself shows."""

    model: type[BaseModel] | None = None
    label: str = ""
    many: bool = False
    is_text: bool = False
    is_claim: bool = False
    is_collection: bool = False

    def field(self, key: str) -> Shape:
        """The shape of what stands under *key*."""
        if self.model is None:
            return UNKNOWN
        return Shape(self.model) if self.is_collection else _fields(self.model).get(key, UNKNOWN)

    @property
    def item(self) -> Shape:
        """The shape of one item of this list."""
        return Shape(self.model, is_text=self.is_text, is_claim=self.is_claim)

    @property
    def identity(self) -> tuple[str, ...]:
        """The fields that tell an item of this list from the others."""
        return () if self.model is None or self.is_claim else _identity(self.model)

    @property
    def is_strict(self) -> bool:
        """Whether another identity is another thing, rather than the same one reworded."""
        return any(_is_strict(self.model, name) for name in self.identity if self.model)


UNKNOWN = Shape(is_text=True)


def shape_of(model: type[Record] | None, *, in_folder: bool) -> Shape:
    """The shape of a file of records of *model*: a record when each has its own file."""
    return UNKNOWN if model is None else Shape(model, is_collection=not in_folder)


@cache
def _fields(model: type[BaseModel]) -> dict[str, Shape]:
    model.model_rebuild()
    return {
        name: _field(field.title or "", Annotated[field.annotation, *field.metadata, None])
        for name, field in model.model_fields.items()
    }


def _field(label: str, annotation: Any) -> Shape:
    found = list(leaves(annotation))
    parts = [each for each in found if isinstance(each, type) and issubclass(each, Part)]
    return Shape(
        parts[0] if parts else None,
        label,
        many=any(each is tuple for each in found),
        is_text=any(isinstance(each, MarkdownText) for each in found),
        is_claim=any(issubclass(each, Claim) for each in parts),
    )


@cache
def _identity(model: type[BaseModel]) -> tuple[str, ...]:
    if issubclass(model, Record):
        return ()
    declared: tuple[str, ...] = getattr(model, "identity", ())
    names = [name for name in model.model_fields if name != "audience"]
    return declared or (("id",) if "id" in names else tuple(names[:1]))


@cache
def _is_strict(model: type[BaseModel], name: str) -> bool:
    annotation = model.model_fields[name].annotation
    return name == "id" or any(get_origin(each) is Reference for each in leaves(annotation))

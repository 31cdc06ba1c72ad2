"""What is known of a field, worked out once from its model: every other room asks here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from club.model.codes import Coded
from club.model.dates import PartialDate
from club.model.fields import SOURCE_KIND, Citation, Claim, MarkdownText, Reference, target_kinds
from club.model.message import N_, Choice, Message
from club.model.money import Money
from club.model.record import ABOUT_PARTS, ABOUT_RECORDS, Part, Record

NUMBERS = {int, Decimal, Money}
LABEL_AND_KEY = N_("“{label}” ({key})")


def said_of(label: str | Message, key: str) -> Message:
    """A field by its label, which its readers know, and by its key, which stands in the file."""
    return Message(LABEL_AND_KEY, {"label": label, "key": key})


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A field of a record or of a part: what it is called, and what it holds.

    A claim counts for its value: a field of claims of dates holds dates. *kinds* are those it may
    refer to, any if it names none; *path* leads to it from where it was asked for.
    """

    name: str
    label: str = ""
    help: str = ""
    path: tuple[str, ...] = ()
    is_required: bool = False
    is_content: bool = True
    """Whether it tells of what the record is about, rather than of the record itself."""
    many: bool = False
    is_text: bool = False
    part: type[Part] | None = None
    kinds: tuple[str, ...] = ()
    choice: type[Choice] | None = None
    told_as: type[Choice] | None = None
    """The values that are told of it, where they are more than those written."""
    code: Coded | None = None
    """What its codes read as, if it holds codes."""
    types: tuple[Any, ...] = ()
    annotation: Any = None
    default: Any = None

    @property
    def said(self) -> Message:
        """How a fault speaks of it."""
        return said_of(Message(self.label) if self.label else self.name, self.name)

    @property
    def is_claim(self) -> bool:
        """Whether it holds claims."""
        return self.part is not None and issubclass(self.part, Claim)

    @property
    def is_reference(self) -> bool:
        """Whether it holds ids of records."""
        return any(get_origin(each) is Reference for each in self.types)

    @property
    def is_citation(self) -> bool:
        """Whether it holds ids of sources, or web addresses."""
        return Citation in self.types

    @property
    def points(self) -> bool:
        """Whether it may name records."""
        return self.is_reference or self.is_citation

    @property
    def is_date(self) -> bool:
        """Whether it holds dates."""
        return PartialDate in self.types

    @property
    def is_number(self) -> bool:
        """Whether it holds numbers or amounts."""
        return not NUMBERS.isdisjoint(self.types)

    @property
    def is_whole(self) -> bool:
        """Whether it holds whole numbers."""
        return int in self.types

    @property
    def is_yes_no(self) -> bool:
        """Whether it holds yes or no."""
        return bool in self.types

    @property
    def item(self) -> Field:
        """What one of its values is."""
        return replace(self, many=False)


@cache
def fields_of(model: type[BaseModel]) -> Mapping[str, Field]:
    """The fields of *model* by name, in its order."""
    model.model_rebuild()
    return {name: _field(model, name, info) for name, info in model.model_fields.items()}


def field_of(model: type[BaseModel], name: str) -> Field:
    """The field *name* of *model*; one of plain values if the model does not know it."""
    return fields_of(model).get(name) or Field(name, name)


def _field(model: type[BaseModel], name: str, info: FieldInfo) -> Field:
    annotation: Any = info.annotation
    if info.metadata:
        annotation = Annotated[annotation, *info.metadata]
    outer = tuple(_leaves(annotation))
    types = tuple(inner for type_ in outer for inner in _inside_claim(type_))
    classes = [each for each in types if isinstance(each, type)]
    about = ABOUT_RECORDS if issubclass(model, Record) else ABOUT_PARTS
    return Field(
        name,
        info.title or name,
        info.description or "",
        (name,),
        is_required=info.is_required(),
        is_content=name not in about,
        many=tuple in outer,
        is_text=any(isinstance(each, MarkdownText) for each in types),
        part=next((each for each in outer if _is_part(each)), None),
        kinds=tuple(kind for each in types for kind in _kinds_of(each)),
        choice=next((each for each in classes if issubclass(each, Choice)), None),
        told_as=getattr(model, "told_as", {}).get(name),
        code=next((each for each in types if isinstance(each, Coded)), None),
        types=types,
        annotation=annotation,
        default=None if info.is_required() else info.get_default(call_default_factory=True),
    )


def _leaves(annotation: Any) -> Iterator[Any]:
    """The types and marks an annotation is made of; `tuple` stands before those of its items."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *marks = get_args(annotation)
        yield from _leaves(inner)
        yield from marks
    elif origin in {Union, UnionType}:
        for each in get_args(annotation):
            yield from _leaves(each)
    elif origin is tuple:
        yield tuple
        yield from _leaves(get_args(annotation)[0])
    else:
        yield annotation


def _inside_claim(type_: Any) -> Iterator[Any]:
    if _is_part(type_) and issubclass(type_, Claim):
        yield from fields_of(type_)["value"].types
    else:
        yield type_


def _is_part(type_: Any) -> bool:
    return isinstance(type_, type) and issubclass(type_, Part)


def _kinds_of(type_: Any) -> tuple[str, ...]:
    if type_ is Citation:
        return (SOURCE_KIND,)
    return target_kinds(type_) if get_origin(type_) is Reference else ()


def model_at(model: type[BaseModel], keys: Sequence[str | int]) -> type[BaseModel]:
    """The model of the part that *keys* lead to, as far as they can be followed."""
    for key in keys:
        if isinstance(key, str):
            model = field_of(model, key).part or model
    return model


def models_in(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """*model* and those of its parts, and of theirs."""
    yield model
    for field in fields_of(model).values():
        if field.part:
            yield from models_in(field.part)

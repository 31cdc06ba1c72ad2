"""The types that recur in records: references, claims, counts, amounts of money, texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from club.model.dates import PartialDate
from club.model.message import N_, Choice
from club.model.money import SPACES, decimal_text
from club.model.record import ID_PATTERN, OneOrMany, Part, Record, one_or_many

R_co = TypeVar("R_co", bound=Record, covariant=True)
T = TypeVar("T")

SOURCE_KIND = "source"
"""The kind every claim may cite; named here because claims are below the records."""

WEB_ADDRESS = re.compile(r"https?://[^\s/$.?#][^\s]*", re.IGNORECASE)


class Reference(Generic[R_co]):
    """The id of another record; the type argument is the kind, or the kinds, it may be of.

    Not a dataclass, because pydantic would then validate it as one.
    """

    __slots__ = ("id",)

    def __init__(self, id: str) -> None:
        """A reference to the record whose id or alias is *id*."""
        self.id = id

    def __eq__(self, other: object) -> bool:
        """Two references to the same id are the same."""
        return isinstance(other, Reference) and self.id == other.id

    def __hash__(self) -> int:
        """By id."""
        return hash(self.id)

    def __repr__(self) -> str:
        """For a developer."""
        return f"Reference({self.id!r})"

    def __str__(self) -> str:
        """The id, as it is written in the file."""
        return self.id

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Text in, `Reference` out; whether the record exists is for the graph to say."""
        return core_schema.no_info_after_validator_function(
            _as_reference,
            core_schema.str_schema(strip_whitespace=True),
            serialization=core_schema.to_string_ser_schema(),
            metadata={"kinds": target_kinds(source)},
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """An id; an all-digit id is a number to an editor."""
        return {
            "type": ["string", "integer"],
            "pattern": f"^{ID_PATTERN}$",
            "x-club-kinds": list((schema.get("metadata") or {}).get("kinds", ())),
        }


def _as_reference(value: str) -> Reference[Record]:
    return Reference(value)


def target_kinds(annotation: Any) -> tuple[str, ...]:
    """The names of the kinds that a `Reference[…]` annotation admits."""
    targets = get_args(annotation)
    if targets and get_origin(targets[0]) in {Union, UnionType}:
        targets = get_args(targets[0])
    return tuple(target.kind for target in targets if getattr(target, "kind", ""))


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a fact comes from: the id of a `source` record, or a web address."""

    target: str

    @property
    def is_url(self) -> bool:
        """Whether it is an address rather than an id."""
        return WEB_ADDRESS.fullmatch(self.target) is not None

    def __str__(self) -> str:
        """The id or the address, as it is written in the file."""
        return self.target

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Text in, `Citation` out."""
        return core_schema.no_info_after_validator_function(
            _as_citation,
            core_schema.str_schema(strip_whitespace=True),
            serialization=core_schema.to_string_ser_schema(),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """An id or an address."""
        return {
            "type": "string",
            "anyOf": [{"pattern": f"^{ID_PATTERN}$"}, {"pattern": "^https?://"}],
            "x-club-kinds": [SOURCE_KIND],
        }


def _as_citation(value: str) -> Citation:
    if re.fullmatch(ID_PATTERN, value) or WEB_ADDRESS.fullmatch(value):
        return Citation(value)
    raise PydanticCustomError("bad-url", "", {"found": value})


class Qualifier(Choice):
    """How a figure is to be read."""

    EXACT = "exact", N_("exact")
    ABOUT = "about", N_("about")
    MORE_THAN = "more_than", N_("more than")
    AT_LEAST = "at_least", N_("at least")
    LESS_THAN = "less_than", N_("less than")
    TARGET = "target", N_("target")


class Reliability(Choice):
    """How far a fact can be trusted."""

    VERIFIED = "verified", N_("verified"), "good"
    SINGLE_SOURCE = "single_source", N_("single source"), "quiet"
    CONTRADICTED = "contradicted", N_("contradicted"), "warn"
    DEDUCED = "deduced", N_("deduced"), "accent"
    UNVERIFIED = "unverified", N_("unverified"), "warn"


def about(label: str, help: str = "", *, default: Any = ..., **options: Any) -> Any:
    """A field labelled *label* and explained by *help* (gettext ids); required without default."""
    return Field(default=default, title=label, description=help or None, **options)


Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=400),
    WithJsonSchema({"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": 400}),
]
"""A short text on one line, shown as it is."""


@dataclass(frozen=True, slots=True)
class MarkdownText:
    """Marks a field as Markdown: rendered sanitised, with `[[id]]` links."""


Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1), MarkdownText(), Field()
]
"""A text in Markdown."""


def _unspaced(value: object) -> object:
    return SPACES.sub("", value) if isinstance(value, str) else value


SPACED_NUMBER = r"^\d[\d\s\u00a0\u202f]*$"

TableName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=rf"^{ID_PATTERN}\.csv$", max_length=100),
]
"""The name of a table that stands in `data/tables/`, which the record alone makes public."""

Count = Annotated[
    int,
    Field(ge=0),
    BeforeValidator(_unspaced),
    WithJsonSchema(
        {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": SPACED_NUMBER}]}
    ),
]
"""A whole number; "1 200" reads as 1200."""


Share = Annotated[Decimal, Field(ge=0, le=100), BeforeValidator(decimal_text)]
"""A share in per cent; "4,5" reads as 4.5."""


def _web_address(value: str) -> str:
    if WEB_ADDRESS.fullmatch(value):
        return value
    raise PydanticCustomError("bad-url", "", {"found": value})


Url = Annotated[
    str, AfterValidator(_web_address), Field(json_schema_extra={"pattern": "^https?://"})
]


UNREASONED = "deduced-without-reason"
"""The fault of a fact that the club deduced without saying from what."""


def reasoned(value: object) -> object:
    """*value* as it is; a mapping that says “deduced” says why, in its note."""
    said = value if isinstance(value, dict) else {}
    is_deduced = said.get("reliability") == Reliability.DEDUCED
    if is_deduced and not str(said.get("note") or "").strip():
        raise PydanticCustomError(UNREASONED, "")
    return value


class Claim(Part, Generic[T]):
    """A value somebody stated: with its date, its source and how far it can be trusted."""

    identity = ("source", "as_of", "scope")

    value: T = Field(title=N_("value"))
    qualifier: Qualifier = Field(default=Qualifier.EXACT, title=N_("qualifier"))
    as_of: PartialDate | None = Field(
        default=None, title=N_("as of"), description=N_("The date the value is true for.")
    )
    source: Citation | None = Field(
        default=None,
        title=N_("source"),
        description=N_("The id of a source, or a web address."),
    )
    scope: Line | None = Field(
        default=None, title=N_("scope"), description=N_("What exactly is counted.")
    )
    reliability: Reliability | None = Field(default=None, title=N_("reliability"))
    note: Line | None = Field(default=None, title=N_("note"))

    @model_validator(mode="before")
    @classmethod
    def _from_bare_value(cls, value: object) -> object:
        return reasoned(value) if isinstance(value, dict | Claim) else {"value": value}

    @property
    def trust(self) -> Reliability:
        """What was stated, or else what having a source says."""
        if self.reliability:
            return self.reliability
        return Reliability.SINGLE_SOURCE if self.source else Reliability.UNVERIFIED

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """A bare value, or a mapping that says more."""
        whole = handler(schema)
        bare = handler.resolve_ref_schema(whole)["properties"]["value"]
        return {"anyOf": [{k: v for k, v in bare.items() if k != "title"}, whole]}


Many = Annotated[tuple[T, ...], BeforeValidator(one_or_many), OneOrMany()]
"""A list, which may be written as its only item."""

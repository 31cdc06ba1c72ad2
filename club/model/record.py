"""The bases of every record and of every part of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.json_schema import SkipJsonSchema

from club.model.message import N_, Choice

if TYPE_CHECKING:
    from club.model.dates import PartialDate

ID_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
TITLES = ("title", "label", "name", "subject")
"""The fields that a record may go by: the first of them that its kind has."""
DEDUCED = "deduced"
"""The field that says which others no document states."""
ABOUT_RECORDS = frozenset({"id", "aliases", "audience", "example", DEDUCED})
"""The fields that tell of a record itself, whatever its kind, rather than of what it describes."""
ABOUT_PARTS = frozenset({"audience"})
"""The same of a part."""


class Audience(Choice):
    """Who may read: everyone, or the members of the club."""

    PUBLIC = "public", N_("public")
    MEMBERS = "members", N_("members")


class Examples(Choice):
    """What becomes of the records that are made up: labelled, or left out without a trace."""

    SHOWN = "shown", N_("shown")
    HIDDEN = "hidden", N_("hidden")


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a site is made: who reads it, and whether they are shown made-up records."""

    audience: Audience = Audience.MEMBERS
    examples: Examples = Examples.SHOWN

    @property
    def reads_everything(self) -> bool:
        """Whether nothing is kept from this reader."""
        return self == Reader()

    @property
    def is_public(self) -> bool:
        """Whether this reader may be anybody."""
        return self.audience is Audience.PUBLIC

    @property
    def lacks_examples(self) -> bool:
        """Whether this reader may not know that there are made-up records."""
        return self.examples is Examples.HIDDEN

    def may_read(self, record: Record) -> bool:
        """Whether this reader may know that *record* is there; of its parts, others decide."""
        if self.lacks_examples and record.example:
            return False
        return not self.is_public or record.audience.get("") is not Audience.MEMBERS


def one_or_many(value: object) -> object:
    """A list as it is, anything else as the only item of one."""
    return value if isinstance(value, list | tuple) else [value]


class OneOrMany:
    """Marks a tuple that may be written as its only item, for the JSON Schema."""

    @staticmethod
    def __get_pydantic_json_schema__(schema: Any, handler: Any) -> dict[str, Any]:
        """Either an item or an array of them."""
        array = handler(schema)
        return {"anyOf": [array["items"], array]}


YES_NO_BY_WORD = {"oui": True, "non": False}


YES = frozenset({"1", "on", "oui", "t", "true", "y", "yes"})
"""How pydantic and the club say yes, in small letters."""


def is_example(block: Mapping[str, Any]) -> bool:
    """Whether a record as it is written, sound or not, says that it is made up."""
    return str(block.get("example", "")).strip().lower() in YES


def _yes_or_no(value: object) -> object:
    return YES_NO_BY_WORD.get(value.strip().lower(), value) if isinstance(value, str) else value


YesNo = Annotated[
    bool,
    BeforeValidator(_yes_or_no),
    WithJsonSchema({"enum": [True, False, "yes", "no", "oui", "non"]}),
]
"""Yes or no, in English or in French; an editor reads both words as text."""


Tag = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=r"\w"),
    WithJsonSchema({"type": ["string", "number"], "minLength": 1, "maxLength": 60}),
]
"""A word or a few; it has a letter or a digit, since the address of its page is made of them."""


class Held(BaseModel):
    """What holds fields: what its file says of one, and what is told of it on a given day."""

    unsaid: ClassVar[frozenset[str]] = frozenset()
    """The fields that it inherits and no file may say: nothing would heed them."""
    told_as: ClassVar[Mapping[str, type[Choice]]] = {}
    """Of the fields that time may belie, the values that are told, more than those written."""

    def told(self, field: str, today: date | None) -> Any:
        """The value of *field* as it is told on *today*; as its file says it without a day."""
        return getattr(self, field, None)

    def known_for(self, field: str) -> PartialDate | None:
        """The date for which *field*, a state, is known; None where it needs none."""
        return None


class Part(Held):
    """A mapping inside a record: frozen, with no key its kind does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    identity: ClassVar[tuple[str, ...]] = ()
    """The fields that tell it from its neighbours in a list."""
    is_lasting: ClassVar[bool] = False
    """Whether another identity is always another thing, never the same one corrected."""

    audience: Audience = Field(
        default=Audience.PUBLIC,
        title=N_("audience"),
        description=N_("Who may read this: public (by default) or members."),
    )


Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]


class Deduction(Part):
    """A field whose value no document states: the club deduced it, and says from what."""

    identity = ("field",)
    is_lasting = True

    field: Sentence = Field(
        title=N_("field"), description=N_("The name of the field that holds the value.")
    )
    reason: Sentence = Field(
        title=N_("reason"), description=N_("What the club deduced it from, for the readers.")
    )


def _audiences(value: object) -> object:
    return value if isinstance(value, dict) else {"": value}


class _AudienceSchema:
    @staticmethod
    def __get_pydantic_json_schema__(schema: Any, handler: Any) -> dict[str, Any]:
        """A word for the whole record, or a word for each field."""
        each = {"enum": [str(audience) for audience in Audience]}
        return {"anyOf": [each, {"type": "object", "additionalProperties": each}]}


class Record(Held):
    """A thing the club writes down; *id* is its YAML key, permanent."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    kind: ClassVar[str]
    collection: ClassVar[str]
    is_page: ClassVar[bool] = False
    """Whether it is a page of the wiki rather than a record of `data/`."""
    for_members: ClassVar[frozenset[str]] = frozenset()
    """The fields that are for members unless the record says otherwise, field by field."""
    sums: ClassVar[Mapping[str, str]] = {}
    """The fields that are sums over the parts in another field: they tell of a part that is not
    told, and go where any of those parts, or anything in them, is for members.
    """
    ties: ClassVar[Mapping[str, str]] = {}
    """The fields of its parts that name others of its parts: `cells.criterion` by `criteria.id`."""

    id: SkipJsonSchema[str]
    aliases: Annotated[
        tuple[Annotated[str, Field(pattern=f"^{ID_PATTERN}$")], ...],
        BeforeValidator(one_or_many),
        OneOrMany(),
    ] = Field(
        default=(),
        title=N_("former ids"),
        description=N_("Old ids of this record, which keep leading to it."),
    )
    audience: Annotated[dict[str, Audience], BeforeValidator(_audiences), _AudienceSchema()] = (
        Field(
            default_factory=dict,
            title=N_("audience"),
            description=N_(
                "Who may read this record: public (by default) or members; or, field by field,"
                " a mapping from the field's name to its audience."
            ),
        )
    )
    example: YesNo = Field(
        default=False,
        title=N_("example"),
        description=N_("Yes for a made-up record that only shows what the club can hold."),
    )
    tags: Annotated[tuple[Tag, ...], BeforeValidator(one_or_many), OneOrMany()] = Field(
        default=(),
        title=N_("tags"),
        description=N_("Words that gather records and pages of any kind."),
    )

    deduced: Annotated[tuple[Deduction, ...], BeforeValidator(one_or_many), OneOrMany()] = Field(
        default=(),
        title=N_("deduced by the club"),
        description=N_("The fields whose values no document states, each with its reason."),
    )

    def __init_subclass__(cls, kind: str = "", collection: str = "", **kwargs: Any) -> None:
        """Takes the names of the kind from the class statement."""
        super().__init_subclass__(**kwargs)
        if kind:
            cls.kind = kind
            cls.collection = collection or f"{kind}s"

    def tables(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """The tables of `data/tables/` that it names, each with the keys of the field that does."""
        return iter(())

    @property
    def title_text(self) -> str:
        """What a reader calls this record: the first of `TITLES` that it has, or else its id."""
        return str(getattr(self, title_field(self.__class__)))

    def awaited(self) -> tuple[str, ...]:
        """The fields that whoever answers for this record is asked to fill, and to keep current."""
        return ()

    def title_among(self, graph: Any) -> str:
        """The same among the records of *graph*, whose words may make one for those without."""
        return self.title_text

    def fields_of_people(self, get: Callable[[Any], Any]) -> frozenset[str]:
        """The fields whose claims count people, or what people do.

        *get* gives the record that a reference leads to, or None.
        """
        return frozenset()

    @property
    def hidden_fields(self) -> frozenset[str]:
        """The fields that the public may not read."""
        return frozenset(self.for_members_in(self.audience))

    @classmethod
    def for_members_in(cls, said: Mapping[str, str]) -> Iterator[str]:
        """The fields for members alone of a record that says these audiences, by field."""
        for name in {*cls.for_members, *filter(None, said)}:
            told = said.get(name)
            if told == Audience.MEMBERS or (name in cls.for_members and told != Audience.PUBLIC):
                yield name

    def reason(self, field: str) -> str:
        """Why the club believes what *field* says, if it deduced it; or else nothing."""
        return next((each.reason for each in self.deduced if each.field == field), "")

    @property
    def key(self) -> str:
        """`collection/id`, the record's address in the data and on the site."""
        return f"{self.collection}/{self.id}"


@cache
def title_field(model: type[Record]) -> str:
    """The field a record goes by; looked up once, as pydantic is slow to say that one lacks."""
    known = model.model_fields
    return next((name for name in TITLES if name in known), "id")


def written_titles(block: Mapping[str, Any]) -> Iterator[str]:
    """What a record may be called by its mapping as written, the likeliest first."""
    return (said for name in TITLES if isinstance(said := block.get(name), str))

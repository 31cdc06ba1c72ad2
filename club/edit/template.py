"""The text of a record still to be written: its fields, explained, with today's choices."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from club.model.dates import PartialDate
from club.model.fields import SOURCE_KIND, Citation, MarkdownText, target_kinds
from club.model.graph import Graph
from club.model.kind import Kind
from club.model.message import N_, Choice, Message, Translate
from club.model.problem import nearest
from club.model.record import Audience, Part, Record
from club.model.shape import leaves
from club.model.source import Block, Items, parse

LEFT_OUT = {"id", "aliases", "example"}
"""What nobody fills in by hand: the id is the key, aliases come with a rename."""
AUDIENCE = "audience"
WIDTH = 98
HELP_LINES = N_("Lines that begin with “#” are only help: delete them at will.")
OPTIONAL = N_("Optional: remove “# ” before what you fill in.")
FEW = 12
SOME = 6
BLANK = "…"
CANDIDATES: tuple[str, ...] = (
    BLANK,
    "exemple",
    "1",
    "09:30",
    "https://example.org/",
    "adresse@example.org",
    "12 €",
    "42",
    "52",
    "0440001M",
    "732829320",
    "73282932000074",
)
"""Examples of every form of text; a field shows the first that it takes."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a field is written: what it refers to, or what it chooses from, or its own fields."""

    kinds: tuple[str, ...] = ()
    choice: type[Choice] | None = None
    part: type[Part] | None = None
    many: bool = False
    is_text: bool = False
    is_date: bool = False
    is_yes_no: bool = False
    example: str = BLANK


@cache
def form_of(model: type[BaseModel], name: str) -> Form:
    """The form of the field *name* of *model*."""
    model.model_rebuild()
    field = model.model_fields[name]
    annotation: Any = field.annotation
    if field.metadata:
        annotation = Annotated[annotation, *field.metadata]
    found = list(leaves(annotation))
    types = [each for each in found if isinstance(each, type)]
    kinds = tuple(kind for each in found for kind in target_kinds(each))
    return Form(
        kinds=(SOURCE_KIND,) if Citation in types else kinds,
        choice=next((each for each in types if issubclass(each, Choice)), None),
        part=next((each for each in types if issubclass(each, Part)), None),
        many=tuple in types,
        is_text=any(isinstance(each, MarkdownText) for each in found),
        is_date=PartialDate in types,
        is_yes_no=bool in types,
        example=_example(annotation),
    )


def _example(annotation: Any) -> str:
    adapter: TypeAdapter[Any] = TypeAdapter(annotation)
    for each in CANDIDATES:
        try:
            adapter.validate_python(each)
        except ValidationError:
            continue
        return each
    return BLANK


@dataclass(frozen=True, slots=True)
class Template:
    """Writes the template of one kind; *is_brief* leaves out what an address has no room for."""

    kind: Kind[Any]
    graph: Graph
    translate: Translate
    id: str = ""
    is_brief: bool = False

    def write(self, values: Mapping[str, str] | None = None) -> str:
        """The record, *values* filled in: what is required, then the rest as comments."""
        values = values or {}
        model: type[Record] = self.kind.model
        model.model_rebuild()
        names = [name for name in model.model_fields if name not in {*LEFT_OUT, AUDIENCE}]
        names.append(AUDIENCE)
        filled = [n for n in names if n in values or model.model_fields[n].is_required()]
        lines = [] if self.is_brief else [*self._head(), ""]
        for name in filled:
            lines += self._explained(model, name)
            lines += self._filled(model, name, values.get(name))
        lines += ["", f"# {self._say(OPTIONAL)}"]
        for name in names:
            if name not in filled:
                lines += self._optional(model, name)
        return "\n".join(lines) + "\n"

    def _head(self) -> list[str]:
        title = self.translate(self.kind.singular)
        intro = f"{title[:1].upper()}{title[1:]}. {self._say(self.kind.intro)}"
        return [
            *_comment("# ", intro),
            f"# {self._say(HELP_LINES)}",
        ]

    def _say(self, id: str, **params: object) -> str:
        return Message(id, params).render(self.translate)

    def _optional(self, model: type[BaseModel], name: str) -> list[str]:
        shown = [f"# {line}" for line in self._lines(model, name)]
        return shown if self.is_brief else ["", *self._explained(model, name), *shown]

    def _explained(self, model: type[BaseModel], name: str) -> list[str]:
        """The field's label, its help, the values it takes."""
        field = model.model_fields[name]
        label = self.translate(field.title or name)
        help = self._say(field.description) if field.description else ""
        said = _comment("# ", f"{label[:1].upper()}{label[1:]}. {help}")
        form = form_of(model, name)
        if note := self._choices(form):
            said += _comment("#   ", note)
        return said

    def _filled(self, model: type[BaseModel], name: str, value: str | None) -> list[str]:
        """A field with its value, or blank, below an example if it takes several lines."""
        if value is not None:
            return [f"{name}: {scalar(value)}"]
        has_example = form_of(model, name).part and not self.is_brief
        example = self._lines(model, name) if has_example else []
        return [*(f"#   {line}" for line in example), f"{name}:"]

    def _choices(self, form: Form) -> str:
        if form.choice:
            return " · ".join(f"{each} ({self.translate(each.label)})" for each in form.choice)
        if form.kinds:
            return self._ids(form.kinds)
        if form.is_date and not form.part:
            return "2012-02-17 · 2012-02 · 2012 · rentrée 2014 · fin 2014 · 2012-2013 · ~2012"
        if form.is_text and not self.is_brief:
            return self._say(N_("Markdown; [[id]] leads to another record."))
        return ""

    def _ids(self, kinds: tuple[str, ...]) -> str:
        """Every id of *kinds* if they are few, else those most like this record's own."""
        ids = sorted(each.id for each in self.graph if each.kind in kinds)
        if len(ids) <= (SOME if self.is_brief else FEW):
            return " · ".join(ids)
        near = list(nearest(self.id, ids, SOME))
        shown = sorted([*near, *[id for id in ids if id not in near][: SOME - len(near)]])
        return self._say(N_("{ids}… ({count} in all)"), ids=" · ".join(shown), count=str(len(ids)))

    def _lines(self, model: type[BaseModel], name: str) -> list[str]:
        """An example of the field, over as many lines as it takes."""
        if name == AUDIENCE:
            return [f"{name}: {Audience.MEMBERS}"]
        form = form_of(model, name)
        if form.part:
            return [f"{name}:", *self._part(form.part, "  - " if form.many else "  ")]
        if form.is_text and not form.many:
            return [f"{name}: >-", f"  {BLANK}"]
        value = self._value(form)
        return [f"{name}: [{value}]" if form.many else f"{name}: {value}"]

    def _part(self, part: type[Part], first: str) -> Iterator[str]:
        rest = " " * len(first)
        part.model_rebuild()
        names = [name for name in part.model_fields if name != AUDIENCE]
        required = [name for name in names if part.model_fields[name].is_required()]
        for name in required if self.is_brief else names:
            lines = self._lines(part, name)
            if not self.is_brief:
                lines[0] += self._aside(part, name)
            for line in lines:
                yield first + line
                first = rest

    def _aside(self, part: type[Part], name: str) -> str:
        form = form_of(part, name)
        label = self.translate(part.model_fields[name].title or name)
        # A note after “>-” would be fine to YAML, but editors colour it as text.
        if form.is_text and not form.many:
            return ""
        choices = self._choices(form) if form.choice else ""
        return f"  # {label}" + (f" : {choices}" if choices else "")

    def _value(self, form: Form) -> str:
        if form.kinds:
            ids = sorted(each.id for each in self.graph if each.kind in form.kinds)
            return next(iter((*nearest(self.id, ids, 1), *ids)), "exemple")
        if form.choice:
            return str(next(iter(form.choice)))
        if form.is_date:
            return "2012-02-17"
        return "yes" if form.is_yes_no else scalar(form.example)


def _comment(mark: str, text: str) -> list[str]:
    # What belongs together is held together by the spaces that typography puts there.
    return textwrap.wrap(
        text, WIDTH, initial_indent=mark, subsequent_indent=mark, break_on_hyphens=False
    )


def scalar(value: str) -> str:
    """*value* as it is written after `key: `: bare where that reads back the same, else quoted.

    A list or a mapping between brackets stays one.
    """
    found = parse("", f"k: {value}\n")
    content = found.content["k"] if isinstance(found.content, Block) else None
    if not found.problems and len(found.content) == 1:
        if isinstance(content, Items | Block) and value.lstrip()[:1] in {"[", "{"}:
            return value
        if content == value and value != BLANK:
            return value
    return json.dumps(value, ensure_ascii=False)


def listed(values: Sequence[str]) -> str:
    """*values* as one: the only one, or a list between brackets."""
    return values[0] if len(values) == 1 else f"[{', '.join(scalar(each) for each in values)}]"

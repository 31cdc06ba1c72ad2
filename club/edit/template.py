"""The text of a record still to be written: its fields, explained, with today's choices."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from club.model.field import Field, fields_of
from club.model.graph import Graph
from club.model.kind import Kind
from club.model.markup import capital
from club.model.message import N_, Message, Translate
from club.model.problem import nearest
from club.model.record import Audience, Part, Record
from club.model.source import Block, Items, parse

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
    "exemple.csv",
    "12 €",
    "42",
    "52",
    "0440001M",
    "732829320",
    "73282932000074",
)
"""Examples of every form of text; a field shows the first that it takes."""


@cache
def example_of(field: Field) -> str:
    """The first of the examples that *field* takes."""
    adapter: TypeAdapter[Any] = TypeAdapter(field.annotation)
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
        known = fields_of(model)
        fields = [*filter(self._is_asked, known.values()), known[AUDIENCE]]
        filled = [each for each in fields if each.name in values or each.is_required]
        lines = [] if self.is_brief else [*self._head(), ""]
        for field in filled:
            lines += self._explained(field)
            lines += self._filled(field, values.get(field.name))
        lines += ["", f"# {self._say(OPTIONAL)}"]
        for field in fields:
            if field not in filled:
                lines += self._optional(field)
        return "\n".join(lines) + "\n"

    def _is_asked(self, field: Field) -> bool:
        return field.is_content and field.name not in self.kind.left_out

    def _head(self) -> list[str]:
        title = self.translate(self.kind.singular)
        intro = f"{capital(title)}. {self._say(self.kind.intro)}"
        return [
            *_comment("# ", intro),
            f"# {self._say(HELP_LINES)}",
        ]

    def _say(self, id: str, **params: object) -> str:
        return Message(id, params).render(self.translate)

    def _optional(self, field: Field) -> list[str]:
        shown = [f"# {line}" for line in self._lines(field)]
        return shown if self.is_brief else ["", *self._explained(field), *shown]

    def _explained(self, field: Field) -> list[str]:
        """The field's label, its help, the values it takes."""
        label = self.translate(field.label)
        help = self._say(field.help) if field.help else ""
        said = _comment("# ", f"{capital(label)}. {help}")
        if note := self._choices(field):
            said += _comment("#   ", note)
        return said

    def _filled(self, field: Field, value: str | None) -> list[str]:
        """A field with its value, or blank, below an example if it takes several lines."""
        if value is not None:
            return [f"{field.name}: {scalar(value)}"]
        example = self._lines(field) if field.part and not self.is_brief else []
        return [*(f"#   {line}" for line in example), f"{field.name}:"]

    def _choices(self, field: Field) -> str:
        if field.choice:
            return " · ".join(f"{each} ({self.translate(each.label)})" for each in field.choice)
        if field.kinds:
            return self._ids(field.kinds)
        if field.is_date and not field.part:
            return "2012-02-17 · 2012-02 · 2012 · rentrée 2014 · fin 2014 · 2012-2013 · ~2012"
        if field.is_text and not self.is_brief:
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

    def _lines(self, field: Field) -> list[str]:
        """An example of the field, over as many lines as it takes."""
        name = field.name
        if name == AUDIENCE:
            return [f"{name}: {Audience.MEMBERS}"]
        if field.part:
            return [f"{name}:", *self._part(field.part, "  - " if field.many else "  ")]
        if field.is_text and not field.many:
            return [f"{name}: >-", f"  {BLANK}"]
        value = self._value(field)
        return [f"{name}: [{value}]" if field.many else f"{name}: {value}"]

    def _part(self, part: type[Part], first: str) -> Iterator[str]:
        rest = " " * len(first)
        for field in fields_of(part).values():
            if not field.is_content or (self.is_brief and not field.is_required):
                continue
            lines = self._lines(field)
            if not self.is_brief:
                lines[0] += self._aside(field)
            for line in lines:
                yield first + line
                first = rest

    def _aside(self, field: Field) -> str:
        label = self.translate(field.label)
        # A note after “>-” would be fine to YAML, but editors colour it as text.
        if field.is_text and not field.many:
            return ""
        choices = self._choices(field) if field.choice else ""
        return f"  # {label}" + (f" : {choices}" if choices else "")

    def _value(self, field: Field) -> str:
        if field.kinds:
            ids = sorted(each.id for each in self.graph if each.kind in field.kinds)
            return next(iter((*nearest(self.id, ids, 1), *ids)), "exemple")
        if field.choice:
            return str(next(iter(field.choice)))
        if field.is_date:
            return "2012-02-17"
        return "yes" if field.is_yes_no else scalar(example_of(field))


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

"""Values as a person would write them in YAML: over lines, or between brackets."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel

from club.edit.arrange import order_of
from club.model.field import Field, field_of
from club.model.lines import NEEDS_QUOTES, STEP
from club.model.source import parse

Value = str | Sequence["Value"] | Mapping[str, "Value"]
"""What a field may be given: a text, a list, or a part as a mapping."""
WIDTH = 98
FOLDED, LITERAL = ">-", "|-"


def field_lines(field: Field, value: Value, column: int) -> list[str]:
    """The lines of *field* with its *value*, its key at *column*."""
    head, below = spelled(field, value, column)
    return [f"{' ' * column}{field.name}:{head and ' '}{head}", *below]


def item_lines(field: Field, item: Value, column: int) -> list[str]:
    """The lines of one *item* of the list *field*, its dash at *column*."""
    inner = column + STEP
    if not isinstance(item, Mapping) or not item:
        head, below = spelled(field.item, item, column)
        return [f"{' ' * column}- {head}", *below]
    lines = [
        line
        for name, value in ordered(item, field.part)
        for line in field_lines(_field(field.part, name), value, inner)
    ]
    return [f"{' ' * column}- {lines[0][inner:]}", *lines[1:]]


def spelled(field: Field, value: Value, column: int) -> tuple[str, list[str]]:
    """What stands beside a key at *column*, and on the lines below it."""
    if isinstance(value, str):
        return _text(field, value, column)
    if not value or not _is_deep(value):
        return between_brackets(field, value), []
    if isinstance(value, Mapping):
        pairs = ordered(value, field.part)
        parts = [field_lines(_field(field.part, name), each, column + STEP) for name, each in pairs]
    else:
        parts = [item_lines(field, each, column + STEP) for each in value]
    return "", [line for part in parts for line in part]


def between_brackets(field: Field, value: Value) -> str:
    """*value* as it stands inside `[…]` or `{…}`, on one line."""
    if isinstance(value, str):
        return one_line(field, value, "{{k: {}}}")
    if isinstance(value, Mapping):
        said = [
            f"{name}: {between_brackets(_field(field.part, name), each)}"
            for name, each in ordered(value, field.part)
        ]
        return f"{{{', '.join(said)}}}"
    return f"[{', '.join(between_brackets(field.item, each) for each in value)}]"


def one_line(field: Field, value: str, where: str = "k: {}") -> str:
    """*value* bare if that reads back the same *where* it stands, to other readers too."""
    is_other = not (field.is_number or field.is_date or field.is_yes_no)
    if not (is_other and NEEDS_QUOTES.fullmatch(value)) and _reads(where.format(value), value):
        return value
    return json.dumps(value, ensure_ascii=False)


def block_text(value: str, column: int) -> tuple[str, list[str]]:
    """*value* over lines below a key at *column*; within quotes if no such text says it."""
    indent = " " * (column + STEP)
    if "\n" not in value:
        room = max(WIDTH - len(indent), WIDTH // 2)
        lines = textwrap.wrap(value, room, break_long_words=False, break_on_hyphens=False)
        if lines and _reads(_document(FOLDED, lines), value):
            return FOLDED, [indent + line for line in lines]
    head, chopped = (LITERAL[:1], value[:-1]) if value.endswith("\n") else (LITERAL, value)
    lines = chopped.split("\n")
    if all(line.strip() or not line for line in lines) and _reads(_document(head, lines), value):
        return head, [indent + line if line else "" for line in lines]
    return json.dumps(value, ensure_ascii=False), []


def ordered(
    value: Mapping[str, Value], part: type[BaseModel] | None
) -> Iterator[tuple[str, Value]]:
    """The fields of a part in the order of its model."""
    rank = {name: place for place, name in enumerate(order_of(part))} if part else {}
    yield from sorted(value.items(), key=lambda pair: rank.get(pair[0], len(rank)))


def _text(field: Field, value: str, column: int) -> tuple[str, list[str]]:
    if "\n" in value or (field.is_text and value):
        return block_text(value, column)
    return one_line(field, value), []


def _is_deep(value: Value) -> bool:
    """Whether *value* is a part, or a list with an item of several lines."""
    if isinstance(value, Mapping):
        return True
    return any(not isinstance(each, str) or "\n" in each for each in value)


def _field(part: type[BaseModel] | None, name: str) -> Field:
    return field_of(part, name) if part else Field(name, name)


def _document(head: str, lines: Sequence[str]) -> str:
    return "\n".join([f"k: {head}", *(f"  {line}" if line else "" for line in lines)])


def _reads(document: str, value: str) -> bool:
    """Whether *document* says that `k` is *value*, and nothing else."""
    source = parse("", f"{document}\n")
    return not source.problems and bool(source.content == {"k": value})

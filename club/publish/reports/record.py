"""A record as lines of text, in the words its page uses: what `club show` prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from club.model.field import Field, field_of, fields_of
from club.publish.words.language import Words
from club.publish.words.sentences import Teller, label_or_name

INDENT = "  "


def record_lines(
    model: type[BaseModel], block: Mapping[str, Any], words: Words, teller: Teller
) -> Iterator[str]:
    """Each field of a record of *model* under its label, in the order of its kind."""
    yield from _lines(model, block, words, teller, "")


def _lines(
    model: type[BaseModel], block: Mapping[str, Any], words: Words, teller: Teller, indent: str
) -> Iterator[str]:
    known = [name for name in fields_of(model) if block.get(name) is not None]
    unknown = [name for name in block if name not in fields_of(model)]
    for name in (*known, *unknown):
        label = words.say(label_or_name(model, name))
        yield from _field(field_of(model, name), label, block[name], words, teller, indent)


def _field(
    field: Field,
    label: str,
    value: Any,
    words: Words,
    teller: Teller,
    indent: str,
) -> Iterator[str]:
    part = field.part
    colon = " :" if words.language == "fr" else ":"
    parts = value if isinstance(value, list) else [value]
    if part is not None and any(isinstance(each, Mapping) for each in parts):
        yield f"{indent}{label}{colon}"
        for each in parts:
            held = each if isinstance(each, Mapping) else {"value": each}
            inner = list(_lines(part, held, words, teller, ""))
            yield from (
                f"{indent}{INDENT}{'  ' if at else '- '}{line}" for at, line in enumerate(inner)
            )
        return
    said = value if isinstance(value, str) and "\n" in value.strip() else None
    lines = (said or words.say(teller.said(field, value))).strip().splitlines()
    if len(lines) == 1:
        yield f"{indent}{label}{colon} {lines[0]}"
    else:
        yield f"{indent}{label}{colon}"
        yield from (f"{indent}{INDENT}{line}".rstrip() for line in lines)

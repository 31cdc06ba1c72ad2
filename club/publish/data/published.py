"""The published form of a record: a type of its own, with a version, so that models may change.

A date is `{"edtf", "text"}`, a reference `{"id", "kind", "title"}` (and
`"example": true` where it leads to a made-up record), a claim a mapping with its
value and evidence, an amount `{"amount", "currency"}`; an absent field is left out.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any, TypedDict

from pydantic import BaseModel

from club.model.dates import PartialDate
from club.model.field import fields_of
from club.model.fields import Citation, Claim, Reference
from club.model.graph import Graph
from club.model.message import Choice
from club.model.money import Money
from club.model.record import Part, Record
from club.model.viewing import url_of

# SemVer, for those who read the exports: the first number goes up when what they read may break (a
# field or a value that goes or changes its type), the second when there is more to read.
SCHEMA_VERSION = "1.2.0"
VERSION = int(SCHEMA_VERSION.partition(".")[0])
NOT_PUBLISHED = {"id", "audience"}
FORMULA = re.compile(r"[=+@\t\r]|-(?!\d+([.,]\d+)?$)")


class PublishedRecord(TypedDict):
    """One record as others may rely on it."""

    version: int
    kind: str
    id: str
    title: str
    url: str
    example: bool
    fields: dict[str, Any]


def published(record: Record, graph: Graph) -> PublishedRecord:
    """*record* in its published form."""
    return {
        "version": VERSION,
        "kind": record.kind,
        "id": record.id,
        "title": graph.title(record),
        "url": url_of(record),
        "example": record.example,
        "fields": _fields(record, graph, NOT_PUBLISHED | {"example"}),
    }


def _fields(value: BaseModel, graph: Graph, left_out: set[str]) -> dict[str, Any]:
    return {
        name: _plain(getattr(value, name), graph)
        for name in fields_of(value.__class__)
        if name not in left_out and getattr(value, name) not in (None, ())
    }


def _plain(value: Any, graph: Graph) -> Any:
    if isinstance(value, Choice):
        return str(value)
    if isinstance(value, PartialDate):
        return {"edtf": value.edtf, "text": str(value)}
    if isinstance(value, Reference):
        return _reference(value.id, graph)
    if isinstance(value, Citation):
        return {"url": value.target} if value.is_url else _reference(value.target, graph)
    if isinstance(value, Money):
        return {"amount": f"{value.amount:f}", "currency": value.currency}
    if isinstance(value, Part):
        return _fields(value, graph, NOT_PUBLISHED - {"id"})
    if isinstance(value, tuple):
        return [_plain(each, graph) for each in value]
    return str(value) if isinstance(value, Decimal) else value


def _reference(id: str, graph: Graph) -> dict[str, str | bool]:
    target = graph.find(id)
    if target is None:
        return {"id": id}
    said = {"id": target.id, "kind": target.kind, "title": graph.title(target)}
    return {**said, "example": True} if target.example else {**said}


def cell(value: Any) -> str:
    """A field as one cell of CSV: items apart by "|", parts as JSON, never a formula."""
    if value is None or value == ():
        return ""
    if isinstance(value, tuple):
        if any(isinstance(each, Part) and not isinstance(each, Claim) for each in value):
            return json.dumps([_json_part(each) for each in value], ensure_ascii=False)
        return "|".join(cell(each) for each in value)
    if isinstance(value, Claim):
        return cell(value.value)
    if isinstance(value, Part):
        return json.dumps(_json_part(value), ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value.edtf if isinstance(value, PartialDate) else str(value)
    # A spreadsheet would run a cell that begins like a formula.
    return f"'{text}" if FORMULA.match(text) else text


def _json_part(part: Any) -> Any:
    return part.model_dump(mode="json", exclude_defaults=True)

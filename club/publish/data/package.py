"""The Data Package beside the exports: the version of their schema, and the columns of each CSV."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from club.model.field import fields_of
from club.model.kind import Kind
from club.model.message import Message
from club.model.record import Record
from club.publish.data.published import NOT_PUBLISHED, SCHEMA_VERSION
from club.publish.words.language import Words


def columns(kind: Kind[Record]) -> list[str]:
    """The fields of *kind* that its CSV holds, after the id."""
    return [name for name in fields_of(kind.model) if name not in NOT_PUBLISHED | kind.left_out]


def data_package(kinds: Iterable[Kind[Record]], words: Words) -> dict[str, Any]:
    """A Data Package has a place for the version, which a CSV has not."""
    return {
        "name": "club",
        "version": SCHEMA_VERSION,
        "resources": [_resource(kind, words) for kind in kinds],
    }


def _resource(kind: Kind[Record], words: Words) -> dict[str, Any]:
    fields = [
        {"name": name, "title": words.say(Message(fields_of(kind.model)[name].label))}
        for name in columns(kind)
    ]
    return {
        "name": kind.collection,
        "path": f"{kind.collection}.csv",
        "title": words.translate(kind.plural),
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": [{"name": "id"}, *fields], "primaryKey": "id"},
    }

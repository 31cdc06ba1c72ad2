"""Merging whole files: records and their fields where the YAML is sound, lines otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from club.git.merge_file import merge_file
from club.merge.blocks import value_of
from club.merge.entries import MAP, Entry, Rows, Sheet, UnclearError
from club.merge.lines import Envelope, merge_comments, merge_envelopes
from club.merge.result import (
    NOT_YAML,
    SIDES,
    Conflict,
    Merged,
    Outcome,
    Piece,
    marked,
    messages_of,
)
from club.merge.scan import rows_in
from club.merge.shapes import Shape, shape_of
from club.merge.three_way import At, merge_rows, whole_clash
from club.model.message import Message
from club.model.record import Record

Result = Merged | Conflict


def merge_texts(
    base: str,
    ours: str,
    theirs: str,
    model: type[Record] | None,
    *,
    in_folder: bool = False,
    path: str = "",
    names: tuple[str, str] = SIDES,
) -> Result:
    """The three-way merge of a data file: by record and by field, nothing lost, no line rewritten.

    *model* says what the fields are; with *in_folder*, the file is one record of it.
    """
    if theirs in {ours, base}:
        return Merged(ours)
    if ours == base:
        return Merged(theirs)
    opened = [Envelope.open(text) for text in (base, ours, theirs)]
    envelope = merge_envelopes(*(each if text else None for each, text in opened))
    shape = shape_of(model, in_folder=in_folder)
    try:
        pieces = _merge([text for _, text in opened], shape)
    except UnclearError:
        return merge_plainly(base, ours, theirs, path, names)
    text = envelope.close(marked(pieces, names))
    said = messages_of(pieces)
    return Conflict(text, said) if said else Merged(text)


def merge_plainly(
    base: str, ours: str, theirs: str, path: str, names: tuple[str, str] = SIDES
) -> Result:
    """What Git itself does, line by line."""
    raw, is_clean = merge_file(base.encode(), ours.encode(), theirs.encode(), names)
    text = raw.decode()
    if is_clean:
        return Merged(text)
    return Conflict(text, (Message(NOT_YAML, {"where": path}),))


def _merge(texts: Sequence[str], shape: Shape) -> list[Piece]:
    closed: set[str] = set()
    base, ours, theirs = (
        rows_in(text, is_collection=shape.is_collection, closed=closed) for text in texts
    )
    if not base.entries:
        base.kind = ours.kind if ours.entries else theirs.kind
    for side in (ours, theirs):
        if not side.entries:
            side.kind = base.kind
    if len({base.kind, ours.kind, theirs.kind}) > 1:
        raise UnclearError("kind")
    at = At(shape)
    rows, foot = merge_rows(base, ours, theirs, at)
    if shape.is_collection and ours.kind == MAP:
        rows = _checked(rows, base, ours, theirs, at)
    else:
        _check(rows, ours.kind)
    head = merge_comments(base.head, ours.head, theirs.head)
    return [head, *(piece for each in rows for piece in (each.lead, *each.pieces)), foot]


def _check(rows: Sequence[Outcome], kind: str) -> None:
    """Raises `UnclearError` unless the text says, resolved either way, what it should."""
    if len(rows) == 1 and rows[0].is_copied:
        return
    for name in SIDES:
        text = "".join(each.side(name) for each in rows)
        expected = value_of(rows, name, kind)
        content = Sheet.read(text).content
        if (content or {}) != (expected or {}):
            raise UnclearError(text)


def _checked(
    rows: Sequence[Outcome], base: Rows, ours: Rows, theirs: Rows, at: At
) -> list[Outcome]:
    """*rows*, a record whose text would not say what it should left as a whole to people."""
    by_key = [{each.key: each for each in side.entries} for side in (base, ours, theirs)]
    result: list[Outcome] = []
    for row in rows:
        try:
            _check([row], MAP)
        except UnclearError:
            trio = [entries.get(row.key) for entries in by_key]
            result.append(_as_a_whole(row, trio, at))
        else:
            result.append(row)
    return result


def _as_a_whole(row: Outcome, trio: Sequence[Entry | None], at: At) -> Outcome:
    base, ours, theirs = trio
    if ours is None or theirs is None:
        return row
    whole = whole_clash(base, ours, theirs, at.field(row.key, 0))
    return replace(whole, lead=row.lead, key=row.key)

"""Merging whole files: records and their fields where the YAML is sound, lines otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence

from club.merge.blocks import pieces_of
from club.merge.lines import merge_comments, merge_envelopes
from club.merge.moves import moved_apart
from club.merge.plain import Result, both_versions, is_sound, merge_plainly
from club.merge.result import (
    BOTH_REWROTE,
    SIDES,
    ClashError,
    Conflict,
    Merged,
    Piece,
    marked,
    messages_of,
    resolved,
)
from club.merge.three_way import At, merge_entries
from club.model.field import Field
from club.model.lines import Envelope
from club.model.quick_entries import cut_file
from club.model.record import Part, Record
from club.model.yaml_text import MAP, UnclearError

END = re.compile(r"^\.\.\.(?=\s|$)", re.MULTILINE)
"""What ends a document of YAML: nothing may be added below it."""


def merge_texts(
    base: str,
    ours: str,
    theirs: str,
    model: type[Record] | None,
    part: type[Part] | None = None,
    *,
    in_folder: bool = False,
    path: str = "",
    names: tuple[str, str] = SIDES,
) -> Result:
    """The three-way merge of a data file: by record and by field, nothing lost, no line rewritten.

    *model* says what the fields are; with *in_folder*, the file is one record of it. Of a file that
    is a list, *part* says what tells its items apart.
    """
    if theirs in {ours, base}:
        return Merged(ours)
    if ours == base:
        return Merged(theirs)
    if any(END.search(text) for text in (base, ours, theirs)):
        return merge_plainly(base, ours, theirs, path, names)
    opened = [Envelope.open(text) for text in (base, ours, theirs)]
    envelope = merge_envelopes(*(envelope if text else None for envelope, text in opened))
    at = At(model, Field("", part=part), is_collection=model is not None and not in_folder)
    try:
        pieces = _merge([text for _, text in opened], at)
    except ClashError:
        return both_versions(ours, theirs, path, names, message=BOTH_REWROTE)
    except UnclearError:
        return merge_plainly(base, ours, theirs, path, names)
    text = envelope.close(marked(pieces, names))
    said = messages_of(pieces)
    return Conflict(text, said) if said else Merged(text)


def _merge(texts: Sequence[str], at: At) -> list[Piece]:
    closed: set[str] = set()
    base, ours, theirs = (
        cut_file(text, is_collection=at.is_collection, closed=closed) for text in texts
    )
    if not base.entries:
        base.kind = ours.kind if ours.entries else theirs.kind
    for side in (ours, theirs):
        if not side.entries:
            side.kind = base.kind
    if len({base.kind, ours.kind, theirs.kind}) > 1:
        raise UnclearError("kind")
    apart = moved_apart(base, ours, theirs) if ours.kind == MAP else set()
    outcomes, foot = merge_entries(base, ours, theirs, at, is_proved=True, apart=apart)
    head = merge_comments(base.head, ours.head, theirs.head)
    pieces = [head, *pieces_of(outcomes), foot]
    if not all(entry.is_sound for side in (base, ours, theirs) for entry in side.entries):
        _read_again(pieces)
    return pieces


def _read_again(pieces: Sequence[Piece]) -> None:
    """Raises `UnclearError` if an entry that was not opened, or an alias, is nothing any more."""
    for name in SIDES:
        if not is_sound(resolved(pieces, name)):
            raise UnclearError(name)

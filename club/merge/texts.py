"""Merging whole files: records and their fields where the YAML is sound, lines otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from club.git.merge_file import merge_file
from club.merge.blocks import pieces_of
from club.merge.lines import merge_comments, merge_envelopes
from club.merge.result import (
    NOT_YAML,
    SIDES,
    Clash,
    Conflict,
    Merged,
    Piece,
    marked,
    messages_of,
    resolved,
)
from club.merge.three_way import At, merge_entries
from club.model.lines import Envelope
from club.model.message import Message
from club.model.quick_entries import cut_file
from club.model.record import Record
from club.model.source import compose
from club.model.yaml_text import UnclearError

Result = Merged | Conflict


END = re.compile(r"^\.\.\.(?=\s|$)", re.MULTILINE)
"""What ends a document of YAML: nothing may be added below it."""


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
    if any(END.search(text) for text in (base, ours, theirs)):
        return merge_plainly(base, ours, theirs, path, names)
    opened = [Envelope.open(text) for text in (base, ours, theirs)]
    envelope = merge_envelopes(*(envelope if text else None for envelope, text in opened))
    at = At(model, is_collection=model is not None and not in_folder)
    try:
        pieces = _merge([text for _, text in opened], at)
    except UnclearError:
        return merge_plainly(base, ours, theirs, path, names)
    text = envelope.close(marked(pieces, names))
    said = messages_of(pieces)
    return Conflict(text, said) if said else Merged(text)


def merge_plainly(
    base: str, ours: str, theirs: str, path: str, names: tuple[str, str] = SIDES
) -> Result:
    """What Git itself does, line by line; but lines that agree and make no YAML are a conflict."""
    raw, is_clean = merge_file(base.encode(), ours.encode(), theirs.encode(), names)
    text = raw.decode()
    if is_clean and (_is_yaml(text) or not (_is_yaml(ours) and _is_yaml(theirs))):
        return Merged(text)
    said = (Message(NOT_YAML, {"where": path}),)
    if is_clean:
        here, there = (each.rstrip("\n") + "\n" for each in (ours, theirs))
        text = marked([Clash(here, there, said)], names)
    return Conflict(text, said)


def _is_yaml(text: str) -> bool:
    """Whether anything can read *text*; an alias of nothing cannot be."""
    try:
        compose(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return False
    return True


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
    outcomes, foot = merge_entries(base, ours, theirs, at, is_proved=True)
    head = merge_comments(base.head, ours.head, theirs.head)
    pieces = [head, *pieces_of(outcomes), foot]
    if not all(entry.is_sound for side in (base, ours, theirs) for entry in side.entries):
        _read_again(pieces)
    return pieces


def _read_again(pieces: Sequence[Piece]) -> None:
    """Raises `UnclearError` if an entry that was not opened, or an alias, is nothing any more."""
    for name in SIDES:
        if not _is_yaml(resolved(pieces, name)):
            raise UnclearError(name)

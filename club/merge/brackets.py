"""Lists and mappings between brackets, or written as their only item, merged as blocks are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from club.merge.lines import pick
from club.merge.result import SIDES, Clash, Outcome, Piece, messages_of, resolved
from club.model.entries import Entry, cut_text, cut_value
from club.model.field import Field
from club.model.lines import STEP, moved, moved_below
from club.model.yaml_text import (
    BLOCK_SCALAR,
    FLOW_MAP,
    FLOW_SCALAR,
    FLOW_SEQ,
    MAP,
    SEQ,
    UnclearError,
    YamlText,
)

BESIDE = re.compile(r"\s+#.*$")
"""The comment beside a key."""


@dataclass(frozen=True, slots=True)
class Brackets:
    """How a list or a mapping between brackets is spaced."""

    opening: str
    between: str
    closing: str


@dataclass(frozen=True, slots=True)
class AsBlocks:
    """Three sides of one value rewritten as blocks; *brackets* are how to write it back, if so."""

    base: Entry | None
    ours: Entry
    theirs: Entry
    brackets: Brackets | None

    @classmethod
    def of(cls, base: Entry | None, ours: Entry, theirs: Entry, field: Field) -> AsBlocks | None:
        """The sides as blocks, or None if they are texts, or lists beside mappings."""
        old = base if base and base.value is not None else None
        sides = [side for side in (old, ours, theirs) if side]
        target = _target({side.kind for side in sides}, field, is_new=old is None)
        if target is None or ours.value is None or theirs.value is None:
            return None
        here, there = _as_block(ours, target), _as_block(theirs, target)
        old = _as_block(old, target) if old else None
        if not (ours.value or theirs.value):
            return None
        return cls(old, here, there, _brackets_to_keep(base, ours, theirs))


def _brackets_to_keep(base: Entry | None, ours: Entry, theirs: Entry) -> Brackets | None:
    """The brackets of the side that changed them; None if the value is to stay a block."""
    here, there = (side.kind in {MAP, SEQ} for side in (ours, theirs))
    is_block = (here or there) if base is None else pick(base.kind in {MAP, SEQ}, here, there)
    if is_block:
        return None
    old = base if base and base.value is not None else None
    sides = [side for side in (old, ours, theirs) if side and side.kind in {FLOW_MAP, FLOW_SEQ}]
    return min((_brackets_of(side) for side in sides), key=repr, default=None)


def _target(kinds: set[str], field: Field, *, is_new: bool) -> str | None:
    """What the sides can all be rewritten as: a list, a mapping or neither."""
    lists, maps = kinds & {SEQ, FLOW_SEQ}, kinds & {MAP, FLOW_MAP}
    if field.many and (lists or (field.is_claim and is_new)):
        return SEQ
    if lists and not maps and not kinds & {FLOW_SCALAR, BLOCK_SCALAR}:
        return SEQ
    if maps and not lists and (field.is_claim or not kinds & {FLOW_SCALAR, BLOCK_SCALAR}):
        return MAP
    return None


def _as_block(entry: Entry, target: str) -> Entry:
    """*entry* with its value written as a block: a list or a mapping, one line or more an item."""
    if entry.kind == target or not entry.value:
        return entry
    start = entry.node.start_mark.index - entry.at
    by = -entry.column
    if entry.kind in {MAP, BLOCK_SCALAR}:
        head, comment = _key_part(entry.body[:start].partition("\n")[0]), ""
        inside = [_single_item(entry, target)]
    else:
        stop = entry.node.end_mark.index - entry.at
        head, comment = _key_part(entry.body[:start]), entry.body[stop:].rstrip()
        source = moved_below(entry.body[start:stop], by)
        if entry.kind in {FLOW_MAP, FLOW_SEQ} and _is_flow_of(entry.kind, target):
            inside = _inside_brackets(entry, target)
        else:
            inside = ["- " + source if target == SEQ else "value: " + source]
    if "\n" in comment or "#" in entry.body[:start]:
        raise UnclearError(entry.body)
    body = "".join(moved(part.rstrip("\n"), STEP) + "\n" for part in inside)
    return _only(f"{head}{comment}\n{body}", entry)


def _is_flow_of(kind: str, target: str) -> bool:
    return (kind, target) in {(FLOW_MAP, MAP), (FLOW_SEQ, SEQ)}


def _key_part(head: str) -> str:
    if "\n" in head:
        raise UnclearError(head)
    return head.rstrip(" ")


def _single_item(entry: Entry, target: str) -> str:
    """A block that stands alone, as the first item of a list."""
    if target != SEQ or entry.kind != MAP:
        raise UnclearError(entry.body)
    cut = cut_value(entry)
    if cut.entries[0].lead.strip() or cut.column == entry.column:
        raise UnclearError(entry.body)
    by = -cut.column
    text = "".join(moved(field.lead, by) + moved_below(field.body, by) for field in cut.entries)
    return "- " + moved_below(text + moved(cut.foot, by), STEP).rstrip("\n")


def _inside_brackets(entry: Entry, target: str) -> list[str]:
    """The source of each item or field between the brackets of *entry*."""
    if entry.origin is None or "#" in _between(entry):
        raise UnclearError(entry.body)
    sources = [
        moved_below(entry.origin.text[start:stop], -entry.column) for start, stop in _spans(entry)
    ]
    return [f"- {source}" for source in sources] if target == SEQ else sources


def _spans(entry: Entry) -> list[tuple[int, int]]:
    if entry.kind == FLOW_SEQ:
        return [(item.start_mark.index, item.end_mark.index) for item in entry.node.value]
    return [(key.start_mark.index, value.end_mark.index) for key, value in entry.node.value]


def _between(entry: Entry) -> str:
    """What stands between the items of *entry*: commas, spaces and comments."""
    assert entry.origin is not None
    at, parts = entry.node.start_mark.index + 1, []
    for start, stop in _spans(entry):
        parts.append(entry.origin.text[at:start])
        at = stop
    return "".join([*parts, entry.origin.text[at : entry.node.end_mark.index - 1]])


def _brackets_of(entry: Entry) -> Brackets:
    assert entry.origin is not None
    text, spans = entry.origin.text, _spans(entry)
    start, stop = entry.node.start_mark.index, entry.node.end_mark.index
    if not spans:
        return Brackets(text[start], ", ", text[stop - 1])
    between = text[spans[0][1] : spans[1][0]] if len(spans) > 1 else ", "
    by = -entry.column
    return Brackets(
        moved_below(text[start : spans[0][0]], by),
        moved_below(between, by),
        moved_below(text[spans[-1][1] : stop], by),
    )


def _only(text: str, entry: Entry) -> Entry:
    """The entry that *text* is, at the margin, in place of *entry*."""
    entries = cut_text(YamlText.read(text)).entries
    if len(entries) != 1:
        raise UnclearError(text)
    only = entries[0]
    only.lead = entry.lead
    return only


def to_brackets(outcome: Outcome, blocks: AsBlocks, column: int) -> Outcome:
    """*outcome*, merged as a block, written between brackets again where it fits."""
    assert blocks.brackets is not None
    texts = [_bracketed(resolved(outcome.pieces, name), blocks.brackets, column) for name in SIDES]
    ours, theirs = texts
    if ours is None or _value(ours) != outcome.ours:
        return outcome
    if theirs is None or _value(theirs) != outcome.theirs:
        return outcome
    clash = Clash(ours, theirs, messages_of(outcome.pieces))
    pieces: list[Piece] = [ours] if ours == theirs else [clash]
    return Outcome(outcome.lead, pieces, outcome.ours, outcome.theirs, outcome.key)


def _bracketed(text: str, brackets: Brackets, column: int) -> str | None:
    """The only entry of *text* with its block between brackets; None where it would not fit."""
    only = cut_text(YamlText.read(text.lstrip("\n"))).entries[0]
    if only.kind in {FLOW_MAP, FLOW_SEQ}:
        return text
    head, _, _ = only.body.partition("\n")
    cut = cut_value(only)
    prefix = len("- ") if cut.kind == SEQ else 0
    sources = [entry.body[prefix:].rstrip("\n") for entry in cut.entries]
    if any("\n" in source for source in sources) or any(e.lead.strip() for e in cut.entries):
        return None
    stem = BESIDE.sub("", head)
    body = brackets.opening + brackets.between.join(sources) + brackets.closing
    line = f"{stem} {body}{head[len(stem) :]}\n"
    return " " * column + moved_below(line, column)


def _value(text: str) -> Any:
    try:
        entries = cut_text(YamlText.read(text)).entries
    except UnclearError:
        return None
    return entries[0].value if len(entries) == 1 else None

"""Lists and mappings between brackets, or written as their only item, merged as blocks are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from club.merge.entries import (
    BLOCK,
    FLOW_MAP,
    FLOW_SEQ,
    MAP,
    SCALAR,
    SEQ,
    Entry,
    Sheet,
    UnclearError,
    inner_rows,
    moved,
    rows_of,
    shifted,
)
from club.merge.lines import pick
from club.merge.result import OURS, SIDES, THEIRS, Clash, Outcome, messages_of, resolved
from club.merge.shapes import Shape

WIDTH = "  "
BESIDE = re.compile(r"\s+#.*$")
"""The comment beside a key."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a list or a mapping between brackets is spaced."""

    opening: str
    gap: str
    closing: str


@dataclass(frozen=True, slots=True)
class Block:
    """The three sides of one value, each rewritten as a block; *style* is how to write it back."""

    base: Entry | None
    ours: Entry
    theirs: Entry
    style: Style | None

    @classmethod
    def of(cls, base: Entry | None, ours: Entry, theirs: Entry, shape: Shape) -> Block | None:
        """The sides as blocks, or None if they are texts, or lists beside mappings."""
        old = base if base and base.value is not None else None
        sides = [each for each in (old, ours, theirs) if each]
        target = _target({each.kind for each in sides}, shape, is_new=old is None)
        if target is None or ours.value is None or theirs.value is None:
            return None
        blocks = [_as_block(each, target) for each in (ours, theirs)]
        old = _as_block(old, target) if old else None
        if not (ours.value or theirs.value):
            return None
        here, there = (each.kind in {MAP, SEQ} for each in (ours, theirs))
        was_block = base.kind in {MAP, SEQ} if base else None
        as_block = (here or there) if base is None else pick(was_block, here, there)
        styles = [_style(each) for each in sides if each.kind in {FLOW_MAP, FLOW_SEQ}]
        style = None if as_block else min((each for each in styles if each), key=repr, default=None)
        return cls(old, blocks[0], blocks[1], style)


def _target(kinds: set[str], shape: Shape, *, is_new: bool) -> str | None:
    """What the sides can all be rewritten as: a list, a mapping or neither."""
    lists, maps = kinds & {SEQ, FLOW_SEQ}, kinds & {MAP, FLOW_MAP}
    if shape.many and (lists or (shape.is_claim and is_new)):
        return SEQ
    if lists and not maps and not kinds & {SCALAR, BLOCK}:
        return SEQ
    if maps and not lists and (shape.is_claim or not kinds & {SCALAR, BLOCK}):
        return MAP
    return None


def _as_block(entry: Entry, target: str) -> Entry:
    """*entry* with its value written as a block: a list or a mapping, one line or more an item."""
    if entry.kind == target or not entry.value:
        return entry
    start = entry.node.start_mark.index - entry.at
    by = -entry.column
    if entry.kind in {MAP, BLOCK}:
        head, comment = _key_part(entry.body[:start].partition("\n")[0]), ""
        rows = [_single_item(entry, target)]
    else:
        stop = entry.node.end_mark.index - entry.at
        head, comment = _key_part(entry.body[:start]), entry.body[stop:].rstrip()
        source = shifted(entry.body[start:stop], by)
        if entry.kind in {FLOW_MAP, FLOW_SEQ} and _is_flow_of(entry.kind, target):
            rows = _rows_in(entry, target)
        else:
            rows = ["- " + source if target == SEQ else "value: " + source]
    if "\n" in comment or "#" in entry.body[:start]:
        raise UnclearError(entry.body)
    body = "".join(moved(row, len(WIDTH)) + "\n" for row in (each.rstrip("\n") for each in rows))
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
    rows = inner_rows(entry)
    if rows.entries[0].lead.strip() or rows.column == entry.column:
        raise UnclearError(entry.body)
    text = "".join(
        moved(each.lead, -rows.column) + shifted(each.body, -rows.column) for each in rows.entries
    )
    return "- " + shifted(text + moved(rows.foot, -rows.column), len(WIDTH)).rstrip("\n")


def _rows_in(entry: Entry, target: str) -> list[str]:
    """The source of each item or field between the brackets of *entry*."""
    sheet = entry.sheet
    if sheet is None or "#" in _gaps(entry):
        raise UnclearError(entry.body)
    rows: list[str] = []
    for start, stop in _spans(entry):
        source = shifted(sheet.text[start:stop], -entry.column)
        rows.append("- " + source if target == SEQ else source)
    return rows


def _spans(entry: Entry) -> list[tuple[int, int]]:
    if entry.kind == FLOW_SEQ:
        return [(each.start_mark.index, each.end_mark.index) for each in entry.node.value]
    return [(key.start_mark.index, value.end_mark.index) for key, value in entry.node.value]


def _gaps(entry: Entry) -> str:
    """What stands between the items of *entry*: commas, spaces and comments."""
    assert entry.sheet is not None
    at, parts = entry.node.start_mark.index + 1, []
    for start, stop in _spans(entry):
        parts.append(entry.sheet.text[at:start])
        at = stop
    return "".join([*parts, entry.sheet.text[at : entry.node.end_mark.index - 1]])


def _style(entry: Entry) -> Style | None:
    assert entry.sheet is not None
    text, spans = entry.sheet.text, _spans(entry)
    start, stop = entry.node.start_mark.index, entry.node.end_mark.index
    if not spans:
        return Style(text[start], ", ", text[stop - 1])
    gap = text[spans[0][1] : spans[1][0]] if len(spans) > 1 else ", "
    by = -entry.column
    return Style(
        shifted(text[start : spans[0][0]], by),
        shifted(gap, by),
        shifted(text[spans[-1][1] : stop], by),
    )


def _only(text: str, entry: Entry) -> Entry:
    """The entry that *text* is, at the margin, in place of *entry*."""
    rows = rows_of(Sheet.read(text))
    if len(rows.entries) != 1:
        raise UnclearError(text)
    only = rows.entries[0]
    only.lead = entry.lead
    return only


def to_flow(outcome: Outcome, block: Block, column: int) -> Outcome:
    """*outcome*, merged as a block, written between brackets again where it fits."""
    assert block.style is not None
    texts = [_bracketed(resolved(outcome.pieces, name), block.style, column) for name in SIDES]
    found = dict(zip(SIDES, texts, strict=True))
    if any(text is None or _value(text) != outcome.value(name) for name, text in found.items()):
        return outcome
    ours, theirs = str(found[OURS]), str(found[THEIRS])
    pieces = [ours] if ours == theirs else [Clash(ours, theirs, messages_of(outcome.pieces))]
    return Outcome(outcome.lead, [*pieces], outcome.ours, outcome.theirs, outcome.key)


def _bracketed(text: str, style: Style, column: int) -> str | None:
    """The only entry of *text* with its block between brackets; None where it would not fit."""
    only = rows_of(Sheet.read(text.lstrip("\n"))).entries[0]
    if only.kind in {FLOW_MAP, FLOW_SEQ}:
        return text
    head, _, _ = only.body.partition("\n")
    rows = inner_rows(only)
    prefix = len("- ") if rows.kind == SEQ else 0
    sources = [each.body[prefix:].rstrip("\n") for each in rows.entries]
    if any("\n" in each for each in sources) or any(each.lead.strip() for each in rows.entries):
        return None
    stem = BESIDE.sub("", head)
    body = style.opening + style.gap.join(sources) + style.closing
    line = f"{stem} {body}{head[len(stem) :]}\n"
    return " " * column + shifted(line, column)


def _value(text: str) -> Any:
    try:
        entries = rows_of(Sheet.read(text)).entries
    except UnclearError:
        return None
    return entries[0].value if len(entries) == 1 else None

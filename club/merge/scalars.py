"""Merging a value written as one text: by what changed, and by line where it has lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from club.merge.lines import Overlap, merge_lines, pick
from club.merge.result import Clash, Outcome
from club.model.entries import Entry
from club.model.lines import moved_below, width
from club.model.yaml_text import BLOCK_SCALAR, FLOW_SCALAR, MAP, SEQ, UnclearError, YamlText

COMMENT = re.compile(r"(?:^|(?<=\s))#.*")
EXPLICIT_INDENT = re.compile(r"[|>][+-]?\d")


@dataclass(frozen=True, slots=True)
class Scalar:
    """An entry as its key, its value's own text and what follows on the line, at the margin."""

    head: str
    text: str
    tail: str


def _scalar_of(entry: Entry) -> Scalar:
    """The parts of *entry*, whose value is not a block of entries."""
    start = entry.node.start_mark.index - entry.at
    stop = entry.node.end_mark.index - entry.at
    if entry.kind == BLOCK_SCALAR:
        stop = len(entry.body)
    head, text, tail = entry.body[:start], entry.body[start:stop], entry.body[stop:]
    by = -entry.column
    return Scalar(moved_below(head, by), moved_below(text, by), moved_below(tail, by))


def merge_scalars(
    base: Entry | None, ours: Entry, theirs: Entry, column: int, *, is_text: bool
) -> Outcome | None:
    """The entry with the value of the side that changed it; None if both did."""
    if {ours.kind, theirs.kind} & {MAP, SEQ}:
        return None
    old = base.value if base else None
    if ours.value == theirs.value or (base and ours.value == old):
        chosen = theirs if ours.value != theirs.value else None
    elif base and theirs.value == old:
        chosen = ours
    else:
        return _by_line(base, ours, theirs, column) if base and is_text else None
    return _recombined(base, ours, theirs, chosen, column)


def _recombined(
    base: Entry | None, ours: Entry, theirs: Entry, chosen: Entry | None, column: int
) -> Outcome:
    """The chosen value with the key and the comment of the side that changed those."""
    old = _scalar_of(base) if base and base.kind not in {MAP, SEQ} else None
    here, there = _scalar_of(ours), _scalar_of(theirs)
    if chosen is None:
        text = pick(old.text if old else None, here.text, there.text)
        chosen = ours if here.text == text else theirs
    own = here if chosen is ours else there
    kinds = {side.kind for side in (base, ours, theirs) if side}
    head, tail = own.head, own.tail
    if not kinds & {BLOCK_SCALAR, MAP, SEQ} and "\n" not in here.head + there.head:
        head = pick(old.head if old else None, here.head, there.head)
        tail = pick(old.tail if old else None, here.tail, there.tail)
    shown = set(COMMENT.findall(tail + head))
    known = set(COMMENT.findall(old.tail + old.head)) if old else set()
    written = {said for side in (here, there) for said in COMMENT.findall(side.head + side.tail)}
    lead = "".join(f"{' ' * column}{lost}\n" for lost in sorted(written - shown - known))
    body = " " * column + moved_below(head + own.text + tail, column)
    return Outcome(lead, [_ended(body)], chosen.value, chosen.value)


def _ended(text: str) -> str:
    return text if text.endswith("\n") else text + "\n"


def _by_line(base: Entry, ours: Entry, theirs: Entry, column: int) -> Outcome | None:
    """A text of several lines, merged line by line; None if it is not one on all sides."""
    kinds = {side.kind for side in (base, ours, theirs)}
    if len(kinds) > 1 or kinds - {BLOCK_SCALAR, FLOW_SCALAR}:
        return None
    headers, indents, lines = zip(*(_lines_of(side) for side in (base, ours, theirs)), strict=True)
    if kinds == {FLOW_SCALAR} and min(map(len, lines)) < 2:
        return None
    header, indent = pick(*headers), pick(*indents)
    merged = merge_lines(*lines)
    if kinds == {FLOW_SCALAR} and any(isinstance(part, Overlap) for part in merged):
        return None
    sides = [
        " " * column + _assembled(header, indent + column, merged, is_ours=is_ours)
        for is_ours in (True, False)
    ]
    values = [_value_in(text) for text in sides]
    if sides[0] == sides[1]:
        return Outcome("", [sides[0]], *values)
    return Outcome("", [Clash(sides[0], sides[1], ())], *values)


def _lines_of(entry: Entry) -> tuple[str, int, list[str]]:
    """What stands before the text, how deep its lines are, and the lines at the margin."""
    scalar = _scalar_of(entry)
    whole = scalar.head + scalar.text + scalar.tail
    if entry.kind == BLOCK_SCALAR:
        header, _, rest = whole.partition("\n")
        if EXPLICIT_INDENT.match(scalar.text):
            raise UnclearError(header)
        lines = rest.removesuffix("\n").split("\n")
        indent = min((width(line) for line in lines if line.strip()), default=0)
        return header + "\n", indent, [line[indent:] if line.strip() else "" for line in lines]
    if scalar.tail.strip():
        raise UnclearError(scalar.tail)
    lines = scalar.text.split("\n")
    indent = min((width(line) for line in lines[1:] if line.strip()), default=0)
    return scalar.head, indent, [line.strip() for line in lines]


def _assembled(header: str, indent: int, merged: list[str | Overlap], *, is_ours: bool) -> str:
    lines: list[str] = []
    for part in merged:
        lines += [part] if isinstance(part, str) else part.ours if is_ours else part.theirs
    margin = " " * indent
    if header.endswith("\n"):
        return header + "".join(margin + line + "\n" if line else "\n" for line in lines)
    return header + ("\n" + margin).join(lines) + "\n"


def _value_in(text: str) -> Any:
    """The only value in *text*, one entry at some depth."""
    content = YamlText.read(text).content
    if not isinstance(content, dict | list) or len(content) != 1:
        raise UnclearError(text)
    return next(iter(content.values())) if isinstance(content, dict) else content[0]

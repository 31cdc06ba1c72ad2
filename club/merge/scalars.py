"""Merging a value written as one text: by what changed, and by line where it has lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from club.merge.entries import BLOCK, MAP, SCALAR, SEQ, Entry, Sheet, UnclearError, shifted
from club.merge.lines import Overlap, merge_lines, pick
from club.merge.result import Clash, Outcome

COMMENT = re.compile(r"(?:^|(?<=\s))#.*")
EXPLICIT_INDENT = re.compile(r"[|>][+-]?\d")


@dataclass(frozen=True, slots=True)
class Parts:
    """An entry as its key, its value's own text and what follows on the line, at the margin."""

    head: str
    text: str
    tail: str


def parts_of(entry: Entry) -> Parts:
    """The parts of *entry*, whose value is not a block of entries."""
    start = entry.node.start_mark.index - entry.at
    stop = entry.node.end_mark.index - entry.at
    if entry.kind == BLOCK:
        stop = len(entry.body)
    head, text, tail = entry.body[:start], entry.body[start:stop], entry.body[stop:]
    by = -entry.column
    return Parts(shifted(head, by), shifted(text, by), shifted(tail, by))


def merge(
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
    old = parts_of(base) if base and base.kind not in {MAP, SEQ} else None
    here, there = parts_of(ours), parts_of(theirs)
    if chosen is None:
        texts = (ours, here.text), (theirs, there.text)
        text = pick(old.text if old else None, here.text, there.text)
        chosen = next(each for each, found in texts if found == text)
    own = here if chosen is ours else there
    kinds = {each.kind for each in (base, ours, theirs) if each}
    head, tail = own.head, own.tail
    if not kinds & {BLOCK, MAP, SEQ} and not any("\n" in each.head for each in (here, there)):
        head = pick(old.head if old else None, here.head, there.head)
        tail = pick(old.tail if old else None, here.tail, there.tail)
    shown = set(COMMENT.findall(tail + head))
    known = set(COMMENT.findall(old.tail + old.head)) if old else set()
    found = [each for part in (here, there) for each in COMMENT.findall(part.head + part.tail)]
    lost = [each for each in dict.fromkeys(sorted(found)) if each not in shown | known]
    lead = "".join(f"{' ' * column}{each}\n" for each in lost)
    body = " " * column + shifted(head + own.text + tail, column)
    return Outcome(lead, [_ended(body)], chosen.value, chosen.value)


def _ended(text: str) -> str:
    return text if text.endswith("\n") else text + "\n"


def _by_line(base: Entry, ours: Entry, theirs: Entry, column: int) -> Outcome | None:
    """A text of several lines, merged line by line; None if it is not one on all sides."""
    kinds = {each.kind for each in (base, ours, theirs)}
    if len(kinds) > 1 or kinds - {BLOCK, SCALAR}:
        return None
    texts = [_lines_of(each) for each in (base, ours, theirs)]
    (first, indent, _), one, two = texts
    if kinds == {SCALAR} and min(len(each[2]) for each in texts) < 2:
        return None
    header = pick(first, one[0], two[0])
    indent = pick(indent, one[1], two[1])
    merged = merge_lines(*(each[2] for each in texts))
    if kinds == {SCALAR} and any(isinstance(each, Overlap) for each in merged):
        return None
    sides = [
        " " * column + _assembled(header, indent + column, merged, is_ours=is_ours)
        for is_ours in (True, False)
    ]
    values = [_value_in(each) for each in sides]
    if sides[0] == sides[1]:
        return Outcome("", [sides[0]], *values)
    return Outcome("", [Clash(sides[0], sides[1], ())], *values)


def _lines_of(entry: Entry) -> tuple[str, int, list[str]]:
    """What stands before the text, how deep its lines are, and the lines at the margin."""
    parts = parts_of(entry)
    whole = parts.head + parts.text + parts.tail
    if entry.kind == BLOCK:
        header, _, rest = whole.partition("\n")
        if EXPLICIT_INDENT.match(parts.text):
            raise UnclearError(header)
        lines = rest.removesuffix("\n").split("\n")
        width = min((_width(line) for line in lines if line.strip()), default=0)
        return header + "\n", width, [line[width:] if line.strip() else "" for line in lines]
    if parts.tail.strip():
        raise UnclearError(parts.tail)
    lines = parts.text.split("\n")
    width = min((_width(line) for line in lines[1:] if line.strip()), default=0)
    return parts.head, width, [line.strip() for line in lines]


def _width(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _assembled(header: str, indent: int, merged: list[str | Overlap], *, is_ours: bool) -> str:
    lines: list[str] = []
    for each in merged:
        lines += [each] if isinstance(each, str) else each.ours if is_ours else each.theirs
    margin = " " * indent
    if header.endswith("\n"):
        return header + "".join(margin + line + "\n" if line else "\n" for line in lines)
    return header + ("\n" + margin).join(lines) + "\n"


def _value_in(text: str) -> Any:
    """The only value in *text*, one entry at some depth."""
    content = Sheet.read(text).content
    if not isinstance(content, dict | list) or len(content) != 1:
        raise UnclearError(text)
    return next(iter(content.values())) if isinstance(content, dict) else content[0]

"""Three-way by line: texts, comments, and what surrounds the lines of a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, TypeVar

from club.model.lines import Envelope

T = TypeVar("T")


def pick(base: T | None, ours: T, theirs: T, key: Callable[[T], Any] = repr) -> T:
    """What the side that changed says; if both did, the first in an order that has no sides."""
    if theirs in (ours, base):
        return ours
    return theirs if ours == base else min(ours, theirs, key=key)


@dataclass(frozen=True, slots=True)
class Edit:
    """Lines *start* to *stop* of the base become *lines* on one side."""

    start: int
    stop: int
    lines: tuple[str, ...]
    is_ours: bool


@dataclass(frozen=True, slots=True)
class Overlap:
    """Lines that both sides changed, each in its way."""

    ours: tuple[str, ...]
    theirs: tuple[str, ...]


def merge_lines(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> list[str | Overlap]:
    """The lines of both sides; edits of different lines combine, even of neighbouring ones."""
    edits = sorted(
        [*_edits(base, ours, is_ours=True), *_edits(base, theirs, is_ours=False)],
        key=lambda edit: (edit.start, edit.stop),
    )
    result: list[str | Overlap] = []
    at = 0
    for group in _groups(edits):
        start, stop = min(edit.start for edit in group), max(edit.stop for edit in group)
        result += base[at:start]
        sides = [_applied(base, start, stop, group, is_ours=is_ours) for is_ours in (True, False)]
        if len({edit.is_ours for edit in group}) == 1:
            result += sides[0 if group[0].is_ours else 1]
        elif sides[0] == sides[1]:
            result += sides[0]
        else:
            result.append(Overlap(*sides))
        at = stop
    return [*result, *base[at:]]


def _edits(base: Sequence[str], side: Sequence[str], *, is_ours: bool) -> list[Edit]:
    codes = SequenceMatcher(None, base, side, autojunk=False).get_opcodes()
    return [Edit(i, j, tuple(side[k:m]), is_ours) for tag, i, j, k, m in codes if tag != "equal"]


def _groups(edits: Sequence[Edit]) -> list[list[Edit]]:
    """Edits that touch the same lines, or add at the same place, together."""
    groups: list[list[Edit]] = []
    stop = -1
    for edit in edits:
        last = groups[-1][-1] if groups else None
        is_same_place = last is not None and last.start == last.stop == edit.start == edit.stop
        if groups and (edit.start < stop or is_same_place):
            groups[-1].append(edit)
        else:
            groups.append([edit])
        stop = max(stop, edit.stop)
    return groups


def _applied(
    base: Sequence[str], start: int, stop: int, group: Sequence[Edit], *, is_ours: bool
) -> tuple[str, ...]:
    lines: list[str] = []
    for edit in group:
        if edit.is_ours is is_ours:
            lines += [*base[start : edit.start], *edit.lines]
            start = edit.stop
    return (*lines, *base[start:stop])


def merge_comments(base: str, ours: str, theirs: str) -> str:
    """Comments and blank lines of both sides; where both changed them, both remain."""
    if theirs in {ours, base}:
        return ours
    if ours == base:
        return theirs
    sides = [text.splitlines(keepends=True) for text in (base, ours, theirs)]
    result: list[str] = []
    for part in merge_lines(*sides):
        if isinstance(part, str):
            result.append(part)
            continue
        first, second = sorted((part.ours, part.theirs))
        result += [*first, *(line for line in second if line.strip() and line not in first)]
    return "".join(result)


def merge_envelopes(
    base: Envelope | None, ours: Envelope | None, theirs: Envelope | None
) -> Envelope:
    """Each part as the side that changed it has it; an empty file, None here, has no say."""
    here, there = ours or theirs or Envelope(), theirs or ours or Envelope()
    return Envelope(
        pick(base.bom if base else None, here.bom, there.bom),
        pick(base.newline if base else None, here.newline, there.newline),
        pick(base.is_ended if base else None, here.is_ended, there.is_ended),
    )

"""Writing the rows of a block under their key, or after their dash."""

from __future__ import annotations

from collections.abc import Sequence

from club.merge.entries import MAP, moved
from club.merge.result import (
    ABSENT,
    SIDES,
    Clash,
    Outcome,
    Piece,
    messages_of,
    resolved,
)


def value_of(rows: Sequence[Outcome], name: str, kind: str) -> object:
    """The mapping or list that *rows* make, every clash resolved as *name* has it."""
    kept = [each for each in rows if each.value(name) is not ABSENT]
    if kind == MAP:
        return {each.key: each.value(name) for each in kept}
    return [each.value(name) for each in kept]


def compact(head: str, rows: Sequence[Outcome], foot: str, column: int, margin: int) -> Outcome:
    """Rows whose first stands on the line of the dash; *column* is where it starts."""
    dash = " " * margin + head
    if not rows:
        return Outcome()
    first, others = rows[0], rows[1:]
    rest: list[Piece] = [piece for each in others for piece in (each.lead, *each.pieces)] + [foot]
    start = first.pieces[0]
    if isinstance(start, str):
        return Outcome(
            moved(first.lead, margin - column), [dash + start[column:], *first.pieces[1:], *rest]
        )
    if start.ours and start.theirs and not first.lead:
        clash = Clash(dash + start.ours[column:], dash + start.theirs[column:], start.messages)
        return Outcome("", [clash, *first.pieces[1:], *rest])
    pieces = [piece for each in rows for piece in (each.lead, *each.pieces)] + [foot]
    sides = [_dashed(rows, foot, name, dash, column) for name in SIDES]
    return Outcome("", [Clash(sides[0], sides[1], messages_of(pieces))])


def _dashed(rows: Sequence[Outcome], foot: str, name: str, dash: str, column: int) -> str:
    """The item as the side *name* resolves it, the dash before its first field."""
    kept = [each for each in rows if each.value(name) is not ABSENT]
    if not kept:
        return ""
    first, *others = kept
    lead = first.lead
    text = resolved(first.pieces, name)
    while text.lstrip(" \n").startswith("#"):  # a clash holds the comments above its field
        line, _, text = text.partition("\n")
        lead += line + "\n"
    text = text.lstrip("\n")
    below = "".join(each.side(name) for each in others)
    return lead + dash + text[column:] + below + foot


def with_empty(
    outcome: Outcome, head: str, values: tuple[object, object], kind: str, margin: int
) -> Outcome:
    """*outcome* with brackets where a side leaves no row, as nothing at all would mean null."""
    brackets = "{}" if kind == MAP else "[]"
    stem, hash_sign, comment = head.rstrip("\n").partition(" #")
    empty = f"{' ' * margin}{stem.rstrip()} {brackets}{hash_sign}{comment}\n"
    sides = [
        resolved(outcome.pieces, name) if value else empty
        for name, value in zip(SIDES, values, strict=True)
    ]
    if not any(values):
        return Outcome(outcome.lead, [empty], *values)
    return Outcome(outcome.lead, [Clash(sides[0], sides[1], messages_of(outcome.pieces))], *values)

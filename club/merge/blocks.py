"""Writing the merged entries of a block under their key, or after their dash."""

from __future__ import annotations

from collections.abc import Sequence

from club.merge.result import (
    ABSENT,
    SIDES,
    Clash,
    Outcome,
    Piece,
    messages_of,
    resolved,
)
from club.model.lines import moved
from club.model.yaml_text import MAP


def value_of(outcomes: Sequence[Outcome], name: str, kind: str) -> object:
    """The mapping or list that *outcomes* make, every clash resolved as *name* has it."""
    kept = [outcome for outcome in outcomes if outcome.value(name) is not ABSENT]
    if kind == MAP:
        return {outcome.key: outcome.value(name) for outcome in kept}
    return [outcome.value(name) for outcome in kept]


def pieces_of(outcomes: Sequence[Outcome]) -> list[Piece]:
    """The lines of *outcomes*, one below the other."""
    return [piece for outcome in outcomes for piece in (outcome.lead, *outcome.pieces)]


def compact(head: str, outcomes: Sequence[Outcome], foot: str, column: int, margin: int) -> Outcome:
    """Fields whose first stands on the line of the dash; *column* is where it starts."""
    dash = " " * margin + head
    if not outcomes:
        return Outcome()
    first, others = outcomes[0], outcomes[1:]
    rest = [*pieces_of(others), foot]
    start = first.pieces[0]
    if isinstance(start, str):
        return Outcome(
            moved(first.lead, margin - column), [dash + start[column:], *first.pieces[1:], *rest]
        )
    if start.ours and start.theirs and not first.lead:
        clash = Clash(dash + start.ours[column:], dash + start.theirs[column:], start.messages)
        return Outcome("", [clash, *first.pieces[1:], *rest])
    sides = [_dashed(outcomes, foot, name, dash, column) for name in SIDES]
    return Outcome("", [Clash(sides[0], sides[1], messages_of(pieces_of(outcomes)))])


def _dashed(outcomes: Sequence[Outcome], foot: str, name: str, dash: str, column: int) -> str:
    """The item as the side *name* resolves it, the dash before its first field."""
    kept = [outcome for outcome in outcomes if outcome.value(name) is not ABSENT]
    if not kept:
        return ""
    first, *others = kept
    lead = first.lead
    text = resolved(first.pieces, name)
    while text.lstrip(" \n").startswith("#"):  # a clash holds the comments above its field
        line, _, text = text.partition("\n")
        lead += line + "\n"
    text = text.lstrip("\n")
    below = "".join(outcome.side(name) for outcome in others)
    return lead + dash + text[column:] + below + foot


def with_empty(
    outcome: Outcome, head: str, values: tuple[object, object], kind: str, margin: int
) -> Outcome:
    """*outcome* with brackets where a side leaves no entry, as nothing at all would mean null."""
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

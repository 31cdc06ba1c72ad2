"""Merging entries: fields and items of three sides into the lines of one text.

Text is copied from the sides, never written anew, so comments, quoting and order survive. What
only one side changed is taken from it; what both changed is opened and merged inside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from club.merge import scalars as leaf
from club.merge.align import canonical, labels, order
from club.merge.blocks import compact, value_of, with_empty
from club.merge.brackets import Block, to_flow
from club.merge.entries import MAP, SEQ, Entry, Rows, UnclearError, inner_rows, moved, shifted
from club.merge.lines import merge_comments, pick
from club.merge.result import (
    ABSENT,
    BOTH_REWROTE,
    OURS,
    REMOVED_HERE,
    REMOVED_THERE,
    SIDES,
    THEIRS,
    Clash,
    Outcome,
    Piece,
    both_changed,
    resolved,
    where,
)
from club.merge.shapes import Shape
from club.model.message import Message
from club.model.source import Key, Keys

COMMENT = re.compile(r"(?:^|(?<=\s))#.*")


@dataclass(frozen=True, slots=True)
class At:
    """Where the merge stands: the shape there, the keys and their labels, the column to write."""

    shape: Shape
    keys: Keys = ()
    labels: tuple[str, ...] = ()
    column: int = 0

    def field(self, key: str, column: int) -> At:
        """The field *key* of what stands here."""
        shape = self.shape.field(key)
        return At(shape, (*self.keys, key), (*self.labels, shape.label), column)

    def item(self, name: Key, column: int) -> At:
        """The item called *name* of the list that stands here."""
        return At(self.shape.item, (*self.keys, name), (*self.labels, ""), column)

    def say(self, message: str) -> Message:
        """The sentence *message* about this place."""
        return Message(message, {"where": where(self.keys, self.labels)})


def merge_rows(base: Rows | None, ours: Rows, theirs: Rows, at: At) -> tuple[list[Outcome], str]:
    """Every row of the result in order, and what stands below the last."""
    sides = (base.entries if base else [], ours.entries, theirs.entries)
    names: list[list[Key]]
    if ours.kind == MAP:
        names = [[each.key for each in side] for side in sides]
    else:
        olds, here, there = ([each.value for each in side] for side in sides)
        names = [list(each) for each in labels(olds, here, there, at.shape)]
    by_name = [
        dict(zip(keys, entries, strict=True)) for keys, entries in zip(names, sides, strict=True)
    ]
    rows: dict[Key, Outcome] = {}
    for name in dict.fromkeys([*names[1], *names[2]]):
        trio = [entries.get(name) for entries in by_name]
        inside = _inside(at, name, trio, ours.kind)
        if outcome := merge_row(trio[0], trio[1], trio[2], inside):
            rows[name] = outcome
    every = dict.fromkeys(name for side in names for name in side)
    sort_key = {name: _sort_key(name, [each.get(name) for each in by_name]) for name in every}
    foot = merge_comments(*(_placed_foot(each, at.column) for each in (base, ours, theirs)))
    found = order(names[0], names[1], names[2], rows, sort_key)
    return [rows[name] for name in found], foot


def _inside(at: At, name: Key, trio: Sequence[Entry | None], kind: str) -> At:
    if kind == MAP:
        return at.field(str(name), at.column)
    value = next((each.value for each in trio if each), None)
    fields = value if isinstance(value, dict) else {}
    said = [str(fields[key]) for key in at.shape.identity if fields.get(key)]
    return at.item(" ".join(said) or str(value if isinstance(value, str) else name), at.column)


def _sort_key(name: Key, trio: Sequence[Entry | None]) -> str:
    """What orders a new row among others, the same whichever side is ours."""
    if isinstance(name, str):
        return name
    base, ours, theirs = trio
    found = [base] if base else [each for each in (ours, theirs) if each]
    return min(_dated(each.value) for each in found)


def _dated(value: object) -> str:
    """A step or an answer by its date first: what both sides add to a history stays in order."""
    date = str(value.get("date") or "") if isinstance(value, dict) else ""
    return date + canonical(value)


def _placed_foot(rows: Rows | None, column: int) -> str:
    return moved(rows.foot, column - rows.column) if rows else ""


def merge_row(
    base: Entry | None, ours: Entry | None, theirs: Entry | None, at: At
) -> Outcome | None:
    """One entry merged; None if it is gone."""
    if ours and theirs:
        return _merge_both(base, ours, theirs, at)
    kept = ours or theirs
    if kept is None:
        return None
    whole = placed(kept, at.column)
    if base is None:
        return whole
    if is_unchanged(base, kept):
        return None
    text = whole.side(OURS)
    whole.ours = kept.opened().value
    name = THEIRS if kept is theirs else OURS
    said = (at.say(REMOVED_HERE if name == THEIRS else REMOVED_THERE),)
    clash = Clash(text if name == OURS else "", text if name == THEIRS else "", said)
    gone = {side: ABSENT if side != name else whole.ours for side in SIDES}
    return Outcome("", [clash], gone[OURS], gone[THEIRS], kept.key)


def is_unchanged(base: Entry, side: Entry) -> bool:
    """Whether *side* says what *base* said, with no comment of its own."""
    if base.text == side.text and base.lead == side.lead:
        return True
    base, side = base.opened(), side.opened()
    old, new = (set(COMMENT.findall(each.lead + each.body)) for each in (base, side))
    return bool(base.value == side.value and new <= old)


def placed(entry: Entry, column: int) -> Outcome:
    """*entry* as it is, moved to *column*."""
    by = column - entry.column
    body = " " * column + shifted(entry.body, by)
    if not body.endswith("\n"):
        body += "\n"
    return Outcome(
        moved(entry.lead, by), [body], entry.value, entry.value, entry.key, is_copied=True
    )


def _merge_both(base: Entry | None, ours: Entry, theirs: Entry, at: At) -> Outcome:
    lead = merge_comments(
        *(
            moved(each.lead, at.column - each.column) if each else ""
            for each in (base, ours, theirs)
        )
    )
    if ours.text == theirs.text or (base and theirs.text == base.text):
        outcome = placed(ours, at.column)
    elif base and ours.text == base.text:
        outcome = placed(theirs, at.column)
    else:
        trio = (base.opened() if base else None, ours.opened(), theirs.opened())
        outcome = _merge_inside(*trio, at)
        outcome.key = ours.key
        lead += outcome.lead
    outcome.lead = lead
    return outcome


def _merge_inside(base: Entry | None, ours: Entry, theirs: Entry, at: At) -> Outcome:
    """An entry that both sides changed, opened."""
    try:
        if {ours.kind, theirs.kind} <= {MAP, SEQ} and ours.kind == theirs.kind:
            old = base if base and base.kind == ours.kind else None
            if old or base is None:
                return _merge_blocks(old, ours, theirs, at)
        if outcome := leaf.merge(base, ours, theirs, at.column, is_text=at.shape.is_text):
            return _named(outcome, at)
        if block := Block.of(base, ours, theirs, at.shape):
            outcome = _merge_blocks(block.base, block.ours, block.theirs, at)
            return to_flow(outcome, block, at.column) if block.style else outcome
    except UnclearError:
        pass
    return whole_clash(base, ours, theirs, at)


def _named(outcome: Outcome, at: At) -> Outcome:
    """*outcome* with its clashes said at their place."""
    said = (at.say(BOTH_REWROTE),)
    outcome.pieces = [
        each if isinstance(each, str) else Clash(each.ours, each.theirs, said)
        for each in outcome.pieces
    ]
    return outcome


def whole_clash(base: Entry | None, ours: Entry, theirs: Entry, at: At) -> Outcome:
    """The two versions of an entry side by side, unless only one changed what it says."""
    here, there = placed(ours, at.column), placed(theirs, at.column)
    if base and ours.value == base.value:
        return Outcome(pieces=there.pieces, ours=theirs.value, theirs=theirs.value)
    if ours.value == theirs.value:
        chosen = pick(base.text if base else None, ours.text, theirs.text)
        same = here if chosen == ours.text else there
        return Outcome(pieces=same.pieces, ours=ours.value, theirs=ours.value)
    if base and theirs.value == base.value:
        return Outcome(pieces=here.pieces, ours=ours.value, theirs=ours.value)
    said = both_changed(where(at.keys, at.labels), ours.value, theirs.value)
    clash = Clash(resolved(here.pieces, OURS), resolved(there.pieces, THEIRS), (said,))
    return Outcome(pieces=[clash], ours=ours.value, theirs=theirs.value)


def _merge_blocks(base: Entry | None, ours: Entry, theirs: Entry, at: At) -> Outcome:
    """An entry whose value is a block on both sides: its head, then its rows."""
    trio = [base, ours, theirs]
    heads = [_head(each) if each and each.value else None for each in trio]
    here, there = heads[1] or heads[2], heads[2] or heads[1]
    if here is None or there is None:
        raise UnclearError(ours.body)
    head, offset = pick(heads[0], here, there)
    column = at.column + offset
    rows, foot = merge_rows(
        inner_rows(base) if base else None,
        inner_rows(ours),
        inner_rows(theirs),
        At(at.shape, at.keys, at.labels, column),
    )
    lead = "".join(_lost_comments(heads, head, at.column))
    kind = MAP if isinstance(ours.value, dict) else SEQ
    values = (value_of(rows, OURS, kind), value_of(rows, THEIRS, kind))
    if head.endswith("\n"):
        pieces: list[Piece] = [" " * at.column + head]
        for each in rows:
            pieces += [each.lead, *each.pieces]
        outcome = Outcome(lead, [*pieces, foot], *values)
    else:
        outcome = compact(head, rows, foot, column, at.column)
        outcome.lead = lead + outcome.lead
        outcome.ours, outcome.theirs = values
    if any(not value for value in values):
        outcome = with_empty(outcome, head, values, kind, at.column)
    return outcome


def _head(entry: Entry) -> tuple[str, int]:
    """What stands before the block, from the key or dash on, and how much deeper the block is."""
    start = entry.node.start_mark.index
    head, line_end, _ = entry.body[: start - entry.at].partition("\n")
    sheet = entry.sheet
    column = sheet.column_of(start) if sheet else 0
    return head + line_end, column - entry.column


def _lost_comments(heads: Sequence[tuple[str, int] | None], head: str, column: int) -> list[str]:
    """The comments beside a key that the chosen *head* has not, to stand above it."""
    old = set(COMMENT.findall(heads[0][0])) if heads[0] else set()
    found = [each for head in heads[1:] if head for each in COMMENT.findall(head[0])]
    shown = {*old, *COMMENT.findall(head)}
    return [f"{' ' * column}{each}\n" for each in dict.fromkeys(found) if each not in shown]

"""Merging entries: fields and items of three sides into the lines of one text.

Text is copied from the sides, never written anew, so comments, quoting and order survive. What
only one side changed is taken from it; what both changed is opened and merged inside.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import BaseModel

from club.merge.align import are_two_orders, labels, order, replaced
from club.merge.blocks import compact, pieces_of, value_of, with_empty
from club.merge.brackets import AsBlocks, to_brackets
from club.merge.lines import merge_comments, pick
from club.merge.proof import check
from club.merge.result import (
    ABSENT,
    BOTH_REWROTE,
    GONE,
    OURS,
    REMOVED_HERE,
    REMOVED_THERE,
    RENAMED_TWICE,
    SIDES,
    THEIRS,
    Clash,
    ClashError,
    Outcome,
    both_changed,
    resolved,
    where,
)
from club.merge.scalars import COMMENT, merge_scalars
from club.model.alignment import canonical, identity_of
from club.model.entries import Cut, Entry, cut_value
from club.model.field import Field, fields_of
from club.model.lines import moved, moved_below
from club.model.message import Message
from club.model.source import Key, Keys
from club.model.yaml_text import MAP, SEQ, UnclearError

UNKNOWN = Field("", is_text=True)
"""What nothing is known of: its lines are merged, if it has several."""

LARGE = 8_000
"""What is longer is proved entry by entry: a second reading takes long."""


@dataclass(frozen=True, slots=True)
class At:
    """Where the merge stands: the field, the keys and their labels, the column to write.

    *model* is that of the mapping that stands here, or of each of its values if its keys are ids.
    """

    model: type[BaseModel] | None
    field: Field = UNKNOWN
    is_collection: bool = False
    keys: Keys = ()
    labels: tuple[str, ...] = ()
    column: int = 0

    def inside(self, key: str, column: int) -> At:
        """The field *key* of what stands here, or the record of that id."""
        model, field = self.model, UNKNOWN
        if model and not self.is_collection:
            field = fields_of(model).get(key, UNKNOWN)
            model = field.part
        return At(model, field, False, (*self.keys, key), (*self.labels, field.label), column)

    def item(self, name: Key, column: int) -> At:
        """The item called *name* of the list that stands here."""
        keys, labels = (*self.keys, name), (*self.labels, "")
        return At(self.model, self.field.item, False, keys, labels, column)

    def say(self, message: str) -> Message:
        """The sentence *message* about this place."""
        return Message(message, {"where": where(self.keys, self.labels)})


def merge_entries(
    base: Cut | None,
    ours: Cut,
    theirs: Cut,
    at: At,
    *,
    is_proved: bool,
    apart: Collection[Key] = (),
) -> tuple[list[Outcome], str]:
    """Every entry of the result in order, and what stands below the last.

    With *is_proved*, one whose text would not say what it should is left as a whole to people, and
    so are those called as *apart* says.
    """
    sides = (base.entries if base else [], ours.entries, theirs.entries)
    names: list[list[Key]]
    contested = apart
    if ours.kind == MAP:
        names = [[entry.key for entry in side] for side in sides]
    else:
        olds, here, there = ([entry.value for entry in side] for side in sides)
        found = labels(olds, here, there, at.field.part)
        names = [list(found.base), list(found.ours), list(found.theirs)]
        if are_two_orders(found.base, found.ours, found.theirs):
            raise ClashError(at.field.name)
        contested = found.contested
    by_name = [
        dict(zip(keys, entries, strict=True)) for keys, entries in zip(names, sides, strict=True)
    ]
    is_keyed = ours.kind == MAP and (at.is_collection or at.model is None)
    if is_keyed:
        _rename_base(names, by_name)
    outcomes: dict[Key, Outcome] = {}
    for name in dict.fromkeys([*names[1], *names[2]]):
        trio = [entries.get(name) for entries in by_name]
        inside = _inside(at, name, trio, ours.kind)
        outcome = (
            _contest(trio, inside)
            if name in contested
            else merge_entry(trio[0], trio[1], trio[2], inside)
        )
        if outcome:
            outcomes[name] = _proved(outcome, trio, inside, ours.kind) if is_proved else outcome
    if is_keyed:
        outcomes |= _renamed(names, by_name, at)
    every = dict.fromkeys(name for side in names for name in side)
    sort_key = {name: _sort_key(name, [side.get(name) for side in by_name]) for name in every}
    foot = merge_comments(*(_placed_foot(side, at.column) for side in (base, ours, theirs)))
    ordered = order(names[0], names[1], names[2], outcomes, sort_key)
    return [outcomes[name] for name in ordered], foot


def _proved(outcome: Outcome, trio: Sequence[Entry | None], at: At, kind: str) -> Outcome:
    """*outcome*, or both versions as they are if its text does not say what it should."""
    try:
        check(outcome, trio, kind)
    except UnclearError:
        base, ours, theirs = trio
        if ours is None or theirs is None:
            return outcome
        whole = whole_clash(base and base.opened(), ours.opened(), theirs.opened(), at)
        return replace(whole, lead=outcome.lead, key=outcome.key)
    return outcome


def _contest(trio: Sequence[Entry | None], at: At) -> Outcome | None:
    """What each side put in one place, for people to choose."""
    _, ours, theirs = trio
    if ours is None or theirs is None:
        kept, name = (ours, OURS) if ours else (theirs, THEIRS)
        said = at.say(REMOVED_THERE if name == OURS else REMOVED_HERE)
        return _on_one_side(kept, name, said, at.column) if kept else None
    outcome = whole_clash(None, ours.opened(), theirs.opened(), at)
    leads = [moved(side.lead, at.column - side.column) for side in (ours, theirs)]
    outcome.lead, outcome.key = merge_comments("", *leads), ours.key
    return outcome


def _gone(by_name: Sequence[Mapping[Key, Entry]]) -> list[Key]:
    """The keys of the base that neither side has."""
    base, ours, theirs = by_name
    return [key for key in base if key not in ours and key not in theirs]


def _rename_base(names: list[list[Key]], by_name: Sequence[dict[Key, Entry]]) -> None:
    """An entry that both sides gave the same new key has it in the base too."""
    base, ours, theirs = by_name
    gone = _gone(by_name)
    for new in [key for key in ours if key in theirs and key not in base] if gone else ():
        sides = ours[new].opened(), theirs[new].opened()
        olds = [key for key in gone if any(_is_renamed(base[key].opened(), x) for x in sides)]
        if len(olds) == 1:
            gone.remove(olds[0])
            base[new] = base.pop(olds[0])
            names[0][names[0].index(olds[0])] = new


def _renamed(
    names: Sequence[Sequence[Key]], by_name: Sequence[Mapping[Key, Entry]], at: At
) -> dict[Key, Outcome]:
    """The entries whose key both sides changed, each to its own; or that one removed meanwhile."""
    outcomes: dict[Key, Outcome] = {}
    base, *sides = by_name
    added = [
        [key for key in side if key not in base and key not in other]
        for side, other in zip(sides, reversed(sides), strict=True)
    ]
    near = {old: each for gone, *each in replaced(*names) for old in gone}
    for old in _gone(by_name):
        was = base[old].opened()
        keys = added if _is_telling(was.value, base) else near[old]
        likely = [
            next((key for key in each if _is_renamed(was, side[key].opened())), None)
            for each, side in zip(keys, sides, strict=True)
        ]
        if likely == [None, None]:
            continue
        said = at.inside(str(old), at.column).say(RENAMED_TWICE if all(likely) else GONE)
        for key, side, name in zip(likely, sides, SIDES, strict=True):
            if key is not None:
                outcomes[key] = _on_one_side(side[key], name, said, at.column)
    return outcomes


def _is_telling(value: object, base: Mapping[Key, Entry]) -> bool:
    """Whether an entry is known by its *value*, wherever it goes."""
    return isinstance(value, dict) or sum(each.value == value for each in base.values()) == 1


def _is_renamed(old: Entry, new: Entry) -> bool:
    """Whether *new* says what *old* said, under another key."""
    before, after = old.value, new.value
    if not isinstance(before, dict) or not isinstance(after, dict):
        return bool(before) and before == after
    aliases = after.get("aliases")
    if isinstance(aliases, list) and old.key in aliases:
        return True
    same = sum(1 for name, value in before.items() if after.get(name) == value)
    return bool(before) and 2 * same >= max(len(before), len(after))


def _on_one_side(entry: Entry, name: str, said: Message, column: int) -> Outcome:
    """*entry* as what only the side called *name* has, for people to keep or not."""
    whole = placed(entry.opened(), column)
    text = whole.side(OURS)
    clash = Clash(text if name == OURS else "", text if name == THEIRS else "", (said,))
    values = {side: whole.ours if side == name else ABSENT for side in SIDES}
    return Outcome("", [clash], values[OURS], values[THEIRS], entry.key)


def _inside(at: At, name: Key, trio: Sequence[Entry | None], kind: str) -> At:
    if kind == MAP:
        return at.inside(str(name), at.column)
    value = next((entry.value for entry in trio if entry), None)
    fields = value if isinstance(value, dict) else {}
    names = () if at.field.is_claim else identity_of(at.field.part)
    said = [str(fields[key]) for key in names if fields.get(key)]
    return at.item(" ".join(said) or str(value if isinstance(value, str) else name), at.column)


def _sort_key(name: Key, trio: Sequence[Entry | None]) -> str:
    """What orders a new entry among others, the same whichever side is ours."""
    if isinstance(name, str):
        return name
    base, ours, theirs = trio
    entries = [base] if base else [entry for entry in (ours, theirs) if entry]
    return min(_dated(entry.value) for entry in entries)


def _dated(value: object) -> str:
    """A step or an answer by its date first: what both sides add to a history stays in order."""
    date = str(value.get("date") or "") if isinstance(value, dict) else ""
    return date + canonical(value)


def _placed_foot(cut: Cut | None, column: int) -> str:
    return moved(cut.foot, column - cut.column) if cut else ""


def merge_entry(
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
    old, new = (set(COMMENT.findall(entry.lead + entry.body)) for entry in (base, side))
    return bool(base.value == side.value and new <= old)


def placed(entry: Entry, column: int) -> Outcome:
    """*entry* as it is, moved to *column*."""
    by = column - entry.column
    body = " " * column + moved_below(entry.body, by)
    if not body.endswith("\n"):
        body += "\n"
    return Outcome(
        moved(entry.lead, by), [body], entry.value, entry.value, entry.key, is_copied=True
    )


def _merge_both(base: Entry | None, ours: Entry, theirs: Entry, at: At) -> Outcome:
    sides = (base, ours, theirs)
    leads = [moved(side.lead, at.column - side.column) if side else "" for side in sides]
    lead = merge_comments(*leads)
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
    outcome.is_copied = outcome.is_copied and lead in leads
    return outcome


def _merge_inside(base: Entry | None, ours: Entry, theirs: Entry, at: At) -> Outcome:
    """An entry that both sides changed, opened."""
    if not all(side.is_sound for side in (base, ours, theirs) if side):
        return whole_clash(base, ours, theirs, at)
    try:
        if {ours.kind, theirs.kind} <= {MAP, SEQ} and ours.kind == theirs.kind:
            old = base if base and base.kind == ours.kind else None
            if old or base is None:
                return _merge_blocks(old, ours, theirs, at)
        if outcome := merge_scalars(base, ours, theirs, at.column, is_text=at.field.is_text):
            return _named(outcome, at)
        if blocks := AsBlocks.of(base, ours, theirs, at.field):
            outcome = _merge_blocks(blocks.base, blocks.ours, blocks.theirs, at)
            return to_brackets(outcome, blocks, at.column) if blocks.brackets else outcome
    except UnclearError:
        pass
    return whole_clash(base, ours, theirs, at)


def _named(outcome: Outcome, at: At) -> Outcome:
    """*outcome* with its clashes said at their place."""
    said = (at.say(BOTH_REWROTE),)
    outcome.pieces = [
        piece if isinstance(piece, str) else Clash(piece.ours, piece.theirs, said)
        for piece in outcome.pieces
    ]
    return outcome


def whole_clash(base: Entry | None, ours: Entry, theirs: Entry, at: At) -> Outcome:
    """The two versions of an entry side by side, unless one says all that the other does."""
    here, there = placed(ours, at.column), placed(theirs, at.column)
    sides = {ours.text: here, theirs.text: there}
    chosen = ""
    if ours.value == theirs.value:
        chosen = pick(base.text if base else None, ours.text, theirs.text)
    elif base and ours.value == base.value:
        chosen = theirs.text
    elif base and theirs.value == base.value:
        chosen = ours.text
    if chosen and not any(_lost_notes(base, each, chosen) for each in (ours, theirs)):
        value = ours.value if chosen == ours.text else theirs.value
        return Outcome(pieces=sides[chosen].pieces, ours=value, theirs=value)
    said = both_changed(where(at.keys, at.labels), ours.value, theirs.value)
    clash = Clash(resolved(here.pieces, OURS), resolved(there.pieces, THEIRS), (said,))
    return Outcome(pieces=[clash], ours=ours.value, theirs=theirs.value)


def _lost_notes(base: Entry | None, side: Entry, chosen: str) -> set[str]:
    """The comments of *side*, new since *base*, that the text *chosen* does not have.

    What looks like one inside a text makes a conflict at worst.
    """
    known = set(COMMENT.findall(base.text)) if base else set()
    return set(COMMENT.findall(side.text)) - known - set(COMMENT.findall(chosen))


def _merge_blocks(base: Entry | None, ours: Entry, theirs: Entry, at: At) -> Outcome:
    """An entry whose value is a block on both sides: its head, then its entries."""
    trio = [base, ours, theirs]
    heads = [_head(entry) if entry and entry.value else None for entry in trio]
    here, there = heads[1] or heads[2], heads[2] or heads[1]
    if here is None or there is None:
        raise UnclearError(ours.body)
    head, offset = pick(heads[0], here, there)
    column = at.column + offset
    is_large = len(ours.body) + len(theirs.body) > LARGE
    cuts = (cut_value(base) if base else None, cut_value(ours), cut_value(theirs))
    outcomes, foot = merge_entries(*cuts, replace(at, column=column), is_proved=is_large)
    lead = "".join(_lost_comments(heads, head, at.column))
    kind = MAP if isinstance(ours.value, dict) else SEQ
    values = (value_of(outcomes, OURS, kind), value_of(outcomes, THEIRS, kind))
    if head.endswith("\n"):
        outcome = Outcome(lead, [" " * at.column + head, *pieces_of(outcomes), foot], *values)
    else:
        outcome = compact(head, outcomes, foot, column, at.column)
        outcome.lead = lead + outcome.lead
        outcome.ours, outcome.theirs = values
    if any(not value for value in values):
        outcome = with_empty(outcome, head, values, kind, at.column)
    outcome.is_proved = is_large
    return outcome


def _head(entry: Entry) -> tuple[str, int]:
    """What stands before the block, from the key or dash on, and how much deeper the block is."""
    start = entry.node.start_mark.index
    head, line_end, _ = entry.body[: start - entry.at].partition("\n")
    column = entry.origin.column_of(start) if entry.origin else 0
    return head + line_end, column - entry.column


def _lost_comments(heads: Sequence[tuple[str, int] | None], head: str, column: int) -> list[str]:
    """The comments beside a key that the chosen *head* has not, to stand above it."""
    old = set(COMMENT.findall(heads[0][0])) if heads[0] else set()
    written = [said for head in heads[1:] if head for said in COMMENT.findall(head[0])]
    shown = {*old, *COMMENT.findall(head)}
    return [f"{' ' * column}{said}\n" for said in dict.fromkeys(written) if said not in shown]

"""What a change is worth to a reader: news of the club, or the same thing in other words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import IntEnum

from club.history.changes import TEXT, Added, Change, FieldChanged, Removed, TextChanged
from club.history.versions import is_page
from club.model.field import Field, field_of
from club.model.fields import Claim
from club.model.record import Deduction
from club.model.registry import Registry
from club.publish.words.trail import trail_of

EVIDENCE = frozenset({"note", "reason", "source", "sources", "reliability", "scope"})
"""The fields that say how a thing is known, rather than the thing."""

CELLS = frozenset({"cells", "criteria"})
"""The fields of a table, of which a cell is too little to be told."""


class Worth(IntEnum):
    """The order in which a reader wants to hear of changes."""

    STATE = 0
    FIGURE = 1
    ANSWER = 2
    POSITION = 3
    DECISION = 4
    RECORD = 5
    OTHER = 6
    WORDING = 7


NAMED: Mapping[str, Worth] = {"positions": Worth.POSITION, "answers": Worth.ANSWER}


def worth_of(change: Change, registry: Registry) -> Worth:
    """How much *change* matters to a reader."""
    if is_rewording(change, registry):
        return Worth.WORDING
    if change.subject.startswith("decisions/"):
        return Worth.DECISION
    model = registry.model_of(change.subject)
    if not isinstance(change, FieldChanged) or model is None:
        return Worth.RECORD
    field = field_of(model, change.keys[0])
    if named := NAMED.get(field.name):
        return named
    if field.is_claim:
        return Worth.FIGURE if field.is_number or field.is_date else Worth.STATE
    return Worth.STATE if field.choice and not field.many else Worth.OTHER


def is_text_alone(change: Change, registry: Registry) -> bool:
    """Whether it is enough to say of *change* that a text changed: a note, a cell, a long text."""
    if isinstance(change, TextChanged):
        return not is_page(change.subject)
    model = registry.model_of(change.subject) if isinstance(change, FieldChanged) else None
    if model is None or not isinstance(change, FieldChanged):
        return False
    trail = list(trail_of(model, change.keys))
    holder, name, item = trail[-1]
    first, field = field_of(model, change.keys[0]), field_of(holder, name)
    if first.name in CELLS or first.part is Deduction:
        return True
    is_evidence = name in EVIDENCE or name.endswith("_note") or change.keys[0] in EVIDENCE
    is_dated = name.endswith("_as_of") or (name == "as_of" and issubclass(holder, Claim))
    is_reworded = len(trail) > 1 and not item and _is_free(field) and _is_both(change)
    return is_evidence or is_dated or field.is_text or is_reworded


def is_rewording(change: Change, registry: Registry) -> bool:
    """Whether *change* says the same thing otherwise: a text, or a line in other words."""
    model = registry.model_of(change.subject)
    if is_text_alone(change, registry):
        return True
    if model is None or not isinstance(change, FieldChanged) or len(change.keys) > 1:
        return False
    field = field_of(model, change.keys[0])
    return _is_free(field) and not field.many and _is_both(change)


def _is_both(change: FieldChanged) -> bool:
    return change.old is not None and change.new is not None


def _is_free(field: Field) -> bool:
    """Whether it holds words of its writer's own."""
    is_typed = field.part or field.choice or field.code or field.points
    return not (is_typed or field.is_date or field.is_number or field.is_yes_no)


def net(changes: Iterable[Change]) -> list[Change]:
    """What is left of the *changes* of one record, oldest first: no way and back.

    Of a record that came, no more is told than that; of one that went, neither.
    """
    found: dict[object, Change] = {}
    for change in changes:
        if isinstance(change, Removed):
            found = {} if Added in found else {Removed: change}
        elif isinstance(change, Added):
            found = {} if Removed in found else {Added: change}
        elif isinstance(change, FieldChanged):
            before = found.pop(change.keys, None)
            old = before.old if isinstance(before, FieldChanged) else change.old
            # Of a long text, no more is kept than that there is one.
            if old != change.new or old == TEXT:
                found[change.keys] = replace(change, old=old)
        else:
            found[change.__class__] = change
    return [found[Added]] if Added in found else list(found.values())

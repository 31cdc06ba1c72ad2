"""What members alone may read leaves the graph before anything is rendered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel

from club.model.fields import Citation, Reference
from club.model.graph import Entry
from club.model.record import Audience, Part, Record
from club.model.shape import TEXT_LINK, Slot, slots

M = TypeVar("M", bound=BaseModel)
HIDDEN_WORDS = "[…]"
"""What stands for a link whose target the reader may not know."""


def is_hidden(record: Record) -> bool:
    """Whether the whole *record* is for members."""
    return record.audience.get("") is Audience.MEMBERS


def restrict(entries: Iterable[Entry], audience: Audience) -> list[Entry]:
    """The *entries* that *audience* may read, without the fields and parts it may not.

    A record that cannot stand without a hidden one (an offer on a hidden service) goes too, until
    nothing left mentions what was taken away.
    """
    kept = list(entries)
    if audience is Audience.MEMBERS:
        return kept
    hidden: set[str] = set()
    public = []
    for entry in kept:
        record = None if is_hidden(entry.record) else _public(entry.record)
        if record is None:
            hidden.update((entry.record.id, *entry.record.aliases))
        else:
            public.append(_entry(record, entry))
    kept = public
    while hidden:
        pruned = [(entry, _pruned(entry.record, frozenset(hidden))) for entry in kept]
        lost = [entry.record for entry, record in pruned if record is None]
        kept = [_entry(record, entry) for entry, record in pruned if record is not None]
        if not lost:
            break
        for record in lost:
            hidden.update((record.id, *record.aliases))
    return kept


def _entry(record: Record, before: Entry) -> Entry:
    is_cut = before.is_cut or record is not before.record
    return Entry(record, before.raw, is_cut)


def _public(record: Record) -> Record | None:
    changes: dict[str, Any] = {}
    for name, audience in record.audience.items():
        if name and audience is Audience.MEMBERS:
            changes[name] = _default(record, name)
    if changes:
        record = record.model_copy(update={**changes, "audience": {}})
    return _without_hidden_parts(record)


def _default(value: BaseModel, name: str) -> Any:
    return value.__class__.model_fields[name].get_default(call_default_factory=True)


def _without_hidden_parts(value: M) -> M | None:
    """*value* without its parts for members, or None if it cannot stand without them."""
    changes: dict[str, Any] = {}
    for slot in slots(value.__class__):
        held = getattr(value, slot.name)
        if not slot.parts or held is None:
            continue
        shown: Any
        if isinstance(held, tuple):
            parts = [
                None if _is_hidden_part(part) else _without_hidden_parts(part) for part in held
            ]
            shown = tuple(part for part in parts if part is not None)
            changed = len(shown) < len(held) or any(
                a is not b for a, b in zip(shown, held, strict=True)
            )
        else:
            shown = None if _is_hidden_part(held) else _without_hidden_parts(held)
            changed = shown is not held
        if changed and slot.required and not shown:
            return None
        if changed:
            changes[slot.name] = _default(value, slot.name) if shown is None else shown
    return value.model_copy(update=changes) if changes else value


def _is_hidden_part(part: object) -> bool:
    return isinstance(part, Part) and part.audience is Audience.MEMBERS


def _pruned(value: M, hidden: frozenset[str]) -> M | None:
    changes: dict[str, Any] = {}
    for slot in slots(value.__class__):
        held = getattr(value, slot.name)
        if held is None or held == ():
            continue
        shown = _shown(held, slot, hidden)
        if shown is held:
            continue
        if slot.required and (shown is None or shown == ()):
            return None
        changes[slot.name] = shown
    return value.model_copy(update=changes) if changes else value


def _shown(held: Any, slot: Slot, hidden: frozenset[str]) -> Any:
    if isinstance(held, tuple):
        shown = tuple(_shown(each, slot, hidden) for each in held)
        if all(a is b for a, b in zip(shown, held, strict=True)):
            return held
        return tuple(each for each in shown if each is not None)
    if isinstance(held, Reference):
        return None if held.id in hidden else held
    if isinstance(held, Citation):
        return None if held.target in hidden else held
    if isinstance(held, BaseModel):
        return _pruned(held, hidden)
    if slot.is_text and "[[" in held:
        return without_links(held, hidden)
    return held


def without_links(text: str, hidden: frozenset[str]) -> str:
    """*text* where links to *hidden* ids keep only the words their author gave."""
    found = TEXT_LINK.sub(
        lambda match: (match[3] or HIDDEN_WORDS) if match[1].strip() in hidden else match[0], text
    )
    return text if found == text else found

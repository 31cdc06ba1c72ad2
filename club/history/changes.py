"""What changed between two versions of the records, as values: no Git, no words.

It works on mappings as they were written, so that what is no longer valid can still be told. Each
change knows whether it was for members alone when it was made, and whether its record was made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from club.model.alignment import aligned, name_of
from club.model.field import Field, field_of, fields_of
from club.model.fields import Claim
from club.model.record import Audience, Part, Record, is_example, written_titles

TEXT = "…"
"""What stands for a long text: that it changed is told, not how it read."""
MAX_KEPT = 300
Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Added:
    """A record or a page (`docs/…`) that was not there."""

    subject: str
    title: str
    hidden: bool
    example: bool = False


@dataclass(frozen=True, slots=True)
class Removed:
    """A record or a page that is gone; *names* are the records it referred to."""

    subject: str
    title: str
    hidden: bool
    names: tuple[str, ...] = ()
    example: bool = False


@dataclass(frozen=True, slots=True)
class Renamed:
    """A record or a page that goes by another id or path."""

    subject: str
    old_subject: str
    hidden: bool
    example: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """A record or a page for members that everyone may read from now on."""

    subject: str
    hidden: bool = False
    example: bool = False


@dataclass(frozen=True, slots=True)
class TextChanged:
    """A page, or the long text of a record, that reads otherwise."""

    subject: str
    hidden: bool
    example: bool = False


@dataclass(frozen=True, slots=True)
class FieldChanged:
    """A field, an item of a list or a field of one: *keys* lead to it, items by what they are of.

    *old* is None for what was not there, *new* for what no longer is.
    """

    subject: str
    keys: tuple[str, ...]
    old: Any
    new: Any
    hidden: bool
    example: bool = False


Change = Added | Removed | Renamed | Published | TextChanged | FieldChanged
TYPES: tuple[Any, ...] = (Added, Removed, Renamed, Published, TextChanged, FieldChanged)


def packed(change: Change) -> list[Any]:
    """*change* as JSON can hold it."""
    fields = change.__dataclass_fields__
    return [TYPES.index(change.__class__), *(getattr(change, name) for name in fields)]


def unpacked(found: list[Any]) -> Change:
    """The change that was packed."""
    type_, *fields = found
    if TYPES[type_] is FieldChanged:
        fields[1] = tuple(fields[1])
    elif TYPES[type_] is Removed:
        fields[3] = tuple(fields[3])
    change: Change = TYPES[type_](*fields)
    return change


def audiences(block: Mapping[str, Any]) -> dict[str, str]:
    """The audience of each field of a record as written, and of the whole under nothing."""
    said = block.get("audience")
    if isinstance(said, Mapping):
        return {str(key): str(value).strip() for key, value in said.items()}
    return {"": str(said).strip()} if said else {}


def is_hidden(block: Mapping[str, Any]) -> bool:
    """Whether the whole record is for members."""
    return audiences(block).get("") == Audience.MEMBERS


def title_of(subject: str, block: Mapping[str, Any]) -> str:
    """What a reader calls the record."""
    return _cut(next(written_titles(block), "")) or subject.rpartition("/")[2]


def record_changes(
    model: type[Record],
    subject: str,
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
) -> Iterator[Change]:
    """What happened to a record between two versions, either of which may be absent."""
    made_up = any(block is not None and is_example(block) for block in (old, new))
    for change in _changes(model, subject, old, new):
        yield replace(change, example=True) if made_up else change


def _changes(
    model: type[Record],
    subject: str,
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
) -> Iterator[Change]:
    if old is None or new is None:
        yield from _came_or_went(model, subject, old, new)
        return
    was, is_now = is_hidden(old), is_hidden(new)
    if was and not is_now:
        yield Published(subject)
    secret = {name for block in (old, new) for name in model.for_members_in(audiences(block))}
    for name in _names(model, old, new):
        if name == "id":
            continue  # the id is the key
        hidden = was or is_now or name == "audience" or name in secret
        field = field_of(model, name)
        yield from _field(subject, field, (name,), old.get(name), new.get(name), hidden)


def _came_or_went(
    model: type[Record],
    subject: str,
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
) -> Iterator[Change]:
    if new is not None:
        yield Added(subject, title_of(subject, new), is_hidden(new))
    elif old is not None:
        names = tuple(sorted(set(_ids(old))))
        yield Removed(subject, title_of(subject, old), is_hidden(old), names)


def _ids(value: Any) -> Iterator[str]:
    """The one-word values, among which are all the ids that *value* names."""
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _ids(each)
    elif isinstance(value, list):
        for each in value:
            yield from _ids(each)
    elif isinstance(value, str) and " " not in value and len(value) <= MAX_KEPT:
        yield value


def _names(model: type[BaseModel], *blocks: Mapping[str, Any]) -> list[str]:
    """The fields of *blocks* in the order of the model, then those it does not know."""
    found = {name for block in blocks for name in block}
    known = [name for name in fields_of(model) if name in found]
    return [*known, *sorted(found.difference(known))]


def _field(
    subject: str, field: Field, keys: tuple[str, ...], old: Any, new: Any, hidden: bool
) -> Iterator[FieldChanged]:
    old, new = _plain(old, field), _plain(new, field)
    if old == new:
        return
    if field.part and field.many:
        yield from _items(subject, field, keys, old or [], new or [], hidden)
    elif field.part and old is not None and new is not None:
        yield from _part(subject, field.part, keys, old, new, hidden)
    else:
        # A part that stands alone, added or removed whole, says itself for whom it is.
        alone = [each for each in (old, new) if field.part and isinstance(each, Mapping)]
        hidden = hidden or any(map(_is_hidden_part, alone))
        yield FieldChanged(subject, keys, _kept(old, field), _kept(new, field), hidden)


def _plain(value: Any, field: Field) -> Any:
    """*value* in one form for all the ways to write it; None for every way to say nothing."""
    if value is None or value in ("", [], {}):
        return None
    if field.many:
        many = value if isinstance(value, list) else [value]
        return [_bare(each, field) for each in many if each is not None]
    return _bare(value, field)


def _bare(value: Any, field: Field) -> Any:
    if isinstance(value, str):
        value = value.strip()
    if field.part and not isinstance(value, Mapping):
        return {_first(field.part): value}
    return value


def _first(part: type[Part]) -> str:
    """The field that a part written as its only value says."""
    if issubclass(part, Claim):
        return "value"
    return next(each.name for each in fields_of(part).values() if each.is_content)


def _items(
    subject: str,
    field: Field,
    keys: tuple[str, ...],
    olds: list[Item],
    news: list[Item],
    hidden: bool,
) -> Iterator[FieldChanged]:
    """Items side by side; where nothing lasting tells them apart, one hidden item hides them."""
    part = field.part
    assert part is not None
    secret = {name_of(part, each) for each in (*olds, *news) if _is_hidden_part(each)}
    hidden = hidden or (bool(secret) and not part.is_lasting)
    for old, new in _side_by_side(part, olds, news):
        name = name_of(part, new if new is not None else old or {})
        item_keys, item_hidden = (*keys, name), hidden or name in secret
        if old is not None and new is not None:
            yield from _part(subject, part, item_keys, old, new, item_hidden)
        else:
            kept = (_kept(old, field), _kept(new, field))
            yield FieldChanged(subject, item_keys, *kept, item_hidden)


def _side_by_side(
    part: type[Part], olds: list[Item], news: list[Item]
) -> list[tuple[Item | None, Item | None]]:
    """Each old item with what became of it, then those that went, then those that came."""
    found = aligned(part, olds, news)
    stayed = set(found.values())
    return [
        *((olds[was], news[at]) for at, was in sorted(found.items())),
        *((old, None) for at, old in enumerate(olds) if at not in stayed),
        *((None, new) for at, new in enumerate(news) if at not in found),
    ]


def _part(
    subject: str, part: type[Part], keys: tuple[str, ...], old: Item, new: Item, hidden: bool
) -> Iterator[FieldChanged]:
    hidden = hidden or _is_hidden_part(old) or _is_hidden_part(new)
    for name in _names(part, old, new):
        was_said = hidden or name == "audience"
        field = field_of(part, name)
        yield from _field(subject, field, (*keys, name), old.get(name), new.get(name), was_said)


def _is_hidden_part(item: Item) -> bool:
    return str(item.get("audience", "")).strip() == Audience.MEMBERS


def _kept(value: Any, field: Field) -> Any:
    """As much of *value* as a sentence needs."""
    if value is None:
        return None
    if field.is_text and not field.part:
        return TEXT
    if isinstance(value, Mapping):
        part = field.part or Part
        return {
            str(key): _kept(each, field_of(part, key))
            for key, each in value.items()
            if each is not None
        }
    if isinstance(value, list):
        return [_kept(each, field) for each in value]
    return _cut(str(value))


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MAX_KEPT else text[: MAX_KEPT - 1] + "…"

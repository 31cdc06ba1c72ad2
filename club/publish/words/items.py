"""What an item of a list is called: by its title, never by the short name a file knows it by."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from club.model.alignment import identity_of
from club.model.dates import PartialDate
from club.model.field import fields_of
from club.model.record import Part, Record

TITLES = ("title", "label")
TitlesIn = Callable[[str], Mapping[str, str]]
"""From the key of a record (`collection/id`) to the titles of its items, by their ids."""


def item_titles(record: Record | None) -> Mapping[str, str]:
    """The titles of the items of *record* that have an id, by that id."""
    if record is None:
        return {}
    return {
        str(getattr(item, "id", "")): title
        for name, field in fields_of(record.__class__).items()
        if field.part and field.many and identity_of(field.part) == ("id",)
        for item in getattr(record, name)
        if (title := _title(item))
    }


def _title(item: Part) -> str:
    found = (getattr(item, name, None) for name in TITLES)
    return next((each for each in found if isinstance(each, str)), "")


def readable(word: str) -> object | None:
    """*word* as a reader may see it: a date in words, a sentence as it is, nothing of an id."""
    if " " in word or word.isdecimal() or word[:1].isupper():
        return word
    try:
        return PartialDate.parse(word)
    except ValueError:
        return None

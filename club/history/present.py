"""What a reader may read of the club as it is now, for the changes of the past to follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from club.history.changes import Change, FieldChanged, Removed, audiences
from club.history.versions import is_page
from club.model.alignment import SEPARATOR, name_of
from club.model.field import field_of
from club.model.graph import Graph
from club.model.markup import TEXT_LINK
from club.model.record import DEDUCED, Audience


class Present:
    """The records and pages there are, and which of them, or of their parts, are for members."""

    def __init__(self, whole: Graph, shown: Graph, pages: frozenset[str]) -> None:
        """*shown* is what its reader may read of *whole*; *pages* are the wiki's, of the same."""
        self._is_public = shown.reader.is_public
        self._blocks = {each.record.key: each.raw.block for each in whole.nodes}
        self._shown = {each.record.key for each in shown.nodes}
        self._pages = pages
        self._registry = whole.registry
        self.shown_ids = frozenset(shown.ids)
        self.hidden_ids = frozenset(whole.ids) - self.shown_ids
        titles = {
            each.record.title_text.casefold()
            for each in whole.nodes
            if each.record.key not in self._shown
        }
        words = {each.casefold() for each in self.hidden_ids} | titles
        self._secret_words = {each for each in words if len(each) > 2}

    def has(self, subject: str) -> bool:
        """Whether it is on the reader's site."""
        return subject in (self._pages if is_page(subject) else self._shown)

    def tells_a_secret(self, reason: str) -> bool:
        """Whether *reason* names what the reader may not know of, by its id or its title."""
        said = reason.casefold()
        return any(each in said for each in self._secret_words)

    def hides(self, subject: str, change: Change, secret: frozenset[str]) -> bool:
        """Whether the reader may not know of *change*, whatever it was when it was made."""
        if not is_page(subject) and subject in self._blocks and subject not in self._shown:
            return True
        if subject.rpartition("/")[2] in secret and not is_page(subject):
            return True
        if isinstance(change, Removed):
            return not secret.isdisjoint(change.names)
        if not isinstance(change, FieldChanged):
            return False
        named = {*change.keys, *(each for key in change.keys for each in key.split(SEPARATOR))}
        if not secret.isdisjoint(named.union(_words(change.old), _words(change.new))):
            return True
        return self._is_public and self._hides_part(subject, change)

    def _hides_part(self, subject: str, change: FieldChanged) -> bool:
        name = change.keys[0]
        if name == DEDUCED:  # of fields that may be, or may have been, for members
            return True
        block = self._blocks.get(subject)
        if block is None:
            return False
        model = self._registry.model_of(subject)
        assert model
        if name in model.for_members_in(audiences(block)):
            return True
        if name not in block or not has_members_part(block[name]):
            return False
        field = field_of(model, name)
        part = field.part
        if part is None or not field.many or not part.is_lasting:
            return True
        return any(
            has_members_part(item) and name_of(part, item) in change.keys[1:2]
            for item in _items(block[name])
        )


def has_members_part(value: Any) -> bool:
    """Whether a part for members is anywhere inside *value*."""
    if isinstance(value, Mapping):
        said = str(value.get("audience", "")).strip()
        return said == Audience.MEMBERS or any(map(has_members_part, value.values()))
    return isinstance(value, list) and any(map(has_members_part, value))


def _items(value: Any) -> Iterator[Mapping[str, Any]]:
    many = value if isinstance(value, list) else [value]
    return (each for each in many if isinstance(each, Mapping))


def _words(value: Any) -> Iterator[str]:
    """Every text inside *value*, and every id that its links name."""
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _words(each)
    elif isinstance(value, list):
        for each in value:
            yield from _words(each)
    elif isinstance(value, str):
        yield value
        if "[[" in value:
            yield from (match[1].strip() for match in TEXT_LINK.finditer(value))

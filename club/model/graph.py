"""All records together: references resolved, back-links filled, once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from club.model.fields import Citation, Reference
from club.model.problem import Place
from club.model.record import Record
from club.model.shape import Keys, Pointer, pointers
from club.model.structure import Raw

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Entry:
    """A record and the raw mapping it was read from, which knows its lines.

    *is_cut* tells that parts for members were taken out, so that items no longer count alike.
    """

    record: Record
    raw: Raw
    is_cut: bool = False

    def place(self, keys: Keys) -> Place:
        """Where *keys* stand; in a list that was cut, where the list stands."""
        return self.raw.place(self._countable(keys) if self.is_cut else keys)

    def _countable(self, keys: Keys) -> Keys:
        shown: Any = self.record
        written: Any = self.raw.block
        for index, key in enumerate(keys):
            if isinstance(key, int):
                if isinstance(written, list) and len(written) != len(shown):
                    return keys[:index]
                shown = shown[key]
                written = written[key] if isinstance(written, list) else written
            else:
                shown = getattr(shown, key, None)
                written = written.get(key) if isinstance(written, dict) else None
        return keys


@dataclass(frozen=True, slots=True)
class Backlink:
    """A record that points here, and the field it points from."""

    record: Record
    keys: Keys

    @property
    def field(self) -> str:
        """The top-level field."""
        return str(self.keys[0])


class Graph:
    """The club's records, by kind and by id, with what points to each."""

    def __init__(self, entries: Iterable[Entry], like: Graph | None = None) -> None:
        """Indexes *entries*, whose ids and aliases are already known to be unique.

        What *like* found in the records that both graphs hold is not looked for again.
        """
        self._entries: dict[str, Entry] = {}
        self._by_collection: dict[str, list[Record]] = defaultdict(list)
        self._id_by_alias: dict[str, str] = {}
        for entry in entries:
            record = entry.record
            self._entries[record.id] = entry
            self._by_collection[record.collection].append(record)
            for alias in record.aliases:
                self._id_by_alias[alias] = record.id
        self._pointers: dict[str, tuple[Pointer, ...]] = {
            id: like._pointers[id]
            if like and like.find(id) is entry.record
            else tuple(pointers(entry.record))
            for id, entry in self._entries.items()
        }
        self._backlinks = self._link()

    def _link(self) -> Mapping[str, list[Backlink]]:
        backlinks: dict[str, list[Backlink]] = defaultdict(list)
        for id, found in self._pointers.items():
            record = self._entries[id].record
            for pointer in found:
                target = self.find(pointer.target)
                if target is not None:
                    backlinks[target.id].append(Backlink(record, pointer.keys))
        return backlinks

    def __getitem__(self, reference: Reference[R]) -> R:
        """The record that *reference* names; raises `KeyError` if the link was not checked."""
        found = self.find(reference.id)
        if found is None:
            raise KeyError(reference.id)
        return cast(R, found)

    def get(self, reference: Reference[R] | None) -> R | None:
        """The record that *reference* names, or None."""
        return None if reference is None else cast("R | None", self.find(reference.id))

    def find(self, id: str) -> Record | None:
        """The record whose id or alias is *id*, of whatever kind."""
        entry = self._entries.get(id) or self._entries.get(self._id_by_alias.get(id, ""))
        return entry.record if entry else None

    def cited(self, citation: Citation | None) -> Record | None:
        """The source record that *citation* names, or None if it is an address or absent."""
        return None if citation is None or citation.is_url else self.find(citation.target)

    def all(self, model: type[R]) -> tuple[R, ...]:
        """Every record of the kind *model*, in the order of the files."""
        return cast("tuple[R, ...]", tuple(self._by_collection.get(model.collection, ())))

    def __iter__(self) -> Iterator[Record]:
        """Every record of every kind."""
        return (entry.record for entry in self._entries.values())

    def __len__(self) -> int:
        """How many records there are."""
        return len(self._entries)

    @property
    def entries(self) -> Iterable[Entry]:
        """Every record with the mapping it was read from."""
        return self._entries.values()

    @property
    def ids(self) -> Iterable[str]:
        """Every id and alias."""
        return [*self._entries, *self._id_by_alias]

    def ids_of(self, kinds: tuple[str, ...]) -> list[str]:
        """The ids and aliases of the records of *kinds*; of all kinds if none is named."""
        return [id for id in self.ids if not kinds or cast(Record, self.find(id)).kind in kinds]

    def pointers(self, record: Record) -> tuple[Pointer, ...]:
        """Every reference that *record* makes."""
        return self._pointers[record.id]

    def backlinks(self, record: Record) -> tuple[Backlink, ...]:
        """Everything that points to *record*, in the order of the files."""
        return tuple(self._backlinks.get(record.id, ()))

    def pointing(self, record: Record, model: type[R], *fields: str) -> tuple[R, ...]:
        """The records of the kind *model* that point to *record*, from *fields* if any is named."""
        found: dict[str, Any] = {}
        for link in self._backlinks.get(record.id, ()):
            if link.record.collection == model.collection and (not fields or link.field in fields):
                found[link.record.id] = link.record
        return tuple(found.values())

    def place(self, record: Record, *keys: str | int) -> Place:
        """Where *keys* of *record* stand in the files."""
        return self._entries[record.id].place(keys)

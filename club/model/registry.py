"""What a club may write down: its kinds, its rules, its templates and its words, handed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from club.model.kind import Check, Kind
from club.model.record import Record


@dataclass(frozen=True, eq=False)
class Registry:
    """A value made once for a club; whoever needs to know of the kinds is given it.

    *checks* look across kinds; folders of *templates* and of *catalogues* are searched in turn,
    those of the club itself first.
    """

    kinds: tuple[Kind[Any], ...]
    checks: tuple[Check, ...] = ()
    templates: tuple[Path, ...] = ()
    catalogues: tuple[Path, ...] = ()

    @cached_property
    def by_collection(self) -> Mapping[str, Kind[Any]]:
        """Each kind by the name of its collection, in their order."""
        return {kind.collection: kind for kind in self.kinds}

    @cached_property
    def by_name(self) -> Mapping[str, Kind[Any]]:
        """Each kind by its own name."""
        return {kind.name: kind for kind in self.kinds}

    @cached_property
    def collections(self) -> frozenset[str]:
        """The names of the collections."""
        return frozenset(self.by_collection)

    def has(self, model: type[Record]) -> bool:
        """Whether the club may hold records of the kind *model*."""
        return model.collection in self.by_collection

    @cached_property
    def every_check(self) -> tuple[Check, ...]:
        """The rules of each kind, then those across kinds."""
        return (*(check for kind in self.kinds for check in kind.checks), *self.checks)

    def model_of(self, subject: str) -> type[Record] | None:
        """The model of the record *subject*, `collection/id`."""
        kind = self.by_collection.get(subject.partition("/")[0])
        return kind.model if kind else None

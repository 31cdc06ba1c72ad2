"""What a club may write down: its kinds, its rules, its templates and its words, handed on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from club.model.field import fields_of
from club.model.kind import Check, Kind
from club.model.message import N_, Message
from club.model.record import ID_PATTERN, Record

OUR_COLLECTIONS = frozenset(
    {
        *(
            "assets",
            "calendar",
            "convergence",
            "data",
            "desk",
            "feeds",
            "javascripts",
            "news",
            "report",
            "schema",
            "search",
            "usage",
        ),
        *("exceptions", "index", "pages", "readme", "stylesheets", "tags", "404"),
    }
)
"""What stands beside the collections in `data/`, in `docs/` or on the site, and links to it."""
OUR_KINDS = frozenset({"exceptions", "page"})
"""The names of the pages of the wiki, and of the schema of what is in no kind."""

NO_ID = N_("“{name}” cannot be its name: lower-case letters, digits and hyphens make one")
OURS = N_("the club keeps the name “{name}” for itself")
TAKEN_KIND = N_("the kind “{name}” is already that of {other}")
TAKEN_COLLECTION = N_("the collection “{name}” is already that of {other}")
NO_NAME = N_("its model names no kind")


class RegistryError(ValueError):
    """What a package adds cannot be taken: *message* says why, in a sentence to translate."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.render(str))
        self.message = message


@dataclass(frozen=True, eq=False)
class Registry:
    """A value made once for a club; whoever needs to know of the kinds is given it.

    *checks* look across kinds; folders of *templates* and of *catalogues* are searched in turn,
    those of the club itself first. *origins* tells where a rule comes from that is not ours, by its
    name. Raises `RegistryError` for kinds that could not be told apart, or from what is ours.
    """

    kinds: tuple[Kind[Any], ...]
    checks: tuple[Check, ...] = ()
    templates: tuple[Path, ...] = ()
    catalogues: tuple[Path, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuses what has no name of its own, whoever makes the registry."""
        taken: list[tuple[Kind[Any], str]] = []
        for kind in self.kinds:
            if fault := kind_fault(kind, taken):
                raise RegistryError(fault)
            taken.append((kind, kind.model.__module__))

    def less(self, names: Collection[str]) -> Registry:
        """The same without the kinds *names*, nor what is only of use to them."""
        kept = self.by_name.keys() - names
        kinds = (kind for kind in self.kinds if kind.name in kept)
        return replace(self, kinds=tuple(_among(kept, kind) for kind in kinds))

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


def kind_fault(kind: Kind[Any], taken: Collection[tuple[Kind[Any], str]]) -> Message | None:
    """Why *kind* cannot stand beside those *taken*, each with where it is from; None if it can."""
    if not all(isinstance(getattr(kind.model, each, None), str) for each in ("kind", "collection")):
        return Message(NO_NAME)
    for name, ours in ((kind.name, OUR_KINDS), (kind.collection, OUR_COLLECTIONS)):
        if not re.fullmatch(ID_PATTERN, name):
            return Message(NO_ID, {"name": name})
        if name in ours:
            return Message(OURS, {"name": name})
    for other, origin in taken:
        if other.name == kind.name:
            return Message(TAKEN_KIND, {"name": kind.name, "other": origin})
        if other.collection == kind.collection:
            return Message(TAKEN_COLLECTION, {"name": kind.collection, "other": origin})
    return None


def impossible_fields(registry: Registry) -> Iterator[tuple[Kind[Any], str, tuple[str, ...]]]:
    """Each required field whose references can lead nowhere, with the kinds that would do.

    No record of that kind could ever be sound.
    """
    for kind in registry.kinds:
        model: type[Record] = kind.model
        for each in fields_of(model).values():
            leads_nowhere = each.kinds and registry.by_name.keys().isdisjoint(each.kinds)
            if each.is_required and leads_nowhere and not each.is_citation:
                yield kind, each.name, each.kinds


def _among(kept: Collection[str], kind: Kind[Any]) -> Kind[Any]:
    fitted = kind.among(kept)
    return kind if fitted == kind else fitted

"""The registry of a club: the standard kinds, those of other packages, less what it leaves out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from club.model.kind import Check, Kind
from club.model.registry import Registry
from club.records import standard

KINDS, RULES = "club.kinds", "club.rules"
"""The entry points where a package adds a kind (a `Kind`) or a rule across kinds (a `Check`)."""
TEMPLATES, CATALOGUES = "templates", "locale"
"""The folders of a club where its own templates and words are looked up first."""


def find_registry(root: Path | None = None, without: Collection[str] = ()) -> Registry:
    """What the club at *root* may write down; *without* names the kinds that it leaves out.

    Raises `ValueError`, with the names that would do, for a kind that does not exist.
    """
    kinds = [*standard.KINDS, *_added(KINDS, Kind)]
    names = {kind.name for kind in kinds}
    if unknown := sorted(set(without) - names):
        raise ValueError(f"{', '.join(unknown)}: {', '.join(sorted(names))}")
    own = (root / TEMPLATES, root / CATALOGUES) if root else ()
    return Registry(
        kinds=tuple(kind for kind in kinds if kind.name not in without),
        checks=(*standard.CHECKS, *_added(RULES, Check)),
        templates=own[:1],
        catalogues=own[1:],
    )


def _added(group: str, type_: type[Any]) -> Iterator[Any]:
    """What installed packages add to *group*, by the names they give it."""
    for point in sorted(entry_points(group=group), key=lambda point: point.name):
        added = point.load()
        if not isinstance(added, type_):
            raise TypeError(f"the entry point {group} “{point.name}” is no {type_.__name__}")
        yield added

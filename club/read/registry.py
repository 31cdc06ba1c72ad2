"""The registry of a club: the standard kinds, those of other packages, less what it leaves out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

from club.model.kind import Check, Kind
from club.model.registry import Registry
from club.records import standard

KINDS, RULES = "club.kinds", "club.rules"
"""The entry points where a package adds a kind (a `Kind`) or a rule across kinds (a `Check`)."""
TEMPLATES, CATALOGUES = "templates", "locale"
"""The folders of a club, then of a package that adds to it, searched before ours."""


def find_registry(root: Path | None = None, without: Collection[str] = ()) -> Registry:
    """What the club at *root* may write down; *without* names the kinds that it leaves out.

    Raises `ValueError`, with the names that would do, for a kind that does not exist.
    """
    kinds = [*standard.KINDS, *_added(KINDS, Kind)]
    names = {kind.name for kind in kinds}
    if unknown := sorted(set(without) - names):
        raise ValueError(f"{', '.join(unknown)}: {', '.join(sorted(names))}")
    kept = names.difference(without)
    roots = [*((root,) if root else ()), *_packages()]
    return Registry(
        kinds=tuple(_among(kept, kind) for kind in kinds if kind.name in kept),
        checks=(*standard.CHECKS, *_added(RULES, Check)),
        templates=tuple(each / TEMPLATES for each in roots),
        catalogues=tuple(each / CATALOGUES for each in roots),
    )


def _among(kept: Collection[str], kind: Kind[Any]) -> Kind[Any]:
    fitted = kind.among(kept)
    return kind if fitted == kind else fitted


def _packages() -> list[Path]:
    """The folders of the packages that add a kind or a rule."""
    points = (point for group in (KINDS, RULES) for point in _points(group))
    modules = (import_module(point.module.partition(".")[0]) for point in points)
    # A module alone stands among those of others, where no folder is its own.
    found = (Path(each) for module in modules for each in getattr(module, "__path__", ()))
    return list(dict.fromkeys(found))


def _points(group: str) -> list[EntryPoint]:
    return sorted(entry_points(group=group), key=lambda point: point.name)


def _added(group: str, type_: type[Any]) -> Iterator[Any]:
    """What installed packages add to *group*, by the names they give it."""
    for point in _points(group):
        added = point.load()
        if not isinstance(added, type_):
            raise TypeError(f"the entry point {group} “{point.name}” is no {type_.__name__}")
        yield added

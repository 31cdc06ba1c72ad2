"""What the club's `mkdocs.yml` says, for commands that do not build the site."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from club.model.folder import DOCS

MKDOCS_YML = "mkdocs.yml"


@dataclass(frozen=True, slots=True)
class Settings:
    """The address of the repository, its main branch, its type of forge if it is said.

    *pages* are the pages of the wiki that the navigation leads to, *docs* is their folder, and
    *without* names the kinds that the club leaves out.
    """

    repo_url: str = ""
    branch: str = "main"
    forge: str = ""
    pages: frozenset[str] = frozenset()
    docs: str = DOCS
    without: tuple[str, ...] = ()


class _Loader(yaml.SafeLoader):
    """Reads `!ENV` as MkDocs does, and any other tag as nothing: no code is ever loaded."""


def _environment(loader: _Loader, node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return os.environ.get(str(node.value))
    *names, default = loader.construct_sequence(node)  # type: ignore[arg-type]
    return next((os.environ[name] for name in names if name in os.environ), default)


_Loader.add_constructor("!ENV", _environment)
_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def read_settings(root: Path) -> Settings:
    """The settings of the club at *root*; what is absent or unreadable is at its default."""
    try:
        found = yaml.load((root / MKDOCS_YML).read_text("utf-8"), _Loader)
    except (OSError, ValueError, yaml.YAMLError):
        return Settings()
    config = found if isinstance(found, dict) else {}
    extra = config.get("extra")
    club = extra.get("club") if isinstance(extra, dict) else None
    club = club if isinstance(club, dict) else {}
    return Settings(
        str(config.get("repo_url") or ""),
        str(club.get("branch") or "main"),
        str(club.get("forge") or ""),
        frozenset(_pages(config.get("nav"))),
        PurePosixPath(str(config.get("docs_dir") or DOCS)).as_posix(),
        tuple(str(name) for name in club.get("without") or ()),
    )


def _pages(nav: Any) -> Iterator[str]:
    """The pages that a navigation names, at any depth."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, list | dict):
        for each in nav.values() if isinstance(nav, dict) else nav:
            yield from _pages(each)

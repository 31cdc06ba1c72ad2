"""What the club's `mkdocs.yml` says, for commands that do not build the site."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from club.model.folder import DOCS, Named, named
from club.publish.words.language import LANGUAGES

MKDOCS_YML = "mkdocs.yml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What `mkdocs.yml` says; what is absent or unreadable is at its default."""

    config: Mapping[str, Any]

    @property
    def club(self) -> Mapping[str, Any]:
        """The club's own settings."""
        return mapping(mapping(self.config.get("extra")).get("club"))

    @property
    def repo_url(self) -> str:
        """The address of the repository."""
        return str(self.config.get("repo_url") or "")

    @property
    def branch(self) -> str:
        """Its main branch."""
        return str(self.club.get("branch") or "main")

    @property
    def forge(self) -> str:
        """The type of its forge, if it is said."""
        return str(self.club.get("forge") or "")

    @property
    def language(self) -> str:
        """The language of the site."""
        said = str(mapping(self.config.get("theme")).get("language") or "fr")
        return said if said in LANGUAGES else "en"

    @property
    def pages(self) -> frozenset[str]:
        """The pages that the navigation leads to."""
        return frozenset(_pages(self.config.get("nav")))

    @property
    def docs(self) -> str:
        """The folder of the pages."""
        return PurePosixPath(str(self.config.get("docs_dir") or DOCS)).as_posix()

    @property
    def named(self) -> Named:
        """The files of the club that the settings name."""
        return named(self.config)

    @property
    def without(self) -> tuple[str, ...]:
        """The kinds that the club leaves out."""
        return tuple(str(name) for name in self.club.get("without") or ())


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
    """The settings of the club at *root*."""
    try:
        return Settings(mapping(yaml.load((root / MKDOCS_YML).read_text("utf-8"), _Loader)))
    except (OSError, ValueError, yaml.YAMLError):
        return Settings({})


def mapping(value: Any) -> Mapping[str, Any]:
    """*value* if it is a mapping, or else an empty one."""
    return value if isinstance(value, dict) else {}


def build_day() -> date:
    """The day of the build, which SOURCE_DATE_EPOCH may set, or today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now(UTC).date()


def _pages(nav: Any) -> Iterator[str]:
    """The pages that a navigation names, at any depth."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, list | dict):
        for each in nav.values() if isinstance(nav, dict) else nav:
            yield from _pages(each)

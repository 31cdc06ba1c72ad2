"""Clubs made for a test, in a real folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from club.model.folder import ClubFolder
from club.read.load import Club, load
from club.read.registry import find_registry

TOY = Path(__file__).parent / "toy"
FROZEN = Path(__file__).parent / "frozen"
"""What the first club was one day, cut down: what is asserted of it stays true."""
REGISTRY = find_registry()


def folder_at(root: Path) -> ClubFolder:
    """The folder of a club with the standard kinds."""
    return ClubFolder(root, REGISTRY)


def write(root: Path, files: Mapping[str, str]) -> Path:
    """Writes *files* under *root*, byte for byte."""
    (root / "data").mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    return root


def club_of(root: Path, files: Mapping[str, str]) -> Club:
    """The club whose files are *files* and no others."""
    return load(folder_at(write(root, files)))


def copied(club: Path, root: Path) -> Path:
    """A copy at *root* of *club*'s own files, to change without harm."""
    shutil.copytree(club / "data", root / "data")
    shutil.copytree(club / "docs", root / "docs")
    shutil.copy(club / "mkdocs.yml", root / "mkdocs.yml")
    return root


def few(values: Iterable[Any], count: int = 1) -> list[Any]:
    """*values* as parameters of a test, of which `make test` runs the first *count*."""
    return [
        each if index < count else pytest.param(each, marks=pytest.mark.long)
        for index, each in enumerate(values)
    ]


def fewer(of: int = 5) -> settings:
    """For a property of which one example costs much: a share of what the profile asks for."""
    return settings(max_examples=max(settings.default.max_examples // of, 20))


def toy_in(root: Path) -> Path:
    """A copy of the toy club."""
    return copied(TOY, root)

"""A new club: settings, a few records that explain themselves, pages to fill in, CI files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from club import __version__
from club.edit.plan import Plan
from club.model.message import N_, Message

STARTER = Path(__file__).parent / "starter"
BOTH = "both"
"""What a club in any language starts with; what is in its own stands beside it."""
HIDDEN = "dot-"
"""What a name begins with here where the club's own begins with a dot, which tools would heed."""
NAME, VERSION = "CLUB_NAME", "CLUB_VERSION"


def start(root: Path, name: str, language: str) -> Plan | Message:
    """The files of a club called *name*, for the new or empty folder *root*."""
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        return Message(N_("{path} is not empty"), {"path": str(root)})
    name = " ".join(name.split())
    files = (*_files(STARTER / BOTH), *_files(STARTER / language))
    return Plan({path: _filled(path, text, name) for path, text in sorted(files)})


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    for file in folder.rglob("*"):
        if file.is_file():
            path = f"/{file.relative_to(folder).as_posix()}".replace(f"/{HIDDEN}", "/.")
            yield path[1:], file.read_text("utf-8")


def _filled(path: str, text: str, name: str) -> str:
    if path.endswith(".yml"):
        text = text.replace(f'"{NAME}"', json.dumps(name, ensure_ascii=False))
    return text.replace(NAME, name).replace(VERSION, __version__)

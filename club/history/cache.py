"""What was read from each commit, kept from one run to the next, for as long as it stays true."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from club.history.kept import keep, kept
from club.model.folder import ClubFolder

FOLDER = Path(".cache") / "club"
VERSION = 4
NAME = f"history-{VERSION}.json"
CLUB = Path(__file__).parent.parent

CachedCommit = dict[str, Any]
"""A commit: its date, author and message, its packed changes, and the files that it broke."""


def load(folder: ClubFolder) -> tuple[str, dict[str, CachedCommit]]:
    """The commit that was read last and every commit that led to it; nothing if it is stale."""
    try:
        found = json.loads(kept(folder.root / FOLDER / NAME) or b"{}")
        if found["made_by"] == fingerprint(folder) and isinstance(found["entries"], dict):
            return str(found["head"]), found["entries"]
    except (ValueError, KeyError, TypeError):
        pass
    return "", {}


def save(folder: ClubFolder, head: str, cached: dict[str, CachedCommit]) -> None:
    """Keeps *cached*, if it can be."""
    content = {"made_by": fingerprint(folder), "head": head, "entries": cached}
    path = folder.root / FOLDER / NAME
    keep(path, json.dumps(content, separators=(",", ":")).encode())
    with suppress(OSError):
        (path.parent / ".gitignore").write_text("*\n", "utf-8")


@cache
def fingerprint(folder: ClubFolder) -> str:
    """Changes with any module that says how a commit is read, and with the kinds of the club."""
    found = hashlib.sha256(f"{folder.docs}\0{sorted(folder.registry.collections)}".encode())
    for path in sorted(modules(folder)):
        found.update(path.read_bytes())
    return found.hexdigest()


def modules(folder: ClubFolder) -> Iterator[Path]:
    """The modules that say how a commit is read."""
    for room in ("git", "history", "model"):
        yield from CLUB.glob(f"{room}/*.py")
    for kind in folder.registry.kinds:
        yield kind.module

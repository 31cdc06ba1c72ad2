"""What was read from each commit, kept from one run to the next, for as long as it stays true."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from club.model.folder import ClubFolder

FOLDER = Path(".cache") / "club"
VERSION = 2
NAME = f"history-{VERSION}.json"
CLUB = Path(__file__).parent.parent

CachedCommit = dict[str, Any]
"""A commit: its date, author and message, its packed changes, and the files that it broke."""


def load(folder: ClubFolder) -> tuple[str, dict[str, CachedCommit]]:
    """The commit that was read last and every commit that led to it; nothing if it is stale."""
    try:
        mark, _, raw = (folder.root / FOLDER / NAME).read_bytes().partition(b"\n")
        if mark != mark_of(raw):  # a disk that was full, a hand that changed it
            return "", {}
        found = json.loads(raw)
        if found["made_by"] == fingerprint(folder) and isinstance(found["entries"], dict):
            return str(found["head"]), found["entries"]
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return "", {}


def save(folder: ClubFolder, head: str, cached: dict[str, CachedCommit]) -> None:
    """Keeps *cached* in one move, so that an interruption leaves the old ones; or not at all."""
    content = {"made_by": fingerprint(folder), "head": head, "entries": cached}
    path = folder.root / FOLDER / NAME
    new = path.with_name(f".{NAME}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / ".gitignore").write_text("*\n", "utf-8")
        raw = json.dumps(content, separators=(",", ":")).encode()
        new.write_bytes(mark_of(raw) + b"\n" + raw)
        os.replace(new, path)
    except OSError:
        with suppress(OSError):  # a disk that cannot be written costs time, not the site
            new.unlink()


def mark_of(raw: bytes) -> bytes:
    """What tells *raw* whole from damaged."""
    return hashlib.sha256(raw).hexdigest().encode()


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

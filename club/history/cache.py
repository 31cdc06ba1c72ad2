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

FOLDER = Path(".cache") / "club"
VERSION = 1
NAME = f"history-{VERSION}.json"
CLUB = Path(__file__).parent.parent

Entry = dict[str, Any]
"""A commit: its date, author and message, its packed changes, and the files that it broke."""


def load(root: Path) -> tuple[str, dict[str, Entry]]:
    """The commit that was read last and every entry that led to it; nothing if it is stale."""
    try:
        found = json.loads((root / FOLDER / NAME).read_bytes())
        if found["made_by"] == fingerprint() and isinstance(found["entries"], dict):
            return str(found["head"]), found["entries"]
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return "", {}


def save(root: Path, head: str, entries: dict[str, Entry]) -> None:
    """Keeps *entries* in one move, so that an interruption leaves the old ones; or not at all."""
    content = {"made_by": fingerprint(), "head": head, "entries": entries}
    path = root / FOLDER / NAME
    new = path.with_name(f".{NAME}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / ".gitignore").write_text("*\n", "utf-8")
        new.write_text(json.dumps(content, separators=(",", ":")), "utf-8")
        os.replace(new, path)
    except OSError:
        with suppress(OSError):  # a disk that cannot be written costs time, not the site
            new.unlink()


@cache
def fingerprint() -> str:
    """Changes with any module that says how a commit is read."""
    found = hashlib.sha256()
    for path in sorted(modules()):
        found.update(path.read_bytes())
    return found.hexdigest()


def modules() -> Iterator[Path]:
    """The modules that say how a commit is read."""
    for room in ("git", "history", "model"):
        yield from CLUB.glob(f"{room}/*.py")
    yield from (CLUB / "read/files.py", CLUB / "read/pages.py", CLUB / "records/registry.py")
    for name in ("model", "kind"):
        yield from CLUB.glob(f"records/*/{name}.py")

"""What is kept from one run to the next, and trusted only when it is whole."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

DAY = 86_400
"""In seconds."""


def kept(file: Path) -> bytes | None:
    """What *file* keeps; None if it keeps nothing, or is damaged by a full disk or a hand."""
    try:
        mark, _, raw = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    return raw if mark == _mark_of(raw) else None


def keep(file: Path, raw: bytes) -> None:
    """Keeps *raw* in one move, so that an interruption leaves the old; or not at all.

    A disk that cannot be written costs time, not the site.
    """
    new = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(_mark_of(raw) + b"\n" + raw)
        os.replace(new, file)
    except OSError:
        with suppress(OSError):
            new.unlink()


def mark_used(file: Path) -> None:
    """Notes that *file* serves still; at most once a day, as a build asks for hundreds."""
    with suppress(OSError):
        if time.time() - file.stat().st_mtime > DAY:
            os.utime(file)


def prune(folder: Path, days: int, most: int) -> None:
    """Removes of *folder* what no run used for so many *days*, and the oldest beyond *most* files.

    A run beside this one may lose what it would have read, and makes it again: what it has just
    written is the newest. So does what an interrupted run left half written, after a day.
    """
    every = sorted(_by_last_use(folder), reverse=True)
    oldest = time.time() - days * DAY
    for index, (used, name) in enumerate(every):
        is_half = name.startswith(".")
        if index >= most or used < oldest or (is_half and used < time.time() - DAY):
            with suppress(OSError):
                (folder / name).unlink()


def _by_last_use(folder: Path) -> Iterator[tuple[float, str]]:
    with suppress(OSError), os.scandir(folder) as entries:
        for each in entries:
            # A run beside this one removes files too.
            with suppress(OSError):
                if each.is_file(follow_symlinks=False):
                    yield each.stat(follow_symlinks=False).st_mtime, each.name


def _mark_of(raw: bytes) -> bytes:
    return hashlib.sha256(raw).hexdigest().encode()

"""What is kept from one run to the next, and trusted only when it is whole."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path


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


def _mark_of(raw: bytes) -> bytes:
    return hashlib.sha256(raw).hexdigest().encode()

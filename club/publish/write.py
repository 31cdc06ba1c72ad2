"""The one way to write a file of the site: under its folder, whatever its path was made from."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

PART = re.compile(r"(?!\.{1,2}$)[^/\\\x00-\x1f\x7f]{1,255}")
"""A name that every file system keeps where it is put; shorter names are those of addresses."""


def write(folder: Path, path: str, content: str | bytes) -> None:
    """Writes *content* at *path*, a path with slashes, below *folder*.

    Raises `ValueError`, before anything is written, for a path that could lead elsewhere.
    """
    target = place(folder, path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    except OSError as error:
        error.filename = error.filename or str(target)  # a full disk does not say of which file
        raise


def place(folder: Path, path: str) -> Path:
    """Where *path* is below *folder*."""
    parts = path.split("/")
    if not all(PART.fullmatch(part) for part in parts):
        raise ValueError(f"{path!r} does not stand below its folder")
    return folder.joinpath(PurePosixPath(*parts))

"""Merging a file of the club from its path: which collection it is, and bytes in, bytes out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from club.git.merge_file import merge_file
from club.merge.result import NOT_YAML, SIDES, Conflict, Merged
from club.merge.texts import merge_texts
from club.model.message import Message

DATA = "data"
SUFFIXES = {".yaml", ".yml"}


@dataclass(frozen=True, slots=True)
class MergedFile:
    """The bytes of a merged file, and whether people must finish it."""

    raw: bytes
    merge: Merged | Conflict


def merge_path(
    base: bytes, ours: bytes, theirs: bytes, path: str, names: tuple[str, str] = SIDES
) -> MergedFile:
    """The merge of the file at *path*: by field if it holds records, by line otherwise."""
    collection, in_folder = collection_of(path)
    try:
        old, here, there = (raw.decode() for raw in (base, ours, theirs))
    except UnicodeDecodeError:
        collection = ""
    if collection:
        merge = merge_texts(
            old, here, there, collection, in_folder=in_folder, path=path, names=names
        )
        return MergedFile(merge.text.encode(), merge)
    raw, is_clean = merge_file(base, ours, theirs, names)
    text = raw.decode(errors="replace")
    said = (Message(NOT_YAML, {"where": path}),)
    return MergedFile(raw, Merged(text) if is_clean else Conflict(text, said))


def collection_of(path: str) -> tuple[str, bool]:
    """The collection of the file at *path*, and whether it holds one record of it; else "".

    The club may stand in a folder of its repository.
    """
    found = PurePosixPath(path)
    if found.suffix not in SUFFIXES or DATA not in found.parts[:-1]:
        return "", False
    inside = found.parts[len(found.parts) - found.parts[::-1].index(DATA) :]
    return (inside[0], True) if len(inside) > 1 else (found.stem, False)

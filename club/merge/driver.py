"""Merging a file of the club from its path: which collection it is, and bytes in, bytes out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from club.git.merge_file import merge_file
from club.merge.plain import merge_plainly
from club.merge.result import NOT_YAML, SIDES, Conflict, Merged
from club.merge.texts import merge_texts
from club.model.folder import DATA, EXCEPTIONS, DataFile, data_file
from club.model.message import Message
from club.model.record import Part
from club.model.registry import Registry


class KnownProblem(Part):
    """An item of the list of known exceptions: there is one for a rule and a record."""

    identity = ("rule", "record")


@dataclass(frozen=True, slots=True)
class MergedFile:
    """The bytes of a merged file, and whether people must finish it."""

    raw: bytes
    merge: Merged | Conflict


def merge_path(
    base: bytes,
    ours: bytes,
    theirs: bytes,
    path: str,
    registry: Registry,
    names: tuple[str, str] = SIDES,
) -> MergedFile:
    """The merge of the file at *path*: by field if it holds records, by line otherwise."""
    try:
        old, here, there = (raw.decode() for raw in (base, ours, theirs))
    except UnicodeDecodeError:
        raw, is_clean = merge_file(base, ours, theirs, names)
        text, said = raw.decode(errors="replace"), Message(NOT_YAML, {"where": path})
        return MergedFile(raw, Merged(text) if is_clean else Conflict(text, (said,)))
    if file := records_at(path):
        model = registry.model_of(file.collection)
        part = KnownProblem if file == data_file(EXCEPTIONS) else None
        merge = merge_texts(
            old, here, there, model, part, in_folder=bool(file.id), path=path, names=names
        )
    else:
        merge = merge_plainly(old, here, there, path, names)
    return MergedFile(merge.text.encode(), merge)


def records_at(path: str) -> DataFile | None:
    """What the file at *path* holds; the club may stand in a folder of its repository."""
    parts = PurePosixPath(path).parts
    if DATA not in parts[:-1]:
        return None
    start = len(parts) - 1 - parts[::-1].index(DATA)
    return data_file(PurePosixPath(*parts[start:]).as_posix())

"""The files under `data/` and `docs/` of a folder or of a commit, listed before they are read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from club.git.worktree import Git

REGULAR = {"100644", "100755", "100664"}


@dataclass(frozen=True, slots=True)
class Offered:
    """A file of a proposal, not read yet: *blob* is its id in Git, or its place on disk."""

    path: str
    is_plain: bool
    size: int
    blob: str | Path


def files_in_folder(proposal: Path, tops: tuple[str, ...]) -> Iterator[Offered]:
    """What stands under *tops* in the folder *proposal*; no link is followed."""
    for top in tops:
        if (proposal / top).is_symlink():
            yield Offered(top, False, 0, proposal / top)
            continue
        for folder, folders, files in os.walk(proposal / top):
            for name in sorted([*folders, *files]):
                file = Path(folder, name)
                about = file.lstat()
                if stat.S_ISDIR(about.st_mode):
                    continue
                path = file.relative_to(proposal).as_posix()
                yield Offered(path, stat.S_ISREG(about.st_mode), about.st_size, file)


def files_in_commit(git: Git, commit_id: str, tops: tuple[str, ...]) -> Iterator[Offered]:
    """What stands under *tops* in the commit, less what is not a file at all."""
    listed = git.raw("ls-tree", "-r", "-z", "-l", commit_id, "--", *tops)
    for line in listed.split(b"\0"):
        about, tab, path = line.partition(b"\t")
        if tab:
            mode, _kind, blob, size = about.decode().split()
            is_plain = mode in REGULAR
            name = path.decode("utf-8", "backslashreplace")
            yield Offered(name, is_plain, int(size) if is_plain else 0, blob)


def contents(taken: Iterable[Offered], git: Git | None) -> Iterator[tuple[str, bytes]]:
    """Each file with what it holds; one process reads all the blobs."""
    taken = list(taken)
    blobs = [str(each.blob) for each in taken if not isinstance(each.blob, Path)]
    answer = (
        git.raw("cat-file", "--batch", given="".join(f"{each}\n" for each in blobs).encode())
        if git and blobs
        else b""
    )
    start = 0
    for each in taken:
        if isinstance(each.blob, Path):
            yield each.path, each.blob.read_bytes()
            continue
        start = answer.index(b"\n", start) + 1
        yield each.path, answer[start : start + each.size]
        start += each.size + 1

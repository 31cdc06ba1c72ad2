"""The files under `data/` and `docs/` of a folder or of a commit, listed before they are read."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from club.git.command import GitError
from club.git.repository import Repository
from club.read.attachments import files_under

REGULAR = {"100644", "100755", "100664"}


@dataclass(frozen=True, slots=True)
class ProposedFile:
    """A file of a proposal, not read yet: *blob* is its id in Git, or its place on disk."""

    path: str
    is_plain: bool
    size: int
    blob: str | Path


def files_in_folder(proposal: Path, tops: tuple[str, ...]) -> Iterator[ProposedFile]:
    """What stands under *tops* in the folder *proposal*; no link is followed."""
    for top in tops:
        for file, about in files_under(proposal, top):
            path = file.relative_to(proposal).as_posix()
            yield ProposedFile(path, stat.S_ISREG(about.st_mode), about.st_size, file)


def files_in_commit(
    repo: Repository, commit_id: str, tops: tuple[str, ...]
) -> Iterator[ProposedFile]:
    """What stands under *tops* in the commit, less what is not a file at all."""
    for entry in repo.tree(commit_id, *tops):
        is_plain = entry.mode in REGULAR
        # What is no UTF-8 gets a backslash, which no sound name has.
        name = entry.path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        yield ProposedFile(name, is_plain, entry.size if is_plain else 0, entry.id)


def contents(files: Iterable[ProposedFile], repo: Repository | None) -> Iterator[tuple[str, bytes]]:
    """Each file with what it holds; one process reads all the blobs."""
    files = list(files)
    if repo is not None:
        repo.prefetch(str(each.blob) for each in files if not isinstance(each.blob, Path))
    for each in files:
        yield each.path, _content(each.blob, repo)


def _content(blob: str | Path, repo: Repository | None) -> bytes:
    if isinstance(blob, Path):
        return blob.read_bytes()
    content = repo.blob(blob) if repo is not None else None
    if content is None:
        raise GitError(f"{blob} is missing")
    return content

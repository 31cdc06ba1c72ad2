"""The log of a repository in one pass: each commit with what it changed in some folders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from club.git.repository import REGULAR, Repository

FORMAT = "--format=%H%x00%aI%x00%an <%ae>%x00%B%x00"
FIELDS = 3
COMMIT_ID = re.compile(rb"[0-9a-f]{40}([0-9a-f]{24})?")
ABSENT = re.compile(r"0+")
TWO_PATHS = ("R", "C")
# Git takes bytes that are not UTF-8 for Latin-1 when it commits; they were what Windows writes.
WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") or "?" for code in range(0x80, 0xA0)}


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that a commit changed: its blob in each parent and now, nothing where it is absent.

    *old_path* is where it came from, if Git sees that it was moved.
    """

    path: str
    olds: tuple[str, ...]
    new: str
    old_path: str = ""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit as it was written: when (ISO 8601), by whom, why, and what it touched.

    A merge touches the files that it leaves as none of its parents had them.
    """

    id: str
    date: str
    author: str
    message: str
    files: tuple[FileChange, ...]


def read_log(
    repo: Repository, folders: Sequence[str], head: str, known: str = ""
) -> Iterator[Commit]:
    """The commits that led to *head* and not to *known*, with what they did in *folders*.

    Those that did nothing may be left out: they are where our folder is part of its repository.
    """
    arguments = ["log", head, *([f"^{known}"] if known else []), "--full-history", "--raw", "-z"]
    arguments += ["-M", "-c", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--root", FORMAT]
    # Naming folders makes Git compare trees twice: that is worth it where much else is stored.
    named = [repo.folder + each for each in folders] if repo.folder else []
    tokens = _tokens(repo.stream(*arguments, "--", *named))
    return _commits(repo, tuple(f"{each}/" for each in folders), tokens)


def _tokens(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The parts of a stream between its zero bytes."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\0")
        yield from whole
    if rest:
        yield rest


def _commits(
    repo: Repository, folders: tuple[str, ...], tokens: Iterator[bytes]
) -> Iterator[Commit]:
    head: list[str] = []
    files: list[FileChange] = []
    for token in tokens:
        found = token.lstrip(b"\n")
        if found.startswith(b":"):
            change = _file(repo, found.decode(), tokens)
            if change.path.startswith(folders) or change.old_path.startswith(folders):
                files.append(change)
        elif COMMIT_ID.fullmatch(found):
            if head:
                yield Commit(head[0], head[1], head[2], head[3], tuple(files))
            head = [found.decode(), *(decoded(next(tokens)) for _ in range(FIELDS))]
            files = []
    if head:
        yield Commit(head[0], head[1], head[2], head[3], tuple(files))


def decoded(text: bytes) -> str:
    """*text* as UTF-8, or else as what Windows wrote before it."""
    try:
        return text.decode("utf-8").translate(WINDOWS)
    except UnicodeDecodeError:
        return text.decode("latin-1").translate(WINDOWS)


def _file(repo: Repository, about: str, tokens: Iterator[bytes]) -> FileChange:
    """One line of `--raw`: modes, blobs and a status, for one parent or, in a merge, for each."""
    parents = len(about) - len(about.lstrip(":"))
    words = about[parents:].split()
    modes, ids, status = words[: parents + 1], words[parents + 1 : 2 * parents + 2], words[-1]
    path = repo.inside(next(tokens))
    old_path = ""
    if parents == 1 and status.startswith(TWO_PATHS):
        old_path, path = path, repo.inside(next(tokens))
    blobs = tuple(
        id if mode in REGULAR and not ABSENT.fullmatch(id) else ""
        for mode, id in zip(modes, ids, strict=True)
    )
    return FileChange(path, blobs[:-1], blobs[-1], old_path if status.startswith("R") else "")

"""The few things the merge asks of Git itself."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import git

MOST_CONFLICTS = 127
"""Above it, the status of `git merge-file` is a failure."""


def merge_file(
    base: bytes, ours: bytes, theirs: bytes, names: tuple[str, str]
) -> tuple[bytes, bool]:
    """What `git merge-file` makes of three versions, and whether it found no conflict."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("ours", "base", "theirs")]
        for file, raw in zip(files, (ours, base, theirs), strict=True):
            file.write_bytes(raw)
        labels = [part for name in (names[0], "base", names[1]) for part in ("-L", name)]
        status, output, error = git.Git(folder).execute(
            ["git", "merge-file", "-p", *labels, *map(str, files)],
            with_extended_output=True,
            with_exceptions=False,
            strip_newline_in_stdout=False,
            stdout_as_string=False,
        )
    if not 0 <= status <= MOST_CONFLICTS:
        raise git.GitCommandError("merge-file", status, error)
    return bytes(output), status == 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What Git said."""

    status: int
    out: str
    err: str


def ask(root: Path, *arguments: str) -> Answer:
    """Runs Git in *root*; a failure is an answer, not an exception."""
    found = git.Git(root).execute(
        ["git", *arguments],
        with_extended_output=True,
        with_exceptions=False,
        stdout_as_string=False,
    )
    status, out, err = found
    said = err if isinstance(err, bytes) else str(err).encode()
    return Answer(int(status), bytes(out).decode(errors="replace"), said.decode(errors="replace"))

"""What Git makes of three versions of a file, line by line."""

from __future__ import annotations

import tempfile
from pathlib import Path

from club.git.command import GitError, ask

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
        answer = ask(Path(folder), "merge-file", "-p", *labels, *map(str, files))
    if not 0 <= answer.status <= MOST_CONFLICTS:
        raise GitError(answer.said)
    return answer.output, answer.status == 0

"""Git's merges with our driver, whatever is set up in the clone."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from club.git.worktree import WorkTree
from club.merge.install import DRIVER, NAME, TITLE, command
from club.model.folder import DATA, SUFFIXES


@contextmanager
def driver_options(there: str) -> Iterator[list[str]]:
    """What comes before the name of a command of Git that merges, so that it does by field.

    The other side is called *there*.
    """
    with tempfile.TemporaryDirectory() as folder:
        attributes = Path(folder) / "attributes"
        lines = (f"**/{DATA}/**/*{suffix} merge=club\n" for suffix in SUFFIXES)
        attributes.write_text("".join(lines), encoding="utf-8")
        settings = {
            DRIVER: command(labels=("HEAD", there)),
            NAME: TITLE,
            "core.attributesFile": attributes.as_posix(),
        }
        yield [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]


def merged_tree(git: WorkTree, ours: str, theirs: str) -> str:
    """The tree that two commits merge into; nothing if they clash, or if Git is before 2.38."""
    with driver_options(theirs) as options:
        answer = git.ask(*options, "merge-tree", "--write-tree", "--no-messages", ours, theirs)
    return "" if answer.status else answer.text

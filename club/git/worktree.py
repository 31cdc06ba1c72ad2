"""The user's own work tree, index and settings, as a Git command of theirs would have them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from club.git.command import Answer, ask

OUTSIDE = "not a git repository (or any"
"""What Git says where it looked for a repository in vain; any other refusal is one."""


@dataclass(frozen=True, slots=True)
class WorkTree:
    """Git in a folder of the user's; *environment* is added to that of every command."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def holding(cls, folder: Path) -> WorkTree | None:
        """The work tree that holds *folder*; None where there is none."""
        tree = cls(folder)
        answer = tree.ask("rev-parse", "--is-inside-work-tree")
        if answer.status and OUTSIDE in answer.said:
            return None
        return tree if answer.or_error().text == "true" else None

    def ask(self, *arguments: str, given: bytes = b"") -> Answer:
        """Runs a command that may fail; *given* is its standard input."""
        return ask(self.folder, *arguments, given=given, environment=self.environment)

    def run(self, *arguments: str, given: bytes = b"") -> str:
        """What a command prints, less the last line break; raises `GitError` if it fails."""
        return self.ask(*arguments, given=given).or_error().text

    def commit_id(self, ref: str) -> str:
        """The id of the commit that *ref* names, or nothing."""
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
        answer = self.ask(*asked)
        return "" if answer.status else answer.text

    def git_path(self, name: str) -> Path:
        """Where Git keeps its own file *name*."""
        return self.folder / self.run("rev-parse", "--git-path", name)

    @contextmanager
    def with_own_index(self, commit_id: str) -> Iterator[WorkTree]:
        """The same files under an index of our own, which holds what *commit_id* does.

        The user's index is only read: what it knows of the files saves reading them again.
        """
        with tempfile.TemporaryDirectory() as folder:
            index = Path(folder) / "index"
            if self.git_path("index").exists():
                shutil.copyfile(self.git_path("index"), index)
            aside = WorkTree(self.folder, {**self.environment, "GIT_INDEX_FILE": str(index)})
            aside.run("read-tree", *(["--reset", commit_id] if commit_id else ["--empty"]))
            yield aside

"""Git's own commands on the repository that holds a club, and nothing of the user's touched."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import git

IN_ENGLISH = {"LC_ALL": "C", "LANGUAGE": "C"}
"""What Git answers is read by the program: it always answers the same."""


class GitError(Exception):
    """A command that Git refused, with its own words."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a command printed, and whether Git was happy."""

    status: int
    out: bytes
    said: str


@dataclass(frozen=True, slots=True)
class Git:
    """Git in the folder of a club; *more* is added to the environment of every command."""

    root: Path
    more: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def at(cls, root: Path) -> Git | None:
        """Git for the work tree that holds *root*; None where there is none."""
        found = cls(root)
        inside = found.tried("rev-parse", "--is-inside-work-tree")
        return found if inside.status == 0 and inside.out.strip() == b"true" else None

    def tried(self, *arguments: str, given: bytes = b"") -> Done:
        """Runs a command that may fail; *given* is its standard input."""
        with tempfile.TemporaryFile() as stdin:
            stdin.write(given)
            stdin.seek(0)
            status, out, said = git.Git(str(self.root)).execute(
                ["git", *arguments],
                istream=stdin,
                with_extended_output=True,
                with_exceptions=False,
                stdout_as_string=False,
                strip_newline_in_stdout=False,
                env={**IN_ENGLISH, **self.more},
            )
        return Done(int(status), bytes(out), str(said).strip())

    def run(self, *arguments: str, given: bytes = b"") -> str:
        """What a command prints, less the last line break; raises `GitError` if it fails."""
        return self.raw(*arguments, given=given).decode("utf-8", "replace").rstrip("\n")

    def raw(self, *arguments: str, given: bytes = b"") -> bytes:
        """What a command prints, to the byte."""
        done = self.tried(*arguments, given=given)
        if done.status:
            raise GitError(done.said)
        return done.out

    def commit_id(self, ref: str) -> str:
        """The commit that *ref* names, or nothing."""
        found = self.tried(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"
        )
        return found.out.decode().strip() if found.status == 0 else ""

    def path(self, name: str) -> Path:
        """Where Git keeps its own file *name*."""
        return self.root / self.run("rev-parse", "--git-path", name)

    @contextmanager
    def beside(self, commit_id: str) -> Iterator[Git]:
        """Git with an index of its own, which holds what *commit_id* does.

        The user's index is only read: what it knows of the files saves reading them again.
        """
        with tempfile.TemporaryDirectory() as folder:
            index = Path(folder) / "index"
            if self.path("index").exists():
                shutil.copyfile(self.path("index"), index)
            aside = Git(self.root, {**self.more, "GIT_INDEX_FILE": str(index)})
            if commit_id:
                aside.run("read-tree", "-m", commit_id)
            else:
                aside.run("read-tree", "--empty")
            yield aside

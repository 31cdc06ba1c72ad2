"""Real repositories, made for a test with Git itself."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from club.history.reasons import with_reason
from tests.clubs import write

DAY = 86_400
FIRST_DAY = 1_700_000_000 - 1_700_000_000 % DAY
LATER = {"SOURCE_DATE_EPOCH": str(FIRST_DAY + 100 * DAY)}
"""A day of build by which everything was committed: nothing is told to be later."""


class Work:
    """A work tree: each commit is made a day after the last, always at the same second."""

    def __init__(self, root: Path, club: str = "") -> None:
        self.root = root
        self.club = root / club
        self.day = 0
        self.is_for_readers = False
        """Whether messages are kept as reasons for readers, as `club propose` keeps them."""
        self.club.mkdir(parents=True, exist_ok=True)
        (self.club / "data").mkdir(exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, input: bytes | None = None, **environment: str) -> str:
        moment = f"{FIRST_DAY + self.day * DAY} +0100"
        variables = {
            "PATH": "/usr/bin:/bin:/usr/local/bin",
            "HOME": str(self.root),
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Camille",
            "GIT_AUTHOR_EMAIL": "camille@nantes.example",
            "GIT_COMMITTER_NAME": "Camille",
            "GIT_COMMITTER_EMAIL": "camille@nantes.example",
            "GIT_AUTHOR_DATE": moment,
            "GIT_COMMITTER_DATE": moment,
            **environment,
        }
        done = subprocess.run(
            ["git", "-c", "merge.ff=false", *arguments],
            cwd=self.root,
            env=variables,
            input=input,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return done.stdout.decode("utf-8", "replace").strip()

    def write(self, files: Mapping[str, str | None]) -> None:
        """Writes files of the club; None removes one."""
        write(self.club, {path: text for path, text in files.items() if text is not None})
        for path, text in files.items():
            if text is None:
                (self.club / path).unlink()

    def commit(
        self,
        files: Mapping[str, str | None],
        message: str | bytes = "Une raison",
        **environment: str,
    ) -> str:
        """The id of a new commit of *files*."""
        self.write(files)
        self.day += 1
        self.git("add", "-A", ".")
        if self.is_for_readers and isinstance(message, str):
            message = with_reason(message, "fr")
        said = message.encode() if isinstance(message, str) else message
        self.git("commit", "-q", "--allow-empty", "-F", "-", input=said, **environment)
        return self.git("rev-parse", "HEAD")

    def branch(self, name: str, start: str = "HEAD") -> None:
        self.git("checkout", "-q", "-b", name, start)

    def switch(self, name: str) -> None:
        self.git("checkout", "-q", name)

    def merge(self, name: str, message: str) -> str:
        self.day += 1
        self.git("merge", "-q", "--no-ff", "-m", message, name)
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """An empty repository with an empty club at its top."""
    return Work(tmp_path / "club")

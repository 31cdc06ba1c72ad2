"""The one place that runs Git, by way of GitPython, which is loaded when a command needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    pass


class GitError(Exception):
    """Git refused a command, in its own words: a damaged repository or a broken machine."""


class GitMissingError(GitError):
    """There is no Git on this machine, or one that cannot even tell its version."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How a command ended, what it printed, and what it said of it."""

    status: int
    output: bytes
    said: str

    @property
    def text(self) -> str:
        """What it printed, less the last line break."""
        return self.output.decode("utf-8", "replace").removesuffix("\n")

    def or_error(self) -> Answer:
        """The answer of a command that must not fail; raises `GitError` if it did."""
        if self.status:
            raise GitError(self.said)
        return self


def gitpython() -> Any:
    """GitPython, which looks for Git as it is imported."""
    try:
        import git  # noqa: PLC0415 - importing it fails where Git is not installed
    except ImportError as error:
        raise GitMissingError(str(error)) from error
    if not git.GIT_OK:  # the environment may have asked it to be quiet about that
        raise GitMissingError
    return git


def ask(
    folder: Path,
    *arguments: str,
    given: bytes = b"",
    environment: Mapping[str, str] | None = None,
) -> Answer:
    """Runs Git in *folder*, *given* on its standard input; a failure is an answer too."""
    command = _git(folder)
    with TemporaryFile() as stdin:
        stdin.write(given)
        stdin.seek(0)
        status, output, said = command.execute(
            _words(command, arguments),
            istream=stdin,
            with_extended_output=True,
            with_exceptions=False,
            stdout_as_string=False,
            strip_newline_in_stdout=False,
            env=environment,
        )
    return Answer(int(status), bytes(output), str(said).strip())


def start(
    folder: Path, *arguments: str, environment: Mapping[str, str], is_fed: bool = False
) -> Any:
    """Git at work in *folder*, with its streams; its standard input is one too if it *is_fed*."""
    command = _git(folder)
    return command.execute(
        _words(command, arguments),
        istream=PIPE if is_fed else None,
        as_process=True,
        env=environment,
    )


def _git(folder: Path) -> Any:
    # Without a type: GitPython 3.1 and 3.2 declare the arguments of `execute` otherwise.
    return gitpython().Git(str(folder))


def _words(command: Any, arguments: tuple[str, ...]) -> list[str]:
    return [str(command.GIT_PYTHON_GIT_EXECUTABLE), *arguments]

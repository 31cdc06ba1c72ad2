"""The only place that talks to Git: the repository that holds a club, read without a work tree.

Nothing of the reader's machine changes what is read: the settings that could are given with each
command, and the user's own are left out.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE
from tempfile import TemporaryFile
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import git

SETTINGS = (
    "core.quotePath=false",
    "core.commitGraph=true",
    "diff.renames=true",
    "diff.renameLimit=1000",
    "i18n.logOutputEncoding=UTF-8",
    "log.diffMerges=combined",
    "log.follow=false",
    "log.mailmap=false",
    "log.showRoot=true",
    "log.showSignature=false",
    "mailmap.blob=HEAD:.mailmap",
    "mailmap.file=",
)
ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_COUNT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
MAX_BLOB_BYTES = 16 * 1024 * 1024
KEPT_BYTES = 64 * 1024 * 1024
MAX_BATCH = 512
"""So many ids fit in a pipe, so that Git and we never wait for each other to read."""
REGULAR = ("100644", "100755")


class GitError(Exception):
    """Git refused a command: a damaged repository or a broken machine."""


@dataclass(frozen=True, slots=True)
class Parents:
    """A commit and what it comes from, the branch it was made on first."""

    commit_id: str
    parents: tuple[str, ...]


class Repo:
    """A repository, seen from the club's folder inside it."""

    def __init__(self, repo: git.Repo, folder: str) -> None:
        """*folder* leads from the top of the work tree to the club: nothing, or `a/b/`."""
        self._repo = repo
        self.folder = folder
        self.git_dir = str(repo.git_dir)
        self._reader: Any = None
        self._kept: dict[str, bytes | None] = {}
        self._kept_bytes = 0
        self._is_reading = Lock()

    @classmethod
    def holding(cls, club: Path) -> Repo | None:
        """The repository whose work tree holds the folder *club*; None without one, or Git."""
        try:
            import git  # noqa: PLC0415 - importing it fails where Git is not installed
        except ImportError:
            return None
        try:
            repo = git.Repo(club, search_parent_directories=True, expand_vars=False)
        except (git.InvalidGitRepositoryError, git.NoSuchPathError):
            return None
        if repo.working_tree_dir is None:
            return None
        top = Path(repo.working_tree_dir).resolve()
        folder = club.resolve().relative_to(top).as_posix()
        return cls(repo, "" if folder == "." else f"{folder}/")

    def __enter__(self) -> Self:
        """Nothing starts before it is needed."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Ends the process that reads blobs."""
        if self._reader is not None:
            with suppress(OSError):
                self._reader.stdin.close()
            self._reader.proc.wait()
            self._reader = None
        self._repo.close()

    @property
    def head(self) -> str:
        """The id of the commit checked out, on a branch or not; nothing before the first one."""
        return self.commit_id("HEAD")

    @property
    def is_shallow(self) -> bool:
        """Whether older commits were left where this repository was cloned from."""
        grafts = Path(str(self._repo.common_dir)) / "shallow"
        return grafts.exists() and bool(grafts.read_bytes().strip())

    def commit_id(self, name: str) -> str:
        """The id of the commit that *name* (a ref, a short id) means, or nothing."""
        try:
            return self.text(
                "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
            ).strip()
        except GitError:
            return ""

    def skeleton(self, head: str) -> list[Parents]:
        """Every commit that led to *head*, newest first, a commit before those it comes from."""
        lines = self.text("rev-list", "--topo-order", "--parents", head).splitlines()
        return [Parents(id, tuple(parents)) for id, *parents in map(str.split, lines)]

    def mainline(self, head: str) -> Iterator[tuple[str, int]]:
        """The commits that *head* was in turn, newest first, each with the second it came in."""
        said = self.text("log", "--first-parent", "--format=%H %ct", head)
        for line in said.splitlines():
            id, _, seconds = line.partition(" ")
            yield id, int(seconds)

    def files(self, commit_id: str, *folders: str) -> dict[str, str]:
        """The blob of each regular file under *folders* at that commit, by path from the club."""
        named = [self.folder + each for each in folders]
        found = {}
        for line in self.bytes("ls-tree", "-r", "-z", commit_id, "--", *named).split(b"\0"):
            about, _, path = line.partition(b"\t")
            mode, _, rest = about.decode().partition(" ")
            if mode in REGULAR:
                found[self.inside(path)] = rest.partition(" ")[2]
        return found

    def inside(self, path: bytes) -> str:
        """The path from the club's folder."""
        return path.decode("utf-8", "surrogateescape").removeprefix(self.folder)

    def mailmap(self, authors: list[str]) -> dict[str, str]:
        """Who each of *authors* (`Name <address>`) is, by the committed `.mailmap`."""
        # One would be taken for a list's end, the other for no contact at all.
        asked = [each for each in authors if "\n" not in each and "<" in each]
        if not asked:
            return {}
        said = self.text("check-mailmap", "--stdin", given="\n".join(asked) + "\n").splitlines()
        return dict(zip(asked, said, strict=True))

    def blob(self, id: str) -> bytes | None:
        """What is stored as *id*; None if it is not there or too large to be a club's file."""
        with self._is_reading:
            if id not in self._kept:
                self._fetch([id])
            return self._kept[id]

    @property
    def batch(self) -> int:
        """How many blobs may be asked for at once and still be kept together."""
        mean = self._kept_bytes // max(1, len(self._kept))
        return max(1, min(MAX_BATCH, KEPT_BYTES // 4 // max(1, mean)))

    def prefetch(self, ids: Iterable[str]) -> None:
        """Reads the blobs *ids* in one go: asking for each in turn would wait for each."""
        with self._is_reading:  # one question at a time, whoever asks
            asked = [id for id in dict.fromkeys(ids) if id not in self._kept]
            for start in range(0, len(asked), MAX_BATCH):
                self._fetch(asked[start : start + MAX_BATCH])

    def _fetch(self, ids: list[str]) -> None:
        if self._reader is None:
            self._reader = self._start("cat-file", "--batch", is_fed=True)
        self._reader.stdin.write("".join(f"{id}\n" for id in ids).encode())
        self._reader.stdin.flush()
        for id in ids:
            self._keep(id, _object(self._reader.stdout))

    def _keep(self, id: str, data: bytes | None) -> None:
        """Remembers *data*: what a commit removed is what an earlier one brought."""
        self._kept[id] = data
        self._kept_bytes += len(data or b"")
        while self._kept_bytes > KEPT_BYTES and len(self._kept) > 1:
            self._kept_bytes -= len(self._kept.pop(next(iter(self._kept))) or b"")

    def stream(self, *arguments: str) -> Iterator[bytes]:
        """What a Git command writes, piece by piece, while it is still at work."""
        process = self._start(*arguments)
        while piece := process.stdout.read1(1 << 16):
            yield piece
        if process.proc.wait():
            raise GitError(process.proc.stderr.read().decode("utf-8", "replace").strip())

    def bytes(self, *arguments: str, given: bytes = b"") -> bytes:
        """All that a Git command writes."""
        with TemporaryFile() as file:
            file.write(given)
            file.seek(0)
            status, said, wrong = self._repo.git.execute(
                self._command(arguments),
                istream=file,
                with_extended_output=True,
                with_exceptions=False,
                stdout_as_string=False,
                strip_newline_in_stdout=False,
                env=ENVIRONMENT,
            )
        if status:
            raise GitError(str(wrong))
        return said

    def text(self, *arguments: str, given: str = "") -> str:
        """All that a Git command writes, as text."""
        return self.bytes(*arguments, given=given.encode()).decode("utf-8", "replace")

    def _start(self, *arguments: str, is_fed: bool = False) -> Any:
        return self._repo.git.execute(
            self._command(arguments),
            istream=PIPE if is_fed else None,
            as_process=True,
            env=ENVIRONMENT,
        )

    def _command(self, arguments: tuple[str, ...]) -> list[str]:
        # Naming Git's own folder keeps the variables of a hook from naming another; working in it
        # leaves out the .mailmap of the work tree, so that the committed one alone counts.
        command = ["git", "-C", self.git_dir, f"--git-dir={self.git_dir}", "--no-pager"]
        command.append("--literal-pathspecs")
        for setting in SETTINGS:
            command += ("-c", setting)
        return [*command, *arguments]


def _object(stream: Any) -> bytes | None:
    """The next object that `cat-file --batch` gives, if it is a blob that a club may hold."""
    head = stream.readline().split()
    if len(head) != 3:
        return None
    data: bytes = stream.read(int(head[2]))
    stream.read(1)
    return data if head[1] == b"blob" and len(data) <= MAX_BLOB_BYTES else None

"""A repository as it is stored, read without its work tree.

Nothing of the reader's machine changes what is read: the settings that could are given with each
command, and the user's own are left out.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from club.git.blobs import Blobs
from club.git.command import Answer, GitError, ask, gitpython, start

SETTINGS = (
    "core.quotePath=false",
    "core.commitGraph=true",
    "core.fsmonitor=false",
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
REGULAR = ("100644", "100755")


@dataclass(frozen=True, slots=True)
class Parents:
    """A commit, what it comes from, the branch it was made on first, and when it came (ISO 8601).

    That is its committer's date, nothing where it holds none.
    """

    commit_id: str
    parents: tuple[str, ...]
    date: str


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """What stands at a path of a commit: a blob or a link, of a size, or another repository."""

    path: str
    mode: str
    id: str
    size: int


class Repository:
    """A repository, seen from the folder *folder* of its work tree: nothing, or `a/b/`."""

    def __init__(self, git_dir: Path, common_dir: Path, folder: str) -> None:
        """*git_dir* is the work tree's own, *common_dir* what it shares with others."""
        self.folder = folder
        self._git_dir = git_dir
        self._common_dir = common_dir
        self._blobs = Blobs(lambda: self._start("cat-file", "--batch", is_fed=True))

    @classmethod
    def holding(cls, folder: Path) -> Repository | None:
        """The repository whose work tree holds *folder*; None where there is none."""
        git, here = gitpython(), folder.resolve()
        try:
            with git.Repo(here, search_parent_directories=True, expand_vars=False) as repo:
                top, git_dir, common_dir = repo.working_tree_dir, repo.git_dir, repo.common_dir
        except (git.InvalidGitRepositoryError, git.NoSuchPathError):
            return None
        if top is None or not here.is_relative_to(top):
            return None  # it is bare, or its settings name a work tree elsewhere
        inside = here.relative_to(top).as_posix()
        return cls(Path(git_dir), Path(common_dir), "" if inside == "." else f"{inside}/")

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
        self._blobs.close()

    @property
    def head(self) -> str:
        """The id of the commit checked out, on a branch or not; nothing before the first one."""
        answer = self._ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        return "" if answer.status == 1 else answer.or_error().text

    @property
    def is_shallow(self) -> bool:
        """Whether older commits were left where this repository was cloned from."""
        grafts = self._common_dir / "shallow"
        return grafts.exists() and bool(grafts.read_bytes().strip())

    def commit_id(self, name: str) -> str:
        """The id of the commit that *name* (a ref, a short id) means, or nothing."""
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        answer = self._ask(*asked)
        return "" if answer.status else answer.text

    def merge_base(self, one: str, other: str) -> str:
        """The last commit that two have in common, or nothing."""
        answer = self._ask("merge-base", one, other)
        return "" if answer.status == 1 else answer.or_error().text

    def skeleton(self, head: str) -> list[Parents]:
        """Every commit that led to *head*, newest first, a commit before those it comes from."""
        lines = self.read_text("log", "--topo-order", "--format=%cI %H %P", head).splitlines()
        return [
            Parents(id, tuple(parents), date)
            for date, id, *parents in (each.rstrip(" ").split(" ") for each in lines)
        ]

    def mainline(self, head: str) -> Iterator[tuple[str, int]]:
        """The commits that *head* was in turn, newest first, each with the second it came in."""
        said = self.read_text("log", "--first-parent", "--format=%H %ct", head)
        for line in said.splitlines():
            id, _, seconds = line.partition(" ")
            yield id, int(seconds)

    def tree(self, commit_id: str, *folders: str) -> Iterator[TreeEntry]:
        """What stands under *folders* at that commit, by path from our folder."""
        named = [self.folder + each for each in folders]
        for line in self.read("ls-tree", "-r", "-l", "-z", commit_id, "--", *named).split(b"\0"):
            about, tab, path = line.partition(b"\t")
            if tab:
                mode, _, id, size = about.decode().split()
                yield TreeEntry(self.inside(path), mode, id, int(size) if size.isdigit() else 0)

    def files(self, commit_id: str, *folders: str) -> dict[str, str]:
        """The blob of each regular file under *folders* at that commit, by path from our folder."""
        entries = self.tree(commit_id, *folders)
        return {each.path: each.id for each in entries if each.mode in REGULAR}

    def tracked(self) -> Iterator[str]:
        """The paths in the index that stand in our folder."""
        for path in self.read("ls-files", "-z", "--", *filter(None, [self.folder])).split(b"\0"):
            if path:
                yield self.inside(path)

    def inside(self, path: bytes) -> str:
        """The path from our folder."""
        return path.decode("utf-8", "surrogateescape").removeprefix(self.folder)

    def mailmap(self, authors: list[str]) -> dict[str, str]:
        """Who each of *authors* (`Name <address>`) is, by the committed `.mailmap`."""
        # One would be taken for a list's end, the other for no contact at all.
        asked = [each for each in authors if "\n" not in each and "<" in each]
        if not asked:
            return {}
        given = "".join(f"{each}\n" for each in asked)
        said = self.read_text("check-mailmap", "--stdin", given=given).splitlines()
        return dict(zip(asked, said, strict=True))

    def blob(self, id: str) -> bytes | None:
        """What is stored as *id*; None if it is not there or too large to be a club's file."""
        return self._blobs.read(id)

    @property
    def batch(self) -> int:
        """How many blobs may be asked for at once and still be kept together."""
        return self._blobs.batch

    def prefetch(self, ids: Iterable[str]) -> None:
        """Reads the blobs *ids* in one go: asking for each in turn would wait for each."""
        self._blobs.prefetch(ids)

    def stream(self, *arguments: str) -> Iterator[bytes]:
        """What a Git command writes, piece by piece, while it is still at work."""
        process = self._start(*arguments)
        while piece := process.stdout.read1(1 << 16):
            yield piece
        if process.proc.wait():
            raise GitError(process.proc.stderr.read().decode("utf-8", "replace").strip())

    def read(self, *arguments: str, given: bytes = b"") -> bytes:
        """All that a Git command writes."""
        return self._ask(*arguments, given=given).or_error().output

    def read_text(self, *arguments: str, given: str = "") -> str:
        """All that a Git command writes, as text."""
        return self.read(*arguments, given=given.encode()).decode("utf-8", "replace")

    def _ask(self, *arguments: str, given: bytes = b"") -> Answer:
        asked = self._hardened(arguments)
        return ask(self._git_dir, *asked, given=given, environment=ENVIRONMENT)

    def _start(self, *arguments: str, is_fed: bool = False) -> Any:
        asked = self._hardened(arguments)
        return start(self._git_dir, *asked, environment=ENVIRONMENT, is_fed=is_fed)

    def _hardened(self, arguments: tuple[str, ...]) -> list[str]:
        # Naming Git's own folder keeps the variables of a hook from naming another; working in it
        # leaves out the .mailmap of the work tree, so that the committed one alone counts.
        settings = [part for setting in SETTINGS for part in ("-c", setting)]
        named = [f"--git-dir={self._git_dir}", "--no-pager", "--literal-pathspecs"]
        return [*named, *settings, *arguments]

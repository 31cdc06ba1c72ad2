"""The history of a club: every commit that led to this one, read once, as typed changes."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from club.git.command import GitError
from club.git.log import Commit, read_log
from club.git.repository import Parents, Repository
from club.history import cache
from club.history.cache import CachedCommit
from club.history.changes import Change, packed, unpacked
from club.history.commits import Reader
from club.history.publication import main_line, merges, published
from club.model.folder import DATA, ClubFolder


class State(Enum):
    """Whether the past is known: there may be no repository, or only the end of one."""

    NONE = "none"
    SHALLOW = "shallow"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit that changed records or pages; *merge* is the commit that brought it, if any did.

    *date* is when everybody could read it, *written* the day that its author gives (ISO 8601).
    *is_import* tells of the first of its line that has any: what it holds was brought from
    elsewhere, and is no change of the club.
    """

    commit_id: str
    date: datetime
    written: str
    author: str
    message: str
    changes: tuple[Change, ...]
    merge: str = ""
    merge_message: str = ""
    is_import: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """Every revision, newest first, a revision before those it was made from."""

    state: State = State.NONE
    head: str = ""
    revisions: tuple[Revision, ...] = field(default=())


def read_history(folder: ClubFolder, today: date | None = None, *, is_kept: bool = True) -> History:
    """The history of the club in *folder*; what was read once is kept for the next time.

    Nothing in it is later than *today*, if it is known.
    """
    repo = Repository.holding(folder.root)
    if repo is None:
        return History()
    with repo:
        head = repo.head
        if not head:
            return History()
        if repo.is_shallow:
            return History(State.SHALLOW, head)
        return _read(repo, folder, head, today, is_kept=is_kept)


def _read(
    repo: Repository, folder: ClubFolder, head: str, today: date | None, *, is_kept: bool
) -> History:
    known, cached = cache.load(folder) if is_kept else ("", {})
    skeleton = repo.skeleton(head)
    if known != head:
        # A history that was rewritten may have left the last commit behind, even thrown it away.
        known = repo.commit_id(known) if known else ""
        with _uncollected():
            cached = _completed(repo, folder, skeleton, head, known, cached if known else {})
        if is_kept:
            cache.save(folder, head, cached)
    return History(State.KNOWN, head, tuple(_revisions(repo, skeleton, cached, today)))


@contextmanager
def _uncollected() -> Iterator[None]:
    """No look for cycles: there are none, and ten thousand commits make it long."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _completed(
    repo: Repository,
    folder: ClubFolder,
    skeleton: list[Parents],
    head: str,
    known: str,
    cached: dict[str, CachedCommit],
) -> dict[str, CachedCommit]:
    """*cached*, less those of commits that are gone, with those of the commits since *known*."""
    alive = {each.commit_id for each in skeleton}
    found = {id: entry for id, entry in cached.items() if id in alive}
    parents = {each.commit_id: each.parents for each in skeleton}
    reader = Reader(repo, folder)
    mended: dict[str, dict[str, str]] = {}
    try:
        for commit in _prefetched(repo, read_log(repo, (DATA, folder.docs), head, known)):
            if not commit.files and len(parents[commit.id]) < 2:
                continue
            reading = reader.read(commit)
            entry: CachedCommit = {"date": commit.date, "author": commit.author}
            entry["message"] = commit.message
            entry["changes"] = [packed(each) for each in reading.changes]
            if reading.broken:
                entry["broken"] = reading.broken
            if reading.mended:
                mended[commit.id] = reading.mended
            found[commit.id] = entry
    except GitError:
        if known:
            return _completed(repo, folder, skeleton, head, "", {})
        raise
    for id, files in mended.items():
        for path, new in sorted(files.items()):
            good = _last_good(reader, path, parents[id], parents, found)
            found[id]["changes"] += [packed(each) for each in reader.mended(path, good, new)]
    return found


def _prefetched(repo: Repository, commits: Iterator[Commit]) -> Iterator[Commit]:
    """*commits*, their blobs already there: Git fetches some while we read others."""
    waiting: deque[tuple[Future[None], list[Commit]]] = deque()
    with ThreadPoolExecutor(1) as beside:
        for some, ids in _batches(repo, commits):
            waiting.append((beside.submit(repo.prefetch, ids), some))
            if len(waiting) > 1:
                yield from _ready(*waiting.popleft())
        for each in waiting:
            yield from _ready(*each)


def _ready(done: Future[None], commits: list[Commit]) -> list[Commit]:
    done.result()
    return commits


def _batches(
    repo: Repository, commits: Iterator[Commit]
) -> Iterator[tuple[list[Commit], list[str]]]:
    """*commits* some at a time, with the blobs that they touched."""
    some: list[Commit] = []
    ids: list[str] = []
    for commit in commits:
        some.append(commit)
        ids += (id for file in commit.files for id in (*file.olds, file.new) if id)
        if len(ids) >= repo.batch:
            yield some, ids
            some, ids = [], []
    yield some, ids


def _last_good(
    reader: Reader,
    path: str,
    before: tuple[str, ...],
    parents: dict[str, tuple[str, ...]],
    cached: dict[str, CachedCommit],
) -> str:
    """The last version of a file that could be read, going back along the branch."""
    while before:
        blob = cached.get(before[0], {}).get("broken", {}).get(path)
        if blob is not None and reader.is_readable(path, blob):
            return str(blob)
        before = parents[before[0]]
    return ""


def _revisions(
    repo: Repository,
    skeleton: list[Parents],
    cached: dict[str, CachedCommit],
    today: date | None,
) -> Iterable[Revision]:
    mainline = main_line(skeleton)
    merge_by_id = merges(skeleton, mainline)
    dates = published(mainline, today)
    imports = _imports(skeleton, cached)
    who = repo.mailmap(sorted({entry["author"] for entry in cached.values()}))
    for each in skeleton:
        entry = cached.get(each.commit_id)
        if entry is None or not entry["changes"]:
            continue
        merge = merge_by_id.get(each.commit_id, "")
        yield Revision(
            each.commit_id,
            dates[merge or each.commit_id],
            entry["date"].partition("T")[0],
            str(who.get(entry["author"], entry["author"])),
            entry["message"],
            tuple(unpacked(list(change)) for change in entry["changes"]),
            merge,
            str(cached[merge]["message"]) if merge in cached else "",
            each.commit_id in imports,
        )


def _imports(skeleton: list[Parents], cached: dict[str, CachedCommit]) -> set[str]:
    """The commits with records or pages that come from none with any."""
    found: set[str] = set()
    later: set[str] = set()
    for each in reversed(skeleton):
        if not later.isdisjoint(each.parents):
            later.add(each.commit_id)
        elif cached.get(each.commit_id, {}).get("changes"):
            found.add(each.commit_id)
            later.add(each.commit_id)
    return found

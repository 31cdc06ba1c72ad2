"""The records as they were at one commit, or as they are in the files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path, PurePosixPath

from club.git.repo import DATA, Repo
from club.history.versions import collection_of, records_of, text_of, top_level_entries
from club.model.source import Block

Read = Callable[[], "bytes | None"]


class AsOf:
    """The data files of one moment, read only when a record is looked for in them."""

    def __init__(self, files: Mapping[str, Read]) -> None:
        """*files* are read by their path from the club."""
        self._files = {path: read for path, read in files.items() if collection_of(path)}
        self._texts: dict[str, str] = {}

    @classmethod
    def at(cls, repo: Repo, commit_id: str) -> AsOf:
        """The records of a commit."""
        blobs = repo.files(commit_id, DATA)
        return cls({path: _reader(repo, blob) for path, blob in blobs.items()})

    @classmethod
    def now(cls, root: Path) -> AsOf:
        """The records of the files under *root*."""
        found = [file for file in sorted((root / DATA).rglob("*")) if file.is_file()]
        return cls({file.relative_to(root).as_posix(): file.read_bytes for file in found})

    def find(self, ids: Iterable[str]) -> tuple[str, Block] | None:
        """The record that first goes by one of *ids*, under its `collection/id`."""
        for id in ids:
            for path in self._files:
                found = self._in_file(path, id)
                if found is not None:
                    return f"{collection_of(path)}/{id}", found
        return None

    def _in_file(self, path: str, id: str) -> Block | None:
        """The record *id* of one file, of which no more is parsed than need be."""
        in_folder = path.count("/") > 1
        if in_folder and PurePosixPath(path).stem != id:
            return None
        text = self._text(path)
        subject = f"{collection_of(path)}/{id}"
        if in_folder:
            return (records_of(path, text) or {}).get(subject)
        key = re.compile(rf"""["']?{re.escape(id)}["']?[ \t]*:""")
        entries = [each for each in top_level_entries(text) if key.match(each)]
        if not entries:
            return None
        found = records_of(path, entries[0]) or records_of(path, text) or {}
        return found.get(subject)

    def _text(self, path: str) -> str:
        if path not in self._texts:
            self._texts[path] = text_of(self._files[path]()) or ""
        return self._texts[path]


def _reader(repo: Repo, blob: str) -> Read:
    return lambda: repo.blob(blob)


def commit_on(repo: Repo, day: date) -> str:
    """The commit that the branch was at when *day* ended (UTC); nothing if it had none yet."""
    end = datetime.combine(day, time.max, UTC).timestamp()
    head = repo.head
    found = (id for id, seconds in repo.mainline(head) if seconds <= end) if head else iter(())
    return next(found, "")

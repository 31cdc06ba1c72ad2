"""The records as they were at one commit, or as they are in the files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time

from club.git.repository import Repository
from club.history.versions import records_of, text_of, top_level_entries
from club.model.folder import DATA, ClubFolder, data_file
from club.model.source import Block

Read = Callable[[], "bytes | None"]


class AsOf:
    """The data files of one moment, read only when a record is looked for in them."""

    def __init__(self, folder: ClubFolder, files: Mapping[str, Read]) -> None:
        """*files* are read by their path from the club."""
        self._files = {path: read for path, read in files.items() if folder.collection_of(path)}
        self._texts: dict[str, str] = {}

    @classmethod
    def at(cls, folder: ClubFolder, repo: Repository, commit_id: str) -> AsOf:
        """The records of a commit."""
        blobs = repo.files(commit_id, DATA)
        return cls(folder, {path: _reader(repo, blob) for path, blob in blobs.items()})

    @classmethod
    def now(cls, folder: ClubFolder) -> AsOf:
        """The records of the files as they are."""
        root = folder.root
        files = [file for file in sorted((root / DATA).rglob("*")) if file.is_file()]
        return cls(folder, {file.relative_to(root).as_posix(): file.read_bytes for file in files})

    def find(self, ids: Iterable[str]) -> tuple[str, Block] | None:
        """The record that first goes by one of *ids*, under its `collection/id`."""
        for id in ids:
            for path in self._files:
                found = self._in_file(path, id)
                if found is not None:
                    return found
        return None

    def _in_file(self, path: str, id: str) -> tuple[str, Block] | None:
        """The record *id* of one file, if it is there."""
        file = data_file(path)
        if file is None or (file.id and file.id != id):
            return None
        subject = f"{file.collection}/{id}"
        record = self._record(path, subject, is_alone=bool(file.id))
        return None if record is None else (subject, record)

    def _record(self, path: str, subject: str, *, is_alone: bool) -> Block | None:
        """The record *subject*; of a file that holds others, no more is parsed than need be."""
        text = self._text(path)
        id = subject.partition("/")[2]
        if is_alone:
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


def _reader(repo: Repository, blob: str) -> Read:
    return lambda: repo.blob(blob)


def commit_on(repo: Repository, day: date) -> str:
    """The commit that the branch was at when *day* ended (UTC); nothing if it had none yet."""
    end = datetime.combine(day, time.max, UTC).timestamp()
    head = repo.head
    found = (id for id, seconds in repo.mainline(head) if seconds <= end) if head else iter(())
    return next(found, "")

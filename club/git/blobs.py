"""What is stored in a repository, by id: one process reads it all, and some is kept at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Lock
from typing import Any

from club.git.command import GitError

MAX_BLOB_BYTES = 16 * 1024 * 1024
KEPT_BYTES = 64 * 1024 * 1024
MAX_BATCH = 512
"""So many ids fit in a pipe, so that Git and we never wait for each other to read."""


class Blobs:
    """The blobs that `cat-file --batch` gives, whoever asks."""

    def __init__(self, start: Callable[[], Any]) -> None:
        """*start* starts that process, when the first blob is asked for."""
        self._start = start
        self._process: Any = None
        self._kept: dict[str, bytes | None] = {}
        self._kept_bytes = 0
        self._is_reading = Lock()

    def close(self) -> None:
        """Ends the process."""
        if self._process is not None:
            with suppress(OSError):
                self._process.stdin.close()
            self._process.proc.wait()
            self._process = None

    def read(self, id: str) -> bytes | None:
        """What is stored as *id*; None if it is not there or too large to be a club's file."""
        with self._is_reading:
            if id not in self._kept:
                self._fetch([id])
            return self._kept[id]

    @property
    def batch(self) -> int:
        """How many may be asked for at once and still be kept together."""
        mean = self._kept_bytes // max(1, len(self._kept))
        return max(1, min(MAX_BATCH, KEPT_BYTES // 4 // max(1, mean)))

    def prefetch(self, ids: Iterable[str]) -> None:
        """Reads the blobs *ids* in one go: asking for each in turn would wait for each."""
        with self._is_reading:  # one question at a time, whoever asks
            asked = [id for id in dict.fromkeys(ids) if id not in self._kept]
            for start in range(0, len(asked), MAX_BATCH):
                self._fetch(asked[start : start + MAX_BATCH])

    def _fetch(self, ids: list[str]) -> None:
        if self._process is None:
            self._process = self._start()
        try:
            self._process.stdin.write("".join(f"{id}\n" for id in ids).encode())
            self._process.stdin.flush()
        except OSError as error:
            raise GitError(str(error)) from error
        for id in ids:
            self._keep(id, _object(self._process.stdout))

    def _keep(self, id: str, data: bytes | None) -> None:
        """Remembers *data*: what a commit removed is what an earlier one brought."""
        self._kept[id] = data
        self._kept_bytes += len(data or b"")
        while self._kept_bytes > KEPT_BYTES and len(self._kept) > 1:
            self._kept_bytes -= len(self._kept.pop(next(iter(self._kept))) or b"")


def _object(stream: Any) -> bytes | None:
    """The next object of the stream, if it is a blob that a club may hold."""
    line = stream.readline()
    if not line:
        raise GitError("cat-file")
    head = line.split()
    if len(head) != 3:
        return None
    data: bytes = stream.read(int(head[2]))
    stream.read(1)
    return data if head[1] == b"blob" and len(data) <= MAX_BLOB_BYTES else None

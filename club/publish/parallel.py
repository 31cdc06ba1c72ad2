"""A long list of independent work shared with a second process, where that is safe."""

from __future__ import annotations

import gc
import logging
import os
import pickle
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

ENOUGH = 500
"""Below this many items, a second process costs more than it brings."""


def in_two_processes(work: Callable[[Sequence[T]], list[R]], items: Sequence[T]) -> list[R]:
    """`work(items)`, which gives a result for each item: every other one by a second process.

    Whatever happens to that process costs time, never a result: its share is then done here.
    """
    if len(items) < ENOUGH or not _may_fork():
        return work(items)
    results: list[Any] = [None] * len(items)
    gc.freeze()  # the memory that both share would be copied by a collection
    try:
        pid, pipe = _fork(work, items[1::2])
        with os.fdopen(pipe, "rb") as other:
            try:
                results[::2] = work(items[::2])
                sent = other.read()
            finally:
                other.close()  # stops the second process if the first one failed
                _, status = os.waitpid(pid, 0)
        results[1::2] = work(items[1::2]) if status else pickle.loads(sent)
    finally:
        gc.unfreeze()
    return results


def _may_fork() -> bool:
    """Other threads might hold a lock that the forked process would wait for without end.

    Those of libraries count too, such as what draws charts, which Python knows nothing of.
    """
    return (
        sys.platform == "linux"
        and threading.active_count() == 1
        and len(list(Path("/proc/self/task").iterdir())) == 1
        and len(os.sched_getaffinity(0)) > 1
    )


def _fork(work: Callable[[Sequence[T]], list[R]], items: Sequence[T]) -> tuple[int, int]:
    """Starts *work* on *items* in a second process: its number, and the pipe it will fill."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    status = 1
    try:
        os.close(reading)
        logging.disable(logging.INFO)  # the first process reports progress for both
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(work(items), pipe)
        status = 0
    finally:
        os._exit(status)

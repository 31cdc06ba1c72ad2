"""A plan: files to write and to remove, worked out before anything is touched."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from club.model.message import Message, refusal

if sys.platform != "win32":  # there no plan is announced, and none is finished
    from fcntl import LOCK_EX, LOCK_NB, flock

UNFINISHED = ".cache/club/unfinished.json"
"""Where a plan stands from its first change to its last, for whoever comes after a cut."""
BESIDE = ".*.new"
"""What a file is called before it takes the place of another, as a shell would match it."""


class WriteError(Exception):
    """Nothing was written or removed: *path*, for the *reason* that the system gives."""

    def __init__(self, path: str, reason: Message | str) -> None:
        """*path* is as whoever planned it knows it."""
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason

    @classmethod
    def of(cls, path: str, error: OSError | ValueError) -> WriteError:
        """What the system says of *path*."""
        return cls(path, refusal(error))


class BusyError(Exception):
    """Nothing was written: another command is writing in this club."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Files to write and to remove, worked out before anything is touched."""

    written: dict[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()

    def apply(self, root: Path) -> None:
        """Writes everything, then removes: an interruption leaves too much, never too little.

        What fails is undone, to the last folder; then raises `WriteError`, or `BusyError` before
        anything is touched. What is cut short, by the end of the process or of the current,
        `finish` does to the end.
        """
        path = ""
        with ExitStack() as undo, ExitStack() as held:
            try:
                undo.callback(_tidy, root, ())
                _announce(root, self, held)
                beside = {}
                for path, text in self.written.items():
                    beside[path] = _beside(root / path, text.encode(), undo)
                for path, temporary in beside.items():
                    _put_back_later(root / path, undo)
                    os.replace(temporary, root / path)
                for path in self.removed:
                    _put_back_later(root / path, undo)
                    (root / path).unlink()
            except (OSError, ValueError) as error:
                raise WriteError.of(path, error) from error
            except BusyError:
                undo.pop_all()
                raise
            undo.pop_all()
            _tidy(root, self.removed)


def write_whole(file: Path, raw: bytes) -> None:
    """Writes *raw* into *file* whole or not at all, its mode kept; raises `OSError`."""
    with ExitStack() as undo:
        os.replace(_beside(file, raw, undo), file)
        undo.pop_all()


def _tidy(root: Path, removed: Iterable[str]) -> None:
    """Takes away the folders that are empty without *removed*, and what announced the plan."""
    for folder in {(root / path).parent for path in removed}:
        if folder.name != "data":
            with suppress(OSError):  # something stands there yet
                folder.rmdir()
    _let_go(root / UNFINISHED)
    for name in (".cache/club", ".cache"):
        with suppress(OSError):  # caches stand there
            (root / name).rmdir()


def finish(root: Path) -> tuple[str, ...]:
    """Does to the end the plan that was cut short in *root*; the paths that it changed.

    What somebody changed since stays as it is, and so does a plan that another process is at.
    Raises `WriteError`.
    """
    if not (root / UNFINISHED).exists():
        return ()
    removed: list[str] = []
    changed = []
    path = UNFINISHED
    with ExitStack() as held:
        try:
            file = _hold(root / UNFINISHED, held)
            if file is None:
                return ()
            said = json.loads(file.read())
            if said["here"] != _here(root):
                raise ValueError("it came with the files, and tells of another folder")
            before, after = dict(said["before"]), dict(said["after"])
            inside = [each for each in after if _is_inside(root, each)]
            is_whole = all(after[each] in _marks(root / each) for each in inside)
            for path in inside:
                if not is_whole:  # it was cut while it wrote beside: nothing was changed
                    _let_go(_temporary(root / path))
                elif _marks(root / path) == (before[path], after[path]):
                    os.replace(_temporary(root / path), root / path)
                    changed.append(path)
            # What takes the place of these must stand there whole.
            if all(_mark(root / path) == after[path] for path in inside):
                removed = [each for each in said["removed"] if _is_inside(root, each)]
            for path in removed:
                if (root / path).exists() and _mark(root / path) == before[path]:
                    (root / path).unlink()
                    changed.append(path)
        except BusyError:
            return ()
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            pass  # it was cut before anything was changed, or is none of ours
        except OSError as error:
            raise WriteError.of(path, error) from error
        _tidy(root, removed)
    return tuple(changed)


def _is_inside(root: Path, path: str) -> bool:
    return (root / path).parent.resolve().is_relative_to(root.resolve())


def _announce(root: Path, plan: Plan, held: ExitStack) -> None:
    """Writes down what *plan* is about to do; without a place for it, a cut is told by no one."""
    after = {path: _sum(text.encode()) for path, text in plan.written.items()}
    before = {path: _mark(root / path) for path in (*plan.written, *plan.removed)}
    with suppress(OSError):
        (root / UNFINISHED).parent.mkdir(parents=True, exist_ok=True)
        if file := _hold(root / UNFINISHED, held):
            file.truncate()
            said = {"before": before, "after": after, "removed": plan.removed}
            file.write(json.dumps({"here": _here(root), **said}))
            file.flush()


def _hold(file: Path, held: ExitStack) -> IO[str] | None:
    """*file*, for this process alone until *held* is closed; None where no system can promise it.

    Raises `BusyError`.
    """
    if sys.platform == "win32":
        return None
    while True:
        opened = held.enter_context(file.open("a+", encoding="utf-8"))
        try:
            flock(opened, LOCK_EX | LOCK_NB)
        except BlockingIOError as error:
            raise BusyError from error
        if os.fstat(opened.fileno()).st_nlink:  # else another took it away since
            opened.seek(0)
            return opened


def _here(root: Path) -> list[int]:
    """What tells the folder *root* of this machine from all others: nobody can send it along."""
    about = root.stat()
    return [about.st_dev, about.st_ino]


def _sum(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _mark(file: Path) -> str:
    """What *file* holds, in short; nothing if it is no file."""
    return _sum(file.read_bytes()) if file.is_file() else ""


def _marks(file: Path) -> tuple[str, str]:
    """What *file* holds, and what stands beside it to take its place."""
    return _mark(file), _mark(_temporary(file))


def _temporary(file: Path) -> Path:
    return file.with_name(f".{file.name}.new")


def _beside(file: Path, raw: bytes, undo: ExitStack) -> Path:
    """The file that is to take the place of *file*, written whole."""
    if file.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(file))
    missing = [each for each in (file.parent, *file.parent.parents) if not each.exists()]
    for folder in reversed(missing):
        folder.mkdir()
        undo.callback(folder.rmdir)
    temporary = _temporary(file)
    undo.callback(_let_go, temporary)
    temporary.write_bytes(raw)
    if file.exists():
        shutil.copymode(file, temporary)
    return temporary


def _put_back_later(file: Path, undo: ExitStack) -> None:
    """Lets *undo* give *file* what it holds now, or take it away if it is not there."""
    if file.exists():
        held = file.read_bytes()
        undo.callback(file.write_bytes, held)
    else:
        undo.callback(_let_go, file)


def _let_go(file: Path) -> None:
    with suppress(OSError):  # it was not there yet
        file.unlink()

"""A plan: files to write and to remove, worked out before anything is touched."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path


class WriteError(Exception):
    """Nothing was written or removed: *path*, for the *reason* that the system gives."""

    def __init__(self, path: str, reason: str) -> None:
        """*path* is as whoever planned it knows it."""
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason

    @classmethod
    def of(cls, path: str, error: OSError | ValueError) -> WriteError:
        """What the system says of *path*."""
        return cls(path, getattr(error, "strerror", None) or str(error))


@dataclass(frozen=True, slots=True)
class Plan:
    """Files to write and to remove, worked out before anything is touched."""

    written: dict[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()

    def apply(self, root: Path) -> None:
        """Writes everything, then removes: an interruption leaves too much, never too little.

        What fails is undone, to the last folder; then raises `WriteError`.
        """
        path = ""
        with ExitStack() as undo:
            try:
                beside = {}
                for path, text in self.written.items():
                    beside[path] = _beside(root / path, text, undo)
                for path, temporary in beside.items():
                    _put_back_later(root / path, undo)
                    os.replace(temporary, root / path)
                for path in self.removed:
                    _put_back_later(root / path, undo)
                    (root / path).unlink()
            except (OSError, ValueError) as error:
                raise WriteError.of(path, error) from error
            undo.pop_all()
        for folder in {(root / path).parent for path in self.removed}:
            if folder.name != "data":
                with suppress(OSError):  # something stands there yet
                    folder.rmdir()


def _beside(file: Path, text: str, undo: ExitStack) -> Path:
    """The file that is to take the place of *file*, written whole."""
    if file.is_dir():
        raise IsADirectoryError(21, os.strerror(21))
    missing = [each for each in (file.parent, *file.parent.parents) if not each.exists()]
    for folder in reversed(missing):
        folder.mkdir()
        undo.callback(folder.rmdir)
    temporary = file.with_name(f".{file.name}.new")
    undo.callback(_let_go, temporary)
    temporary.write_text(text, encoding="utf-8", newline="")
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

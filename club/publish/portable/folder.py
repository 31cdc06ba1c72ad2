"""A folder that is replaced whole or left alone: never half-written, never over anything else."""

from __future__ import annotations

import os
from collections.abc import Callable
from glob import escape
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from club.edit.plan import WriteError
from club.model.folder import DATA, ClubFolder
from club.model.message import N_, Message

GIT = ".git"
MARK = ".club-export"
"""The file that tells a folder written by us from any other."""
SAID = "Written by `club export --markdown`, which replaces the whole folder each time.\n"


def refusal(club: ClubFolder, target: Path) -> Message | None:
    """Why nothing may be written at *target*, an absolute path, if so."""
    about = {"path": str(target)}
    root = club.root.resolve()
    for name in (club.docs, DATA):
        if target.is_relative_to((root / name).resolve()):
            return Message(N_("{path} is inside the club's own records or pages"), about)
    if GIT in target.parts:
        return Message(N_("{path} is inside the folder where Git keeps the history"), about)
    there = next(each for each in (target, *target.parents) if os.path.lexists(each))
    if not there.is_dir():
        return Message(N_("{path} is not a folder"), {"path": str(there)})
    if there == target and not _is_ours(target, root) and any(target.iterdir()):
        return Message(N_("{path} is not empty and holds no earlier export"), about)
    beside = target.parent if there == target else there
    if not os.access(beside, os.W_OK):
        return Message(N_("nothing may be written in {path}"), {"path": str(beside)})
    return None


def _is_ours(target: Path, root: Path) -> bool:
    return (target / MARK).is_file() and not root.is_relative_to(target)


def replace(target: Path, write: Callable[[Path], None]) -> None:
    """Puts at *target* what *write* writes, once all of it is written.

    Raises `WriteError` if the system refuses, and then what was there still is.
    """
    try:
        _replace(target, write)
    except OSError as error:
        raise WriteError.of(str(target), error) from error


def _replace(target: Path, write: Callable[[Path], None]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    # Beside the target: a folder moves in one step only within its own file system.
    for left in target.parent.glob(f".{escape(target.name)}.*/{MARK}"):
        rmtree(left.parent, ignore_errors=True)  # by an export that was cut short
    with TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as beside:
        Path(beside, MARK).write_text(SAID, "utf-8")
        new, old = Path(beside, "new"), Path(beside, "old")
        new.mkdir()
        write(new)
        (new / MARK).write_text(SAID, "utf-8")
        if target.exists():
            target.rename(old)
        try:
            new.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise

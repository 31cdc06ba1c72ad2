"""A plan done on a copy of the club, so that what it would break is known before it is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from shutil import copyfile, copytree
from tempfile import TemporaryDirectory

from club.edit.plan import Plan
from club.model.folder import DATA, SUFFIXES, ClubFolder
from club.model.names import PAGE_SUFFIX, TABLE_SUFFIX


@contextmanager
def tried(folder: ClubFolder, plan: Plan) -> Iterator[ClubFolder | None]:
    """A copy of the club where *plan* is done; None if its pages stand outside its folder.

    Raises `WriteError` as the plan itself would.
    """
    docs = PurePosixPath(folder.docs)
    if docs.is_absolute() or ".." in docs.parts:
        yield None
        return
    with TemporaryDirectory() as place:
        copy = replace(folder, root=Path(place))
        for name in (DATA, folder.docs):
            if (folder.root / name).is_dir():
                copytree(folder.root / name, copy.root / name, symlinks=True, copy_function=_copied)
        plan.apply(copy.root)
        yield copy


def _copied(source: str, target: str) -> None:
    """Copies what the club reads; of pictures and other files the name is enough."""
    if Path(source).is_file() and source.endswith((*SUFFIXES, PAGE_SUFFIX, TABLE_SUFFIX)):
        copyfile(source, target)
    else:
        Path(target).touch()

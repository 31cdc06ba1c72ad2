"""What stands under `data/` and `docs/` beside records and pages: plain files of known types."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from club.model import structure_rules as rules
from club.model.folder import DATA, ClubFolder, is_utf8
from club.model.message import Message
from club.model.names import PAGE_SUFFIX, is_hidden
from club.model.problem import Place, Problem
from club.model.source import not_plain
from club.read.load import Club
from club.read.svg import is_harmless

PLAIN_SUFFIXES = {
    *{PAGE_SUFFIX, ".txt", ".csv", ".pdf", ".odt", ".ods", ".odp", ".docx", ".xlsx", ".pptx"},
    *{".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"},
}
"""What no browser runs as a page of the site, once drawings have been read."""
OTHER_PAGE_SUFFIXES = (".markdown", ".mdown", ".mkdn", ".mkd")
"""What MkDocs takes for a page too, though the club does not read it."""
AUTHORITATIVE = {"robots.txt"}
"""Plain text that says more than it reads: maintainers choose who may list the site."""


def files_under(root: Path, top: str) -> Iterator[tuple[Path, os.stat_result]]:
    """What stands under *top* in *root*, less the folders, in order; no link is followed."""
    for part in (*reversed(PurePosixPath(top).parents), PurePosixPath(top)):
        if (root / part).is_symlink() and part.name:
            yield root / part, (root / part).lstat()
            return
    for folder, folders, files in os.walk(root / top):
        folders.sort()
        for name in sorted([*folders, *files]):
            file = Path(folder, name)
            about = file.lstat()
            if not stat.S_ISDIR(about.st_mode):
                yield file, about


def as_bytes(path: str) -> str:
    """*path* as text, each byte of it that is none as its escape."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def is_plain_type(path: str) -> bool:
    """Whether the name of a file of `docs/` says a type that no browser runs."""
    file = PurePosixPath(path)
    is_known = file.suffix.lower() in PLAIN_SUFFIXES and not page_suffix(path)
    return is_known and file.name.lower() not in AUTHORITATIVE


def page_suffix(path: str) -> str:
    """The suffix of a page that the club would not read as one, or nothing."""
    suffix = PurePosixPath(path).suffix
    is_page = suffix.lower() in (*OTHER_PAGE_SUFFIXES, PAGE_SUFFIX)
    return suffix if is_page and suffix != PAGE_SUFFIX else ""


def check_attachments(club: Club) -> Iterator[Problem]:
    """Links and special files, pages that nobody would read, types that a browser would run."""
    folder = club.folder
    known = {each.place.path for each in club.problems if each.rule in rules.NOT_PLAIN}
    told = {each.place.path for each in club.problems}
    for top in (DATA, folder.docs):
        for file, about in files_under(folder.root, top):
            path = file.relative_to(folder.root).as_posix()
            src_uri = path.removeprefix(f"{top}/")
            left_out = is_hidden if top == DATA else folder.publication.leaves_out
            if path in known or (src_uri != path and left_out(src_uri)):
                continue
            if not is_utf8(path):
                if told.isdisjoint((path, *map(str, PurePosixPath(path).parents))):
                    yield rules.NOT_UTF8.problem(Place(as_bytes(path)), rules.NAME_NOT_UTF8_FOUND)
            elif fault := not_plain(path, about.st_mode):
                yield fault
            elif top != DATA:
                yield from _refused(folder, src_uri, file)


def _refused(folder: ClubFolder, src_uri: str, file: Path) -> Iterator[Problem]:
    """Why a plain file of `docs/` cannot be published, unless the settings name it."""
    path = f"{folder.docs}/{src_uri}"
    if suffix := page_suffix(src_uri):
        name = f"{path.removesuffix(suffix)}{PAGE_SUFFIX}"
        yield rules.PAGE_NAME.problem(
            Place(path), rules.PAGE_NAME_FOUND, nearest=(name,), found=suffix
        )
    elif folder.names(src_uri):
        return
    elif not is_plain_type(src_uri):
        yield rules.ATTACHMENT.problem(
            Place(path),
            rules.ATTACHMENT_FOUND,
            expected=_instead(file.suffix.lower()),
            found=file.name,
        )
    elif file.suffix.lower() == ".svg" and not is_harmless(file.read_bytes()):
        yield rules.ATTACHMENT.problem(
            Place(path), rules.DRAWING_FOUND, expected=Message(rules.DRAWING_EXPECTED)
        )


def _instead(suffix: str) -> Message:
    """What to bring instead of a file whose name ends in *suffix*."""
    for suffixes, advice in rules.ATTACHMENT_INSTEAD.items():
        if suffix in suffixes:
            return Message(advice)
    return Message(rules.ATTACHMENT_EXPECTED, {"types": " ".join(sorted(PLAIN_SUFFIXES))})

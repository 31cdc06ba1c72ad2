"""A new club: settings, a few records that explain themselves, pages to fill in, CI files."""

from __future__ import annotations

import json
import os.path
import re
from collections.abc import Iterator
from pathlib import Path

from club.edit.plan import Plan, WriteError
from club.model.message import N_, Message
from club.model.names import PAGE_SUFFIX
from club.model.source import NOT_TEXT

STARTER = Path(__file__).parent / "starter"
BOTH = "both"
"""What a club in any language starts with; what is in its own stands beside it."""
HIDDEN = "dot-"
"""What a name begins with here where the club's own begins with a dot, which tools would heed."""
NAME, LIBRARY = "CLUB_NAME", "CLUB_LIBRARY"
MARKUP = re.compile(r"[\\`*_{}\[\]#]")
"""What Markdown would not take for a letter in a heading, and takes for one after a backslash."""


def start(root: Path, name: str, language: str, library: str) -> Plan | Message:
    """The files of a club called *name*, for the new or empty folder *root*.

    *library* is how its `requirements.txt` asks for this one.
    """
    name = " ".join(name.split())
    if refusal := _refusal(root) or _unwritable(name):
        return refusal
    files = (*_files(STARTER / BOTH), *_files(STARTER / language))
    return Plan({path: _filled(path, text, name, library) for path, text in sorted(files)})


def _refusal(root: Path) -> Message | None:
    """Why *root* is neither new nor empty; raises `WriteError` if nobody may look.

    A repository that holds nothing yet is empty: that is what one clones from a forge.
    """
    there = next(each for each in (root, *root.parents) if os.path.lexists(each))
    if not there.is_dir():
        return Message(N_("{path} is not a folder"), {"path": str(there)})
    try:
        is_empty = there != root or all(each.name == ".git" for each in root.iterdir())
    except OSError as error:
        raise WriteError.of(str(root), error) from error
    return None if is_empty else Message(N_("{path} is not empty"), {"path": str(root)})


def _unwritable(name: str) -> Message | None:
    found = NOT_TEXT.search(name)
    return found and Message(
        N_("the character {code} cannot stand in the name of a club"),
        {"code": f"U+{ord(found[0]):04X}"},
    )


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    for file in folder.rglob("*"):
        if file.is_file():
            path = f"/{file.relative_to(folder).as_posix()}".replace(f"/{HIDDEN}", "/.")
            yield path[1:], file.read_text("utf-8")


def _filled(path: str, text: str, name: str, library: str) -> str:
    if path.endswith(".yml"):
        text = text.replace(f'"{NAME}"', json.dumps(name, ensure_ascii=False))
    if path.endswith(PAGE_SUFFIX):
        text = text.replace(NAME, _as_words(name))
    return text.replace(LIBRARY, library)


def _as_words(name: str) -> str:
    """*name* as a page has it, where nothing of it is a link, a tag or a mark."""
    said = MARKUP.sub(r"\\\g<0>", name)
    return said.replace("&", "&amp;").replace("<", "&lt;")

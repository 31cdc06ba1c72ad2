"""Files of words: read line by line, each entry checked before it may be said."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from io import StringIO
from pathlib import Path
from string import Formatter
from typing import Any

from babel.messages.pofile import read_po

from club.model.message import CONTEXT_SEPARATOR, Message, reason_of
from club.model.own_rules import (
    BAD_CATALOGUE,
    BAD_CATALOGUE_FOUND,
    NO_SLOT_EXPECTED,
    NOT_PO_FOUND,
    SLOTS_EXPECTED,
    UNKNOWN_WORD,
    UNKNOWN_WORD_FOUND,
    WRONG_SLOTS,
    WRONG_SLOTS_FOUND,
)
from club.model.problem import Place, Problem, nearest
from club.model.source import decoded

LOCALES = Path(__file__).parents[2] / "locale"
DOMAIN = "club"
PO_LINE = re.compile(
    r"""\s*(\#.*|((?P<keyword>msgid|msgid_plural|msgctxt|msgstr)(\[\d+\])?\s*)?"""
    r"""(?P<text>"([^"\\]|\\.)*")\s*)?"""
)
_STARTS = {"msgctxt", "msgid"}
AFTER = {
    "": _STARTS,
    "msgctxt": {"msgid"},
    "msgid": {"msgid_plural", "msgstr"},
    "msgid_plural": {"msgstr"},
    "msgstr": {*_STARTS, "msgstr"},
}
"""What may follow each keyword of a PO file, and its first line."""
LAST = {"", "msgstr"}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What one file says: *texts* by id, the line of each id, and what is wrong with the file."""

    texts: Mapping[str, str]
    lines: Mapping[str, int]
    problems: tuple[Problem, ...] = ()


def po_file(folder: Path, language: str) -> Path:
    """The file of the words of *language* in a *folder* of catalogues."""
    return folder / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read_catalogue(path: Path) -> Catalogue:
    """The words in the file at *path* that can be said whatever fills their slots."""
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _read(path: Path, written: int) -> Catalogue:
    """The file at *path* as it was *written*: nothing to compile by hand, nothing stale."""
    text = decoded(path.as_posix(), path.read_bytes())
    if isinstance(text, Problem):
        return Catalogue({}, {}, (replace(text, rule=BAD_CATALOGUE),))
    if number := _misplaced(text):
        at = Place(path.as_posix(), number, 1)
        return Catalogue({}, {}, (BAD_CATALOGUE.problem(at, NOT_PO_FOUND),))
    try:
        return _checked(path.as_posix(), read_po(StringIO(text), abort_invalid=True))
    except Exception as error:  # the head of a file of anybody's may fail in any way
        at = Place(path.as_posix())
        problem = BAD_CATALOGUE.problem(at, BAD_CATALOGUE_FOUND, reason=reason_of(error))
        return Catalogue({}, {}, (problem,))


def _checked(path: str, entries: Iterable[Any]) -> Catalogue:
    texts: dict[str, str] = {}
    lines: dict[str, int] = {}
    problems = []
    for each in entries:
        if not each.id or each.fuzzy:
            continue
        id, text = (_singular(said) for said in (each.id, each.string))
        key = f"{each.context}{CONTEXT_SEPARATOR}{id}" if each.context else id
        lines[key] = each.lineno or 0
        if may_stand_for(text, id):
            texts[key] = text
        else:
            problems.append(_wrong_slots(Place(path, lines[key], 1), id))
    return Catalogue({id: text for id, text in texts.items() if text}, lines, tuple(problems))


def _misplaced(text: str) -> int:
    """The number of the first line that is not one of a PO file, or not at its place; 0 if none."""
    before = ""
    number = 0
    for number, line in enumerate(text.split("\n"), 1):
        match = PO_LINE.fullmatch(line.rstrip("\r"))
        if match is None or (match["text"] and not (match["keyword"] or before)):
            return number
        if keyword := match["keyword"]:
            if keyword not in AFTER[before]:
                return number
            before = keyword
    return 0 if before in LAST else number


def _singular(said: Any) -> str:
    """The club has no plural forms: the first one is as good as another."""
    return str(said[0] if isinstance(said, tuple | list) else said or "")


def _wrong_slots(at: Place, id: str) -> Problem:
    slots = tuple(f"{{{name}}}" for name in sorted(slots_of(id) or ()))
    expected = Message(SLOTS_EXPECTED, {"slots": slots}) if slots else Message(NO_SLOT_EXPECTED)
    return WRONG_SLOTS.problem(at, WRONG_SLOTS_FOUND, expected=expected, id=id)


def may_stand_for(text: str, id: str) -> bool:
    """Whether *text* can be filled with what fills *id*, and shows nothing else of it."""
    wanted = slots_of(id)
    return not text or wanted is None or slots_of(text) == wanted


def slots_of(text: str) -> set[str] | None:
    """The names of the slots of *text*; None if a brace is anything but a slot of plain name."""
    try:
        found = [each[1:] for each in Formatter().parse(text) if each[1] is not None]
    except ValueError:
        return None
    if any(not str(name).isidentifier() or spec or how for name, spec, how in found):
        return None
    return {str(name) for name, _, _ in found}


def catalogues_in(folders: Iterable[Path]) -> Iterator[Catalogue]:
    """The files of words that there are in *folders*."""
    for folder in folders:
        for path in sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
            yield read_catalogue(path)


def unknown_words(folder: Path, known: Collection[str]) -> Iterator[Problem]:
    """The ids that the files of words in *folder* say otherwise, and that are not *known*."""
    for path in sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        for id, line in read_catalogue(path).lines.items():
            if id not in known:
                context, _, said = id.rpartition(CONTEXT_SEPARATOR)
                yield UNKNOWN_WORD.problem(
                    Place(path.as_posix(), line, 1),
                    UNKNOWN_WORD_FOUND,
                    nearest=nearest(said, map(_told, known), 1),
                    found=f"{context}: {said}" if context else said,
                )


def our_words() -> frozenset[str]:
    """Every id that the library says, each of which has its French."""
    return frozenset(read_catalogue(po_file(LOCALES, "fr")).lines)


def _told(id: str) -> str:
    return ": ".join(id.split(CONTEXT_SEPARATOR))

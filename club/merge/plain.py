"""Merging by line, as Git does, with a proof: lines that agree may still say no sound YAML.

Git puts a key that both sides added at two places there twice, and an item that both moved, and
calls that clean.
"""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath

from club.git.merge_file import merge_file
from club.merge.result import (
    BOTH_REWROTE,
    MOVED,
    NOT_YAML,
    SIDES,
    TOGETHER,
    Clash,
    Conflict,
    Merged,
    marked,
)
from club.merge.standing import has_too_much
from club.model import structure_rules as rules
from club.model.entries import OF_ONE_ENTRY
from club.model.folder import SUFFIXES
from club.model.front_matter import page_text
from club.model.lines import BOM
from club.model.message import Message
from club.model.names import PAGE_SUFFIX
from club.model.source import Source, parse

Result = Merged | Conflict


def merge_plainly(
    base: str, ours: str, theirs: str, path: str, names: tuple[str, str] = SIDES
) -> Result:
    """What Git itself does, line by line; but lines that agree and make no YAML are a conflict."""
    raw, is_clean = merge_file(base.encode(), ours.encode(), theirs.encode(), names)
    text, suffix = raw.decode(), PurePosixPath(path).suffix
    if not is_clean:
        is_read = suffix == PAGE_SUFFIX or (is_sound(ours) and is_sound(theirs))
        said = BOTH_REWROTE if is_read else NOT_YAML
        return Conflict(text, (Message(said, {"where": path}),))
    if suffix == PAGE_SUFFIX:
        pages = [page_text(each) for each in (text, ours, theirs)]
        if pages[0].is_unclosed and not (pages[1].is_unclosed or pages[2].is_unclosed):
            return both_versions(ours, theirs, path, names)
        if said := _fault(page_text(base).front, *(page.front for page in pages)):
            here, there = (each.removesuffix(page_text(each).body) for each in (ours, theirs))
            return both_versions(here, there, path, names, message=said, below=pages[0].body)
    elif suffix in {"", *SUFFIXES} and (said := _fault(base, text, ours, theirs)):
        return both_versions(ours, theirs, path, names, message=said)
    return Merged(text)


def both_versions(
    ours: str,
    theirs: str,
    path: str,
    names: tuple[str, str],
    *,
    message: str = TOGETHER,
    below: str = "",
) -> Conflict:
    """The conflict of two texts as wholes, with what stands *below* them."""
    said = (Message(message, {"where": path}),)
    here, there = (text.rstrip("\n") + "\n" if text else "" for text in (ours, theirs))
    return Conflict(marked([Clash(here, there, said)], names) + below, said)


def _fault(base: str, merged: str, ours: str, theirs: str) -> str:
    """What *merged* has wrong that its sides had not, both of them sound; nothing if it agrees."""
    if ours == theirs or base in {ours, theirs}:
        return ""
    here, there = _read(ours), _read(theirs)
    if here is None or there is None:
        return ""
    found = _read(merged)
    if found is None or not _repeated(found) <= _repeated(here) | _repeated(there):
        return TOGETHER
    old = _read(base)
    values = (each.content for each in (old, found, here, there) if each)
    return MOVED if old and has_too_much(*values) else ""


def is_sound(text: str) -> bool:
    """Whether *text* is YAML, whatever its entries lack by themselves."""
    return _read(text) is not None


def _read(text: str) -> Source | None:
    """What *text* holds, if it is YAML."""
    source = parse("", text.removeprefix(BOM))
    if any(each.rule not in OF_ONE_ENTRY for each in source.problems):
        return None
    is_nothing = source.problems and source.content is None  # an alias of nothing
    return None if is_nothing else source


def _repeated(source: Source) -> Counter[str]:
    """How often each key of *source* stands again where it stands already."""
    twice = (each for each in source.problems if each.rule is rules.DUPLICATE_KEY)
    return Counter(str(each.message.params["key"]) for each in twice)

"""What a merge gives: a text, or a text with conflicts between markers, and their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from club.model.message import N_, Message
from club.model.source import Keys
from club.model.yaml_text import UnclearError

OURS, THEIRS = "ours", "theirs"
SIDES = (OURS, THEIRS)
LONGEST = 60
MOST_ITEMS = 6

BOTH_CHANGED = N_("{where}: changed on both sides, “{ours}” here and “{theirs}” there")
BOTH_REWROTE = N_("{where}: changed on both sides, each in its own way")
BOTH_REWROTE_ITEMS = N_("{where}: changed on both sides, each in its own way: {items}")
REMOVED_HERE = N_("{where}: removed here, changed there")
REMOVED_THERE = N_("{where}: changed here, removed there")
RENAMED_TWICE = N_("{where}: renamed on both sides, each in its own way")
GONE = N_("{where}: renamed on one side, removed on the other")
NOT_YAML = N_("{where}: not sound YAML on one side, merged line by line")
TOGETHER = N_("{where}: what both sides wrote makes no sound YAML together")
MOVED = N_("{where}: line by line, one thing would stand twice, or though one side removed it")
WITHIN = N_("{outer} › {inner}")


@dataclass(frozen=True, slots=True)
class Clash:
    """Lines on which the sides disagree, whole and in their place."""

    ours: str
    theirs: str
    messages: tuple[Message, ...]

    def side(self, name: str) -> str:
        """The lines of the side called *name*."""
        return self.ours if name == OURS else self.theirs


Piece = str | Clash


@dataclass(slots=True)
class Outcome:
    """One entry merged: the lines above it, its own, and its value as each side resolves it."""

    lead: str = ""
    pieces: list[Piece] = field(default_factory=list)
    ours: Any = None
    theirs: Any = None
    key: str = ""
    is_copied: bool = False
    is_proved: bool = False
    """Whether each of its entries was read a second time."""

    def side(self, name: str) -> str:
        """The text without markers, every clash resolved as *name* has it."""
        return self.lead + resolved(self.pieces, name)

    def value(self, name: str) -> Any:
        """The value, every clash resolved as *name* has it."""
        return self.ours if name == OURS else self.theirs


class ClashError(UnclearError):
    """Two versions that make no sense item by item: people choose between them as they are."""


class _Absent:
    """The value of what one side's resolution leaves out."""


ABSENT = _Absent()


def resolved(pieces: Sequence[Piece], name: str) -> str:
    """The text of *pieces* with every clash resolved as *name* has it."""
    return "".join(piece if isinstance(piece, str) else piece.side(name) for piece in pieces)


def messages_of(pieces: Sequence[Piece]) -> tuple[Message, ...]:
    """What is said of every clash in *pieces*."""
    return tuple(said for piece in pieces if isinstance(piece, Clash) for said in piece.messages)


def marked(pieces: Sequence[Piece], names: tuple[str, str] = SIDES) -> str:
    """The text of *pieces* with every clash between Git's markers."""
    parts: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            parts.append(piece)
        else:
            sides = f"<<<<<<< {names[0]}\n{piece.ours}=======\n{piece.theirs}>>>>>>> {names[1]}\n"
            parts.append(sides)
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge without conflict."""

    text: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A merge that people must finish: *text* has markers, *conflicts* says what they are about."""

    text: str
    conflicts: tuple[Message, ...]


def where(keys: Keys, labels: Sequence[str]) -> object:
    """The place *keys* in words: a field by its label where it has one."""
    said: object = ""
    for key, label in zip(keys, labels, strict=True):
        inner: object = Message(label) if label else str(key)
        said = Message(WITHIN, {"outer": said, "inner": inner}) if said else inner
    return said


def brief(value: Any) -> str | None:
    """A short value as it is written, None for anything longer."""
    if isinstance(value, dict) and "value" in value:
        value = value["value"]
    if isinstance(value, dict | list):
        return None
    text = str(value or "")
    return text if len(text) <= LONGEST else None


def _apart(ours: Sequence[Any], theirs: Sequence[Any]) -> tuple[str, ...]:
    """The items that only one side has, or that the sides put in other places, by their names."""
    alone = [each for each in ours if each not in theirs]
    alone += [each for each in theirs if each not in ours]
    moved = [mine for mine, other in zip(ours, theirs, strict=False) if mine != other]
    names = [brief(_first(each)) for each in alone or moved]
    return tuple(dict.fromkeys(name for name in names if name))[:MOST_ITEMS]


def _first(item: Any) -> Any:
    """What an item goes by: its first value, as that is what tells it apart."""
    return next(iter(item.values()), "") if isinstance(item, dict) else item


def both_changed(place: object, ours: Any, theirs: Any) -> Message:
    """What to say of a field to which the sides gave the values *ours* and *theirs*."""
    if isinstance(ours, list) and isinstance(theirs, list) and (said := _apart(ours, theirs)):
        return Message(BOTH_REWROTE_ITEMS, {"where": place, "items": said})
    values = brief(ours), brief(theirs)
    if None in values or values[0] == values[1]:
        return Message(BOTH_REWROTE, {"where": place})
    return Message(BOTH_CHANGED, {"where": place, "ours": values[0], "theirs": values[1]})

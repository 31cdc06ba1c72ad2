"""What proves a merge: a second reading finds the values it should hold, and no comment lost."""

from __future__ import annotations

from collections.abc import Sequence

from club.merge.blocks import value_of
from club.merge.result import SIDES, Outcome
from club.model.alignment import canonical
from club.model.entries import Entry
from club.model.second_reading import second_reading
from club.model.yaml_text import UnclearError, YamlText


def check(outcome: Outcome, trio: Sequence[Entry | None], kind: str) -> None:
    """Raises `UnclearError` unless *outcome* says, resolved either way, what it should.

    Its lines are read as those of a mapping or a list, whichever *kind* is, that holds it alone.
    """
    if outcome.is_copied or not all(entry.is_sound for entry in trio if entry):
        return
    texts = [outcome.side(name) for name in SIDES]
    values = [value_of([outcome], name, kind) for name in SIDES]
    for text, value in zip(texts, values, strict=True):
        if (YamlText.read(text).content or {}) != (value or {}):
            raise UnclearError(text)
    sides = [entry.lines if entry else "" for entry in trio]
    if not outcome.is_proved and not is_proved(texts, values, sides):
        raise UnclearError(texts[0])


def is_proved(texts: Sequence[str], values: Sequence[object], sides: Sequence[str]) -> bool:
    """Whether *texts*, a merge resolved either way, say *values* and what *sides* note beside them.

    *sides* are the base, ours and theirs. Where every line is that of a side and none holds a
    comment, nothing was rewritten, and the first reading is enough.
    """
    _, ours, theirs = sides
    copied = _lines(ours) | _lines(theirs)
    has_comments = "#" in ours or "#" in theirs
    if not has_comments and all(_lines(text) <= copied for text in texts):
        return True
    readings = [second_reading(text) for text in dict.fromkeys(texts)]
    for reading, value in zip((readings[0], readings[-1]), values, strict=True):
        if reading is None or _said(reading.content) != _said(value):
            return False
    shown = {said for reading in readings if reading for said in reading.comments}
    return not has_comments or _wanted(sides) <= shown


def _said(value: object) -> str:
    # The second reading may take a tab for a space.
    return canonical(value or {}).replace("\\t", " ")


def _lines(text: str) -> set[str]:
    return {line.strip() for line in text.split("\n")}


def _wanted(sides: Sequence[str]) -> set[str]:
    """The comments that a side added, or that neither took away."""
    readings = [second_reading(side) for side in sides]
    base, ours, theirs = (reading.comments if reading else {} for reading in readings)
    return {
        said
        for said in {*ours, *theirs}
        if ours.get(said, 0) + theirs.get(said, 0) > base.get(said, 0)
    }

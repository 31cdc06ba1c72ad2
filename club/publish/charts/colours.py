"""Colours that stand for a class of the style sheet, so that light, dark and print are followed."""

from __future__ import annotations

SERIES = 6
"""How many series have a colour of their own: the next one takes the first again."""
NAMES = (*(str(number) for number in range(1, SERIES + 1)), "ink", "muted", "line", "shade", "on")
"""The classes: those of series, of words, of quiet lines and squares, of words on a series."""
_STANDS = {name: f"#c0000{index:x}" for index, name in enumerate(NAMES)}
_MEANT = {colour: name for name, colour in _STANDS.items()}


def colour(name: str) -> str:
    """What a specification says for the colour *name*."""
    return _STANDS[name]


def series_name(index: int) -> str:
    """The colour of the series *index*, counted from 0."""
    return NAMES[index % SERIES]


def name_of(said: str) -> str | None:
    """The name of the colour *said*, if it is one of ours."""
    return _MEANT.get(said.lower())

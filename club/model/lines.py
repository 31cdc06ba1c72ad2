"""Lines of YAML as they stand in a file: how they are moved, how they end, how an id is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

BOM = "\ufeff"
STEP = 2
"""How much deeper each level is written."""
NEEDS_QUOTES = re.compile(r"\d.*|null|true|false|yes|no|on|off|y|n|~", re.IGNORECASE)
"""Ids that other readers of YAML would not take for text; a leading digit makes them doubt too."""


def quoted(id: str) -> str:
    """*id* as a key or a scalar that every reader of YAML takes for text."""
    return f'"{id}"' if NEEDS_QUOTES.fullmatch(id) else id


def record_under(id: str, text: str) -> str:
    """The lines of a record, which has its own file, under the key *id*."""
    return f"{quoted(id)}:\n{moved(text, STEP)}"


def moved(text: str, by: int) -> str:
    """*text* with every line moved by *by* columns, as far as there is room."""
    return "\n".join(_moved(line, by) for line in text.split("\n")) if by else text


def moved_below(text: str, by: int) -> str:
    """*text* with every line but the first moved by *by* columns, as far as there is room."""
    first, newline, below = text.partition("\n")
    return first + newline + moved(below, by)


def _moved(line: str, by: int) -> str:
    if by > 0:
        # A line of spaces alone may belong to a text; only empty ones stay as they are.
        return " " * by + line if line else line
    return line[min(-by, width(line)) :]


def width(line: str) -> int:
    """How many spaces *line* begins with."""
    return len(line) - len(line.lstrip(" "))


def newline_of(text: str) -> str:
    """How the lines of *text* end; one that Windows wrote in part is taken for its own."""
    return "\r\n" if "\r\n" in text else "\n"


@dataclass(frozen=True, slots=True)
class Envelope:
    """What surrounds the lines of a file: a byte order mark, their ends, the end of the last."""

    bom: bool = False
    newline: str = "\n"
    is_ended: bool = True

    @classmethod
    def open(cls, text: str) -> tuple[Envelope, str]:
        """The envelope of *text*, and its lines, each ended by a line feed.

        A file that mixes line ends keeps its carriage returns as they are.
        """
        has_bom = text.startswith(BOM)
        text = text[1:] if has_bom else text
        is_crlf = "\r" in text and text.count("\r\n") == text.count("\n") == text.count("\r")
        if is_crlf:
            text = text.replace("\r\n", "\n")
        is_ended = not text or text.endswith("\n")
        newline = "\r\n" if is_crlf else "\n"
        return cls(has_bom, newline, is_ended), text if is_ended else text + "\n"

    def close(self, text: str) -> str:
        """*text* as the file has it."""
        if not self.is_ended:
            text = text.removesuffix("\n")
        if self.newline != "\n":
            text = text.replace("\n", self.newline)
        return BOM + text if self.bom else text

"""Text for terminals and logs: what would move the cursor or turn the text around is shown."""

from __future__ import annotations

import re
from typing import IO, Any

OBEYED = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"
"""Control characters but tabs and line feeds; marks of direction (Unicode, Bidi_Control)."""
COMMAND = r"(?<=#)#(?=\[)"
"""Runners of GitHub's family obey `##[…]`, wherever it stands in a line of a log."""
CONTROL = re.compile(f"[{OBEYED}]|{COMMAND}")
CONTROL_OR_BREAK = re.compile(f"[{OBEYED}\\t\\n]|{COMMAND}")


def visible(text: str) -> str:
    """*text* on one line, each character that a terminal obeys as its escape."""
    return CONTROL_OR_BREAK.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    """An escape that JSON reads too: what is printed may be JSON."""
    return f"\\u{ord(found[0]):04x}"


class VisibleStream:
    """A stream of text that shows control characters, whoever wrote them."""

    def __init__(self, stream: IO[str]) -> None:
        """All but the writing of text is that of *stream*."""
        self._stream = stream

    def write(self, text: str) -> int:
        """Writes *text* on as many lines as it has."""
        self._stream.write(CONTROL.sub(_escape, text))
        return len(text)

    def writelines(self, lines: Any) -> None:
        """Writes each of *lines*."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        """What the stream itself knows."""
        return getattr(self._stream, name)

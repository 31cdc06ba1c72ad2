"""The front matter of a page: what stands between two lines of dashes before its text."""

from __future__ import annotations

import re
from dataclasses import dataclass

LINE_END = r"(?:\r\n|\r(?!\n)|\n)"
FRONT_MATTER = re.compile(
    rf"\ufeff?-{{3}}[ \t]*{LINE_END}(.*?{LINE_END})(?:\.{{3}}|-{{3}})[ \t]*{LINE_END}", re.DOTALL
)
"""As MkDocs finds it, in a text whose line ends and byte order mark are still those of the file."""


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's file cut in two: *front* is its front matter, from *start* on, *body* the rest."""

    front: str
    start: int
    body: str

    @property
    def is_unclosed(self) -> bool:
        """Whether the file opens a front matter that is none: MkDocs publishes it as text."""
        return not self.front and self.body.partition("\n")[0].strip("\ufeff \t\r") == "---"


def page_text(text: str) -> PageText:
    """The parts of a page's file; comments alone are no front matter, but text, as for MkDocs."""
    match = FRONT_MATTER.match(text)
    if match is None or not _says_something(match[1]):
        return PageText("", 0, text)
    return PageText(match[1], match.start(1), text[match.end() :])


def without_front(text: str) -> str:
    """*text* less its front matter, line for line: what stands below keeps its line number."""
    body = page_text(text).body
    return "\n" * text.count("\n", 0, len(text) - len(body)) + body


def _says_something(front: str) -> bool:
    return any(line.strip() and line.lstrip()[0] != "#" for line in front.splitlines())

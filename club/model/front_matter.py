"""The front matter of a page: what stands between two lines of dashes before its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from club.model import structure_rules as rules
from club.model.dates import nearest_dates
from club.model.message import Message
from club.model.problem import Place, Problem

LINE_END = r"(?:\r\n|\r(?!\n)|\n)"
FRONT_MATTER = re.compile(
    rf"\ufeff?-{{3}}[ \t]*{LINE_END}(.*?{LINE_END})(?:\.{{3}}|-{{3}})[ \t]*{LINE_END}", re.DOTALL
)
"""As MkDocs finds it, in a text whose line ends and byte order mark are still those of the file."""


MERGE, DEFAULT = "tag:yaml.org,2002:merge", "tag:yaml.org,2002:value"
"""How YAML reads the keys `<<` and `=`."""
TIMESTAMP = "tag:yaml.org,2002:timestamp"
MAX_SHOWN = 40


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


def misread(path: str, front: str) -> Iterator[Problem]:
    """What MkDocs cannot load of *front*, which it would publish as text, or reads otherwise.

    *front* is sound YAML, opened at the first line of the file at *path*.
    """
    loader = yaml.CSafeLoader("\n" + front)
    try:
        found = list(_misread(path, loader, loader.get_single_node()))
    finally:
        loader.dispose()
    yield from found
    if not found and not _is_read(lambda: yaml.load(front, yaml.CSafeLoader)):
        yield rules.FRONT_MATTER.problem(Place(path, 2, 1), rules.FRONT_MATTER_UNREAD_WHOLE)


def _misread(path: str, loader: yaml.CSafeLoader, node: Any) -> Iterator[Problem]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.tag == MERGE:
                yield rules.UNKNOWN_KEY.problem(
                    _start(path, key), rules.UNKNOWN_KEY_FOUND, found=key.value
                )
            elif key.tag != DEFAULT:
                yield from _misread(path, loader, key)
            yield from _misread(path, loader, value)
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _misread(path, loader, each)
    elif node is not None and not _is_read(lambda: loader.construct_object(node)):
        shown = node.value[:MAX_SHOWN] + "…" * (len(node.value) > MAX_SHOWN)
        yield rules.FRONT_MATTER.problem(
            _start(path, node),
            rules.FRONT_MATTER_UNREAD,
            expected=Message(rules.FRONT_MATTER_QUOTES, {"example": f'"{shown}"'}),
            nearest=nearest_dates(shown) if node.tag == TIMESTAMP else (),
            found=shown,
        )


def _is_read(load: Callable[[], Any]) -> bool:
    try:
        load()
    except (yaml.YAMLError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError):
        return False
    return True


def _start(path: str, node: yaml.Node) -> Place:
    mark: Any = node.start_mark
    return Place(path, mark.line + 1, mark.column + 1)


def _says_something(front: str) -> bool:
    return any(line.strip() and line.lstrip()[0] != "#" for line in front.splitlines())

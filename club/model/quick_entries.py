"""Cutting a collection's file at its ids without parsing it: only what differs is parsed later.

The scanner must be sure: a line at the margin is an id, a comment or blank, and no quote or
bracket stays open from one record to the next. Otherwise it says so, and the file is parsed.
"""

from __future__ import annotations

import re

from club.model.entries import NAMED, Cut, Entry, cut_loosely, cut_text, split_head
from club.model.source import parse
from club.model.yaml_text import KEEPS_BLANK_LINES, MAP, UnclearError, YamlText

AT_MARGIN = re.compile(r"^[^ \t#\n].*$", re.MULTILINE)
KEY_LINE = re.compile(r"""(?:([A-Za-z0-9_][\w.-]*)|"([^"\\]+)"|'([^']+)'):(?:[ ].*)?""")
SAYS_SOMETHING = re.compile(r"^[ ]*[^ #\n]", re.MULTILINE)
OPEN = re.compile(
    r"""(?:^[ ]*|[:\[{,-][ ]+|[\[{,])(?:"""
    r""""(?:[^"\\\n]|\\.)*$|'(?:[^'\n]|'')*$|"""
    r"""[\[{](?:[^\]}\n]*$|[^\]}\n]*[\[{]|[^\n]*[^\]}\s][ ]*$))""",
    re.MULTILINE,
)
"""A quote or a bracket that its line may leave open."""


def quick_cut(text: str, closed: set[str]) -> Cut:
    """The records of *text*; raises `UnclearError` when in doubt.

    *closed* holds the records known to leave nothing open, and grows.
    """
    if KEEPS_BLANK_LINES.search(text):  # they are not the next record's
        raise UnclearError("+")
    keys: list[str] = []
    starts: list[int] = []
    for match in AT_MARGIN.finditer(text):
        line = KEY_LINE.fullmatch(match[0])
        if line is None:
            raise UnclearError(match[0])
        keys.append(line[1] or line[2] or line[3])
        starts.append(match.start())
    if len(set(keys)) < len(keys) or "\r" in text:
        raise UnclearError("key")
    if not keys:
        if SAYS_SOMETHING.search(text):  # its ids may all stand deeper
            raise UnclearError("no key")
        return Cut(MAP, 0, [], head=text)
    return _cut(text, keys, starts, closed)


def _cut(text: str, keys: list[str], starts: list[int], closed: set[str]) -> Cut:
    tops = [_top(text, start) for start in starts]
    stops = [*tops[1:], _top(text, len(text))]
    entries: list[Entry] = []
    for key, start, stop, top in zip(keys, starts, stops, [tops[0], *stops[:-1]], strict=True):
        body = text[start:stop]
        if body not in closed:
            if OPEN.search(body) or NAMED.search(body):
                _closes(key, body)
            closed.add(body)
        entries.append(Entry(key, text[top:start], body, 0))
    cut = Cut(MAP, 0, entries, foot=text[stops[-1] :])
    first = entries[0]
    cut.head, first.lead = split_head(text[: starts[0]])
    return cut


def _closes(key: str, body: str) -> None:
    """Raises `UnclearError` unless *body* is a record by itself, which then leaves nothing open."""
    source = parse("", body)
    if source.problems or list(source.content or ()) != [key]:
        raise UnclearError(key)


def _top(text: str, start: int) -> int:
    """Where the empty lines and the comments at the margin above *start* begin."""
    while start:
        line = text.rfind("\n", 0, start - 1) + 1
        if text[line] not in "#\n":
            break
        start = line
    return start


def cut_file(text: str, *, is_collection: bool, closed: set[str]) -> Cut:
    """The records or the fields of a file, found the fast way where that is safe."""
    if is_collection:
        try:
            return quick_cut(text, closed)
        except UnclearError:
            pass
    try:
        return cut_text(YamlText.read(text))
    except UnclearError:
        return cut_loosely(text)

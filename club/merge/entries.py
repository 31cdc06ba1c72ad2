"""A text of YAML cut into entries: fields or items, each with its own lines and comments.

Nothing is lost: the head, then every entry with the lines above it, then the foot are the text.
Blank lines and comments at the margin belong to the entry below them; deeper comments to the one
above.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import yaml

from club.model.source import compose, parse


class UnclearError(Exception):
    """The text is not cut as expected: whoever asked falls back on something coarser."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text with its nodes and values, known to be sound."""

    text: str
    lines: list[str]
    starts: list[int]
    node: Any
    content: Any

    @classmethod
    def read(cls, text: str) -> Sheet:
        """The sheet of *text*; raises `UnclearError` if its YAML is not sound."""
        source = parse("", text)
        if source.problems:
            raise UnclearError(source.problems[0].message.id)
        # Only line feeds end lines here; the parser knows others, inside texts.
        lines = [line + "\n" for line in text.split("\n")]
        lines[-1] = lines[-1][:-1]
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line))
        return cls(text, lines, starts, compose(text), source.content)

    def line_at(self, index: int) -> int:
        """The number of the line that holds the character at *index*."""
        low, high = 0, len(self.lines)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.starts[middle] <= index else (low, middle)
        return low

    def column_of(self, index: int) -> int:
        """How far from the start of its line the character at *index* is."""
        return index - self.starts[self.line_at(index)]

    def between(self, start: int, stop: int) -> str:
        """The lines *start* to *stop*."""
        return self.text[self.starts[start] : self.starts[stop]]


@dataclass(slots=True)
class Entry:
    """A field or an item: *lead* is what stands above it, *body* starts at its key or dash."""

    key: str
    lead: str
    body: str
    column: int
    value: Any = None
    sheet: Sheet | None = field(default=None, repr=False)
    node: Any = field(default=None, repr=False)
    at: int = 0
    stop: int = 0

    def opened(self) -> Entry:
        """The same entry with its nodes; raises `UnclearError` if its lines are not an entry."""
        if self.sheet is not None:
            return self
        rows = rows_of(Sheet.read(self.body))
        if rows.kind != MAP or [each.key for each in rows.entries] != [self.key] or rows.foot:
            raise UnclearError(self.key)
        only = rows.entries[0]
        only.lead = self.lead
        return only

    @property
    def kind(self) -> str:
        """How the value is written."""
        return kind_of(self.node)

    @property
    def text(self) -> str:
        """The body as it would stand at the margin."""
        return shifted(self.body, -self.column)


@dataclass(slots=True)
class Rows:
    """The entries of one mapping or list, and what stands below the last."""

    kind: str
    column: int
    entries: list[Entry]
    foot: str = ""
    head: str = ""


MAP, SEQ, FLOW_MAP, FLOW_SEQ, BLOCK, SCALAR = "map", "seq", "{", "[", "|", "scalar"


def kind_of(node: Any) -> str:
    """How *node* is written: as a block or between brackets, as a mapping, a list or a text."""
    if node.__class__ is yaml.MappingNode:
        return FLOW_MAP if node.flow_style else MAP
    if node.__class__ is yaml.SequenceNode:
        return FLOW_SEQ if node.flow_style else SEQ
    return BLOCK if node.style in {"|", ">"} else SCALAR


def shifted(text: str, by: int) -> str:
    """*text* with every line but the first moved by *by* columns, as far as there is room."""
    if not by:
        return text
    first, *others = text.split("\n")
    return "\n".join([first, *(_moved(line, by) for line in others)])


def moved(text: str, by: int) -> str:
    """*text* with every line moved by *by* columns, as far as there is room."""
    return "\n".join(_moved(line, by) for line in text.split("\n")) if by else text


def _moved(line: str, by: int) -> str:
    if by > 0:
        return " " * by + line if line else line
    return line[min(-by, len(line) - len(line.lstrip(" "))) :]


def rows_of(sheet: Sheet) -> Rows:
    """The entries at the root of *sheet*; an empty text is an empty mapping."""
    if sheet.node is None:
        return Rows(MAP, 0, [], head=sheet.text)
    kind = kind_of(sheet.node)
    if kind not in {MAP, SEQ}:
        raise UnclearError(kind)
    rows = _rows(sheet, sheet.node, sheet.content, 0, len(sheet.lines))
    first = rows.entries[0]
    rows.head, first.lead = split_head(first.lead)
    return rows


def split_head(above: str) -> tuple[str, str]:
    """What stands above a file's first entry: the file's own head, and that entry's lead."""
    lines = [line + "\n" for line in above.split("\n")[:-1]]
    own = len(lines)
    while own and lines[own - 1].startswith("#"):
        own -= 1
    if not "".join(lines[:own]).strip():
        return "", above
    while own and not lines[own - 1].strip():
        own -= 1
    return "".join(lines[:own]), "".join(lines[own:])


def inner_rows(entry: Entry) -> Rows:
    """The entries of the block that is the value of *entry*."""
    sheet = cast(Sheet, entry.sheet)
    if not entry.value:
        return Rows(MAP if isinstance(entry.value, dict) else SEQ, entry.column, [])
    start = sheet.line_at(entry.node.start_mark.index)
    first = sheet.line_at(entry.at)
    # What stands between the key's line and the block is above the block's first entry.
    return _rows(sheet, entry.node, entry.value, min(first + 1, start), entry.stop)


def _rows(sheet: Sheet, node: Any, content: Any, top: int, stop: int) -> Rows:
    kind = kind_of(node)
    column = sheet.column_of(node.start_mark.index)
    places = _fields(sheet, node) if kind == MAP else _items(sheet, node, column)
    names = list(content) if kind == MAP else [""] * len(content)
    values = list(content.values()) if kind == MAP else list(content)
    if len(places) != len(values):
        raise UnclearError(kind)
    entries: list[Entry] = []
    for index, (at, value_node) in enumerate(places):
        line = sheet.line_at(at)
        end = _end(sheet, value_node)
        floor = sheet.line_at(places[index + 1][0]) if index + 1 < len(places) else stop
        end = _with_deeper_comments(sheet, end, floor, column)
        lead = sheet.between(top, line) if line > top else ""
        body = sheet.text[at : sheet.starts[end]]
        if sheet.column_of(at) != column:
            raise UnclearError(kind)
        entries.append(
            Entry(names[index], lead, body, column, values[index], sheet, value_node, at, end)
        )
        top = end
    return Rows(kind, column, entries, sheet.between(top, stop) if stop > top else "")


def _fields(sheet: Sheet, node: Any) -> list[tuple[int, Any]]:
    places = [(key.start_mark.index, value) for key, value in node.value]
    for at, _ in places[1:]:
        if sheet.text[sheet.starts[sheet.line_at(at)] : at].strip(" "):
            raise UnclearError("key")
    return places


def _items(sheet: Sheet, node: Any, column: int) -> list[tuple[int, Any]]:
    places: list[tuple[int, Any]] = []
    for index, each in enumerate(node.value):
        line = sheet.line_at(max(each.start_mark.index - 1, 0) if index else node.start_mark.index)
        while index and not _has_dash(sheet, line, column):
            line -= 1
            if line < 0:
                raise UnclearError("-")
        places.append((sheet.starts[line] + column, each))
    return places


def _has_dash(sheet: Sheet, line: int, column: int) -> bool:
    text = sheet.lines[line]
    return text[:column].strip(" ") == "" and text[column : column + 2] in {"- ", "-\n", "-"}


def _end(sheet: Sheet, node: Any) -> int:
    """The line below the value *node*, its trailing blank lines left out."""
    kind = kind_of(node)
    if kind in {MAP, SEQ} and node.value:
        last = node.value[-1]
        return _end(sheet, last[1] if kind == MAP else last)
    start, stop = node.start_mark.index, node.end_mark.index
    if kind != BLOCK:
        return sheet.line_at(stop) + 1
    line = sheet.line_at(stop) if stop < len(sheet.text) else len(sheet.lines)
    header = sheet.text[start : sheet.text.find("\n", start)].partition("#")[0]
    if "+" in header:
        return line
    while not sheet.lines[line - 1].strip() and line - 1 > sheet.line_at(start):
        line -= 1
    return line


def _with_deeper_comments(sheet: Sheet, end: int, floor: int, column: int) -> int:
    """The line below the last comment, before *floor*, that stands deeper than *column*."""
    for line in range(floor - 1, end - 1, -1):
        text = sheet.lines[line]
        if text.strip() and len(text) - len(text.lstrip(" ")) > column:
            return line + 1
    return end

"""YAML text to plain mappings that remember where each key stands, and nothing executable.

Scalars stay text, so `09`, `no` and `2012-02-17` mean what the author typed. PyYAML's C parser
composes nodes; the walk below turns them into `Block` and `Items`, which carry positions at the
price of one number a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from club.model import structure_rules as rules
from club.model.problem import Place, Problem

MAX_BYTES = 16 * 1024 * 1024
"""A collection of 10,000 records is about 10 MiB; beyond this a file is refused unread."""
MAX_DEPTH = 24
COLUMN_BITS = 16
PLAIN_STYLES = {None, ""}
NULLS = {"", "~", "null", "Null", "NULL"}
PLAIN = "plain"
QUOTED = "quoted"
CONFLICT_MARKER = re.compile(r"^(<{7}|>{7}|\|{7})( |$)|^={7}$", re.MULTILINE)
TAB_INDENT = re.compile(r"^ *(\t)", re.MULTILINE)

Key = str | int
Keys = tuple[Key, ...]


class Block(dict[str, Any]):
    """A YAML mapping; *marks* holds, in key order, where each key stands."""

    __slots__ = ("marks",)
    marks: list[int]


class Items(list[Any]):
    """A YAML sequence; *marks* holds where each item stands."""

    __slots__ = ("marks",)
    marks: list[int]


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the club: its text, its content as mappings, and what is wrong with its YAML."""

    path: str
    text: str = ""
    content: Any = None
    problems: tuple[Problem, ...] = ()

    def place(self, keys: Sequence[Key] = ()) -> Place:
        """Where *keys* stand; a step that is not in the file stops at the nearest one that is."""
        return place(self.path, self.content, keys)


def place(path: str, content: Any, keys: Sequence[Key], mark: int = 0) -> Place:
    """Where the value under *keys* stands, starting from *content*, whose own mark is *mark*."""
    for key in keys:
        if isinstance(content, Block) and isinstance(key, str) and key in content:
            mark = content.marks[list(content).index(key)]
        elif isinstance(content, Items) and isinstance(key, int) and key < len(content):
            mark = content.marks[key]
        else:
            continue  # a step that normalisation added, such as the list around a single claim
        content = content[key]
    return _place(path, mark)


def _place(path: str, mark: int) -> Place:
    return Place(path, (mark >> COLUMN_BITS) + 1, (mark & ((1 << COLUMN_BITS) - 1)) + 1)


def read(root: Path, path: str) -> Source:
    """Reads and parses the file at *path*, relative to *root*; every fault is a `Problem`."""
    file = root / path
    if file.is_symlink():
        return Source(path, problems=(rules.SYMLINK.problem(Place(path), rules.SYMLINK_FOUND),))
    size = file.stat().st_size
    if size > MAX_BYTES:
        problem = rules.TOO_LARGE.problem(
            Place(path), rules.TOO_LARGE_FOUND, size=size, limit=MAX_BYTES
        )
        return Source(path, problems=(problem,))
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        problem = rules.NOT_UTF8.problem(
            Place(path, line, column), rules.NOT_UTF8_FOUND, byte=f"0x{raw[error.start]:02X}"
        )
        return Source(path, problems=(problem,))
    return parse(path, text)


def parse(path: str, text: str) -> Source:
    """Parses *text* as the content of *path*."""
    markers = list(CONFLICT_MARKER.finditer(text))
    if any(match[0].startswith("<") for match in markers):
        found = tuple(_marker_problem(path, text, match) for match in markers)
        return Source(path, text, problems=found[:1])
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        return Source(path, text, problems=(_syntax_problem(path, text, error),))
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        at = Place(path, before.count("\n") + 1, error.position - before.rfind("\n"))
        problem = rules.CONTROL_CHARACTER.problem(
            at,
            rules.CONTROL_CHARACTER_FOUND,
            code=f"U+{ord(str(error.character)[:1]):04X}"
            if isinstance(error.character, str)
            else f"0x{error.character:02X}",
        )
        return Source(path, text, problems=(problem,))
    walk = _Walk(path)
    content = None if node is None else walk.value(node, 0)
    return Source(path, text, content, tuple(walk.problems))


class _Loader(CParser):
    """Composes nodes without resolving types: the C parser, its Python call-backs made cheap."""

    def resolve(self, kind: type, value: str, implicit: Any) -> str:
        return PLAIN

    def descend_resolver(self, current: Any, index: Any) -> None:
        """Nothing to resolve by path."""

    def ascend_resolver(self) -> None:
        """Nothing to resolve by path."""


@dataclass(slots=True)
class _Walk:
    """Turns nodes into values and gathers every structural fault on the way."""

    path: str
    problems: list[Problem] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def value(self, node: Any, depth: int) -> Any:
        if node.tag is not PLAIN:
            self._fault(node, rules.YAML_TAG, rules.YAML_TAG_FOUND, found=node.tag)
        if id(node) in self.seen:  # an alias gives the very same node again
            self._fault(node, rules.YAML_ALIAS, rules.YAML_ALIAS_FOUND)
            return None
        self.seen.add(id(node))
        kind = node.__class__
        if kind is yaml.ScalarNode:
            return None if node.style in PLAIN_STYLES and node.value in NULLS else node.value
        if depth > MAX_DEPTH:
            self._fault(node, rules.TOO_DEEP, rules.TOO_DEEP_FOUND, limit=MAX_DEPTH)
            return None
        return self._block(node, depth) if kind is yaml.MappingNode else self._items(node, depth)

    def _block(self, node: Any, depth: int) -> Block:
        block = Block()
        marks = block.marks = []
        for key_node, value_node in node.value:
            if key_node.__class__ is not yaml.ScalarNode:
                self._fault(key_node, rules.KEY_NOT_TEXT, rules.KEY_NOT_TEXT_FOUND)
                continue
            key = key_node.value
            if key in block:
                first = _place(self.path, marks[list(block).index(key)]).line
                self._fault(
                    key_node, rules.DUPLICATE_KEY, rules.DUPLICATE_KEY_FOUND, key=key, line=first
                )
                continue
            mark = key_node.start_mark
            marks.append((mark.line << COLUMN_BITS) | mark.column)
            block[key] = self.value(value_node, depth + 1)
        return block

    def _items(self, node: Any, depth: int) -> Items:
        items = Items()
        items.marks = [
            (each.start_mark.line << COLUMN_BITS) | each.start_mark.column for each in node.value
        ]
        items.extend(self.value(each, depth + 1) for each in node.value)
        return items

    def _fault(self, node: Any, rule: Any, message: str, **params: object) -> None:
        mark = node.start_mark
        at = Place(self.path, mark.line + 1, mark.column + 1)
        self.problems.append(rule.problem(at, message, **params))


def _marker_problem(path: str, text: str, match: re.Match[str]) -> Problem:
    line = text.count("\n", 0, match.start()) + 1
    return rules.CONFLICT.problem(
        Place(path, line, 1), rules.CONFLICT_FOUND, found=match[0].strip()
    )


def _syntax_problem(path: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    reason = " ".join(str(part) for part in (error.context, error.problem) if part)
    if "quoted scalar" in reason and error.context_mark:
        start = error.context_mark
        return rules.UNCLOSED_QUOTE.problem(
            Place(path, start.line + 1, start.column + 1), rules.UNCLOSED_QUOTE_FOUND
        )
    for tab in TAB_INDENT.finditer(text):
        line = text.count("\n", 0, tab.start()) + 1
        if mark is None or line <= mark.line + 1:
            column = tab.start(1) - tab.start() + 1
            return rules.TAB.problem(Place(path, line, column), rules.TAB_FOUND)
    if "alias" in reason:
        at = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
        return rules.YAML_ALIAS.problem(at, rules.YAML_ALIAS_FOUND)
    at = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
    return rules.SYNTAX.problem(at, rules.SYNTAX_FOUND, reason=reason)


def lines_of(block: Block) -> Iterator[tuple[str, int]]:
    """Each key of *block* with its line, counted from 1."""
    for key, mark in zip(block, block.marks, strict=True):
        yield key, (mark >> COLUMN_BITS) + 1

"""Edits of YAML by spans: only the characters that change are touched, so comments survive."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from club.model.source import Key, compose

LINE_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
NEEDS_QUOTES = re.compile(r"\d.*|null|true|false|yes|no|on|off|y|n|~", re.IGNORECASE)


def quoted(id: str) -> str:
    """*id* as a scalar that every reader of YAML takes for text."""
    return f'"{id}"' if NEEDS_QUOTES.fullmatch(id) else id


@dataclass(slots=True)
class Edits:
    """Changes to one text, given in any order and made at once."""

    text: str
    changes: dict[tuple[int, int], str] = field(default_factory=dict)

    def replace(self, start: int, end: int, new: str) -> None:
        """*new* instead of what stands from *start* to *end*."""
        if self.text[start:end] != new:
            self.changes[start, end] = new

    @property
    def result(self) -> str:
        """The text with every change made."""
        text = self.text
        for (start, end), new in sorted(self.changes.items(), reverse=True):
            text = text[:start] + new + text[end:]
        return text


class Nodes:
    """The YAML nodes of a text, which know where they stand."""

    def __init__(self, text: str, first: int = 0) -> None:
        """*text* begins at the offset *first* of the text that is edited."""
        self.root: Any = compose(text)
        self._text = text
        self._first = first
        self._starts = [0, *(match.end() for match in LINE_BREAK.finditer(text))]

    def span(self, node: Any) -> tuple[int, int]:
        """Where *node* begins and ends."""
        return self._offset(node.start_mark), self._offset(node.end_mark)

    def _offset(self, mark: Any) -> int:
        if mark.line >= len(self._starts):
            return self._first + len(self._text)
        at: int = self._starts[mark.line] + mark.column
        return self._first + min(at, len(self._text))

    def at(self, keys: Sequence[Key]) -> Any:
        """The node of the value under *keys*, or None."""
        node = self.root
        for key in keys:
            if isinstance(node, yaml.MappingNode) and isinstance(key, str):
                node = next((value for name, value in node.value if name.value == key), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(key, int):
                node = node.value[key] if key < len(node.value) else None
            else:
                return None
        return node

    def key(self, name: str, within: Any = None) -> Any:
        """The node of the key *name* in a mapping, the root unless *within* is given."""
        node = self.root if within is None else within
        pairs = node.value if isinstance(node, yaml.MappingNode) else ()
        return next((key for key, _ in pairs if key.value == name), None)

    def scalars(self, node: Any = None) -> Iterator[Any]:
        """Every value inside *node* that is no list and no mapping."""
        node = self.root if node is None else node
        if isinstance(node, yaml.ScalarNode):
            yield node
        elif isinstance(node, yaml.SequenceNode):
            for each in node.value:
                yield from self.scalars(each)
        elif isinstance(node, yaml.MappingNode):
            for _, each in node.value:
                yield from self.scalars(each)


def replace_scalar(edits: Edits, nodes: Nodes, node: Any, new: str) -> None:
    """Writes *new* as the value of a scalar, inside the quotes it has."""
    start, end = nodes.span(node)
    if node.style in {"'", '"'}:
        edits.replace(start + 1, end - 1, new)
    else:
        edits.replace(start, end, quoted(new))


def add_to_list(edits: Edits, nodes: Nodes, block: Any, name: str, value: str) -> None:
    """Adds *value* to the list *name* of a mapping, which need not have it yet."""
    held = next((each for key, each in block.value if key.value == name), None)
    value = quoted(value)
    if held is None or (isinstance(held, yaml.ScalarNode) and not held.value):
        _add_field(edits, nodes, block, name, held, value)
        return
    start, end = nodes.span(held)
    if isinstance(held, yaml.ScalarNode):
        edits.replace(start, end, f"[{edits.text[start:end]}, {value}]")
    elif not held.value:
        edits.replace(start, end, f"[{value}]")
    elif held.flow_style:
        last = nodes.span(held.value[-1])[1]
        edits.replace(last, last, f", {value}")
    else:
        first, last = nodes.span(held.value[0])[0], nodes.span(held.value[-1])[1]
        dash = edits.text.rindex("-", 0, first)
        line = max(edits.text.rfind("\n", 0, dash), edits.text.rfind("\r", 0, dash)) + 1
        newline = "\r\n" if "\r\n" in edits.text else "\n"
        edits.replace(last, last, f"{newline}{edits.text[line:dash]}- {value}")


def _add_field(edits: Edits, nodes: Nodes, block: Any, name: str, held: Any, value: str) -> None:
    if held is not None:
        start, end = nodes.span(held)
        before = "" if edits.text[start - 1 : start].isspace() else " "
        edits.replace(start, end, f"{before}[{value}]")
        return
    start = nodes.span(block)[0]
    if block.flow_style:
        rest = ", " if block.value else ""
        edits.replace(start + 1, start + 1, f"{name}: [{value}]{rest}")
        return
    line = max(edits.text.rfind("\n", 0, start), edits.text.rfind("\r", 0, start)) + 1
    newline = "\r\n" if "\r\n" in edits.text else "\n"
    indent = edits.text[line:start] if edits.text[line:start].isspace() else ""
    edits.replace(start, start, f"{name}: [{value}]{newline}{indent}")

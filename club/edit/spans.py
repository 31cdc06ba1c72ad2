"""Edits of YAML by spans: only the characters that change are touched, so comments survive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from club.model.lines import newline_of, quoted
from club.model.source import Key, compose


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
        self._first = first

    def span(self, node: Any) -> tuple[int, int]:
        """Where *node* begins and ends."""
        return self._first + node.start_mark.index, self._first + node.end_mark.index

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


def replace_scalar(edits: Edits, nodes: Nodes, node: Any, new: str) -> None:
    """Writes *new* as the value of a scalar, inside the quotes it has."""
    start, end = nodes.span(node)
    if node.style in {"'", '"'}:
        edits.replace(start + 1, end - 1, new)
    else:
        edits.replace(start, end, quoted(new))


def add_to_list(edits: Edits, nodes: Nodes, block: Any, name: str, value: str) -> None:
    """Adds *value* to the list *name* of a mapping, which need not have it yet."""
    held = next((node for key, node in block.value if key.value == name), None)
    value = quoted(value)
    if held is None:
        _add_field(edits, nodes, block, f"{name}: [{value}]")
        return
    start, end = nodes.span(held)
    if isinstance(held, yaml.ScalarNode) and not held.value:
        before = "" if edits.text[start - 1 : start].isspace() else " "
        edits.replace(start, end, f"{before}[{value}]")
    elif isinstance(held, yaml.ScalarNode):
        edits.replace(start, end, f"[{edits.text[start:end]}, {value}]")
    elif not held.value:
        edits.replace(start, end, f"[{value}]")
    else:
        last = nodes.span(held.value[-1])[1]
        below = f"{newline_of(edits.text)}{' ' * held.start_mark.column}- {value}"
        edits.replace(last, last, f", {value}" if held.flow_style else below)


def _add_field(edits: Edits, nodes: Nodes, block: Any, field: str) -> None:
    """Writes *field* before the others of a mapping."""
    start, _ = nodes.span(block)
    if block.flow_style:
        edits.replace(start + 1, start + 1, field + (", " if block.value else ""))
    else:
        indent = " " * block.start_mark.column
        edits.replace(start, start, f"{field}{newline_of(edits.text)}{indent}")

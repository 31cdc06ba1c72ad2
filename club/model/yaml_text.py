"""A sound text of YAML with its nodes: where each stands, how it is written, where it ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from club.model.source import compose, parse

MAP, SEQ, FLOW_MAP, FLOW_SEQ, BLOCK_SCALAR, FLOW_SCALAR = "map", "seq", "{", "[", "|", "scalar"
KEEPS_BLANK_LINES = re.compile(r"[|>]\d?\+")


class UnclearError(Exception):
    """The text is not cut as expected: whoever asked falls back on something coarser."""


@dataclass(frozen=True, slots=True)
class YamlText:
    """A text with its nodes and values, known to be sound."""

    text: str
    lines: list[str]
    starts: list[int]
    node: Any
    content: Any

    @classmethod
    def read(cls, text: str) -> YamlText:
        """The nodes and values of *text*; raises `UnclearError` if its YAML is not sound."""
        source = parse("", text)
        if source.problems:
            raise UnclearError(source.problems[0].message.id)
        return cls.of(text, compose(text), source.content)

    @classmethod
    def of(cls, text: str, node: Any, content: Any) -> YamlText:
        """*text*, whose root is *node* and says *content*."""
        # Only line feeds end lines here; the parser knows others, inside texts.
        lines = [line + "\n" for line in text.split("\n")]
        lines[-1] = lines[-1][:-1]
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line))
        return cls(text, lines, starts, node, content)

    def line_at(self, index: int) -> int:
        """The number of the line that holds the character at *index*."""
        return min(bisect_right(self.starts, index), len(self.lines)) - 1

    def column_of(self, index: int) -> int:
        """How far from the start of its line the character at *index* is."""
        return index - self.starts[self.line_at(index)]

    def between(self, start: int, stop: int) -> str:
        """The lines *start* to *stop*."""
        return self.text[self.starts[start] : self.starts[stop]]

    def end_of(self, node: Any) -> int:
        """The line below the value *node*, the comments and blank lines after it left out."""
        kind = kind_of(node)
        if kind in {MAP, SEQ} and node.value:
            last = node.value[-1]
            return self.end_of(last[1] if kind == MAP else last)
        start, stop = node.start_mark.index, node.end_mark.index
        if kind != BLOCK_SCALAR:
            return self.line_at(stop) + 1
        line = self.line_at(stop) + (self.column_of(stop) > 0)  # in the last line, if it has no end
        if self.keeps_blank_lines(node):
            return line
        # A line of spaces may be part of the text.
        while not self.lines[line - 1].strip("\n") and line - 1 > self.line_at(start):
            line -= 1
        return line

    def keeps_blank_lines(self, node: Any) -> bool:
        """Whether *node* is a text whose last blank lines count."""
        return bool(KEEPS_BLANK_LINES.match(self.text, node.start_mark.index))


def kind_of(node: Any) -> str:
    """How *node* is written: as a block or between brackets, as a mapping, a list or a text."""
    if node.__class__ is yaml.MappingNode:
        return FLOW_MAP if node.flow_style else MAP
    if node.__class__ is yaml.SequenceNode:
        return FLOW_SEQ if node.flow_style else SEQ
    return BLOCK_SCALAR if node.style in {"|", ">"} else FLOW_SCALAR


def scalars(node: Any, *, with_keys: bool = False) -> Iterator[Any]:
    """Every scalar inside *node*, those that are keys only if they are asked for."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from scalars(item, with_keys=with_keys)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if with_keys:
                yield from scalars(key, with_keys=True)
            yield from scalars(value, with_keys=with_keys)

"""Lines of a file of records moved whole: fields in order, each with its comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from pydantic import BaseModel

from club.model.shape import slots

STEP = 2
LAST = ("aliases", "audience", "example")
"""What every record may say comes after what its kind says."""
TEXT_STYLES = {"|", ">"}
KEEPS_BLANK_LINES = re.compile(r"[|>]\d?\+")

Lines = list[str]


def scalars(node: Any) -> Iterator[Any]:
    """Every scalar inside *node*."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.MappingNode):
        for pair in node.value:
            yield from (each for part in pair for each in scalars(part))
    else:
        yield from (each for part in node.value for each in scalars(part))


def bottom(node: Any, lines: Lines) -> int:
    """The last line of what *node* says, less the comments and blank lines after it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return bottom(last[1] if isinstance(last, tuple) else last, lines)
    line = int(node.end_mark.line)
    if not isinstance(node, yaml.ScalarNode) or node.style not in TEXT_STYLES:
        return line
    first = int(node.start_mark.line)
    if node.end_mark.column == 0:
        line -= 1
    if keeps(node, lines):
        return max(first, line)
    while line > first and not lines[line]:  # one of spaces may be part of the text
        line -= 1
    return line


def keeps(node: Any, lines: Lines) -> bool:
    """Whether the blank lines at the end of a text count."""
    at = node.start_mark
    return node.style in TEXT_STYLES and bool(KEEPS_BLANK_LINES.match(lines[at.line], at.column))


class Mover:
    """Moves whole lines: each field or item with what stands above it and belongs to it."""

    def __init__(self, lines: Lines) -> None:
        """*lines* are those of the file."""
        self.lines = lines

    def mapping(
        self,
        node: Any,
        start: int,
        end: int,
        indent: int,
        model: type[BaseModel] | None,
        inner: type[BaseModel] | None = None,
    ) -> Lines:
        """The lines from *start* to *end*, which hold *node*, at *indent*, in *model*'s order.

        *inner* is the model of every value, where the keys are ids.
        """
        column = node.value[0][0].start_mark.column
        starts = [key.start_mark.line for key, _ in node.value]
        if len(set(starts)) < len(starts) or self._is_odd(node, column):
            return self._shifted(start, end, indent - column)
        values = [value for _, value in node.value]
        tops = self._tops(starts, values, column, start)
        ends = [*tops[1:], self._end(values[-1], end)]
        chunks = [
            (
                key.value,
                self._field(key, value, top, stop, indent, inner or _part(model, key.value)),
            )
            for (key, value), top, stop in zip(node.value, tops, ends, strict=True)
        ]
        # Blank lines that count would take in those that follow where they are moved.
        if model is not None and not any(keeps(each, self.lines) for each in scalars(node)):
            rank = {name: place for place, name in enumerate(_order(model))}
            chunks.sort(key=lambda chunk: rank.get(chunk[0], len(rank)))
        shift = indent - column
        body = [line for _, chunk in chunks for line in chunk]
        return [
            *self._shifted(start, tops[0], shift),
            *body,
            *self._after(ends[-1], end, indent),
        ]

    def _is_odd(self, node: Any, column: int) -> bool:
        """Whether a key stands after something else on its line, as in `? key`."""
        lines = (self.lines[key.start_mark.line] for key, _ in node.value)
        return any(line[:column].strip() for line in lines)

    def _field(
        self, key: Any, value: Any, top: int, end: int, indent: int, part: type[BaseModel] | None
    ) -> Lines:
        line = key.start_mark.line + 1
        shift = indent - key.start_mark.column
        is_block = isinstance(value, yaml.CollectionNode) and not value.flow_style
        if not is_block or value.start_mark.line < line:
            return self._shifted(top, end, shift)
        head = self._shifted(top, line, shift)
        if isinstance(value, yaml.MappingNode):
            return head + self.mapping(value, line, end, indent + STEP, part)
        return head + self._sequence(value, line, end, indent + STEP, part)

    def _sequence(
        self, node: Any, start: int, end: int, indent: int, part: type[BaseModel] | None
    ) -> Lines:
        column = node.start_mark.column
        starts = [each.start_mark.line for each in node.value]
        dashes = [self.lines[line][: column + 1] == " " * column + "-" for line in starts]
        if not all(dashes) or len(set(starts)) < len(starts):
            return self._shifted(start, end, indent - column)
        tops = self._tops(starts, node.value, column, start)
        ends = [*tops[1:], self._end(node.value[-1], end)]
        done = self._shifted(start, tops[0], indent - column)
        for item, top, line, stop in zip(node.value, tops, starts, ends, strict=True):
            done += self._shifted(top, line, indent - column)
            done += self._item(item, line, stop, indent, indent - column, part)
        return done + self._after(ends[-1], end, indent)

    def _item(
        self, item: Any, line: int, end: int, indent: int, shift: int, part: type[BaseModel] | None
    ) -> Lines:
        if not isinstance(item, yaml.MappingNode) or item.flow_style:
            return self._shifted(line, end, shift)
        written, column = self.lines[line], item.start_mark.column
        self.lines[line] = " " * column + written[column:]
        body = self.mapping(item, line, end, indent + STEP, part)
        self.lines[line] = written
        first = next(i for i, each in enumerate(body) if each.lstrip()[:1] not in {"", "#"})
        # Comments of what is now the first field stand above the dash.
        above = [" " * indent + each.lstrip() if each.strip() else each for each in body[:first]]
        dashed = " " * indent + "- " + body[first][indent + STEP :]
        return [*above, dashed, *body[first + 1 :]]

    def _tops(self, starts: list[int], values: list[Any], column: int, start: int) -> list[int]:
        """Where each chunk begins: at the comments right above its key or dash."""
        floors = [start, *(bottom(each, self.lines) + 1 for each in values[:-1])]
        found = []
        for line, floor in zip(starts, floors, strict=True):
            top = line
            while top > floor and self._is_comment(top - 1, column):
                top -= 1
            found.append(top)
        return found

    def _is_comment(self, number: int, column: int) -> bool:
        line = self.lines[number].lstrip(" ")
        return line.startswith("#") and len(self.lines[number]) - len(line) <= column

    def _end(self, value: Any, end: int) -> int:
        """Where the last chunk ends: at the first blank line, which parts it from what follows."""
        after = range(bottom(value, self.lines) + 1, end)
        return next((line for line in after if not self.lines[line].strip()), end)

    def _after(self, start: int, end: int, indent: int) -> Lines:
        """Comments after the last chunk, never so deep that a text before them would take them."""
        lines = self.lines[start:end]
        widths = [min(indent, len(line) - len(line.lstrip())) for line in lines]
        return [" " * by + line.lstrip() for by, line in zip(widths, lines, strict=True)]

    def _shifted(self, start: int, end: int, by: int) -> Lines:
        lines = self.lines[start:end]
        if by >= 0:
            return [" " * by + line if line else line for line in lines]
        return [line[min(-by, len(line) - len(line.lstrip(" "))) :] for line in lines]


def _order(model: type[BaseModel]) -> list[str]:
    names = [name for name in model.model_fields if name not in LAST]
    return [*names, *LAST]


def _part(model: type[BaseModel] | None, name: str) -> type[BaseModel] | None:
    """The model of the parts that the field *name* holds."""
    parts = [slot.parts for slot in (slots(model) if model else ()) if slot.name == name]
    return parts[0][0] if parts and parts[0] else None

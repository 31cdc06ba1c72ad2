"""Entries of a file of records moved whole: fields in order, each with its comments."""

from __future__ import annotations

from pydantic import BaseModel

from club.model.entries import Cut, Entry, cut_value
from club.model.field import field_of, fields_of
from club.model.lines import STEP, moved, moved_below, width
from club.model.yaml_text import MAP, SEQ, UnclearError, YamlText, scalars


def arranged(
    cut: Cut, indent: int, model: type[BaseModel] | None, inner: type[BaseModel] | None = None
) -> str:
    """The lines of *cut* at *indent*, fields in *model*'s order.

    *inner* is the model of every value, where the keys are ids.
    """
    by = indent - cut.column
    own_foot, foot = _parted(cut.foot)
    gaps = [*(entry.gap for entry in cut.entries), own_foot]
    chunks: dict[str, str] = {}
    for number, (entry, gap_below) in enumerate(zip(cut.entries, gaps[1:], strict=True)):
        part = (inner or _part(model, entry.key)) if cut.kind == MAP else model
        body = _field(entry, indent, part) if cut.kind == MAP else _item(entry, indent, part)
        chunk = moved(entry.comments, by) + body + moved(gap_below, by)
        chunks[entry.key or str(number)] = chunk
    names = list(chunks)
    # Blank lines that count would take in those that follow where they are moved.
    if cut.kind == MAP and model is not None and not any(map(_keeps_blank_lines, cut.entries)):
        rank = {name: place for place, name in enumerate(order_of(model))}
        names.sort(key=lambda name: rank.get(name, len(rank)))
    return moved(gaps[0], by) + "".join(chunks[name] for name in names) + _below(foot, indent)


def _field(entry: Entry, indent: int, part: type[BaseModel] | None) -> str:
    """The field *entry*, whose parts are *part*, with its key at *indent*."""
    cut = _block_in(entry)
    if cut is None or "\n" not in _before_value(entry):
        return _as_it_is(entry, indent)
    head = entry.body.partition("\n")[0]
    return f"{' ' * indent}{head}\n{arranged(cut, indent + STEP, part)}"


def _item(entry: Entry, indent: int, part: type[BaseModel] | None) -> str:
    """The item *entry* with its dash at *indent*; what its first field now is stands beside it."""
    cut = _block_in(entry)
    if cut is None or cut.kind == SEQ or "\n" in _before_value(entry):
        return _as_it_is(entry, indent)
    lines = arranged(cut, indent + STEP, part).split("\n")
    first = next(i for i, line in enumerate(lines) if line.lstrip()[:1] not in {"", "#"})
    above = [" " * indent + line.lstrip() if line.strip() else line for line in lines[:first]]
    dashed = " " * indent + "- " + lines[first][indent + STEP :]
    return "\n".join([*above, dashed, *lines[first + 1 :]])


def _as_it_is(entry: Entry, indent: int) -> str:
    return " " * indent + moved_below(entry.body, indent - entry.column)


def _block_in(entry: Entry) -> Cut | None:
    """The entries of the block that *entry* holds, if it holds one that can be cut."""
    try:
        return cut_value(entry) if entry.kind in {MAP, SEQ} else None
    except UnclearError:
        return None


def _before_value(entry: Entry) -> str:
    return entry.body[: entry.node.start_mark.index - entry.at]


def _parted(foot: str) -> tuple[str, str]:
    """What stands right below the last entry, and what a blank line parts from it."""
    lines = foot.splitlines(keepends=True)
    stop = next((i for i, line in enumerate(lines) if not line.strip()), len(lines))
    return "".join(lines[:stop]), "".join(lines[stop:])


def _below(foot: str, indent: int) -> str:
    """Comments after the last entry, never so deep that a text before them would take them."""
    lines = foot.splitlines(keepends=True)
    return "".join(moved(line, min(indent - width(line), 0)) for line in lines)


def _keeps_blank_lines(entry: Entry) -> bool:
    return any(map(_text_of(entry).keeps_blank_lines, scalars(entry.node)))


def _text_of(entry: Entry) -> YamlText:
    assert entry.origin is not None
    return entry.origin


def order_of(model: type[BaseModel]) -> list[str]:
    """What tells of the record itself comes after what it says."""
    fields = sorted(fields_of(model).values(), key=lambda field: not field.is_content)
    return [field.name for field in fields]


def _part(model: type[BaseModel] | None, name: str) -> type[BaseModel] | None:
    """The model of the parts that the field *name* holds."""
    return field_of(model, name).part if model else None

"""Records amended in their files: a field set or removed, an item added, nothing else touched.

Each amendment is worked out on the lines of its own record, whatever their layout; then the whole
file must hold the old values with those changes and no others, and every comment that it had.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import yaml
from pydantic import BaseModel

from club.edit.arrange import order_of
from club.edit.fmt import in_form_as
from club.edit.plan import Plan
from club.edit.spans import Edits
from club.edit.spelling import (
    WIDTH,
    Value,
    between_brackets,
    block_text,
    field_lines,
    item_lines,
    one_line,
    spelled,
)
from club.model.entries import Cut, Entry, cut_text, cut_value
from club.model.field import Field, field_of, model_at
from club.model.folder import DATA, SUFFIXES, ClubFolder, is_one_record
from club.model.lines import STEP, Envelope, moved
from club.model.message import N_, Message
from club.model.problem import Problem
from club.model.record import Record
from club.model.second_reading import second_reading
from club.model.source import NULLS, PLAIN_STYLES, Block, Key, Keys, Source, mark_of, parse, read
from club.model.yaml_text import (
    BLOCK_SCALAR,
    FLOW_MAP,
    FLOW_SCALAR,
    FLOW_SEQ,
    MAP,
    SEQ,
    UnclearError,
    YamlText,
    kind_of,
)

NO_RECORD = N_("there is no record “{id}” in {path}")
BY_HAND = N_("{path}: “{field}” of “{id}” cannot be written there without loss; do it by hand")
HEADER = re.compile(r"[|>][-+0-9]*")


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change to one record: *value* instead of what stands under *keys*, or added to its list.

    One that *is_removed* takes the field away.

    *keys* lead from the record to the field: `("answers", 0, "text")`.
    """

    collection: str
    id: str
    keys: Keys
    value: Value
    is_added: bool = False
    is_removed: bool = False


def setting(record: Record, keys: Keys, value: Value) -> Amendment:
    """That the field under *keys* of *record* says *value*, whether it is there yet or not."""
    return Amendment(record.collection, record.id, keys, value)


def adding(record: Record, keys: Keys, item: Value) -> Amendment:
    """That the list under *keys* of *record*, which need not be there yet, ends with *item*."""
    return Amendment(record.collection, record.id, keys, item, is_added=True)


def removing(record: Record, keys: Keys) -> Amendment:
    """That *record* has no longer the field under *keys*, which another one stands above."""
    return Amendment(record.collection, record.id, keys, "", is_removed=True)


def amended(folder: ClubFolder, amendments: Sequence[Amendment]) -> Plan | list[Problem] | Message:
    """The plan that makes all *amendments*; what keeps their files from being read, or why not."""
    by_path: dict[str, list[Amendment]] = {}
    for each in amendments:
        by_path.setdefault(_path(folder, each), []).append(each)
    sources = [read(folder.root, path) for path in by_path]
    if problems := [fault for source in sources for fault in source.problems]:
        return problems
    written: dict[str, str] = {}
    for source in sources:
        path = source.path
        mark = mark_of(folder.root, path)
        after = _amended(folder, source, by_path[path])
        if isinstance(after, Message):
            return after
        if after != source.text:
            written[path] = in_form_as(folder, path, mark + source.text, mark + after)
    return Plan(written)


def _path(folder: ClubFolder, asked: Amendment) -> str:
    """Where the record stands."""
    if file := folder.file_of(asked.collection):
        return file
    paths = [f"{DATA}/{asked.collection}/{asked.id}{suffix}" for suffix in SUFFIXES]
    return next((path for path in paths if os.path.lexists(folder.root / path)), paths[0])


def _amended(folder: ClubFolder, source: Source, asked: Sequence[Amendment]) -> str | Message:
    """The text of *source* with all that is *asked* of its records."""
    by_id: dict[str, list[Amendment]] = {}
    for each in asked:
        by_id.setdefault(each.id, []).append(each)
    model = folder.registry.by_collection[asked[0].collection].model
    envelope, text = Envelope.open(source.text)
    edits, expected = Edits(text), source.content
    for id, of_record in by_id.items():
        above = () if is_one_record(source.path) else (id,)
        if not isinstance(source.content, Block) or not set(above) <= set(source.content):
            return Message(NO_RECORD, {"id": id, "path": source.path})
        start, end = _place(text, above)
        lines = text[start:end]
        expected = {**expected, id: _plain(source.content[id])} if above else _plain(expected)
        for each in of_record:
            try:
                keys = (*above, *_written(expected, above, each.keys))
                lines = _settled(lines, keys, each, model)
                _change(expected, keys, each)
            except (UnclearError, LookupError, TypeError, AttributeError):
                return _by_hand(source.path, each)
        edits.replace(start, end, lines)
    # A last line that has no end may need one, where a text of several lines now comes last.
    for closed in (envelope, replace(envelope, is_ended=True)):
        whole = closed.close(edits.result)
        found = parse(source.path, whole)
        if not found.problems and found.content == expected:
            return whole
    return _by_hand(source.path, asked[-1])


def _by_hand(path: str, asked: Amendment) -> Message:
    field = ".".join(map(str, asked.keys))
    return Message(BY_HAND, {"path": path, "field": field, "id": asked.id})


def _place(text: str, above: Keys) -> tuple[int, int]:
    """Where the lines of a record begin and end; all of them, where it cannot be told apart."""
    try:
        whole = YamlText.read(text)
        entries = cut_text(whole).entries if above else []
    except UnclearError:
        entries = []
    for entry in entries:
        if entry.key == above[0]:
            return entry.at, whole.starts[entry.stop]
    return 0, len(text)


def _written(content: Any, above: Keys, keys: Keys) -> Keys:
    """*keys* less the steps into lists whose only item stands there without one.

    Raises `LookupError` where they lead through what is not written.
    """
    for key in above:
        content = content[key]
    found: list[Key] = []
    for key in keys[:-1]:
        if isinstance(key, int) and not isinstance(content, list):
            continue
        content = content[key]
        found.append(key)
    is_only = isinstance(keys[-1], int) and not isinstance(content, list)
    return tuple(found) if is_only else (*found, keys[-1])


def _settled(lines: str, keys: Keys, asked: Amendment, model: type[Record]) -> str:
    """*lines* with what is *asked* under *keys*, proven by a second reading.

    Raises `UnclearError` or `LookupError` if it cannot be done.
    """
    before = second_reading(lines)
    if before is None:
        raise UnclearError(lines)
    _change(before.content, keys, asked)
    holder = model_at(model, asked.keys[:-1])
    for is_brief in (False, True):
        done = _Amended.of(lines, keys[:-1], holder, is_brief).with_(keys[-1], asked)
        if second_reading(done) == before:
            return done
    raise UnclearError(lines)


def _change(content: Any, keys: Keys, asked: Amendment) -> None:
    """Makes in *content* the change that is *asked*; raises `LookupError` where nothing leads."""
    for key in keys[:-1]:
        content = content[key]
    last: Any = keys[-1]
    if asked.is_removed:
        del content[last]
        return
    if not asked.is_added:
        content[last] = _plain(asked.value)
        return
    held = content.get(last)
    several = held if isinstance(held, list) else [] if held is None else [held]
    content[last] = [*several, _plain(asked.value)]


def _plain(value: Any) -> Any:
    """*value* as new mappings and lists, to be changed."""
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    return value if value is None or isinstance(value, str) else [_plain(each) for each in value]


@dataclass(slots=True)
class _Amended:
    """The lines of a record, and in them the mapping or list *holder* that is to change.

    *cut* are its entries, if it is a block; *model* is what it holds. Where a text over several
    lines would take in the comments below it, *is_brief* keeps it on one.
    """

    text: YamlText
    edits: Edits
    holder: Any
    cut: Cut | None
    model: type[BaseModel]
    is_brief: bool

    @classmethod
    def of(cls, lines: str, keys: Keys, model: type[BaseModel], is_brief: bool) -> _Amended:
        """Opens *lines* at the value under *keys*."""
        text = YamlText.read(lines)
        node = text.node
        cut = cut_text(text) if kind_of(node) in {MAP, SEQ} else None
        for key in keys:
            node, entry = _value(node, key), _entry(cut, key)
            cut = cut_value(entry) if entry and kind_of(node) in {MAP, SEQ} else None
        return cls(text, Edits(lines), node, cut, model, is_brief)

    def with_(self, key: Key, asked: Amendment) -> str:
        """The lines with what is *asked* under *key*."""
        name = next(each for each in reversed(asked.keys) if isinstance(each, str))
        field = field_of(self.model, name)
        node = _value(self.holder, key)
        if asked.is_removed:
            self._remove(name)
        elif asked.is_added:
            self._add(field, node, asked.value)
        elif node is None:
            self._insert(field, asked.value)
        else:
            is_item = isinstance(key, int)
            self._replace(field.item if is_item else field, node, key, asked.value)
        return self.edits.result

    def _remove(self, name: str) -> None:
        """Takes a field away, its lines or what stands between two commas; never the first."""
        if self.cut is None:
            pairs = self.holder.value
            at = next(place for place, (key, _) in enumerate(pairs) if key.value == name)
            if at == 0:
                raise UnclearError(name)
            start, end = (pairs[each][1].end_mark.index for each in (at - 1, at))
            self.edits.replace(start, end, "")
            return
        entry = _entry(self.cut, name)
        if entry is None or entry is self.cut.entries[0]:
            raise UnclearError(name)
        self._instead(self.text.line_at(entry.at), entry.stop, [])

    def _insert(self, field: Field, value: Value) -> None:
        """Writes a field that is not there yet where the normal form wants it."""
        if self.cut is None:
            self._insert_in_brackets(field, between_brackets(field, value))
            return
        lines = field_lines(field, value, self.cut.column)
        earlier = self._earlier(field, [each.key for each in self.cut.entries])
        if earlier is not None:
            self._below(self.cut.entries[earlier].stop, lines)
            return
        first = self.cut.entries[0]
        line = self.text.line_at(first.at)
        if self.text.text[self.text.starts[line] : first.at].strip(" "):  # a dash stands there
            head, *below = lines
            body = "\n".join([head.lstrip(" "), *below, " " * self.cut.column])
            self.edits.replace(first.at, first.at, body)
        else:
            self._below(line - first.comments.count("\n"), lines)

    def _insert_in_brackets(self, field: Field, said: str) -> None:
        pairs = self.holder.value
        earlier = self._earlier(field, [key.value for key, _ in pairs])
        if earlier is not None:
            at = pairs[earlier][1].end_mark.index
            self.edits.replace(at, at, f", {field.name}: {said}")
        else:
            at = pairs[0][0].start_mark.index if pairs else self.holder.start_mark.index + 1
            self.edits.replace(at, at, f"{field.name}: {said}{', ' if pairs else ''}")

    def _earlier(self, field: Field, names: Sequence[str]) -> int | None:
        """Which of the fields *names* is the last that stands before *field* in its model."""
        rank = {name: place for place, name in enumerate(order_of(self.model))}
        own = rank.get(field.name, len(rank))
        earlier = [i for i, name in enumerate(names) if rank.get(name, len(rank)) <= own]
        return earlier[-1] if earlier else None

    def _replace(self, field: Field, node: Any, key: Key, value: Value) -> None:
        """Writes *value* in the place of *node*, in the quotes or the lines that it has."""
        start, end, kind = node.start_mark.index, node.end_mark.index, kind_of(node)
        if self.cut is None:
            self.edits.replace(start, end, between_brackets(field, value))
            return
        if kind == BLOCK_SCALAR and isinstance(value, str):
            head, below = block_text(value, self.cut.column)
            if self.is_brief or not value:
                head, below = between_brackets(field, value), []
            header = cast(re.Match[str], HEADER.match(self.text.text, start))
            self.edits.replace(start, header.end(), head)
            self._instead(self.text.line_at(start) + 1, self.text.end_of(node), below)
        elif kind in {FLOW_SCALAR, FLOW_MAP, FLOW_SEQ}:
            head, below = self._beside(field, node, value)
            space = "" if self.text.text[start - 1].isspace() else " "
            self.edits.replace(start, end, head and space + head)
            self._below(self.text.line_at(end) + 1, below)
        else:
            raise UnclearError(kind)

    def _beside(self, field: Field, node: Any, value: Value) -> tuple[str, list[str]]:
        """What takes the place of *node*, which stands beside its key, and the lines below."""
        column = cast(Cut, self.cut).column
        if self.is_brief:
            return between_brackets(field, value), []
        if not isinstance(value, str) or "\n" in value or not node.value:
            return spelled(field, value, column)
        if field.is_text and len(value) > WIDTH:
            return block_text(value, column)
        is_quoted = kind_of(node) == FLOW_SCALAR and node.style in {"'", '"'}
        return json.dumps(value, ensure_ascii=False) if is_quoted else one_line(field, value), []

    def _add(self, field: Field, node: Any, item: Value) -> None:
        """Writes *item* at the end of the list *field*, whatever stands there."""
        if node is None:
            self._insert(field, [item])
            return
        start, end, kind = node.start_mark.index, node.end_mark.index, kind_of(node)
        is_empty = _is_empty(node)
        if self.cut is None or (kind == FLOW_SEQ and not is_empty):
            self._add_in_brackets(field, node, item)
        elif kind == SEQ:
            self._add_below(field, item)
        elif is_empty and "\n" not in self.text.text[start:end]:
            self._fill(field, node, item)
        elif kind == FLOW_SEQ:  # a comment stands inside
            said = between_brackets(field.item, item)
            self.edits.replace(start + 1, start + 1, said)
        elif kind in {FLOW_SCALAR, FLOW_MAP}:
            said = between_brackets(field.item, item)
            self.edits.replace(start, end, f"[{self.text.text[start:end]}, {said}]")
        else:
            self._make_list(field, node, item)

    def _add_in_brackets(self, field: Field, node: Any, item: Value) -> None:
        start, end = node.start_mark.index, node.end_mark.index
        said = between_brackets(field.item, item)
        if kind_of(node) != FLOW_SEQ:
            held = "" if _is_empty(node) else self.text.text[start:end]
            before = "" if self.text.text[start - 1].isspace() else " "
            self.edits.replace(start, end, before + (f"[{held}, {said}]" if held else f"[{said}]"))
        elif node.value:
            last = node.value[-1].end_mark.index
            self.edits.replace(last, last, f", {said}")
        else:
            self.edits.replace(start + 1, start + 1, said)

    def _add_below(self, field: Field, item: Value) -> None:
        """Below the last item, between brackets if that is and there is room."""
        cut = cut_value(cast(Entry, _entry(self.cut, field.name)))
        last = cut.entries[-1]
        lines = item_lines(field, item, cut.column)
        if last.kind == FLOW_MAP and isinstance(item, Mapping):
            said = f"{' ' * cut.column}- {between_brackets(field.item, item)}"
            if len(said) <= WIDTH and "\\n" not in said:
                lines = [said]
        self._below(last.stop, lines)

    def _fill(self, field: Field, node: Any, item: Value) -> None:
        """Instead of no list or of an empty one."""
        head, below = spelled(field, [item], cast(Cut, self.cut).column)
        start, end = node.start_mark.index, node.end_mark.index
        while not head and self.text.text[start - 1] == " ":
            start -= 1
        space = "" if self.text.text[start - 1].isspace() else " "
        self.edits.replace(start, end, head and space + head)
        self._below(cast(Entry, _entry(self.cut, field.name)).stop, below)

    def _make_list(self, field: Field, node: Any, item: Value) -> None:
        """Makes a list of the only value, a block that stands below its key, then adds to it."""
        entry = _entry(self.cut, field.name)
        start = self.text.line_at(node.start_mark.index)
        if kind_of(node) != MAP or entry is None or self.text.line_at(entry.at) == start:
            raise UnclearError(field.name)
        column = self.text.column_of(node.start_mark.index)
        block = moved(self.text.between(start, entry.stop), STEP)
        dashed = f"{' ' * column}- {block[column + STEP :]}"
        self._instead(
            start, entry.stop, [*dashed.split("\n")[:-1], *item_lines(field, item, column)]
        )

    def _below(self, line: int, lines: Sequence[str]) -> None:
        """Writes *lines* above the line numbered *line*."""
        self._instead(line, line, lines)

    def _instead(self, line: int, stop: int, lines: Sequence[str]) -> None:
        """Writes *lines* in the place of those from *line* to *stop*."""
        at, end = (self.text.starts[min(each, len(self.text.lines))] for each in (line, stop))
        self.edits.replace(at, max(at, end), "".join(f"{each}\n" for each in lines))


def _is_empty(node: Any) -> bool:
    """Whether *node* is no value, or a list without items."""
    is_null = isinstance(node, yaml.ScalarNode) and node.style in PLAIN_STYLES
    return node.value in NULLS if is_null else node.value == []


def _value(node: Any, key: Key) -> Any:
    """The node of the value under *key*, or None."""
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if name.value == key), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int):
        return node.value[key]
    raise UnclearError(str(key))


def _entry(cut: Cut | None, key: Key) -> Entry | None:
    """The entry under *key*, if the block is one."""
    if cut is None:
        return None
    if isinstance(key, int):
        return cut.entries[key]
    return next((each for each in cut.entries if each.key == key), None)

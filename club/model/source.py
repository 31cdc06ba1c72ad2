"""YAML text to plain mappings that remember where each key stands, and nothing executable.

Scalars stay text, so `09`, `no` and `2012-02-17` mean what the author typed. PyYAML's C parser
composes nodes; the walk below turns them into `Block` and `Items`, which carry positions at the
price of one number a key.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from club.model import structure_rules as rules
from club.model.lines import BOM
from club.model.message import N_, Message, refusal
from club.model.names import PAGE_SUFFIX
from club.model.problem import Place, Problem, Rule
from club.model.yaml_faults import fault

MAX_BYTES = 16 * 1024 * 1024
"""A collection of 10,000 records is about 10 MiB; beyond this a file is refused unread."""
MAX_PAGE = 1024 * 1024
"""The most that a page may weigh, and one text of a record."""
MAX_DEPTH = 24
COLUMN_BITS = 16
LAST_COLUMN = (1 << COLUMN_BITS) - 1
PLAIN_STYLES = {None, ""}
NULLS = {"", "~", "null", "Null", "NULL"}
PLAIN = "plain"
CONFLICT_MARKER = re.compile(r"^\ufeff*(<{7}|>{7}|\|{7})( |$)|^={7}$", re.MULTILINE)
AT_MARGIN = re.compile(r"^[^\s#].*$", re.MULTILINE)
MAY_BE_LOST = re.compile(r"(?:^|[:\[{,?-])[ \t]*[&!]", re.MULTILINE)
ID_AT_MARGIN = re.compile(r"[\"']?[^\s:\"']*")
NOT_TEXT = re.compile(
    r"[^\t\n\r\x20-\x7e\x85\xa0-\u2027\u202f-\u2065\u206a-\ud7ff"
    r"\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What YAML itself calls not printable, the byte order mark inside a text, and what breaks lines or
turns the text around for no one to see (Unicode: line separators, embeddings, overrides, isolates).
"""
# PyYAML's composer recurses in C: some 20,000 levels overflow the stack, without an exception.
DEEP_LINE = re.compile(r"[ \t?:-]{5000}")
MANY_BRACKETS = 5000
MAX_EVENT_DEPTH = 500

NO_FILE = N_("there is no such file")
NO_FILES = (
    (stat.S_ISDIR, N_("this is a folder")),
    (stat.S_ISFIFO, N_("this is a pipe, which can be read only once")),
    (stat.S_ISSOCK, N_("this is a socket")),
    (lambda mode: True, N_("this is a device")),
)
"""What stands where a file was to be, each with what knows it by its mode."""
A_FILE = N_("a file saved on a disk")

SYNTAX = {rules.SYNTAX, rules.TAB, rules.UNCLOSED_QUOTE, rules.YAML_ALIAS}
"""The rules of what keeps a text from being YAML at all."""

Key = str | int
Keys = tuple[Key, ...]


class Block(dict[str, Any]):
    """A YAML mapping; *marks* holds, in key order, where each key stands."""

    __slots__ = ("_by_key", "marks")
    marks: list[int]

    def mark(self, key: str) -> int:
        """Where *key* stands; looked up at once, however many keys are asked for."""
        known: dict[str, int] = getattr(self, "_by_key", {})
        if len(known) != len(self):
            known = self._by_key = dict(zip(self, self.marks, strict=True))
        return known[key]


class Items(list[Any]):
    """A YAML sequence; *marks* holds where each item stands."""

    __slots__ = ("marks",)
    marks: list[int]


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the club: its text, its content as mappings, and what is wrong with its YAML.

    *unread* are the ids of the records whose YAML hides all that they say.
    """

    path: str
    text: str = ""
    content: Any = None
    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()

    def place(self, keys: Sequence[Key] = ()) -> Place:
        """Where *keys* stand; a step that is not in the file stops at the nearest one that is."""
        return place(self.path, self.content, keys)


def place(path: str, content: Any, keys: Sequence[Key], mark: int = 0) -> Place:
    """Where the value under *keys* stands, starting from *content*, whose own mark is *mark*."""
    for key in written(content, keys):
        mark = content.mark(str(key)) if isinstance(content, Block) else content.marks[key]
        content = content[key]
    return _place(path, mark)


def written(content: Any, keys: Sequence[Key]) -> Keys:
    """*keys* less the steps that normalisation added, such as the list around a single claim.

    It stops at the first field that is not in the file.
    """
    found: list[Key] = []
    for key in keys:
        if isinstance(content, Block) and isinstance(key, str):
            if key not in content:
                break
        elif not (isinstance(content, Items) and isinstance(key, int) and key < len(content)):
            continue
        found.append(key)
        content = content[key]
    return tuple(found)


def _place(path: str, mark: int) -> Place:
    return Place(path, (mark >> COLUMN_BITS) + 1, (mark & LAST_COLUMN) + 1)


def read(root: Path, path: str, *, is_collection: bool = False) -> Source:
    """Reads and parses the file at *path*, relative to *root*; every fault is a `Problem`."""
    text = read_text(root, path)
    if isinstance(text, Problem):
        return Source(path, problems=(text,))
    source = parse(path, text, is_collection=is_collection)
    if source.content is not None or not SYNTAX.issuperset(e.rule for e in source.problems):
        return source
    return replace(source, problems=tuple(map(_only, source.problems)))


def read_text(root: Path, path: str) -> str | Problem:
    """The text of the file at *path*, relative to *root*, or why it cannot be read."""
    raw = read_bytes(root, path)
    return raw if isinstance(raw, Problem) else decoded(path, raw)


def read_bytes(root: Path, path: str) -> bytes | Problem:
    """What the file at *path*, relative to *root*, holds, or why it cannot be read."""
    try:
        return _bytes(root / path, path)
    except OSError as error:
        return rules.UNREADABLE.problem(Place(path), rules.UNREADABLE_FOUND, reason=refusal(error))


def decoded(path: str, raw: bytes) -> str | Problem:
    """The text that *raw*, the content of *path*, is in UTF-8, or the first byte that is not."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode()) + 1
        return rules.NOT_UTF8.problem(
            Place(path, line, column), rules.NOT_UTF8_FOUND, byte=f"0x{raw[error.start]:02X}"
        )


def not_plain(path: str, mode: int) -> Problem | None:
    """What is wrong with a link, a pipe, a socket or a device, told from its *mode* alone."""
    if stat.S_ISLNK(mode):
        return is_link(path)
    if not stat.S_ISREG(mode):
        return rules.SPECIAL_FILE.problem(Place(path), rules.SPECIAL_FILE_FOUND)
    return None


def is_link(path: str) -> Problem:
    """That a link stands at *path*."""
    copy = Message(rules.SYMLINK_EXPECTED)
    return rules.SYMLINK.problem(Place(path), rules.SYMLINK_FOUND, expected=copy)


def _bytes(file: Path, path: str) -> bytes | Problem:
    """What *file* holds; to open what is no plain file could wait for ever."""
    found = file.lstat()
    if stat.S_ISDIR(found.st_mode):
        return rules.UNREADABLE.problem(Place(path), rules.NOT_A_FILE_FOUND)
    if fault := not_plain(path, found.st_mode):
        return fault
    is_page = path.endswith(PAGE_SUFFIX)
    rule, limit = (rules.PAGE_TOO_LARGE, MAX_PAGE) if is_page else (rules.TOO_LARGE, MAX_BYTES)
    if found.st_size > limit:
        return rule.problem(Place(path), rules.TOO_LARGE_FOUND, size=found.st_size, limit=limit)
    return file.read_bytes()


def given_fault(file: Path, rule: Rule) -> Problem | None:
    """Why *file*, which somebody gave to a command, cannot be read as the table that *rule* wants.

    A link is followed; nothing is opened that could wait for ever.
    """
    at = Place(str(file))
    try:
        mode = file.stat().st_mode
        if stat.S_ISREG(mode):
            file.open("rb").close()
            return None
    except FileNotFoundError:
        return rule.problem(at, NO_FILE)
    except OSError as error:
        return rule.problem(at, rules.UNREADABLE_FOUND, reason=refusal(error))
    found = next(said for is_one, said in NO_FILES if is_one(mode))
    return rule.problem(at, found, expected=Message(A_FILE))


def given_bytes(file: Path, rule: Rule) -> bytes | Problem:
    """What *file* holds, which somebody gave to a command, or why it cannot be read."""
    if fault := given_fault(file, rule):
        return fault
    size = file.stat().st_size
    if size > MAX_BYTES:
        at = Place(str(file))
        return rules.TOO_LARGE.problem(at, rules.TOO_LARGE_FOUND, size=size, limit=MAX_BYTES)
    return file.read_bytes()


def mark_of(root: Path, path: str) -> str:
    """The byte order mark that the file at *path* begins with, which no reading shows, or nothing.

    Whatever writes the text of a file again puts it back.
    """
    with (root / path).open("rb") as file:
        return BOM if file.read(len(BOM.encode())) == BOM.encode() else ""


def parse(path: str, text: str, *, is_collection: bool = False) -> Source:
    """Parses *text* as the content of *path*.

    In a collection, the record that is no YAML hides no other.
    """
    if problem := _conflict(path, text) or _control_character(path, text) or _depth(path, text):
        return Source(path, text, problems=(problem,))
    try:
        node = compose(text)
    except yaml.MarkedYAMLError as error:
        found = _by_record(path, text) if is_collection else None
        return found or Source(path, text, problems=(fault(path, text, error),))
    return _walked(path, text, node)


def _only(problem: Problem, sentence: str = rules.NOTHING_ELSE_OF_FILE) -> Problem:
    """*problem*, which hides all others."""
    return replace(problem, message=Message(sentence, {"fault": problem.message}))


def _by_record(path: str, text: str) -> Source | None:
    """What *text* holds less the records that are no YAML, if it can be cut at its ids."""
    starts = [match.start() for match in AT_MARGIN.finditer(text)]
    if not starts:
        return None
    kept, problems, unread = text[: starts[0]], list[Problem](), list[str]()
    above = text.count("\n", 0, starts[0])
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        record = text[start:end]
        if found := _fault_of(path, record):
            place = replace(found.place, line=above + found.place.line)
            problems.append(_only(replace(found, place=place), rules.NOTHING_ELSE_OF_RECORD))
            unread.append(ID_AT_MARGIN.match(record)[0])  # type: ignore[index]
            record = "\n" * record.count("\n")
        kept += record
        above += record.count("\n")
    try:
        node = compose(kept) if unread and len(unread) < len(starts) else None
    except yaml.MarkedYAMLError:
        return None
    if not isinstance(node, yaml.MappingNode):
        return None
    rest = _walked(path, kept, node)
    return replace(rest, text=text, problems=(*problems, *rest.problems), unread=tuple(unread))


def _fault_of(path: str, record: str) -> Problem | None:
    """Why *record* is no YAML by itself."""
    if deep := _depth(path, record):
        return deep
    try:
        compose(record)
    except yaml.MarkedYAMLError as error:
        return fault(path, record, error)
    return None


def _walked(path: str, text: str, node: Any) -> Source:
    walk = _Walk(path)
    content = None if node is None else walk.value(node, 0)
    if walk.has_alias:
        walk.problems += _aliases(path, text)
    elif MAY_BE_LOST.search(text):
        walk.problems += _lost_starts(path, text)
    return Source(path, text, content, tuple(walk.problems))


def compose(text: str) -> Any:
    """The tree of YAML nodes of *text*, None if it is empty; raises `yaml.MarkedYAMLError`."""
    loader = _Loader(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def _conflict(path: str, text: str) -> Problem | None:
    """The first conflict marker; a line of equals signs alone may be a title in a text."""
    markers = list(CONFLICT_MARKER.finditer(text))
    if all(match[0].startswith("=") for match in markers):
        return None
    return conflict(path, text, markers[0])


def conflict(path: str, text: str, marker: re.Match[str]) -> Problem:
    """What to say of *marker*, which stands in *text*."""
    line = text.count("\n", 0, marker.start()) + 1
    found = marker[0].strip("\ufeff ")
    return rules.CONFLICT.problem(Place(path, line, 1), rules.CONFLICT_FOUND, found=found)


def _control_character(path: str, text: str) -> Problem | None:
    found = NOT_TEXT.search(text)
    if found is None:
        return None
    start = found.start()
    at = Place(path, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
    return rules.CONTROL_CHARACTER.problem(
        at, rules.CONTROL_CHARACTER_FOUND, code=f"U+{ord(found[0]):04X}"
    )


def _depth(path: str, text: str) -> Problem | None:
    """Too many levels, found without composing what would have them."""
    if text.count("[") + text.count("{") < MANY_BRACKETS and not DEEP_LINE.search(text):
        return None
    depth = 0
    for event in events(text):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_EVENT_DEPTH:
            mark: Any = event.start_mark
            at = Place(path, mark.line + 1, mark.column + 1)
            return rules.TOO_DEEP.problem(at, rules.TOO_DEEP_FOUND, limit=MAX_DEPTH)
    return None


def marks_documents(text: str) -> bool:
    """Whether lines such as `%YAML`, `---` or `...` begin or end the document of *text*."""
    ends = (yaml.DocumentStartEvent, yaml.DocumentEndEvent)
    return any(isinstance(event, ends) and bool(event.explicit) for event in events(text))


def _aliases(path: str, text: str) -> Iterator[Problem]:
    """Every alias at its own place: composed nodes only know where their anchor is."""
    for event in events(text):
        if isinstance(event, yaml.AliasEvent):
            mark: Any = event.start_mark
            at = Place(path, mark.line + 1, mark.column + 1)
            yield rules.YAML_ALIAS.problem(at, rules.YAML_ALIAS_FOUND)


def _lost_starts(path: str, text: str) -> Iterator[Problem]:
    """Texts whose first word, such as “&co”, or sign “!” is YAML's own, and would be lost."""
    for event in events(text):
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if (anchor or tag == "!") and not isinstance(event, yaml.AliasEvent):
            mark: Any = event.start_mark
            at = Place(path, mark.line + 1, mark.column + 1)
            if anchor:
                yield rules.YAML_ALIAS.problem(at, rules.NEEDS_QUOTES_FOUND)
            else:
                yield rules.YAML_TAG.problem(at, rules.SIGN_FOUND, found=tag)


def events(text: str) -> Iterator[Any]:
    """What the parser meets in *text*, up to where it cannot go on."""
    loader = _Loader(text)
    try:
        while (event := loader.get_event()) is not None:
            yield event
    except yaml.MarkedYAMLError:
        return  # whoever composes the text reports it
    finally:
        loader.dispose()


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
    has_alias: bool = False

    def value(self, node: Any, depth: int) -> Any:
        if node.tag is not PLAIN:
            quotes = Message(rules.QUOTES_AROUND_SIGN) if node.tag.startswith("!") else None
            self._fault(node, rules.YAML_TAG, rules.YAML_TAG_FOUND, found=node.tag, expected=quotes)
        if id(node) in self.seen:  # an alias gives the very same node again
            self.has_alias = True
            return None
        self.seen.add(id(node))
        kind = node.__class__
        if kind is yaml.ScalarNode:
            return self._scalar(node)
        if depth > MAX_DEPTH:
            self._fault(node, rules.TOO_DEEP, rules.TOO_DEEP_FOUND, limit=MAX_DEPTH)
            return None
        return self._block(node, depth) if kind is yaml.MappingNode else self._items(node, depth)

    def _scalar(self, node: Any) -> str | None:
        value: str = node.value
        if node.style in PLAIN_STYLES:
            return None if value in NULLS else value
        if node.style == '"' and not value.isprintable() and (found := NOT_TEXT.search(value)):
            self._fault(
                node,
                rules.CONTROL_CHARACTER,
                rules.CONTROL_CHARACTER_FOUND,
                code=f"U+{ord(found[0]):04X}",
            )
        return value

    def _block(self, node: Any, depth: int) -> Block:
        block = Block()
        marks = block.marks = []
        twice: list[tuple[Any, str]] = []
        for key_node, value_node in node.value:
            if key_node.__class__ is not yaml.ScalarNode:
                self._fault(key_node, rules.KEY_NOT_TEXT, rules.KEY_NOT_TEXT_FOUND)
                continue
            key = self.value(key_node, depth)
            if key is None:
                key = key_node.value
            if key in block:
                twice.append((key_node, key))
                continue
            marks.append(_mark(key_node))
            block[key] = self.value(value_node, depth + 1)
        for key_node, key in twice:
            first = _place(self.path, block.mark(key)).line
            self._fault(
                key_node, rules.DUPLICATE_KEY, rules.DUPLICATE_KEY_FOUND, key=key, line=first
            )
        return block

    def _items(self, node: Any, depth: int) -> Items:
        items = Items()
        items.marks = [_mark(each) for each in node.value]
        items.extend(self.value(each, depth + 1) for each in node.value)
        return items

    def _fault(self, node: Any, rule: Any, message: str, **params: object) -> None:
        mark = node.start_mark
        at = Place(self.path, mark.line + 1, mark.column + 1)
        self.problems.append(rule.problem(at, message, **params))


def _mark(node: Any) -> int:
    """Line and column in one number; a column beyond its bits stays at the last that fits."""
    mark = node.start_mark
    line: int = mark.line
    column: int = mark.column
    return (line << COLUMN_BITS) | (column if column <= LAST_COLUMN else LAST_COLUMN)


def lines_of(block: Block) -> Iterator[tuple[str, int]]:
    """Each key of *block* with its line, counted from 1."""
    for key, mark in zip(block, block.marks, strict=True):
        yield key, (mark >> COLUMN_BITS) + 1

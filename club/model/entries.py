"""A text of YAML cut into entries: fields or items, each with its own lines and comments.

Nothing is lost: the head, then every entry with the lines above it, then the foot are the text.
Of what stands between two entries, lines deeper than their keys, be they comments or spaces, belong
to the entry above. The rest is the *lead* of the entry below. Its comments right above the key
belong to that key and go where it goes; what a blank line parts from the key, the *gap*, does not:
when entries are moved, it goes with the entry above.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, cast

import yaml

from club.model import structure_rules as rules
from club.model.lines import moved_below, width
from club.model.source import compose, parse
from club.model.yaml_text import KEEPS_BLANK_LINES, MAP, SEQ, UnclearError, YamlText, kind_of

OF_ONE_ENTRY = {rules.DUPLICATE_KEY, rules.YAML_ALIAS, rules.YAML_TAG, rules.KEY_NOT_TEXT}
"""What is wrong with one entry alone."""
NAMED = re.compile(r"(?:^[ ]*|[:\[{,?-][ ]+|[\[{,])[&*!%@`](?=\S)", re.MULTILINE)
"""An anchor, an alias or a tag, which may be of another record; or what YAML keeps for itself."""


@dataclass(slots=True)
class Entry:
    """A field or an item: *lead* is what stands above it, *body* starts at its key or dash."""

    key: str
    lead: str
    body: str
    column: int
    value: Any = None
    origin: YamlText | None = field(default=None, repr=False)
    node: Any = field(default=None, repr=False)
    at: int = 0
    stop: int = 0
    is_sound: bool = True
    """Whether it can be opened; otherwise *value* is its text."""

    def opened(self) -> Entry:
        """The same entry with its nodes; raises `UnclearError` if its lines are not an entry."""
        if self.origin is not None or not self.is_sound:
            return self
        cut = cut_text(YamlText.read(self.body))
        if cut.kind != MAP or [each.key for each in cut.entries] != [self.key] or cut.foot:
            raise UnclearError(self.key)
        only = cut.entries[0]
        only.lead = self.lead
        return only

    @property
    def kind(self) -> str:
        """How the value is written."""
        return kind_of(self.node)

    @property
    def lines(self) -> str:
        """The entry as it stands in its text, with what is above it."""
        return f"{self.lead}{' ' * self.column}{self.body}"

    @property
    def text(self) -> str:
        """The body as it would stand at the margin."""
        return moved_below(self.body, -self.column)

    @property
    def gap(self) -> str:
        """What stands above the entry's own comments, which does not move with it."""
        return self.lead.removesuffix(self.comments)

    @property
    def comments(self) -> str:
        """The comments right above the entry, which belong to it."""
        return own_comments(self.lead, self.column)


@dataclass(slots=True)
class Cut:
    """The entries of one mapping or list, and what stands above the first and below the last."""

    kind: str
    column: int
    entries: list[Entry]
    foot: str = ""
    head: str = ""


def cut_text(text: YamlText) -> Cut:
    """The entries at the root of *text*; an empty text is an empty mapping."""
    if text.node is None:
        return Cut(MAP, 0, [], head=text.text)
    kind = kind_of(text.node)
    if kind not in {MAP, SEQ}:
        raise UnclearError(kind)
    cut = _cut(text, text.node, text.content, 0, len(text.lines))
    first = cut.entries[0]
    cut.head, first.lead = split_head(first.lead)
    return cut


def cut_loosely(text: str) -> Cut:
    """The entries at the root of *text*, those that are not sound by themselves left closed.

    One key that stands twice, or one alias, is the business of its entry. Raises `UnclearError`
    if no parser would read the text.
    """
    problems = parse("", text).problems
    if any(p.rule not in OF_ONE_ENTRY for p in problems) or KEEPS_BLANK_LINES.search(text):
        raise UnclearError(text)
    try:
        node = compose(text)
    except yaml.YAMLError as error:  # an alias of nothing
        raise UnclearError(text) from error
    kind = kind_of(node)
    if kind not in {MAP, SEQ}:
        raise UnclearError(kind)
    keys = [key.value for key, _ in node.value] if kind == MAP else []
    content = dict.fromkeys(_numbered(keys)) if kind == MAP else node.value
    sound = YamlText.of(text, node, content)
    cut = _cut(sound, node, content, 0, len(sound.lines))
    twice = {key for key, times in Counter(keys).items() if times > 1}
    for entry, key in zip(cut.entries, keys or [""] * len(cut.entries), strict=True):
        source = None if key in twice or NAMED.search(entry.body) else parse("", entry.body)
        if source is None or source.problems or len(source.content) != 1:
            entry.is_sound, entry.value, entry.node = False, entry.text, None
        else:
            entry.value = source.content[key if kind == MAP else 0]
    first = cut.entries[0]
    cut.head, first.lead = split_head(first.lead)
    return cut


def _numbered(keys: list[str]) -> list[str]:
    """*keys*, each unlike the others: what stands there twice is told apart by its number."""
    found: dict[str, None] = {}
    times: Counter[str] = Counter()
    for key in keys:
        times[key] += 1
        found[f"{key} ({times[key]})" if times[key] > 1 else key] = None
    return list(found)


def cut_value(entry: Entry) -> Cut:
    """The entries of the block that is the value of *entry*."""
    text = cast(YamlText, entry.origin)
    if not entry.value:
        return Cut(MAP if isinstance(entry.value, dict) else SEQ, entry.column, [])
    start = text.line_at(entry.node.start_mark.index)
    first = text.line_at(entry.at)
    # What stands between the key's line and the block is above the block's first entry.
    return _cut(text, entry.node, entry.value, min(first + 1, start), entry.stop)


def split_head(above: str) -> tuple[str, str]:
    """What stands above a file's first entry: the file's own head, and that entry's lead."""
    gap = above.removesuffix(own_comments(above, 0))
    if not gap.strip():
        return "", above
    lines = _lines(gap)
    while not lines[-1].strip():
        lines.pop()
    head = "".join(lines)
    return head, above.removeprefix(head)


def own_comments(lead: str, column: int) -> str:
    """The comments at the end of *lead*, no deeper than *column*, with no blank line below."""
    lines = _lines(lead)
    own = len(lines)
    while own and lines[own - 1].lstrip(" ").startswith("#") and width(lines[own - 1]) <= column:
        own -= 1
    return "".join(lines[own:])


def _lines(text: str) -> list[str]:
    return [line + "\n" for line in text.split("\n")[:-1]]


def _cut(text: YamlText, node: Any, content: Any, top: int, stop: int) -> Cut:
    kind = kind_of(node)
    column = text.column_of(node.start_mark.index)
    places = _fields(text, node) if kind == MAP else _items(text, node, column)
    names = list(content) if kind == MAP else [""] * len(content)
    values = list(content.values()) if kind == MAP else list(content)
    if len(places) != len(values):
        raise UnclearError(kind)
    if any(one[0] >= other[0] for one, other in pairwise(places)):
        raise UnclearError(kind)
    entries: list[Entry] = []
    for index, (at, value_node) in enumerate(places):
        line = text.line_at(at)
        floor = text.line_at(places[index + 1][0]) if index + 1 < len(places) else stop
        # An alias ends where its anchor stands; its own lines reach to the comments below.
        end = max(min(text.end_of(value_node), floor), line + 1)
        end = _with_own_lines(text, end, floor, column)
        lead = text.between(top, line) if line > top else ""
        body = text.text[at : text.starts[end]]
        if text.column_of(at) != column:
            raise UnclearError(kind)
        entries.append(
            Entry(names[index], lead, body, column, values[index], text, value_node, at, end)
        )
        top = end
    return Cut(kind, column, entries, text.between(top, stop) if stop > top else "")


def _fields(text: YamlText, node: Any) -> list[tuple[int, Any]]:
    places = [(key.start_mark.index, value) for key, value in node.value]
    for at, _ in places[1:]:
        if text.text[text.starts[text.line_at(at)] : at].strip(" "):
            raise UnclearError("key")
    return places


def _items(text: YamlText, node: Any, column: int) -> list[tuple[int, Any]]:
    places: list[tuple[int, Any]] = []
    for index, item in enumerate(node.value):
        line = text.line_at(max(item.start_mark.index - 1, 0) if index else node.start_mark.index)
        while index and not _has_dash(text, line, column):
            line -= 1
            if line < 0:
                raise UnclearError("-")
        places.append((text.starts[line] + column, item))
    return places


def _has_dash(text: YamlText, line: int, column: int) -> bool:
    written = text.lines[line]
    return written[:column].strip(" ") == "" and written[column : column + 2] in {"- ", "-\n", "-"}


def _with_own_lines(text: YamlText, end: int, floor: int, column: int) -> int:
    """The line below the last one, before *floor*, that is deeper than *column* or says a value."""
    for line in range(floor - 1, end - 1, -1):
        written = text.lines[line]
        if width(written) > column or (written.strip() and not written.lstrip().startswith("#")):
            return line + 1
    return end

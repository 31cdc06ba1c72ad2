"""How much work a text gives to Markdown, told before it is converted.

Markdown reads some marks again for each that came before: a few kilobytes of open brackets take
minutes, and what is nested a few hundred times ends in a traceback. What follows counts, in one
pass, the characters that would be read again. The weights come from measures of each extension
that the club turns on; `tests/test_effort.py` measures them again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

MAX_LEVELS = 64
"""How many lists, quotes, emphases or blocks may stand inside one another."""
MAX_EFFORT = 4_000_000
"""How many characters may be read again in one text: about two seconds."""
MAX_DIGITS = 4000
"""How many digits a line may hold: Markdown counts on from the number that ends an id."""
TOO_SHORT = 2 * MAX_LEVELS
"""No text of fewer characters breaks a bound."""
MOST_DIGITS_OF_A_SIGN = 4
TAB = 4
WIDTHS = ("\xff", "\uffff", "\uffff")
"""The characters beyond which a text takes twice and four times as many bytes."""

BLOCK = re.compile(r"(?:^[ \t]*[^ \t\n][^\n]*(?:\n|\Z))+", re.MULTILINE)
FENCE = re.compile(
    r"^(?:(~{3,}|`{3,})[^\n]*|[ >\t]+(?:~{3,}|`{3,})[ \t]*club[^\n]*)$", re.MULTILINE
)
QUERY = re.compile(r"(?:~+|`+)[ \t]*club")
OPENING = re.compile(
    r"(?:~{3,}|`{3,})[ \t]*(?:\{[^\n]*\}|"
    r"(?:\.?[\w#.+-]*[ \t]*)?(?:hl_lines=([\"'])[^\n]*?\1[ \t]*)?)$"
)
QUOTE_END = re.compile(r"[\"'][ \t]*$", re.MULTILINE)
MARKS = r"(?:>|(?:[-*+]|\d+\.|:|!!!)(?=\s)|\[\^[^\[\]\n]*\]:)"
LEVELS = re.compile(rf"[ \t]*{MARKS}(?:[ \t]*{MARKS})*")
MARK = re.compile(MARKS)
RULE = re.compile(r"[ \t>]*([-*_])(?:[ ]*\1)*[ \t]*$")
EMPHASIS = re.compile(r"[*_]+")
TAG = re.compile(r"<(/?)([a-zA-Z][^\s<>/]*)([^<>]*)>?")
MARKDOWN = re.compile(r"\smarkdown\b", re.IGNORECASE)
OPENED = re.compile(r"<(?:!--|!\[|[?!/a-zA-Z])")
CLOSING = {"<!--": "-->", "<![": "]]>"}
TITLE_END = re.compile(r"[\"'] *\)")
BRACKET = re.compile(r"[\[\]()]")
TICKS = re.compile(r"`+")
TAKEN = re.compile(
    r"^(?:[ \t>]*(?:\#|!!!|:[ \t]|\[[^\[\]\n]*\]:|([-*_])(?:[ ]{0,2}\1){2,}[ ]*$)"
    r"|(?:=+|-+)[ \t]*$)",
    re.MULTILINE,
)
INLINE = re.compile(r"[\\`\[*_<&]|  \n")
ITEM = re.compile(r"[ \t]{0,3}(?:([-*+])|\d+\.)[ \t]")
HEADING = re.compile(r"^ {0,3}(?:#|(?:=+|-+)[ \t]*$)", re.MULTILINE)
CONTENTS = re.compile(r"^ {0,3}\[TOC\]", re.MULTILINE)
NOTE = re.compile(r"\[\^[^\[\]\n]*\]")
UNDER_HEADER = re.compile(r"[ |:]*-[ |:-]*$")

OF_DECLARATION, OF_TAG, OF_TICKS, OF_TICKS_IN_CELL = 2, 0.2, 0.1, 0.03
OF_TAKEN, OF_CELL, OF_CONTENTS, OF_NOTE, OF_OTHER_NOTE, OF_FENCE = 0.1, 20, 10, 2, 0.25, 0.05
OF_FENCE_COPY, OF_COPY, PLACEHOLDER, OF_OPENED, OF_COMMENT = 0.0003, 0.0003, 14, 0.03, 0.003
OF_DEFINITION = 0.3


@dataclass(frozen=True, slots=True)
class Excess:
    """Where a text goes beyond what Markdown can read: too deep there, or too much up to there."""

    start: int
    is_depth: bool


def excess(text: str) -> Excess | None:
    """The first place where *text* is nested too deep, or gives too much work."""
    if len(text) < TOO_SHORT:
        return None
    # What follows says of lines what Markdown makes of them, at the same places.
    text = text.replace("\r\n", " \n").replace("\r", "\n")
    text, fences = _without_fences(text)
    if (start := _long_number(text)) is not None:
        return Excess(start, is_depth=False)
    for start in (_deep_line(text), _deep_elements(text)):
        if start is not None:
            return Excess(start, is_depth=True)
    total = 0.0
    for start, cost in sorted([*fences, *_page_costs(text)]):
        total += cost
        if total > MAX_EFFORT:
            return Excess(start, is_depth=False)
    for match in BLOCK.finditer(text):
        block, start = match[0], match.start()
        at = _deep_emphasis(block)
        if at is not None:
            return Excess(start + at, is_depth=True)
        for at, cost in _block_costs(block):
            total += cost
            if total > MAX_EFFORT:
                return Excess(start + at, is_depth=False)
    return None


def _long_number(text: str) -> int | None:
    """The first line whose digits, those of other scripts too, could be a number without end.

    Python reads no integer of more than 4,300 digits.
    """
    start = 0
    for line in text.split("\n"):
        if len(line) > MAX_DIGITS // MOST_DIGITS_OF_A_SIGN:
            digits = sum(each.isdigit() for each in normalize("NFKD", line))
            if digits > MAX_DIGITS:
                return start
        start += len(line) + 1
    return None


def _without_fences(text: str) -> tuple[str, list[tuple[int, float]]]:
    """*text*, empty lines for each closed fence; what finding the fences costs.

    From the first fence on whose end the club and Markdown may not agree, all is left in.
    """
    lines = list(FENCE.finditer(text))
    ends: dict[str, list[int]] = {}
    for index, match in enumerate(lines):
        ends.setdefault(match[0].rstrip(" \t"), []).append(index)
    quotes = len(QUOTE_END.findall(text)) if "hl_lines" in text else 0
    kept: list[str] = []
    costs, done, after, is_sure = [], 0, 0, True
    for index, match in enumerate(lines):
        if index < after:
            continue
        line, start = match[0], match.start()
        opening = OPENING.match(line)
        places = ends.get(match[1] or "", [])
        closing = bisect_left(places, index + 1)
        is_sure = is_sure and match[1] is not None and line.count("}") <= 1
        if is_sure and opening and closing < len(places):
            end = lines[places[closing]]
            if not QUERY.match(line) or not _closes_early(match[1], text, match.end(), end.start()):
                costs.append((start, OF_FENCE_COPY * len(text)))
                kept += [text[done:start], "\n" * (end.end() - start)]
                done, after = end.end(), places[closing] + 1
                continue
            is_sure = False
        has_lines = "hl_lines" in line
        is_sure = is_sure and not has_lines
        if opening or has_lines:
            times = 1 + (quotes if has_lines else 0)
            costs.append((start, OF_FENCE * times * (len(text) - start)))
    return "".join([*kept, text[done:]]), costs


def _closes_early(fence: str, text: str, start: int, end: int) -> bool:
    """Whether a line before *end* closes, for the club, what *fence* opens."""
    mark = re.escape(fence[0])
    closing = re.compile(rf"^[ >\t]*{mark}{{{len(fence)},}}[ \t]*$", re.MULTILINE)
    return closing.search(text, start, end) is not None


def _deep_line(text: str) -> int | None:
    """The first line that opens too many lists, quotes and notes, where it stands."""
    start = 0
    for line in text.split("\n"):
        if len(line) >= MAX_LEVELS and (match := LEVELS.match(line)) and not RULE.match(line):
            indent = line[: len(line) - len(line.lstrip(" \t"))].expandtabs(TAB)
            if len(indent) // TAB + len(MARK.findall(match[0])) > MAX_LEVELS:
                return start
        start += len(line) + 1
    return None


def _deep_elements(text: str) -> int | None:
    """Where HTML that holds Markdown (`<div markdown>`) is too deep inside its like."""
    if "markdown" not in text.lower():
        return None
    opened: list[tuple[str, bool]] = []
    count: dict[str, int] = {}
    depth = 0
    for tag in TAG.finditer(text):
        name = tag[2].lower()
        if not tag[1]:
            holds = MARKDOWN.search(tag[3]) is not None
            opened.append((name, holds))
            count[name] = count.get(name, 0) + 1
            depth += holds
            if depth > MAX_LEVELS:
                return tag.start()
        elif count.get(name):
            while opened:
                closed, held = opened.pop()
                count[closed] -= 1
                depth -= held
                if closed == name:
                    break
    return None


def _deep_emphasis(block: str) -> int | None:
    """Where emphasis is too deep inside emphasis; what nothing closes holds nothing."""
    inner = [0]
    for mark in EMPHASIS.finditer(block):
        before, after = block[mark.start() - 1 : mark.start()], block[mark.end() : mark.end() + 1]
        if before.strip() and len(inner) > 1:
            depth = inner.pop() + 1
            inner[-1] = max(inner[-1], depth)
            if depth > MAX_LEVELS:
                return mark.start()
        elif after.strip():
            inner.append(0)
    return None


def _page_costs(text: str) -> Iterator[tuple[int, float]]:
    """What the page as a whole costs: contents, notes, elements never closed."""
    headings = sum(1 for _ in HEADING.finditer(text))
    for match in CONTENTS.finditer(text):
        yield match.start(), OF_CONTENTS * headings
    notes: dict[str, int] = {}
    for match in NOTE.finditer(text):
        if match[0] not in notes:
            yield match.start(), OF_OTHER_NOTE * len(notes)
        notes[match[0]] = count = notes.get(match[0], 0) + 1
        yield match.start(), OF_NOTE * count
    opened: dict[str, int] = {}
    total = 0
    for match in TAG.finditer(text):
        name = match[2].lower()
        if not match[1]:
            opened[name] = opened.get(name, 0) + 1
            total += 1
            continue
        yield match.start(), OF_OPENED * total
        if opened.get(name):
            opened[name] -= 1
            total -= 1
    ends = {each: _starts(each, text) for each in (">", *CLOSING.values())}
    for match in OPENED.finditer(text):
        closing = CLOSING.get(match[0], ">")
        weight = OF_DECLARATION if match[0] in {"<![", "<!", "<?"} else OF_TAG
        yield match.start(), weight * (_next(ends[closing], match.start(), text) - match.start())


def _block_costs(block: str) -> Iterator[tuple[int, float]]:
    """What the marks of one block cost, in no order."""
    if "[" in block:
        yield from _bracket_costs(block)
    if "`" in block:
        yield from _tick_costs(block)
    if "<!--" in block:
        tags = [match.start() for match in TAG.finditer(block) if not match[1]]
        for start in _starts("<!--", block):
            before = 1 + bisect_left(tags, start)
            yield start, OF_COMMENT * before * (len(block) - start)
    yield from _line_costs(block)
    lines = block.split("\n")
    is_table = len(lines) > 2 and _are_header(*lines[:2])
    if is_table:
        yield 0, OF_CELL * (lines[0].count("|") + 1) * len(lines)
    for start, part in _texts(lines, is_table=is_table):
        marks = sum(1 for _ in INLINE.finditer(part))
        wide = bisect_left(WIDTHS, max(part, default="")) + 1
        yield start, OF_COPY * wide * marks * (len(part) + PLACEHOLDER * marks)


def _line_costs(block: str) -> Iterator[tuple[int, float]]:
    """From each line that is taken alone to the end; definitions in a row are taken together."""
    last = -1
    for match in TAKEN.finditer(block):
        start, weight = match.start(), OF_TAKEN
        if "[" in match[0]:
            follows = last == start - 1 > 0
            end = block.find("\n", start)
            last = end if block[match.end() : end].strip() else -1
            if follows:
                continue
            weight = OF_DEFINITION
        yield start, weight * (len(block) - start)


def _are_header(titles: str, under: str) -> bool:
    """Whether a table begins there; not told of titles that hold escaped or quoted bars."""
    if UNDER_HEADER.match(under) is None or "\\" in titles or "`" in titles:
        return False
    return titles.strip().strip("|").count("|") == under.strip().strip("|").count("|")


def _texts(lines: list[str], *, is_table: bool) -> Iterator[tuple[int, str]]:
    """The texts that a block is made of: its rows, its items or itself."""
    first = ITEM.match(lines[0])
    start = at = 0
    part: list[str] = []
    for line in lines:
        item = first and ITEM.match(line)
        if part and (is_table or (first and item and (item[1] is None) == (first[1] is None))):
            yield start, "\n".join(part)
            start, part = at, []
        part.append(line)
        at += len(line) + 1
    yield start, "\n".join(part)


def _bracket_costs(block: str) -> Iterator[tuple[int, float]]:
    """From each bracket to the one that closes it; from each address to its end."""
    titles = [match.end() for match in TITLE_END.finditer(block)]
    opened: dict[str, list[int]] = {"[": [], "(": []}
    for match in BRACKET.finditer(block):
        at, mark = match.start(), match[0]
        if mark == "[" or (mark == "(" and block[at - 1 : at] == "]"):
            opened[mark].append(at)
        elif mark == "(" and opened["("]:
            opened["("].append(at)
        elif mark in "])" and (starts := opened["[" if mark == "]" else "("]):
            start = starts.pop()
            end = at
            if mark == ")" and ('"' in block[start:at] or "'" in block[start:at]):
                end = _next(titles, start, block)
            yield start, end - start
    for starts in opened.values():
        for start in starts:
            yield start, len(block) - start


def _tick_costs(block: str) -> Iterator[tuple[int, float]]:
    """From each run of backticks to the next one as long; in a cell, each is looked for again."""
    runs = [(match.start(), len(match[0])) for match in TICKS.finditer(block)]
    following: dict[int, int] = {}
    for start, length in reversed(runs):
        yield start, OF_TICKS * (following.get(length, len(block)) - start)
        following[length] = start
    start = 0
    for line in block.split("\n"):
        if "|" in line:
            yield start, OF_TICKS_IN_CELL * line.count("`") * len(line)
        start += len(line) + 1


def _starts(mark: str, text: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(mark), text)]


def _next(places: list[int], start: int, text: str) -> int:
    """The first of *places* after *start*, or the end of *text*."""
    index = bisect_left(places, start + 1)
    return places[index] if index < len(places) else len(text)

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

MAX_LEVELS = 64
"""How many lists, quotes, emphases or blocks may stand inside one another."""
MAX_EFFORT = 4_000_000
"""How many characters may be read again in one text: about two seconds."""
TOO_SHORT = 2 * MAX_LEVELS
"""No text of fewer characters breaks a bound."""
TAB = 4

BLOCK = re.compile(r"(?:^[^\S\n]*\S[^\n]*(?:\n|\Z))+", re.MULTILINE)
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
HEADING = re.compile(r"^ {0,3}(?:#|(?:=+|-+)[ \t]*$)", re.MULTILINE)
CONTENTS = re.compile(r"^ {0,3}\[TOC\]", re.MULTILINE)
MEANING = re.compile(r"^ {0,3}:[ \t]", re.MULTILINE)
NOTE = re.compile(r"\[\^[^\[\]\n]*\]")
UNDER_HEADER = re.compile(r"[ |:]*-[ |:-]*$")

OF_DECLARATION, OF_TAG, OF_TICKS, OF_TICKS_IN_CELL = 2, 0.2, 0.1, 0.03
OF_MEANING, OF_DEFINITION, OF_CELL, OF_HEADING, OF_CONTENTS = 0.1, 0.05, 20, 0.3, 10
OF_NOTE = 4


@dataclass(frozen=True, slots=True)
class Excess:
    """Where a text goes beyond what Markdown can read: too deep there, or too much up to there."""

    start: int
    is_depth: bool


def excess(text: str) -> Excess | None:
    """The first place where *text* is nested too deep, or gives too much work."""
    if len(text) < TOO_SHORT:
        return None
    for start in (_deep_line(text), _deep_elements(text)):
        if start is not None:
            return Excess(start, is_depth=True)
    total = 0.0
    for start, cost in sorted(_page_costs(text)):
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
    """What the page as a whole costs: headings, contents, notes, elements never closed."""
    headings = [match.start() for match in HEADING.finditer(text)]
    for index, start in enumerate(headings):
        yield start, OF_HEADING * 2 * index
    for match in CONTENTS.finditer(text):
        yield match.start(), OF_CONTENTS * len(headings)
    notes: dict[str, int] = {}
    for match in NOTE.finditer(text):
        notes[match[0]] = count = notes.get(match[0], 0) + 1
        yield match.start(), OF_NOTE * count
    ends = {each: _starts(each, text) for each in (">", *CLOSING.values())}
    for match in OPENED.finditer(text):
        closing = CLOSING.get(match[0], ">")
        weight = OF_DECLARATION if match[0] in {"<![", "<!", "<?"} else OF_TAG
        yield match.start(), weight * (_next(ends[closing], match.start(), text) - match.start())


def _block_costs(block: str) -> Iterator[tuple[int, float]]:
    """What the marks of one block cost, in no order."""
    if "[" in block:
        yield from _bracket_costs(block)
        yield 0, OF_DEFINITION * block.count("]:") * len(block)
    if "`" in block:
        yield from _tick_costs(block)
    if ":" in block:
        yield 0, OF_MEANING * sum(1 for _ in MEANING.finditer(block)) * len(block)
    lines = block.split("\n")
    if "|" in block and len(lines) > 2 and UNDER_HEADER.match(lines[1]):
        yield 0, OF_CELL * (lines[0].count("|") + 1) * len(lines)


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

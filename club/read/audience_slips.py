"""Where a text says for whom it is and nobody heeds it: below the top, between fences, in a field.

Words on audiences are words: what is told looks like a header that slipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from club.model import structure_rules as rules
from club.model.audience_words import correct, is_name, is_value, meant
from club.model.graph import Graph
from club.model.problem import Problem
from club.model.record import Audience
from club.read.texts import is_file, place_in, texts_of_node

SAYS = re.compile(
    r"\s{0,3}(?:<!--\s*)?[\"']?([^\W\d_][\w '’-]{0,40})[\"']?\s*[:=]"
    r"[\s\"'\[{]*([^\"'\[\]{}]{1,60}?)[\s\"'\]},]*(?:\s#.*|-->\s*)?$"
)
FENCE_LINE = re.compile(r"\s{0,3}(?:```|~~~)")
RULE_LINE = re.compile(r"\s{0,3}(?:[-*_+=~]\s*){3,}$")
FIELD_LINE = re.compile(r"\s{0,3}[\"']?[^\W\d_][\w '’-]{0,40}[\"']?\s*[:=]|\s*- |\s*#")
LONGEST_LINE, LONGEST_HEADER = 200, 20


def audience_in_text(body: str) -> int:
    """The line of *body*, from 1, that says for whom the page is where nobody heeds it; or 0.

    It stands above the first heading, beside a line of dashes, or in a fence at the very top; what
    is between fences lower down is shown, not said.
    """
    lines = body.splitlines()
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    is_code, is_below, fenced = False, False, False
    for number, line in enumerate(lines, 1):
        if FENCE_LINE.match(line):
            is_code = not is_code
            fenced = is_code and number == first + 1
        elif (not is_code or fenced) and _says(line):
            if fenced or not is_below or _is_in_header(lines, number - 1):
                return number
        elif not is_code and line.startswith("#"):
            is_below = True
    return 0


def _says(line: str) -> re.Match[str] | None:
    match = SAYS.match(line) if len(line) <= LONGEST_LINE else None
    return match if match and is_name(match[1]) and is_value(match[2]) else None


def _is_in_header(lines: list[str], index: int) -> bool:
    """Whether the line at *index* stands with fields alone above or below it up to a rule."""
    above = reversed(lines[max(0, index - LONGEST_HEADER) : index])
    below = lines[index + 1 : index + 1 + LONGEST_HEADER]
    return _reaches_rule(above) or _reaches_rule(below)


def _reaches_rule(lines: Iterable[str]) -> bool:
    for line in lines:
        if RULE_LINE.match(line):
            return True
        if line.strip() and not FIELD_LINE.match(line):
            return False
    return False


def slipped_audiences(graph: Graph) -> Iterator[Problem]:
    """Each text of a record, in its own field, that holds a line meant to say an audience."""
    for node in graph.nodes:
        for text, keys in texts_of_node(node):
            for start, audience in () if is_file(node, keys) else _said_in(text):
                yield rules.BODY_AUDIENCE.problem(
                    place_in(node, keys, text, start),
                    rules.BODY_AUDIENCE_FOUND,
                    nearest=(correct(audience),),
                    record=node.record.key,
                )


def _said_in(text: str) -> Iterator[tuple[int, Audience]]:
    is_code, at = False, 0
    for line in text.splitlines(keepends=True):
        if FENCE_LINE.match(line):
            is_code = not is_code
        elif not is_code and (match := _says(line.rstrip("\r\n"))):
            yield at, meant(match[1], match[2]) or Audience.MEMBERS
        at += len(line)

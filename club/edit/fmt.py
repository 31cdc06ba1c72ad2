"""One modest normal form for the files of records, reached by moving lines, never by re-dumping.

Fields stand in the order of the model; two spaces a level, lists indented under their key; no
space at the end of a line; one blank line at most inside a record, two between records; double
quotes rather than single ones. Texts, lists between brackets and comments stay as written; a
comment above a field goes where the field goes.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from club.edit.lines import TEXT_STYLES, Lines, Mover, bottom, scalars
from club.model.kind import Kind
from club.model.message import N_, Message
from club.model.problem import Problem
from club.model.record import Record
from club.model.source import compose, parse
from club.model.structure import structure
from club.read.files import raw_records

BETWEEN_RECORDS, INSIDE = 2, 1
"""How many blank lines may follow one another."""
COMMENT = re.compile(r"(?:^|[ \t])#.*$", re.MULTILINE)
ODD_LINE_BREAKS = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
NEEDS_SINGLE = re.compile(r"""["\\#]|''""")
TURNS = 4


def formatted(path: str, text: str, kind: Kind[Any]) -> str | list[Problem] | Message:
    """*text* in the normal form; the errors to mend first, or why it is better left alone."""
    source = parse(path, text)
    problems = list(source.problems)
    for raw in raw_records(source, kind, problems):
        found = structure(raw, kind.model)
        problems += found if isinstance(found, list) else []
    if problems:
        return problems
    refusal = Message(N_("{path} cannot be put in order without loss"), {"path": path})
    if ODD_LINE_BREAKS.search(text):
        return refusal
    newline = "\r\n" if "\r\n" in text else "\n"
    model = kind.model
    done = _settled(text.replace("\r\n", "\n"), model, in_folder=path.count("/") > 1)
    done = done.replace("\n", newline)
    after = parse(path, done)
    if after.problems or after.content != source.content or _comments(done) != _comments(text):
        return refusal
    return done


def _settled(text: str, model: type[Record], *, in_folder: bool) -> str:
    """The text that one more turn would leave as it is."""
    for _ in range(TURNS):
        before, text = text, _arranged(_tidy(text, in_folder=in_folder), model, in_folder)
        if text == before:
            break
    return text


def _comments(text: str) -> list[str]:
    return sorted(each[0].strip() for each in COMMENT.finditer(text.replace("\r\n", "\n")))


def _tidy(text: str, *, in_folder: bool) -> str:
    """Quotes, ends of lines and blank lines; what is inside a text of several lines stays."""
    lines = text.split("\n")
    node = compose(text)
    if node is None:
        return text
    inside: set[int] = set()
    for each in sorted(scalars(node), key=_at, reverse=True):
        inside.update(_inside(each, lines))
        _double_quoted(each, lines)
    done: Lines = []
    blank = 0
    for number, line in enumerate(lines):
        if number in inside:
            done, blank = [*done, *[""] * blank, line], 0
        elif not line.strip():
            blank += 1
        else:
            is_record = not in_folder and not line.startswith(" ")
            most = BETWEEN_RECORDS if is_record else INSIDE
            done += [""] * (min(blank, most) if done else 0)
            done.append(line.rstrip())
            blank = 0
    return "\n".join(done) + "\n"


def _at(node: Any) -> tuple[int, int]:
    return node.start_mark.line, node.start_mark.column


def _inside(node: Any, lines: Lines) -> range:
    """The lines that a scalar of several lines fills."""
    first, last = node.start_mark.line, bottom(node, lines)
    if node.style in TEXT_STYLES:
        return range(first + 1, last + 1)
    return range(first, last + 1) if last > first else range(0)


def _double_quoted(node: Any, lines: Lines) -> None:
    number, start, end = node.start_mark.line, node.start_mark.column, node.end_mark.column
    if node.style == "'" and node.end_mark.line == number:
        line = lines[number]
        held = line[start + 1 : end - 1]
        if not NEEDS_SINGLE.search(held):
            lines[number] = f'{line[:start]}"{held}"{line[end:]}'


def _arranged(text: str, model: type[Record], in_folder: bool) -> str:
    """Fields in order and levels of two spaces."""
    node = compose(text)
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        return text
    lines = text.removesuffix("\n").split("\n")
    mover = Mover(lines)
    records = None if in_folder else model
    done = mover.mapping(node, 0, len(lines), 0, model if in_folder else None, records)
    return "\n".join(done) + "\n"

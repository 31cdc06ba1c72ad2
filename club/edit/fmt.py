"""One modest normal form for the files of records, reached by moving lines, never by re-dumping.

Fields stand in the order of the model; two spaces a level, lists indented under their key; no
space at the end of a line; one blank line at most inside a record, two between records; double
quotes rather than single ones. Texts, lists between brackets and comments stay as written; a
comment above a field goes where the field goes.
"""

from __future__ import annotations

import re
from typing import Any

from club.edit.arrange import arranged
from club.model.entries import cut_text
from club.model.folder import ClubFolder, is_one_record
from club.model.kind import Kind
from club.model.lines import BOM, newline_of
from club.model.message import N_, Message
from club.model.problem import Problem
from club.model.record import Record
from club.model.second_reading import says_the_same
from club.model.source import parse
from club.model.structure import structure
from club.model.yaml_text import BLOCK_SCALAR, UnclearError, YamlText, kind_of, scalars
from club.read.files import raw_records

BETWEEN_RECORDS, INSIDE = 2, 1
"""How many blank lines may follow one another."""
ODD_LINE_BREAKS = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
NEEDS_SINGLE = re.compile(r"""["\\#]|''""")
TURNS = 4


def formatted(path: str, text: str, kind: Kind[Any]) -> str | list[Problem] | Message:
    """*text* in the normal form; the errors to mend first, or why it is better left alone."""
    source = parse(path, text)
    problems = list(source.problems)
    for raw in raw_records(source, kind, problems):
        record = structure(raw, kind.model)
        problems += record if isinstance(record, list) else []
    if problems:
        return problems
    refusal = Message(N_("{path} cannot be put in order without loss"), {"path": path})
    if ODD_LINE_BREAKS.search(text):
        return refusal
    done = _settled(text.replace("\r\n", "\n"), kind.model, in_folder=is_one_record(path))
    done = done.replace("\n", newline_of(text))
    if done == text:
        return done
    after = parse(path, done)
    is_sound = not after.problems and after.content == source.content
    return done if is_sound and says_the_same(text, done) else refusal


def in_form_as(folder: ClubFolder, path: str, before: str, after: str) -> str:
    """*after*, what a command makes of *before*, in the normal form if *before* was.

    *path* is where it stood; texts and pages are left as they are.
    """
    kind = folder.registry.by_collection.get(folder.collection_of(path))
    mark = BOM if before.startswith(BOM) else ""
    before = before.removeprefix(mark)
    if kind is None or formatted(path, before, kind) != before:
        return after
    done = formatted(path, after.removeprefix(mark), kind)
    return mark + done if isinstance(done, str) else after


def _settled(text: str, model: type[Record], *, in_folder: bool) -> str:
    """The text that one more turn would leave as it is."""
    for _ in range(TURNS):
        before = text
        text = _arranged(_tidy(text, in_folder=in_folder), model, in_folder=in_folder)
        if text == before:
            break
    return text


def _tidy(text: str, *, in_folder: bool) -> str:
    """Quotes, ends of lines and blank lines; what is inside a text of several lines stays."""
    whole = YamlText.read(text)
    nodes = list(scalars(whole.node, with_keys=True))
    inside = {line for node in nodes for line in _inside(node, whole)}
    for node in nodes:
        text = _double_quoted(node, text)
    done: list[str] = []
    blank = 0
    for number, line in enumerate(text.split("\n")):
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


def _inside(node: Any, whole: YamlText) -> range:
    """The lines that a scalar of several lines fills."""
    first, stop = whole.line_at(node.start_mark.index), whole.end_of(node)
    if kind_of(node) == BLOCK_SCALAR:
        return range(first + 1, stop)
    return range(first, stop) if stop - first > 1 else range(0)


def _double_quoted(node: Any, text: str) -> str:
    """*text* with other quotes around a scalar of one line; nothing else moves."""
    start, end = node.start_mark.index, node.end_mark.index
    held = text[start + 1 : end - 1]
    if node.style != "'" or "\n" in held or NEEDS_SINGLE.search(held):
        return text
    return f'{text[:start]}"{held}"{text[end:]}'


def _arranged(text: str, model: type[Record], *, in_folder: bool) -> str:
    """Fields in order and levels of two spaces; a file between brackets stays as it is."""
    try:
        cut = cut_text(YamlText.read(text))
    except UnclearError:
        return text
    done = arranged(cut, 0, model) if in_folder else arranged(cut, 0, None, model)
    return cut.head + done

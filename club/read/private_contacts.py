"""Telephone numbers and addresses of persons, wherever they stand under `data/` and `docs/`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from club.model import structure_rules as rules
from club.model.folder import DATA
from club.model.graph import Graph
from club.model.markup import line_and_column
from club.model.private import in_one, private_contacts
from club.model.problem import Place, Problem
from club.model.record import TITLES
from club.model.source import MAX_BYTES
from club.read.attachments import files_under
from club.read.load import Club

NOT_TEXTS = {
    *(".pdf", ".odt", ".ods", ".odp", ".docx", ".xlsx", ".pptx"),
    *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"),
}
MARK = re.compile(r"<[^>]*>")
Starts = Mapping[str, list[tuple[int, str]]]
"""For each file, the lines where its records start, in order, and what they are."""


def check_private_contacts(club: Club) -> Iterator[Problem]:
    """Nobody is reached through what the club publishes but by a mailbox that several people read.

    Git keeps what was written once: comments and files that no page shows are read too.
    """
    starts = _starts(club.graph)
    known = frozenset(in_one(each) for each in _names(club.graph))
    for top in (DATA, club.folder.docs):
        for file, about in files_under(club.folder.root, top):
            path = file.relative_to(club.folder.root).as_posix()
            is_read = file.is_file() and not file.is_symlink() and about.st_size <= MAX_BYTES
            if is_read and file.suffix.lower() not in NOT_TEXTS:
                yield from _found_in(path, _text(file), starts, known)


def _text(file: Path) -> str:
    """The text of *file*, less the marks of a drawing; nothing where another rule speaks."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""
    if file.suffix.lower() != ".svg":
        return text
    return MARK.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _names(graph: Graph) -> Iterator[str]:
    """What the records are called: a mailbox of a project or of an organisation bears its name."""
    for node in graph.nodes:
        yield node.record.id
        yield from (
            said
            for name in (*TITLES, "short_name")
            if isinstance(said := getattr(node.record, name, ""), str)
        )


def _found_in(path: str, text: str, starts: Starts, known: Collection[str]) -> Iterator[Problem]:
    for found in private_contacts(text, known):
        line, column = line_and_column(text, found.start)
        said = rules.NUMBER_FOUND if found.is_number else rules.ADDRESS_FOUND
        rule = rules.PRIVATE_CONTACT if found.is_sure else rules.PERHAPS_PRIVATE
        yield rule.problem(
            Place(path, line, column),
            said if found.is_sure else rules.PERHAPS_FOUND,
            nearest=(found.instead,) if found.instead else (),
            record=_record_at(line, starts.get(path, [])),
            found=found.told,
        )


def _starts(graph: Graph) -> Starts:
    starts: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for node in graph.nodes:
        at = 0 if node.record.is_page else node.raw.place().line
        starts[node.raw.path].append((at, node.record.key))
        if node.body:
            starts[node.body.path].append((0, node.record.key))
    return {path: sorted(found) for path, found in starts.items()}


def _record_at(line: int, starts: list[tuple[int, str]]) -> str:
    """The record that stands at *line*; none above the first, or in a file of another kind."""
    index = bisect_right([at for at, _ in starts], line)
    return starts[index - 1][1] if index else ""

"""Where a collection grows: at the end of its file, if what stands there is sound."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from club.edit.plan import Plan
from club.model.folder import ClubFolder
from club.model.kind import Kind
from club.model.lines import newline_of, record_under
from club.model.message import N_, Message
from club.model.problem import Problem
from club.model.source import Block, Source, is_link, mark_of, parse
from club.read.files import collection_twice, raw_records

NOT_BELOW = N_(
    "no record can be added at the end of {path}, which has no errors: let each record stand under"
    " its id, at the margin, without brackets around them and without a last line “...”"
)


def misplaced(folder: ClubFolder, collection: str) -> Problem | None:
    """Why nobody can tell where *collection* is to grow."""
    places = folder.places_of(collection)
    if len(places) > 1:
        return collection_twice(collection, *places[:2])
    if places and (folder.root / places[0]).is_symlink():
        return is_link(places[0])
    return None


def unread(before: Source, kind: Kind[Any]) -> list[Problem]:
    """Why what stands in the collection's file is not known, so that nothing may be added to it."""
    problems = list(before.problems)
    if not isinstance(before.content, Block | None):
        list(raw_records(before, kind, problems))
    return problems


def appended(root: Path, before: Source, id: str, text: str) -> Plan | Message:
    """The plan that adds the record at the end of the collection's file, which is sound."""
    path = before.path
    mark = mark_of(root, path) if before.text else ""
    newline = newline_of(before.text)
    added = record_under(id, text).replace("\n", newline)
    content = before.content or {}
    expected = {**content, id: parse(path, text).content}
    end = "" if before.text.endswith("\n") or not before.text else newline
    for gap in (newline if before.text.strip() else "", ""):
        whole = before.text + end + gap + added
        after = parse(path, whole)
        if not after.problems and after.content == expected:
            return Plan({path: mark + whole})
    return Message(NOT_BELOW, {"path": path})

"""New records of which every field is known, where their collection keeps its records."""

from __future__ import annotations

import re
from collections.abc import Mapping

from club.edit.grow import appended, misplaced, unread
from club.edit.plan import Plan
from club.edit.spelling import Value, field_lines
from club.edit.trial import tried
from club.model.field import field_of
from club.model.folder import ClubFolder
from club.model.message import N_, Message
from club.model.problem import Problem
from club.model.record import ID_PATTERN
from club.model.slug import slug
from club.model.source import mark_of, parse, read
from club.read.load import load, written_ids

TAKEN = N_("the id “{id}” is already in use")
Fields = Mapping[str, Value]
"""What a record says, by the names of its fields."""


def whole_records(
    folder: ClubFolder, collection: str, records: Mapping[str, Fields]
) -> Plan | Message | list[Problem]:
    """The plan that writes *records*, by their ids; what would be wrong with them.

    Each has a file of its own, unless the collection is one file: then they stand at its end.
    Raises `WriteError` where a copy of the club cannot be made.
    """
    if not records:
        return Plan()
    taken = written_ids(folder)
    for id in records:
        if not re.fullmatch(ID_PATTERN, id):
            near = slug(id)
            said = N_("“{id}” is not an id; perhaps: {near}") if near else N_("“{id}” is not an id")
            return Message(said, {"id": id, "near": near})
        if id in taken:
            return Message(TAKEN, {"id": id})
    if fault := misplaced(folder, collection):
        return [fault]
    texts = {id: _text(folder, collection, fields) for id, fields in records.items()}
    plan = _placed(folder, collection, texts)
    if not isinstance(plan, Plan):
        return plan
    with tried(folder, plan) as copy:
        errors = load(copy).errors if copy else ()
    return [each for each in errors if each.place.path in plan.written] or plan


def _text(folder: ClubFolder, collection: str, fields: Fields) -> str:
    model = folder.registry.by_collection[collection].model
    lines = (
        line
        for name, value in fields.items()
        for line in field_lines(field_of(model, name), value, 0)
    )
    return "".join(f"{line}\n" for line in lines)


def _placed(
    folder: ClubFolder, collection: str, texts: Mapping[str, str]
) -> Plan | Message | list[Problem]:
    """The plan that writes *texts* where the collection keeps its records."""
    path = folder.file_of(collection)
    if not path:
        return Plan({folder.new_file(collection, id, in_folder=True): texts[id] for id in texts})
    plan, before, mark = Plan(), read(folder.root, path), mark_of(folder.root, path)
    if faults := unread(before, folder.registry.by_collection[collection]):
        return faults
    for id, text in texts.items():
        found = appended(folder.root, before, id, text)
        if isinstance(found, Message):
            return found
        plan, before = found, parse(path, found.written[path].removeprefix(mark))
    return plan

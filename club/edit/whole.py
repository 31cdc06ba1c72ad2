"""A new record of which every field is known, in a file of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from club.edit.plan import Plan
from club.edit.spelling import Value, field_lines
from club.edit.trial import tried
from club.model.field import field_of
from club.model.folder import ClubFolder
from club.model.message import N_, Message
from club.model.problem import Problem
from club.model.record import ID_PATTERN
from club.model.slug import slug
from club.read.load import load, written_ids

TAKEN = N_("the id “{id}” is already in use")
IN_ONE_FILE = N_(
    "the records are in {path}: “club split {collection}” turns it into a folder, where the new one"
    " can stand"
)


def whole_record(
    folder: ClubFolder, collection: str, id: str, fields: Mapping[str, Value]
) -> Plan | Message | list[Problem]:
    """The plan that writes the record *id* with its *fields*; what would be wrong with it.

    Raises `WriteError` where a copy of the club cannot be made.
    """
    if not re.fullmatch(ID_PATTERN, id):
        near = slug(id)
        said = N_("“{id}” is not an id; perhaps: {near}") if near else N_("“{id}” is not an id")
        return Message(said, {"id": id, "near": near})
    if id in written_ids(folder):
        return Message(TAKEN, {"id": id})
    if path := folder.file_of(collection):
        return Message(IN_ONE_FILE, {"path": path, "collection": collection})
    model = folder.registry.by_collection[collection].model
    lines = [
        line
        for name, value in fields.items()
        for line in field_lines(field_of(model, name), value, 0)
    ]
    path = folder.new_file(collection, id, in_folder=True)
    plan = Plan({path: "".join(f"{line}\n" for line in lines)})
    with tried(folder, plan) as copy:
        errors = load(copy).errors if copy else ()
    return [each for each in errors if each.place.path == path] or plan

"""A new record: a template written where its collection keeps its records, under a free id."""

from __future__ import annotations

import os.path
import re
from collections.abc import Mapping
from typing import Any

from club.edit.grow import appended, misplaced, unread
from club.edit.plan import Plan
from club.edit.template import Template
from club.model.field import fields_of
from club.model.folder import DATA, SUFFIXES, ClubFolder, is_one_record
from club.model.kind import Kind
from club.model.markup import folded
from club.model.message import N_, Message, Translate
from club.model.problem import Problem, instead, nearest
from club.model.record import ID_PATTERN, Record, title_field, written_titles
from club.model.registry import Registry
from club.model.slug import slug
from club.model.source import Block, parse, read
from club.model.structure import Raw, structure
from club.model.structure_rules import MISSING_FIELD
from club.read.load import load, written_ids

LONGEST_ID = 60
NOT_GIVEN = {"id", "aliases"}
"""The id is the key, aliases come with a rename."""
NO_KIND = (
    N_("no kind of record is called “{name}”; perhaps: {near}"),
    N_("no kind of record is called “{name}”; the kinds are: {names}"),
    N_("no kind of record is called “{name}”: the club has none"),
)
NO_FIELD = (
    N_("no field is called “{name}”; perhaps: {near}"),
    N_("no field is called “{name}”; the fields are: {names}"),
    N_("no field is called “{name}”: there is none to fill in"),
)


def kind_called(name: str, registry: Registry, translate: Translate = str) -> Kind[Any] | Message:
    """The kind, or the kind of the collection, called *name* in files or in the site's language."""
    kinds = registry.by_name
    kind = kinds.get(name) or registry.by_collection.get(name)
    if kind:
        return kind
    said = {
        folded(translate(label)): each
        for each in registry.kinds
        for label in (each.plural, each.singular)
    }
    alike = nearest(folded(name), said, 1)
    if folded(name) in said:
        return said[folded(name)]
    if alike and not nearest(name, kinds):
        return Message(NO_KIND[0], {"name": name, "near": said[alike[0]].name})
    return instead(NO_KIND, name, kinds)


def new_record(
    folder: ClubFolder,
    kind: Kind[Any],
    id: str,
    values: Mapping[str, str],
    translate: Translate,
    *,
    in_folder: bool = False,
) -> Plan | Message | list[Problem]:
    """The plan that writes a record of *kind*, or why it cannot be written.

    Without *id*, one is made from the title; *values* are written as given.
    """
    id = id or slug(next(written_titles(values), ""), LONGEST_ID)
    if fault := misplaced(folder, kind.collection):
        return [fault]
    path = _path(folder, kind, id, in_folder=in_folder)
    if isinstance(path, Message):
        return path
    if refusal := _refusal(folder, kind, id, values):
        return refusal
    text = Template(kind, load(folder).graph, translate, id).write(values)
    if faults := _faults(path, id, text, kind):
        return faults
    if is_one_record(path):
        return Plan({path: text})
    before = read(folder.root, path) if folder.file_of(kind.collection) else parse(path, "")
    if faults := unread(before, kind):
        return faults
    return appended(folder.root, before, id, text)


def _refusal(
    folder: ClubFolder, kind: Kind[Any], id: str, values: Mapping[str, str]
) -> Message | None:
    model: type[Record] = kind.model
    if not id:
        said = N_("give the record an id, or a name with --set {field}=…")
        return Message(said, {"field": title_field(model)})
    if not re.fullmatch(ID_PATTERN, id):
        near = slug(id)
        said = N_("“{id}” is not an id; perhaps: {near}") if near else N_("“{id}” is not an id")
        return Message(said, {"id": id, "near": near})
    if id in written_ids(folder) or _has_file(folder, kind, id):
        return Message(N_("the id “{id}” is already in use"), {"id": id})
    fields = [name for name in fields_of(model) if name not in NOT_GIVEN]
    for name in values:
        if name not in fields:
            return instead(NO_FIELD, name, fields)
    return None


def _has_file(folder: ClubFolder, kind: Kind[Any], id: str) -> bool:
    """Whether something has the place of the record, even if it cannot be read."""
    found = folder.root / DATA / kind.collection / id
    return any(os.path.lexists(f"{found}{suffix}") for suffix in SUFFIXES)


def _path(folder: ClubFolder, kind: Kind[Any], id: str, *, in_folder: bool) -> str | Message:
    """Where the record goes: the collection stays one file or one folder."""
    file = folder.file_of(kind.collection)
    if file and in_folder:
        return Message(
            N_("the records are in {path}: “club split {collection}” turns it into a folder"),
            {"path": file, "collection": kind.collection},
        )
    return folder.new_file(kind.collection, id, in_folder=in_folder or kind.folder)


def _faults(path: str, id: str, text: str, kind: Kind[Any]) -> list[Problem]:
    """What is wrong with the template besides the fields that are still to be filled in."""
    source = parse(path, text)
    if source.problems or not isinstance(source.content, Block):
        return list(source.problems)
    record = structure(Raw(id, source.content, path), kind.model)
    if isinstance(record, Record):
        return []
    return [problem for problem in record if problem.rule is not MISSING_FIELD]

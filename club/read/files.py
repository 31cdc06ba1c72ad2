"""From files to raw records: which files are data, and what each of them holds."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from club.model import structure_rules as rules
from club.model.field import fields_of
from club.model.folder import DATA, EXCEPTIONS, HEAD, SUFFIXES, ClubFolder, is_one_record
from club.model.kind import Kind
from club.model.message import Message
from club.model.names import TABLES, is_hidden
from club.model.problem import Place, Problem, nearest
from club.model.record import ID_PATTERN, Record
from club.model.source import Block, Items, Source, is_link, read
from club.model.structure import Raw, slugs
from club.model.yaml_faults import spaced

LEFT_ALONE = {"series", PurePosixPath(TABLES).name}
"""Folders under `data/` that hold long tables, not records."""


def data_files(folder: ClubFolder, problems: list[Problem]) -> Iterator[tuple[str, Kind[Record]]]:
    """Each data file with its kind; what belongs to no collection becomes a problem."""
    seen: dict[str, str] = {}
    kinds = folder.registry.by_collection
    for entry in sorted((folder.root / DATA).glob("*")):
        path = f"{DATA}/{entry.name}"
        if path == EXCEPTIONS or entry.name in LEFT_ALONE or is_hidden(entry.name):
            continue
        if entry.is_symlink() and entry.is_dir():
            problems.append(is_link(path))
            continue
        collection = entry.name if entry.is_dir() else entry.stem
        kind = kinds.get(collection)
        if entry.is_dir():
            problems += hidden_records(folder, collection) if kind else ()
            if not folder.shown_in(collection):
                continue
        if kind is None or not (entry.is_dir() or entry.suffix in SUFFIXES):
            problems.append(_unknown_file(path, entry.stem, kinds))
        elif collection in seen:
            problems.append(collection_twice(collection, seen[collection], path))
        elif entry.is_dir():
            seen[collection] = path
            yield from ((each, kind) for each in _records_in(folder, collection, problems))
        else:
            seen[collection] = path
            yield path, kind


def collection_twice(collection: str, first: str, again: str) -> Problem:
    """That the *collection* stands at *first* already, and at *again* too."""
    is_folder = not first.endswith(SUFFIXES)
    found = rules.COLLECTION_TWICE_FOUND if is_folder else rules.COLLECTION_IN_TWO_FILES
    return rules.COLLECTION_TWICE.problem(Place(again), found, collection=collection, other=first)


def hidden_records(folder: ClubFolder, collection: str) -> Iterator[Problem]:
    """What hidden files of the folder of *collection* hold, but for the comments at its head."""
    for file in folder.hidden_in(collection):
        path = file.relative_to(folder.root).as_posix()
        if file.name != HEAD:
            yield rules.HIDDEN_FILE.problem(
                Place(path),
                rules.HIDDEN_FILE_FOUND,
                found=file.name,
                nearest=(file.name.lstrip("."),),
            )
            continue
        head = read(folder.root, path)
        yield from head.problems
        if head.content is not None and not head.problems:
            yield rules.HIDDEN_FILE.problem(_first(head), rules.HEAD_FOUND, found=file.name)


def _first(source: Source) -> Place:
    """Where the first value of *source* stands."""
    content = source.content
    keys = tuple(content)[:1] if isinstance(content, Block) else (0,)
    return source.place(keys) if isinstance(content, Block | Items) else Place(source.path, 1, 1)


def _records_in(folder: ClubFolder, collection: str, problems: list[Problem]) -> Iterator[str]:
    for file in folder.shown_in(collection):
        path = file.relative_to(folder.root).as_posix()
        if file.suffix in SUFFIXES:  # whatever it is: who reads it says what is wrong
            yield path
        else:
            problems.append(
                rules.UNKNOWN_FILE.problem(
                    Place(path), rules.UNKNOWN_RECORD_FILE_FOUND, found=file.name
                )
            )


def _unknown_file(path: str, stem: str, collections: Collection[str]) -> Problem:
    return rules.UNKNOWN_FILE.problem(
        Place(path),
        rules.UNKNOWN_FILE_FOUND,
        found=PurePosixPath(path).name,
        expected=Message(rules.UNKNOWN_FILE_EXPECTED, {"names": ", ".join(collections)}),
        nearest=nearest(stem, collections),
    )


def _at_margin(source: Source, name: str) -> Problem:
    """That the field *name* stands where an id does, and those below it most likely as well."""
    return rules.NOT_A_MAPPING.problem(
        source.place((name,)),
        rules.AT_MARGIN_FOUND,
        expected=Message(rules.AT_MARGIN_EXPECTED),
        nearest=(f"  {name}:",),
        found=name,
    )


def raw_records(source: Source, kind: Kind[Record], problems: list[Problem]) -> Iterator[Raw]:
    """The raw records of one file: one named after the file, or one for each key."""
    in_folder = is_one_record(source.path)
    if source.content is None:
        if in_folder and not source.problems:
            problems.append(rules.NOT_A_MAPPING.problem(Place(source.path), rules.EMPTY_FOUND))
        return
    if not isinstance(source.content, Block):
        problems.append(
            rules.NOT_A_MAPPING.problem(Place(source.path, 1, 1), rules.NOT_A_MAPPING_FOUND)
        )
        return
    if in_folder:
        pairs = [Raw(PurePosixPath(source.path).stem, source.content, source.path)]
    else:
        pairs = []
        fields = fields_of(kind.model)
        is_told, blank = False, None
        for (id, block), mark in zip(source.content.items(), source.content.marks, strict=True):
            if isinstance(block, Block):
                pairs.append(Raw(id, block, source.path, mark))
                is_told = False
            elif id in fields:
                if not is_told:
                    if problems and problems[-1].place == blank:
                        problems.pop()  # what it lacks is what stands at the margin
                    problems.append(_at_margin(source, id))
                is_told = True
            else:
                is_told = False
                blank = source.place((id,)) if block is None else None
                near = spaced(block) if isinstance(block, str) else ()
                problems.append(
                    rules.NOT_A_MAPPING.problem(
                        source.place((id,)), rules.NOT_A_MAPPING_FOUND, nearest=near
                    )
                )
    for raw in pairs:
        if re.fullmatch(ID_PATTERN, raw.id):
            yield raw
        else:
            problems.append(
                rules.BAD_ID.problem(
                    raw.place(), rules.BAD_ID_FOUND, found=raw.id, nearest=slugs(raw.id)
                )
            )

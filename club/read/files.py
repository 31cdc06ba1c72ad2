"""From files to raw records: which files are data, and what each of them holds."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath

from club.model import structure_rules as rules
from club.model.folder import DATA, EXCEPTIONS, SUFFIXES, ClubFolder, is_one_record
from club.model.kind import Kind
from club.model.message import Message
from club.model.problem import Place, Problem, nearest
from club.model.record import ID_PATTERN, Record
from club.model.source import Block, Source
from club.model.structure import Raw, slugs

LEFT_ALONE = {"series"}
"""Folders under `data/` that hold long tables, not records."""


def data_files(folder: ClubFolder, problems: list[Problem]) -> Iterator[tuple[str, Kind[Record]]]:
    """Each data file with its kind; what belongs to no collection becomes a problem."""
    seen: dict[str, str] = {}
    kinds = folder.registry.by_collection
    for entry in sorted((folder.root / DATA).glob("*")):
        path = f"{DATA}/{entry.name}"
        if path == EXCEPTIONS or entry.name in LEFT_ALONE or entry.name.startswith("."):
            continue
        if entry.is_symlink() and entry.is_dir():
            problems.append(rules.SYMLINK.problem(Place(path), rules.SYMLINK_FOUND))
            continue
        if entry.is_dir() and all(each.name.startswith(".") for each in entry.iterdir()):
            continue
        collection = entry.name if entry.is_dir() else entry.stem
        kind = kinds.get(collection)
        if kind is None or not (entry.is_dir() or entry.suffix in SUFFIXES):
            problems.append(_unknown_file(path, entry.stem, kinds))
        elif collection in seen:
            problems.append(
                rules.COLLECTION_TWICE.problem(
                    Place(path), rules.COLLECTION_TWICE_FOUND, collection=collection
                )
            )
        elif entry.is_dir():
            seen[collection] = path
            yield from ((each, kind) for each in _records_in(folder.root, entry, problems))
        else:
            seen[collection] = path
            yield path, kind


def _records_in(root: Path, folder: Path, problems: list[Problem]) -> Iterator[str]:
    for file in sorted(folder.glob("*")):
        path = file.relative_to(root).as_posix()
        if file.suffix in SUFFIXES and not file.is_dir():
            yield path
        elif not file.name.startswith("."):
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
        for (id, block), mark in zip(source.content.items(), source.content.marks, strict=True):
            if isinstance(block, Block):
                pairs.append(Raw(id, block, source.path, mark))
            else:
                problems.append(
                    rules.NOT_A_MAPPING.problem(source.place((id,)), rules.NOT_A_MAPPING_FOUND)
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

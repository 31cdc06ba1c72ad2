"""The tables that records name: what stands in `data/tables`, given to who names it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from club.model import structure_rules as rules
from club.model.folder import ClubFolder
from club.model.graph import Node, TableFile
from club.model.names import TABLE_SUFFIX, TABLES, is_hidden
from club.model.problem import Place, Problem, nearest
from club.model.source import Block, is_link, read_bytes


def with_tables(
    folder: ClubFolder, nodes: Sequence[Node], broken: Iterable[Any], problems: list[Problem]
) -> list[Node]:
    """*nodes* with the tables that they name; what lacks, or what nobody names, is a problem.

    *broken* are the records with faults, each first as it is written: they may name a table too.
    """
    files = dict(_files(folder, problems))
    named: set[str] = set()
    found = [_with_tables(each, files, named, problems) for each in nodes]
    for raw, *_ in broken:
        named.update(each for each in _texts(raw.block) if each in files)
    for name in sorted(files.keys() - named):
        at = Place(f"{TABLES}/{name}")
        problems.append(rules.ORPHAN_TABLE.problem(at, rules.ORPHAN_TABLE_FOUND, found=name))
    return found


def _files(folder: ClubFolder, problems: list[Problem]) -> Iterator[tuple[str, TableFile]]:
    """Each table of the folder by its name; nothing else may stand there."""
    top = folder.root / TABLES
    if top.is_symlink():
        problems.append(is_link(TABLES))
        return
    for file in sorted(top.glob("*")):
        path = f"{TABLES}/{file.name}"
        if is_hidden(file.name):
            continue
        if PurePosixPath(path).suffix != TABLE_SUFFIX:
            at = Place(path)
            found = rules.UNKNOWN_FILE.problem(at, rules.NO_TABLE_FOUND, found=file.name)
            problems.append(found)
            continue
        raw = read_bytes(folder.root, path)
        if isinstance(raw, Problem):
            problems.append(raw)
        else:
            yield file.name, TableFile(path, raw)


def _with_tables(
    node: Node, files: dict[str, TableFile], named: set[str], problems: list[Problem]
) -> Node:
    held = []
    for keys, name in node.record.tables():
        if name in files:
            named.add(name)
            held.append(files[name])
        elif not any(each.place.path == f"{TABLES}/{name}" for each in problems):
            problems.append(
                rules.MISSING_TABLE.problem(
                    node.place(keys),
                    rules.MISSING_TABLE_FOUND,
                    nearest=nearest(name, files),
                    record=node.record.key,
                    found=name,
                )
            )
    return replace(node, tables=tuple(held)) if held else node


def _texts(value: object) -> Iterator[str]:
    """Every text that *value*, as it is written, holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Block):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)

"""From files to a checked graph: find, read, split, structure, link and check, in one pass."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from club.checks import CHECKS
from club.exceptions import check_exceptions, read_exceptions
from club.model import structure_rules as rules
from club.model.audience import restrict
from club.model.graph import Entry, Graph
from club.model.kind import Kind
from club.model.message import Message
from club.model.problem import Level, Place, Problem, nearest
from club.model.record import ID_PATTERN, Audience, Record
from club.model.shape import TEXT_LINK, Keys
from club.model.source import Block, Source, read, read_text
from club.model.structure import Raw, slugs, structure
from club.records.registry import KIND_BY_COLLECTION

DATA = "data"
DOCS = "docs"
INDEX = "index.md"
EXCEPTIONS = f"{DATA}/exceptions.yaml"
SUFFIXES = {".yaml", ".yml"}
LEFT_ALONE = {"series"}
"""Folders under `data/` that hold long tables, not records."""


@dataclass(frozen=True, slots=True)
class Club:
    """Everything the files say: the graph of sound records, and every problem found."""

    root: Path
    graph: Graph
    problems: tuple[Problem, ...]
    excepted: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that make the data unfit to publish."""
        return tuple(each for each in self.problems if each.rule.level is Level.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The doubts that no exception explains."""
        return tuple(each for each in self.problems if each.rule.level is Level.WARNING)

    def restricted(self, audience: Audience) -> Graph:
        """The graph that *audience* may read."""
        if audience is Audience.MEMBERS:
            return self.graph
        return Graph(restrict(self.graph.entries, audience), like=self.graph)


def load(root: Path) -> Club:
    """Reads and checks every record under *root*/data; never raises for bad data."""
    with _out_of_the_collectors_way():
        return _load(root)


@contextmanager
def _out_of_the_collectors_way() -> Iterator[None]:
    """Records make no cycles: the collector waits, then leaves what was read alone.

    Walking thousands of records again and again took a fifth of a build. What an earlier reading
    put aside is given back first, so that `mkdocs serve` loses nothing.
    """
    was_enabled = gc.isenabled()
    gc.unfreeze()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


def _load(root: Path) -> Club:
    problems: list[Problem] = []
    entries: list[Entry] = []
    written = Written()
    for path, kind in _files(root, problems):
        source = read(root, path)
        problems += source.problems
        raws = list(split(source, kind, problems))
        written.add(source, raws, kind)
        entries += _structured(raws, kind, problems)
    graph = Graph(_unique(entries, problems))
    problems += unknown_references(graph, written)
    problems += check_bodies(root, graph, written)
    for check in CHECKS:
        problems += check.find(graph)
    exceptions, faults = read_exceptions(root, EXCEPTIONS)
    problems += faults
    shown, excepted, unused = check_exceptions(problems, exceptions)
    if any(each.rule.level is Level.ERROR for each in shown):
        unused = []  # what an error hides would look like a warning that is gone
    return Club(
        root, graph, tuple(sorted([*shown, *unused], key=lambda each: each.sort_key)), excepted
    )


@dataclass(slots=True)
class Written:
    """What stands in the files, sound or not, so that one fault is not reported twice."""

    ids: set[str] = field(default_factory=set)
    unread_kinds: set[str] = field(default_factory=set)

    def add(self, source: Source, raws: Iterable[Raw], kind: Kind[Record]) -> None:
        """Notes the ids and aliases of *raws*, or that the file of the kind could not be read."""
        for raw in raws:
            self.ids.add(raw.id)
            aliases = raw.block.get("aliases")
            many = aliases if isinstance(aliases, list) else [aliases]
            self.ids.update(each for each in many if isinstance(each, str))
        if source.problems and source.content is None:
            if _is_in_folder(source.path):
                self.ids.add(PurePosixPath(source.path).stem)
            else:
                self.unread_kinds.add(kind.name)

    def may_hold(self, id: str, kinds: tuple[str, ...]) -> bool:
        """Whether a record of one of *kinds* (of any, if none is named) may be called *id*."""
        unread = self.unread_kinds.intersection(kinds) if kinds else self.unread_kinds
        return id in self.ids or bool(unread)


def _files(root: Path, problems: list[Problem]) -> Iterator[tuple[str, Kind[Record]]]:
    """Each data file with its kind; what belongs to no collection becomes a problem."""
    seen: dict[str, str] = {}
    for entry in sorted((root / DATA).glob("*")):
        path = f"{DATA}/{entry.name}"
        if path == EXCEPTIONS or entry.name in LEFT_ALONE or entry.name.startswith("."):
            continue
        if entry.is_symlink() and entry.is_dir():
            problems.append(rules.SYMLINK.problem(Place(path), rules.SYMLINK_FOUND))
            continue
        if entry.is_dir() and all(each.name.startswith(".") for each in entry.iterdir()):
            continue
        collection = entry.name if entry.is_dir() else entry.stem
        kind = KIND_BY_COLLECTION.get(collection)
        if kind is None or not (entry.is_dir() or entry.suffix in SUFFIXES):
            problems.append(_unknown_file(path, entry.stem))
        elif collection in seen:
            problems.append(
                rules.COLLECTION_TWICE.problem(
                    Place(path), rules.COLLECTION_TWICE_FOUND, collection=collection
                )
            )
        elif entry.is_dir():
            seen[collection] = path
            yield from ((each, kind) for each in _records_in(root, entry, problems))
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


def _unknown_file(path: str, stem: str) -> Problem:
    return rules.UNKNOWN_FILE.problem(
        Place(path),
        rules.UNKNOWN_FILE_FOUND,
        found=PurePosixPath(path).name,
        expected=Message(rules.UNKNOWN_FILE_EXPECTED, {"names": tuple(KIND_BY_COLLECTION)}),
        nearest=nearest(stem, KIND_BY_COLLECTION),
    )


def split(source: Source, kind: Kind[Record], problems: list[Problem]) -> Iterator[Raw]:
    """The raw records of one file: one named after the file, or one for each key."""
    in_folder = _is_in_folder(source.path)
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


def _is_in_folder(path: str) -> bool:
    return path.count("/") > 1


def _structured(
    raws: Iterable[Raw], kind: Kind[Record], problems: list[Problem]
) -> Iterator[Entry]:
    for raw in raws:
        found = structure(raw, kind.model)
        if isinstance(found, list):
            problems += found
        else:
            yield Entry(found, raw)


def _unique(entries: list[Entry], problems: list[Problem]) -> Iterator[Entry]:
    first_by_id: dict[str, tuple[Entry, Keys]] = {}
    for entry in entries:
        taken = False
        names: list[tuple[str, Keys]] = [(entry.record.id, ())]
        names += [(alias, ("aliases", index)) for index, alias in enumerate(entry.record.aliases)]
        for id, keys in names:
            if id in first_by_id:
                taken = True
                first, first_keys = first_by_id[id]
                problems.append(
                    rules.DUPLICATE_ID.problem(
                        entry.raw.place(keys),
                        rules.DUPLICATE_ID_FOUND,
                        found=id,
                        other=str(first.raw.place(first_keys)),
                        record=entry.record.key,
                    )
                )
            else:
                first_by_id[id] = (entry, keys)
        if not taken:
            yield entry


def unknown_references(graph: Graph, written: Written) -> Iterator[Problem]:
    """References to records that do not exist, or that are of another kind than the field's.

    A record that has faults of its own is not also reported as missing.
    """
    for record in graph:
        for pointer in graph.pointers(record):
            target = graph.find(pointer.target)
            if target is not None and (not pointer.kinds or target.kind in pointer.kinds):
                continue
            if target is None and written.may_hold(pointer.target, pointer.kinds):
                continue
            message = rules.UNKNOWN_REFERENCE_FOUND
            about: dict[str, Any] = {"found": pointer.target, "kinds": pointer.kinds}
            if pointer.in_text:
                message = rules.UNKNOWN_LINK_FOUND
            elif target is not None:
                message = rules.WRONG_KIND_FOUND
                about["actual"] = target.kind
            yield rules.UNKNOWN_REFERENCE.problem(
                graph.place(record, *pointer.keys),
                message,
                nearest=nearest(pointer.target, graph.ids_of(pointer.kinds)),
                record=record.key,
                **about,
            )


def check_bodies(root: Path, graph: Graph, written: Written) -> Iterator[Problem]:
    """Long texts without a record, and their links that lead nowhere."""
    for collection in KIND_BY_COLLECTION:
        for file in sorted((root / DOCS / collection).glob("*.md")):
            if file.name == INDEX:
                continue  # the words above a collection's table, a page of the wiki
            path = file.relative_to(root).as_posix()
            text = read_text(root, path)
            if isinstance(text, Problem):
                yield text
                continue
            record = graph.find(file.stem)
            kind = KIND_BY_COLLECTION[collection].name
            if record is None and written.may_hold(file.stem, (kind,)):
                continue
            if record is None or record.kind != kind:
                yield rules.ORPHAN_BODY.problem(
                    Place(path),
                    rules.ORPHAN_BODY_FOUND,
                    found=file.stem,
                    collection=collection,
                    nearest=nearest(file.stem, graph.ids_of((kind,))),
                )
                continue
            yield from _unknown_links(Place(path), text, record, graph, written)


def _unknown_links(
    at: Place, text: str, record: Record, graph: Graph, written: Written
) -> Iterator[Problem]:
    for match in TEXT_LINK.finditer(text):
        target = match[1].strip()
        if graph.find(target) is None and not written.may_hold(target, ()):
            start = match.start()
            line = text.count("\n", 0, start) + 1
            yield rules.UNKNOWN_REFERENCE.problem(
                Place(at.path, line, start - text.rfind("\n", 0, start)),
                rules.UNKNOWN_LINK_FOUND,
                nearest=nearest(target, graph.ids),
                record=record.key,
                found=target,
            )

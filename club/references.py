"""References and links that lead nowhere, in sound records, in broken ones and in long texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from club.model import structure_rules as rules
from club.model.graph import Graph
from club.model.kind import Kind
from club.model.problem import Place, Problem, nearest
from club.model.record import Record
from club.model.shape import TEXT_LINK, Pointer, raw_pointers
from club.model.source import Source, read_text
from club.model.structure import Raw
from club.reading import is_in_folder
from club.records.registry import KIND_BY_COLLECTION

DOCS = "docs"
INDEX = "index.md"


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
            if is_in_folder(source.path):
                self.ids.add(PurePosixPath(source.path).stem)
            else:
                self.unread_kinds.add(kind.name)

    def may_hold(self, id: str, kinds: tuple[str, ...]) -> bool:
        """Whether a record of one of *kinds* (of any, if none is named) may be called *id*."""
        unread = self.unread_kinds.intersection(kinds) if kinds else self.unread_kinds
        return id in self.ids or bool(unread)


def unknown_references(graph: Graph, written: Written) -> Iterator[Problem]:
    """References to records that do not exist, or that are of another kind than the field's.

    A record that has faults of its own is not also reported as missing.
    """
    for record in graph:
        for pointer in graph.pointers(record):
            if _is_astray(pointer, graph, written):
                yield _unknown(pointer, graph.place(record, *pointer.keys), record.key, graph)


def broken_references(
    broken: Iterable[tuple[Raw, Kind[Record]]], graph: Graph, written: Written
) -> Iterator[Problem]:
    """The same in records that have other faults, so that all are reported at once."""
    for raw, kind in broken:
        for pointer in raw_pointers(raw.block, kind.model):
            if _is_astray(pointer, graph, written):
                key = f"{kind.collection}/{raw.id}"
                yield _unknown(pointer, raw.place(pointer.keys), key, graph)


def _is_astray(pointer: Pointer, graph: Graph, written: Written) -> bool:
    target = graph.find(pointer.target)
    if target is None:
        return not written.may_hold(pointer.target, pointer.kinds)
    return bool(pointer.kinds) and target.kind not in pointer.kinds


def _unknown(pointer: Pointer, place: Place, record: str, graph: Graph) -> Problem:
    target = graph.find(pointer.target)
    message = rules.UNKNOWN_REFERENCE_FOUND
    about: dict[str, Any] = {"found": pointer.target, "kinds": ", ".join(pointer.kinds)}
    if pointer.in_text:
        message = rules.UNKNOWN_LINK_FOUND
    elif target is not None:
        message = rules.WRONG_KIND_FOUND
        about["actual"] = target.kind
    return rules.UNKNOWN_REFERENCE.problem(
        place,
        message,
        nearest=nearest(pointer.target, graph.ids_of(pointer.kinds)),
        record=record,
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

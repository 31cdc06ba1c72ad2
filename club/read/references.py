"""References and links that lead nowhere, in sound records, in broken ones and in long texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from club.model import structure_rules as rules
from club.model.folder import ClubFolder, data_file
from club.model.front_matter import without_front
from club.model.graph import Body, Graph, Node
from club.model.kind import Kind
from club.model.markup import folded
from club.model.pointers import Pointer, raw_pointers
from club.model.problem import Place, Problem, nearest
from club.model.record import Record, written_titles
from club.model.source import Source, read_text
from club.model.structure import Raw
from club.read.links import Links
from club.read.pages import body_faults


@dataclass(slots=True)
class Written:
    """What stands in the files, sound or not, so that one fault is not reported twice."""

    ids: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    unread_kinds: set[str] = field(default_factory=set)

    def add(self, source: Source, raws: Iterable[Raw], kind: Kind[Record]) -> None:
        """Notes the names of *raws*, or that the file of the kind could not be read."""
        for raw in raws:
            self.ids.add(raw.id)
            aliases = raw.block.get("aliases")
            many = aliases if isinstance(aliases, list) else [aliases]
            self.ids.update(each for each in many if isinstance(each, str))
            self.titles.update(written_titles(raw.block))
        self.ids.update(source.unread)
        if source.unread:  # by which aliases and titles it goes is not known
            self.unread_kinds.add(kind.name)
        elif source.problems and source.content is None:
            file = data_file(source.path)
            if file and file.id:
                self.ids.add(file.id)
            else:
                self.unread_kinds.add(kind.name)

    def may_hold(self, id: str, kinds: tuple[str, ...]) -> bool:
        """Whether a record of one of *kinds* (of any, if none is named) may be called *id*."""
        unread = self.unread_kinds.intersection(kinds) if kinds else self.unread_kinds
        return id in self.ids or bool(unread)

    def may_be_linked(self, name: str) -> bool:
        """Whether a record, sound or not, may go by *name*."""
        # Asked of links that lead nowhere alone: there are few of them, and many titles.
        return self.may_hold(name, ()) or folded(name) in map(folded, self.titles)


def unknown_references(graph: Graph, written: Written) -> Iterator[Problem]:
    """References and links to what does not exist, or that are of another kind than the field's.

    A record that has faults of its own is not also reported as missing.
    """
    check = _Checker(graph, written)
    for record in (*graph, *graph.pages):
        for pointer in graph.pointers(record):
            yield from check.problems(pointer, partial(graph.place_of, record), record.key)


def broken_references(
    broken: Iterable[tuple[Raw, Kind[Record]]], graph: Graph, written: Written
) -> Iterator[Problem]:
    """The same in records that have other faults, so that all are reported at once."""
    check = _Checker(graph, written)
    for raw, kind in broken:
        for pointer in raw_pointers(raw.block, kind.model):
            key = f"{kind.collection}/{raw.id}"
            yield from check.problems(pointer, partial(_place, raw), key)


def _place(raw: Raw, pointer: Pointer) -> Place:
    return raw.place(pointer.keys)


class _Checker:
    def __init__(self, graph: Graph, written: Written) -> None:
        self._graph = graph
        self._written = written
        self._links = Links(graph)

    def problems(
        self, pointer: Pointer, place: Callable[[Pointer], Place], record: str
    ) -> Iterator[Problem]:
        """What is wrong with *pointer*; *place* finds where it stands, if anything is."""
        if pointer.in_text:
            found = self._links.problem(pointer, place, record)
            is_missing = found is not None and found.rule is rules.UNKNOWN_LINK
            if found and not (is_missing and self._written.may_be_linked(pointer.target)):
                yield found
        elif _is_astray(pointer, self._graph, self._written):
            yield _unknown(pointer, place(pointer), record, self._graph)


def _is_astray(pointer: Pointer, graph: Graph, written: Written) -> bool:
    target = graph.find(pointer.target)
    if target is None:
        return not written.may_hold(pointer.target, pointer.kinds)
    return bool(pointer.kinds) and target.kind not in pointer.kinds


def _unknown(pointer: Pointer, place: Place, record: str, graph: Graph) -> Problem:
    target = graph.find(pointer.target)
    message = rules.UNKNOWN_REFERENCE_FOUND
    about: dict[str, Any] = {"found": pointer.target, "kinds": ", ".join(pointer.kinds)}
    if target is not None:
        message = rules.WRONG_KIND_FOUND
        about["actual"] = target.kind
    return rules.UNKNOWN_REFERENCE.problem(
        place,
        message,
        nearest=nearest(pointer.target, graph.ids_of(pointer.kinds)),
        record=record,
        **about,
    )


def with_bodies(
    folder: ClubFolder, nodes: Sequence[Node], written: Written, problems: list[Problem]
) -> list[Node]:
    """*nodes* with their long texts; one without a record becomes a problem."""
    id_by_name = {
        (each.record.collection, name): each.record.id
        for each in nodes
        for name in (each.record.id, *each.record.aliases)
    }
    names = {name for _, name in id_by_name}
    bodies: dict[str, Body] = {}
    for collection, kind in folder.registry.by_collection.items():
        for file in folder.body_paths(collection):
            path = file.relative_to(folder.root).as_posix()
            text = read_text(folder.root, path)
            id = id_by_name.get((collection, file.stem))
            if isinstance(text, Problem):
                problems.append(text)
            elif id is not None:
                text = text.replace("\r\n", "\n")
                problems += body_faults(path, text)
                bodies[id] = Body(without_front(text), path)
            elif file.stem in names or not written.may_hold(file.stem, (kind.name,)):
                known = [name for each, name in id_by_name if each == collection]
                problems.append(_orphan(path, file.stem, collection, known))
    return [
        replace(each, body=bodies[each.record.id]) if each.record.id in bodies else each
        for each in nodes
    ]


def _orphan(path: str, name: str, collection: str, known: list[str]) -> Problem:
    return rules.ORPHAN_BODY.problem(
        Place(path),
        rules.ORPHAN_BODY_FOUND,
        found=name,
        collection=collection,
        nearest=nearest(name, known),
    )

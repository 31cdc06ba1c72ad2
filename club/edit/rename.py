"""Renames: everything that named a record or a page names it anew, and the old name still leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from club.edit.fmt import in_form_as
from club.edit.plan import Plan
from club.edit.renaming import SETTINGS, Renaming, renaming_of, settings_refusal
from club.edit.spans import Edits, Nodes, add_to_list, replace_scalar
from club.model.field import Field
from club.model.folder import EXCEPTIONS, ClubFolder, is_one_record
from club.model.front_matter import page_text
from club.model.graph import TEXT, Graph
from club.model.lines import BOM, newline_of, quoted
from club.model.markup import (
    TEXT_LINK,
    fences,
    file_definitions,
    file_links,
    file_names,
    headings,
    line_and_column,
    moved_links,
    text_links,
)
from club.model.message import N_, Message
from club.model.names import PAGE_SUFFIX, file_href, file_target
from club.model.paths import field_at
from club.model.problem import Place
from club.model.publication import WRITTEN
from club.model.record import Record
from club.model.source import written
from club.model.yaml_text import scalars
from club.query.answer import INFO, SHAPES, models
from club.read.load import load

NOT = "not"


@dataclass(slots=True)
class _Files:
    """The texts of the club, read when they are first needed, with their edits."""

    folder: ClubFolder
    edits: dict[str, Edits] = field(default_factory=dict)
    nodes: dict[str, Nodes] = field(default_factory=dict)

    def edit(self, path: str) -> Edits:
        if path not in self.edits:
            self.edits[path] = Edits((self.folder.root / path).read_bytes().decode("utf-8"))
        return self.edits[path]

    def yaml(self, path: str) -> Nodes:
        if path not in self.nodes:
            text = self.edit(path).text
            first = len(BOM) if text.startswith(BOM) else 0
            self.nodes[path] = Nodes(text[first:], first)
        return self.nodes[path]


@dataclass(frozen=True, slots=True)
class RenamePlan(Plan):
    """The plan of a rename; *left_alone* is where the old file is still named, as in raw HTML."""

    left_alone: tuple[Place, ...] = ()


def rename(folder: ClubFolder, old: str, new: str) -> RenamePlan | Message:
    """The plan that renames the record or page *old*; nothing is touched before it is applied."""
    club = load(replace(folder, publication=WRITTEN))
    if club.stopping:  # a draft at fault is nobody's business
        club = load(folder)
    if club.stopping:
        return Message(N_("the records have errors: mend them first (club check)"))
    renaming = renaming_of(folder, club.graph, old, new)
    if isinstance(renaming, Message):
        return renaming
    if refusal := settings_refusal(folder):
        return refusal
    files = _Files(folder)
    _references(files, renaming, club.graph)
    _links(files, renaming, club.graph)
    _settings(files, renaming)
    _own_name(files, renaming, club.graph)
    return _plan(files, renaming, club.graph)


def _references(files: _Files, renaming: Renaming, graph: Graph) -> None:
    """The fields that name the record; its aliases go on leading to it."""
    for each in graph.nodes:
        for pointer in graph.pointers(each.record):
            if pointer.in_text or pointer.target != renaming.old or renaming.subject.is_page:
                continue
            nodes = files.yaml(each.raw.path) if not each.record.is_page else None
            keys = written(each.raw.block, pointer.keys)
            if nodes is None:
                edits = files.edit(each.raw.path)
                nodes = _front(edits.text)
                scalar = nodes.at(keys)
            else:
                scalar = nodes.at(keys if is_one_record(each.raw.path) else (each.record.id, *keys))
            if isinstance(scalar, yaml.ScalarNode):
                replace_scalar(files.edit(each.raw.path), nodes, scalar, renaming.new)


def _front(text: str) -> Nodes:
    parts = page_text(text)
    return Nodes(parts.front, parts.start)


def _links(files: _Files, renaming: Renaming, graph: Graph) -> None:
    """The `[[links]]` of every text, the links to files, and the values that queries ask for."""
    names = {renaming.old, renaming.old_file, renaming.old_file.removesuffix(PAGE_SUFFIX)}
    is_named_by_file = _is_named_by_file(renaming, graph)

    def is_meant(name: str) -> bool:
        meant = graph.named(name)
        if len(meant) != 1 or meant[0] is not renaming.subject:
            return False
        return name in names or (is_named_by_file and name not in renaming.subject.aliases)

    for path in _texts(graph):
        edits = files.edit(path)
        is_markdown = path.endswith(PAGE_SUFFIX)
        links = text_links(edits.text) if is_markdown else TEXT_LINK.finditer(edits.text)
        for match in links:
            name = match[1].strip()
            if is_meant(name):
                start = match.start(1) + match[1].index(name)
                edits.replace(start, start + len(name), renaming.new_name)
        src_uri = path.removeprefix(f"{files.folder.docs}/")
        if src_uri != path:
            _file_links(edits, src_uri, renaming)
            if not renaming.subject.is_page:
                _query_values(edits, renaming, graph)


def _is_named_by_file(renaming: Renaming, graph: Graph) -> bool:
    """Whether the title of a page is but the name of its file, which is to change."""
    subject = graph.node(renaming.subject)
    is_given = 0 not in subject.raw.block.marks  # what the reader adds has no place in the file
    text = getattr(renaming.subject, TEXT, "")
    return renaming.subject.is_page and not is_given and all(h.level > 1 for h in headings(text))


def _texts(graph: Graph) -> Iterator[str]:
    paths = {each.raw.path for each in graph.nodes}
    paths |= {each.body.path for each in graph.nodes if each.body}
    yield from sorted(paths)


def _file_links(edits: Edits, src_uri: str, renaming: Renaming) -> None:
    for match in chain(file_links(edits.text), file_definitions(edits.text)):
        if file_target(src_uri, match[3]) == renaming.old_file:
            href = file_href(src_uri, renaming.new_file)
            edits.replace(match.start(3), match.end(3), href)


def _query_values(edits: Edits, renaming: Renaming, graph: Graph) -> None:
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\n", edits.text))]
    for block in fences(edits.text):
        if block.info.split()[:1] != [INFO]:
            continue
        first, count = block.line - 1, len(block.text.split("\n"))
        text = edits.text[starts[first] : starts[first + count]]
        nodes = Nodes(text, starts[first])
        content = {key.value: value for key, value in nodes.root.value}
        collection = next((content[each].value for each in SHAPES if each in content), "")
        if "where" in content:
            _wanted(edits, nodes, content["where"], models(graph.registry)[collection], renaming)


def _wanted(
    edits: Edits, nodes: Nodes, where: Any, model: type[Record], renaming: Renaming
) -> None:
    for key, value in where.value:
        if key.value == NOT:
            _wanted(edits, nodes, value, model, renaming)
            continue
        asked = field_at(model, key.value)
        if isinstance(asked, Field) and (asked.is_reference or asked.path == ("id",)):
            for scalar in scalars(value):
                if scalar.value == renaming.old:
                    replace_scalar(edits, nodes, scalar, renaming.new)


def _settings(files: _Files, renaming: Renaming) -> None:
    """The navigation, and the known exceptions."""
    changed: tuple[tuple[str, str, str], ...] = (
        (SETTINGS, renaming.old_file, renaming.new_file),
        (EXCEPTIONS, renaming.subject.key, renaming.key),
    )
    for path, old, new in changed:
        if not (files.folder.root / path).is_file():
            continue
        nodes = files.yaml(path)
        for scalar in scalars(nodes.root):
            if scalar.value == old:
                replace_scalar(files.edit(path), nodes, scalar, new)


def _own_name(files: _Files, renaming: Renaming, graph: Graph) -> None:
    """The key of the record, and the alias that keeps the old name leading here."""
    subject = graph.node(renaming.subject)
    path = subject.raw.path
    edits = files.edit(path)
    if renaming.subject.is_page:
        nodes = _front(edits.text)
        block = nodes.root
        if not isinstance(block, yaml.MappingNode):
            start = len(BOM) if edits.text.startswith(BOM) else 0
            lines = ("---", f"aliases: [{quoted(renaming.old)}]", "---", "", "")
            edits.replace(start, start, newline_of(edits.text).join(lines))
            return
    else:
        nodes = files.yaml(path)
        block = nodes.root
        if not is_one_record(path):
            key = nodes.key(renaming.old)
            replace_scalar(edits, nodes, key, renaming.new)
            block = nodes.at((renaming.old,))
    _keep(edits, nodes, block, renaming)


def _keep(edits: Edits, nodes: Nodes, block: Any, renaming: Renaming) -> None:
    """The old name among the aliases: in the place of the new one, if it was among them."""
    held = next((value for key, value in block.value if key.value == "aliases"), None)
    same = [alias for alias in scalars(held) if alias.value == renaming.new_name]
    if same:
        replace_scalar(edits, nodes, same[0], renaming.old)
    else:
        add_to_list(edits, nodes, block, "aliases", renaming.old)


def _plan(files: _Files, renaming: Renaming, graph: Graph) -> RenamePlan:
    moved = dict(_moves(renaming, graph, files.folder.docs))
    texts = {path: edits.result for path, edits in files.edits.items()}
    for old, new in moved.items():
        if renaming.subject.is_page:
            texts[old] = moved_links(texts[old], old, new)
    changed = {
        moved.get(path, path): in_form_as(files.folder, path, files.edits[path].text, text)
        for path, text in texts.items()
        if path in moved or text != files.edits[path].text
    }
    pages = {moved.get(path, path): texts[path] for path in texts if path.endswith(PAGE_SUFFIX)}
    left = tuple(_left_alone(pages, files.folder.docs, renaming.old_file))
    return RenamePlan(changed, tuple(sorted(moved)), left)


def _left_alone(pages: dict[str, str], docs: str, old_file: str) -> Iterator[Place]:
    """Where the texts of *pages*, by their path, still name *old_file*."""
    for path, text in sorted(pages.items()):
        for match in file_names(text):
            if file_target(path.removeprefix(f"{docs}/"), match[0]) == old_file:
                yield Place(path, *line_and_column(text, match.start()))


def _moves(renaming: Renaming, graph: Graph, docs: str) -> Iterator[tuple[str, str]]:
    subject = graph.node(renaming.subject)
    text = subject.raw if renaming.subject.is_page else subject.body
    if text is not None:
        yield text.path, f"{docs}/{renaming.new_file}"
    if not renaming.subject.is_page and is_one_record(subject.raw.path):
        path = Path(subject.raw.path)
        yield subject.raw.path, path.with_name(f"{renaming.new}{path.suffix}").as_posix()

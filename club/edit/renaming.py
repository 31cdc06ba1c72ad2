"""What a rename means: which record or page, its names before and after, or why it cannot be."""

from __future__ import annotations

import os.path
import posixpath
import re
from dataclasses import dataclass

import yaml

from club.model.folder import ClubFolder
from club.model.graph import PAGES, Graph
from club.model.message import N_, Message
from club.model.names import INDEXES, PAGE_SUFFIX, page_address, page_of
from club.model.problem import Problem, nearest
from club.model.record import ID_PATTERN, Record
from club.model.slug import slug
from club.model.source import compose, read_text
from club.model.structure_rules import BAD_ID_FOUND
from club.records.page.model import ADDRESS

SETTINGS = "mkdocs.yml"


@dataclass(frozen=True, slots=True)
class Renaming:
    """What changes its name: the record or page, and its old and new names as links have them."""

    subject: Record
    old: str
    new: str

    @property
    def old_file(self) -> str:
        """The path inside `docs/` that links to files name."""
        return page_of(self.subject)

    @property
    def new_file(self) -> str:
        """The same, afterwards."""
        folder = "" if self.subject.is_page else f"{self.subject.collection}/"
        return f"{folder}{self.new}{PAGE_SUFFIX}"

    @property
    def new_name(self) -> str:
        """What links call it afterwards: the index of a folder goes by the folder."""
        return (page_address(self.new_file) or "index") if self.subject.is_page else self.new

    @property
    def key(self) -> str:
        """How exceptions name it afterwards."""
        return f"{PAGES}/{self.new_file}" if self.subject.is_page else self.new_file[:-3]


def renaming_of(folder: ClubFolder, graph: Graph, old: str, new: str) -> Renaming | Message:
    """What *old* and *new* mean, with or without “.md”, or why that cannot be."""
    old, new = old.removesuffix(PAGE_SUFFIX), new.removesuffix(PAGE_SUFFIX)
    subject = graph.find(old) or graph.names.page(old) or graph.names.page(f"{old}{PAGE_SUFFIX}")
    if subject is None:
        return _unknown(old, graph)
    name = page_address(subject.id) if subject.is_page else subject.id
    if subject.is_page and posixpath.basename(subject.id) in INDEXES:
        return Message(N_("an index page keeps its name: {path}"), {"path": subject.id})
    if new == name:
        return Message(N_("“{name}” is its name already"), {"name": new})
    if refusal := _not_a_page(folder, new) if subject.is_page else _not_an_id(new):
        return refusal
    taken = graph.find(new) or graph.names.page(new)
    file = folder.root / folder.docs / f"{new}{PAGE_SUFFIX}"
    is_there = subject.is_page and os.path.lexists(file)
    if is_there or (taken is not None and taken is not subject):
        place = graph.place(taken) if taken else new
        return Message(
            N_("“{name}” is already used at {other}"), {"name": new, "other": str(place)}
        )
    return Renaming(subject, name, new)


def _unknown(old: str, graph: Graph) -> Message:
    near = nearest(old, graph.names.ids)
    if not near:
        return Message(N_("no record and no page is called “{name}”"), {"name": old})
    said = N_("no record and no page is called “{name}”; perhaps: {near}")
    return Message(said, {"name": old, "near": near})


def _not_an_id(new: str) -> Message | None:
    """Why *new* cannot be the id of a record."""
    if re.fullmatch(ID_PATTERN, new):
        return None
    near = slug(new)
    if not near:
        return Message(BAD_ID_FOUND, {"found": new})
    return Message(N_("“{id}” is not an id; perhaps: {near}"), {"id": new, "near": near})


def _not_a_page(folder: ClubFolder, new: str) -> Message | None:
    """Why *new* cannot be the address of a page."""
    above = posixpath.dirname(new)
    if folder.is_body(f"{new}{PAGE_SUFFIX}"):
        said = N_(
            "“{name}” cannot be the address of a page: the texts of records stand in {folder}/"
        )
        return Message(said, {"name": new, "folder": above})
    if re.fullmatch(ADDRESS, new):
        return None
    near = "/".join(filter(None, map(slug, new.split("/"))))
    if not near:
        return Message(N_("“{name}” cannot be the address of a page"), {"name": new})
    said = N_("“{name}” cannot be the address of a page; perhaps: {near}")
    return Message(said, {"name": new, "near": near})


def settings_refusal(folder: ClubFolder) -> Message | None:
    """Why the settings cannot be changed, which `club check` does not look into."""
    if not os.path.lexists(folder.root / SETTINGS):
        return None
    text = read_text(folder.root, SETTINGS)
    reason = text.message if isinstance(text, Problem) else _fault_in(text)
    said = N_("{path} cannot be changed: {reason}")
    return Message(said, {"path": SETTINGS, "reason": reason}) if reason else None


def _fault_in(text: str) -> str:
    """What is wrong with *text* as YAML, whose tags are its own affair."""
    try:
        compose(text)
    except yaml.YAMLError as error:
        return " ".join(str(error).split())
    return ""

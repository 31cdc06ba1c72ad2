"""Tags: words that gather records and pages of any kind, a page for each."""

from __future__ import annotations

from dataclasses import dataclass

from club.model.graph import Graph
from club.model.markup import folded
from club.model.message import N_, Message
from club.model.record import Record
from club.model.slug import address_part
from club.model.view import Link, SectionView
from club.model.viewing import counted, links
from club.publish.pages.backlinks import labels

FOLDER = "tags"
TITLE = N_("Tags")
ONE_TITLE = N_("Tag: {name}")
INTRO = N_("Words that gather records and pages of any kind.")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as it was first written, and everything that has it, whatever its case or accents."""

    name: str
    slug: str
    records: tuple[Record, ...]

    @property
    def url(self) -> str:
        """Its page, from the root of the site."""
        return f"{FOLDER}/{self.slug}/"


def _slug(name: str) -> str:
    return address_part(folded(name))


def tag_url(name: str) -> str:
    """The page of the tag *name*, from the root of the site."""
    return f"{FOLDER}/{_slug(name)}/"


def tags(graph: Graph) -> tuple[Tag, ...]:
    """The tags of *graph*, in alphabetical order."""
    names: dict[str, str] = {}
    by_slug: dict[str, dict[str, Record]] = {}
    for record in (*graph, *graph.pages):
        for name in record.tags:
            slug = _slug(name)
            names.setdefault(slug, name)
            by_slug.setdefault(slug, {})[record.id] = record
    every = (Tag(names[slug], slug, tuple(by_id.values())) for slug, by_id in by_slug.items())
    return tuple(sorted(every, key=lambda tag: (folded(tag.name), tag.slug)))


def tag_sections(tag: Tag, graph: Graph) -> tuple[SectionView, ...]:
    """What has *tag*, kind by kind."""
    groups: dict[str, list[Record]] = {}
    for record in tag.records:
        groups.setdefault(record.collection, []).append(record)
    return tuple(
        SectionView(collection, Message(label), links(groups[collection], graph), layout="list")
        for collection, label in labels(graph.registry).items()
        if collection in groups
    )


def _number(tag: Tag) -> Message:
    return Message("({number})", {"number": counted(tag.records)})


def index_sections(every: tuple[Tag, ...]) -> tuple[SectionView, ...]:
    """Every tag, with how many records and pages have it."""
    listed = tuple(Link(tag.name, tag.url, _number(tag)) for tag in every)
    return (SectionView("all", Message(TITLE), listed, layout="list"),)

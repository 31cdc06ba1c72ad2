"""The report on the wiki: wanted pages, stale ones, what is to complete, orphans, dead ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from club.insight.wiki import dead_ends, incomplete, orphans, stale_pages, unwritten, wanted
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.record import Record
from club.model.registry import Registry
from club.model.structure import slugs
from club.model.view import CardView, Fact, Link, SectionView
from club.model.viewing import link, links, url_of
from club.publish.pages.backlinks import labels
from club.publish.words.forge import Forge

MOST = 100
"""How many links a list shows: what is longer is counted."""
NOTHING = Message(N_("Nothing to report."))
TITLE = N_("State of the wiki")
INTRO = N_("What a reader may miss and what a writer may mend, worked out when the site is built.")


def state(
    graph: Graph, forge: Forge | None, today: date, in_navigation: frozenset[str]
) -> tuple[SectionView, ...]:
    """The sections of the report on *graph*, already restricted to its audience."""
    return (
        _section(
            "wanted",
            N_("Wanted pages"),
            tuple(_wanted(name, records, forge) for name, records in wanted(graph).items()),
        ),
        _section("stale", N_("Pages to read again"), tuple(_stale(graph, today))),
        _section("incomplete", N_("Pages to complete"), tuple(_incomplete(graph))),
        _listed(
            "orphans",
            N_("Nothing leads there"),
            orphans(graph, in_navigation),
            graph.registry,
        ),
        _listed("dead-ends", N_("These lead nowhere"), dead_ends(graph), graph.registry),
    )


def _section(id: str, title: str, cards: tuple[CardView, ...]) -> SectionView:
    return SectionView(id, Message(title), cards or (NOTHING,), layout="cards")


def _wanted(name: str, records: tuple[Record, ...], forge: Forge | None) -> CardView:
    values: tuple[object, ...] = (links(records),)
    if forge:
        folder, _, last = name.rpartition("/")
        path = "/".join(each for each in ("docs", *slugs_of(folder)) if each)
        file = f"{(slugs(last) or ('page',))[0]}.md"
        create = Link(Message(N_("Write this page")), forge.new_file(path, file), is_external=True)
        values = (create, *values)
    return CardView(name, values)


def slugs_of(folder: str) -> Iterable[str]:
    """The parts of a folder's path as addresses have them."""
    return (slug for part in folder.split("/") for slug in slugs(part))


def _stale(graph: Graph, today: date) -> Iterable[CardView]:
    for page in stale_pages(graph, today):
        owner = graph.get(page.owner)
        kept = (link(owner),) if owner else ()
        yield CardView(link(page), (page.review_by, *kept), place=graph.place(page, "review_by"))


def _incomplete(graph: Graph) -> Iterable[CardView]:
    for record in unwritten(graph):
        yield CardView(link(record), (Message(N_("nothing has been written on this axis")),))
    for each in incomplete(graph):
        empty = (
            Link(heading.title, f"{url_of(each.record)}#{heading.id}") for heading in each.headings
        )
        yield CardView(link(each.record), (Message(N_("empty sections:")), tuple(empty)))


def _listed(id: str, title: str, records: tuple[Record, ...], registry: Registry) -> SectionView:
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(record.collection, []).append(record)
    facts = tuple(
        _group(label, groups[collection])
        for collection, label in labels(registry).items()
        if collection in groups
    )
    return SectionView(id, Message(title), (facts,) if facts else (NOTHING,))


def _group(label: str, records: list[Record]) -> Fact:
    shown: tuple[object, ...] = links(records[:MOST])
    if len(records) > MOST:
        more = Message(N_("and {count} more"), {"count": len(records) - MOST})
        shown = (*shown, more)
    return Fact(Message(label), shown)

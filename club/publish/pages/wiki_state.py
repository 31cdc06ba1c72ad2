"""The report on the wiki: wanted pages, stale ones, what is to complete, orphans, dead ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from club.insight.wiki import (
    dead_ends,
    incomplete,
    orphans,
    stale_pages,
    unconfirmed,
    unwritten,
    wanted,
)
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.record import Record
from club.model.structure import slugs
from club.model.view import CardView, Fact, Link, More, SectionView
from club.model.viewing import link, links, sections, url_of
from club.publish.pages.backlinks import labels
from club.publish.words.forge import Forge

FEW = 8
"""How many items a list shows at once: the rest is folded."""
NOTHING = Message(N_("Nothing to report."))
TITLE = N_("State of the wiki")
INTRO = N_("What you can do next for the wiki, worked out when the site is built.")
COUNTED = N_("{title} ({count})")


def state(
    graph: Graph, forge: Forge | None, today: date, in_navigation: frozenset[str]
) -> tuple[SectionView, ...]:
    """The sections of the report on *graph*, already restricted to its audience.

    One for each thing to do; what there is nothing of is left out, and so are made-up records,
    which nobody has to confirm or to link.
    """
    wishes = (
        *(_wanted(name, records, forge) for name, records in wanted(graph).items()),
        *_first_ones(graph),
    )
    found = (
        _cards("wanted", N_("To create"), WANTED, wishes),
        _cards("stale", N_("To read again"), STALE, tuple(_stale(graph, today))),
        _cards("incomplete", N_("To complete"), INCOMPLETE, tuple(_incomplete(graph))),
        _listed("unconfirmed", N_("To confirm"), UNCONFIRMED, unconfirmed(graph), graph),
        _listed("orphans", N_("To link to"), ORPHANS, orphans(graph, in_navigation), graph),
        _listed("dead-ends", N_("To link from"), DEAD_ENDS, dead_ends(graph), graph),
    )
    return sections(*found) or (SectionView("nothing", Message(TITLE), (NOTHING,)),)


WANTED = N_("Pages that links name and nobody has written, and lists that are still empty.")
STALE = N_("The day to read them again, which their front matter gives, is past.")
INCOMPLETE = N_("Nothing is written below some headings, or on the whole record.")
UNCONFIRMED = N_("A value in them was not checked against its document, or has none.")
ORPHANS = N_("No link leads to them: name them in a page or a record that speaks of them.")
DEAD_ENDS = N_("They lead to nothing: name in them the projects, services or pages concerned.")


def _cards(id: str, title: str, what: str, cards: tuple[CardView, ...]) -> SectionView | None:
    if not cards:
        return None
    body = (Message(what), *cards)
    return SectionView(id, _counted(title, len(cards)), body, layout="cards")


def _counted(title: str, count: int) -> Message:
    return Message(COUNTED, {"title": Message(title), "count": count})


def _more(count: int) -> Message:
    """How many are folded."""
    return Message(N_("and one more") if count == 1 else N_("and {count} more"), {"count": count})


def _wanted(name: str, records: tuple[Record, ...], forge: Forge | None) -> CardView:
    values: tuple[object, ...] = (links(records),)
    if forge:
        folder, _, last = name.rpartition("/")
        path = "/".join(each for each in ("docs", *slugs_of(folder)) if each)
        file = f"{(slugs(last) or ('page',))[0]}.md"
        create = Link(Message(N_("Write this page")), forge.new_file(path, file), is_external=True)
        values = (create, *values)
    return CardView(name, values)


def _first_ones(graph: Graph) -> Iterable[CardView]:
    """The collections that wait for their first record, which the navigation leaves out."""
    for kind in graph.registry.kinds:
        if not graph.all(kind.model):
            title = Link(Message(kind.plural), f"{kind.collection}/")
            yield CardView(title, (Message(N_("nothing here yet: add the first one")),))


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


def _listed(
    id: str, title: str, what: str, records: tuple[Record, ...], graph: Graph
) -> SectionView | None:
    records = tuple(each for each in records if not each.example)
    if not records:
        return None
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(record.collection, []).append(record)
    facts = tuple(
        _group(_counted(label, len(groups[collection])), groups[collection], graph)
        for collection, label in labels(graph.registry).items()
        if collection in groups
    )
    return SectionView(id, _counted(title, len(records)), (Message(what), facts))


def _group(label: Message, records: list[Record], graph: Graph) -> Fact:
    shown = links(records, graph)
    rest = shown[FEW:]
    return Fact(label, (*shown[:FEW], More(_more(len(rest)), rest)) if rest else shown)

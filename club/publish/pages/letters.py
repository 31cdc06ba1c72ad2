"""The page of the search, and what stands for it without scripts: every title, by its letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from club.model.graph import Graph
from club.model.markup import folded
from club.model.message import N_, Message
from club.model.record import Record
from club.model.view import Link, PageView, SectionView
from club.model.viewing import counted, links
from club.publish.html.render import RenderedPage, Renderer, prefix_of
from club.publish.pages.backlinks import labels

SEARCH = "search/"
SEARCH_TITLE = N_("Search")
LETTER_TITLE = N_("Titles that begin with {letter}")
NO_LETTER = N_("a figure or a sign")
OTHER = "0"
FIRST = re.compile(r"[^\W_]")


def letter_of(title: str) -> str:
    """The letter that *title* is listed under: a to z, or 0 for any other beginning."""
    first = FIRST.search(folded(title))
    return first[0] if first and "a" <= first[0] <= "z" else OTHER


def by_letter(graph: Graph) -> dict[str, list[Record]]:
    """The records and pages of *graph* under their letters, in the order of their titles."""
    titled = sorted(
        ((folded(graph.title(each)), each) for each in (*graph, *graph.pages)),
        key=lambda pair: (pair[0], pair[1].key),
    )
    found: dict[str, list[Record]] = {}
    for title, record in titled:
        found.setdefault(letter_of(title), []).append(record)
    return dict(sorted(found.items()))


def letter_url(letter: str) -> str:
    """The page of *letter*, from the root of the site."""
    return f"{SEARCH}{letter}/"


def search_views(graph: Graph) -> Iterator[PageView]:
    """The page of the search, then one for each letter."""
    yield PageView(url=SEARCH, collection="", title=Message(SEARCH_TITLE))
    for letter in graph.once(by_letter):
        about = {"letter": _named(letter)}
        yield PageView(
            url=letter_url(letter), collection="", title=Message(LETTER_TITLE, about), id=letter
        )


def _named(letter: str) -> str | Message:
    return Message(NO_LETTER) if letter == OTHER else letter.upper()


def search_page(view: PageView, graph: Graph, renderer: Renderer) -> RenderedPage:
    """*view*, which is of the search, as HTML."""
    listed = graph.once(by_letter)
    links_of = tuple(
        Link(_named(letter), letter_url(letter), Message("({number})", {"number": counted(some)}))
        for letter, some in listed.items()
    )
    say = renderer.words.say
    sections = _sections(listed[view.id], graph) if view.id else ()
    html = renderer.render(
        "search.html.jinja", prefix_of(view.url), page=view, letters=links_of, sections=sections
    )
    return RenderedPage(
        url=view.url,
        collection="",
        title=say(view.title),
        html=str(html),
        contents=tuple((each.id, say(each.title)) for each in sections),
        in_search=False,
    )


def _sections(records: list[Record], graph: Graph) -> tuple[SectionView, ...]:
    """The *records* of one letter, kind by kind."""
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(record.collection, []).append(record)
    return tuple(
        SectionView(
            f"of-{collection}", Message(label), links(groups[collection], graph), None, "list"
        )
        for collection, label in labels(graph.registry).items()
        if collection in groups
    )

"""Pages of the wiki that the club works out: its state and its tags.

A page of the same path in `docs/` may speak first, as on the indexes of the collections.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from club.model.graph import Graph
from club.model.message import Message
from club.model.view import SectionView
from club.publish.pages import tags, wiki_state
from club.publish.words.forge import Forge

REPORT = "report.md"
TAGS = f"{tags.FOLDER}/index.md"


@dataclass(frozen=True, slots=True)
class Computed:
    """A page below whose words the club adds sections; the navigation is known by then."""

    src_uri: str
    title: Message
    intro: Message | None
    sections: Callable[[frozenset[str]], tuple[SectionView, ...]]


def computed_pages(graph: Graph, forge: Forge | None, today: date) -> Iterator[Computed]:
    """The report on the wiki, the list of tags, and a page for each."""
    yield Computed(
        REPORT,
        Message(wiki_state.TITLE),
        Message(wiki_state.INTRO),
        partial(wiki_state.state, graph, forge, today),
    )
    every = tags.tags(graph)
    yield Computed(
        TAGS, Message(tags.TITLE), Message(tags.INTRO), lambda _: tags.index_sections(every)
    )
    for tag in every:
        yield Computed(
            tag_page(tag),
            Message(tags.ONE_TITLE, {"name": tag.name}),
            None,
            partial(_tagged, tag, graph),
        )


def tag_page(tag: tags.Tag) -> str:
    """The path of the page of *tag*."""
    return f"{tags.FOLDER}/{tag.slug}.md"


def _tagged(tag: tags.Tag, graph: Graph, in_navigation: frozenset[str]) -> tuple[SectionView, ...]:
    return tags.tag_sections(tag, graph)

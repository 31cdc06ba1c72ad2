"""What the navigation may name: nothing that a build hides, nothing that is empty, all by title."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from itertools import pairwise
from typing import Any

from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import dirname_to_title

from club.publish.pages.hidden import Hidden


def drop_hidden(nav: Navigation, hidden: Hidden) -> None:
    """Takes what leads to what is *hidden* out of *nav*, which other plugins may have made."""
    _drop(nav, lambda each: hidden.has(each.url if isinstance(each, Link) else each.file.src_uri))


def drop_empty(nav: Navigation, is_empty: Callable[[Page], bool]) -> None:
    """Takes the pages that are empty out of *nav*, with the sections that only held them."""
    _drop(nav, lambda each: isinstance(each, Page) and is_empty(each))


def name_pages(nav: Navigation, titles: Mapping[str, str]) -> None:
    """Gives the pages that the club writes the titles they have there, by path of their source.

    MkDocs finds a title in a page as it reads it: these it never reads.
    """
    for page in nav.pages:
        if page.title is None and (title := titles.get(page.file.src_uri)):
            page.title = title


def name_sections(items: Iterable[Any], title_of: Callable[[str], str]) -> None:
    """Gives the sections that MkDocs named after a folder the name of the index they hold."""
    for section in (each for each in items if isinstance(each, Section)):
        name_sections(section.children, title_of)
        for page in (each for each in section.children if isinstance(each, Page)):
            folder = page.file.src_uri.rpartition("/")[0].rpartition("/")[2]
            title = title_of(page.file.src_uri)
            if title and section.title == dirname_to_title(folder):
                section.title = title


def _drop(nav: Navigation, is_dropped: Callable[[Page | Link], bool]) -> None:
    dropped = {id(each) for each in _leaves(nav.items) if is_dropped(each)}
    nav.items[:] = _kept(nav.items, dropped)
    nav.pages[:] = [page for page in nav.pages if id(page) not in dropped]
    for before, page in pairwise((None, *nav.pages, None)):
        if page is not None:
            page.previous_page = before
        if before is not None:
            before.next_page = page


def _leaves(items: Iterable[Any]) -> Iterable[Any]:
    for item in items:
        if isinstance(item, Section):
            yield from _leaves(item.children)
        elif isinstance(item, Page | Link):
            yield item


def _kept(items: Iterable[Any], dropped: Container[int]) -> list[Any]:
    kept = []
    for item in items:
        if isinstance(item, Section):
            item.children[:] = _kept(item.children, dropped)
        if id(item) not in dropped and (not isinstance(item, Section) or item.children):
            kept.append(item)
    return kept

"""The pages of the wiki to HTML as MkDocs makes it, for programs that do without MkDocs."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from club.model.graph import Graph
from club.model.markup import Fence
from club.model.names import PAGE_SUFFIX, file_target, page_address
from club.publish.html.own_words import OwnWords
from club.publish.html.portions import Portions
from club.publish.html.query_blocks import QueryBlocks
from club.publish.html.sanitise import sanitise
from club.publish.html.table_heads import TableHeads
from club.publish.html.wikilinks import RecordLinks
from club.publish.words.language import Words
from club.publish.words.typography import typeset_html

BUILT_IN = ("toc", "tables", "fenced_code")
"""The extensions of Markdown that MkDocs adds to those of its settings."""
LAST = 0


class WikiConverter:
    """Converts the pages that an audience may read."""

    def __init__(
        self, graph: Graph, whole: Graph, words: Words, extensions: Sequence[Any] = ()
    ) -> None:
        """*graph* is what the audience may read of *whole*; *extensions*, as mkdocs.yml says."""
        self._own = OwnWords(words)
        self._addresses = Addresses()
        self._links = RecordLinks(graph, whole, lambda _: self._addresses.src_uri)
        self._queries = QueryBlocks()
        self._language = words.language
        self._configs = _configs(extensions)

    def convert(self, src_uri: str, markdown: str, answer: Callable[[Fence], str]) -> str:
        """The HTML of the page *src_uri*; *answer* writes what its query blocks ask for."""
        html = sanitise(self.written(src_uri, self._links.public(markdown, src_uri)))
        html = self._links.shown(html, src_uri)
        return self._queries.fill(typeset_html(html, self._language), answer)

    def written(self, src_uri: str, markdown: str) -> str:
        """The HTML of the page *src_uri* before anything is taken out of it."""
        self._addresses.src_uri = src_uri
        ours: list[Extension] = [self._links, self._queries, self._addresses]
        ours += [Portions(), TableHeads(), self._own]
        names = dict.fromkeys((*BUILT_IN, *self._configs))
        converter = Markdown(extensions=[*names, *ours], extension_configs=self._configs)
        return converter.convert(markdown)


def _configs(extensions: Iterable[Any]) -> dict[str, dict[str, Any]]:
    """The settings of each extension, less those that are code."""
    found: dict[str, dict[str, Any]] = {}
    for each in extensions:
        for name, config in each.items() if isinstance(each, Mapping) else [(str(each), None)]:
            held = config if isinstance(config, Mapping) else {}
            found[name] = {key: value for key, value in held.items() if value is not None}
    return found


class Addresses(Extension):
    """Turns links to files into links to the pages they become, as MkDocs does."""

    def __init__(self) -> None:
        """No page yet."""
        super().__init__()
        self.src_uri = ""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name Markdown calls
        """Registers the processor after all others."""
        md.treeprocessors.register(_AddressProcessor(self, md), "club_addresses", LAST)


class _AddressProcessor(Treeprocessor):
    def __init__(self, addresses: Addresses, md: Markdown) -> None:
        super().__init__(md)
        self._addresses = addresses

    def run(self, root: Element) -> None:
        for tag, name in (("a", "href"), ("img", "src")):
            for element in root.iter(tag):
                if address := element.get(name):
                    element.set(name, relative_address(self._addresses.src_uri, address))


def relative_address(src_uri: str, href: str) -> str:
    """What the link *href* of the page *src_uri* becomes on the page's own address."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return href
    target = file_target(src_uri, parts.path)
    is_page = target.endswith(PAGE_SUFFIX)
    aim = page_address(target) if is_page else target
    path = posixpath.relpath(aim or ".", page_address(src_uri) or ".")
    slash = "/" if is_page or parts.path.endswith("/") else ""
    return urlunsplit(("", "", quote(path) + slash, parts.query, parts.fragment))

"""`[[…]]` in wiki pages, as a Markdown extension: the title shown is always the current one."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import partial
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor

from club.model.audience import HIDDEN_WORDS, Hidden, without_links
from club.model.graph import TEXT, Graph
from club.model.markup import TEXT_LINK, headings
from club.model.names import page_of
from club.model.record import Record
from club.model.targets import without_targets

BEFORE_OTHER_LINKS = 175
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
"""A tag as Markdown knows it within a line."""


class RecordLinks(Extension):
    """Adds links to Markdown.

    What is wrong with a link is found when the club is loaded, where it stands in its file.
    """

    def __init__(self, graph: Graph, whole: Graph, page: Callable[[Markdown], str]) -> None:
        """*graph* is the one the site is made from; *whole* also knows what it hides.

        *page* gives the path of the page being converted.
        """
        super().__init__()
        self.graph = graph
        self._whole = whole
        shown = {record.id for record in (*graph, *graph.pages)}
        every = (record for record in (*whole, *whole.pages) if record.id not in shown)
        self._hidden = Hidden(whole.names)
        for record in every:
            self._hidden.add(record)
        self.page = page

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name Markdown calls
        """Registers the processor before Markdown's own links, after code."""
        md.inlinePatterns.register(_LinkProcessor(self, md), "club_links", BEFORE_OTHER_LINKS)

    def is_hidden(self, name: str) -> bool:
        """Whether `[[name]]` leads to what the reader may not know of."""
        return bool(self._whole.named(name)) and not self.graph.named(name)

    def public(self, markdown: str, src_uri: str) -> str:
        """The *markdown* of the page *src_uri* without a name of what is hidden."""
        shown = without_links(markdown, self.is_hidden)
        return self.shown(shown, src_uri)

    def shown(self, text: str, src_uri: str) -> str:
        """*text*, Markdown or HTML of *src_uri*, without an address of what is hidden."""
        if not self._hidden.ids:
            return text
        return without_targets(text, partial(self._hidden.is_target, src_uri))

    def href(self, record: Record, section: str, src_uri: str) -> str:
        """What MkDocs resolves, in the page *src_uri*, to the page of *record*."""
        folder = posixpath.dirname(src_uri) or "."
        target = page_of(record)
        if section and record.is_page:
            # MkDocs knows the anchors of today only.
            found = (each for each in headings(getattr(record, TEXT)) if section in each.former)
            section = next((each.id for each in found), section)
        return posixpath.relpath(target, folder) + (f"#{section}" if section else "")


class _LinkProcessor(InlineProcessor):
    def __init__(self, links: RecordLinks, md: Markdown) -> None:
        super().__init__(TEXT_LINK.pattern, md)
        self._links = links

    def handleMatch(  # type: ignore[override] # noqa: N802 - the name Markdown calls
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        """A link to the record or page, or the author's own words; a tag is left as it is."""
        tag = TAG.match(data, max(0, data.rfind("<", 0, m.start())))
        if tag is not None and tag.end() > m.start():
            return None, None, None
        name, section, words = m[1].strip(), (m[2] or "")[1:].strip(), m[3]
        found = self._links.graph.named(name)
        if len(found) != 1:
            shown = HIDDEN_WORDS if self._links.is_hidden(name) else name
            return words or shown, m.start(0), m.end(0)
        element = Element("a")
        element.set("href", self._links.href(found[0], section, self._links.page(self.md)))
        element.text = words or found[0].title_text
        return element, m.start(0), m.end(0)

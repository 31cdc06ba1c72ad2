"""`[[id]]` in wiki pages, as a Markdown extension: the title shown is always the current one."""

from __future__ import annotations

import logging
import posixpath
import re
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor

from club.model.audience import HIDDEN_WORDS
from club.model.graph import Graph
from club.model.problem import nearest
from club.model.shape import TEXT_LINK

log = logging.getLogger("mkdocs.plugins.club")
BEFORE_OTHER_LINKS = 175


class RecordLinks(Extension):
    """Adds record links to Markdown; the plugin says which page is being converted."""

    def __init__(self, graph: Graph, whole: Graph) -> None:
        """*graph* is the one the site is made from; *whole* also holds what it may not show."""
        super().__init__()
        self.graph = graph
        self.whole = whole
        self.src_uri = ""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name Markdown calls
        """Registers the processor before Markdown's own links, after code."""
        md.inlinePatterns.register(_LinkProcessor(self, md), "club_links", BEFORE_OTHER_LINKS)


class _LinkProcessor(InlineProcessor):
    def __init__(self, links: RecordLinks, md: Markdown) -> None:
        super().__init__(TEXT_LINK.pattern, md)
        self._links = links

    def handleMatch(  # type: ignore[override] # noqa: N802 - the name Markdown calls
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str, int, int]:
        """A link to the record, or the author's own words and a warning."""
        id, section, words = m[1].strip(), m[2] or "", m[3]
        record = self._links.graph.find(id)
        if record is None and self._links.whole.find(id):
            return words or HIDDEN_WORDS, m.start(0), m.end(0)
        if record is None:
            near = ", ".join(nearest(id, self._links.graph.ids))
            log.warning(
                "Doc file '%s': no record “%s”%s",
                self._links.src_uri,
                id,
                f"; perhaps {near}" if near else "",
            )
            return words or id, m.start(0), m.end(0)
        element = Element("a")
        target = f"{record.key}.md"
        folder = posixpath.dirname(self._links.src_uri) or "."
        element.set("href", posixpath.relpath(target, folder) + section)
        element.text = words or record.title_text
        return element, m.start(0), m.end(0)

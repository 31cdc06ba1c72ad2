"""Tables of Markdown for who hears them: which cells are heads, and what each table is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, ETX, HTML_PLACEHOLDER_RE, STX

from club.publish.html.holding import HELD

AFTER_ATTRIBUTES = 6
"""After inline patterns and lists of attributes; before headings get their ids and links."""
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
NAMES = {"aria-label", "aria-labelledby"}
SIGN = re.compile(rf"{STX}(\d+){ETX}")
"""A sign of Markdown that was escaped, as it stands in the tree: by its number."""
ELSEWHERE = re.compile(rf"{STX}[^{ETX}]*{ETX}")
"""What stands in the tree for HTML that was put aside."""
ENTITY = re.compile(r"&#?\w+;")
SPACES = re.compile(r"\s+")
WORD = re.compile(r"\w")


class TableHeads(Extension):
    """Says that the first row of a table holds heads, and names it by the heading above it.

    The name is an attribute with the words of that heading: an id may be written again, or refused.
    """

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name Markdown calls
        """Registers the processor; tables written in HTML are put aside by then, and stay."""
        md.treeprocessors.register(_TableProcessor(md), "club_tables", AFTER_ATTRIBUTES)


class _TableProcessor(Treeprocessor):
    def run(self, root: Element) -> None:
        heading, count = "", 0
        for each in root.iter():
            if each.tag in HEADINGS:
                heading, count = self._words_of(each), 0
            elif each.tag == "table":
                _scope(each)
                if heading and NAMES.isdisjoint(each.attrib) and each.find("caption") is None:
                    count += 1
                    each.set("aria-label", heading if count == 1 else f"{heading} ({count})")

    def _words_of(self, heading: Element) -> str:
        """What *heading* says, less what is not known yet; nothing if that leaves no word."""
        text = "".join(_texts(heading)).replace(AMP_SUBSTITUTE, "&")
        text = SIGN.sub(lambda sign: chr(int(sign[1])), HTML_PLACEHOLDER_RE.sub(self._entity, text))
        text = SPACES.sub(" ", HELD.sub("", ELSEWHERE.sub("", text))).strip()
        return text if WORD.search(text) else ""

    def _entity(self, aside: re.Match[str]) -> str:
        """A sign that is written by its name, of what was put aside; any other HTML is no word."""
        kept = str(self.md.htmlStash.rawHtmlBlocks[int(aside[1])])
        return unescape(kept) if ENTITY.fullmatch(kept) else ""


def _scope(table: Element) -> None:
    """A head that says nothing is none: sanitising makes a plain cell of it."""
    for head in table.iterfind("thead/tr/th"):
        if "scope" not in head.attrib and ("".join(head.itertext()).strip() or len(head)):
            head.set("scope", "col")


def _texts(element: Element) -> Iterator[str]:
    """The texts of *element*, less the calls of notes."""
    if element.tag == "sup" and element.get("id", "").startswith("fnref"):
        return
    yield element.text or ""
    for inner in element:
        yield from _texts(inner)
        yield inner.tail or ""

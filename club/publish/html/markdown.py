"""Markdown of contributors to HTML that runs nothing: one converter, then nh3.

A text without any mark of Markdown is the common case in records; it skips the converter and
gives the very same HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

from markdown import Markdown

from club.model.markup import TEXT_LINK, text_links
from club.publish.html.holding import HELD, hold, put
from club.publish.html.own_words import OwnWords
from club.publish.html.portions import Portions
from club.publish.html.sanitise import is_id, sanitise, words_of
from club.publish.html.table_heads import TableHeads
from club.publish.words.language import Words
from club.publish.words.typography import typeset_html

EXTENSIONS = ("tables", "sane_lists", "attr_list", "footnotes", "admonition", "toc", "fenced_code")
MARKS = re.compile(
    r"[*_`\[\]<>&\\#!|~{}\t\r]|^\s{2,}| {2,}$|^\s*(?:[-+]|\d+[.)]|:)\s"
    r"|^[=-]+\s*$|://|\^",
    re.MULTILINE,
)
TAG = re.compile(r"""<(?:[^<>"]|"[^"]*")*>""")
PARAGRAPHS = re.compile(r"\n[ ]*\n+")


LinkHtml = Callable[[str, str, str], str]
"""From an id, a section and words (either may be empty) to the HTML of a link."""


class TextConverter:
    """Turns the Markdown of records into sanitised, typeset HTML."""

    def __init__(self, language: str, heading_level: int = 3, words: Words | None = None) -> None:
        """One converter serves every text: building one costs more than converting most texts.

        *words* say what Markdown says by itself, which is in English without them.
        """
        self.language = language
        own = [OwnWords(words)] if words else []
        self._markdown = Markdown(
            extensions=[*EXTENSIONS, Portions(), TableHeads(), *own],
            extension_configs={"toc": {"baselevel": heading_level}},
            output_format="html",
        )

    def convert(self, source: str, link: LinkHtml) -> str:
        """The HTML of *source*; *link* writes each `[[id]]`."""
        if not MARKS.search(source):
            return typeset_html(plain(source), self.language)
        return self.convert_page(source, link)[0]

    def convert_page(self, source: str, link: LinkHtml) -> tuple[str, list[tuple[str, str]]]:
        """As `convert`, with the ids and titles of the topmost headings."""
        links: list[str] = []

        held, end = "", 0
        for match in text_links(source):
            held += f"{source[end : match.start()]}{hold(len(links))}"
            links.append(link(match[1].strip(), (match[2] or "")[1:].strip(), match[3] or ""))
            end = match.end()
        held += source[end:]
        self._markdown.reset()
        html = sanitise(self._markdown.convert(held))
        headings = [
            (str(token["id"]), unescape(words_of(put(str(token["name"]), links.__getitem__))))
            for token in getattr(self._markdown, "toc_tokens", [])
            if is_id(str(token["id"]))
        ]
        if links:
            # Inside a tag, a link would end the attribute it stands in: none is put there.
            # Elsewhere ours come after sanitising: they are written by us, not by contributors.
            html = put(TAG.sub(lambda tag: HELD.sub("", tag[0]), html), links.__getitem__)
        return typeset_html(html, self.language), headings

    def written(self, source: str) -> str:
        """What *source* says in HTML before anything is taken out of it, its links as words."""
        self._markdown.reset()
        return self._markdown.convert(TEXT_LINK.sub(lambda link: link[3] or link[1], source))


def plain(source: str) -> str:
    """The paragraphs of a text without any mark of Markdown."""
    paragraphs = PARAGRAPHS.split(source.strip())
    # nh3 writes text back with only &, < and > escaped, and none of them is here.
    return "\n".join(f"<p>{escape(each, quote=False)}</p>" for each in paragraphs)

"""Where the addresses written in a text lead, in Markdown or in HTML, however they are written."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import unquote, urlsplit

from markdown.inlinepatterns import LINK_RE, LinkInlineProcessor

from club.model.names import page_address

WORDS = re.compile(r"!?\[([^\[\]]*)$")
"""The words of a link that hold no bracket, up to where they end."""
BLANK = re.compile(r"\n[ \t]*\n")
DEFINITION = re.compile(r"(\]:[ \t]*(?:\n[ \t>]*)?)(<[^<>\n]*>|[^\s<]\S*)[^\n]*")
"""What follows the name of a reference, wherever a list, a quote or a note may hold it."""
ATTRIBUTE = re.compile(
    r"""(?:[ \t\n\f/]|(?<=["'{:]))(?:href|src)[ \t\n\f]*=[ \t\n\f]*("[^"]*"|'[^']*'|[^\s"'>}]+)""",
    re.IGNORECASE,
)
"""Of an element, or in the braces that give attributes to what Markdown writes."""
AUTOMATIC = re.compile(r"<((?:https?|ftp)://[^<>]*)>", re.IGNORECASE)
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
NOWHERE = "#"
PAGES = ("/index.html", "/index.md", ".html")
IsHidden = Callable[[str], bool]


class _Link(LinkInlineProcessor):
    """Markdown's own reading of what stands between the brackets of a link, without a page."""

    def unescape(self, text: str) -> str:
        """*text*: nothing of it was put aside."""
        return text


READER = _Link(LINK_RE)


def without_targets(text: str, is_hidden: IsHidden) -> str:
    """*text*, Markdown or HTML, without the addresses that *is_hidden*: their words are kept."""
    if "](" in text:
        text = _without_inline(text, is_hidden)
    if "]:" in text:
        text = DEFINITION.sub(
            lambda each: each[1] + NOWHERE if is_hidden(each[2]) else each[0], text
        )
    if "<" in text:
        text = AUTOMATIC.sub(lambda each: "" if is_hidden(each[1]) else each[0], text)
    if "=" in text:
        text = ATTRIBUTE.sub(lambda each: "" if is_hidden(each[1]) else each[0], text)
    return text


def addresses(text: str) -> Iterator[str]:
    """Every address that *text*, Markdown or HTML, writes in a link or a picture."""
    if "](" in text:
        yield from (address for _, _, address in _inline(text))
    if "]:" in text:
        yield from (each[2] for each in DEFINITION.finditer(text))
    if "<" in text:
        yield from (each[1] for each in AUTOMATIC.finditer(text))
    if "=" in text:
        yield from (each[1] for each in ATTRIBUTE.finditer(text))


def _inline(text: str) -> Iterator[tuple[int, int, str]]:
    """The address of each `](…)`, and what it is between, as Markdown itself reads it."""
    at = text.find("](")
    while at >= 0:
        blank = BLANK.search(text, at)
        block = text[at : blank.start() if blank else None]
        href, _, length, is_link = READER.getLink(block, 1)
        if is_link:
            yield at, at + length, href
        at = text.find("](", at + 2)


def _without_inline(text: str, is_hidden: IsHidden) -> str:
    kept, end = "", 0
    for start, stop, address in _inline(text):
        if start < end or not is_hidden(address):
            continue
        before = text[end:start]
        words = WORDS.search(before, max(0, before.rfind("[") - 1))
        kept += before[: words.start()] + words[1] if words else f"{before}]"
        end = stop
    return kept + text[end:]


def paths(src_uri: str, address: str) -> Iterator[str]:
    """The paths inside the folder of pages that *address* may mean in the page *src_uri*.

    MkDocs takes what Markdown says from the file, a browser what HTML says from the page; there a
    backslash is a slash, where Markdown has it say that the next sign is only a sign.
    """
    for said in dict.fromkeys((ESCAPED.sub(r"\1", address), address)):
        yield from _paths(src_uri, said)


def _paths(src_uri: str, address: str) -> Iterator[str]:
    try:
        parts = urlsplit(unquote(unescape(address.strip("<>\"' \t\n"))))
    except ValueError:
        return
    path = parts.path.replace("\\", "/")
    if parts.scheme not in {"", "http", "https"} or not path:
        return
    is_whole = path.startswith("/")
    bases = ("",) if is_whole else (posixpath.dirname(src_uri), page_address(src_uri))
    for base in dict.fromkeys(bases):
        found = posixpath.normpath(posixpath.join(base, path.lstrip("/"))).lstrip("./")
        yield next((found.removesuffix(end) for end in PAGES if found.endswith(end)), found)

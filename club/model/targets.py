"""Where the addresses written in a text lead, in Markdown or in HTML, however they are written."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import unquote, urlsplit

from club.model.names import page_address

AIM = r"\([ \t]*(<[^<>\n]*>|(?:[^()\s]|\([^()\s]*\))+)[^()\n]*\)"
INLINE = re.compile(rf"!?\[([^\[\]]*)\]{AIM}")
AFTER_BRACKETS = re.compile(rf"\]{AIM}")
"""The address of a link whose words hold brackets."""
DEFINITION = re.compile(r"^([ >]*\[[^\[\]\n]+\]:[ \t]*(?:\n[ \t]*)?)(<[^<>\n]*>|\S+)[^\n]*", re.M)
ATTRIBUTE = re.compile(r"""[ \t\n](?:href|src)[ \t]*=[ \t]*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.I)
AUTOMATIC = re.compile(r"<(https?://[^<>\s]+)>", re.I)
NOWHERE = "#"
PAGES = ("/index.html", "/index.md", ".html")
IsHidden = Callable[[str], bool]


def without_targets(text: str, is_hidden: IsHidden) -> str:
    """*text*, Markdown or HTML, without the addresses that *is_hidden*: their words are kept."""
    if "](" in text:
        text = INLINE.sub(lambda each: each[1] if is_hidden(each[2]) else each[0], text)
        text = AFTER_BRACKETS.sub(lambda each: "]" if is_hidden(each[1]) else each[0], text)
    if "]:" in text:
        text = DEFINITION.sub(
            lambda each: each[1] + NOWHERE if is_hidden(each[2]) else each[0], text
        )
    if "<" in text:
        text = AUTOMATIC.sub(lambda each: "" if is_hidden(each[1]) else each[0], text)
        text = ATTRIBUTE.sub(lambda each: "" if is_hidden(each[1]) else each[0], text)
    return text


def paths(src_uri: str, address: str) -> Iterator[str]:
    """The paths inside the folder of pages that *address* may mean in the page *src_uri*.

    MkDocs takes what Markdown says from the file, a browser what HTML says from the page.
    """
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

"""Where the addresses written in a text lead, in Markdown or in HTML, however they are written."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import quote, unquote, urljoin, urlsplit

from markdown.inlinepatterns import LINK_RE, LinkInlineProcessor

from club.model.markup import code_at, outside_code
from club.model.names import page_address

WORDS = re.compile(r"!?\[([^\[\]]*)$")
"""The words of a link that hold no bracket, up to where they end."""
BLANK = re.compile(r"\n[ \t]*\n")
DEFINITION = re.compile(r"(\]:[ \t]*(?:\n[ \t>]*)?)(<[^<>\n]*>|[^\s<]\S*)[^\n]*")
"""What follows the name of a reference, wherever a list, a quote or a note may hold it."""
NAMED_ADDRESS = re.compile(
    r"^ {0,3}\[(?!\^)([^\[\]\n]+)\]:[ \t]*(<[^<>\n]*>|\S+)[ \t]*(?:[\"'(].*)?$", re.MULTILINE
)
ATTRIBUTE = re.compile(
    r"""(?:[ \t\n\f/]|(?<=["'{:]))(?:href|src)[ \t\n\f]*=[ \t\n\f]*("[^"]*"|'[^']*'|[^\s"'>}]+)""",
    re.IGNORECASE,
)
"""Of an element, or in the braces that give attributes to what Markdown writes."""
AUTOMATIC = re.compile(r"<((?:https?|ftp)://[^<>]*)>", re.IGNORECASE)
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
LONGEST_TAG = 1000
OF_A_LINK = re.compile(r"<(?:a|area|img|source|audio|video|iframe)(?:[\s/][^<>]*)?", re.IGNORECASE)
NOWHERE = "#"
PAGES = ("/index.html", "/index.md", ".html")
WEB = ("http", "https")
UNKNOWN_SITE = "https://site.invalid/"
PARTS = re.compile(
    r"(?:(?P<scheme>[a-z][a-z0-9+.-]*):)?(?://(?P<host>[^/?#]*))?(?P<rest>(?P<path>[^?#]*).*)",
    re.IGNORECASE | re.DOTALL,
)
"""An address (RFC 3986, appendix B); the rest is a path too, for a sign may be meant as a sign."""
ABOVE = re.compile(r"^(?:\.\.(?:/|$))+|^\.$")
"""How a path without detours begins if it leaves the folder of pages; a dot is the folder."""
DROPPED = re.compile(r"[\t\n\r]")
BLANKS = "".join(map(chr, range(0x21)))
"""What browsers drop from an address before they read it (WHATWG URL, basic URL parser)."""
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


def placed_addresses(text: str) -> Iterator[tuple[int, str]]:
    """The address of each link and picture that *text* writes in Markdown, and where it stands.

    What is code or a comment is none, nor is a definition that nothing uses.
    """
    if "](" not in text and "]:" not in text:
        return
    is_code = code_at(text)
    for at, _, address in _inline(text):
        opened = text.rfind("[", 0, at)
        is_escaped = opened > 0 and text[opened - 1] == "\\"
        is_link = opened >= 0 and not is_escaped and not BLANK.search(text, opened, at)
        if is_link and address and not is_code(at):
            yield at + 2, ESCAPED.sub(r"\1", address)
    for match in NAMED_ADDRESS.finditer(text):
        if not is_code(match.start()) and text.lower().count(f"[{match[1].lower()}]") > 1:
            yield match.start(2), match[2].strip("<>")


def placed_in_html(text: str) -> Iterator[tuple[int, str]]:
    """The address of each link and picture that *text* writes in HTML, and where it stands."""
    if "<" not in text or not ATTRIBUTE.search(text):
        return
    for match in outside_code(ATTRIBUTE, text):
        opened = text.rfind("<", max(0, match.start() - LONGEST_TAG), match.start())
        if opened >= 0 and OF_A_LINK.fullmatch(text, opened, match.start()):
            yield match.start(1), unescape(match[1].strip("\"'"))


def _inline(text: str) -> Iterator[tuple[int, int, str]]:
    """The address of each `](…)`, and what it is between, as Markdown itself reads it."""
    start = end = 0
    block = ""
    at = text.find("](")
    while at >= 0:
        if at >= end:  # Each block is cut out once, however many links it holds.
            blank = BLANK.search(text, at)
            start, end = at, blank.start() if blank else len(text)
            block = text[start:end]
        href, _, after, is_link = READER.getLink(block, at - start + 1)
        if is_link:
            yield at, start + after, href
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
    backslash is a slash, where Markdown has it say that the next sign is only a sign. What may be
    meant is more than what is: to hide is to hide all of it.
    """
    return (meant.path for meant in _meant(src_uri, address))


def leads_to(url: str, href: str, site_url: str = "") -> str:
    """The path inside the site to which a browser goes from its page at *url*, or nothing.

    *href* is what an attribute of that page holds, *site_url* where the site is, if it is known.
    """
    base = f"{site_url.rstrip('/')}/" if site_url else UNKNOWN_SITE
    said = DROPPED.sub("", href).lstrip(BLANKS).replace("\\", "/")
    try:
        aim, root = urlsplit(urljoin(base + quote(url), said)), urlsplit(base)
        is_here = aim.scheme in WEB and (aim.hostname, aim.port) == (root.hostname, root.port)
    except ValueError:
        return ""
    path = posixpath.normpath(aim.path or "/")
    inside = is_here and path.startswith(root.path)
    return normalize("NFC", unquote(path.removeprefix(root.path))) if inside else ""


class Led:
    """The files to which addresses may lead, on a site that may be anywhere on its host."""

    def __init__(self, site_url: str = "") -> None:
        """Where *site_url* is known, what is plainly on another host leads nowhere here."""
        self._host = _host(site_url.partition("//")[2].partition("/")[0])
        self._by_name: dict[str, set[tuple[str, bool]]] = defaultdict(set)

    def add(self, src_uri: str, address: str) -> None:
        """Adds what *address* may mean in the page *src_uri*."""
        for each in _meant(src_uri, address):
            host = _host(each.host)
            if not host or not self._host or host == self._host:
                self.add_path(each.path, may_be_below=each.may_be_below)

    def add_path(self, path: str, *, may_be_below: bool = False) -> None:
        """Adds *path*; if it *may_be_below* something, the end of it may be the whole."""
        found = normalize("NFC", path)
        self._by_name[found.rpartition("/")[2]].add((found, may_be_below))

    @property
    def names(self) -> set[str]:
        """The last part of each path."""
        return set(self._by_name)

    def __contains__(self, path: str) -> bool:
        """Whether an address that was added may lead to the file at *path*."""
        said = normalize("NFC", path)
        return any(
            led == said or (may_be_below and led.endswith(f"/{said}"))
            for led, may_be_below in self._by_name.get(said.rpartition("/")[2], ())
        )


class _Meant(NamedTuple):
    """A path that an address may mean; below the site's own folder, perhaps, on its host."""

    host: str
    path: str
    may_be_below: bool


def _meant(src_uri: str, address: str) -> Iterator[_Meant]:
    bases = dict.fromkeys((posixpath.dirname(src_uri), page_address(src_uri)))
    found: dict[_Meant, None] = {}
    for scheme, host, path in _readings(address):
        if scheme.lower() not in {"", *WEB} or not path:
            continue
        is_whole = bool(host) or path.startswith("/")
        for base in ("",) if is_whole else bases:
            led = posixpath.normpath(posixpath.join(base, path.lstrip("/")))
            inside = ABOVE.sub("", led)
            page = next((inside.removesuffix(end) for end in PAGES if inside.endswith(end)), inside)
            found[_Meant(host, page, is_whole or inside != led)] = None
    yield from found


def _readings(address: str) -> Iterator[tuple[str, str, str]]:
    """The scheme, the host and the path of each way to read *address*.

    A sign that a path holds as `%23` is none of those that end it; who wrote it bare may have meant
    it as well.
    """
    for said in dict.fromkeys((ESCAPED.sub(r"\1", address), address)):
        bare = DROPPED.sub("", unescape(said.strip("<>\"' \t\n"))).lstrip(BLANKS)
        for each in _with_slashes(bare, unquote(bare)):
            parts = PARTS.fullmatch(each)
            assert parts
            for path in _with_slashes(unquote(parts["path"]), unquote(parts["rest"])):
                yield parts["scheme"] or "", parts["host"] or "", path


def _with_slashes(*texts: str) -> Iterable[str]:
    return dict.fromkeys(each for text in texts for each in (text, text.replace("\\", "/")))


def _host(written: str) -> str:
    """A host by which to tell two that differ, less what its name may go without, or nothing."""
    name = unquote(written).rpartition("@")[2].partition(":")[0].rstrip(".").lower()
    try:
        name = name.encode("idna").decode()
    except UnicodeError:
        return ""
    return name.removeprefix("www.")

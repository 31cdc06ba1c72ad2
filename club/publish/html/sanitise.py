"""What contributors may write in HTML: one list, for pages, records, contents and search.

Elements that run, load or cover the page are taken out. Ids and classes are those of text: the
theme's script acts upon its own, so a contributor's `__config` or `mermaid` would speak to it.
"""

from __future__ import annotations

import re

import nh3

from club.publish.words.typography import NBSP

TAGS = (nh3.ALLOWED_TAGS - {"area", "map"}) | {
    "section",
    "figure",
    "figcaption",
    "details",
    "summary",
}
CELL = {"colspan", "rowspan", "headers", "scope"}
ATTRIBUTES = {
    "*": {"id", "class", "title", "lang", "dir", "role", "aria-label", "aria-hidden"},
    "a": {"href", "hreflang", "name"},
    "img": {"src", "alt", "width", "height", "loading"},
    "th": CELL,
    "td": CELL,
    "ol": {"start"},
    "del": {"datetime"},
    "ins": {"datetime"},
    "time": {"datetime"},
}
URL_SCHEMES = {"http", "https", "mailto"}

ID = re.compile(r"(?!club-)[^\W_][\w.:/-]{0,199}")
"""An id of the text: those of the theme begin with an underscore, ours with `club-`."""
ADMONITIONS = {
    *("note", "abstract", "info", "tip", "success", "question", "warning", "failure", "danger"),
    *("bug", "example", "quote", "summary", "tldr", "todo", "hint", "important", "check", "done"),
    *("help", "faq", "caution", "attention", "fail", "missing", "error", "cite", "seealso"),
}
"""The kinds of `!!!` that the theme colours; another looks like a note."""
CLASSES = ADMONITIONS | {
    *("admonition", "admonition-title", "inline", "end", "footnote", "footnote-ref"),
    *("footnote-backref", "headerlink", "toclink", "toc", "highlight", "codehilite", "hll"),
    *("highlighttable", "linenos", "linenodiv", "filename", "task-list", "task-list-item"),
    *("club-left", "club-center", "club-right", "club-slot"),
}
LANGUAGE = re.compile(r"language-(?!mermaid\b)[\w+#-]{1,40}")
"""The class of a block of code."""
PYGMENTS = re.compile(r"[a-z]{1,2}[0-9a-z]?")
"""The classes of the words of a block of code."""

ALIGNED = re.compile(r'(<t[hd](?: scope="col")?) style="text-align: (left|center|right);"')
"""How Markdown aligns a cell: with a style, which the policy of the pages refuses."""
EMPTY_HEAD = re.compile(r"<th((?: (?:class|colspan|rowspan)=\"[^\"<>]*\")*)>\s*</th>")
"""The head of a column that has no name, such as the first of a table of Markdown."""
FORMER_IDS = re.compile(r'(<h[1-6]\b[^<>]*?) aliases="([\w:. -]*)"([^<>]*>)')
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", re.IGNORECASE)
# What browsers drop from an address before reading it (WHATWG URL, basic URL parser).
NOT_IN_ADDRESS = re.compile(r"[\t\n\r]|^[\x00-\x20]+")
FILTERED = re.compile(r"\b(?:id|name|class|src)=", re.IGNORECASE)


def sanitise(html: str) -> str:
    """*html* without anything that could run, load from elsewhere or pass for the theme's own."""
    html = in_our_terms(html)
    cleaned = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_kept if FILTERED.search(html) else None,
        url_schemes=URL_SCHEMES,
        link_rel=None,
    )
    return cleaned.replace("&nbsp;", NBSP)  # typography knows the character, not its name


def in_our_terms(html: str) -> str:
    """*html*, as Markdown writes it, with former ids and aligned cells said as we say them."""
    if " aliases=" in html:
        html = FORMER_IDS.sub(_with_former_ids, html)
    if " style=" in html:
        html = ALIGNED.sub(r'\1 class="club-\2"', html)
    if "</label><label" in html:  # the names of tabs, which stay as words
        html = html.replace("</label><label", "</label> · <label")
    if "</th>" in html:  # who hears the table would be told of a head that says nothing
        html = EMPTY_HEAD.sub(r"<td\1></td>", html)
    return html


def words_of(html: str) -> str:
    """*html* without any element: its words, still escaped."""
    return nh3.clean(html, tags=set(), attributes={}, clean_content_tags={"script", "style"})


def is_id(text: str) -> bool:
    """Whether *text* may be the id of an element that a contributor wrote."""
    return ID.fullmatch(text) is not None


def _kept(tag: str, attribute: str, value: str) -> str | None:
    """What is kept of an attribute, or nothing."""
    if attribute in {"id", "name"}:
        return value if is_id(value) else None
    if attribute == "class":
        return " ".join(each for each in value.split() if _is_class(tag, each)) or None
    if attribute == "src":
        # An image from elsewhere would tell that host who reads.
        address = NOT_IN_ADDRESS.sub("", NOT_IN_ADDRESS.sub("", value))
        return None if ELSEWHERE.match(address) else value
    return value


def _is_class(tag: str, name: str) -> bool:
    return (
        name in CLASSES
        or (tag in {"code", "pre", "div"} and LANGUAGE.fullmatch(name) is not None)
        or (tag == "span" and PYGMENTS.fullmatch(name) is not None)
    )


def _with_former_ids(heading: re.Match[str]) -> str:
    """A heading that keeps its former ids, as empty elements, so that old addresses lead to it."""
    former = "".join(f'<span id="{id}"></span>' for id in heading[2].split())
    return f"{heading[1]}{heading[3]}{former}"

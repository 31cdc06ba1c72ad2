"""What must be true of any page of a site that shows made-up records: each mention is labelled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib

AROUND = {"li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "p", "option", "caption"}
"""The elements of which one holds a mention and its mark."""
WORD = re.compile(r"exemple", re.IGNORECASE)


def unlabelled(
    html: str, url: str, examples: Iterable[str], titles: Iterable[str] = ()
) -> Iterator[str]:
    """The mentions, in the page at *url*, of made-up records that nothing says are made up.

    *examples* are addresses such as `requests/x/`, *titles* words that only they are called by.
    """
    examples, titles = tuple(examples), tuple(titles)
    if any(url.startswith(each) for each in examples):
        return  # the page of a made-up record says so once for all
    document = html5lib.parse(html, namespaceHTMLElements=False)
    parents = {child: parent for parent in document.iter() for child in parent}
    for element in document.iter():
        if element.tag in {"head", "style", "script"} or not isinstance(element.tag, str):
            continue
        leads = element.tag == "a" and _leads(element.get("href", ""), url, examples)
        texts = (element.text, *(child.tail for child in element))
        names = any(title in (text or "") for text in texts for title in titles)
        if (leads or names) and not _is_labelled(element, parents):
            yield f"{url}: {element.get('href', '')} {''.join(element.itertext()).strip()[:80]}"


def _leads(href: str, url: str, examples: tuple[str, ...]) -> bool:
    parts = urlsplit(urljoin(f"https://club.example/{url}", href))
    path = unquote(parts.path).lstrip("/")
    return parts.netloc == "club.example" and path.startswith(examples)


def _is_labelled(element: Element, parents: dict[Element, Element]) -> bool:
    """Whether the nearest element around *element*, or the row it is in, says “exemple”."""
    here: Element | None = element
    while here is not None and here.tag not in AROUND:
        here = parents.get(here)
    if here is None or WORD.search("".join(here.itertext())):
        return here is not None
    row: Element | None = here
    while row is not None and row.tag not in {"tr"} and "club-card" not in row.get("class", ""):
        row = parents.get(row)
    return row is not None and WORD.search("".join(row.itertext())) is not None

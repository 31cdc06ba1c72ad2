"""Where a slot may stand in a page: what contributors wrote fits between tags or in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

SPACE = r" \t\n\f\r"
ATTRIBUTE = re.compile(
    rf"""([^{SPACE}/>=]++)"""
    rf"""(?:[{SPACE}]*+=[{SPACE}]*+(?:"([^"]*+)"|'([^']*+)'|[^{SPACE}>"'][^{SPACE}>]*+))?+"""
)
TAG = re.compile(
    rf"</?([a-zA-Z][^{SPACE}/>]*+)((?:[{SPACE}/]++|{ATTRIBUTE.pattern})*+)>"
    r"|<!--(?:-?>|.*?--!?>)|<(?:[!?]|/(?![a-zA-Z]))[^>]*>",
    re.DOTALL,
)
START = re.compile(r"<(?=[a-zA-Z/!?])")
RUN = re.compile(r"on.*|style|srcdoc", re.DOTALL)
"""Attributes whose value is no plain data, however it is quoted."""
OF_WORDS = {"title", "textarea"}
OF_NEITHER = {
    *("script", "style", "iframe", "noembed", "noframes", "noscript", "plaintext", "xmp"),
}


class Spot(Enum):
    """What may be put at a place: elements, or escaped words alone."""

    ELEMENTS = "elements"
    WORDS = "words"


def spots(html: str) -> Iterator[tuple[int, int, Spot]]:
    """The spans of *html* where something may be put, read as browsers read it.

    Scripts, styles, comments, names and values without quotes are none; nor is anything that
    follows a tag which is not understood.
    """
    at = 0
    while start := START.search(html, at):
        yield at, start.start(), Spot.ELEMENTS
        tag = TAG.match(html, start.start())
        if tag is None:
            return
        at = tag.end()
        if tag[1] is None:
            continue
        yield from _values(html, tag)
        name = tag[1].lower()
        if name in OF_WORDS | OF_NEITHER and tag[0][1] != "/":
            end = re.compile(rf"</{name}(?=[{SPACE}/>])", re.IGNORECASE).search(html, at)
            if end is None:
                return
            if name in OF_WORDS:
                yield at, end.start(), Spot.WORDS
            at = end.start()
    yield at, len(html), Spot.ELEMENTS


def _values(html: str, tag: re.Match[str]) -> Iterator[tuple[int, int, Spot]]:
    """The values between quotes of the attributes of *tag*."""
    for attribute in ATTRIBUTE.finditer(html, *tag.span(2)):
        for group in (2, 3):
            if attribute[group] is not None and not RUN.fullmatch(attribute[1].lower()):
                yield *attribute.span(group), Spot.WORDS

"""The mark beside each link that contributors write to a record that is made up."""

from __future__ import annotations

import re
from collections.abc import Container
from html import unescape
from urllib.parse import unquote, urlsplit

EXAMPLE_CLASS = "club-badge club-badge--example"
LINK = re.compile(r'(<a\b[^<>]*?\bhref="([^"]*)"[^<>]*>)(.*?)(</a>)', re.DOTALL)
SUFFIXES = (".md", ".html", ".json", ".atom")


def marked(html: str, examples: Container[str], mark: str) -> str:
    """*html*, sanitised, with *mark* at the end of each link to the page of one of *examples*.

    *examples* are ids, permanent and unique in the club: an address that has one of them among its
    parts leads there, from whatever page. A link that has the mark already keeps it once.
    """
    if not examples:
        return html
    return LINK.sub(
        lambda link: (
            f"{link[1]}{link[3]}{mark}{link[4]}"
            if EXAMPLE_CLASS not in link[3] and leads_to_example(link[2], examples)
            else link[0]
        ),
        html,
    )


def leads_to_example(href: str, examples: Container[str]) -> bool:
    """Whether *href*, as it stands in HTML, leads to one of *examples*."""
    parts = unquote(urlsplit(unescape(href)).path).split("/")
    last = next((parts[-1].removesuffix(each) for each in SUFFIXES if parts[-1].endswith(each)), "")
    return any(each in examples for each in (*parts, last))

"""Old addresses: a small page at each, which leads to the new one without any script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from markupsafe import escape

from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.record import Record
from club.model.view import Link
from club.model.viewing import link, url_of
from club.publish.html.render import prefix_of
from club.publish.words.language import Words

PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{tab}</title>
<link rel="canonical" href="{canonical}">
<meta http-equiv="refresh" content="0; url={href}">
</head>
<body>
<article>
<h1>{title}</h1>
<p>{moved}<a href="{href}">{title}</a></p>
</article>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old address and the *target* that it leads to, both from the root of the site."""

    url: str
    target: str
    title: str | Message | Link


def redirects(graph: Graph) -> Iterator[Redirect]:
    """Each alias of what *graph*, already restricted to its audience, holds."""
    for record in (*graph, *graph.pages):
        for url in former_urls(record):
            yield Redirect(url, url_of(record), link(record, among=graph))


def former_urls(record: Record) -> Iterator[str]:
    """The old addresses of *record*, from the root of the site."""
    folder = "" if record.is_page else f"{record.collection}/"
    return (f"{folder}{alias}/" for alias in record.aliases)


def redirect_html(redirect: Redirect, words: Words, site_url: str = "") -> str:
    """The page at an old address; a browser keeps no anchor there, so the link is to the page."""
    target = quote(redirect.target)
    href = prefix_of(redirect.url) + target or "./"
    return PAGE.format(
        language=words.language,
        title=escape(words.say(redirect.title)),
        tab=escape(words.say(Message(N_("{title} (former address)"), {"title": redirect.title}))),
        canonical=escape(urljoin(site_url, target) if site_url else href),
        href=escape(href),
        moved=escape(words.say(Message(N_("This page is now there: ")))),
    )

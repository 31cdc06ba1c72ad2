"""What a build hides, by the addresses that a navigation may write."""

from __future__ import annotations

from collections.abc import Container
from posixpath import normpath
from typing import Any
from urllib.parse import unquote, urlsplit

from club.model.graph import Graph
from club.model.viewing import url_of
from club.publish.data.redirects import former_urls

ENDINGS = ("/index.html", "/index.md", ".html", ".md", ".ics")


class Hidden:
    """What *graph* hides of the *whole* club, by the addresses that may lead there."""

    def __init__(
        self, whole: Graph, graph: Graph, site_url: str, files: Container[str] = ()
    ) -> None:
        """*files* are those beside the pages that are hidden too, by path.

        *site_url* is where the site stands, if that is known: an address may begin with it.
        """
        self._files = files
        shown = {each.key for each in graph} | {each.id for each in graph.pages}
        self._site_url = site_url.rstrip("/")
        self._stems = {
            _stem(url)
            for record in (*whole, *whole.pages)
            if (record.id if record.is_page else record.key) not in shown
            for url in (url_of(record), record.id, record.key, *former_urls(record))
        }

    def has(self, address: str) -> bool:
        """Whether *address*, as a navigation may write it, leads to or below what is hidden."""
        if self._site_url and address.startswith(self._site_url):
            address = address[len(self._site_url) :]
        elif urlsplit(address).scheme or address.startswith("//"):
            return False
        path = urlsplit(address).path
        parts = _stem(path).split("/")
        is_below = any("/".join(parts[:end]) in self._stems for end in range(1, len(parts) + 1))
        return is_below or normpath("/" + unquote(path)).strip("/") in self._files

    def without(self, nav: Any) -> Any:
        """*nav*, as the settings write it, without what leads there nor the sections it empties."""
        if isinstance(nav, str):
            return None if self.has(nav) else nav
        if isinstance(nav, list):
            return [kept for each in nav if (kept := self.without(each)) not in (None, {}, [])]
        if isinstance(nav, dict):
            kept = {title: self.without(each) for title, each in nav.items()}
            return {title: each for title, each in kept.items() if each not in (None, {}, [])}
        return nav


def _stem(address: str) -> str:
    path = normpath("/" + unquote(address)).strip("/")
    for ending in ENDINGS:
        path = path.removesuffix(ending)
    return path

"""What the club works out below the words of a page: an index, the home page, a report, a tag."""

from __future__ import annotations

from collections.abc import Mapping

from club.publish.pages.computed import Computed
from club.publish.pages.site import Site


class Below:
    """Writes what stands below the words of the pages of one site."""

    def __init__(
        self, site: Site, computed: Mapping[str, Computed], in_navigation: frozenset[str]
    ) -> None:
        """*computed* are the pages to work out, by path; the navigation leads to some pages."""
        self._site = site
        self._computed = computed
        self._in_navigation = in_navigation

    def html(self, src_uri: str, url: str) -> tuple[str, list[tuple[str, str]]]:
        """The HTML to add to the page *src_uri*, and the headings of a collection's index."""
        folder, _, name = src_uri.rpartition("/")
        if name == "index.md" and folder in self._site.graph.registry.collections:
            return self._site.index_html(folder)
        if src_uri == "index.md":
            return self._site.home_html(), []
        if computed := self._computed.get(src_uri):
            return self._site.computed_html(computed, url, self._in_navigation), []
        return "", []

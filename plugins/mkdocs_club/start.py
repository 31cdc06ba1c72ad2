"""What a page of Material loads at its start: of the theme's script nothing, if it can do without.

`theme.js` does what the club's pages ask of it; where the search is the theme's, `theme-search.js`
sends for the theme's script at the first one. What neither does makes it load at once, as ever.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

CLUB_SCRIPT = "assets/club/club.js"
THEME_SCRIPT = "assets/club/theme.js"
THEME_SEARCH = "assets/club/theme-search.js"
SCRIPTS = (THEME_SCRIPT, CLUB_SCRIPT, THEME_SEARCH)
STYLE = "assets/club/club.css"

DONE = {
    *("navigation.tabs", "navigation.tabs.sticky", "navigation.indexes", "navigation.sections"),
    *("navigation.expand", "navigation.path", "navigation.prune", "navigation.top"),
    *("navigation.footer", "toc.follow", "toc.integrate", "content.action.edit"),
    *("content.action.view", "search.suggest", "search.highlight", "search.share"),
}
"""The features of Material that need no script of its own before the first search."""
OF_CONTENT = {
    "content.code.": "<pre",
    "content.tabs.": "tabbed-set",
    "content.footnote.": "footnote-ref",
}
"""Those that need it, by how they begin, only where a page holds such a thing."""
OF_EXTRA = ("alternate", "analytics", "annotate", "consent", "version")
BUNDLE = re.compile(
    r"""<script\s+src=(["']?)([^\s"'>]*assets/javascripts/bundle\.\w+\.min\.js)\1\s*></script>"""
)
NEEDING = re.compile(
    r"""class=["']?[^"'>]*\b(?:tabbed-set|mermaid|annotate|glightbox)\b|\bdata-(?:tabs|preview)\b"""
    r"""|\b(?:document|location|target|keyboard|viewport|component|alert)\$"""
    r"""|<script\b[^>]*\ssrc=["']?+(?![^"'>\s]*assets/(?:club|javascripts)/)"""
)
"""What the theme's script acts upon in a page, and scripts of others, which may call it."""
SIGNS = (
    *("tabbed-set", "mermaid", "annotate", "glightbox", "data-tabs", "data-preview"),
    *("$", "<script"),
)
"""Without one of them, a page holds nothing of that: most pages are known by it."""
SHEET = re.compile(r"""(?<=[/"'=])(assets/stylesheets/(?:main|palette))\.\w{8}\.min\.css""")
OURS = re.compile(r"""(?<=[/"'=])assets/club/club\.css""")
TO_COME = "00000000"
"""Where the hash of a style sheet will stand, once every page is there."""


def scripts(*, is_material: bool, has_search: bool) -> tuple[str, ...]:
    """Our scripts on every page, in their order; the theme's search has one if ours is not there.

    Another theme has no use for those that stand for scripts of Material.
    """
    if not is_material:
        return (CLUB_SCRIPT,)
    return (THEME_SCRIPT, CLUB_SCRIPT) if has_search else SCRIPTS


class Start:
    """How the pages of one site start."""

    def __init__(self, config: MkDocsConfig, *, is_pruned: bool) -> None:
        """*is_pruned*: whether the style sheets that pages name will be those of `sheets.py`."""
        self._is_pruned = is_pruned
        self._features = {str(each) for each in config.theme.get("features") or ()}
        self._is_whole = any(_reasons(config, self._features))

    def needs_all(self, html: str) -> bool:
        """Whether a page that holds *html* needs the theme's script from its start."""
        parts = (part for start, part in OF_CONTENT.items() if self._has(start))
        if self._is_whole or any(part in html for part in parts):
            return True
        return any(sign in html for sign in SIGNS) and NEEDING.search(html) is not None

    def applied(self, html: str, *, needs_all: bool = False) -> str:
        """*html*, a whole page of Material, as it starts; any other page as it is."""
        bundle = BUNDLE.search(html)
        if bundle is None or needs_all or self.needs_all(html):
            return html
        later = {"script": bundle[2]}
        if self._is_pruned and (main := re.search(r"""[^"'=]*/main\.\w{8}\.min\.css""", html)):
            later["style"] = main[0]
            html = SHEET.sub(rf"\1.{TO_COME}.css", html)
            html = OURS.sub(f"assets/club/club.{TO_COME}.css", html)
        said = json.dumps(later).replace("<", "\\u003c")
        data = f'<script id="club-later" type="application/json">{said}</script>'
        return BUNDLE.sub(lambda _: data, html, count=1)

    def _has(self, start: str) -> bool:
        return any(each.startswith(start) for each in self._features)


def _reasons(config: MkDocsConfig, features: set[str]) -> list[object]:
    """Why every page of the site needs the theme's script from its start."""
    templates = Path(config.theme.custom_dir).rglob("*.html") if config.theme.custom_dir else ()
    return [
        *(each for each in features - DONE if not each.startswith((*OF_CONTENT,))),
        *(each for each in OF_EXTRA if config.extra.get(each)),
        *(each for each in map(str, config.extra_javascript) if each not in SCRIPTS),
        *templates,
    ]

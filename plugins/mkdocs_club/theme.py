"""The theme, asked for a page that the club wrote as MkDocs asks it for one of its own."""

from __future__ import annotations

import logging
from html import escape
from pathlib import Path

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from club.publish.html.render import RenderedPage
from club.publish.words.typography import unbroken
from mkdocs_club.policy import Policy, inline_scripts
from mkdocs_club.start import Start

log = logging.getLogger("mkdocs.plugins.club")
INSTANT = "navigation.instant"
IN_MATERIAL = "partials/palette.html"


def add_templates(config: MkDocsConfig, folder: Path) -> bool:
    """Puts the templates in *folder* before those of Material; whether the theme is made of it.

    What the club's own `custom_dir` says still comes first; other themes stay as they are.
    """
    dirs = config.theme.dirs
    own = config.theme.custom_dir
    is_material = any(Path(each, IN_MATERIAL).exists() for each in dirs if each != own)
    if is_material:
        dirs.insert(dirs.index(own) + 1 if own in dirs else 0, str(folder))
    return is_material


def drop_instant(config: MkDocsConfig) -> list[str]:
    """Takes out of the features those that swap pages without loading them; gives their names.

    What our scripts add to a page, they add as it loads.
    """
    features = [str(each) for each in config.theme.get("features") or ()]
    dropped = [each for each in features if each.startswith(INSTANT)]
    if dropped:
        config.theme["features"] = [each for each in features if each not in dropped]
    return dropped


class WrittenPage(Page):
    """A page that the club writes, for the hooks that go through every page."""


class Theme:
    """What MkDocs needs to render a page."""

    def __init__(
        self,
        env: Environment,
        config: MkDocsConfig,
        nav: Navigation,
        files: Files,
        policy: Policy,
        start: Start,
    ) -> None:
        """As MkDocs gives them to its plugins; *policy* and *start* are those of every page."""
        self._policy = policy
        self._start = start
        self._env = env
        self._config = config
        self._nav = nav
        self._files = files
        self._in_nav = {each.file.src_uri: each for each in nav.pages}
        self._scripts: dict[str, frozenset[str]] = {}
        self._refused: set[str] = set()

    def html(self, rendered: RenderedPage, base_url: str | None = None) -> str:
        """The theme's page around what is *rendered*, as seen from *base_url* if that is given."""
        page = self._page(rendered)
        section = self._in_nav.get(page.file.src_uri) or self._index_of(rendered.collection)
        page.parent = section.parent if section else None
        page.active = True
        if section:
            section.active = True
        try:
            context = get_context(self._nav, self._files, self._config, page)
            if base_url is not None:
                context["base_url"] = base_url
            template = self._env.get_template("main.html")
            context = self._config.plugins.on_page_context(
                context, page=page, config=self._config, nav=self._nav
            )
            return template.render(context)
        finally:
            page.active = False
            if section:
                section.active = False

    def _index_of(self, collection: str) -> Page | None:
        index = self._files.get_file_from_path(f"{collection}/index.md")
        return index.page if index else None

    def is_in_nav(self, url: str) -> bool:
        """Whether the navigation itself leads to the page at *url*."""
        return f"{url.rstrip('/')}.md" in self._in_nav

    @property
    def is_last(self) -> bool:
        """Whether no other plugin changes a page once it is rendered."""
        return len(self._config.plugins.events["post_page"]) < 2

    def finished(self, html: str, rendered: RenderedPage) -> str:
        """The *html* of a page after the other plugins."""
        if self.is_last:
            return html
        page = self._page(rendered)
        return str(self._config.plugins.on_post_page(html, page=page, config=self._config))

    def needs_all(self, html: str) -> bool:
        """Whether a page that holds *html* needs the theme's whole script from its start."""
        return self._start.needs_all(html)

    def ready(self, html: str, base_url: str, *, needs_all: bool = False) -> str:
        """*html* with what it loads at its start, and its policy.

        The policy lets only the scripts of the theme itself run.
        """
        html = self._start.applied(html, needs_all=needs_all)
        if self._policy.runs_any_script:
            return self._policy.applied(html)
        found, known = set(inline_scripts(html)), self._known(base_url)
        for script in found - known - self._refused:
            self._refused.add(script)
            log.info("A script of a page is none of the theme’s and will not run: %.60s…", script)
        return self._policy.applied(html, found & known)

    def _known(self, base_url: str) -> frozenset[str]:
        """The scripts that the theme writes in a page at *base_url* that says nothing."""
        if base_url not in self._scripts:
            empty = RenderedPage("club/", "", "", "", (), "", "")
            html = self.finished(self.html(empty, base_url), empty)
            self._scripts[base_url] = frozenset(inline_scripts(html))
        return self._scripts[base_url]

    def _page(self, rendered: RenderedPage) -> Page:
        file = File(
            f"{rendered.url.rstrip('/')}.md",
            src_dir=None,
            dest_dir=self._config.site_dir,
            use_directory_urls=True,
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        title = escape(rendered.title)
        page = WrittenPage(title, file, self._config)
        page.content = rendered.html
        page.meta = {
            "description": escape(rendered.description),
            "title": title,
            "search": {"exclude": True},
        }
        if rendered.is_wide:
            page.meta["hide"] = ["navigation", "toc"]
        page.toc = _contents(title, rendered)
        page.edit_url = escape(rendered.edit_url) or None
        return page


def _contents(title: str, rendered: RenderedPage) -> TableOfContents:
    if not rendered.contents:
        return TableOfContents([])
    top = AnchorLink(title, "top", 1)
    top.children = [
        AnchorLink(escape(unbroken(words)), escape(id), 2) for id, words in rendered.contents
    ]
    return TableOfContents([top])

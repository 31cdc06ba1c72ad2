"""The theme's page rendered once for each shape, with slots; a record then costs a join."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from club.publish.html.render import RenderedPage

TITLE, BODY, DESCRIPTION = "clubslottitle", "clubslotbody", "clubslotdescription"
EDIT, ITEM_ID, ITEM_TITLE = "https://clubslotedit.invalid/", "clubslotitemid", "clubslotitemtitle"
NAME = "clubslotname"
HAS_TITLE = "<!--<h1-->"
SLOTS = re.compile("|".join(re.escape(each) for each in (TITLE, BODY, DESCRIPTION, EDIT, NAME)))
ITEM = re.compile(r"<li\b(?:(?!<li\b).)*?" + ITEM_ID + r".*?</li>", re.DOTALL)


class Shell:
    """One shape of page, cut at its slots."""

    def __init__(self, html: str) -> None:
        """*html* is the theme's page rendered with the slots in place."""
        html = html.replace(HAS_TITLE, "")
        found = ITEM.search(html)
        self._item = found[0] if found else ""
        html = ITEM.sub("\0", html)
        self._pieces: list[str] = []
        self._names: list[str] = []
        end = 0
        for slot in re.finditer(SLOTS.pattern + "|\0", html):
            self._pieces.append(html[end : slot.start()])
            self._names.append(slot[0])
            end = slot.end()
        self._pieces.append(html[end:])

    def fill(self, page: RenderedPage, name: str) -> str:
        """The whole page; *name* is the last part of its address under the shape's folder."""
        values = {
            TITLE: escape(page.title, quote=True),
            BODY: page.html,
            DESCRIPTION: escape(page.description, quote=True),
            EDIT: escape(page.edit_url, quote=True),
            NAME: name,
            "\0": "".join(
                self._item.replace(ITEM_ID, escape(id)).replace(ITEM_TITLE, escape(title))
                for id, title in page.contents
            ),
        }
        parts = [self._pieces[0]]
        for slot, piece in zip(self._names, self._pieces[1:], strict=True):
            parts += (values[slot], piece)
        return "".join(parts)


class Shells:
    """The shells of a site, made when they are first needed."""

    def __init__(
        self, env: Environment, config: MkDocsConfig, nav: Navigation, files: Files
    ) -> None:
        """What MkDocs needs to render a page."""
        self._env = env
        self._config = config
        self._nav = nav
        self._files = files
        self._shells: dict[tuple[Any, ...], Shell] = {}

    def fill(self, page: RenderedPage) -> str:
        """The whole HTML of *page*."""
        folder, _, name = page.url.rstrip("/").rpartition("/")
        key = (page.collection, folder, bool(page.edit_url), page.is_wide, bool(page.contents))
        if key not in self._shells:
            self._shells[key] = Shell(self._render(page, folder))
        return self._shells[key].fill(page, name)

    def _render(self, like: RenderedPage, folder: str) -> str:
        config = self._config
        file = File(
            f"{folder}/{NAME}.md".removeprefix("/"),
            src_dir=None,
            dest_dir=config.site_dir,
            use_directory_urls=True,
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        page = Page(TITLE, file, config)
        # Material adds a title of its own to a page without one; the body brings it.
        page.content = BODY + HAS_TITLE
        page.meta = {"description": DESCRIPTION, "title": TITLE, "search": {"exclude": True}}
        if like.is_wide:
            page.meta["hide"] = ["navigation", "toc"]
        page.toc = TableOfContents([])
        if like.contents:
            top = AnchorLink(TITLE, "top", 1)
            top.children = [AnchorLink(ITEM_TITLE, ITEM_ID, 2)]
            page.toc = TableOfContents([top])
        page.edit_url = EDIT if like.edit_url else None
        index = self._files.get_file_from_path(f"{like.collection}/index.md")
        section = index.page if index else None
        page.parent = section.parent if section else None
        page.active = True
        if section:
            section.active = True
        try:
            context = get_context(self._nav, self._files, config, page)
            template = self._env.get_template("main.html")
            context = config.plugins.on_page_context(
                context, page=page, config=config, nav=self._nav
            )
            html = template.render(context)
            return str(config.plugins.on_post_page(html, page=page, config=config))
        finally:
            page.active = False
            if section:
                section.active = False

"""The theme's page rendered once for each shape, with slots; a record then costs a join."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from mkdocs.utils import get_relative_url

from club.publish.html.render import RenderedPage
from mkdocs_club.slots import Spot, spots
from mkdocs_club.theme import Theme

MARK = "clubslot"
"""In every slot once, and nowhere else: what the theme has altered is still recognised by it."""
TITLE, BODY, DESCRIPTION, NAME = (f"{MARK}{each}" for each in ("title", "body", "about", "name"))
EDIT = f"https://{MARK}edit.invalid/"
ITEMS = tuple((f"{MARK}id{each}", f"{MARK}heading{each}") for each in "abc")
CONTENTS = "\0"
SLOT = re.compile("|".join((TITLE, BODY, DESCRIPTION, NAME, re.escape(EDIT), *sum(ITEMS, ()))))
CUT = re.compile("(" + "|".join((TITLE, BODY, DESCRIPTION, NAME, re.escape(EDIT), CONTENTS)) + ")")
# Of three items: what is inside the first, what is between two, then the same again.
THREE_ITEMS = re.compile("{}(.*?){}(.*?){}\\1{}\\2{}\\1{}".format(*sum(ITEMS, ())), re.DOTALL)
HAS_TITLE = "<!--<h1-->"
"""Material adds a title of its own to a page without one; the body brings it."""


def slotted(like: RenderedPage) -> RenderedPage:
    """A page of the shape of *like*, with slots for values."""
    folder, _ = _split(like)
    return RenderedPage(
        f"{folder}/{NAME}/".removeprefix("/"),
        like.collection,
        TITLE,
        BODY + HAS_TITLE,
        ITEMS if like.contents else (),
        DESCRIPTION,
        EDIT if like.edit_url else "",
        like.is_wide,
    )


def _split(page: RenderedPage) -> tuple[str, str]:
    """The folder of *page* and the last part of its address."""
    folder, _, name = page.url.rstrip("/").rpartition("/")
    return folder, name


class Shell:
    """One shape of page, cut at its slots."""

    def __init__(self, html: str) -> None:
        """*html* is the theme's page rendered with the slots in place."""
        html = html.replace(HAS_TITLE, "")
        items = {match.groups() for match in THREE_ITEMS.finditer(html)}
        self._inside, self._between = min(items, default=("", ""))
        self._pieces = CUT.split(THREE_ITEMS.sub(CONTENTS, html))
        self.is_sound = (
            len(items) < 2
            and _takes_words(html)
            and not any(MARK in piece for piece in self._pieces[::2])
        )

    def fill(self, page: RenderedPage) -> str:
        """The whole page."""
        values = {
            TITLE: escape(page.title),
            BODY: page.html,
            DESCRIPTION: escape(page.description),
            EDIT: escape(page.edit_url),
            NAME: escape(_split(page)[1]),
            CONTENTS: self._between.join(
                f"{escape(id)}{self._inside}{escape(heading)}" for id, heading in page.contents
            ),
        }
        pieces = self._pieces.copy()
        pieces[1::2] = [values[slot] for slot in pieces[1::2]]
        return "".join(pieces)


def _takes_words(html: str) -> bool:
    """Whether each slot of *html* stands where what fills it can only be data."""
    safe = [
        (slot[0], spot)
        for start, end, spot in spots(html)
        for slot in SLOT.finditer(html, start, end)
    ]
    every = html.lower().count(MARK)
    return len(safe) == every and (BODY, Spot.WORDS) not in safe


class Shells:
    """The shells of a site, made when they are first needed."""

    def __init__(self, theme: Theme) -> None:
        """*theme* renders each shape once."""
        self._theme = theme
        self._shells: dict[tuple[Any, ...], Shell] = {}

    def fill(self, page: RenderedPage) -> str:
        """The whole HTML of *page*, which other plugins see only once it is filled.

        A theme that writes a title into a script, or elsewhere than a slot may stand, renders each
        page whole.
        """
        base_url = get_relative_url(".", page.url)
        if self._theme.is_in_nav(page.url):  # its place there is its own: no other page has it
            html = self._theme.finished(self._theme.html(page), page)
            return self._theme.ready(html, base_url)
        folder, _ = _split(page)
        needs_all = self._theme.needs_all(page.html)
        shape = (bool(page.edit_url), page.is_wide, bool(page.contents), needs_all)
        key = (page.collection, folder, *shape)
        if key not in self._shells:
            html = self._theme.html(slotted(page))
            is_done = self._theme.is_last  # else the others may change its scripts
            if is_done:
                html = self._theme.ready(html, base_url, needs_all=needs_all)
            self._shells[key] = Shell(html)
        shell = self._shells[key]
        if shell.is_sound and self._theme.is_last:
            return shell.fill(page)
        html = shell.fill(page) if shell.is_sound else self._theme.html(page)
        return self._theme.ready(self._theme.finished(html, page), base_url)

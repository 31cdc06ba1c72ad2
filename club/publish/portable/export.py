"""The whole folder: settings, pages, what stands beside them, and the data."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from club.model.folder import DOCS
from club.model.graph import Graph
from club.model.record import Audience
from club.publish.charts.charts import Charts
from club.publish.data.calendar import Calendars
from club.publish.data.dossier import dossiers
from club.publish.data.exports import export_files
from club.publish.data.feeds import Feeds
from club.publish.data.redirects import redirect_html, redirects
from club.publish.html.render import Renderer
from club.publish.html.wiki import WikiConverter
from club.publish.pages.computed import computed_pages
from club.publish.pages.hidden import Hidden
from club.publish.pages.sheets import sheet_files
from club.publish.pages.site import Site
from club.publish.pages.withheld import withheld_of
from club.publish.portable.body import markdown_body
from club.publish.portable.pages import PortablePage, PortablePages
from club.publish.portable.settings import portable_settings
from club.publish.words.changelog import Changelog
from club.publish.words.forge import Forge
from club.publish.words.language import Words
from club.publish.write import place, write
from club.read.load import Club

SETTINGS = "mkdocs.yml"
PAGES = {".md", ".markdown", ".mdown", ".mkdn", ".mkd"}
"""What generators take for a page: those of the club are written anew, no other is."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What is exported of *club*, for whom, as of which day and with which settings.

    *graph* is what *audience* may read, *changelog* what it may know of the past; *config* is
    what the club's `mkdocs.yml` says, *in_navigation* the pages its `nav` names; *assets* is the
    folder of our style sheet, *time_zone* that of hours whose own is not written. Without
    *charts*, the tables of pictures stand alone.
    """

    club: Club
    graph: Graph
    audience: Audience
    words: Words
    changelog: Changelog | None
    forge: Forge | None
    config: Mapping[str, Any]
    in_navigation: frozenset[str]
    today: date
    assets: Path
    time_zone: str = ""
    charts: Charts | None = None

    @property
    def pages(self) -> PortablePages:
        """Every page of the club."""
        renderer = Renderer(
            self.club.folder.registry,
            self.words.language,
            self.forge,
            site_url=site_url_of(self),
        )
        renderer.charts = self.charts
        extensions = self.config.get("markdown_extensions") or ()
        return PortablePages(
            Site(self.graph, renderer, self.changelog),
            WikiConverter(self.graph, self.club.graph, self.words, extensions),
            computed_pages(self.graph, self.forge, self.today),
            self.in_navigation,
            self.audience,
            self.club.folder.docs,
        )


def export(wanted: Publication, folder: Path) -> None:
    """Writes under *folder* everything that is *wanted*."""
    docs = folder / DOCS
    own = wanted.club.folder
    withheld = withheld_of(own, wanted.club.graph, wanted.graph)
    beside = (e for e in _files(own.root / own.docs) if own.publishes(e.as_posix()))
    _copy(own.root / own.docs, docs, (each for each in beside if each.as_posix() not in withheld))
    _copy(wanted.assets, docs / "assets/club", _files(wanted.assets))
    urls = {_write_page(docs, page) for page in wanted.pages}
    hidden = Hidden(wanted.club.graph, wanted.graph, site_url_of(wanted), withheld)
    config = {**wanted.config, "nav": hidden.without(wanted.config.get("nav"))}
    write(folder, SETTINGS, portable_settings(config, urls))
    _write_data(docs, wanted)


def site_url_of(wanted: Publication) -> str:
    """Where the site stands, or nothing."""
    return str(wanted.config.get("site_url") or "")


def _write_page(docs: Path, page: PortablePage) -> str:
    front = yaml.safe_dump(dict(page.front), allow_unicode=True, sort_keys=False, width=10_000)
    write(docs, f"{page.url}index.md", f"---\n{front}---\n\n{markdown_body(page.html)}")
    return page.url


def _write_data(docs: Path, wanted: Publication) -> None:
    """What the site has beside its pages: old addresses, feeds, data and their schemas."""
    graph, words = wanted.graph, wanted.words
    site_url = site_url_of(wanted)
    name = str(wanted.config.get("site_name") or "")
    for redirect in redirects(graph):
        if not place(docs, redirect.url.rstrip("/")).exists():
            write(docs, f"{redirect.url}index.html", redirect_html(redirect, words, site_url))
    if wanted.changelog is not None:
        for path, content in Feeds(wanted.changelog, graph, words, site_url, name).files():
            write(docs, path, content)
    export_files(graph, words, docs)
    tables = Site(graph, Renderer(graph.registry, words.language)).sheets()
    sheets = sheet_files(tables, words, site_url, wanted.today)
    changelog = wanted.changelog
    timeline = changelog.timeline if changelog and changelog.is_known else None
    calendars = Calendars(graph, words, name, site_url, wanted.time_zone, timeline)
    files = (*calendars.files(), *dossiers(graph, words, name, site_url, wanted.charts))
    for path, data in (*files, *sheets):
        write(docs, path, data)


def _copy(source: Path, target: Path, files: Iterable[Path]) -> None:
    """Copies the *files* of *source*."""
    for path in files:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / path, target / path)


def _files(folder: Path) -> Iterator[Path]:
    """What stands beside the pages of *folder*."""
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder)
        if file.is_file() and file.suffix.lower() not in PAGES:
            yield path

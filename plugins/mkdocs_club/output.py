"""What the club writes into the site: pages, search entries, addresses in the site map."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar
from urllib.parse import urljoin

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_build_date

from club.model.message import Message
from club.model.record import Record
from club.model.view import PageView
from club.publish.data.redirects import Redirect, redirect_html
from club.publish.data.search_index import Entry, entry, json_of
from club.publish.html.render import RenderedPage
from club.publish.pages.addresses import Addresses, Writer
from club.publish.pages.search import completed, search_entries, settings
from club.publish.pages.site import Site
from club.publish.parallel import in_two_processes
from club.publish.words.language import Words
from club.publish.write import place, write
from club.read.progress import throttled
from mkdocs_club.shell import Shells

log = logging.getLogger("mkdocs.plugins.club")
T = TypeVar("T")


Found = Entry | str | None
"""What a search finds of a page: ready for the club's own index, or JSON for the theme's."""


def write_pages(
    site: Site, other: Iterable[PageView], shells: Shells, folder: Path
) -> list[tuple[str, Found]]:
    """Writes every page of the club under *folder*; gives the collection of each that is a record.

    And what a search finds of it.
    """
    subjects: list[Record | PageView] = [*site.records(), *other]
    words = site.renderer.words

    def write(some: Sequence[Record | PageView]) -> list[Found]:
        written: list[Found] = []
        for subject in with_progress(some, len(subjects)):
            page = site.page(subject)
            _write(folder, page, shells)
            if site.has_search:
                found = site.document(subject, page)
                written.append(entry(found) if found else None)
            else:
                written.append(",".join(json_of(each) for each in search_entries(page, words)))
        return written

    collections = [each.collection if isinstance(each, Record) else "" for each in subjects]
    return list(zip(collections, in_two_processes(write, subjects), strict=True))


def _write(folder: Path, page: RenderedPage, shells: Shells) -> None:
    write(folder, f"{page.url}index.html", shells.fill(page))


def write_redirects(some: Iterable[Redirect], words: Words, site_url: str, folder: Path) -> None:
    """Writes a page at each old address under *folder*, unless something stands there."""
    for redirect in some:
        path = f"{redirect.url}index.html"
        if not place(folder, path).exists():
            write(folder, path, redirect_html(redirect, words, site_url))


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Writes *files* under *folder*, by their path from it."""
    for path, data in files.items():
        write(folder, path, data)


def with_progress(some: Sequence[T], total: int) -> Iterator[T]:
    """*some* of *total* as they come, with a line in the log whenever two seconds have gone by.

    The others are done at the same pace by a second process.
    """
    report = throttled(
        lambda count: log.info("Records: %d of %d pages", count * total // len(some), total)
    )
    for count, each in enumerate(some, 1):
        yield each
        report(count)


def add_to_search(folder: Path, entries: Iterable[tuple[str, Found]], site: Site) -> None:
    """Completes the index that the search plugin wrote, if there is one."""
    path = folder / "search" / "search_index.json"
    if not path.exists():
        return
    index = json.loads(path.read_text("utf-8"))
    docs = index.pop("docs")
    index["config"] = settings(index["config"])
    words = site.renderer.words
    for kind in site.graph.registry.kinds:
        title = site.index_title(kind.collection)
        text = words.say(Message(kind.intro))
        docs.append({"location": f"{kind.collection}/", "title": title, "text": text})
    # The entries are as large as the club: they are joined, never parsed again.
    said = (each for _, each in entries if isinstance(each, str) and each)
    every = ",".join([*(json_of(completed(each)) for each in docs), *said])
    path.write_text(f'{json_of(index)[:-1]},"docs":[{every}]}}', "utf-8")


def add_to_sitemap(output: str, config: MkDocsConfig, addresses: Addresses) -> str:
    """The site map with the pages that MkDocs does not know."""
    day = get_build_date()
    added = "".join(
        f"    <url>\n         <loc>{escape(urljoin(config.site_url or '', each.url))}</loc>\n"
        f"         <lastmod>{day}</lastmod>\n    </url>\n"
        for each in addresses.of(Writer.RECORD, Writer.VIEW)
    )
    return output.replace("</urlset>", f"{added}</urlset>")

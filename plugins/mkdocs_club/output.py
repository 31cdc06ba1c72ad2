"""What the club writes into the site: pages, search entries, addresses in the site map."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_build_date

from club.model.message import Message
from club.publish.render import RenderedPage
from club.publish.site import Site, search_entries
from club.records.registry import KINDS
from mkdocs_club.shell import Shells

log = logging.getLogger("mkdocs.plugins.club")
SECONDS_BETWEEN_REPORTS = 2.0


def write_pages(
    site: Site, other: Iterable[RenderedPage], shells: Shells, folder: Path
) -> list[dict[str, Any]]:
    """Writes every page of the club under *folder*; gives their search entries."""
    entries: list[dict[str, Any]] = []
    for page in with_progress(site.record_pages(), site.record_count()):
        entries += search_entries(page)
        _write(folder, page, shells)
    for page in other:
        _write(folder, page, shells)
    return entries


def _write(folder: Path, page: RenderedPage, shells: Shells) -> None:
    target = folder / page.url / "index.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(shells.fill(page).encode("utf-8"))


def with_progress(pages: Iterable[RenderedPage], total: int) -> Iterator[RenderedPage]:
    """*pages* as they come, with a line in the log whenever two seconds have gone by."""
    reported = time.monotonic()
    for count, page in enumerate(pages, 1):
        yield page
        now = time.monotonic()
        if now - reported >= SECONDS_BETWEEN_REPORTS:
            reported = now
            log.info("Records: %d of %d pages", count, total)


def add_to_search(folder: Path, entries: list[dict[str, Any]], site: Site) -> None:
    """Completes the index that the search plugin wrote, if there is one."""
    path = folder / "search" / "search_index.json"
    if not path.exists():
        return
    index = json.loads(path.read_text("utf-8"))
    words = site.renderer.words
    for kind in KINDS:
        title = site.index_title(kind.collection)
        text = words.say(Message(kind.intro))
        index["docs"].append({"location": f"{kind.collection}/", "title": title, "text": text})
    index["docs"] += entries
    path.write_text(json.dumps(index, separators=(",", ":"), ensure_ascii=False), "utf-8")


def add_to_sitemap(
    output: str, config: MkDocsConfig, site: Site, other: Iterable[RenderedPage]
) -> str:
    """The site map with the pages that MkDocs does not know."""
    day = get_build_date()
    urls = [f"{record.collection}/{record.id}/" for record in site.graph]
    urls += [page.url for page in other]
    added = "".join(
        f"    <url>\n         <loc>{escape(urljoin(config.site_url or '', url))}</loc>\n"
        f"         <lastmod>{day}</lastmod>\n    </url>\n"
        for url in urls
    )
    return output.replace("</urlset>", f"{added}</urlset>")

"""What a link may call a record or a wiki page: its id, its address, its former ones, its title."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from urllib.parse import unquote

from club.model.markup import folded
from club.model.record import Record

TABLES, TABLE_SUFFIX = "data/tables", ".csv"
"""Where the tables that records name are kept, and in which form."""
PAGE_SUFFIX = ".md"
INDEXES = ("index.md", "README.md")


def page_address(src_uri: str) -> str:
    """The address of a page without its last slash: `guides/connexion`, `guides`, or nothing."""
    folder, _, name = src_uri.rpartition("/")
    return folder if name in INDEXES else src_uri.removesuffix(PAGE_SUFFIX)


def page_of(record: Record) -> str:
    """The path of the page of *record*, inside the folder of pages."""
    return record.id if record.is_page else f"{record.key}{PAGE_SUFFIX}"


def file_target(src_uri: str, href: str) -> str:
    """What the relative link *href* of the page *src_uri* names, as a path inside `docs/`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(src_uri), unquote(href)))


def file_href(src_uri: str, target: str) -> str:
    """The relative link of the page *src_uri* to the file *target*, with no space in it."""
    return posixpath.relpath(target, posixpath.dirname(src_uri) or ".").replace(" ", "%20")


def is_hidden(path: str) -> bool:
    """Whether *path* is left out because a name in it starts with a dot."""
    return any(part.startswith(".") for part in path.split("/"))


class Names:
    """Every name of *records* and pages; one that several share leads to all of them."""

    def __init__(self, records: Iterable[Record]) -> None:
        """Indexes ids, aliases and addresses; titles are indexed when one is first asked for."""
        self._records: dict[str, Record] = {}
        self._pages: dict[str, Record] = {}
        self._former_pages: dict[str, Record] = {}
        self._aliases: dict[str, Record] = {}
        for record in records:
            if record.is_page:
                self._pages[record.id] = record
                self._pages.setdefault(page_address(record.id) or "index", record)
                self._former_pages.update(dict.fromkeys(record.aliases, record))
            else:
                self._records[record.id] = record
                self._aliases.update(dict.fromkeys(record.aliases, record))

    def record(self, id: str) -> Record | None:
        """The record whose id or alias is *id*."""
        return self._records.get(id) or self._aliases.get(id)

    def page(self, name: str) -> Record | None:
        """The wiki page whose file, address or former address is *name*."""
        return self._pages.get(name) or self._former_pages.get(name.removesuffix(PAGE_SUFFIX))

    def file(self, path: str) -> Record | None:
        """What stands at *path* inside `docs/`: a wiki page, or the page of a record."""
        if path in self._pages:
            return self._pages[path]
        collection, _, name = path.rpartition("/")
        record = self.record(name.removesuffix(PAGE_SUFFIX))
        return record if record is not None and record.collection == collection else None

    def named(self, name: str) -> tuple[Record, ...]:
        """What the link `[[name]]` leads to: an id first, then an address, then titles."""
        found = self.record(name) or self.page(name)
        if found is None and "/" in name:
            found = self.file(name)
        return (found,) if found is not None else tuple(self._by_title.get(folded(name), ()))

    @cached_property
    def _by_title(self) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = defaultdict(list)
        pages = {record.id: record for record in self._pages.values()}
        for record in (*self._records.values(), *pages.values()):
            found[folded(record.title_text)].append(record)
        return dict(found)

    @property
    def ids(self) -> Iterable[str]:
        """Every id and address, of today and of before."""
        return [*self._records, *self._aliases, *self._pages, *self._former_pages]

    @property
    def titles(self) -> Iterable[str]:
        """The title of every record and page."""
        return [each.title_text for each in (*self._records.values(), *self._pages.values())]

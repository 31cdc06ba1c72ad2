"""Links and pictures that lead nowhere, told where they are written.

MkDocs resolves those of pages from the file, and tells only then; those of records lead where a
browser goes from the page of the record.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from club.model import structure_rules as rules
from club.model.graph import TEXT, Node
from club.model.markup import anchors
from club.model.names import PAGE_SUFFIX, file_href, file_target, page_address, page_of
from club.model.problem import Problem, nearest
from club.model.record import Record
from club.model.source import Key, Keys
from club.model.targets import leads_to, placed_addresses
from club.model.viewing import url_of
from club.publish.pages.addresses import Writer, addresses, beside
from club.publish.pages.computed import REPORT, TAGS
from club.read.load import Club
from club.read.settings import Settings
from club.read.texts import place_in, texts_of_node


def check_links(club: Club) -> Iterator[Problem]:
    """Each relative link or picture of a text that leads to nothing of the site."""
    there = _There(club)
    for node in club.graph.nodes:
        for text, keys in texts_of_node(node):
            for start, address in placed_addresses(text):
                if found := there.fault(node, text, address):
                    message, near, about = found
                    yield rules.DEAD_LINK.problem(
                        place_in(node, keys, text, start),
                        message,
                        nearest=near,
                        record=node.record.key,
                        found=address,
                        **about,
                    )


def check_navigation(club: Club, settings: Settings) -> Iterator[Problem]:
    """Each page that the navigation or the foot of every page names is there."""
    there = _There(club)
    footer = settings.club.get("footer")
    for name, said in (("nav", settings.config.get("nav")), ("extra.club.footer", footer)):
        for keys, path in _named(said, tuple(name.split("."))):
            is_elsewhere = urlsplit(path).scheme or path.startswith("/") or not path
            if not is_elsewhere and normalize("NFC", path) not in there.files:
                yield rules.DEAD_LINK.problem(
                    settings.place(keys),
                    rules.DEAD_NAVIGATION,
                    nearest=nearest(path, there.pages),
                    found=path,
                    name=name,
                )


def _named(said: Any, keys: Keys) -> Iterator[tuple[Keys, str]]:
    """Each text that *said* holds, at any depth, with the keys that lead to it."""
    items: list[tuple[Key, Any]] = []
    if isinstance(said, str):
        yield keys, said
    elif isinstance(said, dict):
        items = [(str(key), value) for key, value in said.items()]
    elif isinstance(said, list):
        items = list(enumerate(said))
    for key, value in items:
        yield from _named(value, (*keys, key))


MOST_HELPED = 50
"""How many dead links are told with what is nearest: to find it takes as long as the club is."""

Fault = tuple[str, tuple[str, ...], dict[str, Any]]


class _There:
    """What the site has: addresses, files as links name them, anchors of pages."""

    def __init__(self, club: Club) -> None:
        self._graph, self._folder = club.graph, club.folder
        self._site_url = club.folder.named.site_url
        table = addresses(club.graph, is_sound=not club.stopping).every
        every = [*table, *beside(club.folder)]
        self._urls = {normalize("NFC", each.url) for each in every}
        self._made = {each.about for each in table if each.writer is Writer.INDEX}
        self.files = self._files
        self._anchors: dict[str, set[str]] = {}
        self._nearest: dict[str, tuple[str, ...]] = {}

    @property
    def _files(self) -> set[str]:
        """The paths inside the folder of pages that MkDocs takes for those of files."""
        found = {each for each in self._urls if each and not each.endswith("/")}
        for url in (each for each in self._urls if each.endswith("/")):
            found.update((f"{url.removesuffix('/')}{PAGE_SUFFIX}", f"{url}index.md"))
        found.update(normalize("NFC", each.id) for each in self._graph.pages)
        return found | {"index.md", "README.md"}

    @cached_property
    def pages(self) -> list[str]:
        """The pages that a link may name, those of the wiki as their files are called."""
        return [*(each.id for each in self._graph.pages), *self._made, REPORT, TAGS]

    @cached_property
    def _known(self) -> list[str]:
        """What may be named instead of a file that is not there."""
        records = [page_of(each) for each in self._graph]
        return [*self.pages, *records, *(each for each in self._urls if "." in each)]

    def fault(self, node: Node, text: str, address: str) -> Fault | None:
        """What is wrong with *address* in the *text* of *node*, if it is relative."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        if parts.scheme or parts.netloc or parts.path.startswith("/"):
            return None
        record = node.record
        if record.is_page:
            return self._of_page(record, text, parts.path, unquote(parts.fragment))
        return self._of_record(record, parts.path) if parts.path else None

    def _of_page(self, page: Record, text: str, path: str, fragment: str) -> Fault | None:
        target = page.id
        if path:
            target = normalize("NFC", file_target(page.id, path))
            if target not in self.files:
                return None if self._is_address(page, path) else self._dead(page.id, target)
        return self._of_anchor(target, fragment) if fragment else None

    def _is_address(self, page: Record, path: str) -> bool:
        """Whether *path*, which MkDocs leaves as it is, leads a browser somewhere."""
        is_file = "." in path.rpartition("/")[2].strip(".")
        return not is_file and self._has(leads_to(url_of(page), path, self._site_url))

    def _has(self, url: str) -> bool:
        return url in ("", ".") or url in self._urls or f"{url}/" in self._urls

    def _dead(self, src_uri: str, target: str) -> Fault:
        near = tuple(file_href(src_uri, each) for each in self._near(target))
        return rules.DEAD_LINK_FOUND, near, {}

    def _near(self, target: str) -> tuple[str, ...]:
        """The files of the same name in another folder, or those whose path is like *target*."""
        return self._helped(target, lambda: self._found_near(target))

    def _helped(self, said: str, find: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
        """What *find* gives for *said*, found once; nothing once enough was found."""
        if said not in self._nearest:
            if len(self._nearest) == MOST_HELPED:
                return ()
            self._nearest[said] = find()
        return self._nearest[said]

    def _found_near(self, target: str) -> tuple[str, ...]:
        name = target.rpartition("/")[2]
        same = [each for each in self._known if each.rpartition("/")[2].lower() == name.lower()]
        return tuple(sorted(same)[:3]) or nearest(target, self._known)

    def _of_anchor(self, target: str, fragment: str) -> Fault | None:
        """Parts are known of pages that nothing but their text is shown in."""
        page = self._graph.names.page(target)
        if page is None or target in self._made or target == "index.md":
            return None
        if fragment.startswith(("fn:", "fnref", "__")) or self._graph.node(page).queries:
            return None
        if page.id not in self._anchors:
            self._anchors[page.id] = anchors(getattr(page, TEXT))
        known = self._anchors[page.id]
        if fragment in known:
            return None
        near = self._helped(f"{target}#{fragment}", lambda: nearest(fragment, known))
        return rules.DEAD_ANCHOR_FOUND, tuple(f"#{each}" for each in near), {}

    def _of_record(self, record: Record, path: str) -> Fault | None:
        url = url_of(record)
        led = leads_to(url, path, self._site_url)
        if self._has(led):
            return None
        if path.endswith(PAGE_SUFFIX):
            near = tuple(f"[[{each}]]" for each in self._linked(record, path))
        else:
            meant = normalize("NFC", file_target(page_of(record), path))
            files = (meant,) if meant in self.files else self._near(meant)
            near = tuple(posixpath.relpath(each, url.rstrip("/")) for each in files)
        return rules.DEAD_LINK_OF_RECORD, near, {"url": url}

    def _linked(self, record: Record, path: str) -> Iterator[str]:
        """What a link between double brackets calls the pages that *path* may mean."""
        meant = normalize("NFC", file_target(page_of(record), path))
        for each in (meant,) if meant in self.files else self._near(meant):
            target = self._graph.names.file(each)
            if target is not None:
                yield page_address(target.id) if target.is_page else target.id

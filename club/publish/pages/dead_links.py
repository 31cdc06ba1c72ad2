"""Links and pictures that lead nowhere, told where they are written.

MkDocs resolves those of pages from the file, and tells only then; those of records lead where a
browser goes from the page of the record.
"""

from __future__ import annotations

import posixpath
import re
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
from club.model.targets import leads_to, placed_addresses, placed_in_html
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
            written = [(*each, False) for each in placed_addresses(text)]
            written += [(*each, True) for each in placed_in_html(text)]
            for start, address, is_html in written:
                if found := there.fault(node, text, address, is_html=is_html):
                    message, near, about = found
                    yield rules.DEAD_LINK.problem(
                        place_in(node, keys, text, start),
                        message,
                        nearest=near,
                        record=node.record.key,
                        found=address,
                        **about,
                    )


def _outside(path: str) -> str:
    """The address of another site or of somebody that *path* lacks the beginning of, if it does."""
    if MAIL.fullmatch(path):
        return f"mailto:{path}"
    return f"https://{path}" if path.lower().startswith("www.") else ""


def _type(path: str) -> str:
    """What a file is, by its name: a page if nothing says otherwise."""
    suffix = posixpath.splitext(path)[1].lower() or PAGE_SUFFIX
    return "picture" if suffix in PICTURES else suffix


def _pages_of(club: Club) -> Iterator[str]:
    """The pages of the wiki, sound or not."""
    folder = club.folder
    docs = folder.root / folder.docs
    for file in docs.rglob(f"*{PAGE_SUFFIX}"):
        src_uri = file.relative_to(docs).as_posix()
        if folder.publishes(src_uri) and not folder.is_body(src_uri):
            yield src_uri


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


NAMED_BY_FILE = (Writer.INDEX, Writer.OTHER)
NAMED_BY_ADDRESS = (Writer.RECORD, Writer.VIEW, Writer.REDIRECT)
"""What MkDocs knows by the address where the club writes it."""
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif")
MAIL = re.compile(r"[^\s@/:]+@[^\s@/:]+\.[a-z]{2,}", re.IGNORECASE)
MOST_HELPED = 50
"""How many dead links are told with what is nearest: to find it takes as long as the club is."""

Fault = tuple[str, tuple[str, ...], dict[str, Any]]


class _There:
    """What the site has: addresses, files as links name them, anchors of pages."""

    def __init__(self, club: Club) -> None:
        self._graph, self._folder = club.graph, club.folder
        self._site_url = club.folder.named.site_url
        self._unsound = club.folder.registry.by_collection if club.stopping else {}
        table = addresses(club.graph, is_sound=not club.stopping).every
        if club.stopping:
            # One error elsewhere keeps no page that several records make from being there.
            sound = addresses(club.sound(club.graph), has_past=False)
            table = (*table, *sound.of(Writer.VIEW, Writer.DATA))
        self._every = [*table, *beside(club.folder)]
        self._made = {each.about for each in table if each.writer is Writer.INDEX}
        # One that has a fault of its own is there all the same.
        pages = {normalize("NFC", each) for each in _pages_of(club)}
        self._urls = {normalize("NFC", each.url) for each in self._every}
        self._urls |= {f"{page_address(each)}/".lstrip("/") for each in pages}
        self.files = self._files | pages
        self._anchors: dict[str, set[str]] = {}
        self._nearest: dict[str, tuple[str, ...]] = {}

    @property
    def _files(self) -> set[str]:
        """The paths inside the folder of pages that MkDocs takes for those of files."""
        found = [each.about for each in self._every if each.writer in NAMED_BY_FILE]
        found += [
            f"{each.url.rstrip('/')}{PAGE_SUFFIX}"
            for each in self._every
            if each.writer in NAMED_BY_ADDRESS
        ]
        found += [each.url for each in self._every if each.writer is Writer.ASSET]
        return {normalize("NFC", each) for each in found}

    @cached_property
    def pages(self) -> list[str]:
        """The pages that a link may name, those of the wiki as their files are called."""
        return [*(each.id for each in self._graph.pages), *self._made, REPORT, TAGS]

    @cached_property
    def _known(self) -> list[str]:
        """What may be named instead of a file that is not there."""
        return sorted({*self.pages, *self.files})

    def fault(self, node: Node, text: str, address: str, *, is_html: bool) -> Fault | None:
        """What is wrong with *address* in the *text* of *node*, if it is relative."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        record = node.record
        is_whole = address.startswith(("/", "\\")) and (is_html or not record.is_page)
        if parts.scheme or parts.netloc or is_whole:
            return None
        if record.is_page and is_html:
            return self._of_html(record, parts.path) if parts.path else None
        if record.is_page:
            path = parts.path or address[: address.startswith("/")]
            return self._of_page(record, text, path, unquote(parts.fragment))
        return self._of_record(record, parts.path) if parts.path else None

    def _of_page(self, page: Record, text: str, path: str, fragment: str) -> Fault | None:
        target = page.id
        if path:
            target = normalize("NFC", file_target(page.id, path))
            is_whole = path.startswith(("/", "\\"))
            if is_whole or not (target in self.files or self._may_be_unsound(target)):
                return self._meant_by(page, path, target)
        return self._of_anchor(target, fragment) if fragment else None

    def _may_be_unsound(self, target: str) -> bool:
        """Whether *target* may be a record that has a fault of its own, and is not in the graph."""
        return target.partition("/")[0] in self._unsound

    def _meant_by(self, page: Record, path: str, target: str) -> Fault:
        """What *path* is instead of the file of a page: an address, of ours or of others."""
        if outside := _outside(path):
            return rules.DEAD_LINK_FOUND, (outside,), {}
        urls = {leads_to(base, path, self._site_url) for base in (url_of(page), page.id)}
        led = sorted(each for url in urls if url for each in self._files_at(url))
        if led:
            return rules.DEAD_ADDRESS_FOUND, tuple(file_href(page.id, each) for each in led), {}
        made = sorted(url for url in urls if url in self._urls)
        if made:
            href = self._from(url_of(page), made[0])
            return rules.DEAD_ADDRESS_FOUND, (f'<a href="{href}">',), {}
        near = tuple(file_href(page.id, each) for each in self._near(target))
        return rules.DEAD_LINK_FOUND, near, {}

    def _files_at(self, url: str) -> set[str]:
        """The files of which *url* is the address."""
        bare = url.removesuffix("index.html").removesuffix("index.md").rstrip("/")
        names = (f"{bare}{PAGE_SUFFIX}", f"{bare}/index.md", f"{bare}/README.md", bare)
        return {each for each in names if each in self.files}

    def _of_html(self, page: Record, path: str) -> Fault | None:
        """What is wrong with *path*, which a browser takes from the address of *page*."""
        url = url_of(page)
        led = leads_to(url, path, self._site_url)
        if self._has(led.removesuffix("index.html").rstrip("/")) or self._may_be_unsound(led):
            return None
        if outside := _outside(path):
            return rules.DEAD_LINK_FOUND, (outside,), {}
        meant = normalize("NFC", file_target(page.id, path))
        files = (meant,) if meant in self.files else self._near(meant)
        near = tuple(self._from(url, self._address_of(each)) for each in files)
        return rules.DEAD_HTML_FOUND, near, {"url": url}

    @staticmethod
    def _address_of(file: str) -> str:
        return f"{page_address(file)}/" if file.endswith(PAGE_SUFFIX) else file

    @staticmethod
    def _from(url: str, target: str) -> str:
        """How a page at *url* goes to *target*."""
        slash = "/" if target.endswith("/") else ""
        path = posixpath.relpath(f"/{target.strip('/')}", f"/{url.rstrip('/')}")
        return path.replace(" ", "%20") + slash

    def _has(self, url: str) -> bool:
        return url in ("", ".") or url in self._urls or f"{url}/" in self._urls

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
        known = [each for each in self._known if _type(each) == _type(target)]
        same = [each for each in known if each.rpartition("/")[2].lower() == name.lower()]
        return tuple(sorted(same)[:3]) or nearest(target, known)

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
        if self._has(led) or self._may_be_unsound(led):
            return None
        if outside := _outside(path):
            return rules.DEAD_LINK_FOUND, (outside,), {}
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

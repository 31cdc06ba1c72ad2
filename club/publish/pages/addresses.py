"""Every address the club gives out on its site, what stands there, and where it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from stat import S_ISREG
from unicodedata import normalize

from club.model import structure_rules as rules
from club.model.folder import ClubFolder
from club.model.graph import Graph
from club.model.markup import folded
from club.model.message import Message
from club.model.names import PAGE_SUFFIX, page_address
from club.model.problem import Place, Problem
from club.model.viewing import url_of
from club.publish.data.calendar import calendar_paths
from club.publish.data.dossier import dossier_paths
from club.publish.data.exports import export_paths
from club.publish.data.feeds import feed_paths
from club.publish.data.redirects import former_urls
from club.publish.data.search_index import FACETS, START
from club.publish.pages import tags, wiki_state
from club.publish.pages.computed import REPORT, TAGS, tag_page
from club.publish.pages.letters import search_views
from club.publish.pages.news import NEWS, RECENT_CHANGES
from club.publish.pages.sheets import page_sheets
from club.publish.pages.since import since_urls
from club.publish.pages.tables import filtered_choices
from club.publish.words.sheet_names import FOLDER, SUFFIXES, sheet_paths
from club.read.attachments import OTHER_PAGE_SUFFIXES, files_under
from club.read.load import Club

ASSETS = tuple(
    f"assets/club/{name}"
    for name in (
        *("club.css", "club.js", "converge.svg", "logo.svg", "search.js", "theme-search.js"),
        *("theme.js", "whatif.js"),
    )
)
"""The style, the script and the pictures that come with the plugin."""
INDEX_FILE = "index.html"
OF_MKDOCS = ("404.html", "sitemap.xml", "sitemap.xml.gz", "search/search_index.json")
"""What MkDocs and its search write by themselves."""


class Writer(Enum):
    """What makes the thing at an address."""

    INDEX = auto()
    """The club, below the words of the page of the wiki at the same path, if there is one."""
    RECORD = auto()
    VIEW = auto()
    """The club: matrices, filtered tables, what changed."""
    DATA = auto()
    """The club: feeds, exports and their schemas."""
    WIKI = auto()
    REDIRECT = auto()
    ASSET = auto()
    """The club: what its pages need beside them."""
    MKDOCS = auto()
    OTHER = auto()
    """The theme, another plugin, or what stands beside the pages of the wiki."""


@dataclass(frozen=True, slots=True)
class Address:
    """What stands at *url*, from the root of the site: a page, or a file if no slash ends it.

    *place* is where somebody wrote it, if anybody did; *about* the path or id of what it shows.
    """

    url: str
    writer: Writer
    title: str | Message
    place: Place | None = None
    about: str = ""

    @property
    def file(self) -> str:
        """The file it is written to, as file systems that ignore case tell it from others."""
        path = self.url if self.url and not self.url.endswith("/") else f"{self.url}{INDEX_FILE}"
        return normalize("NFC", path).casefold()


@dataclass(frozen=True, slots=True)
class Addresses:
    """The table of the addresses of one site."""

    every: tuple[Address, ...]

    def of(self, *writers: Writer) -> list[Address]:
        """The addresses of what *writers* make, one writer after the other."""
        return [each for writer in writers for each in self.every if each.writer is writer]


def addresses(
    graph: Graph, *, has_past: bool = True, is_sound: bool = True, has_search: bool = True
) -> Addresses:
    """Every address that the records and pages of *graph* give rise to.

    What tells of the past is only there if the site *has_past*; the pages of the club's own search,
    if it *has_search*; what is worked out from several records, if each reference leads somewhere.
    """
    return Addresses(
        (
            *_indexes(graph),
            *(_views(graph) if is_sound else ()),
            *(_told(graph) if has_past else ()),
            *(_searched(graph) if has_search and is_sound else ()),
            *(Address(path, Writer.DATA, path) for path in export_paths(graph)),
            *(
                Address(url_of(each), Writer.RECORD, graph.title(each), graph.place(each), each.id)
                for each in graph
            ),
            *(
                Address(url_of(each), Writer.WIKI, each.title_text, graph.place(each), each.id)
                for each in graph.pages
            ),
            *_redirects(graph),
            *(Address(path, Writer.ASSET, path) for path in ASSETS),
            *(Address(path, Writer.MKDOCS, path) for path in OF_MKDOCS),
        )
    )


def _indexes(graph: Graph) -> Iterator[Address]:
    titles: dict[str, str | Message] = {
        f"{kind.collection}/index.md": Message(kind.plural) for kind in graph.registry.kinds
    }
    titles |= {REPORT: Message(wiki_state.TITLE), TAGS: Message(tags.TITLE)}
    titles |= {tag_page(tag): tag.name for tag in tags.tags(graph)}
    for src_uri, title in titles.items():
        yield Address(f"{page_address(src_uri)}/", Writer.INDEX, title, about=src_uri)


def _views(graph: Graph) -> Iterator[Address]:
    for kind in graph.registry.kinds:
        for suffix in SUFFIXES:
            yield _file(f"{FOLDER}/{kind.collection}.{suffix}")
        for page in graph.once(kind.more_pages):
            yield Address(page.url, Writer.VIEW, page.title, page.place)
        for choice in filtered_choices(kind, graph):
            yield Address(choice.url, Writer.VIEW, choice.label)
    yield from map(_file, calendar_paths(graph))
    yield from map(_file, dossier_paths(graph))
    for table in page_sheets(graph):
        yield from map(_file, sheet_paths(table))


def _file(path: str) -> Address:
    return Address(path, Writer.DATA, path)


def _told(graph: Graph) -> Iterator[Address]:
    """What changed: the news, since each plenary, and the feeds."""
    yield Address(NEWS, Writer.VIEW, Message(RECENT_CHANGES))
    for url in since_urls(graph):
        yield Address(url, Writer.VIEW, url)
    for path in feed_paths(graph):
        yield Address(path, Writer.DATA, path)


def _searched(graph: Graph) -> Iterator[Address]:
    """The page of the search, those of the letters, and what is fetched by name."""
    for page in search_views(graph):
        yield Address(page.url, Writer.VIEW, page.title)
    yield from map(_file, (START, FACETS))


def _redirects(graph: Graph) -> Iterator[Address]:
    for record in (*graph, *graph.pages):
        for index, url in enumerate(former_urls(record)):
            place = graph.place(record, "aliases", index)
            yield Address(url, Writer.REDIRECT, graph.title(record), place, record.id)


def check_addresses(club: Club) -> Iterator[Problem]:
    """Each address of the site is that of one thing, which nothing else is written over."""
    graph = club.graph
    table = addresses(graph, is_sound=not club.stopping)
    yield from check_others(table, beside(club.folder), graph)
    yield from _check_tags(graph)


def check_others(table: Addresses, others: Iterable[Address], graph: Graph) -> Iterator[Problem]:
    """Nothing of *table*, nor of what stands beside it, is at the address of another."""
    files: dict[str, Address] = {}
    folders: dict[str, Address] = {}
    for each in (*table.every, *others):
        above = _above(each.file)
        beneath = next((files[path] for path in above if path in files), None)
        first = files.get(each.file) or folders.get(each.file) or beneath
        if first is None or _may_share(first, each):
            files[each.file] = each
            folders.update(dict.fromkeys(above, each))
        else:
            yield _problem(first, each, graph)


def _above(path: str) -> list[str]:
    """The folders that the file at *path* stands in."""
    found = []
    while path := path.rpartition("/")[0]:
        found.append(path)
    return found


def _may_share(first: Address, second: Address) -> bool:
    """A page of the wiki may speak first; its old address may be its own in another case.

    What MkDocs has under the path of a page is that page, whoever wrote it.
    """
    is_same = first.about == second.about
    if first.writer is Writer.INDEX:
        return second.writer in (Writer.WIKI, Writer.OTHER) and is_same
    if first.writer is Writer.WIKI and second.writer is Writer.OTHER:
        return is_same
    return second.writer is Writer.REDIRECT and is_same and first.url != second.url


def beside(folder: ClubFolder) -> Iterator[Address]:
    """What MkDocs publishes of the folder of pages besides those the club reads."""
    docs = folder.root / folder.docs
    for file, about in files_under(folder.root, folder.docs):
        if file.suffix == PAGE_SUFFIX or not S_ISREG(about.st_mode):
            continue
        path = file.relative_to(docs).as_posix()
        if not folder.publishes(path):
            continue
        url = path
        if file.suffix in OTHER_PAGE_SUFFIXES:
            address = page_address(f"{path.removesuffix(file.suffix)}{PAGE_SUFFIX}")
            url = f"{address}/" if address else ""
        yield Address(url, Writer.OTHER, path, Place(f"{folder.docs}/{path}"), path)


def _problem(first: Address, second: Address, graph: Graph) -> Problem:
    """That *second* cannot be where *first* is, told where somebody can mend it."""
    told, other = (second, first) if second.place or not first.place else (first, second)
    record = graph.names.record(told.about) or graph.names.page(told.about)
    return rules.DUPLICATE_ADDRESS.problem(
        told.place or Place("mkdocs.yml"),
        _message(told, other),
        record=record.key if record else "",
        found=f"/{told.url}",
        title=other.title,
        other=str(other.place or ""),
        brought=told.title,
    )


def _message(told: Address, other: Address) -> str:
    """The sentence that says whose the address of *told* is already."""
    if told.writer is Writer.OTHER and not told.place:
        return rules.DUPLICATE_ADDRESS_BROUGHT
    if other.place:
        return rules.DUPLICATE_ADDRESS_FOUND
    is_brought = other.writer is Writer.OTHER
    return rules.DUPLICATE_ADDRESS_THEIRS if is_brought else rules.DUPLICATE_ADDRESS_OURS


def _check_tags(graph: Graph) -> Iterator[Problem]:
    """Tags that are not the same word have not the same page."""
    first: dict[str, tuple[str, Place]] = {}
    for record in (*graph, *graph.pages):
        for index, name in enumerate(record.tags):
            place = graph.place(record, "tags", index)
            known, other = first.setdefault(tags.tag_url(name), (name, place))
            if folded(known) != folded(name):
                yield rules.DUPLICATE_ADDRESS.problem(
                    place,
                    rules.DUPLICATE_TAG_FOUND,
                    nearest=(known,),
                    record=record.key,
                    found=name,
                    tag=known,
                    other=str(other),
                )

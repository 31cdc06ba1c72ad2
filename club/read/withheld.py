"""Which files beside the pages go with what is for members: those to which it alone leads.

What may be a link hides a file; only what is one, in a page that the public reads, shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator
from typing import Any
from unicodedata import normalize

from pydantic import BaseModel

from club.model import structure_rules as rules
from club.model.elements import elements
from club.model.fields import Citation
from club.model.folder import ClubFolder
from club.model.graph import TEXT, Graph, Node
from club.model.markup import line_and_column
from club.model.names import PAGE_SUFFIX, page_of
from club.model.problem import Place, Problem
from club.model.record import Record
from club.model.targets import Led, addresses, leads_to
from club.model.viewing import url_of

PageHtml = Callable[[Record], str]
"""From a record or a page of the wiki to the HTML of its page, as the public reads it."""


class Withheld:
    """The files beside the pages that a reader of *shown* may not have, of those of *whole*."""

    def __init__(self, folder: ClubFolder, whole: Graph, shown: Graph, html: PageHtml) -> None:
        """A file that *folder*'s settings name, or to which nothing leads, is everybody's.

        Only the pages that may lead to a file of members are read in *html*.
        """
        self._folder = folder
        self._graph = shown
        self._led = Led(folder.named.site_url)
        self._links: list[tuple[Record, str, str]] = []
        for node in () if whole is shown else _cut(whole, shown):
            _add_led(self._led, node)
        # A file has a suffix, or the settings name it: what has none is a page or a folder.
        names = {each for each in self._led.names if "." in each}
        for node in shown.nodes if names else ():
            led = Led(folder.named.site_url)
            _add_led(led, node)
            if not names.isdisjoint(led.names):
                self._links += self._written(node.record, html(node.record))
        self._shown = {target for _, _, target in self._links}

    def _written(self, record: Record, html: str) -> Iterator[tuple[Record, str, str]]:
        for href in dict.fromkeys(_addresses_in(html)):
            yield record, href, leads_to(url_of(record), href, self._folder.named.site_url)

    def __contains__(self, src_uri: object) -> bool:
        """Whether the file *src_uri*, inside the folder of pages, is withheld."""
        return (
            isinstance(src_uri, str)
            and src_uri in self._led
            and normalize("NFC", src_uri) not in self._shown
            and not src_uri.endswith(PAGE_SUFFIX)
            and not self._folder.names(src_uri)
        )

    def dead_links(self, files: Collection[str], made_up: Container[str]) -> Iterator[Problem]:
        """The public links that seem to be to one of *files*, all there are, that is withheld.

        Those that go with what is *made_up*, and hidden, have nothing to do with members.
        """
        there = {normalize("NFC", each) for each in files}
        withheld = sorted(each for each in files if each in self)
        for record, href, target in self._links if withheld else ():
            if target in there and target not in withheld:
                continue
            led = Led(self._folder.named.site_url)
            led.add(page_of(record), href)
            for file in (each for each in withheld if each in led):
                yield rules.WITHHELD_FILE.problem(
                    self._place(record, file),
                    rules.MADE_UP_FILE_FOUND if file in made_up else rules.WITHHELD_FILE_FOUND,
                    record=record.key,
                    found=href,
                    file=f"{self._folder.docs}/{file}",
                )

    def _place(self, record: Record, file: str) -> Place:
        """Where *record* names *file*, if it writes its name as it is."""
        place, node = self._graph.place(record), self._graph.node(record)
        text = getattr(record, TEXT) if record.is_page else ""
        start = text.find(file.rpartition("/")[2])
        return (
            place if start < 0 or not text else Place(node.raw.path, *line_and_column(text, start))
        )


def led_to(graph: Graph, site_url: str = "") -> Led:
    """The paths inside the folder of pages to which a text or a field of *graph* may lead."""
    led = Led(site_url)
    for node in graph.nodes:
        _add_led(led, node)
    return led


def _cut(whole: Graph, shown: Graph) -> Iterator[Node]:
    """What *whole* has and *shown* has not, or not all of."""
    left = {node.record.id: node for node in shown.nodes}
    for node in whole.nodes:
        same = left.get(node.record.id)
        if same is None or not _is_same(same, node):
            yield node


def _is_same(one: Node, other: Node) -> bool:
    is_record = one.record is other.record or one.record == other.record
    return is_record and (one.body is other.body or one.body == other.body)


def _add_led(led: Led, node: Node) -> None:
    src_uri = page_of(node.record)
    for text in (*_texts(node.record), *([node.body.markdown] if node.body else ())):
        for address in addresses(text):
            led.add(src_uri, address)
        if "\n" not in text and "." in text:  # a field may be a path, or an address
            led.add("", text)
            led.add_path(text)


def _texts(value: Any) -> Iterator[str]:
    """Every text that *value*, a record or what it holds, is made of."""
    if isinstance(value, str | Citation):
        yield str(value)
    elif isinstance(value, BaseModel):
        for name in value.__class__.model_fields:
            yield from _texts(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)


def _addresses_in(html: str) -> Iterator[str]:
    """Every address in the attributes of *html*, which is well formed."""
    for _, attributes in elements(html):
        yield from (value for name, value in attributes if name in {"href", "src"} and value)

"""Which files beside the pages go with what is for members: those to which it alone leads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unicodedata import normalize

from pydantic import BaseModel

from club.model.fields import Citation
from club.model.folder import ClubFolder
from club.model.graph import Graph, Node
from club.model.names import PAGE_SUFFIX, page_of
from club.model.targets import addresses, paths


class Withheld:
    """The files beside the pages that a reader of *shown* may not have, of those of *whole*."""

    def __init__(self, folder: ClubFolder, whole: Graph, shown: Graph) -> None:
        """A file that *folder*'s settings name, or to which nothing leads, is everybody's."""
        self._folder = folder
        self._hidden: set[str] = set()
        if whole is not shown:
            led = {path for node in whole.nodes for path in _led_to(node)}
            self._hidden = _with_tails(led) - {
                path for node in shown.nodes for path in _led_to(node)
            }

    def __contains__(self, src_uri: object) -> bool:
        """Whether the file *src_uri*, inside the folder of pages, is withheld."""
        return (
            isinstance(src_uri, str)
            and bool(self._hidden)
            and normalize("NFC", src_uri) in self._hidden
            and not src_uri.endswith(PAGE_SUFFIX)
            and not self._folder.names(src_uri)
        )


def led_to(graph: Graph) -> set[str]:
    """The paths inside the folder of pages to which a text or a field of *graph* may lead."""
    return _with_tails({path for node in graph.nodes for path in _led_to(node)})


def _led_to(node: Node) -> Iterator[str]:
    src_uri = page_of(node.record)
    texts = [*_texts(node.record), *([node.body.markdown] if node.body else ())]
    for text in texts:
        for address in addresses(text):
            yield from (normalize("NFC", path) for path in paths(src_uri, address))
        if "\n" not in text and "." in text:  # a field may be a path, or an address
            yield from (normalize("NFC", path) for path in paths("", text))


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


def _with_tails(led: set[str]) -> set[str]:
    """*led*, and what each may mean on a site that is not at the root of its host."""
    found = set(led)
    for path in led:
        parts = path.split("/")
        found.update("/".join(parts[start:]) for start in range(1, len(parts)))
    return found

"""What the public is not told of the problems of a club: they quote what is written, and hint."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from club.model.graph import Graph, Node
from club.model.names import PAGE_SUFFIX, page_address
from club.model.problem import Problem
from club.model.record import Audience
from club.model.structure_rules import DEAD_LINK
from club.model.targets import Led
from club.publish.reports.problems import text
from club.publish.words.language import Words
from club.read.load import Club
from club.read.withheld import led_to

MEMBERS = str(Audience.MEMBERS)
ESCAPED = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|\n[ \t]*)")
"""How YAML may write a sign between double quotes, or go on with a word on the next line."""


class Told:
    """Which problems of a club those who read one of its graphs may know of."""

    def __init__(self, club: Club, shown: Graph, words: Words) -> None:
        """They read *shown*, of what *club* holds."""
        self._words = words
        self._is_whole = shown is club.graph
        self._root, self._docs = club.folder.root, f"{club.folder.docs}/"
        self._shown = {node.record.key: node for node in shown.nodes}
        hidden = [node for node in club.graph.nodes if not self._shows(node)]
        cut = [each for each in self._shown.values() if each.is_cut]
        self._unsaid = {name for node in hidden for name in _names(node) if name}
        self._hidden_files = {path for node in (*hidden, *cut) for path in _files(node)}
        self._graphs, self._site_url = (club.graph, shown), club.folder.named.site_url
        self._found: dict[str, bool] = {}

    def __call__(self, problem: Problem) -> bool:
        """Whether *problem* may be told: of what is shown whole, and naming nothing hidden."""
        if self._is_whole:
            return True
        node = self._shown.get(problem.record)
        is_of_public = node is not None and not node.is_cut
        path = problem.place.path
        if path not in self._found:
            self._found[path] = self._is_public(path)
        return (is_of_public or self._found[path]) and not self._names_hidden(
            text(problem, self._words)
        )

    def without_hints(self, problem: Problem) -> Problem:
        """*problem* less what it may have meant, where that is not for its reader to know.

        A dead link may be near to any file there is.
        """
        if self._is_whole:
            return problem
        is_dead = problem.rule is DEAD_LINK
        near = () if is_dead else filter(lambda each: not self._names_hidden(each), problem.nearest)
        return replace(problem, nearest=tuple(near))

    @cached_property
    def _led(self) -> tuple[Led, ...]:
        """Where all texts lead, and those that are shown: read only for a file beside the pages."""
        return tuple(led_to(each, self._site_url) for each in self._graphs)

    def _shows(self, node: Node) -> bool:
        return node.record.key in self._shown

    def _names_hidden(self, said: str) -> bool:
        return any(name in said for name in self._unsaid)

    def _is_public(self, path: str) -> bool:
        """Whether all that the file at *path* says is public, as far as it can be told."""
        file = self._root / path
        if path in self._hidden_files:
            return False
        if path.startswith(self._docs) and not path.endswith(PAGE_SUFFIX):
            src_uri = path.removeprefix(self._docs)
            every, public = self._led
            return src_uri not in every or src_uri in public
        return not file.is_file() or MEMBERS not in _plainly(file.read_bytes())


def _names(node: Node) -> Iterator[str]:
    """What a link, or a sentence, may call the record or the page of *node*."""
    record = node.record
    yield from (record.id, *record.aliases, record.title_text)
    if record.is_page:
        yield page_address(record.id) or ""


def _files(node: Node) -> Iterator[str]:
    yield node.raw.path
    if node.body:
        yield node.body.path


def _plainly(raw: bytes) -> str:
    """*raw* in small letters, with the signs that YAML would read for those that are escaped."""
    text = raw.decode("utf-8", "replace").replace("\r\n", "\n")
    return ESCAPED.sub(_unescaped, text).lower()


def _unescaped(sign: re.Match[str]) -> str:
    code = next(filter(None, sign.groups()), "")
    return chr(min(int(code, 16), sys.maxunicode)) if code else ""

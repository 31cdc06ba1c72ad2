"""The pages of the wiki: `docs/**/*.md` with their front matter, as things that can be linked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from club.insight.wiki import stale_pages
from club.model import structure_rules as rules
from club.model.audience_words import AUDIENCE, correct, meant
from club.model.folder import ClubFolder, is_folder
from club.model.front_matter import PageText, misread, page_text, without_front
from club.model.graph import TEXT, Graph, Node
from club.model.lost_words import lost_words
from club.model.markup import headings, outside_code
from club.model.message import Message
from club.model.names import page_address
from club.model.problem import Place, Problem, nearest
from club.model.record import Audience
from club.model.source import CONFLICT_MARKER, Block, conflict, parse, read_text
from club.model.structure import Raw, structure
from club.read.audience_slips import audience_in_text
from club.read.queries import with_queries
from club.records.page.model import FRONT_MATTER, WikiPage

PAGE_FILES = "*.md"
KEY = re.compile(r" {0,3}([A-Za-z0-9_-]+):(?:\s|$)")
OTHERS = {
    *("title", "description", "hide", "search", "status", "template", "icon", "subtitle"),
    *("social", "authors", "categories", "comments", "date", "draft", "links", "pin", "slug"),
}
"""The keys that MkDocs, its theme and its plugins give a meaning."""


def read_pages(folder: ClubFolder, problems: list[Problem], unread: set[str]) -> Iterator[Node]:
    """Each page of the wiki; what is wrong with one is added to *problems*, its names to *unread*.

    So a page that has faults of its own is not also reported as missing; one that is not published
    is, for nobody will find it.
    """
    docs = folder.root / folder.docs
    for file in sorted(docs.rglob(PAGE_FILES)):
        src_uri = file.relative_to(docs).as_posix()
        if folder.is_body(src_uri) or not folder.publishes(src_uri) or is_folder(file):
            continue
        path = f"{folder.docs}/{src_uri}"
        text = read_text(folder.root, path)
        found = [text] if isinstance(text, Problem) else page_node(src_uri, path, _plain(text))
        if isinstance(found, Node):
            problems += lost_words(path, _front(str(text)))
            yield with_queries(found, folder.registry)
        else:
            problems += found
            unread.update((src_uri, page_address(src_uri)))


def page_node(src_uri: str, path: str, text: str) -> Node | list[Problem]:
    """The page *src_uri* whose file at *path* holds *text*, or what is wrong with its front."""
    parts = page_text(text)
    if fault := _unfinished(path, text) or _not_front(path, text, parts):
        return [fault]
    # The line of "---" stays as an empty one, so that places are those of the file.
    source = parse(path, "\n" + parts.front)
    if source.problems:
        return list(source.problems)
    content = Block() if source.content is None else source.content
    if not isinstance(content, Block):
        return [rules.NOT_A_MAPPING.problem(Place(path, 2, 1), rules.NOT_A_MAPPING_FOUND)]
    content.marks = getattr(content, "marks", [])
    found = [*misread(path, parts.front), *_foreign(path, content)]
    kept = _kept(content)
    if kept.get("title") is None:
        _give_title(kept, src_uri, parts.body)
    raw = Raw(src_uri, kept, path)
    page = structure(raw, WikiPage)
    if isinstance(page, list):
        told = {each.place.line for each in page}  # once mended, MkDocs reads it too
        return [*(each for each in found if each.place.line not in told), *page]
    return found or Node(page.model_copy(update={TEXT: without_front(text)}), raw)


def _plain(text: str) -> str:
    """*text* with the line ends of every other."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _front(text: str) -> str:
    """The front matter of *text* on the lines where it stands."""
    return "\n" + page_text(text).front


def _unfinished(path: str, text: str) -> Problem | None:
    """The first line that a merge left in *text*; what stands in a block of code is only shown."""
    for marker in outside_code(CONFLICT_MARKER, text) if "<<<<<<<" in text else ():
        if "<" in marker[0]:  # the others may be a title or a quote
            return conflict(path, text, marker)
    return None


def _not_front(path: str, text: str, parts: PageText) -> Problem | None:
    """What looks like front matter and is not: MkDocs would publish it, or read it otherwise."""
    if not parts.is_unclosed and (line := audience_in_text(parts.body)):
        above = text.count("\n") - parts.body.count("\n")
        at = Place(path, above + line, 1)
        return rules.FRONT_MATTER.problem(
            at, rules.FRONT_MATTER_ELSEWHERE, expected=Message(rules.FRONT_MATTER_AT_TOP)
        )
    if parts.front:
        return None
    lines = parts.body.splitlines()
    opened = parts.is_unclosed
    first = next((line for line in lines[1:] if line.strip()), "") if opened else "".join(lines[:1])
    key = KEY.match(first)
    if key is None or not (opened or key[1].lower() in FRONT_MATTER):
        return None
    message = rules.FRONT_MATTER_UNCLOSED if opened else rules.FRONT_MATTER_BARE
    return rules.FRONT_MATTER.problem(Place(path, 1, 1), message, found=key[1])


def body_faults(path: str, text: str) -> list[Problem]:
    """What the front matter of a record's long text says that would not be heeded.

    What cannot be read there might say it too.
    """
    parts = page_text(text)
    if fault := _unfinished(path, text) or _not_front(path, text, parts):
        return [fault]
    source = parse(path, "\n" + parts.front)
    if source.problems or source.content is None:
        return list(source.problems)
    if not isinstance(source.content, Block):
        return [rules.NOT_A_MAPPING.problem(Place(path, 2, 1), rules.NOT_A_MAPPING_FOUND)]
    merged = [each for each in misread(path, parts.front) if each.rule is rules.UNKNOWN_KEY]
    return [*merged, *lost_words(path, _front(text))] + [
        rules.BODY_AUDIENCE.problem(_at(path, mark), rules.BODY_AUDIENCE_FOUND)
        for key, mark in zip(source.content, source.content.marks, strict=True)
        if meant(key, source.content[key]) not in (None, Audience.PUBLIC)
    ]


def _foreign(path: str, content: Block) -> list[Problem]:
    """The keys that are nobody's and look like one of the club's, or say an audience."""
    return [
        rules.UNKNOWN_KEY.problem(
            _at(path, mark),
            rules.UNKNOWN_KEY_FOUND,
            found=key,
            expected=Message(rules.UNKNOWN_KEY_EXPECTED, {"fields": FRONT_MATTER}),
            nearest=near,
        )
        for key, mark in zip(content, content.marks, strict=True)
        if key not in FRONT_MATTER and key not in OTHERS and (near := _near(key, content[key]))
    ]


def _near(key: str, value: Any) -> tuple[str, ...]:
    """What *key* holding *value* may have been meant for."""
    audience = meant(key, value)
    return (correct(audience),) if audience else nearest(key, FRONT_MATTER)


def _at(path: str, mark: int) -> Place:
    return Raw("", Block(), path, mark).place()


def _kept(content: Block) -> Block:
    """The club's own keys, where they stand."""
    kept = Block()
    kept.marks = []
    for (key, value), mark in zip(content.items(), content.marks, strict=True):
        if key in FRONT_MATTER and (value is not None or key == AUDIENCE):
            kept[key] = value
            kept.marks.append(mark)
    return kept


def _give_title(block: Block, src_uri: str, body: str) -> None:
    """The first heading of the page, or else the name of its file."""
    first = next((each.title for each in headings(body) if each.level == 1), "")
    name = (page_address(src_uri) or "index").rpartition("/")[2]
    said = first or name.replace("-", " ").replace("_", " ").capitalize()
    block["title"] = said[:400]
    block.marks.append(0)


def check_stale(graph: Graph, today: date) -> Iterator[Problem]:
    """The pages that were to be read again before *today*."""
    for page in stale_pages(graph, today):
        yield rules.STALE_PAGE.problem(
            graph.place(page, "review_by"),
            rules.STALE_PAGE_FOUND,
            record=page.key,
            date=page.review_by,
        )

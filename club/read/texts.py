"""The texts that Markdown could not convert in a bounded time, or at all, told before it tries."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from club.model import structure_rules as rules
from club.model.effort import MAX_LEVELS, excess
from club.model.graph import BODY, TEXT, Graph, Node
from club.model.markup import line_and_column
from club.model.pointers import walked
from club.model.problem import Place, Problem
from club.model.source import MAX_PAGE, Keys


def heavy_texts(graph: Graph) -> Iterator[Problem]:
    """Each text of a record or a page of *graph* that is too large, too deep or too intricate."""
    for node in graph.nodes:
        record = node.record
        for text, keys in texts_of_node(node):
            if len(text) > MAX_PAGE:
                yield rules.PAGE_TOO_LARGE.problem(
                    node.place(keys),
                    rules.TEXT_TOO_LARGE_FOUND,
                    record=record.key,
                    size=len(text),
                    limit=MAX_PAGE,
                )
            elif found := excess(text):
                place = place_in(node, keys, text, found.start)
                message = rules.TEXT_TOO_DEEP if found.is_depth else rules.TEXT_TOO_MUCH
                yield rules.TOO_INTRICATE.problem(
                    place, message, record=record.key, limit=MAX_LEVELS
                )


def texts_of_node(node: Node) -> Iterator[tuple[str, Keys]]:
    """Every text of Markdown of *node*, its long text last, with the keys that lead to it."""
    yield from _texts(node.record)
    if node.body:
        yield node.body.markdown, BODY


def is_file(node: Node, keys: Keys) -> bool:
    """Whether the text of *node* under *keys* is a file, rather than a field of one."""
    return keys == BODY or (node.record.is_page and keys == (TEXT,))


def place_in(node: Node, keys: Keys, text: str, start: int) -> Place:
    """Where *start* stands in the *text* of *node* under *keys*, which may be a file of its own."""
    if not is_file(node, keys):
        return node.place(keys)
    path = node.body.path if node.body and keys == BODY else node.raw.path
    return Place(path, *line_and_column(text, start))


def _texts(value: BaseModel, keys: Keys = ()) -> Iterator[tuple[str, Keys]]:
    """Every text of Markdown inside *value*, with the keys that lead to it."""
    for field in walked(value.__class__):
        held = getattr(value, field.name)
        many = enumerate(held) if isinstance(held, tuple) else [(None, held)]
        for index, each in many:
            at = (*keys, field.name) if index is None else (*keys, field.name, index)
            if isinstance(each, BaseModel):
                yield from _texts(each, at)
            elif isinstance(each, str) and field.is_text:
                yield each, at

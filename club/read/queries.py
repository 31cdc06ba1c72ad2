"""The queries of wiki pages: read once, answered on a graph, their answers counted as links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from club.model.graph import TEXT, Graph
from club.model.pointers import Pointer
from club.model.problem import Problem
from club.model.record import Record
from club.query.answer import Query, blocks, linked, run, unknown_values
from club.query.reader import read_query


def queries_of(page: Record, graph: Graph) -> Iterator[Query | list[Problem]]:
    """Each query of *page*, or what is wrong with it."""
    for block in blocks(getattr(page, TEXT)):
        yield read_query(graph.entry(page).raw.path, block, graph.registry)


def query_problems(graph: Graph) -> Iterator[Problem]:
    """Everything wrong with the queries of the wiki."""
    for page in graph.pages:
        for query in queries_of(page, graph):
            yield from query if isinstance(query, list) else unknown_values(query, graph)


def with_query_links(graph: Graph) -> Graph:
    """*graph* with a link from each page to what its queries show."""
    found = {page.id: tuple(_links(page, graph)) for page in graph.pages}
    return graph.with_links({id: links for id, links in found.items() if links})


def _links(page: Record, graph: Graph) -> Iterable[Pointer]:
    for query in queries_of(page, graph):
        if not isinstance(query, list):
            for record in linked(query, run(query, graph)):
                yield Pointer(record.id, (TEXT,), in_text=True)

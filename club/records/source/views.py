"""The page and the table row of a source."""

from __future__ import annotations

from club.model.graph import Graph
from club.model.message import N_
from club.model.view import Link, PageView
from club.model.viewing import fact, facts, page, prose, sections
from club.records.source.model import Source


def view(source: Source, graph: Graph) -> PageView:
    """A source: who published it, when, under which licence."""
    address = (Link(source.url, source.url, is_external=True),) if source.url else ()
    return page(
        graph,
        source,
        facts=facts(
            fact(graph, source, "publisher"),
            fact(graph, source, "date"),
            fact(graph, source, "updated"),
            fact(graph, source, "url", *address),
            fact(graph, source, "licence"),
            fact(graph, source, "attribution"),
            fact(graph, source, "consulted"),
            fact(graph, source, "verified"),
        ),
        sections=sections(prose(graph, source, "note")),
    )


INTRO = N_("The documents the club cites: every figure leads to one.")

"""What requests add up to."""

from __future__ import annotations

from collections.abc import Iterator

from club.insight.positions import supporters
from club.model.graph import Graph
from club.model.kind import Figure
from club.model.message import N_
from club.model.viewing import url_of
from club.records.request.model import Request


def supports(graph: Graph) -> Iterator[tuple[tuple[str, ...], Figure]]:
    """How many projects support each request."""
    for request in graph.all(Request):
        number = supporters(request, graph).count
        label = N_("projects that support it")
        yield (request.id,), Figure(request.title_text, label, url_of(request), number)

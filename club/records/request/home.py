"""On the home page: the latest requests."""

from __future__ import annotations

from club.model.graph import Graph
from club.model.kind import Home
from club.model.view import CardView
from club.model.viewing import latest, link
from club.records.request.model import Request


def requests(graph: Graph) -> tuple[CardView, ...]:
    """The requests that were written last."""
    newest = latest(graph.all(Request), lambda each: each.created)
    return tuple(CardView(link(each), (each.state,)) for each in newest)


HOME = Home(30, requests)

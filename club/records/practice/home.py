"""On the home page: the latest practices."""

from __future__ import annotations

from club.model.graph import Graph
from club.model.kind import Home
from club.model.view import CardView
from club.model.viewing import latest, link
from club.records.practice.model import Practice


def practices(graph: Graph) -> tuple[CardView, ...]:
    """The practices that were written last."""
    newest = latest(graph.all(Practice), lambda each: each.created)
    return tuple(CardView(link(each), (each.maturity,)) for each in newest)


HOME = Home(40, practices)

"""On the home page: the axes of work."""

from __future__ import annotations

from club.model.graph import Graph
from club.model.kind import Home
from club.model.view import Link
from club.model.viewing import links
from club.records.axis.model import Axis


def axes(graph: Graph) -> tuple[Link, ...]:
    """Every axis, in the club's order."""
    return links(sorted(graph.all(Axis), key=lambda each: each.order))


HOME = Home(60, axes)

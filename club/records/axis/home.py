"""On the home page: the axes of work."""

from __future__ import annotations

from club.model.graph import Graph
from club.model.kind import Home
from club.model.view import CardView
from club.model.viewing import link
from club.records.axis.model import Axis


def axes(graph: Graph) -> tuple[CardView, ...]:
    """Every axis, in the club's order."""
    ordered = sorted(graph.all(Axis), key=lambda each: each.order)
    return tuple(CardView(link(axis), axis.nature) for axis in ordered)


HOME = Home(50, axes)

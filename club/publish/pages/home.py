"""What the home page shows of the club's life, below its own words: what each kind has to say."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from club.model.graph import Graph
from club.publish.html.render import Renderer

HOME = "home.html.jinja"


def home_parts(graph: Graph, renderer: Renderer) -> Iterator[Markup]:
    """The part of each kind that has one, by rank: nothing here depends on the clock."""
    shown = [(kind.home, kind) for kind in graph.registry.kinds if kind.home]
    for home, kind in sorted(shown, key=lambda each: each[0].rank):
        yield renderer.render(f"{kind.name}/{HOME}", "", home=home.view(graph))

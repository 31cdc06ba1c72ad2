"""The licence that comes with a method, on every page that uses it."""

from __future__ import annotations

from collections.abc import Iterable

from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import SectionView
from club.model.viewing import fact, facts, link, section
from club.records.method.model import Method


def licence_section(graph: Graph, methods: Iterable[Method]) -> SectionView | None:
    """Under which licence each of *methods* is, whom to credit, and what the club takes of it."""
    found = tuple(dict.fromkeys(each.id for each in methods if each.licence))
    kept = [each for each in graph.all(Method) if each.id in found]
    said = N_(
        "This page follows {method}. The club takes its facts and its terms, in its own words; what"
        " is made from its text keeps its licence."
    )
    body: list[object] = []
    for each in kept:
        body.append(Message(said, {"method": link(each)}))
        body.append(
            facts(
                fact(graph, each, "licence"),
                fact(graph, each, "attribution"),
                fact(graph, each, "source"),
            )
        )
    return section("licence", Message(N_("Licence of the method")), *body)

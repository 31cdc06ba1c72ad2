"""What the home page shows of the club's life, below its own words: what each kind has to say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from markupsafe import Markup

from club.model.graph import Graph
from club.publish.html.render import Renderer
from club.publish.pages.news import NEWS
from club.publish.words.changelog import Changelog, EventView

HOME, SECTIONS = "home.html.jinja", "sections.html.jinja"
RANK_OF_NEWS, RANK_OF_NEEDS = 30, 31
EVENTS = 3
"""How many of the latest changes are told."""


def home_parts(graph: Graph, renderer: Renderer, changelog: Changelog | None) -> Iterator[Markup]:
    """The part of each kind that has one, the latest changes and what one may look for, by rank."""
    parts = [
        (kind.home.rank, renderer.render(f"{kind.name}/{HOME}", "", home=kind.home.view(graph)))
        for kind in graph.registry.kinds
        if kind.home and kind.home.view
    ]
    if changelog and changelog.is_known:
        events = tuple(islice(_events(changelog), EVENTS))
        news = renderer.render("home-news.html.jinja", "", events=events, news=NEWS)
        parts.append((RANK_OF_NEWS, news))
    desks = [each.home.desk(graph) for each in graph.registry.kinds if each.home]
    for each in filter(None, desks):
        own = renderer.render(SECTIONS, "", intro=None, sections=(each,))
        parts.append((RANK_OF_NEWS, own))
    there = [each.home for each in graph.registry.kinds if each.home and graph.all(each.model)]
    homes = sorted(there, key=lambda home: home.rank)
    if needs := tuple(link for home in homes for link in home.needs(graph)):
        parts.append((RANK_OF_NEEDS, renderer.render("home-needs.html.jinja", "", needs=needs)))
    for _, part in sorted(parts, key=lambda each: each[0]):
        yield part


def _events(changelog: Changelog) -> Iterator[EventView]:
    """The latest change of each record or page, newest first."""
    told: set[str] = set()
    for day in changelog.days():
        for commit in day.commits:
            for each in commit.events:
                if each.event.subject not in told:
                    told.add(each.event.subject)
                    yield each

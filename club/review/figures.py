"""What a change does to the figures measured over time: by indicator and project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from club.model.graph import Graph
from club.model.series import Observation

Name = tuple[str, str, str, str, str]
"""Which figure it is: indicator, project, period, dimension, key."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure that reads otherwise: None is unknown, or *is_masked* on that side."""

    period: str
    part: str
    old: Decimal | None
    new: Decimal | None
    was_masked: bool
    is_masked: bool


@dataclass(frozen=True, slots=True)
class FiguresChange:
    """How the figures of *indicator* in *project*, both titles, come, go and change."""

    indicator: str
    project: str
    added: int
    removed: int
    changed: tuple[Cell, ...]


def changed_figures(old: Graph, new: Graph) -> Iterator[FiguresChange]:
    """The figures that differ between two clubs, as their readers are told them."""
    before, after = _by_name(old), _by_name(new)
    groups: dict[tuple[str, str], list[Name]] = defaultdict(list)
    for name in sorted(before.keys() | after.keys()):
        groups[name[:2]].append(name)
    for (indicator, project), names in groups.items():
        added = sum(name not in before for name in names)
        removed = sum(name not in after for name in names)
        cells = tuple(
            Cell(name[2], name[4], was.value, now.value, was.is_masked, now.is_masked)
            for name in names
            if (was := before.get(name)) and (now := after.get(name)) and _told(was) != _told(now)
        )
        if added or removed or cells:
            graph = new if added or cells else old
            titles = [_title(id, graph, old) for id in (indicator, project)]
            yield FiguresChange(titles[0], titles[1], added, removed, cells)


def _by_name(graph: Graph) -> dict[Name, Observation]:
    return {
        (each.indicator, each.project, each.span.said, each.dimension, each.key): each
        for each in graph.series
    }


def _told(seen: Observation) -> tuple[object, ...]:
    return seen.value, seen.is_masked, seen.qualifier, seen.source


def _title(id: str, *graphs: Graph) -> str:
    found = next((graph.find(id) for graph in graphs if graph.find(id)), None)
    return graphs[0].title(found) if found else id

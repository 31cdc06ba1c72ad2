"""What the projects of a platform add up to."""

from __future__ import annotations

from collections.abc import Iterator

from club.insight.totals import reconcile
from club.model.graph import Graph
from club.model.kind import Figure
from club.model.message import N_
from club.model.viewing import url_of
from club.records.platform.model import Platform


def totals(graph: Graph) -> Iterator[tuple[tuple[str, ...], Figure]]:
    """How many schools the projects of each platform equip, beside each figure it claims."""
    for platform in graph.all(Platform):
        for each in reconcile(platform, graph):
            key = (platform.id, str(each.claimed.as_of), str(each.claimed.value))
            label = N_("schools equipped, its projects added up")
            yield key, Figure(platform.title_text, label, url_of(platform), each.equipped)

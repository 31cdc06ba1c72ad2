"""Where a service stands among the others: once, under the first of its families."""

from __future__ import annotations

from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import Link
from club.model.viewing import link
from club.records.family.model import Family
from club.records.service.model import Service

OTHERS = Message(N_("Other services"))


def families_of(service: Service, graph: Graph) -> tuple[Family, ...]:
    """The families of *service*, the one it stands under first."""
    return tuple(family for each in service.families if (family := graph.get(each)))


def family_order(service: Service, graph: Graph) -> tuple[bool, str, int, str]:
    """The rank of *service*: by frame and family; those without a family come last."""
    first = families_of(service, graph)[:1]
    frame, order = (first[0].frame, int(first[0].order)) if first else ("", 0)
    return (not first, frame, order, service.label.casefold())


def family_head(service: Service, graph: Graph) -> Link | Message | str:
    """What the services beside *service* stand under; nothing where a club has no families."""
    first = families_of(service, graph)[:1]
    if first:
        return link(first[0])
    return OTHERS if graph.registry.has(Family) and graph.all(Family) else ""

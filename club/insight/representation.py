"""Who speaks for a project: those who name it, and those of its organisations who name none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from club.insight.contracts import contracts_of, maker_of
from club.model.graph import Graph
from club.model.record import Record
from club.records.organisation.model import Organisation
from club.records.project.model import Project
from club.records.representative.model import Representative

R = TypeVar("R", bound=Record)


def speakers(project: Project, graph: Graph) -> tuple[Representative, ...]:
    """Who speaks for *project*: those who name it first, then those of its organisations."""
    every = graph.once(_by_project).get(project.id, ())
    return tuple(sorted(every, key=lambda each: (not each.projects, each.id)))


def _by_project(graph: Graph) -> dict[str, list[Representative]]:
    return _grouped(graph.all(Representative), lambda each: spoken_for(each, graph))


def spoken_for(representative: Representative, graph: Graph) -> tuple[Project, ...]:
    """The projects that *representative* names, or else all those of its organisation."""
    if representative.projects:
        return tuple(found for each in representative.projects if (found := graph.get(each)))
    own = graph.get(representative.organisation)
    return tuple(graph.once(_by_organisation).get(own.id, ())) if own else ()


def _by_organisation(graph: Graph) -> dict[str, list[Project]]:
    return _grouped(graph.all(Project), lambda each: _organisations(each, graph))


def _grouped(records: Iterable[R], of: Callable[[R], Iterable[Record]]) -> dict[str, list[R]]:
    """The *records* by the id of each that they are *of*."""
    found = defaultdict[str, list[R]](list)
    for record in records:
        for id in dict.fromkeys(each.id for each in of(record)):
            found[id].append(record)
    return found


def is_stranger(organisation: Organisation, project: Project, graph: Graph) -> bool:
    """Whether the records know whose *project* is, and *organisation* has no part in it.

    It has a part if it carries the project, is its academy, made its platform, or is a buyer, a
    holder or a funder under a contract for it; so has what it belongs to, and what belongs to it.
    """
    if not any(_organisations(project, graph)):
        return False
    involved = {each.id for each in _involved(project, graph)}
    around = {organisation.id}
    if parent := graph.get(organisation.parent):
        around.add(parent.id)
    around.update(each.id for each in graph.pointing(organisation, Organisation, "parent"))
    return not around & involved


def _involved(project: Project, graph: Graph) -> Iterator[Organisation]:
    yield from _organisations(project, graph)
    if maker := maker_of(project, graph):
        yield maker
    for contract in contracts_of(project, graph):
        buyers = (each.organisation for each in contract.buyers)
        funders = (each.organisation for each in contract.funding)
        for each in (*contract.every_holder, *buyers, *funders):
            if found := graph.get(each):
                yield found


def _organisations(project: Project, graph: Graph) -> Iterator[Organisation]:
    """Those that carry *project*, and the academies that it covers."""
    for each in (*(carrier.organisation for carrier in project.carriers), *project.academies):
        if found := graph.get(each):
            yield found

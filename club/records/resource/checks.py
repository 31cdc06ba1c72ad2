"""Rules about resources."""

from __future__ import annotations

from collections.abc import Iterator

from club.model.graph import Graph
from club.model.kind import check
from club.model.message import N_
from club.model.problem import Level, Problem, Rule
from club.records.resource.model import Resource

ATTRIBUTION = Rule(
    name="attribution",
    level=Level.WARNING,
    wants=N_("A Creative Commons “BY” licence asks for a credit: give it."),
    example="licence: CC-BY-NC-SA-4.0\nattribution: …",
)
UNSAFE_PATH = Rule(
    name="unsafe-path",
    wants=N_("A file is inside docs/: no absolute path and no “..”."),
    example="file: files/modele.odt",
)


@check(ATTRIBUTION)
def check_attribution(graph: Graph) -> Iterator[Problem]:
    """CC BY licences carry a duty."""
    for resource in graph.all(Resource):
        licence = (resource.licence or "").upper().replace(" ", "-")
        if licence.startswith("CC-BY") and not resource.attribution:
            yield ATTRIBUTION.problem(
                graph.place(resource, "licence"),
                N_("the licence {licence} asks for an attribution"),
                record=resource.key,
                licence=resource.licence,
            )


@check(UNSAFE_PATH)
def check_unsafe_path(graph: Graph) -> Iterator[Problem]:
    """A path cannot leave docs/."""
    for resource in graph.all(Resource):
        parts = (resource.file or "").replace("\\", "/").split("/")
        if resource.file and (not parts[0] or ".." in parts or ":" in parts[0]):
            yield UNSAFE_PATH.problem(
                graph.place(resource, "file"),
                N_("“{found}” leads outside docs/"),
                record=resource.key,
                found=resource.file,
            )


CHECKS = (check_attribution, check_unsafe_path)

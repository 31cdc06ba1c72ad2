"""Rules about offers."""

from __future__ import annotations

from collections.abc import Iterator

from club.model.graph import Graph
from club.model.kind import check
from club.model.message import N_
from club.model.problem import Level, Problem, Rule
from club.records.offer.model import Offer

OFFER_TWICE = Rule(
    name="offer-twice",
    level=Level.WARNING,
    wants=N_("A project has one offer for a service, unless they differ in school types."),
    example="service: cahier-de-textes\nproject: e-lyco\nstate: available",
)


@check(OFFER_TWICE)
def check_offer_twice(graph: Graph) -> Iterator[Problem]:
    """Two offers of the same thing would hide one another."""
    seen: dict[tuple[object, ...], Offer] = {}
    for offer in graph.all(Offer):
        key = (offer.service, offer.project, frozenset(offer.school_types))
        if key in seen:
            yield OFFER_TWICE.problem(
                graph.place(offer),
                N_("“{found}” already says what {project} offers of this service"),
                record=offer.key,
                found=seen[key].id,
                project=offer.project,
            )
        seen.setdefault(key, offer)


CHECKS = (check_offer_twice,)

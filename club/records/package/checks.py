"""Rules about lists for the vendor: numbered without a gap, each request once, after the last."""

from __future__ import annotations

from collections.abc import Iterator

from club.model.cycles import cycles
from club.model.graph import Graph
from club.model.kind import check
from club.model.message import N_
from club.model.problem import Level, Problem, Rule
from club.model.record import Audience
from club.records.package.model import Package

PACKAGE_NUMBER = Rule(
    name="package-number",
    wants=N_("The requests of a list are numbered 1, 2, 3… in their order, and each stands once."),
    example="requests:\n  - {number: 1, request: a, title: A, need: N, state: shared}",
)
PACKAGE_PREVIOUS = Rule(
    name="package-previous",
    wants=N_("A list follows one that is older than itself."),
    example="previous: liste-2012",
)


FROZEN_IN_PUBLIC = Rule(
    name="frozen-in-public",
    level=Level.WARNING,
    wants=N_("A list keeps for members what the request it copied now keeps for them."),
    example="- {number: 1, request: a, title: A, need: N, state: sent, audience: members}",
)
KEPT = ("title", "need", "acceptance", "service", "origin", "positions")


@check(FROZEN_IN_PUBLIC)
def check_frozen_in_public(graph: Graph) -> Iterator[Problem]:
    """What is for members since a list was frozen is for the club to hide there too."""
    for package in graph.all(Package):
        for index, each in enumerate(package.requests):
            request = graph.get(each.request)
            if request is None or each.audience is Audience.MEMBERS:
                continue
            for name in KEPT:
                if request.audience.get(name) is Audience.MEMBERS and getattr(each, name):
                    yield FROZEN_IN_PUBLIC.problem(
                        graph.place(package, "requests", index, name),
                        N_("“{field}” of “{request}” is for members, and public here"),
                        record=package.key,
                        field=name,
                        request=request.id,
                    )


@check(PACKAGE_NUMBER)
def check_package_number(graph: Graph) -> Iterator[Problem]:
    """The vendor and the club mean the same request by a number."""
    for package in graph.all(Package):
        seen: dict[str, int] = {}
        for index, each in enumerate(package.requests):
            if each.number != index + 1:
                yield PACKAGE_NUMBER.problem(
                    graph.place(package, "requests", index, "number"),
                    N_("number {found} stands where number {expected_number} is due"),
                    nearest=(str(index + 1),),
                    record=package.key,
                    found=each.number,
                    expected_number=index + 1,
                )
            request = graph.get(each.request)
            id = request.id if request else each.request.id
            if id in seen:
                yield PACKAGE_NUMBER.problem(
                    graph.place(package, "requests", index, "request"),
                    N_("“{found}” already is number {number} of the list"),
                    record=package.key,
                    found=id,
                    number=seen[id],
                )
            seen.setdefault(id, each.number)


@check(PACKAGE_PREVIOUS)
def check_package_previous(graph: Graph) -> Iterator[Problem]:
    """Following `previous` goes back in time and ends somewhere."""
    for package, path in cycles(graph.all(Package), lambda each: graph.get(each.previous)):
        yield PACKAGE_PREVIOUS.problem(
            graph.place(package, "previous"),
            N_("these lists follow one another in a circle: {ids}"),
            record=package.key,
            ids=path,
        )
    for package in graph.all(Package):
        previous = graph.get(package.previous)
        if previous and package.date.is_before(previous.date):
            yield PACKAGE_PREVIOUS.problem(
                graph.place(package, "previous"),
                N_("“{previous}” is of {then}, this list of {date}"),
                record=package.key,
                previous=previous.id,
                then=str(previous.date),
                date=str(package.date),
            )


CHECKS = (check_frozen_in_public, check_package_number, check_package_previous)

"""Rules about indicators."""

from __future__ import annotations

from collections.abc import Iterator

from club.model.graph import Graph
from club.model.kind import check
from club.model.message import N_, Message
from club.model.problem import Problem, Rule
from club.model.record import Audience
from club.records.indicator.model import Access, Indicator

INDICATOR_ACCESS = Rule(
    name="indicator-access",
    wants=N_("An indicator whose figures are not for everyone is for members."),
    example="access: on_request\naudience: members",
)


@check(INDICATOR_ACCESS)
def check_indicator_access(graph: Graph) -> Iterator[Problem]:
    """The past of a file is told by the audience that it says, not by what it means."""
    for indicator in graph.all(Indicator):
        if indicator.access is Access.PUBLIC:
            continue
        if graph.node(indicator).raw.block.get("audience") != str(Audience.MEMBERS):
            yield INDICATOR_ACCESS.problem(
                graph.place(indicator, "access"),
                N_("the access is “{access}”, and the audience is not “members”"),
                expected=Message(N_("the line “audience: members”")),
                record=indicator.key,
                access=str(indicator.access),
            )


CHECKS = (check_indicator_access,)

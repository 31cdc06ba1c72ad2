"""Where each request that was sent stands between the club and the vendor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from club.insight.delivery import Usable, delivered, rank_of_version, usable_in
from club.model.graph import Graph
from club.records.project.model import Project
from club.records.request.model import AnswerType, Request, RequestState

VENDOR_URL = "requests/vendor/"


class Side(Enum):
    """Whose turn it is, or what came of it: each request that was sent stands in one place."""

    WAITING = auto()
    """The vendor has to answer."""
    DETAILS = auto()
    """The club has to say more, as the vendor asked."""
    PROMISED = auto()
    DELIVERED = auto()
    EXISTS = auto()
    """The vendor says that it is there already, and the club has not said so yet."""
    REFUSED = auto()


BY_STATE = {
    RequestState.ACCEPTED: Side.PROMISED,
    RequestState.PLANNED: Side.PROMISED,
    RequestState.DELIVERED: Side.DELIVERED,
    RequestState.REFUSED: Side.REFUSED,
}
BY_ANSWER = {
    AnswerType.UNDER_STUDY: Side.WAITING,
    AnswerType.NEEDS_DETAILS: Side.DETAILS,
    AnswerType.ACCEPTED: Side.PROMISED,
    AnswerType.EXISTS: Side.EXISTS,
    AnswerType.REFUSED: Side.REFUSED,
}


def side_of(request: Request) -> Side | None:
    """Where *request* stands: by its state, and while that is “sent”, by the last answer."""
    if request.state is not RequestState.SENT:
        return BY_STATE.get(request.state)
    return BY_ANSWER[request.answers[-1].answer] if request.answers else Side.WAITING


def on(side: Side, graph: Graph) -> tuple[Request, ...]:
    """The requests that stand on *side*: true ones before examples, then by title."""
    found = [each for each in graph.all(Request) if side_of(each) is side]
    return tuple(sorted(found, key=lambda each: (each.example, each.title.casefold(), each.id)))


def promised_version(request: Request) -> str | None:
    """The version that the vendor last named for *request*."""
    named = (each.version for each in reversed(request.answers) if each.version)
    return next(named, None)


@dataclass(frozen=True, slots=True)
class Coming:
    """What a *version* brings: a request, delivered or only promised for it."""

    request: Request
    version: str
    is_promised: bool


def coming(graph: Graph) -> tuple[Coming, ...]:
    """What each version that is named brought or is to bring, the oldest version first."""
    return graph.once(_coming)


def _coming(graph: Graph) -> tuple[Coming, ...]:
    found = [Coming(each, str(each.delivered_in), is_promised=False) for each in delivered(graph)]
    found += [
        Coming(each, version, is_promised=True)
        for version, those in promises(graph)
        for each in those
        if version is not None
    ]
    rank = rank_of_version(graph)
    return tuple(
        sorted(found, key=lambda each: (rank(each.version), each.request.title.casefold()))
    )


def to_come(project: Project, graph: Graph) -> tuple[Coming, ...]:
    """What later versions bring, or are promised to bring, that *project* cannot use yet."""
    return tuple(
        each for each in coming(graph) if usable_in(project, each.version, graph) is Usable.NOT_YET
    )


def promises(graph: Graph) -> tuple[tuple[str | None, tuple[Request, ...]], ...]:
    """What the vendor promised for each version, the next one first; without a version, last."""
    found: dict[str | None, list[Request]] = {}
    for each in on(Side.PROMISED, graph):
        found.setdefault(promised_version(each), []).append(each)
    rank = rank_of_version(graph)
    ordered = sorted(found, key=lambda each: (each is None, rank(each or ""), each or ""))
    return tuple((version, tuple(found[version])) for version in ordered)

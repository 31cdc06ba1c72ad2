"""Which project offers which service: the matrix of offers, and where the projects differ."""

from __future__ import annotations

from dataclasses import dataclass

from club.model.graph import Graph
from club.model.message import P_, Choice
from club.records.offer.model import Offer, OfferState
from club.records.project.model import Project
from club.records.request.model import Request, RequestState
from club.records.service.model import Service


class Answer(Choice):
    """The four values of a cell: what a reader wants to know first."""

    YES = "yes", P_("offer", "yes"), "good"
    PARTLY = "partly", P_("offer", "partly"), "warn"
    NO = "no", P_("offer", "no"), "bad"
    UNKNOWN = "unknown", P_("offer", "unknown"), "quiet"


ANSWER_BY_STATE = {
    OfferState.AVAILABLE: Answer.YES,
    OfferState.PARTIAL: Answer.PARTLY,
    OfferState.IN_PROGRESS: Answer.PARTLY,
    OfferState.PLANNED: Answer.NO,
    OfferState.ABSENT: Answer.NO,
    OfferState.NOT_APPLICABLE: Answer.NO,
    OfferState.UNKNOWN: Answer.UNKNOWN,
}
CLOSED = {RequestState.DUPLICATE, RequestState.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class OfferCell:
    """What one project says of one service; no offer means unknown, never absent."""

    offers: tuple[Offer, ...]

    @property
    def deciding(self) -> tuple[Offer, ...]:
        """The offers that the answer is taken from: examples only where there are no others."""
        return self.of_fact or self.offers

    @property
    def of_fact(self) -> tuple[Offer, ...]:
        """The offers that are not made up."""
        return tuple(each for each in self.offers if not each.example)

    @property
    def answer(self) -> Answer:
        """The best answer among the offers written down."""
        answers = [ANSWER_BY_STATE[offer.state] for offer in self.deciding]
        return min(answers, key=list(Answer).index, default=Answer.UNKNOWN)

    @property
    def state(self) -> OfferState:
        """The state of the offer that gives the answer."""
        for offer in self.deciding:
            if ANSWER_BY_STATE[offer.state] is self.answer:
                return offer.state
        return OfferState.UNKNOWN


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One service across projects, and the requests that ask for it."""

    service: Service
    cells: tuple[OfferCell, ...]
    requests: tuple[Request, ...]

    @property
    def is_same(self) -> bool:
        """Whether every project whose state is known stands at the same: unknown differs not."""
        return _agree(self.cells)

    @property
    def is_same_in_fact(self) -> bool:
        """The same, of what is not made up."""
        return _agree(tuple(OfferCell(cell.of_fact) for cell in self.cells))


def _agree(cells: tuple[OfferCell, ...]) -> bool:
    return len({cell.state for cell in cells} - {OfferState.UNKNOWN}) <= 1


def offer_matrix(
    graph: Graph, services: tuple[Service, ...], projects: tuple[Project, ...]
) -> tuple[OfferRow, ...]:
    """A row for each of *services*, a cell for each of *projects*."""
    offers: dict[tuple[str, str], list[Offer]] = {}
    for offer in graph.all(Offer):
        service, project = graph.get(offer.service), graph.get(offer.project)
        if service and project:
            offers.setdefault((service.id, project.id), []).append(offer)
    return tuple(
        OfferRow(
            service,
            tuple(OfferCell(tuple(offers.get((service.id, each.id), ()))) for each in projects),
            tuple(
                request
                for request in graph.pointing(service, Request, "service")
                if request.state not in CLOSED
            ),
        )
        for service in services
    )

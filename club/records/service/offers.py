"""Who offers a service: a row for each project, with its state, its date and its evidence."""

from __future__ import annotations

from club.insight.offers import ANSWER_BY_STATE, Answer
from club.insight.positions import voters
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import CellView, Counted, Link, RowView, SectionView, TableView, Unknown
from club.model.viewing import cited, counted, labels, link, section, text
from club.records.offer.model import Offer, OfferState
from club.records.project.model import Project
from club.records.service.model import Service

THERE = {Answer.YES, Answer.PARTLY}


def offered_by(service: Service, graph: Graph) -> Counted:
    """How many projects have *service*, for all or for some; a true offer counts before another."""
    offers = [e for e in graph.pointing(service, Offer) if ANSWER_BY_STATE[e.state] in THERE]
    by_project = {graph[e.project].id: e for e in sorted(offers, key=lambda e: not e.example)}
    return counted(by_project.values())


def offers(service: Service, graph: Graph) -> SectionView | None:
    """The projects that offer *service*, then those of which nobody has written whether they do."""
    if not graph.registry.has(Offer):
        return None
    found = sorted(graph.pointing(service, Offer), key=lambda each: _order(each, graph))
    told = {graph[each.project].id for each in found}
    silent = () if service.external else [each for each in voters(graph) if each.id not in told]
    rows = (*(_row(each, graph) for each in found), *map(_unknown, silent))
    table = TableView(
        Message(N_("{service}, project by project"), {"service": service.label}),
        (N_("project"), *labels(Offer, "state", "since", "integration", "source", "as_of")),
        rows,
    )
    return section("offers", Message(N_("Who offers it")), table) if rows else None


def _order(offer: Offer, graph: Graph) -> tuple[int, str]:
    return list(OfferState).index(offer.state), graph[offer.project].name.casefold()


def _row(offer: Offer, graph: Graph) -> RowView:
    details = Link(Message(N_("details")), link(offer).url, is_example=offer.example)
    evidence = (cited(graph, offer.source), text(graph, offer.note), details)
    return RowView(
        (
            CellView((link(graph[offer.project]),)),
            CellView((offer.state,), graph.place(offer, "state")),
            CellView((offer.since or Unknown(),)),
            CellView((offer.integration,)),
            CellView(tuple(each for each in evidence if each)),
            CellView((offer.as_of,)),
        ),
        is_example=offer.example,
    )


def _unknown(project: Project) -> RowView:
    empty = CellView(())
    return RowView((CellView((link(project),)), CellView((Unknown(),)), *(empty,) * 4))

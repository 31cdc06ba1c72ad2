"""What offers add up to."""

from __future__ import annotations

from collections.abc import Iterator

from club.insight.offers import Answer, OfferCell, offer_matrix
from club.model.graph import Graph
from club.model.kind import Figure
from club.model.message import N_
from club.model.viewing import url_of
from club.records.project.model import Project
from club.records.service.model import Service


def offered(graph: Graph) -> Iterator[tuple[tuple[str, ...], Figure]]:
    """How many projects offer each service, examples left aside."""
    for row in offer_matrix(graph, graph.all(Service), graph.all(Project)):
        number = sum(OfferCell(cell.of_fact).answer is Answer.YES for cell in row.cells)
        label = N_("projects that offer it")
        service = row.service
        yield (service.id,), Figure(service.title_text, label, url_of(service), number)

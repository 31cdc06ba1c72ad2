"""What consultations add up to: a proposal that moves a rank is told of it."""

from __future__ import annotations

from collections.abc import Iterator

from club.insight.choosing import choosings
from club.model.graph import Graph
from club.model.kind import Figure
from club.model.message import N_, Message
from club.model.viewing import url_of
from club.records.consultation.model import Consultation


def ranks(graph: Graph) -> Iterator[tuple[tuple[str, ...], Figure]]:
    """The best and the worst rank of each candidate, by the weights of all together."""
    found = graph.once(choosings)
    for consultation in graph.all(Consultation):
        names = {each.id: each.name for each in found[consultation.id].candidates}
        for place in found[consultation.id].ranking:
            about = {"name": names[place.option], "title": consultation.title}
            subject = Message(N_("{name} in “{title}”"), about)
            url = url_of(consultation)
            for label, number in ((BEST, place.first), (WORST, place.last)):
                yield (consultation.id, place.option, label), Figure(subject, label, url, number)


BEST, WORST = N_("best rank"), N_("worst rank")

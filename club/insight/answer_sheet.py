"""The sheet on which the vendor answers: its columns, and what may stand in them."""

from __future__ import annotations

from dataclasses import dataclass

from club.insight.waiting import waits
from club.model.field import fields_of
from club.model.graph import Graph
from club.model.message import N_, P_
from club.records.package.model import Package
from club.records.request.model import Answer, AnswerType, Request

REQUEST, TITLE, ANSWER = "request", "title", "answer"
FILLED = (ANSWER, "version", "date", "text", "source")
"""What the vendor fills in."""
COLUMNS: dict[str, str] = {
    REQUEST: N_("request"),
    TITLE: fields_of(Request)[TITLE].label,
    **{name: fields_of(Answer)[name].label for name in FILLED},
}
"""What each column is called; a file may also give it the name of its field."""
MARK = "#"
"""What a line that is no row begins with."""
OPEN = "open"
"""What a sheet of all the requests that wait is made for."""
HEAD = N_("Answers of the vendor")
MEANS = {
    AnswerType.EXISTS: N_("it is there already; say since which version"),
    AnswerType.ACCEPTED: N_("it will be done; say in which version, if you know"),
    AnswerType.UNDER_STUDY: N_("nothing is decided yet"),
    AnswerType.REFUSED: N_("it will not be done; say why"),
    AnswerType.NEEDS_DETAILS: N_("the club has to say more; say what"),
}
"""What each answer means to whoever gives it."""
ALSO = {
    AnswerType.EXISTS: P_("answer, as people write it", "exists, exists already"),
    AnswerType.ACCEPTED: P_("answer, as people write it", "agreed, yes"),
    AnswerType.UNDER_STUDY: P_("answer, as people write it", "under consideration, in study"),
    AnswerType.REFUSED: P_("answer, as people write it", "rejected, no"),
    AnswerType.NEEDS_DETAILS: P_("answer, as people write it", "to be detailed"),
}
"""Other words for each, between commas."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a sheet is made for, by its id, and the requests that it asks about by their titles."""

    id: str
    requests: tuple[tuple[Request, str], ...]


def open_requests(graph: Graph) -> Asked:
    """The requests that wait for the vendor, the longest wait first."""
    return Asked(OPEN, tuple((each.request, each.request.title) for each in waits(graph)))


def listed_requests(graph: Graph, id: str) -> Asked | None:
    """The requests of the list *id*, in its order, as it calls them; None if there is no such."""
    package = graph.find(id)
    if not isinstance(package, Package):
        return None
    found = ((graph.get(each.request), each.title) for each in package.requests)
    return Asked(package.id, tuple((each, title) for each, title in found if each))

"""How far a project has come: the schools equipped out of those it is meant for."""

from __future__ import annotations

from club.model.claims import used
from club.model.dates import PartialDate, is_past
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import Progress
from club.model.viewing import label_of
from club.records.project.model import Project


def progress(project: Project, graph: Graph) -> Progress | None:
    """The schools equipped when the target was stated, out of that target; None if unknown."""
    target = used(project.schools_target)
    completion = used(project.completion)
    if target is None:
        return None
    equipped = used(project.schools_equipped, target.as_of)
    if equipped is None:
        return None
    return Progress(
        equipped.value,
        target.value,
        Message(label_of(Project, "schools_equipped")),
        _goal(target.value, completion.value if completion else None, graph),
    )


def _goal(count: int, when: PartialDate | None, graph: Graph) -> Message:
    """What the bar leads to: a target, by a date that may be past."""
    if when is None:
        return Message(N_("{label}: {value}"), {"label": Message(N_("target")), "value": count})
    said = N_("target then: {date}") if is_past(when, graph.today) else N_("target: {date}")
    return Message(said, {"date": when})

"""The minutes of a meeting: their skeleton, and what they say written into the records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from club.edit.amend import Amendment, adding, amended, removing, setting
from club.edit.plan import Plan
from club.edit.whole import whole_records
from club.insight.agenda import Proposed
from club.insight.minutes import ENDED, Minutes
from club.model.folder import ClubFolder
from club.model.markup import plain
from club.model.message import N_, Message, Translate
from club.model.names import PAGE_SUFFIX
from club.model.problem import Problem
from club.model.record import Record

OF_DECISIONS = "decisions"
"""The collection that new decisions go to."""
DECISIONS, ACTIONS, POSITIONS = N_("Decisions"), N_("Actions"), N_("Positions")
HELP = {
    DECISIONS: N_("One line a decision: - Subject: what was decided (replaces [[id]])"),
    ACTIONS: N_("One line an action: - Organisation: what is to be done (before 31 March 2013)"),
    POSITIONS: N_(
        "One line a position: - Project: essential, rank 2, on [[request]] – why"
        " (condition: what must be respected)"
    ),
}
TAKEN = N_("{path} is already there: nothing is overwritten")
HELD = N_("“{id}” has its minutes in its record: move them to {path} first")


def minutes_path(folder: ClubFolder, meeting: Record) -> str:
    """Where the long minutes of *meeting* are."""
    return f"{folder.docs}/{meeting.key}{PAGE_SUFFIX}"


def skeleton(
    folder: ClubFolder, meeting: Record, points: Sequence[str], translate: Translate
) -> Plan | Message:
    """The plan that writes the skeleton of the minutes of *meeting*, a heading a point."""
    path = minutes_path(folder, meeting)
    if (folder.root / path).exists():
        return Message(TAKEN, {"path": path})
    if getattr(meeting, "minutes", None):
        return Message(HELD, {"id": meeting.id, "path": path})
    parts = [f"## {number}. {plain(title)}\n\n…\n" for number, title in enumerate(points, 1)]
    heads = dict(HELP)
    if OF_DECISIONS not in folder.registry.by_collection:
        del heads[DECISIONS]
    for head, help in heads.items():
        parts.append(f"## {translate(head)}\n\n<!-- {translate(help)} -->\n")
    return Plan({path: "\n".join(parts)})


def with_points(
    folder: ClubFolder, meeting: Record, points: Sequence[tuple[Proposed, str, str]]
) -> Plan | list[Problem] | Message:
    """The plan that adds *points* to the agenda of *meeting*, each with its title and its note."""
    return amended(
        folder,
        [
            adding(
                meeting,
                ("agenda",),
                {
                    "id": point.id,
                    "title": title,
                    **({"axis": point.axis} if point.axis else {}),
                    **({"note": note} if note else {}),
                },
            )
            for point, title, note in points
        ],
    )


def written_minutes(
    folder: ClubFolder, meeting: Record, minutes: Minutes
) -> Plan | list[Problem] | Message:
    """The plan that writes what *minutes* say: actions, positions and new decisions at once."""
    plan = amended(folder, list(_amendments(meeting, minutes)))
    if not isinstance(plan, Plan):
        return plan
    decisions = {each.id: each.fields for each in minutes.decisions}
    found = whole_records(folder, OF_DECISIONS, decisions)
    return Plan(plan.written | found.written) if isinstance(found, Plan) else found


def _amendments(meeting: Record, minutes: Minutes) -> Iterator[Amendment]:
    for action in minutes.actions:
        yield adding(meeting, ("actions",), action)
    for ended in minutes.done:
        yield setting(ended.meeting, ("actions", ended.index, "state"), ENDED)
    for each in minutes.positions:
        if each.index is None:
            yield adding(each.request, ("positions",), each.fields)
            continue
        held = each.request.positions[each.index]
        for name, value in each.fields.items():
            if name != "project" and str(getattr(held, name)) != value:
                yield setting(each.request, ("positions", each.index, name), value)
        for name in each.dropped:
            yield removing(each.request, ("positions", each.index, name))

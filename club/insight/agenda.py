"""What a meeting may have on its agenda: what earlier ones left, and what waits for the club."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from club.insight.actions import agreed
from club.insight.ends import End, ends
from club.insight.positions import OPEN, standing, voters
from club.insight.rotation import when
from club.model.graph import Graph
from club.model.markup import folded, plain
from club.model.message import N_, Message
from club.model.record import Record
from club.model.viewing import link, links
from club.records.meeting.model import (
    ActionStanding,
    AgendaPoint,
    AgendaState,
    Meeting,
    MeetingStatus,
)
from club.records.page.model import WikiPage
from club.records.request.model import Request

AHEAD = 365
"""Ends and reviews within so many days of the meeting are its business."""

LEFT = {AgendaState.OPEN, AgendaState.POSTPONED}


@dataclass(frozen=True, slots=True)
class Proposed:
    """A point that is proposed: its lasting id, its title, what it is about, and its axis.

    *about* are Markdown texts, an item each; they name records as `[[id]]`.
    """

    id: str
    title: str | Message
    about: tuple[str | Message, ...] = ()
    axis: str = ""


def is_cancelled(meeting: Meeting) -> bool:
    """Whether *meeting* takes no point any more."""
    return meeting.status is MeetingStatus.CANCELLED


def proposed(meeting: Meeting, graph: Graph) -> tuple[Proposed, ...]:
    """The points to propose, those that earlier meetings left first, less those it has already.

    What is made up is proposed to a made-up meeting alone.
    """
    held = {each.id for each in meeting.agenda}
    waiting = (each for each in _waiting(meeting, graph) if each.id not in held)
    return (*_left(meeting, graph), *waiting)


def _left(meeting: Meeting, graph: Graph) -> Iterator[Proposed]:
    """The points of earlier meetings that were carried here, or that nobody treated."""
    taken = {each.id for each in meeting.agenda}
    for earlier in sorted(graph.all(Meeting), key=lambda each: (_day(each) or date.max, each.id)):
        if earlier is meeting or not _concerns(earlier, meeting):
            continue
        for point in earlier.agenda:
            if not _is_left(point, earlier, meeting, graph):
                continue
            if any(_is_held(point, earlier, each) for each in (meeting, *_since(earlier, graph))):
                continue
            id = point.id if point.id not in taken else f"{earlier.id}-{point.id}"
            taken.add(id)
            said = Message(N_("Left by [[{meeting}]]."), {"meeting": earlier.id})
            yield Proposed(id, point.title, (said,), point.axis.id if point.axis else "")


def _is_held(point: AgendaPoint, earlier: Meeting, meeting: Meeting) -> bool:
    """Whether *meeting* has the *point* that *earlier* left, and not another of the same id."""
    return any(
        each.id == f"{earlier.id}-{point.id}"
        or (
            each.id == point.id
            and (
                folded(each.title) == folded(point.title)
                or f"[[{earlier.id}]]" in (each.note or "")
            )
        )
        for each in meeting.agenda
    )


def _since(earlier: Meeting, graph: Graph) -> Iterator[Meeting]:
    """The meetings that were over after *earlier*: a point that one took up is for it to tell."""
    for each in graph.all(Meeting):
        day, after = _day(earlier), _day(each)
        if day and after and after > day and _is_over(each, graph):
            yield each


def _is_left(point: AgendaPoint, earlier: Meeting, meeting: Meeting, graph: Graph) -> bool:
    """Whether *point* is for *meeting*: carried there, or left by all that were to speak of it."""
    target = graph.get(point.carried_to)
    if target is not None and target.id == meeting.id:
        return True
    day = _day(meeting)
    is_earlier = day is None or (_day(earlier) or date.max) < day
    is_missed = target is None or (
        _is_over(target, graph) and (_day(target) or date.max) < (day or date.max)
    )
    return point.state in LEFT and _is_over(earlier, graph) and is_earlier and is_missed


def _is_over(meeting: Meeting, graph: Graph) -> bool:
    return meeting.was_held(graph.today) or meeting.status is MeetingStatus.CANCELLED


def _waiting(meeting: Meeting, graph: Graph) -> Iterator[Proposed]:
    late = [
        each
        for each in agreed(graph)
        if each.standing is ActionStanding.LATE and _concerns(each.meeting, meeting)
    ]
    if late:
        said = (
            Message(
                N_("{what} ([[{meeting}]], due: {due})"),
                {
                    "what": plain(each.action.what),
                    "meeting": each.meeting.id,
                    "due": each.action.due,
                },
            )
            for each in late
        )
        yield Proposed("actions-en-retard", Message(N_("Late actions")), tuple(said))
    projects = [each for each in voters(graph) if _concerns(each, meeting)]
    without = [
        (each, missing)
        for each in graph.all(Request)
        if each.state in OPEN
        and _concerns(each, meeting)
        and (missing := standing(each, graph, projects).missing)
    ]
    if without:
        said = (
            Message(
                N_("[[{request}]]: the position is missing of {names}"),
                {"request": request.id, "names": links(missing)},
            )
            for request, missing in without
        )
        yield Proposed("positions-manquantes", Message(N_("Positions to give")), tuple(said))
    yield from _falling_due(meeting, graph)


def _falling_due(meeting: Meeting, graph: Graph) -> Iterator[Proposed]:
    """The contracts and the like that end, and the pages to read again, soon after the meeting."""
    day = _day(meeting) or graph.today
    if day is None:
        return
    soon = [
        each
        for each in ends(graph)
        if 0 <= (each.when.last - day).days <= AHEAD
        and all(_concerns(told, meeting) for told in (each.record, *each.subjects))
    ]
    if soon:
        said = (_end(each) for each in soon)
        yield Proposed("echeances", Message(N_("What falls due within a year")), tuple(said))
    stale = [
        each
        for each in graph.pages
        if isinstance(each, WikiPage) and each.review_by and each.review_by.last <= day
    ]
    if stale:
        said = (
            Message(
                N_("{page}: to be read again by {date}"),
                {"page": link(each), "date": each.review_by},
            )
            for each in stale
        )
        yield Proposed("pages-a-relire", Message(N_("Pages to read again")), tuple(said))


def _end(end: End) -> Message:
    """What ends and when: a contract, or what a criterion of a comparison says of its subject."""
    if not end.label:
        return Message(N_("[[{contract}]]: {date}"), {"contract": end.record.id, "date": end.when})
    about = {"criterion": end.label, "subject": end.subjects[0].id, "date": end.when}
    return Message(N_("{criterion} of [[{subject}]]: {date}"), about)


def _concerns(record: Record, meeting: Meeting) -> bool:
    return meeting.example or not record.example


def _day(meeting: Meeting) -> date | None:
    told = when(meeting)
    return told.first if told else None

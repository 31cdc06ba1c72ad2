"""What is about to come for a project or an organisation: the next meeting, what is due soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from club.insight.actions import Agreed, actions_in
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import CardView, SectionView
from club.model.viewing import link, section
from club.records.meeting.model import ANNOUNCED, ActionStanding, Meeting, Mode
from club.records.organisation.model import Organisation
from club.records.project.model import Project

A_WEEK = timedelta(days=7)
REMOTE: dict[Mode | None, Message] = {
    Mode.PHONE: Message(N_("By phone")),
    Mode.VIDEO: Message(N_("Online (video)")),
}
"""Where people meet who meet in no place."""


def next_meeting(graph: Graph) -> Meeting | None:
    """The meeting announced that comes first and is not past, among those that have a date."""
    found = (
        (each.date.value.sort_key, each.id, each)
        for each in graph.all(Meeting)
        if each.date and each.standing(graph.today) in ANNOUNCED
    )
    return min(found, key=lambda each: each[:2], default=(None, None, None))[2]


def due_soon(subject: Project | Organisation, graph: Graph) -> tuple[Agreed, ...]:
    """The open actions of *subject* whose last day is within a week from today."""
    today = graph.today
    if today is None:
        return ()
    ids = {each.id for each in _acting(subject, graph)}
    return tuple(
        each
        for each in actions_in({ActionStanding.OPEN}, graph)
        if (owner := graph.get(each.action.owner)) and owner.id in ids and _is_soon(each, today)
    )


def coming(subject: Project | Organisation, graph: Graph) -> SectionView | None:
    """The next meeting, with its day and its place, then what is due within a week."""
    return section("coming", Message(N_("Coming up")), *_cards(subject, graph), layout="cards")


def _cards(subject: Project | Organisation, graph: Graph) -> Iterator[CardView]:
    if meeting := next_meeting(graph):
        yield _meeting(meeting, subject, graph)
    for each in due_soon(subject, graph):
        said = (Message(N_("due: {date}"), {"date": each.action.due}), link(each.meeting))
        yield CardView(each.action.what, said, is_example=each.meeting.example)


def _meeting(meeting: Meeting, subject: Project | Organisation, graph: Graph) -> CardView:
    when = meeting.date.value if meeting.date else None
    hour = Message(N_("at {hour}"), {"hour": meeting.start}) if meeting.start else None
    where = meeting.place or REMOTE.get(meeting.mode) or Message(N_("place unknown so far"))
    said = (
        Message(N_("Next meeting")),
        when,
        hour,
        where,
        meeting.standing(graph.today),
        _hosting(meeting, subject, graph),
    )
    return CardView(link(meeting), tuple(each for each in said if each))


def _hosting(meeting: Meeting, subject: Project | Organisation, graph: Graph) -> Message | None:
    """That *subject* hosts *meeting*, or an organisation of the project; who does otherwise."""
    host = graph.get(meeting.host)
    if host is None:
        return None
    if host is subject:
        return Message(N_("You host it."))
    is_ours = any(host is each for each in _hosts(subject, graph))
    said = N_("You host it, through {name}.") if is_ours else N_("hosted by {name}")
    return Message(said, {"name": link(host)})


def _acting(subject: Project | Organisation, graph: Graph) -> tuple[Organisation, ...]:
    """The organisations whose actions are those of *subject*: itself, or who carries it."""
    if isinstance(subject, Organisation):
        return (subject,)
    found = (graph.get(each.organisation) for each in subject.carriers)
    return tuple(each for each in found if each)


def _hosts(subject: Project | Organisation, graph: Graph) -> tuple[Organisation, ...]:
    """The organisations that host for *subject*: of a project, its academies too."""
    if isinstance(subject, Organisation):
        return (subject,)
    academies = (graph.get(each) for each in subject.academies)
    return (*_acting(subject, graph), *(each for each in academies if each))


def _is_soon(each: Agreed, today: date) -> bool:
    return each.action.due is not None and each.action.due.last <= today + A_WEEK

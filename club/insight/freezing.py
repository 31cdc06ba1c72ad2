"""The requests that a list for the vendor takes, copied as they are, the most shared first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from club.insight.convergence import book
from club.insight.positions import OPEN, Stated, standing
from club.insight.waiting import wait_of
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.problem import instead
from club.model.record import Audience, Part, Record
from club.records.meeting.model import Meeting
from club.records.package.model import Package
from club.records.request.model import Request, RequestState

NO_MEETING = (
    N_("no meeting is called “{name}”; perhaps: {near}"),
    N_("no meeting is called “{name}”; the meetings are: {names}"),
    N_("no meeting is called “{name}”: the club has none"),
)
NO_REQUEST = (
    N_("no request is called “{name}”; perhaps: {near}"),
    *2 * (N_("no request is called “{name}”; those that are open are: {names}"),),
)
NOTHING = N_(
    "there is nothing to freeze: no request is “{shared}”, and none that was sent waits for an"
    " answer; name some with --request"
)
NOT_TRUE = N_("“{id}” is made up, and the meeting is not: a true list holds true requests alone")
COPIED = ("title", "need", "acceptance")
OF_POSITION = ("stance", "rank", "reason", "constraint")


@dataclass(frozen=True, slots=True)
class Frozen:
    """A list to be written: its fields, its requests in order, and the open ones it leaves out."""

    meeting: Meeting
    fields: Mapping[str, Any]
    requests: tuple[Request, ...]
    left_out: tuple[Request, ...]
    previous: Package | None

    @property
    def collection(self) -> str:
        """Where it is to stand."""
        return Package.collection


def freeze(
    graph: Graph,
    meeting_id: str,
    commit_id: str,
    day: date,
    title: str,
    named: Sequence[str] = (),
) -> Frozen | Message:
    """The list that the meeting *meeting_id* settled, copied from *graph* as it is at a commit.

    It holds the requests *named*, or else those that are shared and those that were sent and wait;
    why not, if it cannot be. *title* says `{meeting}` where the meeting's title goes.
    """
    meeting = graph.find(meeting_id)
    if not isinstance(meeting, Meeting):
        return instead(NO_MEETING, meeting_id, (each.id for each in graph.all(Meeting)))
    chosen = _named(named, meeting, graph) if named else _ready(meeting, graph)
    if isinstance(chosen, Message):
        return chosen
    if not chosen:
        return Message(NOTHING, {"shared": RequestState.SHARED})
    requests = _ordered(chosen, graph)
    previous = _previous(meeting, graph)
    fields = {
        "title": title.format(meeting=meeting.title),
        "date": day.isoformat(),
        "commit_id": commit_id,
        "meeting": meeting.id,
        **({"previous": previous.id} if previous else {}),
        "requests": [_copy(each, number, graph) for number, each in enumerate(requests, 1)],
        **({"example": "yes"} if meeting.example else {}),
    }
    left_out = [
        each
        for each in graph.all(Request)
        if each.state in OPEN and each not in requests and each.example == meeting.example
    ]
    return Frozen(meeting, fields, tuple(requests), tuple(left_out), previous)


def _ready(meeting: Meeting, graph: Graph) -> list[Request]:
    """The requests that all have discussed, and those that were sent and wait."""
    return [
        each
        for each in graph.all(Request)
        if each.example == meeting.example and (each.state is RequestState.SHARED or wait_of(each))
    ]


def _named(named: Iterable[str], meeting: Meeting, graph: Graph) -> list[Request] | Message:
    found: dict[str, Request] = {}
    for id in named:
        request = graph.find(id)
        if not isinstance(request, Request):
            opened = (each.id for each in graph.all(Request) if each.state in OPEN)
            return instead(NO_REQUEST, id, opened)
        if request.example and not meeting.example:
            return Message(NOT_TRUE, {"id": request.id})
        found[request.id] = request
    return list(found.values())


def _ordered(requests: Sequence[Request], graph: Graph) -> list[Request]:
    """The most shared first; what is for members comes last, so that no number tells of it."""
    rank = {each.request.id: place for place, each in enumerate(book(graph).cases)}

    def order(request: Request) -> tuple[bool, int, int, str]:
        supports = len(standing(request, graph, ()).wanting)
        place = rank.get(request.id, len(rank))
        return (_is_for_members(request), place, -supports, request.title.casefold())

    return sorted(requests, key=order)


def _previous(meeting: Meeting, graph: Graph) -> Package | None:
    """The newest list of the same sort."""
    same = [each for each in graph.all(Package) if each.example == meeting.example]
    return max(same, key=lambda each: (each.date.sort_key, each.id), default=None)


def _is_for_members(record: Record) -> bool:
    """Whether any of what is copied of *record* is for members alone."""
    copied = {"", *COPIED, "service", "origin", "state", "positions"}
    return any(
        audience is Audience.MEMBERS and field in copied
        for field, audience in record.audience.items()
    )


def _copy(request: Request, number: int, graph: Graph) -> dict[str, Any]:
    service = graph.get(request.service)
    return {
        "number": str(number),
        "request": request.id,
        **_said(request, COPIED),
        **({"service": service.label} if service else {}),
        **({"origin": request.origin.id} if request.origin else {}),
        "state": str(request.state.value),
        **_positions(request, graph),
        **({"audience": "members"} if _is_for_members(request) else {}),
    }


def _positions(request: Request, graph: Graph) -> dict[str, Any]:
    found = [
        {
            "project": each.project.id,
            **_said(each.position, OF_POSITION),
            **({"audience": "members"} if _is_hidden(each, request) else {}),
        }
        for each in standing(request, graph, ()).stated
    ]
    return {"positions": found} if found else {}


def _is_hidden(stated: Stated, request: Request) -> bool:
    """Whether a position is for members, or was taken on a request that is and says the same."""
    is_elsewhere = stated.request is not request and _is_for_members(stated.request)
    return stated.position.audience is Audience.MEMBERS or is_elsewhere


def _said(held: Record | Part, fields: Iterable[str]) -> dict[str, Any]:
    found = {name: getattr(held, name) for name in fields}
    return {
        name: str(getattr(value, "value", value))
        for name, value in found.items()
        if value is not None
    }

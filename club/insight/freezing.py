"""The requests that a list for the vendor takes, copied as they are, the most shared first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from club.insight.convergence import book
from club.insight.positions import OPEN, standing, supporters
from club.insight.waiting import wait_of
from club.model.audience import restrict
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.problem import instead
from club.model.record import Audience, Examples, Part, Reader, Record
from club.records.meeting.model import Meeting, MeetingStatus
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
NOTHING_TRUE = N_(
    "there is nothing to freeze: of true requests, none is “{shared}”, and none that was sent waits"
    " for an answer (those that do are made up); name some with --request"
)
CANCELLED = N_("“{id}” was cancelled: it settled no list")
NOT_TRUE = N_("“{id}” is made up, and the meeting is not: a true list holds true requests alone")
SHUT = {RequestState.DRAFT, RequestState.WITHDRAWN, RequestState.DUPLICATE}
"""The states in which nobody asks the vendor anything."""
SHUT_REQUEST = N_("“{id}” is “{state}”: nobody asks it of the vendor")
COPIED = ("title", "need", "acceptance")
ABOUT = ("origin", "state")
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
    public: Graph,
    meeting_id: str,
    commit_id: str,
    day: date,
    title: str,
    named: Sequence[str] = (),
) -> Frozen | Message:
    """The list that the meeting *meeting_id* settled, copied from *graph* as it is at a commit.

    What *public*, the same for everybody, does not hold is for members in the list too. It holds
    the requests *named*, or else those that are shared and those that were sent and wait;
    why not, if it cannot be. *title* says `{meeting}` where the meeting's title goes.
    """
    meeting = graph.find(meeting_id)
    if not isinstance(meeting, Meeting):
        return instead(NO_MEETING, meeting_id, (each.id for each in graph.all(Meeting)))
    if meeting.status is MeetingStatus.CANCELLED:
        return Message(CANCELLED, {"id": meeting.id})
    chosen = _named(named, meeting, graph) if named else _ready(meeting, graph)
    if isinstance(chosen, Message):
        return chosen
    if not chosen:
        made_up = any(_is_ready(each) for each in graph.all(Request) if each.example)
        said = NOTHING_TRUE if made_up and not meeting.example else NOTHING
        return Message(said, {"shared": RequestState.SHARED})
    if not meeting.example:
        graph, public = _without_examples(graph), _without_examples(public)
        taken = {each.id for each in chosen}
        chosen = [each for each in graph.all(Request) if each.id in taken]
    requests = _ordered(chosen, graph, public)
    previous = _previous(meeting, graph)
    fields = {
        "title": title.format(meeting=meeting.title),
        "date": day.isoformat(),
        "commit_id": commit_id,
        "meeting": meeting.id,
        **({"previous": previous.id} if previous else {}),
        "requests": [_copy(each, number, graph, public) for number, each in enumerate(requests, 1)],
        **({} if public.find(meeting.id) else {"audience": "members"}),
        **({"example": "yes"} if meeting.example else {}),
    }
    left_out = [
        each
        for each in graph.all(Request)
        if each.state in OPEN and each not in requests and each.example == meeting.example
    ]
    return Frozen(meeting, fields, tuple(requests), tuple(left_out), previous)


def _without_examples(graph: Graph) -> Graph:
    """What is true in *graph*: a made-up project or duplicate says nothing in a true list."""
    reader = Reader(graph.reader.audience, Examples.HIDDEN)
    return Graph(restrict(graph.nodes, reader), graph.registry, like=graph, reader=reader)


def _ready(meeting: Meeting, graph: Graph) -> list[Request]:
    """The requests that all have discussed, and those that were sent and wait."""
    found = (each for each in graph.all(Request) if each.example == meeting.example)
    return [each for each in found if _is_ready(each)]


def _is_ready(request: Request) -> bool:
    return request.state is RequestState.SHARED or wait_of(request) is not None


def _named(named: Iterable[str], meeting: Meeting, graph: Graph) -> list[Request] | Message:
    found: dict[str, Request] = {}
    for id in named:
        request = graph.find(id)
        if not isinstance(request, Request):
            opened = (each.id for each in graph.all(Request) if each.state in OPEN)
            return instead(NO_REQUEST, id, opened)
        if request.example and not meeting.example:
            return Message(NOT_TRUE, {"id": request.id})
        if request.state in SHUT:
            return Message(SHUT_REQUEST, {"id": request.id, "state": request.state})
        found[request.id] = request
    return list(found.values())


def _ordered(requests: Sequence[Request], graph: Graph, public: Graph) -> list[Request]:
    """The most shared first; what is for members comes last, so that no number tells of it."""
    shown = [each.request.id for each in book(public).cases]
    known = [id for each in book(graph).cases if (id := each.request.id) not in shown]
    rank = {id: place for place, id in enumerate([*shown, *known])}

    def order(request: Request) -> tuple[bool, int, int, str]:
        is_last = _is_for_members(request, public)
        supports = supporters(request, graph).count
        place = rank.get(request.id, len(rank))
        return (is_last, place, -supports, request.title.casefold())

    return sorted(requests, key=order)


def _previous(meeting: Meeting, graph: Graph) -> Package | None:
    """The newest list of the same sort that no other one follows."""
    followed = {each.previous.id for each in graph.all(Package) if each.previous}
    same = [
        each
        for each in graph.all(Package)
        if each.example == meeting.example and not followed & {each.id, *each.aliases}
    ]
    return max(same, key=lambda each: (each.date.sort_key, each.id), default=None)


def _is_for_members(request: Request, public: Graph) -> bool:
    """Whether anything of what is copied is kept from the public, positions left aside."""
    is_kept = any(request.audience.get(name) is Audience.MEMBERS for name in ("", *COPIED, *ABOUT))
    return is_kept or public.find(request.id) is None


def _copy(request: Request, number: int, graph: Graph, public: Graph) -> Mapping[str, Any]:
    is_for_members = _is_for_members(request, public)
    service = (graph if is_for_members else public).get(_told(request, public).service)
    return {
        "number": str(number),
        "request": request.id,
        **_said(request, COPIED),
        **({"service": service.label} if service else {}),
        **({"origin": request.origin.id} if request.origin else {}),
        "state": str(request.state.value),
        **_positions(request, graph, public),
        **({"audience": "members"} if is_for_members else {}),
    }


def _told(request: Request, public: Graph) -> Request:
    """*request* as everybody reads it, if anybody but members does."""
    shown = public.find(request.id)
    return shown if isinstance(shown, Request) else request


def _positions(request: Request, graph: Graph, public: Graph) -> Mapping[str, Any]:
    """What each project thinks; what nobody but members may know is marked so."""
    shown = public.find(request.id)
    told = standing(shown, public, ()).stated if isinstance(shown, Request) else ()
    known = {(each.project.id, each.request.id, each.position) for each in told}
    found = [
        {
            "project": each.project.id,
            **_said(each.position, OF_POSITION),
            **(
                {}
                if shown is None or (each.project.id, each.request.id, each.position) in known
                else {"audience": "members"}
            ),
        }
        for each in standing(request, graph, ()).stated
    ]
    return {"positions": found} if found else {}


def _said(held: Record | Part, fields: Iterable[str]) -> dict[str, Any]:
    found = {name: getattr(held, name) for name in fields}
    return {
        name: str(getattr(value, "value", value))
        for name, value in found.items()
        if value is not None
    }

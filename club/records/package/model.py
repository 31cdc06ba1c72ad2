"""A list of requests sent to the vendor: copies of what they said at a commit, numbered."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from club.model.dates import PartialDate
from club.model.fields import Count, Line, Reference, Text, about
from club.model.message import N_
from club.model.record import Part, Record
from club.records.meeting.model import Meeting
from club.records.project.model import Project
from club.records.request.model import Request, RequestState, Stance

CommitId = Annotated[str, Field(pattern=r"^[0-9a-f]{40}$")]


class FrozenPosition(Part):
    """What a project thought of a request when the list was frozen."""

    identity = ("project",)
    is_lasting = True

    project: Reference[Project] = about(N_("project"), N_("The project that takes the position."))
    stance: Stance = about(N_("stance"), N_("How much the project wants it."))
    rank: Annotated[int, Field(ge=1)] | None = about(
        N_("rank"), N_("Its rank among the project's own requests, 1 first."), default=None
    )
    reason: Line | None = about(N_("reason"), N_("Why."), default=None)
    constraint: Line | None = about(
        N_("constraint"), N_("What must be respected for it to suit the project."), default=None
    )


class FrozenRequest(Part):
    """A request as it was when the list was frozen."""

    identity = ("request",)
    is_lasting = True

    number: Count = about(N_("number"), N_("Its place in the list, 1 first."))
    request: Reference[Request] = about(N_("request"), N_("The request that was copied."))
    title: Line = about(N_("title"), N_("The request in one line, starting with a verb."))
    need: Text = about(N_("need"), N_("Who needs what, and what for."))
    acceptance: Text | None = about(
        N_("acceptance"), N_("How one will see that it is done."), default=None
    )
    service: Line | None = about(N_("service"), N_("The service it is about."), default=None)
    origin: Reference[Project] | None = about(
        N_("origin"), N_("The project it comes from."), default=None
    )
    state: RequestState = about(N_("state"), N_("Where it stood."))
    positions: tuple[FrozenPosition, ...] = about(
        N_("positions"), N_("What each project thought of it."), default=()
    )


class Package(Record, kind="package"):
    """A list of requests sent to the vendor; what it holds never changes again."""

    title: Line = about(N_("title"), N_("What members call the list."))
    date: PartialDate = about(N_("date"), N_("When it was frozen."))
    commit_id: CommitId = about(
        N_("commit"), N_("The commit of the club's files from which the requests were copied.")
    )
    meeting: Reference[Meeting] | None = about(
        N_("meeting"), N_("The meeting that settled the list."), default=None
    )
    previous: Reference[Package] | None = about(
        N_("previous list"), N_("The list that was sent before this one."), default=None
    )
    note: Text | None = about(N_("note"), N_("What to know about the list."), default=None)
    requests: tuple[FrozenRequest, ...] = about(
        N_("requests"), N_("The requests as they were, numbered.")
    )

"""A request to the vendor, with each project's position and the vendor's answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from club.model.dates import PartialDate
from club.model.fields import Citation, Line, Many, Reference, Text, about
from club.model.message import N_, P_, Choice
from club.model.record import Part, Record
from club.records.axis.model import Axis
from club.records.meeting.model import Meeting
from club.records.practice.model import Practice
from club.records.project.model import Project
from club.records.service.model import Service


class RequestState(Choice):
    """Where a request stands, from draft to delivery."""

    DRAFT = "draft", P_("request", "draft"), "quiet"
    SUBMITTED = "submitted", P_("request", "submitted"), "quiet"
    DISCUSSED = "discussed", P_("request", "discussed"), "accent"
    SHARED = "shared", P_("request", "shared"), "accent"
    SENT = "sent", P_("request", "sent to the vendor"), "accent"
    ACCEPTED = "accepted", P_("request", "accepted"), "good"
    PLANNED = "planned", P_("request", "planned"), "good"
    DELIVERED = "delivered", P_("request", "delivered"), "good"
    REFUSED = "refused", P_("request", "refused"), "bad"
    DUPLICATE = "duplicate", P_("request", "duplicate"), "quiet"
    WITHDRAWN = "withdrawn", P_("request", "withdrawn"), "quiet"


class Stance(Choice):
    """How much a project wants a request."""

    ESSENTIAL = "essential", P_("stance", "essential"), "good"
    WANTED = "wanted", P_("stance", "wanted"), "good"
    NEUTRAL = "neutral", P_("stance", "neutral"), "quiet"
    OPPOSED = "opposed", P_("stance", "opposed"), "bad"
    NOT_CONCERNED = "not_concerned", P_("stance", "not concerned"), "quiet"


class AnswerType(Choice):
    """What the vendor answers."""

    EXISTS = "exists", P_("answer", "already exists"), "good"
    ACCEPTED = "accepted", P_("answer", "accepted"), "good"
    UNDER_STUDY = "under_study", P_("answer", "under study"), "accent"
    REFUSED = "refused", P_("answer", "refused"), "bad"
    NEEDS_DETAILS = "needs_details", P_("answer", "needs details"), "warn"


class Position(Part):
    """What one project thinks of a request, and why."""

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
    as_of: PartialDate | None = about(N_("as of"), N_("When the position was taken."), default=None)
    meeting: Reference[Meeting] | None = about(
        N_("meeting"), N_("The meeting where it was stated."), default=None
    )


class StateChange(Part):
    """A step of a request's life."""

    identity = ("date", "state")

    state: RequestState = about(N_("state"), N_("The state it entered."))
    date: PartialDate | None = about(N_("date"), N_("When."), default=None)
    meeting: Reference[Meeting] | None = about(
        N_("meeting"), N_("The meeting that moved it."), default=None
    )


class Answer(Part):
    """An answer of the vendor."""

    identity = ("date", "answer")

    date: PartialDate | None = about(N_("date"), N_("When it was given."), default=None)
    answer: AnswerType = about(N_("answer"), N_("What the vendor answers."))
    version: Line | None = about(
        N_("version"), N_("The platform version it speaks of."), default=None
    )
    text: Text | None = about(N_("text"), N_("The answer itself."), default=None)
    source: Citation | None = about(N_("source"), N_("Where it was given."), default=None)


class Request(Record, kind="request"):
    """A request: the need, what would satisfy it, who wants it, what the vendor says."""

    title: Line = about(N_("title"), N_("The request in one line, starting with a verb."))
    need: Text = about(N_("need"), N_("Who needs what, and what for."))
    acceptance: Text | None = about(
        N_("acceptance"), N_("How one will see that it is done."), default=None
    )
    service: Reference[Service] | None = about(
        N_("service"), N_("The service it is about."), default=None
    )
    axes: Many[Reference[Axis]] = about(N_("axes"), N_("The axes it belongs to."), default=())
    origin: Reference[Project] | None = about(
        N_("origin"), N_("The project it comes from."), default=None
    )
    created: PartialDate | None = about(
        N_("created"), N_("When it was first written down."), default=None
    )
    state: RequestState = about(N_("state"), N_("Where it stands."))
    history: tuple[StateChange, ...] = about(
        N_("steps"), N_("The states it went through, oldest first."), default=()
    )
    duplicate_of: Reference[Request] | None = about(
        N_("duplicate of"), N_("The request that says the same."), default=None
    )
    positions: tuple[Position, ...] = about(
        N_("positions"), N_("What each project thinks of it."), default=()
    )
    answers: tuple[Answer, ...] = about(
        N_("vendor's answers"), N_("What the vendor answered, oldest first."), default=()
    )
    delivered_in: Line | None = about(
        N_("delivered in"), N_("The platform version that brought it."), default=None
    )
    practice: Reference[Practice] | None = about(
        N_("practice"), N_("The practice it was born from."), default=None
    )

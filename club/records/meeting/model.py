"""A meeting of the club: agenda, round table, actions."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, ClassVar

from pydantic import Field

from club.model.codes import TimeZone
from club.model.dates import PartialDate, is_past, is_to_come
from club.model.fields import Citation, Claim, Line, Many, Reference, Text, about
from club.model.message import N_, P_, Choice
from club.model.record import Part, Record
from club.records.axis.model import Axis
from club.records.organisation.model import Organisation
from club.records.project.model import Project


class MeetingType(Choice):
    """What a meeting is for."""

    PLENARY = "plenary", P_("meeting", "plenary")
    THEMATIC = "thematic", P_("meeting", "thematic")
    STEERING = "steering", P_("meeting", "steering")


class Mode(Choice):
    """How people meet."""

    IN_PERSON = "in_person", N_("in person")
    PHONE = "phone", N_("by phone")
    VIDEO = "video", N_("by video")
    MIXED = "mixed", N_("in person and remotely")


class MeetingStatus(Choice):
    """Whether a meeting took place."""

    PLANNED = "planned", P_("meeting", "planned"), "accent"
    CONFIRMED = "confirmed", P_("meeting", "confirmed"), "accent"
    HELD = "held", P_("meeting", "held"), "good"
    CANCELLED = "cancelled", P_("meeting", "cancelled"), "bad"


class Standing(Choice):
    """What is told of a meeting: its status, unless its day has passed and nothing followed."""

    PLANNED = "planned", P_("meeting", "planned"), "accent"
    CONFIRMED = "confirmed", P_("meeting", "confirmed"), "accent"
    UNTOLD = "untold", P_("meeting", "outcome unknown"), "warn"
    HELD = "held", P_("meeting", "held"), "good"
    CANCELLED = "cancelled", P_("meeting", "cancelled"), "bad"


ANNOUNCED = frozenset({Standing.PLANNED, Standing.CONFIRMED})


class AgendaState(Choice):
    """What became of a point of an agenda."""

    OPEN = "open", P_("agenda", "open"), "accent"
    TREATED = "treated", P_("agenda", "treated"), "good"
    POSTPONED = "postponed", P_("agenda", "postponed"), "warn"
    DROPPED = "dropped", P_("agenda", "dropped"), "quiet"


class ActionState(Choice):
    """Where an action stands."""

    OPEN = "open", P_("action", "open"), "accent"
    DONE = "done", P_("action", "done"), "good"
    DROPPED = "dropped", P_("action", "dropped"), "quiet"


class ActionStanding(Choice):
    """What is told of an action: its state, unless it was due by now, or so long ago."""

    OPEN = "open", P_("action", "open"), "accent"
    LATE = "late", P_("action", "late"), "warn"
    UNTOLD = "untold", P_("action", "outcome unknown"), "quiet"
    DONE = "done", P_("action", "done"), "good"
    DROPPED = "dropped", P_("action", "dropped"), "quiet"


A_YEAR = datetime.timedelta(days=365)
"""After so long, an action that nobody spoke of again is no reproach to its owner."""


class AgendaPoint(Part):
    """A point of the agenda, and where it was carried to if it was not treated."""

    identity = ("id",)
    is_lasting = True

    id: Line = about(N_("id"), N_("A short name, unique in this agenda."))
    title: Line = about(N_("title"), N_("What is to be discussed."))
    axis: Reference[Axis] | None = about(N_("axis"), N_("The axis it belongs to."), default=None)
    minutes: Annotated[int, Field(gt=0)] | None = about(
        N_("duration"), N_("In minutes."), default=None
    )
    state: AgendaState = about(
        N_("state"), N_("What became of the point."), default=AgendaState.OPEN
    )
    carried_to: Reference[Meeting] | None = about(
        N_("carried to"), N_("The later meeting that takes it up."), default=None
    )
    note: Text | None = about(N_("note"), N_("What was said of it."), default=None)


class RoundTableEntry(Part):
    """What a project told the others."""

    identity = ("project",)
    is_lasting = True

    project: Reference[Project] = about(N_("project"), N_("The project that speaks."))
    text: Text = about(N_("text"), N_("What it told the others."))
    source: Citation | None = about(N_("source"), N_("Who reports it."), default=None)


class Action(Part):
    """Something an organisation agreed to do."""

    identity = ("id",)
    is_lasting = True
    told_as: ClassVar = {"state": ActionStanding}

    id: Line = about(N_("id"), N_("A short name, unique in this meeting."))
    what: Line = about(N_("what"), N_("What is to be done."))
    owner: Reference[Organisation] | None = about(
        N_("owner"), N_("The organisation that does it."), default=None
    )
    due: PartialDate | None = about(N_("due"), N_("By when."), default=None)
    state: ActionState = about(N_("state"), N_("Where it stands."), default=ActionState.OPEN)

    def told(self, field: str, today: datetime.date | None) -> Any:
        """An open action whose last day has passed is late; after a year, nobody told its end."""
        if field != "state":
            return super().told(field, today)
        if self.state is not ActionState.OPEN or not is_past(self.due, today):
            return ActionStanding(self.state.value)
        a_year_ago = today - A_YEAR if today else None
        return ActionStanding.UNTOLD if is_past(self.due, a_year_ago) else ActionStanding.LATE


class Meeting(Record, kind="meeting"):
    """A meeting: when, where, by whom, on what, and what came of it."""

    told_as: ClassVar = {"status": Standing}

    title: Line = about(N_("title"), N_("What members call the meeting."))
    type: MeetingType = about(N_("type"), N_("Plenary, thematic or steering."))
    mode: Mode | None = about(N_("mode"), N_("In person, by phone, by video."), default=None)
    status: MeetingStatus = about(N_("status"), N_("Whether it took place."))
    date: Claim[PartialDate] | None = about(
        N_("date"), N_("As precise as is known, with its source if in doubt."), default=None
    )
    start: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = about(
        N_("start"), N_("Hour of the beginning, 24-hour clock: 09:30."), default=None
    )
    end: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = about(
        N_("end"), N_("Hour of the end, 24-hour clock: 17:00."), default=None
    )
    time_zone: TimeZone | None = about(
        N_("time zone"), N_("IANA name, such as Europe/Paris."), default=None
    )
    place: Line | None = about(N_("place"), N_("Town and premises, if known."), default=None)
    host: Reference[Organisation] | None = about(
        N_("host"), N_("The organisation that prepares it."), default=None
    )
    chairs: Many[Reference[Organisation]] = about(
        N_("led by"), N_("The organisations whose representatives led it."), default=()
    )
    chairs_note: Line | None = about(
        N_("note on who led"), N_("In what capacity, without naming anybody."), default=None
    )
    present: Many[Reference[Organisation]] = about(
        N_("present"), N_("The organisations that were represented."), default=()
    )
    axes: Many[Reference[Axis]] = about(N_("axes"), N_("The axes it deals with."), default=())
    theme: Line | None = about(N_("theme"), N_("The theme it was given."), default=None)
    agenda: tuple[AgendaPoint, ...] = about(N_("agenda"), N_("The points, in order."), default=())
    round_table: tuple[RoundTableEntry, ...] = about(
        N_("round table"), N_("What each project told the others."), default=()
    )
    actions: tuple[Action, ...] = about(
        N_("actions"), N_("What was agreed to be done."), default=()
    )
    minutes: Text | None = about(
        N_("minutes"),
        N_("Short minutes; long ones go to docs/meetings/<id>.md."),
        default=None,
    )
    summary: Text | None = about(N_("summary"), N_("The meeting in a few sentences."), default=None)
    sources: Many[Citation] = about(N_("sources"), N_("The documents that report it."), default=())

    def standing(self, today: datetime.date | None) -> Standing:
        """Its status; where it was still to come and its last possible day is past, unknown."""
        written = Standing(self.status.value)
        when = self.date.value if self.date else None
        is_over = written in ANNOUNCED and is_past(when, today)
        return Standing.UNTOLD if is_over else written

    def was_held(self, today: datetime.date | None) -> bool:
        """Whether it took place: one said to be held on a day to come is a slip of the pen."""
        when = self.date.value if self.date else None
        return self.status is MeetingStatus.HELD and not is_to_come(when, today)

    def told(self, field: str, today: datetime.date | None) -> Any:
        """The status is told by the day."""
        return self.standing(today) if field == "status" else super().told(field, today)

"""What calendars say of a meeting."""

from __future__ import annotations

from club.insight.coming import REMOTE
from club.model.dates import Precision
from club.model.message import N_, Message
from club.model.view import Link, Occasion
from club.model.viewing import calendar_url
from club.records.meeting.model import ANNOUNCED, Meeting, MeetingStatus, Standing

STATUSES = {MeetingStatus.PLANNED: "TENTATIVE", MeetingStatus.CANCELLED: "CANCELLED"}
LATER = Message(N_("No file for calendars until the day is known."))
CANCELLED = Message(N_("Cancelled: the calendars that subscribed take it away by themselves."))


def occasion(meeting: Meeting) -> Occasion | None:
    """The meeting for a calendar, if the very day is known."""
    when = meeting.date.value if meeting.date else None
    if when is None or when.precision is not Precision.DAY or when.approximate or when.uncertain:
        return None
    return Occasion(
        meeting.title,
        when.first,
        meeting.start,
        meeting.end,
        meeting.time_zone,
        meeting.place or REMOTE.get(meeting.mode),
        meeting.theme,
        STATUSES.get(meeting.status, "CONFIRMED"),  # type: ignore[arg-type]
        frozenset(each.id for each in meeting.axes),
    )


def calendar(meeting: Meeting, standing: Standing) -> Link | Message | None:
    """The file for calendars; why there is none yet, where the meeting is still to come."""
    if occasion(meeting):
        if standing is Standing.CANCELLED:  # its file stays, for those who have it already
            return CANCELLED
        return Link(Message(N_("Add to a calendar (.ics)")), calendar_url(meeting))
    return LATER if standing in ANNOUNCED else None

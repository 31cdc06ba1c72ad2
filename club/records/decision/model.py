"""A decision of the club or of a body around it."""

from __future__ import annotations

from club.model.dates import PartialDate
from club.model.fields import Citation, Line, Many, Reference, Text, about
from club.model.message import N_
from club.model.record import Record
from club.records.meeting.model import Meeting
from club.records.organisation.model import Organisation


class Decision(Record, kind="decision"):
    """A decision: who took it, when, what it says, and which one it replaces."""

    subject: Line = about(N_("subject"), N_("What was decided on."))
    body: Reference[Organisation | Meeting] = about(
        N_("taken by"), N_("The meeting or the organisation that decided.")
    )
    date: PartialDate | None = about(
        N_("date"), N_("When, if it differs from the meeting's date."), default=None
    )
    outcome: Text = about(N_("outcome"), N_("What was decided."))
    reasons: Text | None = about(N_("reasons"), N_("Why."), default=None)
    evidence: Many[Citation] = about(N_("evidence"), N_("The documents that show it."), default=())
    replaces: Reference[Decision] | None = about(
        N_("replaces"), N_("The earlier decision it takes the place of."), default=None
    )

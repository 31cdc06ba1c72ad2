"""An axis of work of the club."""

from __future__ import annotations

from club.model.fields import Claim, Count, Line, Many, Text, about
from club.model.message import N_, Choice
from club.model.record import Record


class Nature(Choice):
    """What an axis is about; an axis may be about several things."""

    TECHNICAL = "technical", N_("technical")
    ORGANISATIONAL = "organisational", N_("organisational")
    PEDAGOGICAL = "pedagogical", N_("pedagogical")


class Axis(Record, kind="axis", collection="axes"):
    """An axis of work: what members study together."""

    label: Line = about(N_("label"), N_("The axis as the club words it."))
    nature: Many[Nature] = about(N_("nature"), N_("Technical, organisational, pedagogical."))
    nature_note: Line | None = about(
        N_("note on the nature"), N_("Who says it is of this nature."), default=None
    )
    order: Count = about(N_("order"), N_("Its rank in lists."))
    summary: Text | None = about(N_("summary"), N_("What the axis covers."), default=None)
    sources: Many[Claim[Line]] = about(
        N_("sources"), N_("Where the axis was set, as stated."), default=()
    )

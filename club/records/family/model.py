"""A family of services in a frame of reference."""

from __future__ import annotations

from club.model.fields import Citation, Count, Line, Text, about
from club.model.message import N_
from club.model.record import Record, YesNo


class Family(Record, kind="family", collection="families"):
    """A family of services, in the frame of reference that names it."""

    label: Line = about(N_("label"), N_("The family's name in its frame."))
    order: Count = about(N_("order"), N_("Its rank in its frame."))
    frame: Line = about(N_("frame"), N_("The frame of reference: i-cart, sdet-v1…"))
    source: Citation | None = about(
        N_("source"), N_("The document that lists the family."), default=None
    )
    verified: YesNo = about(
        N_("verified"), N_("No where the frame was not read in its own document."), default=False
    )
    summary: Text | None = about(N_("summary"), N_("What the family gathers."), default=None)

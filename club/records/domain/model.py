"""A domain of the impact method: a part of school life that the workspace changes."""

from __future__ import annotations

from club.model.fields import Citation, Count, Line, Text, about
from club.model.message import N_
from club.model.record import Record


class Domain(Record, kind="domain"):
    """A domain; the list is open, a new one is one record more and no code."""

    label: Line = about(N_("label"), N_("The domain's name."))
    order: Count = about(N_("order"), N_("Its rank in lists."), default=99)
    summary: Text | None = about(N_("summary"), N_("What the domain covers."), default=None)
    source: Citation | None = about(
        N_("source"), N_("The document that names the domain."), default=None
    )

"""A method to think of what the workspace changes: its steps, its domains, and its licence."""

from __future__ import annotations

from club.model.codes import Licence
from club.model.fields import Citation, Count, Line, Many, Reference, Text, about
from club.model.message import N_
from club.model.record import Part, Record
from club.records.domain.model import Domain


class MethodStep(Part):
    """A step of the method: what it is, and what is to be said or chosen in it."""

    identity = ("number",)
    is_lasting = True

    number: Count = about(N_("number"), N_("Its place, as the source numbers it."))
    title: Line = about(N_("title"), N_("The step in one line."))
    summary: Text | None = about(N_("summary"), N_("What is done in it."), default=None)
    elements: Many[Line] = about(
        N_("elements"), N_("What is to be said, or chosen, in it."), default=()
    )


class Method(Record, kind="method"):
    """A method, as its authors give it; the club holds its facts, under its licence."""

    title: Line = about(N_("title"), N_("The method in one line."))
    summary: Text | None = about(N_("summary"), N_("The method in a few sentences."), default=None)
    steps: tuple[MethodStep, ...] = about(N_("steps"), N_("Its steps, in order."), default=())
    domains: Many[Reference[Domain]] = about(
        N_("domains"), N_("The domains it proposes to think of."), default=()
    )
    is_open: Line | None = about(
        N_("open list"), N_("What its authors say of domains besides these."), default=None
    )
    licence: Licence | None = about(
        N_("licence"), N_("SPDX or Creative Commons identifier."), default=None
    )
    attribution: Line | None = about(
        N_("attribution"), N_("The credit its licence asks for."), default=None
    )
    source: Citation | None = about(
        N_("source"), N_("The document that gives the method."), default=None
    )

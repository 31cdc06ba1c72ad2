"""A practice that a project shares with the others."""

from __future__ import annotations

from club.model.codes import Licence
from club.model.dates import PartialDate
from club.model.fields import Line, Many, Reference, Text, about
from club.model.message import N_, P_, Choice
from club.model.record import Part, Record
from club.records.axis.model import Axis
from club.records.domain.model import Domain
from club.records.project.model import Project
from club.records.service.model import Profile, Service


class Maturity(Choice):
    """How far a practice has been tried."""

    IDEA = "idea", P_("practice", "idea"), "quiet"
    TRIAL = "trial", P_("practice", "on trial"), "warn"
    PROVEN = "proven", P_("practice", "proven"), "good"
    GENERALISED = "generalised", P_("practice", "generalised"), "good"


class Reuse(Part):
    """Another project that took the practice up, and what came of it."""

    identity = ("project",)
    is_lasting = True

    project: Reference[Project] = about(N_("project"), N_("The project that took it up."))
    date: PartialDate | None = about(N_("date"), N_("When."), default=None)
    result: Line | None = about(N_("result"), N_("What came of it."), default=None)


class Practice(Record, kind="practice"):
    """A practice: its context, its steps, its results, and who else took it up."""

    title: Line = about(N_("title"), N_("The practice in one line."))
    project: Reference[Project] = about(N_("project"), N_("The project it comes from."))
    created: PartialDate | None = about(
        N_("created"), N_("When it was first shared."), default=None
    )
    axes: Many[Reference[Axis]] = about(N_("axes"), N_("The axes it belongs to."), default=())
    domains: Many[Reference[Domain]] = about(
        N_("domains"), N_("The domains of the impact method it touches."), default=()
    )
    services: Many[Reference[Service]] = about(
        N_("services"), N_("The services it uses."), default=()
    )
    profiles: Many[Profile] = about(N_("profiles"), N_("Who it is for."), default=())
    context: Text | None = about(N_("context"), N_("Where and why it was born."), default=None)
    steps: Text | None = about(N_("steps"), N_("How to do it, step by step."), default=None)
    results: Text | None = about(
        N_("results"), N_("What it brought, and its limits."), default=None
    )
    maturity: Maturity = about(N_("maturity"), N_("How far it has been tried."))
    reused_by: tuple[Reuse, ...] = about(
        N_("taken up by"), N_("The projects that took it up."), default=()
    )
    licence: Licence | None = about(
        N_("licence"), N_("SPDX or Creative Commons identifier."), default=None
    )

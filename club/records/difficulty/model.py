"""A difficulty met by projects, and how it was got round or solved."""

from __future__ import annotations

from club.model.dates import PartialDate
from club.model.fields import Line, Many, Reference, Text, about
from club.model.message import N_, P_, Choice
from club.model.record import Record
from club.records.axis.model import Axis
from club.records.project.model import Project
from club.records.request.model import Request
from club.records.service.model import Service


class DifficultyState(Choice):
    """Whether a difficulty is solved."""

    OPEN = "open", P_("difficulty", "open"), "bad"
    WORKED_AROUND = "worked_around", P_("difficulty", "worked around"), "warn"
    SOLVED = "solved", P_("difficulty", "solved"), "good"


class Difficulty(Record, kind="difficulty", collection="difficulties"):
    """A difficulty: its symptom, its cause, the way round it, and who solved it."""

    title: Line = about(N_("title"), N_("The difficulty in one line."))
    projects: Many[Reference[Project]] = about(
        N_("projects"), N_("The projects that met it."), default=()
    )
    service: Reference[Service] | None = about(
        N_("service"), N_("The service it touches."), default=None
    )
    axes: Many[Reference[Axis]] = about(N_("axes"), N_("The axes it belongs to."), default=())
    versions: Many[Line] = about(
        N_("versions"), N_("The platform versions where it was seen."), default=()
    )
    created: PartialDate | None = about(
        N_("created"), N_("When it was first written down."), default=None
    )
    symptom: Text = about(N_("symptom"), N_("What the user sees."))
    cause: Text | None = about(N_("cause"), N_("Why it happens."), default=None)
    workaround: Text | None = about(N_("workaround"), N_("How to get round it."), default=None)
    state: DifficultyState = about(N_("state"), N_("Whether it is solved."))
    solved_by: Reference[Project] | None = about(
        N_("solved by"), N_("The project that solved it."), default=None
    )
    request: Reference[Request] | None = about(
        N_("request"), N_("The request it led to."), default=None
    )

"""What the workspace changes in a domain, for a project or a school, and how one goes about it."""

from __future__ import annotations

from club.model.codes import Licence
from club.model.dates import PartialDate
from club.model.fields import Citation, Line, Many, Reference, Text, about
from club.model.message import N_, P_, Choice
from club.model.record import Record
from club.records.domain.model import Domain
from club.records.method.model import Method
from club.records.practice.model import Practice
from club.records.project.model import Project


class Priority(Choice):
    """How soon a domain is to be worked on."""

    HIGH = "high", P_("priority", "high"), "accent"
    MEDIUM = "medium", P_("priority", "medium"), "warn"
    LOW = "low", P_("priority", "low"), "quiet"


class Activation(Choice):
    """With which services one starts."""

    RESTRICTED = "restricted", P_("activation", "a few services")
    FULL = "full", P_("activation", "all the services")


class UseScope(Choice):
    """To whom uses are proposed."""

    CLASS = "class", P_("scope", "some classes")
    LEVEL = "level", P_("scope", "a level")
    SCHOOL = "school", P_("scope", "the whole school")


class Paperless(Choice):
    """Whether the workspace takes the place of paper."""

    NO = "no", P_("paperless", "no"), "quiet"
    PARTIAL = "partial", P_("paperless", "in part"), "warn"
    REFERENCE = "reference", P_("paperless", "the workspace is the reference"), "good"


class ImpactAnalysis(Record, kind="impact-analysis", collection="impact-analyses"):
    """An analysis of one domain by a method: who and what is concerned, goals, risks, choices."""

    title: Line = about(N_("title"), N_("The analysis in one line."))
    method: Reference[Method] = about(N_("method"), N_("The method it follows."))
    project: Reference[Project] = about(N_("project"), N_("The project that made it."))
    school: Line | None = about(
        N_("school"), N_("The school, if it is that of one; never a person."), default=None
    )
    domain: Reference[Domain] = about(N_("domain"), N_("The domain it is about."))
    priority: Priority | None = about(
        N_("priority"), N_("How soon it is to be worked on."), default=None
    )
    date: PartialDate | None = about(N_("date"), N_("When it was made."), default=None)
    populations: Many[Line] = about(
        N_("populations"), N_("Who is concerned, as groups."), default=()
    )
    contents: Many[Line] = about(N_("contents"), N_("What is concerned."), default=())
    goals: Many[Line] = about(N_("goals"), N_("What one wants to reach."), default=())
    risks: Many[Line] = about(N_("risks"), N_("What may go wrong."), default=())
    constraints: Many[Line] = about(N_("constraints"), N_("What must be respected."), default=())
    means: Many[Line] = about(N_("means"), N_("How it is put in place."), default=())
    practices: Many[Reference[Practice]] = about(
        N_("practices"), N_("The good practices to be shared."), default=()
    )
    validated_by: Line | None = about(
        N_("validated by"),
        N_("The body that validated it, such as a TICE commission."),
        default=None,
    )
    activation: Activation | None = about(
        N_("services to start with"), N_("With which services one starts."), default=None
    )
    scope: UseScope | None = about(
        N_("proposed to"), N_("To whom uses are proposed."), default=None
    )
    paperless: Paperless | None = about(
        N_("paperless"), N_("Whether the workspace takes the place of paper."), default=None
    )
    note: Text | None = about(N_("note"), N_("What to know about it."), default=None)
    licence: Licence | None = about(
        N_("licence"), N_("Its own, if it is not that of the method."), default=None
    )
    source: Citation | None = about(N_("source"), N_("The document that gives it."), default=None)


ELEMENTS = ("populations", "contents", "goals", "risks", "constraints", "means")
"""What is to be said of a domain, practices aside: they may be still to be found."""
CHOICES = ("activation", "scope", "paperless")
"""How one goes about it."""

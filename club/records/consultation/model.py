"""A consultation: a choice made in phases with those who will use what is chosen."""

from __future__ import annotations

from club.model.dates import PartialDate
from club.model.fields import Citation, Count, Line, Many, Reference, Text, about
from club.model.message import N_, P_, Choice
from club.model.record import Part, Record
from club.records.decision.model import Decision
from club.records.organisation.model import Organisation


class ActivityType(Choice):
    """How people take part in a phase."""

    SURVEY = "survey", P_("activity", "survey")
    DEBATE = "debate", P_("activity", "debate")
    WORKSHOP = "workshop", P_("activity", "workshop")
    CAMPAIGN = "campaign", P_("activity", "campaign")
    STUDY = "study", P_("activity", "study")
    TEST = "test", P_("activity", "test")
    COMMITTEE = "committee", P_("activity", "committee")


class CandidateState(Choice):
    """How far a candidate came."""

    PROPOSED = "proposed", P_("candidate", "proposed"), "quiet"
    STUDIED = "studied", P_("candidate", "studied"), "accent"
    SET_ASIDE = "set_aside", P_("candidate", "set aside"), "bad"
    SHORTLISTED = "shortlisted", P_("candidate", "short-listed"), "accent"
    TESTED = "tested", P_("candidate", "tested"), "accent"
    RECOMMENDED = "recommended", P_("candidate", "recommended"), "good"
    CHOSEN = "chosen", P_("candidate", "chosen"), "good"


class Activity(Part):
    """Something that is done in a phase, and by which channels people hear of it."""

    identity = ("type",)

    type: ActivityType = about(N_("type"), N_("What is done."))
    channels: Many[Line] = about(
        N_("channels"), N_("How people are reached: mail, intranet…"), default=()
    )
    note: Line | None = about(N_("note"), N_("What is asked or shown."), default=None)


class Phase(Part):
    """A phase, as its source numbers and dates it; a title that is missing is not made up."""

    identity = ("number",)
    is_lasting = True

    number: Count = about(N_("number"), N_("Its place, as the source numbers it."))
    title: Line | None = about(N_("title"), N_("What the source calls it."), default=None)
    start: PartialDate | None = about(N_("start"), N_("Its first day."), default=None)
    end: PartialDate | None = about(N_("end"), N_("Its last day."), default=None)
    summary: Text | None = about(N_("summary"), N_("What is done, in brief."), default=None)
    activities: tuple[Activity, ...] = about(
        N_("activities"), N_("How people take part."), default=()
    )
    outputs: Many[Line] = about(N_("outputs"), N_("What comes out of it."), default=())


class Candidate(Part):
    """Something that may be chosen: how far it came, and why it was set aside if it was."""

    identity = ("id",)
    is_lasting = True

    id: Line = about(N_("id"), N_("A short name, unique in this consultation."))
    name: Line = about(N_("name"), N_("What it is called."))
    proposals: Count | None = about(
        N_("proposals"), N_("How many people proposed it."), default=None
    )
    state: CandidateState = about(
        N_("state"), N_("How far it came."), default=CandidateState.PROPOSED
    )
    reason: Line | None = about(
        N_("reason"), N_("Why it came no further: needed if it was set aside."), default=None
    )


class Consultation(Record, kind="consultation"):
    """A choice made with its users: who asks, in which phases, between what, and the decision."""

    title: Line = about(N_("title"), N_("The consultation in one line."))
    question: Line | None = about(N_("question"), N_("What is to be chosen."), default=None)
    organiser: Reference[Organisation] | None = about(
        N_("organiser"), N_("The organisation that consults."), default=None
    )
    participants: Many[Reference[Organisation]] = about(
        N_("participants"), N_("The organisations that take part."), default=()
    )
    summary: Text | None = about(
        N_("summary"), N_("The consultation in a few sentences."), default=None
    )
    phases: tuple[Phase, ...] = about(
        N_("phases"), N_("As their source gives them, gaps and overlaps included."), default=()
    )
    candidates: tuple[Candidate, ...] = about(
        N_("candidates"), N_("What may be chosen."), default=()
    )
    decision: Reference[Decision] | None = about(
        N_("decision"), N_("The decision it led to."), default=None
    )
    sources: Many[Citation] = about(N_("sources"), N_("The documents that report it."), default=())

"""A consultation: a choice made in phases with those who will use what is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from club.model.dates import PartialDate
from club.model.fields import Citation, Count, Line, Many, Reference, TableName, Text, about
from club.model.message import N_, P_, Choice
from club.model.money import decimal_text
from club.model.record import ID_PATTERN, Part, Record
from club.records.decision.model import Decision
from club.records.organisation.model import Organisation

MOST = 1_000_000_000
PLACES = 6
"""How large a score may be, and how fine: more says nothing, and costs much to reckon with."""

Number = Annotated[
    Decimal, Field(ge=-MOST, le=MOST, decimal_places=PLACES), BeforeValidator(decimal_text)
]
"""A number, as a score is; "4,5" reads as 4.5."""
Heaviness = Annotated[
    Decimal, Field(ge=0, le=MOST, decimal_places=PLACES), BeforeValidator(decimal_text)
]
"""A number that is not below zero, as a weight is."""
Id = Annotated[str, Field(pattern=f"^{ID_PATTERN}$")]


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


class Weight(Part):
    """How much something counts for an organisation, beside the others of its list."""

    identity = ("organisation",)
    is_lasting = True

    organisation: Reference[Organisation] = about(
        N_("organisation"), N_("For whom it counts that much.")
    )
    weight: Heaviness = about(
        N_("weight"), N_("How much it counts: only the ratio to its other weights matters.")
    )


class Need(Part):
    """A need that those who will use what is chosen share, and who puts it how high."""

    identity = ("id",)
    is_lasting = True

    id: Id = about(N_("id"), N_("A short name, unique among the needs of this consultation."))
    label: Line = about(N_("label"), N_("The need in one line."))
    weights: tuple[Weight, ...] = about(
        N_("weights"), N_("How much it counts for each organisation."), default=()
    )


class Scale(Part):
    """From the worst score to the best: of a cost, the worst is the greater."""

    worst: Number = about(N_("worst"), N_("The score that is worth nothing."))
    best: Number = about(
        N_("best"), N_("The score that is worth most; below the worst where less is better.")
    )
    unit: Line | None = about(N_("unit"), N_("What a score counts, if anything."), default=None)


class Criterion(Part):
    """What the candidates are judged on, on which scale, and how much it counts for whom."""

    identity = ("id",)
    is_lasting = True

    id: Id = about(N_("id"), N_("A short name, unique among the criteria of this consultation."))
    label: Line = about(N_("label"), N_("What is judged."))
    need: Line | None = about(
        N_("need"), N_("The id of the need that it answers, if it is listed."), default=None
    )
    scale: Scale = about(N_("scale"), N_("From the worst score to the best."))
    weights: tuple[Weight, ...] = about(
        N_("weights"), N_("How much it counts for each organisation."), default=()
    )


class Score(Part):
    """What somebody judged a candidate to be worth on a criterion."""

    identity = ("candidate", "criterion", "by")
    is_lasting = True

    candidate: Line = about(N_("candidate"), N_("The id of one of the candidates."))
    criterion: Line = about(N_("criterion"), N_("The id of one of the criteria."))
    score: Number = about(N_("score"), N_("On the scale of the criterion."))
    by: Reference[Organisation] = about(N_("scored by"), N_("The organisation that judged."))
    as_of: PartialDate | None = about(N_("as of"), N_("When it was judged."), default=None)
    source: Citation | None = about(
        N_("source"), N_("The id of a source, or a web address."), default=None
    )
    note: Line | None = about(N_("note"), N_("What it rests on, in brief."), default=None)


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
    since: PartialDate | None = about(
        N_("since"), N_("The day from which its state is true."), default=None
    )


class Instrument(Choice):
    """A questionnaire about ease of use, whose scoring its authors published."""

    SUS = "sus", N_("SUS")
    UMUX_LITE = "umux_lite", N_("UMUX-Lite")
    UEQ_S = "ueq_s", N_("UEQ-S")


class Trial(Part):
    """A test of a candidate by those who would use it: their answers, without their names."""

    identity = ("candidate", "instrument", "date")
    is_lasting = True

    candidate: Line = about(N_("candidate"), N_("The id of one of the candidates."))
    instrument: Instrument = about(N_("questionnaire"), N_("Which one was answered."))
    date: PartialDate | None = about(
        N_("date"),
        N_("When it was answered, once everybody has: no figure is shown before."),
        default=None,
    )
    table: TableName = about(
        N_("table of answers"),
        N_("A file of data/tables, such as essai-a.csv: a row a person, a column an item."),
    )
    note: Line | None = about(N_("note"), N_("Who was asked, and how."), default=None)


class Inventory(Part):
    """Which tools serve where, before anything is chosen."""

    sheet: TableName = about(
        N_("table of tools"),
        N_("A file of data/tables, such as outils.csv: a row a tool, a column an organisation."),
    )
    as_of: PartialDate | None = about(N_("as of"), N_("When it was asked."), default=None)
    note: Line | None = about(N_("note"), N_("Who was asked, and how."), default=None)


class Opinion(Part):
    """What a body says of the proposal that it was shown."""

    identity = ("body", "date")
    is_lasting = True

    body: Line = about(N_("body"), N_("The committee or the board, as it is called."))
    date: PartialDate | None = about(N_("date"), N_("When it gave its opinion."), default=None)
    opinion: Text = about(N_("opinion"), N_("What it said."))
    source: Citation | None = about(
        N_("source"), N_("The id of a source, or a web address."), default=None
    )


class ChangePlan(Part):
    """How an organisation goes from the tool it has to the one that was chosen."""

    identity = ("organisation",)
    is_lasting = True

    organisation: Reference[Organisation] = about(
        N_("organisation"), N_("The participant whose plan it is.")
    )
    before: Line | None = about(N_("tool left"), N_("What it uses until then."), default=None)
    after: Line | None = about(N_("tool taken"), N_("What it goes to."), default=None)
    start: PartialDate | None = about(N_("start"), N_("The first day."), default=None)
    end: PartialDate | None = about(N_("end"), N_("The last day."), default=None)
    summary: Line | None = about(N_("summary"), N_("What is done to help, in brief."), default=None)


FEWEST = 5
"""With fewer answers, somebody could be told from them: no figure is shown."""


class Consultation(Record, kind="consultation"):
    """A choice made with its users: who asks, in which phases, between what, and the decision."""

    sums: ClassVar[Mapping[str, str]] = {"weights_total": "criteria"}
    ties: ClassVar[Mapping[str, str]] = {
        "criteria.need": "needs.id",
        "scores.candidate": "candidates.id",
        "scores.criterion": "criteria.id",
        "tests.candidate": "candidates.id",
    }

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
    needs: tuple[Need, ...] = about(
        N_("needs"), N_("What those who will use it need first."), default=()
    )
    criteria: tuple[Criterion, ...] = about(
        N_("criteria"), N_("What the candidates are judged on."), default=()
    )
    weights_total: Heaviness | None = about(
        N_("total of the weights"),
        N_("What the weights of each organisation on the criteria sum to, if it was agreed: 100."),
        default=None,
    )
    scores: tuple[Score, ...] = about(
        N_("scores"), N_("Who judged which candidate, on which criterion."), default=()
    )
    tests: tuple[Trial, ...] = about(
        N_("usability tests"), N_("What those who tried the candidates answered."), default=()
    )
    fewest_answers: Annotated[int, Field(ge=FEWEST)] = about(
        N_("fewest answers"),
        N_("With fewer answers, no figure of a test is shown: 5, or more."),
        default=FEWEST,
    )
    inventory: Inventory | None = about(
        N_("inventory"), N_("Which tools serve where, before anything is chosen."), default=None
    )
    opinions: tuple[Opinion, ...] = about(
        N_("opinions"), N_("What each body said of the proposal, in order."), default=()
    )
    decision: Reference[Decision] | None = about(
        N_("decision"), N_("The decision it led to."), default=None
    )
    change_plans: tuple[ChangePlan, ...] = about(
        N_("change plans"), N_("How each participant goes to what was chosen."), default=()
    )
    sources: Many[Citation] = about(N_("sources"), N_("The documents that report it."), default=())

    def tables(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """The answers of each test, and the inventory."""
        for index, each in enumerate(self.tests):
            yield ("tests", index, "table"), each.table
        if self.inventory:
            yield ("inventory", "sheet"), self.inventory.sheet

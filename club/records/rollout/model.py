"""How a project reaches its schools: its phases, and what is done in each school, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from club.model.dates import PartialDate
from club.model.fields import (
    Citation,
    Claim,
    Count,
    Line,
    Many,
    Reference,
    TableName,
    Text,
    about,
)
from club.model.message import N_, P_, Choice
from club.model.record import Part, Record
from club.records.project.model import Project
from club.records.resource.model import Resource


class StepType(Choice):
    """What a step is, as far as some must come before others."""

    AGREEMENT = "agreement", P_("step", "agreement")
    CALL = "call", P_("step", "call for candidates")
    AUDIT = "audit", P_("step", "audit")
    ROAD_MAP = "road_map", P_("step", "road map")
    TRAINING = "training", P_("step", "training")
    INSTALLATION = "installation", P_("step", "installation")
    OTHER = "other", P_("step", "another step")


class Weekday(Choice):
    """A day of the week."""

    MONDAY = "monday", P_("weekday", "Monday")
    TUESDAY = "tuesday", P_("weekday", "Tuesday")
    WEDNESDAY = "wednesday", P_("weekday", "Wednesday")
    THURSDAY = "thursday", P_("weekday", "Thursday")
    FRIDAY = "friday", P_("weekday", "Friday")
    SATURDAY = "saturday", P_("weekday", "Saturday")
    SUNDAY = "sunday", P_("weekday", "Sunday")


class SchoolStatus(Choice):
    """How far the rollout has come in one school."""

    PLANNED = "planned", P_("school", "planned"), "quiet"
    IN_PROGRESS = "in_progress", P_("school", "in progress"), "accent"
    OPEN = "open", P_("school", "open"), "good"
    STOPPED = "stopped", P_("school", "stopped"), "bad"


class RolloutPhase(Part):
    """A phase of the rollout; a year that its source does not give is not made up."""

    identity = ("number",)
    is_lasting = True

    number: Count = about(N_("number"), N_("Its place among the phases."))
    title: Line | None = about(N_("title"), N_("What it is called."), default=None)
    year: PartialDate | None = about(N_("year"), N_("When it takes place."), default=None)
    calendar_years: Count | None = about(
        N_("calendar years"),
        N_("How many calendar years it takes, if that is known."),
        default=None,
    )
    schools: Many[Claim[Count]] = about(
        N_("schools"),
        N_("How many schools have it by its end, or are to: “qualifier: target” then."),
        default=(),
    )
    note: Line | None = about(N_("note"), N_("What to know about it."), default=None)


class Step(Part):
    """Something that is done for each school: by whom, what comes out of it, after what."""

    identity = ("id",)
    is_lasting = True

    id: Line = about(N_("id"), N_("A short name, unique in this rollout."))
    title: Line = about(N_("title"), N_("The step in one line."))
    type: StepType = about(N_("type"), N_("What it is."), default=StepType.OTHER)
    part_of: Line | None = about(
        N_("part of"), N_("The id of the step of which it is a part."), default=None
    )
    after: Many[Line] = about(
        N_("after"), N_("The ids of the steps that come before it."), default=()
    )
    decided_by: Many[Line] = about(
        N_("decided by"), N_("Who decides when it comes, as roles."), default=()
    )
    led_by: Many[Line] = about(P_("step", "led by"), N_("Who leads it, as roles."), default=())
    actors: Many[Line] = about(N_("actors"), N_("Who takes part, as roles."), default=())
    deliverables: Many[Line] = about(
        N_("deliverables"), N_("What comes out of it, in writing."), default=()
    )
    template: Reference[Resource] | None = about(
        N_("template"), N_("A resource from which to write it."), default=None
    )
    sent_to: Many[Line] = about(N_("sent to"), N_("Who receives it."), default=())
    weekdays: Many[Weekday] = about(
        N_("days of the week"), N_("On which days it takes place, in order."), default=()
    )
    days: Count | None = about(N_("days"), N_("How many days it takes."), default=None)
    outage_hours: Count | None = about(
        N_("outage (hours)"), N_("For how many hours something cannot be used."), default=None
    )
    outage_of: Line | None = about(
        N_("what cannot be used"), N_("What cannot be used during that time."), default=None
    )
    note: Line | None = about(N_("note"), N_("What to know about it."), default=None)


class Rollout(Record, kind="rollout"):
    """How a project reaches its schools: when, and by which steps in each of them."""

    ties: ClassVar[Mapping[str, str]] = {
        "steps.after": "steps.id",
        "steps.part_of": "steps.id",
    }

    title: Line = about(N_("title"), N_("The rollout in one line."))
    project: Reference[Project] = about(N_("project"), N_("The project that is rolled out."))
    summary: Text | None = about(N_("summary"), N_("The rollout in a few sentences."), default=None)
    years_planned: Many[Claim[Count]] = about(
        N_("years planned"), N_("Over how many years it was planned."), default=()
    )
    years_taken: Many[Claim[Count]] = about(
        N_("years taken"), N_("How many years it took."), default=()
    )
    phases: tuple[RolloutPhase, ...] = about(
        P_("rollout", "phases"), N_("In the order of their source."), default=()
    )
    steps: tuple[Step, ...] = about(
        N_("steps"), N_("What is done for each school, the first first."), default=()
    )
    schools_table: TableName | None = about(
        N_("table of schools"),
        N_(
            "A file of data/tables, such as etablissements-nord.csv: a row a school, with the"
            " columns uai, name, type, sector, phase, status and date."
        ),
        default=None,
    )
    schools_table_as_of: PartialDate | None = about(
        N_("table as of"), N_("The day for which the table of schools is true."), default=None
    )
    sources: Many[Citation] = about(N_("sources"), N_("The documents that report it."), default=())

    def tables(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """The table of its schools."""
        if self.schools_table:
            yield ("schools_table",), self.schools_table

"""A comparison of projects, contracts or services by criteria."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from club.model.fields import Claim, Line, Many, Reference, Text, about
from club.model.message import N_, P_, Choice
from club.model.record import ID_PATTERN, Part, Record
from club.records.axis.model import Axis
from club.records.organisation.model import Organisation
from club.records.platform.model import Platform
from club.records.project.model import Project
from club.records.service.model import Service


class CriterionType(Choice):
    """What kind of value a criterion takes."""

    YES_NO = "yes_no", P_("criterion", "yes or no")
    CHOICE = "choice", P_("criterion", "choice")
    NUMBER = "number", P_("criterion", "number")
    TEXT = "text", P_("criterion", "text")
    MONEY = "money", P_("criterion", "amount")
    END = "end", P_("criterion", "date of an end")


class Criterion(Part):
    """A row of a comparison."""

    identity = ("id",)
    is_lasting = True

    id: Annotated[str, Field(pattern=f"^{ID_PATTERN}$")] = about(
        N_("id"), N_("A short name, unique in this comparison.")
    )
    label: Line = about(N_("label"), N_("What is compared."))
    type: CriterionType = about(
        N_("type"), N_("What kind of value it takes."), default=CriterionType.TEXT
    )
    unit: Line | None = about(N_("unit"), N_("What a number counts."), default=None)
    values: Many[Line] = about(N_("values"), N_("The values a choice admits."), default=())


class Cell(Part):
    """The value of one criterion for one subject, as each source states it."""

    identity = ("subject", "criterion")
    is_lasting = True

    subject: Reference[Project | Platform | Organisation | Service] = about(
        N_("subject"), N_("One of the subjects compared.")
    )
    criterion: Line = about(N_("criterion"), N_("The id of one of the criteria."))
    claim: Many[Claim[Line]] = about(N_("value"), N_("The value, with its source and its date."))


class Comparison(Record, kind="comparison"):
    """Subjects by criteria, each value with its source; what is absent is unknown."""

    ties: ClassVar[Mapping[str, str]] = {"cells.criterion": "criteria.id"}

    title: Line = about(N_("title"), N_("What is compared."))
    axis: Reference[Axis] | None = about(N_("axis"), N_("The axis it belongs to."), default=None)
    subjects: Many[Reference[Project | Platform | Organisation | Service]] = about(
        N_("subjects"), N_("The projects or other records compared, in order.")
    )
    criteria: tuple[Criterion, ...] = about(N_("criteria"), N_("What they are compared on."))
    cells: tuple[Cell, ...] = about(
        N_("values"), N_("The values; a missing one shows as unknown."), default=()
    )
    summary: Text | None = about(N_("summary"), N_("What the comparison teaches."), default=None)

"""What a project means to reach, from where, and by when."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from club.model.dates import PartialDate
from club.model.fields import Citation, Claim, Count, Line, Reference, Text, about
from club.model.message import N_
from club.model.money import decimal_text
from club.model.record import Record
from club.records.indicator.model import Indicator, ProjectFigure
from club.records.project.model import Project

Factor = Annotated[Decimal, Field(gt=0, le=1000), BeforeValidator(decimal_text)]
"""What the baseline is multiplied by; "1,5" reads as 1.5."""


class Target(Record, kind="target"):
    """An aim for one indicator of one project; without a baseline, a factor gives no number."""

    label: Line = about(N_("label"), N_("The aim in one line."))
    indicator: Reference[Indicator] | None = about(
        N_("indicator"),
        N_("What is to grow; absent where the document does not say how it is measured."),
        default=None,
    )
    project: Reference[Project] = about(N_("project"), N_("Whose aim it is."))
    baseline: Claim[Count] | None = about(
        N_("starting value"), N_("Where it starts from, with its source."), default=None
    )
    goal: Claim[Count] | None = about(
        N_("goal"), N_("The number to reach, with its source."), default=None
    )
    factor: Factor | None = about(
        N_("factor"), N_("What the starting value is to be multiplied by."), default=None
    )
    deadline: PartialDate | None = about(N_("deadline"), N_("By when."), default=None)
    stated_by: Line | None = about(
        N_("stated by"), N_("The role of whoever announced it."), default=None
    )
    note: Text | None = about(N_("note"), N_("What to know about this aim."), default=None)
    source: Citation | None = about(N_("source"), N_("The document that states it."), default=None)

    def fields_of_people(self, get: Callable[[Any], Any]) -> frozenset[str]:
        """Where it starts from, unless its indicator counts schools; nobody knows without one."""
        indicator = get(self.indicator)
        is_of_people = indicator and indicator.stated_in is not ProjectFigure.SCHOOLS_EQUIPPED
        return frozenset({"baseline"}) if is_of_people else frozenset()

    @property
    def number(self) -> Decimal | None:
        """The number to reach: the goal, or baseline × factor; None where it cannot be known."""
        if self.goal is not None:
            return Decimal(self.goal.value)
        if self.factor is not None and self.baseline is not None:
            return self.factor * self.baseline.value
        return None

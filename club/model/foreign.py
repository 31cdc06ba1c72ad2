"""Files that others measured: a mapping says which of their columns are which of our figures."""

from __future__ import annotations

from club.model.fields import Line, Many, about
from club.model.message import N_, P_, Choice
from club.model.record import Part, Record, YesNo
from club.model.series import FOLDER

MAPPINGS = f"{FOLDER}/mappings"
"""Where a club keeps its own mappings, one a file, named after it."""


class TimeUnit(Choice):
    """What a duration is counted in."""

    HOURS = "hours", P_("unit of time", "hours")
    MINUTES = "minutes", P_("unit of time", "minutes")
    SECONDS = "seconds", P_("unit of time", "seconds")

    @property
    def seconds(self) -> int:
        """How many seconds one of it lasts."""
        return {TimeUnit.HOURS: 3600, TimeUnit.MINUTES: 60, TimeUnit.SECONDS: 1}[self]


class Measure(Part):
    """A figure of ours, and the columns that make it: several are added up, row by row."""

    identity = ("indicator", "dimension", "key", "code")
    unsaid = frozenset(Part.model_fields)

    columns: Many[Line] = about(
        N_("columns"), N_("The columns that hold it; where several do, their sum is meant.")
    )
    indicator: Line = about(N_("indicator"), N_("The indicator that it is a figure of."))
    dimension: Line | None = about(
        N_("dimension"), N_("What the figure is split by, for one that is no total."), default=None
    )
    key: Line | None = about(
        N_("key"), N_("Which part it is, as files of series write it."), default=None
    )
    code: Line | None = about(
        N_("DNMA code"),
        N_("Instead of the key of a service, its code in the national audience measure."),
        default=None,
    )
    duration_in: TimeUnit | None = about(
        N_("duration in"),
        N_("For cells such as 31:04:59, what the figures are counted in."),
        default=None,
    )
    optional: YesNo = about(
        N_("optional"), N_("Whether a file may do without its columns."), default=False
    )


class Mapping(Record, kind="mapping"):
    """How a file of others is read: what names a school, what names a period, what is measured."""

    unsaid = frozenset(Record.model_fields)

    source: Line | None = about(
        N_("source"), N_("The source that its figures come from."), default=None
    )
    school: Line | None = about(
        N_("school"),
        N_("The column of the UAI; without it, a file is of one project."),
        default=None,
    )
    week: Line | None = about(
        N_("week"), N_("The column of the Monday that a week begins with."), default=None
    )
    period: Line | None = about(
        N_("period"),
        N_("Instead of a week, the column of a period as files of series write it."),
        default=None,
    )
    measures: Many[Measure] = about(N_("measures"), N_("The figures that it holds."))

    @property
    def when(self) -> str:
        """The column that says when."""
        return self.week or self.period or ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of all figures, each once, in their order."""
        return tuple(dict.fromkeys(name for each in self.measures for name in each.columns))

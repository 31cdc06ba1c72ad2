"""What is measured: how it is defined, over which period, and how its figures add up."""

from __future__ import annotations

from typing import Any

from pydantic import model_validator

from club.model.fields import Citation, Line, Many, Reference, Text, about
from club.model.message import N_, P_, Choice
from club.model.record import Audience, Record, YesNo
from club.records.organisation.model import Organisation


class Period(Choice):
    """How long the time is that one figure tells of."""

    WEEK = "week", P_("period", "week")
    MONTH = "month", P_("period", "month")
    QUARTER = "quarter", P_("period", "quarter")
    SCHOOL_YEAR = "school_year", P_("period", "school year")


class Dimension(Choice):
    """What a figure may be split by."""

    SERVICE = "service", P_("dimension", "service")
    PROFILE = "profile", P_("dimension", "profile")
    SCHOOL_TYPE = "school_type", P_("dimension", "school type")
    DEVICE = "device", P_("dimension", "device")


class Device(Choice):
    """What a visit is made with."""

    COMPUTER = "computer", P_("device", "computer")
    SMARTPHONE = "smartphone", P_("device", "smartphone")
    TABLET = "tablet", P_("device", "tablet")


class Aggregation(Choice):
    """What makes a figure of a long period from those of short ones."""

    SUM = "sum", P_("aggregation", "their sum")
    MEAN = "mean", P_("aggregation", "their mean")
    LAST = "last", P_("aggregation", "the last of them")
    NONE = "none", P_("aggregation", "nothing does")


class Access(Choice):
    """Who is given the figures."""

    PUBLIC = "public", P_("access", "everyone"), "good"
    CLUB = "club", P_("access", "the members of the club"), "warn"
    ON_REQUEST = "on_request", P_("access", "whoever asks for them"), "quiet"


class ProjectFigure(Choice):
    """A field of projects that holds what documents state of an indicator."""

    SCHOOLS_EQUIPPED = "schools_equipped", N_("schools equipped")
    USERS = "users", N_("users")
    CONNECTIONS = "connections", N_("monthly connections")


class Indicator(Record, kind="indicator"):
    """A measure: two figures are of one indicator if they are defined alike."""

    label: Line = about(N_("label"), N_("What is measured, in a few words."))
    definition: Text = about(
        N_("definition"), N_("What exactly is counted, so that another project counts alike.")
    )
    unit: Line = about(N_("unit"), N_("What the numbers count, such as “visites”."))
    decimals: YesNo | None = about(
        N_("decimals"),
        N_("Whether its figures may have some, as durations do; what is counted has none."),
        default=None,
    )
    period: Period = about(N_("period"), N_("How long the time is that one figure tells of."))
    dimensions: Many[Dimension] = about(
        N_("dimensions"), N_("What its figures may be split by."), default=()
    )
    aggregation: Aggregation = about(
        N_("a longer period is"),
        N_("What makes a figure of a long period; people seen twice are never added: “none”."),
    )
    producer: Reference[Organisation] | None = about(
        N_("producer"), N_("Who measures it."), default=None
    )
    recipients: Many[Line] = about(
        N_("recipients"), N_("Whom the figures are sent to."), default=()
    )
    access: Access = about(
        N_("access"),
        N_("Who is given the figures; unless it is everyone, the audience is “members”."),
        default=Access.PUBLIC,
    )
    new_schools: YesNo | None = about(
        N_("schools opened during the year"),
        N_("Whether schools that have been open for less than a year are counted."),
        default=None,
    )
    splits: Reference[Indicator] | None = about(
        N_("splits the figures of"),
        N_("The indicator that holds the totals, where these figures are only its parts."),
        default=None,
    )
    comparable_with: Many[Reference[Indicator]] = about(
        N_("comparable with"),
        N_("Other indicators whose figures may stand on the same axis."),
        default=(),
    )
    version: Line | None = about(N_("version"), N_("The edition of its definition."), default=None)
    stated_in: ProjectFigure | None = about(
        N_("stated in"),
        N_("The field of projects that holds what documents state of it."),
        default=None,
    )
    source: Citation | None = about(N_("source"), N_("The document that defines it."), default=None)

    @model_validator(mode="before")
    @classmethod
    def _for_members(cls, value: Any) -> Any:
        """What is not for everyone is for members, even where its author forgot to say so."""
        if not isinstance(value, dict) or value.get("access", "public") == str(Access.PUBLIC):
            return value
        said = value.get("audience")
        fields = said if isinstance(said, dict) else {}
        return {**value, "audience": {**fields, "": str(Audience.MEMBERS)}}

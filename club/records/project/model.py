"""A territory's school digital workspace: who carries it, where it stands, for whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from club.model.dates import PartialDate
from club.model.fields import Claim, Count, Line, Many, Reference, Text, Url, about
from club.model.message import N_, P_, Choice
from club.model.record import Part, Record, YesNo
from club.records.organisation.model import Department, Organisation
from club.records.platform.model import Platform


class CarrierRole(Choice):
    """What an organisation does for a project."""

    OWNER = "owner", P_("carrier", "owner")
    PARTNER = "partner", P_("carrier", "partner")
    FUNDER = "funder", P_("carrier", "funder")
    SUPPORT = "support", P_("carrier", "support")


class SchoolType(Choice):
    """The kinds of school a project serves."""

    PRIMARY = "primary", N_("primary schools")
    COLLEGE = "college", N_("collèges")
    LYCEE = "lycee", N_("lycées")
    AGRICULTURAL_LYCEE = "agricultural_lycee", N_("agricultural lycées")
    EREA = "erea", N_("EREA")
    CFA = "cfa", N_("apprenticeship centres")
    HIGHER = "higher", N_("higher education")


class Sector(Choice):
    """Who runs the schools."""

    PUBLIC = "public", P_("sector", "public")
    PRIVATE = "private", P_("sector", "private")
    AGRICULTURAL = "agricultural", P_("sector", "agricultural")


class ProjectState(Choice):
    """Where a project stands."""

    STUDY = "study", P_("project", "under study"), "quiet"
    PROCUREMENT = "procurement", P_("project", "in procurement"), "quiet"
    PILOT = "pilot", P_("project", "pilot"), "warn"
    ROLLOUT = "rollout", P_("project", "being rolled out"), "accent"
    GENERALISED = "generalised", P_("project", "generalised"), "good"
    RENEWAL = "renewal", P_("project", "in renewal"), "accent"
    MIGRATED = "migrated", P_("project", "migrated"), "quiet"
    STOPPED = "stopped", P_("project", "stopped"), "bad"


class Carrier(Part):
    """An organisation that carries a project, and its role."""

    identity = ("organisation",)
    is_lasting = True

    organisation: Reference[Organisation] = about(
        N_("organisation"), N_("The id of an organisation.")
    )
    role: CarrierRole = about(
        N_("role"), N_("Its role in the project."), default=CarrierRole.PARTNER
    )
    note: Line | None = about(N_("note"), N_("What to know about this role."), default=None)


class SupportLevel(Part):
    """A level of user support: who answers, how many they are, how much each covers."""

    identity = ("level",)

    level: Count = about(N_("level"), N_("1 is the nearest to the user."))
    who: Line = about(N_("who"), N_("The body or the role that answers."))
    count: Many[Claim[Count]] = about(N_("count"), N_("How many there are."), default=())
    covers: Many[Claim[Count]] = about(
        N_("schools covered by each"), N_("How many schools each one looks after."), default=()
    )
    note: Line | None = about(N_("note"), N_("What this level does."), default=None)


class PlannedSector(Part):
    """A kind of school that a project means to take in."""

    identity = ("sector",)

    sector: Sector = about(N_("sector"), N_("Who runs the schools."))
    since: PartialDate | None = about(
        N_("since"), N_("From when, if a date is known."), default=None
    )


class WebLink(Part):
    """An address and what one finds there."""

    identity = ("title",)

    title: Line = about(N_("title"), N_("What one finds there."))
    url: Url = about(N_("address"), N_("The web address."))


class Project(Record, kind="project"):
    """A school digital workspace of a territory, run by its carriers on a platform."""

    name: Line = about(N_("name"), N_("The project's name, as its carriers write it."))
    platform: Reference[Platform] | None = about(
        N_("platform"), N_("The platform it runs on."), default=None
    )
    on_platform: Many[Claim[YesNo]] = about(
        N_("still on this platform"),
        N_("Whether it still runs on it, as each later source says."),
        default=(),
    )
    platform_version: Many[Claim[Line]] = about(
        N_("platform version"),
        N_("The version it runs; absent means unknown, never none."),
        default=(),
    )
    carriers: tuple[Carrier, ...] = about(
        N_("carriers"), N_("The organisations that answer for it, by role."), default=()
    )
    academies: Many[Reference[Organisation]] = about(
        N_("academies"), N_("The academies it covers, for the roll-up by academy."), default=()
    )
    territory: Many[Department] = about(
        N_("territory"), N_("INSEE codes of the départements it covers."), default=()
    )
    school_types: Many[SchoolType] = about(
        N_("school types"), N_("The kinds of school it serves."), default=()
    )
    school_sectors: Many[Sector] = about(
        N_("sectors"), N_("Public, private or agricultural schools."), default=()
    )
    planned_sectors: tuple[PlannedSector, ...] = about(
        N_("planned sectors"), N_("Sectors it means to take in next."), default=()
    )
    state: ProjectState = about(N_("state"), N_("Where the project stands."))
    state_as_of: PartialDate | None = about(
        N_("state as of"),
        N_("The date the state and the platform are true for."),
        default=None,
    )
    started: Many[Claim[PartialDate]] = about(
        N_("started"), N_("When its roll-out began."), default=()
    )
    completion: Many[Claim[PartialDate]] = about(
        N_("completion"), N_("When its roll-out ended, or is meant to end."), default=()
    )
    schools_equipped: Many[Claim[Count]] = about(
        N_("schools equipped"),
        N_("How many schools have it, as stated by each source."),
        default=(),
    )
    schools_target: Many[Claim[Count]] = about(
        N_("schools targeted"), N_("How many schools are meant to have it."), default=()
    )
    users: Many[Claim[Count]] = about(
        N_("users"), N_("How many people use it or could, as stated."), default=()
    )
    connections: Many[Claim[Count]] = about(
        N_("monthly connections"),
        N_("Connections a month, as stated; a connection is not a visit."),
        default=(),
    )
    figures: tuple[Figure, ...] = about(
        N_("other figures"), N_("Other figures somebody published on the project."), default=()
    )
    governance: Text | None = about(
        N_("governance"), N_("How decisions are taken, and by whom."), default=None
    )
    partners_expected: Many[Claim[Count]] = about(
        N_("partners announced"),
        N_("How many partners the sources count; checked against the carriers."),
        default=(),
    )
    specifics: Many[Line] = about(
        N_("specifics"), N_("What sets this project apart from the others."), default=()
    )
    support_levels: tuple[SupportLevel, ...] = about(
        N_("support levels"), N_("The levels of user support, nearest first."), default=()
    )
    strict_ranks: YesNo = about(
        N_("strict ranks"),
        N_("Whether it gives each rank to one open request alone: “yes” has that checked."),
        default=False,
    )
    successor: Reference[Project] | None = about(
        N_("successor"), N_("The project that took over."), default=None
    )
    history: tuple[Milestone, ...] = about(
        N_("history"), N_("Dated events, each with its source."), default=()
    )
    links: tuple[WebLink, ...] = about(
        N_("links"), N_("Pages about the project elsewhere."), default=()
    )
    summary: Text | None = about(N_("summary"), N_("The project in a few sentences."), default=None)

    def known_for(self, field: str) -> PartialDate | None:
        """The state is that of a day."""
        return self.state_as_of if field == "state" else None

    def fields_of_people(self, get: Callable[[Any], Any]) -> frozenset[str]:
        """Who uses it, and how often."""
        return frozenset({"users", "connections"})

    def awaited(self) -> tuple[str, ...]:
        """What the others ask of it first; of a version, only where there is a platform."""
        versions = ("platform_version",) if self.platform else ()
        return (*versions, *AWAITED)


AWAITED = (
    "state",
    "carriers",
    "territory",
    "school_types",
    "schools_equipped",
    "schools_target",
    "users",
    "support_levels",
    "summary",
)


class Figure(Part):
    """A published figure that has no field of its own."""

    identity = ("label",)

    label: Line = about(N_("label"), N_("What is counted."))
    unit: Line | None = about(N_("unit"), N_("What the number counts."), default=None)
    values: Many[Claim[Line]] = about(N_("values"), N_("The figure, as each source states it."))


class Milestone(Part):
    """A dated event in the life of a project."""

    identity = ("what",)

    what: Line = about(N_("event"), N_("What happened."))
    date: Claim[PartialDate] = about(N_("date"), N_("When, with its source."))

"""What one project offers of one service."""

from __future__ import annotations

from pydantic import model_validator

from club.model.dates import PartialDate
from club.model.fields import (
    Citation,
    Line,
    Many,
    Reference,
    Reliability,
    Text,
    Url,
    about,
    reasoned,
)
from club.model.graph import Graph
from club.model.message import N_, P_, Choice
from club.model.record import Record
from club.records.organisation.model import Organisation
from club.records.project.model import Project, SchoolType
from club.records.service.model import Service


class OfferState(Choice):
    """Whether a project offers a service."""

    AVAILABLE = "available", P_("offer", "available"), "good"
    PARTIAL = "partial", P_("offer", "partial"), "warn"
    IN_PROGRESS = "in_progress", P_("offer", "in progress"), "warn"
    PLANNED = "planned", P_("offer", "planned"), "accent"
    ABSENT = "absent", P_("offer", "absent"), "bad"
    NOT_APPLICABLE = "not_applicable", P_("offer", "not applicable"), "quiet"
    UNKNOWN = "unknown", P_("offer", "unknown"), "quiet"


class Integration(Choice):
    """How a service is tied to the workspace."""

    NATIVE = "native", P_("integration", "native")
    CONNECTOR = "connector", P_("integration", "connector")
    LINK = "link", P_("integration", "plain link")
    NONE = "none", P_("integration", "none")


class Offer(Record, kind="offer"):
    """One service in one project: its state, how it is tied in, and the evidence."""

    service: Reference[Service] = about(N_("service"), N_("The id of a service."))
    project: Reference[Project] = about(N_("project"), N_("The id of a project."))
    state: OfferState = about(N_("state"), N_("Whether the project offers it."))
    since: PartialDate | None = about(N_("since"), N_("Since when."), default=None)
    in_version: Line | None = about(
        N_("in version"), N_("The platform version that brought it."), default=None
    )
    integration: Integration | None = about(
        N_("integration"), N_("How it is tied to the workspace."), default=None
    )
    provider: Reference[Organisation] | None = about(
        N_("provider"), N_("Who provides it, if not the platform's vendor."), default=None
    )
    school_types: Many[SchoolType] = about(
        N_("school types"), N_("The schools it is offered to, if not all."), default=()
    )
    url: Url | None = about(N_("address"), N_("Where the service is."), default=None)
    note: Text | None = about(N_("note"), N_("What to know about this offer."), default=None)
    source: Citation | None = about(N_("source"), N_("The document that says so."), default=None)
    as_of: PartialDate | None = about(N_("as of"), N_("The date this is true for."), default=None)
    reliability: Reliability | None = about(
        N_("reliability"), N_("How far this can be trusted."), default=None
    )

    @model_validator(mode="before")
    @classmethod
    def _with_its_reason(cls, value: object) -> object:
        return reasoned(value)

    def known_for(self, field: str) -> PartialDate | None:
        """The state is that of a day."""
        return self.as_of if field == "state" else None

    def title_among(self, graph: Graph) -> str:
        """The service and the project, which name it together."""
        service, project = graph.get(self.service), graph.get(self.project)
        if service is None or project is None:
            return self.title_text
        return f"{service.title_text} – {project.title_text}"

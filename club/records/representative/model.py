"""A representative: a role in an organisation, and a person only where they agreed to it."""

from __future__ import annotations

from typing import ClassVar

from club.model.dates import PartialDate
from club.model.fields import Line, Many, Reference, Text, about
from club.model.graph import Graph
from club.model.message import N_
from club.model.record import Part, Record
from club.records.organisation.model import Organisation
from club.records.project.model import Project


class Consent(Part):
    """That somebody agreed to be named: how the club knows, since when, and until when."""

    basis: Line = about(
        N_("basis"), N_("How they agreed, and to what: a form, a mail kept by the club…")
    )
    date: PartialDate = about(N_("date"), N_("When they agreed."))
    withdrawn: PartialDate | None = about(
        N_("withdrawn"), N_("When they took it back: the name goes that day."), default=None
    )


class Representative(Record, kind="representative"):
    """Who speaks for an organisation: the role first, as people come and go."""

    for_members: ClassVar[frozenset[str]] = frozenset({"person", "consent"})

    organisation: Reference[Organisation] = about(
        N_("organisation"), N_("The organisation that is represented.")
    )
    role: Line = about(N_("role"), N_("The function, never the person."))
    projects: Many[Reference[Project]] = about(
        N_("projects"), N_("The projects for which this role speaks."), default=()
    )
    person: Line | None = about(
        N_("person"),
        N_(
            "A name, only with a consent; for members unless “person: public” under “audience”"
            " says otherwise. Never an address nor a telephone number."
        ),
        default=None,
    )
    consent: Consent | None = about(
        N_("consent"), N_("That this person agreed to be named."), default=None
    )
    summary: Text | None = about(N_("summary"), N_("What one may ask of this role."), default=None)

    @property
    def title_text(self) -> str:
        """The role, under which the organisation is not known."""
        return self.role

    def title_among(self, graph: Graph) -> str:
        """The role and the organisation, which name it together."""
        found = graph.get(self.organisation)
        return f"{self.role} – {found.short_name or found.name}" if found else self.role

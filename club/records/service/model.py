"""A service that a school digital workspace may offer."""

from __future__ import annotations

from club.model.codes import Identifier
from club.model.fields import Citation, Line, Many, Reference, Text, about
from club.model.message import N_, Choice
from club.model.record import Record, YesNo
from club.records.family.model import Family


class Profile(Choice):
    """Who uses a service."""

    STUDENT = "student", N_("students")
    PARENT = "parent", N_("parents")
    TEACHER = "teacher", N_("teachers")
    STAFF = "staff", N_("staff")
    MANAGEMENT = "management", N_("school management")
    LOCAL_AUTHORITY = "local_authority", N_("local authorities")


class Service(Record, kind="service"):
    """A service: the families it belongs to, and the profiles it serves."""

    label: Line = about(N_("label"), N_("The service's usual name."))
    also_called: Many[Line] = about(
        N_("also called"), N_("Other words that people use for it, and look for."), default=()
    )
    families: Many[Reference[Family]] = about(
        N_("families"), N_("Every family it is found under."), default=()
    )
    profiles: Many[Profile] = about(N_("profiles"), N_("Who uses it."), default=())
    external: YesNo = about(
        N_("external"), N_("Yes for a service or portal outside the workspace."), default=False
    )
    dnma_code: Identifier | None = about(
        N_("DNMA code"), N_("Its code in the national audience measure."), default=None
    )
    summary: Text | None = about(N_("summary"), N_("What it does."), default=None)
    source: Citation | None = about(
        N_("source"), N_("The document that names the service."), default=None
    )

"""An organisation of the club or around it: academy, authority, vendor."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from club.model.codes import Coded
from club.model.dates import PartialDate
from club.model.departments import NAMES
from club.model.fields import Line, Many, Reference, Text, Url, about
from club.model.graph import Graph
from club.model.identifiers import AcademyCode, DepartmentCode, RegionCode, Siren
from club.model.message import N_, P_, Choice, Message
from club.model.record import Part, Record
from club.model.view import Link
from club.model.viewing import link


class OrganisationType(Choice):
    """What an organisation is."""

    ACADEMY = "academy", P_("organisation", "academy")
    REGION = "region", P_("organisation", "region")
    DEPARTMENT = "department", P_("organisation", "department")
    MUNICIPALITY = "municipality", P_("organisation", "municipality")
    JOINT_AUTHORITY = "joint_authority", P_("organisation", "joint authority")
    STATE = "state", P_("organisation", "State body")
    VENDOR = "vendor", P_("organisation", "vendor")
    INTEGRATOR = "integrator", P_("organisation", "integrator")
    HOST = "host", P_("organisation", "host")
    CONSULTANCY = "consultancy", P_("organisation", "consultancy")
    SCHOOL = "school", P_("organisation", "school")
    NETWORK = "network", P_("organisation", "network")


def department(code: str, graph: Graph | None = None) -> Link:
    """The département *code*: the organisation that has its code, or its name."""
    found = graph.by(Organisation, _department_code).get(code) if graph else None
    if found is None:
        name = NAMES.get(code) or Message(N_("département {code}"), {"code": code})
        return Link(name, "", key=code)
    return replace(link(found), title=found.short_name or found.name)


def _department_code(organisation: Organisation) -> str | None:
    return organisation.identifiers.department_code


Department = Annotated[DepartmentCode, Coded(department)]
"""The code of a département, read as its name."""


def _named(label: str) -> Coded:
    return Coded(lambda code, graph: Message(label, {"code": code}))


class Identifiers(Part):
    """The official identifiers of an organisation."""

    siren: Annotated[Siren, _named(N_("SIREN {code}"))] | None = about(
        N_("SIREN"), N_("Nine digits, checked."), default=None
    )
    academy_code: Annotated[AcademyCode, _named(N_("academy {code}"))] | None = about(
        N_("academy code"), N_("Two digits, leading zero kept."), default=None
    )
    department_code: Annotated[DepartmentCode, _named(N_("département {code}"))] | None = about(
        N_("département code"), N_("INSEE code: 09, 2A, 974."), default=None
    )
    region_code: Annotated[RegionCode, _named(N_("region {code}"))] | None = about(
        N_("region code"), N_("INSEE code: 52."), default=None
    )


SharedMailbox = Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]


class Organisation(Record, kind="organisation"):
    """An academy, a local authority, a firm or another body."""

    name: Line = about(N_("name"), N_("The full name, as the organisation writes it."))
    short_name: Line | None = about(
        N_("short name"), N_("What the club usually calls it."), default=None
    )
    type: OrganisationType = about(N_("type"), N_("What the organisation is."))
    identifiers: Identifiers = about(
        N_("identifiers"), N_("Official identifiers, checked."), default=Identifiers()
    )
    territory: Many[Department] = about(
        N_("territory"), N_("INSEE codes of the départements it covers."), default=()
    )
    parent: Reference[Organisation] | None = about(
        N_("parent"), N_("The organisation it is part of."), default=None
    )
    contact: SharedMailbox | None = about(
        N_("contact"), N_("A shared mailbox; never a personal address."), default=None
    )
    website: Url | None = about(N_("website"), N_("Its public site."), default=None)
    member_since: PartialDate | None = about(
        N_("member since"), N_("When it joined the club."), default=None
    )
    summary: Text | None = about(N_("summary"), N_("A few words on its role."), default=None)

    def awaited(self) -> tuple[str, ...]:
        """How to reach it."""
        return ("contact", "website")

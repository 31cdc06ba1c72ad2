"""A software platform that projects run."""

from __future__ import annotations

from club.model.dates import PartialDate
from club.model.fields import Claim, Count, Line, Many, Reference, Text, about
from club.model.message import N_
from club.model.record import Part, Record
from club.records.organisation.model import Organisation


class Version(Part):
    """A version of a platform."""

    identity = ("id",)
    is_lasting = True

    id: Line = about(N_("number"), N_("The version as its vendor writes it."))
    released: PartialDate | None = about(N_("released"), N_("When it came out."), default=None)
    notes: Text | None = about(N_("notes"), N_("What it brings, and to whom."), default=None)


class Platform(Record, kind="platform"):
    """A platform: its vendor, its versions, and what is claimed of it as a whole."""

    name: Line = about(N_("name"), N_("The product's name."))
    vendor: Reference[Organisation] | None = about(
        N_("vendor"), N_("The organisation that publishes it."), default=None
    )
    versions: tuple[Version, ...] = about(
        N_("versions"), N_("Its versions, oldest first."), default=()
    )
    schools_equipped: Many[Claim[Count]] = about(
        N_("schools equipped"), N_("How many schools are said to use it."), default=()
    )
    summary: Text | None = about(N_("summary"), N_("What it is, in a few words."), default=None)

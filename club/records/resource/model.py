"""A document, template, connector or data set that members share."""

from __future__ import annotations

from club.model.codes import LanguageCode, Licence
from club.model.dates import PartialDate
from club.model.fields import Citation, Line, Many, Reference, Text, Url, about
from club.model.message import N_, P_, Choice
from club.model.record import Record
from club.records.axis.model import Axis
from club.records.project.model import Project
from club.records.service.model import Service


class ResourceType(Choice):
    """What a resource is."""

    DOCUMENT = "document", P_("resource", "document")
    TUTORIAL = "tutorial", P_("resource", "tutorial")
    VIDEO = "video", P_("resource", "video")
    TEMPLATE = "template", P_("resource", "template")
    CONNECTOR = "connector", P_("resource", "connector")
    DATA = "data", P_("resource", "data set")


class Resource(Record, kind="resource"):
    """A resource: where it is, under which licence, and whom to credit."""

    title: Line = about(N_("title"), N_("The resource's title."))
    type: ResourceType = about(N_("type"), N_("What it is."))
    file: Line | None = about(
        N_("file"), N_("Its path under docs/, if the club keeps it."), default=None
    )
    url: Url | None = about(N_("address"), N_("Where it is, if elsewhere."), default=None)
    archived_url: Url | None = about(
        N_("archived copy"), N_("A copy kept by a web archive."), default=None
    )
    licence: Licence | None = about(
        N_("licence"), N_("SPDX or Creative Commons identifier."), default=None
    )
    attribution: Line | None = about(
        N_("attribution"), N_("The credit its licence asks for."), default=None
    )
    language: LanguageCode | None = about(
        N_("language"), N_("Its language code: fr, en…"), default=None
    )
    date: PartialDate | None = about(N_("date"), N_("When it was published."), default=None)
    projects: Many[Reference[Project]] = about(
        N_("projects"), N_("The projects it concerns."), default=()
    )
    services: Many[Reference[Service]] = about(
        N_("services"), N_("The services it concerns."), default=()
    )
    axes: Many[Reference[Axis]] = about(N_("axes"), N_("The axes it belongs to."), default=())
    summary: Text | None = about(N_("summary"), N_("What one finds in it."), default=None)
    source: Citation | None = about(N_("source"), N_("Where the club found it."), default=None)

"""A document the club cites: every figure can be traced to one."""

from __future__ import annotations

from club.model.codes import Licence
from club.model.dates import PartialDate
from club.model.fields import Line, Text, Url, about
from club.model.message import N_
from club.model.record import Record, YesNo


class Source(Record, kind="source"):
    """A document: who published it, when, under which licence, and when it was consulted."""

    title: Line = about(N_("title"), N_("The document's own title."))
    publisher: Line | None = about(
        N_("publisher"), N_("Who published it: a body or a periodical, not a person."), default=None
    )
    date: PartialDate | None = about(
        N_("date"), N_("When it was published, as precisely as is known."), default=None
    )
    updated: PartialDate | None = about(
        N_("updated"), N_("When its publisher last changed it."), default=None
    )
    url: Url | None = about(N_("address"), N_("Where it can be read."), default=None)
    licence: Licence | None = about(
        N_("licence"), N_("SPDX or Creative Commons identifier, if any."), default=None
    )
    attribution: Line | None = about(
        N_("attribution"), N_("The credit its licence asks for."), default=None
    )
    consulted: PartialDate | None = about(
        N_("consulted"), N_("When the club read it."), default=None
    )
    verified: YesNo = about(
        N_("verified"), N_("No where the club has not re-read the document itself."), default=True
    )
    note: Text | None = about(N_("note"), N_("What to know before citing it."), default=None)

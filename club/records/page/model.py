"""A wiki page: its text, and what its front matter says of it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from club.model.codes import Licence
from club.model.dates import PartialDate
from club.model.fields import Line, MarkdownText, Reference, about
from club.model.message import N_
from club.model.record import OneOrMany, Record, one_or_many
from club.records.organisation.model import Organisation

ADDRESS = r"^\w[\w .'’+-]*(/\w[\w .'’+-]*)*$"
"""Names apart by slashes, none of which begins with a dot: an address never leaves the site."""


class WikiPage(Record, kind="page"):
    """A page of `docs/`; its id is its path there, such as `guides/connexion.md`."""

    is_page: ClassVar[bool] = True

    title: Line = about(N_("title"), N_("The title of the page; its first heading without one."))
    aliases: Annotated[
        tuple[Annotated[str, StringConstraints(strip_whitespace=True, pattern=ADDRESS)], ...],
        BeforeValidator(one_or_many),
        OneOrMany(),
    ] = about(
        N_("former addresses"),
        N_("Old addresses of this page, without “.md”, which keep leading to it."),
        default=(),
    )
    owner: Reference[Organisation] | None = about(
        N_("kept by"), N_("The organisation that keeps the page up to date."), default=None
    )
    review_by: PartialDate | None = about(
        N_("to be read again by"), N_("The date after which the page may be stale."), default=None
    )
    licence: Licence | None = about(
        N_("licence"), N_("An SPDX or Creative Commons id."), default=None
    )
    attribution: Line | None = about(
        N_("attribution"), N_("The credit the licence asks for."), default=None
    )
    last_updated: PartialDate | None = about(
        N_("last updated"),
        N_("When a page brought from elsewhere was last changed there."),
        default=None,
    )
    first_published: PartialDate | None = about(
        N_("first published"),
        N_("When the page first appeared, if Git does not say."),
        default=None,
    )
    text: Annotated[SkipJsonSchema[str], MarkdownText(), Field()] = ""


FRONT_MATTER = tuple(
    name for name in WikiPage.model_fields if name not in {"id", "text", "deduced"}
)
"""The keys of a page's front matter that are the club's."""

"""A family of services in a frame of reference."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated

from club.model.codes import Coded
from club.model.fields import Citation, Count, Line, Text, about
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.record import Record, YesNo
from club.model.view import Link
from club.model.viewing import link

VERSIONED = re.compile(r"([a-z0-9]+)-v([0-9.]+)(?:-v([0-9.]+))?")


def frame_name(frame: str, graph: Graph | None = None) -> Link:
    """A frame of reference in words: the record that it names, or an acronym and its versions."""
    found = graph.named(frame) if graph else ()
    if len(found) == 1:
        return replace(link(found[0]), key=frame)
    if versions := VERSIONED.fullmatch(frame):
        name, first, last = versions.groups()
        about = {"name": name.upper(), "first": first, "last": last}
        id = N_("{name}, versions {first} to {last}") if last else N_("{name}, version {first}")
        return Link(
            Message(id, {name: said for name, said in about.items() if said}), "", key=frame
        )
    return Link(frame, "", key=frame)


class Family(Record, kind="family", collection="families"):
    """A family of services, in the frame of reference that names it."""

    label: Line = about(N_("label"), N_("The family's name in its frame."))
    order: Count = about(N_("order"), N_("Its rank in its frame."))
    frame: Annotated[Line, Coded(frame_name)] = about(
        N_("frame"), N_("The frame of reference: i-cart, sdet-v1, sdet-v4-v6…")
    )
    source: Citation | None = about(
        N_("source"), N_("The document that lists the family."), default=None
    )
    verified: YesNo = about(
        N_("verified"), N_("No where the frame was not read in its own document."), default=False
    )
    summary: Text | None = about(N_("summary"), N_("What the family gathers."), default=None)

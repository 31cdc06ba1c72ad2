"""On the home page: the requests that wait for the vendor's answer."""

from __future__ import annotations

from dataclasses import dataclass

from club.insight.waiting import Wait, waits
from club.model.graph import Graph
from club.model.kind import Home
from club.model.message import N_, Message
from club.model.view import CardView, Counted, Link
from club.model.viewing import counted, link
from club.records.request.model import Request

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Waiting:
    """The requests that have waited longest, examples last, and how many more there are."""

    cards: tuple[CardView, ...]
    more: Counted


def waiting(graph: Graph) -> Waiting:
    """What the home page says of the requests sent to the vendor."""
    found = sorted(waits(graph), key=lambda each: each.request.example)
    return Waiting(
        tuple(map(_card, found[:SHOWN])), counted(each.request for each in found[SHOWN:])
    )


def _card(wait: Wait) -> CardView:
    since = Message(N_("sent: {date}"), {"date": wait.since}) if wait.since else None
    last = wait.last.answer if wait.last else None
    return CardView(link(wait.request), tuple(each for each in (since, last) if each))


def needs(graph: Graph) -> tuple[Link, ...]:
    """Where one finds what the vendor was asked, and what it said."""
    note = Message(N_("who wants what, and what the vendor answered"))
    return (Link(Message(N_("The requests")), f"{Request.collection}/", note),)


HOME = Home(20, waiting, needs)

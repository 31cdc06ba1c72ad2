"""The desk of each organisation that carries a project or owns an action."""

from __future__ import annotations

from club.insight.coming import coming
from club.insight.desk import Desk, carried, desk_view, organisation_desks
from club.insight.desk_told import desk_page
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import CardView, PageView
from club.model.viewing import section
from club.records.organisation.model import Organisation


def desk_pages(graph: Graph) -> tuple[PageView, ...]:
    """A page for each: what awaits the organisation, then its projects."""
    return tuple(_page(each, graph) for each in organisation_desks(graph))


def _page(desk: Desk, graph: Graph) -> PageView:
    organisation = desk.subject
    assert isinstance(organisation, Organisation)
    title = Message(N_("What awaits its projects"))
    cards = (_card(each) for each in carried(organisation, graph))
    projects = section("projects", title, *cards, layout="cards")
    return desk_page(desk, projects, first=coming(organisation, graph))


def _card(desk: Desk) -> CardView:
    to_do = Message(N_("To do: {count}"), {"count": desk.count})
    none = Message(N_("Nothing to do"))
    return CardView(desk_view(desk).link, (to_do if desk.count else none,))

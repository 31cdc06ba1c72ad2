"""Who hosts in turn; what was agreed to be done, whatever the meeting."""

from __future__ import annotations

from club.insight.actions import Agreed, agreed
from club.insight.rotation import rotation
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import CellView, Feed, Link, PageView, RowView, SectionView, TableView, Unknown
from club.model.viewing import (
    CALENDAR_URL,
    counted,
    label_of,
    labels,
    link,
    links,
    referred,
    section,
    sections,
)
from club.records.meeting.model import Action, ActionStanding, Meeting

ROTATION_URL = "meetings/rotation/"
ACTIONS_URL = "meetings/actions/"
ROTATION = N_("Hosts in turn")
ACTIONS = N_("Actions of all the meetings")
RULE = N_(
    "The host changes from one plenary to the next: nobody hosts again before the others have."
    " Those who take turns are the academies of the projects, and whoever else has hosted. Of those"
    " whose turn it is, whoever never hosted comes first, then whoever did longest ago; between"
    " equals, the club decides."
)
UP_TO_DATE = N_(
    "A calendar that subscribes to this file reads it again by itself: it has what is added, what"
    " moves and what is cancelled. One that only opens it once keeps what it read that day."
)
NOBODY = N_("Nobody in particular")
NEXT = N_("The next host: {name}.")
NEXT_OF_SEVERAL = N_("The next host is for the club to choose among {name}.")
NOBODY_KNOWN = N_("Nobody is known to take turns yet.")
MAY_HAVE_HOSTED = N_(
    "Plenaries whose host is not known: {count}. One of those named here may have hosted them."
)
ORDER = (
    ActionStanding.LATE,
    ActionStanding.OPEN,
    ActionStanding.UNTOLD,
    ActionStanding.DONE,
    ActionStanding.DROPPED,
)


def pages(graph: Graph) -> tuple[PageView, ...]:
    """The turns of the hosts; the actions of all the meetings."""
    return (_rotation(graph), _actions(graph))


def ways_in(graph: Graph) -> tuple[SectionView, ...]:
    """What one looks for among the meetings."""
    late = [each for each in agreed(graph) if each.standing is ActionStanding.LATE]
    said = Message(
        N_("{title}, late: {count}"),
        {"title": Message(ACTIONS), "count": counted(each.meeting for each in late)},
    )
    ways = (
        Link(said if late else Message(ACTIONS), ACTIONS_URL),
        Link(Message(ROTATION), ROTATION_URL),
    )
    every = Feed(Message(N_("Calendar of all the meetings (.ics)")), CALENDAR_URL)
    return sections(
        section("ways-in", Message(N_("Go straight to")), *ways, layout="grid"),
        section("calendar", Message(N_("In your own calendar")), Message(UP_TO_DATE), every),
    )


def _rotation(graph: Graph) -> PageView:
    found = rotation(graph)
    rows = tuple(
        RowView(
            (
                CellView((link(each),)),
                CellView((each.date.value,) if each.date else ()),
                CellView(referred(graph, each.host) or (Unknown(),), graph.place(each, "host")),
                CellView((each.standing(graph.today),)),
            ),
            is_example=each.example,
        )
        for each in reversed(found.plenaries)
    )
    table = TableView(
        Message(N_("The plenaries and their hosts, the latest first")),
        (N_("meeting"), *labels(Meeting, "date", "host", "status")),
        rows,
        sheet=ROTATION_URL.rstrip("/"),
    )
    none = Message(N_("No plenary has a date yet."))
    following, others = links(found.waiting[: found.equals]), found.waiting[found.equals :]
    after = Message(N_("Then: {names}."), {"names": links(others)}) if others else None
    said = NEXT if len(following) == 1 else NEXT_OF_SEVERAL
    first = Message(said, {"name": following}) if following else Message(NOBODY_KNOWN)
    about = {"count": counted(found.unknown)}
    doubt = Message(MAY_HAVE_HOSTED, about) if found.unknown and following else None
    return PageView(
        url=ROTATION_URL,
        collection=Meeting.collection,
        title=Message(ROTATION),
        sections=sections(
            section("next", Message(N_("Whose turn it is")), first, after, doubt),
            section("rule", Message(N_("The rule")), Message(RULE)),
            section("hosts", Message(N_("Who hosted")), table if rows else none),
        ),
    )


def _actions(graph: Graph) -> PageView:
    found = agreed(graph)
    none = Message(N_("No meeting has agreed on any action."))
    parts = [_standing(each, found, graph) for each in ORDER]
    empty = section("all", Message(N_("Actions")), none)
    return PageView(
        url=ACTIONS_URL,
        collection=Meeting.collection,
        title=Message(ACTIONS),
        sections=sections(*parts) or sections(empty),
    )


def _standing(
    standing: ActionStanding, every: tuple[Agreed, ...], graph: Graph
) -> SectionView | None:
    mine = [each for each in every if each.standing is standing]
    found = sorted(mine, key=lambda each: _owner_order(each, graph))
    rows = tuple(_row(each, graph) for each in found)
    title = Message(
        N_("{things}: {count}"),
        {"things": standing, "count": counted(each.meeting for each in found)},
    )
    table = TableView(
        Message(N_("Actions, {standing}"), {"standing": standing}),
        (*labels(Action, "what", "due"), N_("meeting")),
        rows,
        sheet=f"{ACTIONS_URL.rstrip('/')}-{standing.value}",
        grouped_by=label_of(Action, "owner"),
    )
    return section(standing.value, title, table) if rows else None


def _row(each: Agreed, graph: Graph) -> RowView:
    place = graph.place(each.meeting, "actions", each.index)
    return RowView(
        (
            CellView((each.action.what,), place),
            CellView((each.action.due,) if each.action.due else ()),
            CellView((link(each.meeting),)),
        ),
        is_example=each.meeting.example,
        group=link(owner) if (owner := graph.get(each.action.owner)) else Message(NOBODY),
    )


def _owner_order(each: Agreed, graph: Graph) -> tuple[bool, str, str]:
    """By the name of the owner; those that nobody took come last."""
    owner = graph.get(each.action.owner)
    return (owner is None, owner.name.casefold() if owner else "", owner.id if owner else "")

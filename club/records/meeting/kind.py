"""The club's meetings."""

from datetime import date

from club.model.kind import Column, Facet, Kind, rank_of
from club.model.message import N_
from club.model.viewing import referred
from club.records.meeting.checks import CHECKS
from club.records.meeting.home import HOME
from club.records.meeting.model import Meeting, MeetingStatus, MeetingType
from club.records.meeting.occasions import occasion
from club.records.meeting.pages import pages, ways_in
from club.records.meeting.views import view


def last_day(meeting: Meeting) -> date | None:
    """The last day on which a meeting can have taken place."""
    return meeting.date.value.last if meeting.date else None


def milestone(meeting: Meeting) -> date | None:
    """The same of a plenary that was held."""
    is_one = meeting.type is MeetingType.PLENARY and meeting.status is MeetingStatus.HELD
    return last_day(meeting) if is_one else None


KIND = Kind(
    model=Meeting,
    singular=N_("meeting"),
    plural=N_("meetings"),
    intro=N_("Where the club meets, what was said and what was left for later."),
    view=view,
    columns=(
        Column.of(Meeting, "title", is_title=True),
        Column.of(Meeting, "date"),
        Column.of(Meeting, "type"),
        Column.of(Meeting, "status"),
        Column.of(Meeting, "place"),
        Column.of(Meeting, "host"),
    ),
    facets=(
        Facet.of(Meeting, "type"),
        Facet.of(Meeting, "status"),
        Facet("axis", N_("axis"), lambda meeting, graph: referred(graph, meeting.axes)),
    ),
    sort_key=lambda meeting: rank_of(meeting, meeting.date.value if meeting.date else None),
    newest_first=True,
    checks=CHECKS,
    folder=True,
    home=HOME,
    last_day=last_day,
    milestone=milestone,
    occasion=occasion,
    more_pages=pages,
    index_sections=ways_in,
)

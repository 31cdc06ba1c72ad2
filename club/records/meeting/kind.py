"""The club's meetings."""

from datetime import date

from club.model.kind import Column, Facet, Kind
from club.model.message import N_
from club.model.viewing import claims, referred
from club.records.meeting.checks import CHECKS
from club.records.meeting.model import Meeting
from club.records.meeting.views import view

KIND = Kind(
    model=Meeting,
    singular=N_("meeting"),
    plural=N_("meetings"),
    intro=N_("Where the club meets, what was said and what was left for later."),
    view=view,
    columns=(
        Column(N_("title"), lambda meeting, graph: meeting.title, is_title=True),
        Column(N_("date"), lambda meeting, graph: claims(graph, meeting, "date")),
        Column(N_("type"), lambda meeting, graph: meeting.type),
        Column(N_("status"), lambda meeting, graph: meeting.status),
        Column(N_("place"), lambda meeting, graph: meeting.place),
        Column(N_("host"), lambda meeting, graph: referred(graph, meeting.host)),
    ),
    facets=(
        Facet("type", N_("type"), lambda meeting, graph: (meeting.type,)),
        Facet("status", N_("status"), lambda meeting, graph: (meeting.status,)),
        Facet("axis", N_("axis"), lambda meeting, graph: referred(graph, meeting.axes)),
    ),
    sort_key=lambda meeting: meeting.date.value.sort_key if meeting.date else (date.min, date.min),
    newest_first=True,
    checks=CHECKS,
    folder=True,
)

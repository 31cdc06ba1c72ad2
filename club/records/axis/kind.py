"""The club's axes of work."""

from club.model.kind import Column, Facet, Kind
from club.model.message import N_
from club.model.viewing import counted
from club.records.axis.home import HOME
from club.records.axis.model import Axis
from club.records.axis.views import PARTS, single_pages, view

KIND = Kind(
    model=Axis,
    singular=N_("axis"),
    plural=N_("axes"),
    intro=N_("What the members study together, since the founding meeting."),
    view=view,
    columns=(
        Column.of(Axis, "label", is_title=True),
        Column.of(Axis, "nature"),
        *(
            Column(
                title,
                lambda axis, graph, model=model: counted(graph.pointing(axis, model)),  # type: ignore[misc]
            )
            for model, title in PARTS[1:4]
        ),
    ),
    facets=(Facet.of(Axis, "nature"),),
    sort_key=lambda axis: axis.order,
    more_pages=single_pages,
    home=HOME,
    has_feeds=True,
    has_calendar=True,
    is_open=True,
)

"""Documents the club cites."""

from club.model.kind import Column, Kind
from club.model.message import N_
from club.records.source.model import Source
from club.records.source.views import INTRO, view

KIND = Kind(
    model=Source,
    singular=N_("source"),
    plural=N_("sources"),
    intro=INTRO,
    view=view,
    columns=(
        Column(N_("title"), lambda source, graph: source.title, is_title=True),
        Column(N_("publisher"), lambda source, graph: source.publisher),
        Column(N_("date"), lambda source, graph: source.date),
        Column(N_("licence"), lambda source, graph: source.licence),
    ),
)

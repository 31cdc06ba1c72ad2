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
        Column.of(Source, "title", is_title=True),
        Column.of(Source, "publisher"),
        Column.of(Source, "date"),
        Column.of(Source, "licence"),
    ),
)

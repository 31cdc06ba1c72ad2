"""How the projects reach their schools."""

from __future__ import annotations

from club.insight.schools import steps
from club.insight.schools_told import OPEN_BY_THEN, PHASE, TOLD, out_of, phase_claims, phase_title
from club.model.graph import Graph
from club.model.kind import Column, Facet, Kind
from club.model.message import N_, Message
from club.model.view import (
    CellView,
    ChartView,
    Link,
    PageView,
    RowView,
    SectionView,
    TableView,
    Unknown,
)
from club.model.viewing import counted_of, link, section, sections
from club.records.rollout.checks import CHECKS
from club.records.rollout.model import Rollout
from club.records.rollout.views import view

CALENDAR_URL = "rollouts/timeline/"


def _timeline(graph: Graph) -> PageView:
    """The phases of every rollout along time, as far as they are dated."""
    rollouts = sorted(graph.all(Rollout), key=lambda each: (each.title.casefold(), each.id))
    dated = [
        (each, index, phase)
        for each in rollouts
        for index, phase in enumerate(each.phases)
        if phase.year
    ]
    reached = {each.id: steps(each, graph) for each in rollouts}
    dated.sort(key=lambda found: (found[2].year.sort_key if found[2].year else (), found[0].id))
    rows = tuple(
        RowView(
            (
                CellView((_named(each, graph),), graph.place(each, "phases", index)),
                CellView((phase_title(phase),)),
                CellView((phase.year or Unknown(),)),
                CellView(out_of(reached[each.id][index])),
                CellView(phase_claims(each, index, graph) or (Unknown(),)),
            ),
            is_example=each.example,
        )
        for each, index, phase in dated
    )
    table = TableView(
        Message(N_("Phases of the rollouts whose year is known")),
        (N_("rollout"), PHASE, N_("year"), OPEN_BY_THEN, TOLD),
        rows,
        sheet=CALENDAR_URL.rstrip("/"),
    )
    picture = ChartView(
        "spans",
        table,
        (2, 2, 1, 3),
        Message(
            N_(
                "Each phase over the time that its source gives, the earliest first; after its"
                " name, the schools open by its end, as a table of the club counts them, of those"
                " aimed at."
            )
        ),
        place=graph.place(dated[0][0], "phases") if dated else None,
    )
    undated = tuple(link(each) for each in rollouts if any(not phase.year for phase in each.phases))
    without = tuple(link(each) for each in rollouts if not each.phases)
    drawn = tuple(each for each in rollouts if any(phase.year for phase in each.phases))
    about = {"things": Message(N_("rollouts drawn")), "count": counted_of(drawn, rollouts)}
    said = Message(N_("{things}: {count}"), about)
    none = Message(N_("Nothing here yet."))
    return PageView(
        url=CALENDAR_URL,
        collection=Rollout.collection,
        title=Message(N_("Rollouts along time")),
        sections=sections(
            section("all", said, picture if rows else none),
            section(
                "undated", Message(N_("With phases whose year is unknown")), *undated, layout="list"
            ),
            section("without-phases", Message(N_("Without phases")), *without, layout="list"),
        ),
    )


def _named(rollout: Rollout, graph: Graph) -> Link:
    """The page of *rollout*, under the name of its project, which is shorter."""
    project = graph.get(rollout.project)
    return link(rollout, title=project.name if project else "")


def _ways_in(graph: Graph) -> tuple[SectionView, ...]:
    along = Link(Message(N_("Rollouts along time")), CALENDAR_URL)
    return sections(section("ways-in", Message(N_("Go straight to")), along, layout="grid"))


KIND = Kind(
    model=Rollout,
    singular=N_("rollout"),
    plural=N_("rollouts"),
    intro=N_("How each project reaches its schools: by phases, and step by step in each of them."),
    view=view,
    columns=(
        Column.of(Rollout, "title", is_title=True),
        Column.of(Rollout, "project"),
        Column.of(Rollout, "phases", lambda each, graph: len(each.phases) or Unknown()),
        Column.of(Rollout, "steps", lambda each, graph: len(each.steps) or Unknown()),
    ),
    facets=(Facet.of(Rollout, "project"),),
    checks=CHECKS,
    more_pages=lambda graph: (_timeline(graph),),
    index_sections=_ways_in,
    is_table=True,
)

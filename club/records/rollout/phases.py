"""The phases of a rollout: when each is, and how many schools have it by its end."""

from __future__ import annotations

from club.insight.schools import steps
from club.insight.schools_told import AIMED, OPEN_BY_THEN, PHASE, STATED, phase_claims, phase_title
from club.model.fields import Qualifier
from club.model.graph import Graph
from club.model.message import N_, P_, Choice, Message
from club.model.view import (
    CardView,
    CellView,
    ChartView,
    RowView,
    SectionView,
    TableView,
    Unknown,
)
from club.model.viewing import cited, labels, section
from club.records.rollout.model import Rollout, RolloutPhase

MOST_YEARS = 15
"""Over how many years the phases are shown year by year: a longer row is not read."""

TOLD = N_("By the end of each phase, the schools that have it, or those aimed at.")
COUNTED = N_(
    "By the end of each phase, the schools that the table has open, those that the sources state"
    " and those aimed at."
)


class InYear(Choice):
    """What a calendar year is, in a rollout by phases."""

    PHASE = "phase", P_("year", "phase"), "accent"


def phases_section(rollout: Rollout, graph: Graph) -> SectionView | None:
    """The phases one by one, and a picture of their schools."""
    return section(
        "phases",
        Message(N_("Phases of the rollout")),
        _undated(rollout),
        _years(rollout, graph),
        schools_chart(rollout, graph),
        *(
            CardView(
                phase_title(phase),
                (
                    phase.year or Message(N_("year unknown")),
                    *phase_claims(rollout, index, graph),
                    *((phase.note,) if phase.note else ()),
                ),
                place=graph.place(rollout, "phases", index),
            )
            for index, phase in enumerate(rollout.phases)
            if phase.title or phase.year or phase.schools or phase.note
        ),
        layout="steps",
    )


def _undated(rollout: Rollout) -> Message | None:
    """That no source says in which years the phases were, where none does."""
    if not rollout.phases or any(each.year for each in rollout.phases):
        return None
    return Message(N_("In which years, the sources that were read do not say."))


def _years(rollout: Rollout, graph: Graph) -> TableView | None:
    """The phases one under the other, year after year, where it is known how many each takes.

    A year that nobody wrote down is the first, the second… of the rollout.
    """
    lasting = [each.calendar_years or 0 for each in rollout.phases]
    if not all(lasting) or not 0 < sum(lasting) <= MOST_YEARS:
        return None
    heads = tuple(
        Message(N_("year {number} of the rollout"), {"number": number})
        for number in range(1, sum(lasting) + 1)
    )
    rows, first = [], 0
    for index, phase in enumerate(rollout.phases):
        inside = range(first, first + lasting[index])
        first += lasting[index]
        busy, idle = CellView((InYear.PHASE,), tone=InYear.PHASE.tone), CellView(("–",))
        cells = (busy if year in inside else idle for year in range(len(heads)))
        name = CellView((phase_title(phase),), graph.place(rollout, "phases", index))
        rows.append(RowView((name, *cells), is_example=rollout.example))
    return TableView(
        Message(N_("The phases of “{title}”, year by year"), {"title": rollout.title}),
        (PHASE, *heads),
        tuple(rows),
        is_matrix=True,
        is_terse=True,
    )


def schools_chart(rollout: Rollout, graph: Graph) -> ChartView | None:
    """How many schools have it by the end of each phase, or are to, where it is known.

    What the table of schools counts has a bar of its own, beside what documents state.
    """
    found = steps(rollout, graph)
    is_counted = any(each.open is not None for each in found)
    told = [index for index, each in enumerate(rollout.phases) if is_counted or each.schools]
    if not told:
        return None
    claims = {index: phase_claims(rollout, index, graph) for index in told}
    heads: tuple[str, ...] = labels(RolloutPhase, "schools")
    cells: dict[int, tuple[tuple[object, ...], ...]]
    cells = {index: (claims[index],) for index in told}
    if is_counted:
        heads = (OPEN_BY_THEN, STATED, AIMED)
        for index, held in claims.items():
            aimed = tuple(each for each in held if each.qualifier is Qualifier.TARGET)
            stated = tuple(each for each in held if each not in aimed)
            cells[index] = ((found[index].open,), stated, aimed)
    rows = tuple(
        RowView(
            (
                CellView(
                    (phase_title(rollout.phases[index]),), graph.place(rollout, "phases", index)
                ),
                CellView((rollout.phases[index].year or Unknown(),)),
                *(CellView(each or (Unknown(),)) for each in cells[index]),
            ),
            is_example=rollout.example,
        )
        for index in told
    )
    table = TableView(
        Message(N_("Schools of “{title}”, phase by phase"), {"title": rollout.title}),
        (PHASE, *labels(RolloutPhase, "year"), *heads),
        rows,
        sheet=rollout.key,
    )
    drawn = (column for column in range(len(heads)) if any(cells[index][column] for index in told))
    sources = (
        cited(graph, each.source) for index in told for each in rollout.phases[index].schools
    )
    return ChartView(
        "bars",
        table,
        tuple(2 + column for column in drawn),
        Message(COUNTED if is_counted else TOLD),
        sources=tuple(dict.fromkeys(each for each in sources if each)),
        place=graph.place(rollout, "phases"),
    )

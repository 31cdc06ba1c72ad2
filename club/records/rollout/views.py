"""The page of a rollout: its phases, its steps, who does what, and the week in a school."""

from __future__ import annotations

from club.insight.steps import Course, week
from club.model.claims import used
from club.model.graph import Graph
from club.model.message import N_, P_, Choice, Message
from club.model.view import (
    CardView,
    CellView,
    ChartView,
    Fact,
    PageView,
    RowView,
    SectionView,
    TableView,
    Unknown,
)
from club.model.viewing import (
    cited,
    claim,
    fact,
    facts,
    labels,
    link,
    page,
    section,
    sections,
)
from club.records.rollout.model import Rollout, RolloutPhase, Step

MOST_YEARS = 15
"""Over how many years the phases are shown year by year: a longer row is not read."""


class InWeek(Choice):
    """What a day of the week is, in a school that gets it."""

    OUTAGE = "outage", P_("week", "outage"), "bad"
    BUSY = "busy", P_("week", "yes"), "accent"


class InYear(Choice):
    """What a calendar year is, in a rollout by phases."""

    PHASE = "phase", P_("year", "phase"), "accent"


def view(rollout: Rollout, graph: Graph) -> PageView:
    """A rollout: when it takes place, and what is done in each school."""
    return page(
        graph,
        rollout,
        lead=rollout.summary,
        facts=facts(
            fact(graph, rollout, "project"),
            *_kept(rollout),
            fact(graph, rollout, "years_planned"),
            fact(graph, rollout, "years_taken"),
            fact(graph, rollout, "sources"),
        ),
        sections=sections(
            _phases(rollout, graph),
            _week(rollout, graph),
            _steps(rollout, graph),
            _who(rollout, graph),
        ),
    )


def _kept(rollout: Rollout) -> tuple[Fact, ...]:
    """What was planned beside what it took, in one sentence."""
    planned, taken = used(rollout.years_planned), used(rollout.years_taken)
    if planned is None or taken is None:
        return ()
    about = {"planned": planned.value, "taken": taken.value}
    one = N_("{planned} year planned, {taken} taken")
    several = N_("{planned} years planned, {taken} taken")
    said = Message(one if planned.value < 2 else several, about)
    return (Fact(Message(N_("plan and outcome")), (said,)),)


def phase_title(phase: RolloutPhase) -> Message:
    """What a phase is called, or that it has no title."""
    if phase.title is None:
        return Message(N_("Phase {number}"), {"number": phase.number})
    return Message(N_("{number}. {title}"), {"number": phase.number, "title": phase.title})


def _phases(rollout: Rollout, graph: Graph) -> SectionView | None:
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
                    *(
                        claim(graph, each, graph.place(rollout, "phases", index, "schools", number))
                        for number, each in enumerate(phase.schools)
                    ),
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
        (N_("phase"), *heads),
        tuple(rows),
        is_matrix=True,
        is_terse=True,
    )


def schools_chart(rollout: Rollout, graph: Graph) -> ChartView | None:
    """How many schools have it by the end of each phase, or are to, where it is known."""
    told = [(index, each) for index, each in enumerate(rollout.phases) if each.schools]
    if not told:
        return None
    rows = tuple(
        RowView(
            (
                CellView((phase_title(phase),), graph.place(rollout, "phases", index)),
                CellView((phase.year or Unknown(),)),
                CellView(
                    tuple(
                        claim(graph, each, graph.place(rollout, "phases", index, "schools", number))
                        for number, each in enumerate(phase.schools)
                    )
                ),
            ),
            is_example=rollout.example,
        )
        for index, phase in told
    )
    table = TableView(
        Message(N_("Schools of “{title}”, phase by phase"), {"title": rollout.title}),
        (N_("phase"), *labels(RolloutPhase, "year", "schools")),
        rows,
        sheet=rollout.key,
    )
    sources = (cited(graph, each.source) for _, phase in told for each in phase.schools)
    return ChartView(
        "bars",
        table,
        (2,),
        Message(N_("By the end of each phase, the schools that have it, or those aimed at.")),
        sources=tuple(dict.fromkeys(each for each in sources if each)),
        place=graph.place(rollout, "phases"),
    )


def _week(rollout: Rollout, graph: Graph) -> SectionView | None:
    """The days on which each step takes place, and those without service."""
    days, dated = week(Course(rollout.steps).ordered)
    if not dated:
        return None
    places = {id(each): index for index, each in enumerate(rollout.steps)}
    rows = tuple(
        RowView(
            (
                CellView((step.title,), graph.place(rollout, "steps", places[id(step)])),
                *(
                    CellView((_day(step),), tone=_day(step).tone)
                    if day in step.weekdays
                    else CellView(("–",))
                    for day in days
                ),
            ),
            is_example=rollout.example,
        )
        for step in dated
    )
    table = TableView(
        Message(N_("The week in a school, step by step")),
        (N_("step"), *(Message(day.label) for day in days)),
        rows,
        is_matrix=True,
        is_terse=True,
    )
    outages = (_outage(each) for each in dated if each.outage_hours)
    return section("week", Message(N_("The week in a school")), *outages, table)


def _day(step: Step) -> InWeek:
    return InWeek.OUTAGE if step.outage_hours else InWeek.BUSY


def _outage(step: Step) -> Message:
    about = {"step": step.title, "hours": step.outage_hours, "what": step.outage_of}
    if step.outage_of:
        return Message(N_("{step}: {hours} hours without {what}."), about)
    return Message(N_("{step}: {hours} hours of outage."), about)


def _steps(rollout: Rollout, graph: Graph) -> SectionView | None:
    course = Course(rollout.steps)
    places = {id(each): index for index, each in enumerate(rollout.steps)}
    whole = [each for each in course.ordered if each.part_of not in course.by_id]
    return section(
        "steps",
        Message(N_("Steps")),
        *(
            CardView(
                Message(N_("{number}. {title}"), {"number": number, "title": step.title}),
                (step.type, *_told(step, course, graph)),
                place=graph.place(rollout, "steps", places[id(step)]),
            )
            for number, step in enumerate(whole, 1)
        ),
        layout="steps",
    )


def _told(step: Step, course: Course, graph: Graph) -> tuple[object, ...]:
    """What is to be known of a step, one thing after the other."""
    after = tuple(course.by_id[each].title for each in step.after if each in course.by_id)
    parts = tuple(each.title for each in course.parts(step))
    template = graph.get(step.template)
    told: list[object] = []
    if after:
        told.append(Message(N_("after: {steps}"), {"steps": after}))
    if parts:
        told.append(Message(N_("parts: {steps}"), {"steps": parts}))
    if step.deliverables:
        told.append(Message(N_("what comes out of it: {things}"), {"things": step.deliverables}))
    if template:
        told.append(link(template, Message(N_("template"))))
    if step.note:
        told.append(step.note)
    return tuple(told)


def _who(rollout: Rollout, graph: Graph) -> SectionView | None:
    """Who decides, leads, takes part and receives, step by step; what no source says is unknown."""
    course = Course(rollout.steps)
    fields = ("decided_by", "led_by", "actors", "deliverables", "sent_to")
    told = [name for name in fields if any(getattr(each, name) for each in rollout.steps)]
    if not told:
        return None
    places = {id(each): index for index, each in enumerate(rollout.steps)}
    rows = tuple(
        RowView(
            (
                CellView((_under(step, course),), graph.place(rollout, "steps", places[id(step)])),
                *(CellView(getattr(step, name) or (Unknown(),)) for name in told),
            ),
            is_example=rollout.example,
        )
        for step in _nested(course)
    )
    table = TableView(
        Message(N_("Who does what in “{title}”"), {"title": rollout.title}),
        (N_("step"), *labels(Step, *told)),
        rows,
        sheet="" if schools_chart(rollout, graph) else rollout.key,
    )
    glossary = Message(N_("What the sources do not say is unknown here, not nobody."))
    return section("who", Message(N_("Who does what")), glossary, table)


def _nested(course: Course) -> tuple[Step, ...]:
    """The steps in their order, the parts of each below it."""
    found: list[Step] = []

    def put(step: Step) -> None:
        if step not in found:
            found.append(step)
            for each in course.parts(step):
                put(each)

    for each in course.ordered:
        if each.part_of not in course.by_id:
            put(each)
    return tuple(found)


def _under(step: Step, course: Course) -> Message | str:
    if step.part_of in course.by_id:
        return Message(N_("– {step}"), {"step": step.title})
    return step.title

"""The page of a rollout: its phases, its steps, who does what, and the week in a school."""

from __future__ import annotations

from club.insight.steps import Course, week
from club.model.claims import used
from club.model.graph import Graph
from club.model.message import N_, P_, Choice, Message
from club.model.view import (
    CardView,
    CellView,
    Fact,
    PageView,
    RowView,
    SectionView,
    TableView,
    Unknown,
)
from club.model.viewing import (
    fact,
    facts,
    labels,
    link,
    page,
    section,
    sections,
)
from club.records.rollout.model import Rollout, Step
from club.records.rollout.phases import phases_section, schools_chart
from club.records.rollout.schools import school_alerts, school_figures, schools_sections


class InWeek(Choice):
    """What a day of the week is, in a school that gets it."""

    OUTAGE = "outage", P_("week", "outage"), "bad"
    BUSY = "busy", P_("week", "yes"), "accent"


def view(rollout: Rollout, graph: Graph) -> PageView:
    """A rollout: when it takes place, and what is done in each school."""
    return page(
        graph,
        rollout,
        lead=rollout.summary,
        alerts=school_alerts(rollout, graph),
        key=school_figures(rollout, graph),
        facts=facts(
            fact(graph, rollout, "project"),
            *_kept(rollout),
            fact(graph, rollout, "years_planned"),
            fact(graph, rollout, "years_taken"),
            fact(graph, rollout, "sources"),
        ),
        sections=sections(
            phases_section(rollout, graph),
            *schools_sections(rollout, graph),
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

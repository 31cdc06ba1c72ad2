"""Rules about rollouts: steps that are there, in an order that can be kept, and days that agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from club.insight.school_rows import (
    BAD_PHASE,
    IN_CELL,
    ONE_OF,
    SCHOOL_CELL,
    SCHOOL_TWICE,
    SCHOOLS_FILE,
)
from club.insight.schools import in_several, table_of
from club.insight.steps import Course
from club.model.dates import PartialDate
from club.model.graph import Graph
from club.model.kind import check
from club.model.message import N_, Message
from club.model.problem import Level, Problem, Rule, nearest
from club.records.rollout.model import Rollout, RolloutPhase, SchoolStatus, Step, StepType

A_DAY = 24

STEP_UNKNOWN = Rule(
    name="step-unknown",
    wants=N_("“after” and “part_of” name steps of the same rollout, by their ids."),
    example="steps:\n  - {id: audit, title: Audit}\n  - {id: pose, title: Pose, after: audit}",
)
STEP_CIRCLE = Rule(
    name="step-circle",
    wants=N_("No step comes before itself, however far, or is a part of itself."),
    example="steps:\n  - {id: audit, title: Audit}\n  - {id: pose, title: Pose, after: audit}",
)
STEP_TWICE = Rule(
    name="step-twice",
    wants=N_("Steps are known by their id, phases by their number: each stands once."),
    example="phases:\n  - {number: 1}\n  - {number: 2}",
)
PHASE_ORDER = Rule(
    name="phase-order",
    level=Level.WARNING,
    wants=N_(
        "The phases of a rollout are listed and numbered in the order of their years, where these"
        " are known."
    ),
    example="phases:\n  - {number: 1, year: 2011}\n  - {number: 2, year: 2012-2013}",
)
STEP_ORDER = Rule(
    name="step-order",
    wants=N_(
        "An audit comes after the agreement, and an installation after what tells the school of"
        " it in writing."
    ),
    example=(
        "steps:\n  - {id: convention, title: Convention, type: agreement}\n"
        "  - {id: audit, title: Audit, type: audit, after: convention,"
        " deliverables: Feuille de route}\n"
        "  - {id: pose, title: Pose, type: installation, after: audit}"
    ),
)
STEP_DAYS = Rule(
    name="step-days",
    level=Level.WARNING,
    wants=N_("The days of the week, the number of days and the hours of outage agree."),
    example="weekdays: [monday, tuesday, wednesday]\ndays: 3\noutage_hours: 72",
)
SCHOOL_IN_TWO = Rule(
    name="school-in-two",
    level=Level.WARNING,
    wants=N_("A school has one project open at a time: the one that it left is stopped there."),
    example="uai;status;date\n9990001X;stopped;2024-08-31",
)
SCHOOL_LATER = Rule(
    name="school-later",
    level=Level.WARNING,
    wants=N_("A school is open, or stopped, on the day for which the table is true, or before."),
    example="schools_table: ecoles.csv\nschools_table_as_of: 2012-09",
)
SCHOOL_EARLY = Rule(
    name="school-early",
    level=Level.WARNING,
    wants=N_("A school is opened in the year of its phase, or later: never before."),
    example="uai;status;phase;date\n9990001X;open;1;2012-09-03",
)
NO_PHASES = N_("the rollout lists no phase, and the row names the phase {found}")


@check(STEP_TWICE)
def check_step_twice(graph: Graph) -> Iterator[Problem]:
    """What is known by a name or a number has it alone."""
    for rollout in graph.all(Rollout):
        for field, known_by in (("phases", "number"), ("steps", "id")):
            seen: dict[object, int] = {}
            for index, part in enumerate(getattr(rollout, field)):
                name = getattr(part, known_by)
                if name in seen:
                    yield STEP_TWICE.problem(
                        graph.place(rollout, field, index, known_by),
                        N_("“{found}” already stands in this list, at line {line}"),
                        record=rollout.key,
                        found=name,
                        line=graph.place(rollout, field, seen[name], known_by).line,
                    )
                seen.setdefault(name, index)


@check(PHASE_ORDER)
def check_phase_order(graph: Graph) -> Iterator[Problem]:
    """A phase that is over before one listed above it begins, or one of a lower number."""
    for rollout in graph.all(Rollout):
        for index, phase in enumerate(rollout.phases):
            late, message = _out_of_order(phase, rollout.phases[:index])
            if late:
                yield PHASE_ORDER.problem(
                    graph.place(rollout, "phases", index, "year"),
                    message,
                    record=rollout.key,
                    number=phase.number,
                    year=phase.year,
                    other=late.number,
                    late=late.year,
                )


def _out_of_order(
    phase: RolloutPhase, above: Sequence[RolloutPhase]
) -> tuple[RolloutPhase | None, str]:
    """The first phase *above* that years put on the other side of *phase*, and what is said."""
    for each in above:
        if _is_over_before(phase, each):
            return each, N_("phase {number} ({year}) is listed after phase {other} ({late})")
        if each.number > phase.number and _is_over_before(each, phase):
            return each, N_(
                "phase {number} ({year}) has a lower number than phase {other} ({late}), which"
                " comes before it"
            )
    return None, ""


def _is_over_before(one: RolloutPhase, other: RolloutPhase) -> bool:
    """Whether *one* surely ends before *other* begins: a date that is about proves nothing."""
    years = [each.year for each in (one, other) if each.year and _is_sure(each.year)]
    return len(years) == 2 and years[0].is_before(years[1])


def _is_sure(when: PartialDate | None) -> bool:
    """Whether *when* is a date, and not one that is about or in doubt."""
    return when is not None and not (when.approximate or when.uncertain)


@check(STEP_UNKNOWN)
def check_step_unknown(graph: Graph) -> Iterator[Problem]:
    """A tie leads to a step."""
    for rollout in graph.all(Rollout):
        known = [each.id for each in rollout.steps]
        for index, step in enumerate(rollout.steps):
            ties = [("after", each) for each in step.after]
            ties += [("part_of", step.part_of)] if step.part_of else []
            for field, id in ties:
                if id not in known:
                    yield STEP_UNKNOWN.problem(
                        graph.place(rollout, "steps", index, field),
                        N_("no step is called “{found}”"),
                        record=rollout.key,
                        found=id,
                        nearest=nearest(id, known),
                    )


@check(STEP_CIRCLE)
def check_step_circle(graph: Graph) -> Iterator[Problem]:
    """What comes before has come before."""
    for rollout in graph.all(Rollout):
        course = Course(rollout.steps)
        for index, step in enumerate(rollout.steps):
            if step.id in course.before(step):
                yield STEP_CIRCLE.problem(
                    graph.place(rollout, "steps", index, "after"),
                    N_("“{found}” would come before itself"),
                    record=rollout.key,
                    found=step.id,
                )
            elif _is_part_of_itself(step, course):
                yield STEP_CIRCLE.problem(
                    graph.place(rollout, "steps", index, "part_of"),
                    N_("“{found}” would be a part of itself"),
                    record=rollout.key,
                    found=step.id,
                )


def _is_part_of_itself(step: Step, course: Course) -> bool:
    whole, seen = step.part_of, set[str]()
    while whole and whole in course.by_id and whole not in seen:
        if whole == step.id:
            return True
        seen.add(whole)
        whole = course.by_id[whole].part_of
    return False


@check(STEP_ORDER)
def check_step_order(graph: Graph) -> Iterator[Problem]:
    """Nothing is audited before it is agreed, nor installed before the school was told."""
    for rollout in graph.all(Rollout):
        course = Course(rollout.steps)
        place = {id(each): index for index, each in enumerate(course.ordered)}
        for index, step in enumerate(rollout.steps):
            if step.type is StepType.AUDIT and step.part_of is None:
                for agreement in course.of_type(StepType.AGREEMENT):
                    if place[id(agreement)] > place[id(step)]:
                        yield STEP_ORDER.problem(
                            graph.place(rollout, "steps", index),
                            N_("“{audit}” comes before “{agreement}”"),
                            record=rollout.key,
                            audit=step.title,
                            agreement=agreement.title,
                        )
            if step.type is StepType.INSTALLATION and not course.written_before(step):
                yield STEP_ORDER.problem(
                    graph.place(rollout, "steps", index),
                    N_("nothing in writing comes before “{step}”: no step before it has any of it"),
                    record=rollout.key,
                    step=step.title,
                )


@check(STEP_DAYS)
def check_step_days(graph: Graph) -> Iterator[Problem]:
    """A source may be at odds with itself: that is told, and shown as it is."""
    for rollout in graph.all(Rollout):
        for index, step in enumerate(rollout.steps):
            days = step.days if step.days is not None else len(step.weekdays) or None
            if step.days is not None and step.weekdays and step.days != len(step.weekdays):
                yield STEP_DAYS.problem(
                    graph.place(rollout, "steps", index, "days"),
                    N_("{count} days of the week are named, and the step takes {days}"),
                    record=rollout.key,
                    count=len(step.weekdays),
                    days=step.days,
                )
            elif days and step.outage_hours and step.outage_hours > days * A_DAY:
                yield STEP_DAYS.problem(
                    graph.place(rollout, "steps", index, "outage_hours"),
                    N_("the outage of {hours} hours is longer than the days of the step ({days})"),
                    record=rollout.key,
                    hours=step.outage_hours,
                    days=days,
                )


@check(SCHOOLS_FILE)
def check_schools_file(graph: Graph) -> Iterator[Problem]:
    """A table of schools has the columns of one."""
    yield from _of_tables(graph, SCHOOLS_FILE)


@check(SCHOOL_TWICE)
def check_school_twice(graph: Graph) -> Iterator[Problem]:
    """A school is counted once."""
    yield from _of_tables(graph, SCHOOL_TWICE)


@check(SCHOOL_CELL)
def check_school_cell(graph: Graph) -> Iterator[Problem]:
    """Each cell of a table of schools is read as it was meant, or not at all."""
    yield from _of_tables(graph, SCHOOL_CELL)
    for rollout in graph.all(Rollout):
        known = {str(each.number): each for each in rollout.phases}
        one_of = Message(ONE_OF, {"values": ", ".join(known)}) if known else None
        for cell in table_of(rollout, graph).phases:
            found = str(int(cell.text))
            if found not in known:
                yield SCHOOL_CELL.problem(
                    cell.place,
                    IN_CELL,
                    expected=one_of,
                    nearest=nearest(found, known),
                    record=rollout.key,
                    cell=cell.name,
                    fault=Message(BAD_PHASE if known else NO_PHASES, {"found": found}),
                )


def _of_tables(graph: Graph, rule: Rule) -> Iterator[Problem]:
    """The breaches of *rule* that reading the tables of schools finds."""
    for rollout in graph.all(Rollout):
        for problem in table_of(rollout, graph).problems:
            if problem.rule is rule:
                yield replace(problem, record=rollout.key)


@check(SCHOOL_IN_TWO)
def check_school_in_two(graph: Graph) -> Iterator[Problem]:
    """Whoever moved from one project to another is open in one of them."""
    for first, (rollout, school) in in_several(graph):
        (other, before) = first
        project = graph.get(other.project)
        yield SCHOOL_IN_TWO.problem(
            school.place,
            N_("{uai} is open in “{project}” too ({other})"),
            record=rollout.key,
            uai=school.uai,
            project=graph.title(project) if project else other.project.id,
            other=str(before.place),
        )


@check(SCHOOL_LATER)
def check_school_later(graph: Graph) -> Iterator[Problem]:
    """What is to open is planned: counted as open, it would be true too soon."""
    for rollout in graph.all(Rollout):
        as_of = rollout.schools_table_as_of
        for school in table_of(rollout, graph).schools if as_of else ():
            is_said = school.status in {SchoolStatus.OPEN, SchoolStatus.STOPPED}
            if as_of and is_said and school.date and as_of.is_before(school.date):
                yield SCHOOL_LATER.problem(
                    school.place,
                    N_("{uai} is “{status}” on {date}, and the table is true for {day}"),
                    record=rollout.key,
                    uai=school.uai,
                    status=Message(school.status.label),
                    date=school.date,
                    day=as_of,
                )


@check(SCHOOL_EARLY)
def check_school_early(graph: Graph) -> Iterator[Problem]:
    """A school may be late, and often is; before its phase, one of both dates is wrong."""
    for rollout in graph.all(Rollout):
        years = {each.number: each.year for each in rollout.phases if _is_sure(each.year)}
        for school in table_of(rollout, graph).schools:
            year = years.get(school.phase) if school.phase is not None else None
            if year and school.date and school.date.is_before(year):
                yield SCHOOL_EARLY.problem(
                    school.place,
                    N_("{uai} is “{status}” on {date}, before phase {number} ({year})"),
                    record=rollout.key,
                    uai=school.uai,
                    status=Message(school.status.label),
                    date=school.date,
                    number=school.phase,
                    year=year,
                )


CHECKS = (
    check_school_early,
    check_school_later,
    check_phase_order,
    check_step_twice,
    check_step_unknown,
    check_step_circle,
    check_step_order,
    check_step_days,
    check_schools_file,
    check_school_cell,
    check_school_twice,
    check_school_in_two,
)

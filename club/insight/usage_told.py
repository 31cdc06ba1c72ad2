"""What was measured of the projects, in tables and pictures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import reduce

from club.insight.aggregation import Point, belongs_to
from club.insight.comparability import GAP, gaps
from club.insight.splits import CHOICES
from club.insight.usage import (
    as_measured,
    as_stated,
    by_school_year,
    figures_of,
    is_made_up,
    is_unverified,
    measured,
    plain,
    points,
    shown_by,
    starts,
    usage_url,
    weeks_in,
    weeks_url,
)
from club.model.dates import PartialDate, Precision
from club.model.fields import Qualifier
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.problem import Place
from club.model.series import Observation, school_year_of, time_span
from club.model.view import (
    CellView,
    ChartView,
    Link,
    RowView,
    SectionView,
    TableView,
    Unknown,
)
from club.model.viewing import link, section
from club.records.indicator.model import Aggregation, Dimension, Indicator, Period
from club.records.project.model import Project
from club.records.target.model import Target

MASKED = N_("masked")
TOTAL = N_("total")
MOST_MISSING = 12
"""So many periods without a figure are named: a year of months."""
MOST_SHOWN = 3
"""So many gaps between a total and its parts are told one by one."""
LINES = 6
"""More lines than these cannot be told apart."""
HEADS = {
    Period.WEEK: N_("week of"),
    Period.MONTH: N_("month"),
    Period.QUARTER: N_("quarter from"),
    Period.SCHOOL_YEAR: N_("school year"),
}
CAPTIONS = {
    Period.WEEK: N_("{label}, {project}, by week"),
    Period.MONTH: N_("{label}, {project}, by month"),
    Period.QUARTER: N_("{label}, {project}, by quarter"),
    Period.SCHOOL_YEAR: N_("{label}, {project}, by school year"),
}


@dataclass(frozen=True, slots=True)
class _Of:
    """What one indicator says of one project, by the *period* that it is shown by."""

    indicator: Indicator
    project: Project
    period: Period
    points: tuple[Point, ...]
    seen: tuple[Observation, ...]
    made_up: str
    """That all its figures are examples, or some; nothing if none is."""


def _measures(project: Project, graph: Graph) -> Iterator[_Of]:
    known: dict[str, list[Observation]] = defaultdict(list)
    for figure in figures_of(project, graph):
        known[figure.indicator].append(figure)
    for indicator in sorted(graph.all(Indicator), key=lambda each: each.label.casefold()):
        seen = tuple(known.get(indicator.id, ()))
        mine = graph.once(_by_line).get((project.id, indicator.id), ())
        if seen and mine:
            yield _Of(indicator, project, shown_by(indicator), mine, seen, _made_up(seen, graph))


def _made_up(seen: Sequence[Observation], graph: Graph) -> str:
    """That all figures *seen* are examples, or some; nothing if none is."""
    examples = sum(is_made_up(each, graph) for each in seen)
    return _of_all(examples, len(seen), EXAMPLES, SOME_EXAMPLES)


def _of_all(count: int, total: int, every: str, some: str) -> str:
    """What is said where *count* of *total* are so: of all of them, of some; nothing of none."""
    return "" if not count else every if count == total else some


def _totals(indicator: Indicator, graph: Graph) -> tuple[Observation, ...]:
    """The figures of *indicator* that are split by nothing."""
    return tuple(e for e in graph.series if e.indicator == indicator.id and not e.dimension)


def told_made_up(indicator: Indicator, graph: Graph) -> Message | None:
    """That what the projects measure of *indicator* is made up, or some of it."""
    said = _made_up(_totals(indicator, graph), graph)
    return Message(said) if said else None


def _by_line(graph: Graph) -> dict[tuple[str, str], tuple[Point, ...]]:
    """The points of each project and indicator."""
    found: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for each in graph.once(points):
        found[each.project, each.indicator].append(each)
    return {of: tuple(many) for of, many in found.items()}


def usage_sections(project: Project, graph: Graph) -> Iterator[SectionView]:
    """A section for each indicator: over time, split as its figures are, then by school year."""
    for each in _measures(project, graph):
        pictures = tuple(_pictures(each, graph))
        title = each.indicator.label
        found = section(
            each.indicator.id,
            title,
            Message(each.made_up) if each.made_up else None,
            link(each.indicator),
            *pictures,
            Link(Message(BY_WEEK, {"label": title}), f"{weeks_url(project)}#{each.indicator.id}")
            if _is_told_by_month(each)
            else None,
            _told_missing(each),
            *_told_gaps(each, graph),
            growth(each.indicator, project, graph),
        )
        if found:
            yield found


BY_WEEK = N_("{label}, week by week")


def _is_told_by_month(of: _Of) -> bool:
    """Whether *of* is measured by week, and its weeks made up into months."""
    return of.indicator.period is Period.WEEK and of.period is Period.MONTH


def week_sections(project: Project, graph: Graph) -> Iterator[SectionView]:
    """A section for each indicator whose weeks are elsewhere made up into months: its weeks.

    A week without a figure, such as those of holidays may be, is unknown and never zero.
    """
    for each in _measures(project, graph):
        if not _is_told_by_month(each):
            continue
        own = tuple(sorted(map(as_measured, each.seen), key=lambda point: point.start))
        weeks = replace(each, period=Period.WEEK, points=own)
        url = f"{usage_url(project)}#{each.indicator.id}"
        found = section(
            each.indicator.id,
            each.indicator.label,
            Message(each.made_up) if each.made_up else None,
            *_pictures(weeks, graph),
            _told_missing(weeks),
            Link(Message(BY_MONTH, {"label": each.indicator.label}), url),
        )
        if found:
            yield found


BY_MONTH = N_("{label}, month by month and by school year")


def first_picture(project: Project, graph: Graph) -> tuple[object, ...]:
    """What tells most of how *project* is used: what it has a target for, or else a total."""

    def worth(of: _Of) -> tuple[bool, bool, str]:
        has_total = any(not each.dimension for each in of.points)
        return (_goal(of, graph) is None, not has_total, of.indicator.label.casefold())

    found = min(_measures(project, graph), key=worth, default=None)
    picture = next(_pictures(found, graph), None) if found else None
    if found is None or picture is None:
        return ()
    made_up = (Message(found.made_up),) if found.made_up else ()
    return (link(found.indicator), *made_up, picture)


EXAMPLES = N_("These figures are made up: they show what the page can tell.")
SOME_EXAMPLES = N_("Some of these figures are made up: each of them says so.")
LACKING = N_("What lacks a figure is unknown, and is not drawn as zero.")
MASKS = N_("Small counts are masked, with as many others as it takes not to work them out.")
WEEKS = N_("A week is counted in the month of its Thursday; a month that lacks weeks is marked.")
OPENED = N_("Schools open for less than a year are counted with the others.")
NOT_OPENED = N_("Schools open for less than a year are not counted.")
MAYBE_OPENED = N_("Whether schools open for less than a year are counted is not known.")


def _pictures(of: _Of, graph: Graph) -> Iterator[ChartView]:
    for dimension in sorted({each.dimension for each in of.points}):
        keys = list(dict.fromkeys(each.key for each in of.points if each.dimension == dimension))
        cells = {(each.start, each.key): each for each in of.points if each.dimension == dimension}
        masks = {
            (_start(each, of.period), each.key)
            for each in of.seen
            if each.dimension == dimension and each.is_masked
        }
        table = _table(of, dimension, keys, cells, masks, graph)
        # A goal is for as long a time as its indicator is shown by.
        goal = None if dimension or of.period is not shown_by(of.indicator) else _goal(of, graph)
        drawn = min(len(keys), LINES)
        if goal and goal.number is not None:
            table, drawn = _with_goal(table, goal, plain(goal.number)), drawn + 1
        yield ChartView(
            "lines",
            table,
            tuple(range(1, 1 + drawn)),
            _described(of, dimension),
            _note(of, masks, told_unverified(_of_dimension(of.seen, dimension), graph)),
            _sources(of.seen, graph),
            of.seen[0].place,
        )


def _described(of: _Of, dimension: str) -> Message:
    """What a picture draws: of several that stand together, which one it is."""
    about: dict[str, object] = {"label": of.indicator.label, "project": of.project.name}
    if not dimension:
        return Message(N_("{label} over time: {project}."), about)
    said = N_("{label} over time, by {dimension}: {project}.")
    return Message(said, {**about, "dimension": Dimension(dimension)})


def _goal(of: _Of, graph: Graph) -> Target | None:
    """The target of the project for the indicator, if it is a number: that to be met last."""
    found = [
        each
        for each in graph.pointing(of.project, Target, "project")
        if graph.get(each.indicator) == of.indicator and each.number is not None
    ]
    dated = [each for each in found if each.deadline is not None]
    return max(dated, key=_deadline) if dated else next(iter(found), None)


def _deadline(target: Target) -> tuple[date, date]:
    assert target.deadline is not None
    return target.deadline.sort_key


def _with_goal(table: TableView, target: Target, number: int | Decimal) -> TableView:
    """*table* with the number to reach beside each month: a line that does not move."""
    rows = tuple(replace(row, cells=(*row.cells, CellView((number,)))) for row in table.rows)
    head = Message(N_("target: {label}"), {"label": link(target)})
    return replace(table, columns=(*table.columns, head), rows=rows)


def _of_dimension(seen: tuple[Observation, ...], dimension: str) -> list[Observation]:
    return [each for each in seen if each.dimension == dimension]


def told_unverified(seen: Sequence[Observation], graph: Graph) -> str:
    """That the figures *seen* have no source, or some; nothing if all have one."""
    doubts = sum(is_unverified(each, graph) for each in seen)
    known = sum(each.value is not None for each in seen)
    return _of_all(doubts, known, UNVERIFIED, SOME_UNVERIFIED)


UNVERIFIED = N_("These figures have no source: they are unverified.")
SOME_UNVERIFIED = N_("Some figures have no source: they are unverified.")


def _note(of: _Of, masks: set[tuple[date, str]], doubt: str) -> Message:
    """How the picture is to be read, and whether schools that have just opened are in it."""
    is_full = all(each.value is not None for each in of.points) and not _holes(of)
    said = [doubt, MASKS if masks else ""]
    if _is_told_by_month(of):
        said.append(WEEKS)
    elif not (masks or is_full):
        said.append(LACKING)
    return _after(said, Message(cohorts(of.indicator)))


def _after(said: Sequence[str], whole: Message) -> Message:
    """*whole* after those of the sentences *said* that are there."""
    for each in filter(None, reversed(said)):
        whole = Message("{one} {other}", {"one": Message(each), "other": whole})
    return whole


def cohorts(indicator: Indicator) -> str:
    """Whether schools that have just opened are among those counted, as far as it is said."""
    said = {True: OPENED, False: NOT_OPENED, None: MAYBE_OPENED}
    return said[indicator.new_schools]


def _start(seen: Observation, period: Period) -> date:
    """The first day of the *period* that *seen* is told in."""
    is_month = period is Period.MONTH and seen.span.unit == "week"
    return belongs_to(seen).replace(day=1) if is_month else seen.span.first


def _holes(of: _Of) -> bool:
    found = {each.start for each in of.points}
    return len(starts(of.period, min(found), max(found))) > len(found)


def _table(
    of: _Of,
    dimension: str,
    keys: list[str],
    cells: dict[tuple[date, str], Point],
    masks: set[tuple[date, str]],
    graph: Graph,
) -> TableView:
    """A row for each period from the first to the last: those of which nothing is known too."""
    known = sorted(start for start, _ in cells)
    rows = tuple(
        _row(
            of.period,
            start,
            [
                _cell(cells.get((start, key)), of.period, graph, is_masked=(start, key) in masks)
                for key in keys
            ],
            is_example=of.made_up == EXAMPLES,
        )
        for start in starts(of.period, known[0], known[-1])
    )
    about = {"label": of.indicator.label, "project": of.project.name}
    folder = "usage" if of.period is shown_by(of.indicator) else "usage/weeks"
    caption = Message(CAPTIONS[of.period], about)
    if dimension:
        split = {"caption": caption, "dimension": Dimension(dimension)}
        caption = Message(N_("{caption}, by {dimension}"), split)
    return TableView(
        caption,
        (Message(HEADS[of.period]), *(key_label(dimension, key, graph) for key in keys)),
        rows,
        sheet=f"{folder}/{of.project.id}-{of.indicator.id}{f'-{dimension}' if dimension else ''}",
        is_terse=len(keys) < 4,
    )


def period_of(period: Period, start: date) -> PartialDate:
    """What a table says of the *period* that begins on *start*."""
    if period is Period.SCHOOL_YEAR:
        return PartialDate(start.year, precision=Precision.SCHOOL_YEAR)
    if period is Period.WEEK:
        return PartialDate(start.year, start.month, start.day, Precision.DAY)
    return PartialDate(start.year, start.month, precision=Precision.MONTH)


def key_label(dimension: str, key: str, graph: Graph) -> str | Message | Link:
    """What a reader calls the part *key* of a figure."""
    if not dimension:
        return Message(TOTAL)
    if dimension in CHOICES:
        return Message(CHOICES[dimension](key).label)
    found = graph.find(key)
    return link(found) if found else key


def _row(period: Period, start: date, cells: list[CellView], *, is_example: bool) -> RowView:
    """The row of a period: made up as a whole, or in some of its cells."""
    told = [each for each in cells if each.values != (Unknown(),)]
    is_whole = is_example or bool(told and all(each.is_example for each in told))
    marked = [replace(each, is_example=each.is_example and not is_whole) for each in cells]
    return RowView((CellView((period_of(period, start),)), *marked), is_example=is_whole)


def _cell(point: Point | None, period: Period, graph: Graph, *, is_masked: bool) -> CellView:
    """A figure as it was stated: exact, or at least; a month that lacks weeks says so."""
    about = graph.once(_abouts).get(_name(point, period)) if point else None
    is_example = about.is_made_up if about else False
    # Of a month that lacks some of its weeks, masked ones too, what is known is told as such.
    if is_masked and (point is None or point.value is None):
        return CellView((Message(MASKED),), is_example=is_example)
    if point is None or point.value is None:
        return CellView((Unknown(),))
    qualifier = about.qualifier if about else Qualifier.EXACT
    if is_masked and is_added(point.indicator, graph):
        qualifier = without_masked(qualifier)
    value: object = plain(point.value)
    if about:
        is_sourced = not about.is_unverified
        value = as_stated(point.value, qualifier, about.place, is_sourced=is_sourced)
    expected = weeks_in(point.start) if point.unit == "week" and period is Period.MONTH else 1
    if point.known >= expected:
        return CellView((value,), is_example=is_example)
    said = PARTIAL_ONE if point.known < 2 else PARTIAL
    lacks = Message(said, {"known": point.known, "expected": expected})
    masks = (Message(SOME_MASKED),) if is_masked else ()
    return CellView((value, lacks, *masks), is_example=is_example)


def is_added(indicator: str, graph: Graph) -> bool:
    """Whether a long period is the sum of short ones: without some of them, it is at least that."""
    found = graph.find(indicator)
    return isinstance(found, Indicator) and found.aggregation is Aggregation.SUM


def without_masked(qualifier: Qualifier) -> Qualifier:
    """How a sum is to be read that masked counts are not in: they are never below zero."""
    return qualifier if qualifier is Qualifier.LESS_THAN else Qualifier.AT_LEAST


SOME_MASKED = N_("others are masked")


PARTIAL, PARTIAL_ONE = N_("{known} weeks of {expected}"), N_("{known} week of {expected}")
Name = tuple[str, str, str, str, Period, date]


@dataclass(frozen=True, slots=True)
class _About:
    """What is to be known of the figures that one cell adds up."""

    qualifier: Qualifier
    is_made_up: bool
    place: Place
    is_unverified: bool = False


def _name(point: Point, period: Period) -> Name:
    return point.indicator, point.project, point.dimension, point.key, period, point.start


def _abouts(graph: Graph) -> dict[Name, _About]:
    found: dict[Name, _About] = {}
    periods = {each.id: (each.period, shown_by(each)) for each in graph.all(Indicator)}
    for each in graph.series:
        is_example, doubt = is_made_up(each, graph), is_unverified(each, graph)
        own = _About(each.qualifier, is_example, each.place, doubt)
        for period in dict.fromkeys(periods[each.indicator]):
            start = _start(each, period)
            name = (each.indicator, each.project, each.dimension, each.key, period, start)
            held = found.get(name)
            if held is None or each.value is None:
                found.setdefault(name, own)
                continue
            qualifier = together(held.qualifier, each.qualifier)
            is_example = held.is_made_up or own.is_made_up
            doubt = held.is_unverified or own.is_unverified
            found[name] = _About(qualifier, is_example, held.place, doubt)
    return found


def together(one: Qualifier, other: Qualifier) -> Qualifier:
    """How the sum of two figures is to be read."""
    said = {one, other} - {Qualifier.EXACT}
    if not said:
        return Qualifier.EXACT
    if said <= {Qualifier.AT_LEAST, Qualifier.MORE_THAN}:
        return said.pop() if len(said) == 1 else Qualifier.AT_LEAST
    return said.pop() if len(said) == 1 else Qualifier.ABOUT


def _sources(seen: tuple[Observation, ...], graph: Graph) -> tuple[Link, ...]:
    ids = dict.fromkeys(each.source for each in seen if each.source)
    return tuple(link(found) for id in ids if (found := graph.find(id)))


def _told_missing(of: _Of) -> Message | None:
    """The periods of which nothing at all is known, by name: a report that did not come."""
    known = {each.start for each in of.points if each.value is not None}
    known |= {_start(each, of.period) for each in of.seen if each.is_masked}
    found = sorted(each.start for each in of.points)
    missing = [each for each in starts(of.period, found[0], found[-1]) if each not in known]
    if not missing:
        return None
    named = tuple(_in_words(of.period, each) for each in missing[:MOST_MISSING])
    about: dict[str, object] = {"periods": named, "count": len(missing)}
    if len(missing) > MOST_MISSING:
        return Message(
            N_("Periods without any figure: {count}, the first of which are {periods}."), about
        )
    return Message(N_("Periods without any figure: {periods}."), about)


def _in_words(period: Period, start: date) -> Message | PartialDate:
    """The *period* that begins on *start*, as a sentence names it."""
    when = period_of(period, start)
    return Message(N_("the week of {day}"), {"day": when}) if period is Period.WEEK else when


def _told_gaps(of: _Of, graph: Graph) -> Iterator[Message]:
    """Where profiles do not add up to the total, as the national measure has it too."""
    whole = graph.get(of.indicator.splits)
    totals = (
        [each for each in figures_of(of.project, graph) if each.indicator == whole.id]
        if whole
        else None
    )
    found = gaps(of.seen, "profile", totals)
    for gap in found[:MOST_SHOWN]:
        values = {"sum": gap.parts, "total": gap.total, "gap": gap.size}
        about: dict[str, object] = {name: plain(value) for name, value in values.items()}
        span = time_span(gap.period)
        named = _in_words(Period(span.unit), span.first) if span else gap.period
        yield Message(GAP, {"period": named, **about})
    if len(found) > MOST_SHOWN:
        more = len(found) - MOST_SHOWN
        yield Message(N_("Periods with another such gap: {count}."), {"count": more})


def growth(indicator: Indicator, project: Project, graph: Graph) -> TableView | None:
    """School years side by side: a change is told only between years known as fully."""
    if indicator.aggregation is Aggregation.NONE:
        return None
    years = [
        each
        for each in graph.once(by_school_year)
        if (each.project, each.indicator, each.dimension) == (project.id, indicator.id, "")
    ]
    if not years:
        return None
    by_year: dict[str, list[Observation]] = defaultdict(list)
    for seen in figures_of(project, graph):
        if seen.indicator == indicator.id and not seen.dimension:
            by_year[school_year_of(belongs_to(seen))].append(seen)
    rows = []
    before: _Year | None = None
    for each in years:
        of_year = by_year[school_year_of(each.start)]
        now = _Year(
            each,
            tuple(one for one in of_year if one.value is not None),
            sum(one.is_masked for one in of_year),
        )
        rows.append(
            RowView(
                (
                    CellView((period_of(Period.SCHOOL_YEAR, each.start),)),
                    CellView(_sum(now, indicator, of_year[0].place, graph)),
                    CellView((each.known, *_masks(now))),
                    CellView((_change(before, now),)),
                ),
                is_example=any(is_made_up(one, graph) for one in of_year),
            )
        )
        before = now
    about = {"label": indicator.label, "project": project.name}
    return TableView(
        Message(CAPTIONS[Period.SCHOOL_YEAR], about),
        (
            Message(N_("school year")),
            indicator.unit,
            Message(N_("periods known")),
            Message(N_("change")),
        ),
        tuple(rows),
    )


def _sum(year: _Year, indicator: Indicator, place: Place, graph: Graph) -> tuple[object, ...]:
    """The figure of a school year: at least what is known, where periods of a sum are masked."""
    if year.masked and year.point.value is None:
        return (Message(MASKED),)
    is_least = year.masked and indicator.aggregation is Aggregation.SUM
    qualifier = without_masked(year.qualifier) if is_least else year.qualifier
    is_sourced = not any(is_unverified(each, graph) for each in year.known)
    return (as_stated(year.point.value, qualifier, place, is_sourced=is_sourced),)


def _masks(year: _Year) -> tuple[Message, ...]:
    return (Message(MASKED_PERIODS, {"count": year.masked}),) if year.masked else ()


MASKED_PERIODS = N_("masked: {count}")
NOT_COMPARABLE = N_("not comparable: {before} periods known, then {now}")
OTHER_PERIODS = N_("not comparable: not the same periods are known")
NOT_EXACT = N_("not comparable: not both are exact")
HAS_MASKS = N_("not comparable: some periods are masked")


@dataclass(frozen=True, slots=True)
class _Year:
    """The figure of a school year, and the figures *known* that it was made from.

    So many others are *masked*.
    """

    point: Point
    known: tuple[Observation, ...]
    masked: int = 0

    @property
    def qualifier(self) -> Qualifier:
        return reduce(together, (each.qualifier for each in self.known), Qualifier.EXACT)

    @property
    def places(self) -> frozenset[int]:
        """Which months, or weeks, of the year are known; nothing if all are.

        Some years have 53 weeks: two that are whole compare all the same.
        """
        weeks = {each.span.first.isocalendar().week for each in self.known}
        months = {each.span.first.month for each in self.known}
        is_weekly = self.point.unit == "week"
        is_whole = len(weeks) >= WEEKS_OF_YEAR if is_weekly else len(months) == MONTHS_OF_YEAR
        return frozenset() if is_whole else frozenset(weeks if is_weekly else months)


WEEKS_OF_YEAR, MONTHS_OF_YEAR = 52, 12


def _change(before: _Year | None, now: _Year) -> Message | Unknown:
    """How a school year compares with the one before it."""
    if before is None:
        return Unknown()
    if before.masked or now.masked:
        return Message(HAS_MASKS)
    if not before.point.value or now.point.value is None:
        return Unknown()
    if {before.qualifier, now.qualifier} != {Qualifier.EXACT}:
        return Message(NOT_EXACT)
    counts = {"before": before.point.known, "now": now.point.known}
    if before.point.start.year + 1 != now.point.start.year:
        return Message(NOT_COMPARABLE, counts)
    if before.places != now.places:
        is_as_long = before.point.known == now.point.known
        return Message(OTHER_PERIODS if is_as_long else NOT_COMPARABLE, counts)
    share = (now.point.value - before.point.value) * 100 / before.point.value
    said = round(share)
    sign = "+" if said > 0 else "\N{MINUS SIGN}" if said < 0 else ""
    return Message(N_("{sign}{share} %"), {"sign": sign, "share": abs(said)})


def comparison(indicator: Indicator, graph: Graph) -> ChartView | None:
    """The projects side by side, each with its total."""
    period = shown_by(indicator)
    told = [
        each for each in graph.once(points) if each.indicator == indicator.id and not each.dimension
    ]
    projects = [each for each in measured(graph) if any(p.project == each.id for p in told)]
    if not projects:
        return None
    seen = _totals(indicator, graph)
    masks = {(each.project, _start(each, period)) for each in seen if each.is_masked}
    cells = {(each.start, each.project): each for each in told}
    known = sorted({each.start for each in told})
    is_example = all(is_made_up(each, graph) for each in seen)
    sizes = Message(SIZES, {"cohorts": Message(cohorts(indicator))})
    note = _after((told_unverified(seen, graph), MASKS if masks else ""), sizes)
    rows = tuple(
        _row(
            period,
            start,
            [
                _cell(
                    cells.get((start, each.id)), period, graph, is_masked=(each.id, start) in masks
                )
                for each in projects
            ],
            is_example=is_example,
        )
        for start in starts(period, known[0], known[-1])
    )
    table = TableView(
        Message(N_("{label}: the projects over time"), {"label": indicator.label}),
        (Message(HEADS[period]), *map(link, projects)),
        rows,
        sheet=f"{indicator.key}/projects",
    )
    return ChartView(
        "lines",
        table,
        tuple(range(1, 1 + min(len(projects), LINES))),
        Message(N_("{label}: one line for each project."), {"label": indicator.label}),
        note,
        _sources(seen, graph),
        seen[0].place,
    )


SIZES = N_("Projects are not of one size. {cohorts}")

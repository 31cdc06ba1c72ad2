"""What was measured of the projects, month by month: tables and pictures of one aggregation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from club.insight.aggregation import Point, aggregate
from club.insight.comparability import GAP, gaps
from club.insight.splits import CHOICES
from club.model.dates import PartialDate, Precision
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.series import Observation
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
from club.records.indicator.model import Aggregation, Indicator
from club.records.project.model import Project

MASKED = N_("masked")
TOTAL = N_("total")
MOST_SHOWN = 3
"""So many gaps between a total and its parts are told one by one."""
LINES = 6
"""More lines than these cannot be told apart."""


def usage_url(project: Project) -> str:
    """Where the figures of *project* are."""
    return f"usage/{project.id}/"


def figures_url(project: Project) -> str:
    """Where the figures of *project* are as a file that the club reads back."""
    return f"data/series/{project.id}.csv"


def figures_of(project: Project, graph: Graph) -> tuple[Observation, ...]:
    """What is known of *project*, in the order of the files."""
    return graph.once(_by_project).get(project.id, ())


def _by_project(graph: Graph) -> dict[str, tuple[Observation, ...]]:
    found: dict[str, list[Observation]] = defaultdict(list)
    for each in graph.series:
        found[each.project].append(each)
    return {id: tuple(many) for id, many in found.items()}


def measured(graph: Graph) -> tuple[Project, ...]:
    """The projects of which something was measured, by name."""
    known = graph.once(_by_project)
    projects = [each for each in graph.all(Project) if each.id in known]
    return tuple(sorted(projects, key=lambda each: (each.name.casefold(), each.id)))


def is_made_up(seen: Observation, graph: Graph) -> bool:
    """Whether *seen* is an example: it says so by what it speaks of, or by its source."""
    return any((found := graph.find(id)) and found.example for id in seen.mentions)


def _rules(graph: Graph) -> dict[str, str]:
    return {each.id: str(each.aggregation) for each in graph.all(Indicator)}


def by_month(graph: Graph) -> tuple[Point, ...]:
    """Every figure of the club by month."""
    return aggregate(graph.series, _rules(graph), "month")


def by_school_year(graph: Graph) -> tuple[Point, ...]:
    """Every figure of the club by school year."""
    return aggregate(graph.series, _rules(graph), "school_year")


@dataclass(frozen=True, slots=True)
class _Of:
    """The months of one indicator in one project: what stands in each column."""

    indicator: Indicator
    project: Project
    points: tuple[Point, ...]
    seen: tuple[Observation, ...]
    is_made_up: bool


def _measures(project: Project, graph: Graph) -> Iterator[_Of]:
    known = figures_of(project, graph)
    points = [each for each in graph.once(by_month) if each.project == project.id]
    for indicator in sorted(graph.all(Indicator), key=lambda each: each.label.casefold()):
        seen = tuple(each for each in known if each.indicator == indicator.id)
        mine = tuple(each for each in points if each.indicator == indicator.id)
        if seen and mine:
            made_up = any(is_made_up(each, graph) for each in seen)
            yield _Of(indicator, project, mine, seen, made_up)


def usage_sections(project: Project, graph: Graph) -> Iterator[SectionView]:
    """A section for each indicator: its months, split as its figures are, then its school years."""
    for each in _measures(project, graph):
        pictures = tuple(_pictures(each, graph))
        title = each.indicator.label
        found = section(
            each.indicator.id,
            title,
            Message(EXAMPLES) if each.is_made_up else None,
            link(each.indicator),
            *pictures,
            *_told_gaps(each),
            growth(each.indicator, project, graph),
        )
        if found:
            yield found


EXAMPLES = N_("These figures are made up: they show what the page can tell.")
LACKING = N_("A month without a figure is unknown, and is not drawn as zero.")
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
            (each.span.first, each.key)
            for each in of.seen
            if each.dimension == dimension and each.is_masked
        }
        table = _table(of, dimension, keys, cells, masks, graph)
        yield ChartView(
            "lines",
            table,
            tuple(range(1, 1 + min(len(keys), LINES))),
            Message(
                N_("{label}, month after month: {project}."),
                {"label": of.indicator.label, "project": of.project.name},
            ),
            Message(_note(of, masks)),
            _sources(of.seen, graph),
            of.seen[0].place,
        )


def _note(of: _Of, masks: set[tuple[date, str]]) -> str:
    if masks:
        return MASKS
    if of.seen[0].span.unit == "week":
        return WEEKS
    is_full = all(each.value is not None for each in of.points) and not _holes(of.points)
    return cohorts(of.indicator) if is_full else LACKING


def cohorts(indicator: Indicator) -> str:
    """Whether schools that have just opened are among those counted, as far as it is said."""
    said = {True: OPENED, False: NOT_OPENED, None: MAYBE_OPENED}
    return said[indicator.new_schools]


def _holes(points: tuple[Point, ...]) -> bool:
    starts = {each.start for each in points}
    return len(_months(min(starts), max(starts))) > len(starts)


def _months(first: date, last: date) -> list[date]:
    """The first day of each month from *first* to *last*."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [
        date(first.year + (first.month - 1 + each) // 12, (first.month - 1 + each) % 12 + 1, 1)
        for each in range(count)
    ]


def _table(
    of: _Of,
    dimension: str,
    keys: list[str],
    cells: dict[tuple[date, str], Point],
    masks: set[tuple[date, str]],
    graph: Graph,
) -> TableView:
    """A row for each month from the first to the last: those of which nothing is known too."""
    starts = sorted(start for start, _ in cells)
    rows = tuple(
        RowView(
            (
                CellView((month_of(start),)),
                *(
                    CellView(_said(cells.get((start, key)), is_masked=(start, key) in masks))
                    for key in keys
                ),
            ),
            is_example=of.is_made_up,
        )
        for start in _months(starts[0], starts[-1])
    )
    caption = N_("{label}, {project}, by month")
    about = {"label": of.indicator.label, "project": of.project.name}
    return TableView(
        Message(caption, about),
        (Message(N_("month")), *(key_label(dimension, key, graph) for key in keys)),
        rows,
        sheet=f"usage/{of.project.id}-{of.indicator.id}{f'-{dimension}' if dimension else ''}",
        is_terse=len(keys) < 4,
    )


def month_of(start: date) -> PartialDate:
    """The month that begins on *start*."""
    return PartialDate(start.year, start.month, precision=Precision.MONTH)


def year_of(start: date) -> PartialDate:
    """The school year that begins on *start*."""
    return PartialDate(start.year, precision=Precision.SCHOOL_YEAR)


def key_label(dimension: str, key: str, graph: Graph) -> str | Message | Link:
    """What a reader calls the part *key* of a figure."""
    if not dimension:
        return Message(TOTAL)
    if dimension in CHOICES:
        return Message(CHOICES[dimension](key).label)
    found = graph.find(key)
    return link(found) if found else key


def plain(value: Decimal) -> int | Decimal:
    """*value* without the decimals it does not need."""
    return int(value) if value == value.to_integral_value() else value.normalize()


def _said(point: Point | None, *, is_masked: bool) -> tuple[object, ...]:
    if is_masked:
        return (Message(MASKED),)
    if point is None or point.value is None:
        return (Unknown(),)
    said = (plain(point.value),)
    expected = weeks_in(point.start) if point.unit == "week" else 1
    return said if point.known >= expected else (*said, Message(PARTIAL, _of(point, expected)))


PARTIAL = N_("{known} weeks of {expected}")


def _of(point: Point, expected: int) -> dict[str, object]:
    return {"known": point.known, "expected": expected}


def weeks_in(start: date) -> int:
    """How many weeks have their Thursday in the month that begins on *start*."""
    months = _months(start, date(start.year + 1, start.month, 1))
    days = (months[1] - start).days
    return sum(date.fromordinal(start.toordinal() + each).weekday() == 3 for each in range(days))


def _sources(seen: tuple[Observation, ...], graph: Graph) -> tuple[Link, ...]:
    ids = dict.fromkeys(each.source for each in seen if each.source)
    return tuple(link(found) for id in ids if (found := graph.find(id)))


def _told_gaps(of: _Of) -> Iterator[Message]:
    """Where profiles do not add up to the total, as the national measure has it too."""
    found = gaps(of.seen, "profile")
    for gap in found[:MOST_SHOWN]:
        values = {"sum": gap.parts, "total": gap.total, "gap": gap.size}
        about: dict[str, object] = {name: plain(value) for name, value in values.items()}
        yield Message(GAP, {"period": gap.period, **about})
    if len(found) > MOST_SHOWN:
        more = len(found) - MOST_SHOWN
        yield Message(N_("Periods with another such gap: {count}."), {"count": more})


def growth(indicator: Indicator, project: Project, graph: Graph) -> TableView | None:
    """School years side by side: a change is told only between years known as fully."""
    if indicator.aggregation is Aggregation.NONE:
        return None
    points = [
        each
        for each in graph.once(by_school_year)
        if (each.project, each.indicator, each.dimension) == (project.id, indicator.id, "")
    ]
    if not points:
        return None
    made_up = any(
        is_made_up(each, graph)
        for each in figures_of(project, graph)
        if each.indicator == indicator.id
    )
    rows = []
    for index, each in enumerate(points):
        before = points[index - 1] if index else None
        value: object = Unknown() if each.value is None else plain(each.value)
        rows.append(
            RowView(
                (
                    CellView((year_of(each.start),)),
                    CellView((value,)),
                    CellView((each.known,)),
                    CellView((_change(before, each),)),
                ),
                is_example=made_up,
            )
        )
    about = {"label": indicator.label, "project": project.name}
    return TableView(
        Message(N_("{label}, {project}, by school year"), about),
        (
            Message(N_("school year")),
            indicator.unit,
            Message(N_("periods known")),
            Message(N_("change")),
        ),
        tuple(rows),
    )


NOT_COMPARABLE = N_("not comparable: {before} periods known, then {now}")


def _change(before: Point | None, now: Point) -> Message | Unknown:
    """How a school year compares with the one before it."""
    if before is None or not before.value or now.value is None:
        return Unknown()
    if before.known != now.known or before.start.year + 1 != now.start.year:
        return Message(NOT_COMPARABLE, {"before": before.known, "now": now.known})
    share = (now.value - before.value) * 100 / before.value
    said = round(share)
    sign = "+" if said > 0 else "\N{MINUS SIGN}" if said < 0 else ""
    return Message(N_("{sign}{share} %"), {"sign": sign, "share": abs(said)})


def comparison(indicator: Indicator, graph: Graph) -> ChartView | None:
    """The projects side by side, each with its total by month."""
    points = [
        each
        for each in graph.once(by_month)
        if each.indicator == indicator.id and not each.dimension
    ]
    projects = [each for each in measured(graph) if any(p.project == each.id for p in points)]
    if not projects:
        return None
    seen = tuple(
        each for each in graph.series if each.indicator == indicator.id and not each.dimension
    )
    masks = {(each.project, each.span.first) for each in seen if each.is_masked}
    cells = {(each.start, each.project): each for each in points}
    starts = sorted({each.start for each in points})
    made_up = any(is_made_up(each, graph) for each in seen)
    rows = tuple(
        RowView(
            (
                CellView((month_of(start),)),
                *(
                    CellView(
                        _said(cells.get((start, each.id)), is_masked=(each.id, start) in masks)
                    )
                    for each in projects
                ),
            ),
            is_example=made_up,
        )
        for start in _months(starts[0], starts[-1])
    )
    table = TableView(
        Message(N_("{label}: the projects by month"), {"label": indicator.label}),
        (Message(N_("month")), *map(link, projects)),
        rows,
        sheet=f"{indicator.key}/projects",
    )
    return ChartView(
        "lines",
        table,
        tuple(range(1, 1 + min(len(projects), LINES))),
        Message(N_("{label}: one line for each project."), {"label": indicator.label}),
        Message(SIZES, {"cohorts": Message(cohorts(indicator))}),
        _sources(seen, graph),
        seen[0].place,
    )


SIZES = N_("Projects are not of one size. {cohorts}")

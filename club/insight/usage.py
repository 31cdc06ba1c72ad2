"""What was measured of the projects: whose figures they are, and over which time they are shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from club.insight.aggregation import THURSDAY, Point, aggregate
from club.insight.masking import Measure, masked
from club.insight.splits import keys_of
from club.model.audience import restrict
from club.model.fields import Qualifier, Reliability
from club.model.graph import Graph
from club.model.problem import Place
from club.model.record import Audience, Reader, Record
from club.model.series import Observation
from club.model.view import ClaimView, Unknown
from club.records.indicator.model import Aggregation, Indicator, Period
from club.records.project.model import Project
from club.records.service.model import Service
from club.records.target.model import Target


def usage_url(project: Project) -> str:
    """Where the figures of *project* are."""
    return f"usage/{project.id}/"


def weeks_url(project: Project) -> str:
    """Where the figures of *project* that are measured by week are told week by week."""
    return f"{usage_url(project)}weeks/"


def figures_url(project: Project) -> str:
    """Where the figures of *project* are as a file that the club reads back."""
    return f"data/series/{project.id}.csv"


def template_url(indicator: Indicator) -> str:
    """Where an empty file for the figures of *indicator* is."""
    return f"data/series/templates/{indicator.id}.csv"


def templates(graph: Graph) -> dict[str, tuple[tuple[str, str, str], ...]]:
    """The rows of each file to fill in, by its address."""
    return {template_url(each): tuple(template_rows(each, graph)) for each in graph.all(Indicator)}


def template_rows(indicator: Indicator, graph: Graph) -> Iterator[tuple[str, str, str]]:
    """The indicator, the dimension and the key of each row to fill in: the total, then its parts.

    Services are those of the club: whoever fills it in deletes those that are not measured.
    """
    if indicator.splits is None:
        yield indicator.id, "", ""
    for dimension in map(str, indicator.dimensions):
        services = sorted(each.id for each in graph.all(Service) if not each.example)
        for key in keys_of(dimension) or services:
            yield indicator.id, dimension, key


def masked_series(
    series: Iterable[Observation], graph: Graph, least: int
) -> tuple[Observation, ...]:
    """*series* without what would tell a count below *least*, by what its indicators are.

    What would tell everybody a figure for members is marked as being for members.
    """
    seen = tuple(series)
    measures = {
        each.id: Measure(each.unit.casefold(), (graph.get(each.splits) or each).id)
        for each in graph.all(Indicator)
    }
    told = masked(seen, least, measures)
    withheld = _withheld(seen, graph)
    if not any(withheld):
        return told
    public = masked(seen, least, measures, withheld)
    return tuple(
        replace(each, is_for_members=True) if other.is_masked and not each.is_masked else each
        for each, other in zip(told, public, strict=True)
    )


def _withheld(series: Sequence[Observation], graph: Graph) -> list[bool]:
    """Whether each of *series* speaks of something true that is for members."""
    if not series:
        return []
    public = {each.record.id for each in restrict(graph.nodes, Reader(Audience.PUBLIC))}
    hidden = {each.id for each in graph if each.id not in public and not each.example}
    return [not hidden.isdisjoint(each.mentions) for each in series]


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
    return not graph.examples.isdisjoint(seen.mentions)


def is_unverified(seen: Observation, graph: Graph) -> bool:
    """Whether nothing says where *seen* is from; what is made up says that, and needs no source."""
    return seen.value is not None and not seen.source and not is_made_up(seen, graph)


def _rules(graph: Graph) -> dict[str, str]:
    return {each.id: str(each.aggregation) for each in graph.all(Indicator)}


def shown_by(indicator: Indicator) -> Period:
    """The length of time by which the figures of *indicator* are shown: weeks make up months.

    What nothing makes longer figures of, such as people seen in a week, is shown as it is measured.
    """
    is_added = indicator.aggregation is not Aggregation.NONE
    return Period.MONTH if indicator.period is Period.WEEK and is_added else indicator.period


def points(graph: Graph) -> tuple[Point, ...]:
    """Every figure of the club over the time by which its indicator is shown, in order."""
    shown = {each.id: shown_by(each) for each in graph.all(Indicator)}
    is_month = [shown[each.indicator] is Period.MONTH for each in graph.series]
    months = [each for each, is_so in zip(graph.series, is_month, strict=True) if is_so]
    others = [each for each, is_so in zip(graph.series, is_month, strict=True) if not is_so]
    own = map(as_measured, others)
    return (*aggregate(months, _rules(graph), "month"), *sorted(own, key=lambda each: each.start))


def as_measured(seen: Observation) -> Point:
    """*seen* over the time that it was measured over."""
    return Point(
        indicator=seen.indicator,
        project=seen.project,
        dimension=seen.dimension,
        key=seen.key,
        start=seen.span.first,
        unit=seen.span.unit,
        value=seen.value,
        known=int(seen.value is not None),
        rows=1,
    )


def by_school_year(graph: Graph) -> tuple[Point, ...]:
    """Every figure of the club by school year."""
    return aggregate(graph.series, _rules(graph), "school_year")


MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.SCHOOL_YEAR: 12}


def starts(period: Period, first: date, last: date) -> list[date]:
    """The first day of each *period* from that which begins on *first* to that on *last*."""
    if period is Period.WEEK:
        return [first + timedelta(days=each) for each in range(0, (last - first).days + 1, 7)]
    step = MONTHS[period]
    count = (last.year - first.year) * 12 + last.month - first.month
    months = (first.month - 1 + each for each in range(0, count + 1, step))
    return [date(first.year + each // 12, each % 12 + 1, 1) for each in months]


@lru_cache(maxsize=1024)
def weeks_in(start: date) -> int:
    """How many weeks have their Thursday in the month that begins on *start*."""
    _, end = starts(Period.MONTH, start, start + timedelta(days=31))
    return sum(
        (start + timedelta(days=each)).weekday() == THURSDAY for each in range((end - start).days)
    )


def plain(value: Decimal) -> int | Decimal:
    """*value* without the decimals it does not need."""
    return int(value) if value == value.to_integral_value() else value.normalize()


def as_stated(
    value: Decimal | None, qualifier: Qualifier, place: Place, *, is_sourced: bool = True
) -> object:
    """A number as it was stated at *place*: at least, about, or just that; without source, so."""
    if value is None:
        return Unknown()
    if qualifier is Qualifier.EXACT and is_sourced:
        return plain(value)
    trust = Reliability.SINGLE_SOURCE if is_sourced else Reliability.UNVERIFIED
    return ClaimView(plain(value), qualifier, None, None, None, trust, None, place)


def stating_for_members(graph: Graph) -> Iterator[tuple[Record, str, str]]:
    """The records and fields that say figures of an indicator for members, with its id."""
    anybody = Reader(Audience.PUBLIC)
    hidden = {each.id for each in graph.all(Indicator) if not anybody.may_read(each)}
    for record, field, indicator, _ in stating(graph):
        if indicator in hidden:
            yield record, field, indicator


def stating(graph: Graph) -> Iterator[tuple[Record, str, str, str]]:
    """The records and fields that say figures of an indicator, with its id and the project's."""
    for target in graph.all(Target):
        indicator, project = graph.get(target.indicator), graph.get(target.project)
        if indicator and project:
            yield from ((target, name, indicator.id, project.id) for name in ("baseline", "goal"))
    for indicator in graph.all(Indicator):
        if indicator.stated_in:
            for project in graph.all(Project):
                yield project, str(indicator.stated_in), indicator.id, project.id

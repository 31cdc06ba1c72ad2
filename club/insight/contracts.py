"""Contracts in time, and who provides what to each project."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from club.insight.positions import on_platforms
from club.model.claims import used
from club.model.dates import PartialDate, Precision
from club.model.fields import Claim, Qualifier
from club.model.graph import Graph
from club.records.contract.model import Contract, ContractObject
from club.records.organisation.model import Organisation
from club.records.platform.model import Platform
from club.records.project.model import Project

YEAR = 12
FAR = date(9000, 1, 1)
MAKERS = (ContractObject.EDITION, ContractObject.INTEGRATION)
RUNNERS = (ContractObject.HOSTING, ContractObject.OPERATION)
EXACT = {Precision.DAY, Precision.MONTH}


@dataclass(frozen=True, slots=True)
class Term:
    """When a contract starts or ends: as stated, or worked out from its other end and duration."""

    when: PartialDate
    claim: Claim[PartialDate] | None = None
    at_latest: date | None = None
    """Of one that was worked out, the last day that it may be: its month is the first it may be."""

    @property
    def is_deduced(self) -> bool:
        """Whether no source states it."""
        return self.claim is None


def months_after(day: date, months: int) -> date:
    """The same day *months* later, or the last day of that month if it has none such.

    A number of months that leads nowhere leads to a day that no contract sees.
    """
    years, month = divmod(day.month - 1 + months, YEAR)
    year = day.year + years
    if year >= FAR.year:
        return FAR
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def term(contract: Contract) -> Term | None:
    """The end of *contract*, if anything tells it."""
    if claim := used(contract.end):
        return Term(claim.value, claim)
    start, duration = used(contract.start), used(contract.duration_months)
    if start is None or duration is None or start.value.precision not in EXACT:
        return None
    if {start.qualifier, duration.qualifier} != {Qualifier.EXACT}:
        return None
    # A contract of twelve months from the first of September ends on the last of August.
    last = months_after(start.value.first, duration.value) - timedelta(days=1)
    about = start.value.approximate
    when = PartialDate(last.year, last.month, precision=Precision.MONTH, approximate=about)
    # From the second on, in September: of a month, nobody knows the day.
    return Term(when, at_latest=months_after(start.value.last, duration.value) - timedelta(days=1))


def beginning(contract: Contract) -> Term | None:
    """The start of *contract*, if anything tells it.

    What is worked out from an end that is known by its year or its month is about then, and of a
    year only where whole years lead back to another: 36 months that end in 2015 began in 2012, or
    on the first of January after.
    """
    if claim := used(contract.start):
        return Term(claim.value, claim)
    end, duration = used(contract.end), used(contract.duration_months)
    if end is None or duration is None or duration.value < 1:
        return None
    if {end.qualifier, duration.qualifier} != {Qualifier.EXACT}:
        return None
    when, is_day = end.value, end.value.precision is Precision.DAY
    if when.precision is Precision.YEAR:
        year = when.year - duration.value // YEAR
        is_whole = duration.value % YEAR == 0 and year >= date.min.year
        return Term(replace(when, year=year, approximate=True)) if is_whole else None
    if when.precision not in EXACT:
        return None
    if (first := months_before(when.last + timedelta(days=1), duration.value)) is None:
        return None
    about = when.approximate or not is_day
    return Term(
        replace(
            when,
            year=first.year,
            month=first.month,
            day=0,
            precision=Precision.MONTH,
            approximate=about,
        )
    )


def months_before(day: date, months: int) -> date | None:
    """The same day *months* earlier, or the last of that month; None before the first year."""
    years, month = divmod(day.month - 1 - months, YEAR)
    year = day.year + years
    if year < date.min.year:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def may_end(contract: Contract, day: date, months: int = YEAR) -> bool:
    """Whether *contract* may end from *day* on, within *months*."""
    found = term(contract)
    if found is None:
        return False
    last = max(found.when.last, found.at_latest or date.min)
    return last >= day and found.when.first <= months_after(day, months)


def ending(graph: Graph, day: date, months: int = YEAR) -> tuple[Contract, ...]:
    """The contracts that may end from *day* on, within *months*, soonest first."""
    found = [each for each in graph.all(Contract) if may_end(each, day, months)]
    return tuple(sorted(found, key=_by_term))


def by_time(graph: Graph) -> tuple[Contract, ...]:
    """Every contract from the first to start on; those whose start nothing tells by their end."""
    return tuple(sorted(graph.all(Contract), key=_by_start))


def _by_term(contract: Contract) -> tuple[date, str]:
    found = term(contract)
    return (found.when.first if found else date.max, contract.id)


def _by_start(contract: Contract) -> tuple[date, str]:
    start = beginning(contract)
    return (start.when.first, contract.id) if start else _by_term(contract)


def without_term(graph: Graph) -> tuple[Contract, ...]:
    """The contracts whose end nothing tells."""
    return tuple(each for each in graph.all(Contract) if term(each) is None)


def compared(graph: Graph) -> tuple[Project, ...]:
    """The projects side by side: those that the club is about, or else all that have a contract."""
    ours = on_platforms(graph)
    held = {each.id for contract in graph.all(Contract) for each in contract.projects}
    return ours or tuple(each for each in graph.all(Project) if each.id in held)


def contracts_of(project: Project, graph: Graph) -> tuple[Contract, ...]:
    """The contracts that serve *project*, from the first on."""
    return tuple(
        each
        for each in by_time(graph)
        if any(graph.get(served) is project for served in each.projects)
    )


def providers(
    contract: Contract, objects: tuple[ContractObject, ...], graph: Graph
) -> tuple[Organisation, ...]:
    """Who provides any of *objects* under *contract*."""
    return tuple(found for each in contract.holders_of(*objects) if (found := graph.get(each)))


def maker_of(project: Project, graph: Graph) -> Organisation | None:
    """The vendor of the platform that *project* runs."""
    platform = graph.get(project.platform)
    return graph.get(platform.vendor) if isinstance(platform, Platform) else None


def makers_who_run(contract: Contract, graph: Graph) -> tuple[Organisation, ...]:
    """Those who run or host under *contract* what they made themselves.

    They made it under a contract for the same project, or are the vendor of its platform.
    """
    makers = {each.id for each in _makers(contract, graph)}
    return tuple(each for each in providers(contract, RUNNERS, graph) if each.id in makers)


def _makers(contract: Contract, graph: Graph) -> Iterator[Organisation]:
    for project in filter(None, map(graph.get, contract.projects)):
        if maker := maker_of(project, graph):
            yield maker
        for each in contracts_of(project, graph):
            if each is contract or not each.example or contract.example:
                yield from providers(each, MAKERS, graph)

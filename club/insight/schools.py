"""The schools of the rollouts: which project each is of, how many are open, of how many aimed at.

What a table counts stands beside what documents state, and is never put in its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from club.insight.in_service import Stay
from club.insight.school_rows import School, Schools, read_schools
from club.model.claims import used
from club.model.dates import PartialDate
from club.model.fields import Claim, Qualifier
from club.model.graph import Graph
from club.records.project.model import Project
from club.records.rollout.model import Rollout, SchoolStatus

NOTHING = Schools(())
SERVED = (SchoolStatus.OPEN, SchoolStatus.STOPPED)
"""A school in service is open, or was and stopped; where both say so, it is where it is open."""
Listed = tuple[Rollout, School]


def table_of(rollout: Rollout, graph: Graph) -> Schools:
    """What the table of *rollout* holds, its faults too; nothing where it names none."""
    file = graph.table(rollout, rollout.schools_table)
    return read_schools(file) if file else NOTHING


def schools(rollout: Rollout, graph: Graph) -> tuple[School, ...] | None:
    """The schools of *rollout* that the readers of *graph* may know of; None without a table.

    A school of a phase that is not theirs to know is not either.
    """
    if graph.table(rollout, rollout.schools_table) is None:
        return None
    known = {each.number for each in rollout.phases}
    return tuple(
        each
        for each in table_of(rollout, graph).schools
        if each.phase is None or each.phase in known
    )


def stays_of(graph: Graph) -> dict[str, tuple[Stay, ...]]:
    """When each school that a rollout of *graph* lists was in service, and where, by its UAI.

    It is from the day it is open, or from the year of its phase where the table gives no day, to
    the day it stopped; a day that is not known to the day is taken as widely as it is said. One
    that is planned or in progress is not in service; one that stopped on a day that nobody knows
    cannot be counted in any week, and has no stay. A made-up rollout lists no real school.
    """
    return {uai: tuple(found) for uai, found in graph.once(_stays).items()}


def _stays(graph: Graph) -> dict[str, list[Stay]]:
    found: dict[str, list[Stay]] = {}
    for rollout, school in _listed(graph):
        if rollout.example:
            continue
        project = graph.get(rollout.project)
        stays = found.setdefault(school.uai, [])
        if project is None or school.status not in SERVED:
            continue
        years = {each.number: each.year for each in rollout.phases}
        year = years.get(school.phase) if school.phase is not None else None
        begun = year.first if year else None
        rank = SERVED.index(school.status)
        if school.status is SchoolStatus.OPEN:
            begun = school.date.first if school.date else begun
            stays.append(Stay(project.id, rank, begun))
        elif school.date:
            stays.append(Stay(project.id, rank, begun, school.date.last))
    return found


def _listed(graph: Graph) -> Iterator[Listed]:
    for rollout in graph.all(Rollout):
        for school in schools(rollout, graph) or ():
            yield rollout, school


def in_several(graph: Graph) -> Iterator[tuple[Listed, Listed]]:
    """Each school that is open in a second project, after where it is open in the first."""
    first: dict[str, Listed] = {}
    for rollout, school in _listed(graph):
        if school.status is SchoolStatus.OPEN:
            before = first.setdefault(school.uai, (rollout, school))
            if graph.get(before[0].project) is not graph.get(rollout.project):
                yield before, (rollout, school)


@dataclass(frozen=True, slots=True)
class Listing:
    """How many schools the tables of a project list, and how many of them are open."""

    rollouts: tuple[Rollout, ...]
    listed: int
    open: int


def listing(project: Project, graph: Graph) -> Listing | None:
    """What the tables of the rollouts of *project* count, each school once; None without any.

    A made-up rollout counts for a made-up project alone.
    """
    held = [
        (each, found)
        for each in graph.pointing(project, Rollout, "project")
        if (project.example or not each.example) and (found := schools(each, graph)) is not None
    ]
    if not held:
        return None
    every = {school.uai for _, found in held for school in found}
    opened = {each.uai for _, found in held for each in found if each.status is SchoolStatus.OPEN}
    return Listing(tuple(each for each, _ in held), len(every), len(opened))


@dataclass(frozen=True, slots=True)
class Step:
    """How far a rollout has come by the end of one of its phases.

    *open* is how many schools of this phase and of those before it the table has open, None
    without a table; *stated* and *aimed* are the claims to use, among those that state a number
    and those that aim at one.
    """

    open: int | None
    stated: Claim[int] | None
    aimed: Claim[int] | None

    @property
    def differs(self) -> bool:
        """Whether what is stated cannot be what the table counts."""
        return self.open is not None and self.stated is not None and differs(self.stated, self.open)


def steps(rollout: Rollout, graph: Graph) -> tuple[Step, ...]:
    """One for each phase of *rollout*, in their order."""
    listed = schools(rollout, graph)
    of_phase: dict[int | None, list[School]] = defaultdict(list)
    for each in listed or ():
        of_phase[each.phase].append(each)
    found, so_far = [], list[School]()
    for phase in rollout.phases:
        so_far += of_phase.pop(phase.number, [])
        stated, aimed = stated_and_aimed(phase.schools)
        opened = sum(_was_open(each, phase.year) for each in so_far)
        is_told = listed is not None and not _is_later(phase.year, rollout.schools_table_as_of)
        found.append(Step(opened if is_told else None, stated, aimed))
    return tuple(found)


def _was_open(school: School, by: PartialDate | None) -> bool:
    """Whether *school* was open at the end of *by*: one that has stopped since was."""
    if school.status is SchoolStatus.STOPPED and school.date and by:
        return school.date.first > by.last
    return school.status is SchoolStatus.OPEN


def _is_later(when: PartialDate | None, than: PartialDate | None) -> bool:
    """Whether *when* had not begun at the day for which a table is true: it tells nothing of it."""
    return bool(when and than and when.first > than.last)


def stated_and_aimed(
    claims: Iterable[Claim[int]],
) -> tuple[Claim[int] | None, Claim[int] | None]:
    """The claim to use of those that state a number, and of those that aim at one."""
    held = tuple(claims)
    aimed = [each for each in held if each.qualifier is Qualifier.TARGET]
    return used(each for each in held if each not in aimed), used(aimed)


def differs(stated: Claim[int], count: int) -> bool:
    """Whether *count* cannot be what *stated* says; about as many is never told from as many."""
    match stated.qualifier:
        case Qualifier.EXACT:
            return count != stated.value
        case Qualifier.AT_LEAST:
            return count < stated.value
        case Qualifier.MORE_THAN:
            return count <= stated.value
        case Qualifier.LESS_THAN:
            return count >= stated.value
        case _:
            return False

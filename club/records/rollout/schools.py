"""The schools of a rollout on its page: how many are open, of which kind and where, and which."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from club.insight.school_rows import School
from club.insight.schools import schools, steps
from club.insight.schools_told import (
    DIFFERENT,
    OPEN,
    PHASE,
    differences,
    open_of_listed,
    phase_title,
)
from club.model.departments import NAMES
from club.model.graph import Graph
from club.model.identifiers import department_of
from club.model.message import N_, P_, Message
from club.model.view import (
    Alert,
    CellView,
    Fact,
    Link,
    Progress,
    RowView,
    SectionView,
    TableView,
    Unknown,
)
from club.model.viewing import section, sections
from club.records.project.model import SchoolType
from club.records.rollout.model import Rollout, SchoolStatus

H = TypeVar("H", bound=Hashable)

MOST_LISTED = 200
"""How many schools a page lists: a longer list is read in a spreadsheet."""
FIRST = 20
"""How many of a longer list a page shows, for what it looks like."""
SINGULAR = {
    SchoolType.PRIMARY: P_("school", "primary school"),
    SchoolType.COLLEGE: P_("school", "collège"),
    SchoolType.LYCEE: P_("school", "lycée"),
    SchoolType.AGRICULTURAL_LYCEE: P_("school", "agricultural lycée"),
    SchoolType.EREA: P_("school", "EREA"),
    SchoolType.CFA: P_("school", "apprenticeship centre"),
    SchoolType.HIGHER: P_("school", "higher education"),
}
"""What one school is called, where its choice names them all."""


def school_figures(rollout: Rollout, graph: Graph) -> tuple[Fact | Progress, ...]:
    """How many schools are open, of how many aimed at by the end, where the last phase says that.

    What an earlier phase aims at is no measure of the schools of those that follow it.
    """
    found = schools(rollout, graph)
    if found is None:
        return ()
    opened = sum(each.status is SchoolStatus.OPEN for each in found)
    said = open_of_listed(opened, len(found))
    fact = Fact(Message(OPEN), (said,), graph.place(rollout, "schools_table"))
    aimed = next((each.aimed for each in reversed(steps(rollout, graph))), None)
    if aimed is None:
        return (fact,)
    goal = aimed.value
    about = {"label": Message(N_("aimed at")), "value": goal}
    return (fact, Progress(opened, goal, Message(OPEN), Message(N_("{label}: {value}"), about)))


def school_alerts(rollout: Rollout, graph: Graph) -> tuple[Alert, ...]:
    """That the table and the sources do not count alike, one remark a phase."""
    way = (Link(Message(N_("See the figures")), "#phases"),)
    return tuple(Alert(DIFFERENT, said, way) for said in differences(rollout, graph))


def schools_sections(rollout: Rollout, graph: Graph) -> tuple[SectionView, ...]:
    """What the table counts, by phase, by type and by département, then the schools themselves."""
    found = schools(rollout, graph)
    if not found:
        return ()
    return sections(
        section(
            "schools",
            Message(N_("Schools")),
            _as_of(rollout),
            _by_phase(rollout, found),
            _table(
                Message(N_("Schools of “{title}”, by type"), {"title": rollout.title}),
                N_("type"),
                _grouped(found, lambda each: each.type, SchoolType, _type),
                rollout,
                "types",
            ),
            place=graph.place(rollout, "schools_table"),
        ),
        _by_department(rollout, found),
        section(
            "schools-list",
            Message(N_("List of the schools")),
            *_list(rollout, graph),
            fold=Message(N_("Schools listed: {count}"), {"count": len(found)}),
        ),
    )


def _as_of(rollout: Rollout) -> Message | None:
    when = rollout.schools_table_as_of
    if when is None:
        return Message(N_("Counted from the table of schools, whose date nobody has written down."))
    return Message(N_("Counted from the table of schools, as of {date}."), {"date": when})


def _by_phase(rollout: Rollout, found: Sequence[School]) -> TableView:
    titles = {each.number: phase_title(each) for each in rollout.phases}
    grouped = _grouped(found, lambda each: each.phase, titles, lambda number: titles[number])
    caption = Message(N_("Schools of “{title}”, by phase and status"), {"title": rollout.title})
    return _table(caption, PHASE, grouped, rollout, "counts")


def _by_department(rollout: Rollout, found: Sequence[School]) -> SectionView | None:
    codes = sorted({department_of(each.uai) for each in found} - {""})
    grouped = _grouped(found, lambda each: department_of(each.uai) or None, codes, _department)
    caption = Message(N_("Schools of “{title}”, by département"), {"title": rollout.title})
    fold = Message(N_("Départements: {count}"), {"count": len(codes)})
    none = Message(N_("The UAI of no school has the number of a département."))
    return section(
        "schools-departments",
        Message(N_("Schools by département")),
        Message(N_("A département is the one whose number begins the UAI.")) if codes else none,
        _table(caption, N_("département"), grouped, rollout, "departments") if codes else None,
        fold=fold if codes else None,
    )


def _department(code: str) -> Message:
    return Message(N_("{name} ({code})"), {"name": NAMES[code], "code": code})


def _type(type: SchoolType) -> Message:
    return Message(type.label)


Group = tuple[object, Sequence[School]]


def _grouped(
    found: Sequence[School],
    key: Callable[[School], H | None],
    order: Iterable[H],
    name: Callable[[H], object],
) -> tuple[Group, ...]:
    """*found* by what *key* says of each, in *order*; those of which it is unknown come last."""
    held: Mapping[H | None, list[School]] = defaultdict(list)
    for each in found:
        held[key(each)].append(each)
    groups: list[Group] = [(name(each), held[each]) for each in order if held[each]]
    if held[None]:
        groups.append((Unknown(), held[None]))
    return tuple(groups)


def _table(
    caption: Message, head: str, groups: Iterable[Group], rollout: Rollout, sheet: str
) -> TableView:
    """How many schools of each group have each status, then all of them."""
    held = tuple(groups)
    every = [each for _, found in held for each in found]
    rows = [_counts(name, found, rollout) for name, found in held]
    if len(held) > 1:
        rows.append(_counts(Message(N_("total")), every, rollout))
    return TableView(
        caption,
        (head, *(Message(each.label) for each in SchoolStatus), N_("total")),
        tuple(rows),
        is_matrix=True,
        is_terse=True,
        sheet=f"{rollout.key}/{sheet}",
    )


def _counts(name: object, found: Sequence[School], rollout: Rollout) -> RowView:
    by_status = Counter(each.status for each in found)
    counts = (CellView((by_status[each],)) for each in SchoolStatus)
    cells = (CellView((name,)), *counts, CellView((len(found),)))
    return RowView(cells, is_example=rollout.example)


def _list(rollout: Rollout, graph: Graph) -> tuple[object, ...]:
    table = graph.once(_lists)[rollout.id]
    if not table.shown:
        return (table,)
    said = Message(
        N_("A list of more than {most} schools is not shown whole: the spreadsheet has it."),
        {"most": MOST_LISTED},
    )
    return (said, table)


def _lists(graph: Graph) -> dict[str, TableView]:
    """The list of each rollout that names a table, made once: it may be that of a country."""
    return {
        rollout.id: _listed(rollout, found)
        for rollout in graph.all(Rollout)
        if (found := schools(rollout, graph)) is not None
    }


def _listed(rollout: Rollout, found: Sequence[School]) -> TableView:
    titles = {each.number: CellView((phase_title(each),)) for each in rollout.phases}
    unknown = CellView((Unknown(),))
    types = {each: CellView((Message(said),)) for each, said in SINGULAR.items()}
    rows = tuple(
        RowView(
            (
                CellView((each.uai,), each.place),
                CellView((each.name,)) if each.name else unknown,
                types[each.type] if each.type else unknown,
                CellView((each.sector,)) if each.sector else unknown,
                titles[each.phase] if each.phase is not None else unknown,
                CellView((each.status,)),
                CellView((each.date,)) if each.date else unknown,
            ),
            is_example=rollout.example,
        )
        for each in found
    )
    is_long = len(rows) > MOST_LISTED
    return TableView(
        Message(N_("The schools of “{title}”"), {"title": rollout.title}),
        (
            N_("UAI"),
            N_("name"),
            N_("type"),
            N_("sector"),
            PHASE,
            N_("status"),
            N_("date of the status"),
        ),
        rows,
        has_words=not is_long,
        sheet=f"{rollout.key}/schools",
        most=FIRST,
    )

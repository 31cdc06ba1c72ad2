"""The schools of the rollouts in words: what a table counts beside what documents state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from club.insight.schools import Step, differs, listing, stated_and_aimed, steps
from club.model.graph import Graph
from club.model.message import N_, P_, Message
from club.model.view import (
    Alert,
    CellView,
    ClaimView,
    Fact,
    RowView,
    SectionView,
    TableView,
    Unknown,
)
from club.model.viewing import claim, labels, link, section
from club.records.project.model import Project
from club.records.rollout.model import Rollout, RolloutPhase

DIFFERENT = Message(N_("The table and the sources differ"))
PHASE = P_("rollout", "phase")
OPEN_BY_THEN = N_("open by then, by the table")
OPEN = N_("schools open, by the table")
OPEN_OF_AIMED = P_("several schools", "{count} open of {aimed} aimed at")
STATED = N_("stated by the sources")
AIMED = N_("aimed at")
TOLD = N_("stated or aimed at")


def phase_title(phase: RolloutPhase) -> Message:
    """What a phase is called, or that it has no title."""
    if phase.title is None:
        return Message(N_("Phase {number}"), {"number": phase.number})
    return Message(N_("{number}. {title}"), {"number": phase.number, "title": phase.title})


def out_of(step: Step) -> tuple[object, ...]:
    """How many schools the table has open by the end of a phase, of how many aimed at."""
    if step.open is None and step.aimed is None:
        return (Unknown(),)
    if step.open is None:
        return (Message(N_("unknown, of {aimed} aimed at"), {"aimed": _aimed(step)}),)
    one, several = N_("{count} open"), P_("several schools", "{count} open")
    if step.aimed is not None:
        one, several = N_("{count} open of {aimed} aimed at"), OPEN_OF_AIMED
    return (
        Message(one if step.open < 2 else several, {"count": step.open, "aimed": _aimed(step)}),
    )


def _aimed(step: Step) -> int | None:
    return step.aimed.value if step.aimed else None


def phase_claims(rollout: Rollout, index: int, graph: Graph) -> tuple[ClaimView, ...]:
    """All that documents state or aim at for a phase, each with its evidence."""
    return tuple(
        claim(graph, each, graph.place(rollout, "phases", index, "schools", number))
        for number, each in enumerate(rollout.phases[index].schools)
    )


def phase_table(rollout: Rollout, graph: Graph) -> TableView | None:
    """The phases of *rollout*: what its table counts by the end of each, and what is stated."""
    found = steps(rollout, graph)
    rows = tuple(
        RowView(
            (
                CellView((phase_title(phase),), graph.place(rollout, "phases", index)),
                CellView((phase.year or Unknown(),)),
                CellView(out_of(step)),
                CellView(phase_claims(rollout, index, graph) or (Unknown(),)),
            ),
            is_example=rollout.example,
        )
        for index, (phase, step) in enumerate(zip(rollout.phases, found, strict=True))
    )
    if not any(each.open is not None or each.stated or each.aimed for each in found):
        return None
    return TableView(
        Message(N_("Schools of “{title}”, phase by phase"), {"title": link(rollout)}),
        (PHASE, *labels(RolloutPhase, "year"), OPEN_BY_THEN, TOLD),
        rows,
    )


def differences(rollout: Rollout, graph: Graph) -> Iterator[Message]:
    """Each phase of which a document states what its table cannot count."""
    for index, (phase, step) in enumerate(zip(rollout.phases, steps(rollout, graph), strict=True)):
        if step.differs and step.stated and step.open is not None:
            number = phase.schools.index(step.stated)
            place = graph.place(rollout, "phases", index, "schools", number)
            said = _difference(step.open, claim(graph, step.stated, place))
            yield Message(N_("{label}: {value}"), {"label": phase_title(phase), "value": said})


def project_differences(project: Project, graph: Graph) -> Iterator[Alert]:
    """That the tables of *project* count other than what its documents state, if they do."""
    found = listing(project, graph)
    stated, _ = stated_and_aimed(project.schools_equipped)
    if found and stated and differs(stated, found.open):
        number = project.schools_equipped.index(stated)
        view = claim(graph, stated, graph.place(project, "schools_equipped", number))
        yield Alert(DIFFERENT, _difference(found.open, view), tuple(map(link, found.rollouts)))


def _difference(count: int, stated: ClaimView) -> Message:
    """What the table counts, and what a source says instead, of which time."""
    bare = replace(stated, as_of=None, source=None, scope=None, note=None)
    about = {"count": count, "stated": bare, "when": stated.as_of}
    if stated.as_of:
        one = N_("the table counts {count} open school, the source says {stated} ({when})")
        several = N_("the table counts {count} open schools, the source says {stated} ({when})")
    else:
        one = N_("the table counts {count} open school, the source says {stated}")
        several = N_("the table counts {count} open schools, the source says {stated}")
    return Message(one if count < 2 else several, about)


def open_fact(project: Project, graph: Graph) -> Fact | None:
    """How many schools the tables of *project* have open, of those that they list."""
    found = listing(project, graph)
    if found is None:
        return None
    place = graph.place(found.rollouts[0], "schools_table")
    return Fact(Message(OPEN), (open_of_listed(found.open, found.listed),), place)


def open_of_listed(count: int, listed: int) -> Message:
    """How many schools are open, of those that a table lists."""
    one, several = N_("{count} of {listed} listed"), N_("{count} of the {listed} listed")
    return Message(one if listed < 2 else several, {"count": count, "listed": listed})


def rollout_section(project: Project, graph: Graph) -> SectionView | None:
    """The rollouts of *project*, phase by phase: open, stated and aimed at."""
    body: list[object] = []
    for each in graph.pointing(project, Rollout, "project"):
        body += [link(each), phase_table(each, graph)]
    return section("rollout", Message(N_("Schools, phase by phase")), *body)

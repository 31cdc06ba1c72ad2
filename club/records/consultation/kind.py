"""Choices made with those who will use what is chosen."""

from __future__ import annotations

from club.insight.phases import Step, current, steps
from club.model.graph import Graph
from club.model.kind import Column, Kind
from club.model.message import N_, Message
from club.model.view import (
    CardView,
    CellView,
    ChartView,
    Link,
    PageView,
    RowView,
    SectionView,
    TableView,
    Unknown,
)
from club.model.viewing import (
    cited,
    fact,
    facts,
    labels,
    page,
    section,
    sections,
    text,
    url_of,
)
from club.records.consultation.checks import CHECKS
from club.records.consultation.figures import ranks
from club.records.consultation.model import Activity, Candidate, Consultation, Phase
from club.records.consultation.trials import (
    inventory_section,
    opinions_section,
    plans_section,
    trials_section,
)
from club.records.consultation.weighing import method_section, other_pages, weighing_sections


def view(consultation: Consultation, graph: Graph) -> PageView:
    """A consultation: its phases as they are, what may be chosen, and the decision."""
    return page(
        graph,
        consultation,
        badges=tuple(
            Message(N_("under way: phase {number}"), {"number": each.number})
            for each in current(consultation.phases, graph.today)
        ),
        lead=consultation.summary,
        facts=facts(
            fact(graph, consultation, "question"),
            fact(graph, consultation, "organiser"),
            fact(graph, consultation, "participants"),
            fact(graph, consultation, "decision"),
            fact(graph, consultation, "sources"),
        ),
        sections=sections(
            _files(consultation),
            _phases(consultation, graph),
            inventory_section(consultation, graph),
            _candidates(consultation, graph),
            *weighing_sections(consultation, graph),
            trials_section(consultation, graph),
            opinions_section(consultation, graph),
            plans_section(consultation, graph),
            method_section(consultation, graph),
        ),
    )


def _files(consultation: Consultation) -> SectionView | None:
    return section(
        "files",
        Message(N_("To print or to send")),
        Link(Message(N_("Dossier (PDF)")), f"{url_of(consultation)}dossier.pdf"),
        Link(Message(N_("Data (JSON)")), f"data/{consultation.key}.json"),
        layout="grid",
    )


def _phases(consultation: Consultation, graph: Graph) -> SectionView | None:
    return section(
        "phases",
        Message(N_("Phases")),
        _picture(consultation, graph),
        *(
            CardView(
                _title(step.phase),
                (*_dates(step.phase), *_between(step), *map(_activity, step.phase.activities)),
                text(graph, _told(step.phase)),
                place=graph.place(consultation, "phases", index),
            )
            for index, step in enumerate(steps(consultation.phases))
        ),
        layout="steps",
    )


def _picture(consultation: Consultation, graph: Graph) -> ChartView | None:
    """The phases along time, as far as they are dated: their gaps and their common days."""
    if not any(each.start or each.end for each in consultation.phases):
        return None
    rows = tuple(
        RowView(
            (
                CellView((_title(step.phase),), graph.place(consultation, "phases", index)),
                CellView((step.phase.start or Unknown(),)),
                CellView((step.phase.end or Unknown(),)),
                CellView(_beside(step)),
            ),
            is_example=consultation.example,
        )
        for index, step in enumerate(steps(consultation.phases))
    )
    table = TableView(
        Message(N_("Phases of “{title}”"), {"title": consultation.title}),
        (N_("phase"), *labels(Phase, "start", "end"), N_("after the phase before")),
        rows,
        sheet=consultation.key,
    )
    sources = (cited(graph, each) for each in consultation.sources)
    return ChartView(
        "spans",
        table,
        (1, 2, 3),
        Message(N_("Each phase from its first day to its last, in the order of its source.")),
        sources=tuple(each for each in sources if each),
        place=graph.place(consultation, "phases"),
    )


def _title(phase: Phase) -> Message:
    if phase.title is None:
        return Message(N_("{number}. Phase without a title"), {"number": phase.number})
    return Message(N_("{number}. {title}"), {"number": phase.number, "title": phase.title})


def _dates(phase: Phase) -> tuple[Message, ...]:
    about = {"start": phase.start, "end": phase.end}
    if phase.start and phase.end:
        return (Message(N_("{start} – {end}"), about),)
    if phase.start:
        return (Message(N_("from {start}"), about),)
    return (Message(N_("until {end}"), about),) if phase.end else ()


def _between(step: Step) -> tuple[Message, ...]:
    """The gap or the overlap that the source leaves, which nobody corrects."""
    days = step.days_between
    if not days:
        return ()
    one, gap = (
        N_("{days} day between the phase before and this one"),
        N_("{days} days between the phase before and this one"),
    )
    shared, both = N_("{days} day in both phases"), N_("{days} days in both phases")
    said = (one if days == 1 else gap) if days > 0 else (shared if days == -1 else both)
    return (Message(said, {"days": abs(days)}),)


def _activity(activity: Activity) -> Message:
    about: dict[str, object] = {"activity": activity.type, "note": activity.note}
    if not activity.channels:
        return Message(N_("{activity}: {note}") if activity.note else activity.type.label, about)
    about["channels"] = activity.channels
    # A note is told apart: among the channels it would read as one of them.
    both, alone = N_("{activity}: {channels} ({note})"), N_("{activity}: {channels}")
    return Message(both if activity.note else alone, about)


def _beside(step: Step) -> tuple[Message, ...]:
    """The same in a few words, for a picture."""
    days = step.days_between
    if not days:
        return ()
    one, gap = N_("{days} day between"), N_("{days} days between")
    shared, both = N_("{days} day in common"), N_("{days} days in common")
    said = (one if days == 1 else gap) if days > 0 else (shared if days == -1 else both)
    return (Message(said, {"days": abs(days)}),)


def _told(phase: Phase) -> str | None:
    outputs = "\n".join(f"- {each}" for each in phase.outputs)
    return "\n\n".join(each for each in (phase.summary, outputs) if each) or None


def _candidates(consultation: Consultation, graph: Graph) -> SectionView | None:
    rows = tuple(
        RowView(
            (
                CellView((each.name,), graph.place(consultation, "candidates", index)),
                CellView((each.state,)),
                CellView(() if each.proposals is None else (each.proposals,)),
                CellView((each.reason,) if each.reason else ()),
            ),
            is_example=consultation.example,
        )
        for index, each in enumerate(consultation.candidates)
    )
    table = TableView(
        Message(N_("What may be chosen, how far it came and why")),
        labels(Candidate, "name", "state", "proposals", "reason"),
        rows,
    )
    return section("candidates", Message(N_("Candidates")), table) if rows else None


KIND = Kind(
    model=Consultation,
    singular=N_("consultation"),
    plural=N_("consultations"),
    intro=N_("What is chosen with those who will use it: phase by phase, and why."),
    view=view,
    columns=(
        Column.of(Consultation, "title", is_title=True),
        Column.of(Consultation, "organiser"),
        Column.of(Consultation, "phases", lambda each, graph: len(each.phases)),
        Column.of(Consultation, "decision"),
    ),
    checks=CHECKS,
    more_pages=other_pages,
    is_table=True,
    has_dossier=True,
    figures=ranks,
)

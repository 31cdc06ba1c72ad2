"""The page of a project: identity, governance, deployment, evidence, offers and neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from club.insight.aims import aims_table
from club.insight.claims import disputed
from club.insight.presence import card, gone
from club.insight.representation import speakers
from club.insight.schools_told import open_fact, project_differences, rollout_section
from club.insight.told import to_come_section
from club.insight.usage import usage_url
from club.insight.usage_told import first_picture
from club.model.claims import used
from club.model.fields import Claim, Qualifier
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import (
    Alert,
    CardView,
    ClaimView,
    EditLink,
    Fact,
    Link,
    PageView,
    Progress,
    SectionView,
    Unknown,
)
from club.model.viewing import (
    claim,
    fact,
    facts,
    label_of,
    link,
    links,
    page,
    referred,
    section,
    sections,
    shown,
)
from club.records.difficulty.model import Difficulty
from club.records.offer.model import Offer
from club.records.practice.model import Practice
from club.records.project.contacts import carriers, mailbox, reachable
from club.records.project.desk import awaits
from club.records.project.model import CarrierRole, Project
from club.records.project.progress import progress
from club.records.project.tables import governance, offers, positions, support
from club.records.representative.model import Representative
from club.records.request.model import Request
from club.records.rollout.model import Rollout
from club.records.target.model import Target

FIGURES = ("schools_equipped", "schools_target", "users", "connections")
ALWAYS = FIGURES[:2]
LONG = 3
"""More dates than these are folded."""


def view(project: Project, graph: Graph) -> PageView:
    """A project, as the other projects want to read it."""
    return page(
        graph,
        project,
        badges=(
            *shown(graph, project, "state"),
            *referred(graph, project.platform),
            *gone(project),
            *awaits(project, graph),
        ),
        lead=project.summary,
        alerts=(*_contradictions(project), *project_differences(project, graph)),
        key=_key_figures(project, graph),
        facts=facts(
            fact(graph, project, "platform"),
            fact(graph, project, "on_platform"),
            fact(graph, project, "platform_version", unknown=project.platform is not None),
            Fact(
                Message(N_("owners")),
                links(carriers(project, graph, CarrierRole.OWNER)),
                graph.place(project, "carriers"),
                project.reason("carriers"),
            ),
            fact(graph, project, "academies"),
            fact(graph, project, "territory"),
            fact(graph, project, "school_types"),
            fact(graph, project, "school_sectors"),
            fact(graph, project, "planned_sectors", *(s.sector for s in project.planned_sectors)),
            fact(graph, project, "state"),
            fact(graph, project, "started"),
            fact(graph, project, "completion"),
            fact(graph, project, "specifics"),
            fact(graph, project, "successor"),
            *((fact(graph, project, "strict_ranks"),) if project.strict_ranks else ()),
        ),
        sections=sections(
            _figures(project, graph),
            rollout_section(project, graph),
            _usage(project, graph),
            _contact(project, graph),
            _speakers(project, graph),
            governance(project, graph),
            support(project, graph),
            _history(project, graph),
            _neighbours(project, graph),
            offers(project, graph),
            positions(project, graph),
            to_come_section(project, graph),
            _cards(project, graph),
            _difficulties(project, graph),
            section(
                "links",
                Message(N_("Elsewhere")),
                *(Link(each.title, each.url, is_external=True) for each in project.links),
                layout="list",
            ),
        ),
        listed=(Offer, Request, Practice, Difficulty, Rollout, Target, Representative),
    )


def _key_figures(project: Project, graph: Graph) -> tuple[Fact | Progress, ...]:
    """The latest of each figure; how many schools have it and are to, even if nobody knows."""
    latest = facts(
        *(
            _latest(fact(graph, project, name), getattr(project, name), name in ALWAYS)
            for name in FIGURES
        )
    )
    counted = open_fact(project, graph)
    done = progress(project, graph)
    return (*latest, *((counted,) if counted else ()), *((done,) if done else ()))


def _latest(shown: Fact, stated: tuple[Claim[Any], ...], is_asked: bool) -> Fact:
    """*shown* with the latest of its values alone, in short: the rest is told with the others."""
    latest = used(stated)
    if latest is None:
        return replace(shown, values=(Unknown(),) if is_asked else ())
    value = shown.values[stated.index(latest)]
    assert isinstance(value, ClaimView)
    qualifier = value.qualifier if value.qualifier is not Qualifier.TARGET else Qualifier.EXACT
    return replace(shown, values=(replace(value, note=None, qualifier=qualifier),))


def _contradictions(project: Project) -> Iterator[Alert]:
    """One line for all the figures on which the sources disagree."""
    fields = [name for name in FIGURES if disputed(getattr(project, name))]
    if fields:
        said = tuple(Message(label_of(Project, name)) for name in fields)
        yield Alert(
            Message(N_("Sources disagree")),
            Message(N_("{labels}: all that they say is shown."), {"labels": said}),
            links=(Link(Message(N_("See the figures")), "#figures"),),
        )


def _contact(project: Project, graph: Graph) -> SectionView | None:
    """Whom to write to: the shared mailboxes of the carriers, or how to add the first."""
    known = reachable(project, graph)
    first = carriers(project, graph, CarrierRole.OWNER) or carriers(project, graph)
    missing = () if known else first[:1]
    return section(
        "contact",
        Message(N_("Whom to write to")),
        Message(N_("No shared mailbox is known yet for this project.")) if missing else None,
        *(CardView(link(each), (mailbox(each),)) for each in known),
        *(
            EditLink(Message(N_("Add that of {name}"), {"name": link(each)}), graph.place(each))
            for each in missing
        ),
        layout="cards",
    )


def _speakers(project: Project, graph: Graph) -> SectionView | None:
    """Who speaks for it, by role; a name only for whom may read it."""
    whole = Message(N_("for its organisation"))
    return section(
        "representatives",
        Message(N_("Who speaks for it")),
        *(
            CardView(
                link(each),
                (
                    *((each.person,) if each.person else ()),
                    *referred(graph, each.organisation),
                    *(() if each.projects else (whole,)),
                ),
                place=graph.place(each),
                is_example=each.example,
            )
            for each in speakers(project, graph)
        ),
        layout="cards",
    )


def _figures(project: Project, graph: Graph) -> SectionView | None:
    known = [fact(graph, project, name) for name in FIGURES]
    other = [
        Fact(
            figure.label,
            tuple(
                claim(
                    graph,
                    each,
                    graph.place(project, "figures", index, "values", number),
                    figure.unit or "",
                )
                for number, each in enumerate(figure.values)
            ),
            graph.place(project, "figures", index),
        )
        for index, figure in enumerate(project.figures)
    ]
    shown = (*facts(*known), *other)
    count = sum(len(each.values) for each in shown)
    return section(
        "figures",
        Message(N_("Figures")),
        shown,
        fold=Message(N_("Values: {count}, each with its source and its date"), {"count": count}),
    )


def _usage(project: Project, graph: Graph) -> SectionView | None:
    """What it aims at and what was measured of it, each a page away."""
    measure = first_picture(project, graph)
    way = Link(Message(N_("Usage of {project}"), {"project": project.name}), usage_url(project))
    return section(
        "usage",
        Message(N_("Usage and targets")),
        aims_table(project, graph),
        *measure,
        way if measure else None,
    )


def _history(project: Project, graph: Graph) -> SectionView | None:
    dated = sorted(enumerate(project.history), key=lambda pair: pair[1].date.value.sort_key)
    shown = section(
        "history",
        Message(N_("History")),
        *(
            CardView(
                milestone.what,
                (claim(graph, milestone.date, graph.place(project, "history", index, "date")),),
                place=graph.place(project, "history", index),
            )
            for index, milestone in dated
        ),
        layout="steps",
    )
    if shown is None or len(dated) <= LONG:
        return shown
    first, last = dated[0][1].date.value, dated[-1][1].date.value
    said = {"count": len(dated), "first": first, "last": last}
    return replace(shown, fold=Message(N_("Dates: {count}, from {first} to {last}"), said))


def _neighbours(project: Project, graph: Graph) -> SectionView | None:
    platform = graph.get(project.platform)
    if platform is None:
        return None
    others = [each for each in graph.pointing(platform, Project, "platform") if each is not project]
    return section(
        "neighbours",
        Message(N_("The other projects on {platform}"), {"platform": link(platform)}),
        *(card(each, graph) for each in others),
        layout="cards",
    )


def _cards(project: Project, graph: Graph) -> SectionView | None:
    shared = graph.pointing(project, Practice, "project")
    reused = [each for each in graph.pointing(project, Practice, "reused_by") if each not in shared]
    return section(
        "practices",
        Message(N_("Practices")),
        *(CardView(link(each), (each.maturity,)) for each in shared),
        *(CardView(link(each), (each.maturity, Message(N_("taken up")))) for each in reused),
        layout="cards",
    )


def _difficulties(project: Project, graph: Graph) -> SectionView | None:
    met = graph.pointing(project, Difficulty)
    return section(
        "difficulties",
        Message(N_("Difficulties")),
        *(CardView(link(each), (each.state, *links(_solver(each, graph)))) for each in met),
        layout="cards",
    )


def _solver(difficulty: Difficulty, graph: Graph) -> tuple[Project, ...]:
    solver = graph.get(difficulty.solved_by)
    return (solver,) if solver else ()

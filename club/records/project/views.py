"""The page of a project: identity, governance, deployment, evidence, offers and neighbours."""

from __future__ import annotations

from collections.abc import Iterator

from club.insight.claims import disputed
from club.model.claims import used
from club.model.dates import PartialDate, is_past
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import (
    Alert,
    CardView,
    Fact,
    Link,
    PageView,
    Progress,
    SectionView,
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
from club.records.project.model import CarrierRole, Project
from club.records.project.tables import governance, offers, positions, support
from club.records.request.model import Request

FIGURES = ("schools_equipped", "schools_target", "users", "connections")


def view(project: Project, graph: Graph) -> PageView:
    """A project, as the other projects want to read it."""
    return page(
        graph,
        project,
        badges=(*shown(graph, project, "state"), *referred(graph, project.platform)),
        lead=project.summary,
        alerts=tuple(_contradictions(project)),
        facts=facts(
            fact(graph, project, "platform"),
            fact(graph, project, "on_platform"),
            fact(graph, project, "platform_version", unknown=project.platform is not None),
            Fact(
                Message(N_("owners")),
                tuple(_owners(project, graph)),
                graph.place(project, "carriers"),
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
        ),
        sections=sections(
            _figures(project, graph),
            governance(project, graph),
            support(project, graph),
            _history(project, graph),
            _neighbours(project, graph),
            offers(project, graph),
            positions(project, graph),
            _cards(project, graph),
            _difficulties(project, graph),
            section(
                "links",
                Message(N_("Elsewhere")),
                *(Link(each.title, each.url, is_external=True) for each in project.links),
                layout="list",
            ),
        ),
        listed=(Offer, Request, Practice, Difficulty),
    )


def _contradictions(project: Project) -> Iterator[Alert]:
    for field in FIGURES:
        if disputed(getattr(project, field)):
            label = Message(label_of(Project, field))
            yield Alert(
                Message(N_("Sources disagree")),
                Message(
                    N_("Several values are stated for “{label}”: all are shown."), {"label": label}
                ),
                links=(Link(Message(N_("See the figures")), "#figures"),),
            )


def _owners(project: Project, graph: Graph) -> Iterator[Link]:
    owners = [each for each in project.carriers if each.role is CarrierRole.OWNER]
    for carrier in owners:
        yield from referred(graph, carrier.organisation)


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
    return section(
        "figures", Message(N_("Figures")), _progress(project, graph), facts(*known), tuple(other)
    )


def _progress(project: Project, graph: Graph) -> Progress | None:
    target = used(project.schools_target)
    completion = used(project.completion)
    if target is None:
        return None
    equipped = used(project.schools_equipped, target.as_of)
    if equipped is None:
        return None
    return Progress(
        equipped.value,
        target.value,
        Message(label_of(Project, "schools_equipped")),
        _goal(completion.value if completion else None, graph),
    )


def _goal(when: PartialDate | None, graph: Graph) -> Message:
    """What the bar leads to: a target, by a date that may be past."""
    if when is None:
        return Message(N_("target"))
    said = N_("target then: {date}") if is_past(when, graph.today) else N_("target: {date}")
    return Message(said, {"date": when})


def _history(project: Project, graph: Graph) -> SectionView | None:
    dated = sorted(enumerate(project.history), key=lambda pair: pair[1].date.value.sort_key)
    return section(
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


def _neighbours(project: Project, graph: Graph) -> SectionView | None:
    platform = graph.get(project.platform)
    if platform is None:
        return None
    others = [each for each in graph.pointing(platform, Project, "platform") if each is not project]
    return section(
        "neighbours",
        Message(N_("The other projects on {platform}"), {"platform": platform.name}),
        *(CardView(link(each), shown(graph, each, "state")) for each in others),
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

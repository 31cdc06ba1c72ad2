"""The page of a project: identity, governance, deployment, evidence, offers and neighbours."""

from __future__ import annotations

from collections.abc import Iterator

from club.insight.claims import disputed, used
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import (
    Alert,
    CardView,
    CellView,
    Fact,
    Link,
    PageView,
    Progress,
    RowView,
    SectionView,
    TableView,
)
from club.model.viewing import (
    claim,
    claims,
    fact,
    facts,
    link,
    links,
    page,
    prose,
    referred,
    section,
    sections,
)
from club.records.difficulty.model import Difficulty
from club.records.offer.model import Offer
from club.records.practice.model import Practice
from club.records.project.model import CarrierRole, Project
from club.records.request.model import Request

FIGURES = ("schools_equipped", "schools_target", "users", "connections")


def view(project: Project, graph: Graph) -> PageView:
    """A project, as the other projects want to read it."""
    return page(
        graph,
        project,
        badges=(project.state, *referred(graph, project.platform)),
        lead=project.summary,
        alerts=tuple(_contradictions(project)),
        facts=facts(
            fact(graph, project, "platform"),
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
            Fact(
                Message(N_("planned sectors")),
                tuple(each.sector for each in project.planned_sectors),
                graph.place(project, "planned_sectors"),
            ),
            fact(graph, project, "state"),
            fact(graph, project, "started"),
            fact(graph, project, "completion"),
            fact(graph, project, "specifics"),
            fact(graph, project, "successor"),
        ),
        sections=sections(
            _figures(project, graph),
            _governance(project, graph),
            _support(project, graph),
            _history(project, graph),
            _neighbours(project, graph),
            _offers(project, graph),
            _positions(project, graph),
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
            label = Message(Project.model_fields[field].title or field)
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
        "figures", Message(N_("Figures")), _progress(project), facts(*known), tuple(other)
    )


def _progress(project: Project) -> Progress | None:
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
        Message(N_("schools equipped")),
        Message(N_("target: {date}"), {"date": completion.value})
        if completion
        else Message(N_("target")),
    )


def _governance(project: Project, graph: Graph) -> SectionView | None:
    rows = tuple(
        RowView(
            (
                CellView(referred(graph, carrier.organisation)),
                CellView((graph[carrier.organisation].type,)),
                CellView((carrier.role,), graph.place(project, "carriers", index)),
                CellView((carrier.note,) if carrier.note else ()),
            )
        )
        for index, carrier in enumerate(project.carriers)
    )
    table = TableView(
        Message(N_("The organisations that carry the project: {count}"), {"count": len(rows)}),
        (N_("organisation"), N_("type"), N_("role"), N_("note")),
        rows,
    )
    return section(
        "governance",
        Message(N_("Governance")),
        table if rows else None,
        facts(fact(graph, project, "partners_expected")),
        prose_body(project, graph),
        place=graph.place(project, "carriers"),
    )


def prose_body(project: Project, graph: Graph) -> object:
    """The governance text, without a heading of its own."""
    found = prose(graph, project, "governance")
    return found.body[0] if found else None


def _support(project: Project, graph: Graph) -> SectionView | None:
    rows = tuple(
        RowView(
            (
                CellView((level.level,)),
                CellView((level.who,), graph.place(project, "support_levels", index)),
                CellView(
                    tuple(
                        claim(
                            graph, each, graph.place(project, "support_levels", index, "count", i)
                        )
                        for i, each in enumerate(level.count)
                    )
                ),
                CellView(
                    tuple(
                        claim(
                            graph, each, graph.place(project, "support_levels", index, "covers", i)
                        )
                        for i, each in enumerate(level.covers)
                    )
                ),
                CellView((level.note,) if level.note else ()),
            )
        )
        for index, level in enumerate(project.support_levels)
    )
    table = TableView(
        Message(N_("Support scheme: {count} levels"), {"count": len(rows)}),
        (N_("level"), N_("who"), N_("count"), N_("schools covered by each"), N_("note")),
        rows,
    )
    return section("support", Message(N_("Support")), table) if rows else None


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
        *(CardView(link(each), (each.state,)) for each in others),
        layout="cards",
    )


def _offers(project: Project, graph: Graph) -> SectionView | None:
    offers = graph.pointing(project, Offer, "project")
    rows = tuple(
        RowView(
            (
                CellView(referred(graph, offer.service)),
                CellView((offer.state,), graph.place(offer, "state")),
                CellView((offer.integration,) if offer.integration else ()),
                CellView(referred(graph, offer.source) or ((offer.since,) if offer.since else ())),
            ),
            is_example=offer.example,
        )
        for offer in sorted(offers, key=lambda each: graph[each.service].label.casefold())
    )
    table = TableView(
        Message(N_("What the project offers")),
        (N_("service"), N_("state"), N_("integration"), N_("since")),
        rows,
    )
    return section("offers", Message(N_("Services offered")), table) if rows else None


def _positions(project: Project, graph: Graph) -> SectionView | None:
    rows = []
    for request in graph.pointing(project, Request):
        for index, position in enumerate(request.positions):
            if graph.get(position.project) is project:
                cells = (
                    CellView((link(request),)),
                    CellView((position.stance,), graph.place(request, "positions", index)),
                    CellView((position.rank,) if position.rank else ()),
                    CellView((position.reason,) if position.reason else ()),
                    CellView((request.state,)),
                )
                rows.append(RowView(cells, is_example=request.example))
    table = TableView(
        Message(N_("The project's positions on the requests")),
        (N_("request"), N_("stance"), N_("rank"), N_("reason"), N_("state")),
        tuple(rows),
    )
    return section("requests", Message(N_("Requests and positions")), table) if rows else None


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


def equipped(project: Project, graph: Graph) -> tuple[object, ...]:
    """What the projects' table says of the schools equipped."""
    return claims(graph, project, "schools_equipped")[:1]

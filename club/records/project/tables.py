"""What a project's page shows as tables: carriers, support, offers, positions."""

from __future__ import annotations

from collections.abc import Sequence

from club.insight.families import family_head, family_order
from club.insight.positions import to_give, voters
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import CellView, Link, RowView, SectionView, TableView
from club.model.viewing import (
    cited,
    claim,
    counted,
    fact,
    facts,
    label_of,
    labels,
    link,
    prose,
    referred,
    section,
    shown,
    text,
)
from club.records.offer.model import Offer
from club.records.organisation.model import Organisation
from club.records.project.model import Carrier, Project, SupportLevel
from club.records.project.places import positions_url
from club.records.request.model import Position, Request
from club.records.service.model import Service


def governance(project: Project, graph: Graph) -> SectionView | None:
    """The organisations that carry the project, by name and role."""
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
    carriers = counted(graph[each.organisation] for each in project.carriers)
    table = TableView(
        Message(N_("The organisations that carry the project: {count}"), {"count": carriers}),
        (
            label_of(Carrier, "organisation"),
            label_of(Organisation, "type"),
            *labels(Carrier, "role", "note"),
        ),
        rows,
    )
    return section(
        "governance",
        Message(N_("Governance")),
        table if rows else None,
        facts(fact(graph, project, "partners_expected")),
        _prose_body(project, graph),
        place=graph.place(project, "carriers"),
    )


def _prose_body(project: Project, graph: Graph) -> object:
    """The governance text, without a heading of its own."""
    found = prose(graph, project, "governance")
    return found.body[0] if found else None


def support(project: Project, graph: Graph) -> SectionView | None:
    """The levels of user support, nearest first."""
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
        labels(SupportLevel, "level", "who", "count", "covers", "note"),
        rows,
    )
    return section("support", Message(N_("Support")), table) if rows else None


def offers(project: Project, graph: Graph) -> SectionView | None:
    """What the project offers, service by service, under the first family of each."""
    found = [(offer, graph[offer.service]) for offer in graph.pointing(project, Offer, "project")]
    ordered = sorted(found, key=lambda pair: family_order(pair[1], graph))
    shared = _shared_note([offer for offer, _ in ordered])
    rows = tuple(_offered(offer, service, shared, graph) for offer, service in ordered)
    table = TableView(
        Message(N_("What the project offers")),
        labels(Offer, "service", "state", "integration", "since", "source"),
        rows,
    )
    if not rows:
        return None
    fold = Message(
        N_("Services: {count}, by family"), {"count": counted(offer for offer, _ in found)}
    )
    body = (text(graph, shared), table) if shared else (table,)
    return SectionView("offers", Message(N_("Services offered")), body, fold=fold)


def _shared_note(offers: Sequence[Offer]) -> str | None:
    """The note that every one of several *offers* has: it is said once, above them."""
    notes = {each.note for each in offers}
    return next(iter(notes)) if len(notes) == 1 and len(offers) > 1 else None


def _offered(offer: Offer, service: Service, shared: str | None, graph: Graph) -> RowView:
    evidence = cited(graph, offer.source) or link(offer, title=Message(N_("details")))
    note = text(graph, offer.note) if offer.note != shared else None
    return RowView(
        (
            CellView((link(service),)),
            CellView(shown(graph, offer, "state"), graph.place(offer, "state")),
            CellView((offer.integration,) if offer.integration else ()),
            CellView((offer.since,) if offer.since else ()),
            CellView((evidence, note) if note else (evidence,)),
        ),
        is_example=offer.example,
        group=family_head(service, graph),
    )


def positions(project: Project, graph: Graph) -> SectionView | None:
    """The project's positions on the requests, with their reasons."""
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
        (N_("request"), *labels(Position, "stance", "rank", "reason"), label_of(Request, "state")),
        tuple(rows),
    )
    count = counted(to_give(project, graph) if project in voters(graph) else ())
    said = Message(N_("Positions to give: {count}"), {"count": count})
    missing = Link(said, positions_url(project)) if count else None
    title = Message(N_("Requests and positions"))
    return section("requests", title, missing, table if rows else None)

"""The page of a platform: its projects, and its total reconciled."""

from __future__ import annotations

from collections.abc import Iterator

from club.insight.presence import presence
from club.insight.totals import Reconciliation, Term, reconcile
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import (
    CardView,
    CellView,
    PageView,
    RowView,
    SectionView,
    TableView,
    Unknown,
)
from club.model.viewing import (
    claim,
    fact,
    facts,
    label_of,
    link,
    page,
    section,
    sections,
    shown,
    text,
)
from club.records.platform.model import Platform
from club.records.platform.presence import counted, since
from club.records.project.model import Project


def view(platform: Platform, graph: Graph) -> PageView:
    """A platform: its vendor, the projects that run on it, how many schools it equips."""
    found = presence(platform, graph)
    return page(
        graph,
        platform,
        lead=platform.summary,
        facts=facts(
            fact(graph, platform, "vendor"),
            fact(graph, platform, "schools_equipped"),
        ),
        sections=sections(
            section(
                "projects",
                counted(link(platform), found),
                *since(found),
                *(CardView(link(each), shown(graph, each, "state")) for each in found.projects),
                layout="cards",
            ),
            *_reconciliations(platform, graph),
            section(
                "versions",
                Message(N_("Versions")),
                *(
                    CardView(
                        version.id,
                        (version.released,),
                        text(graph, version.notes),
                        place=graph.place(platform, "versions", index),
                    )
                    for index, version in enumerate(platform.versions)
                ),
                layout="cards",
            ),
        ),
        listed=(Project,),
    )


def _reconciliations(platform: Platform, graph: Graph) -> Iterator[SectionView | None]:
    for index, found in enumerate(reconcile(platform, graph)):
        place = graph.place(platform, "schools_equipped", index)
        yield section(
            "total" if index == 0 else f"total-{index + 1}",
            Message(N_("How many schools?")),
            Message(
                N_("{computed} schools computed, {claimed} claimed: {gap} apart."),
                {
                    "computed": found.computed,
                    "claimed": claim(graph, found.claimed, place),
                    "gap": abs(found.gap),
                },
            ),
            _table(found, graph),
            *_reasons(found),
            place=place,
        )


def _table(found: Reconciliation, graph: Graph) -> TableView:
    rows = [_row(term, graph) for term in found.terms]
    total = RowView(
        (CellView((Message(N_("Total")),)), CellView((found.computed,)), CellView(()), CellView(()))
    )
    return TableView(
        Message(N_("The values used, project by project")),
        (N_("project"), N_("value used"), N_("what it counts"), N_("left aside")),
        (*rows, total),
    )


def _row(term: Term, graph: Graph) -> RowView:
    place = graph.place(term.project, term.field, term.index)
    kind = Message(label_of(Project, term.field))
    return RowView(
        (
            CellView((link(term.project),)),
            CellView((claim(graph, term.claim, place),) if term.claim else (Unknown(),), place),
            CellView((kind,) if term.claim else ()),
            CellView(tuple(claim(graph, other, place) for other in term.others)),
        )
    )


def _reasons(found: Reconciliation) -> Iterator[Message]:
    targets = [term.project.name for term in found.terms if term.is_target]
    if targets:
        yield Message(
            N_(
                "The computed sum holds targets, schools still to be equipped then: {names}."
                " Without them, {equipped} schools are stated as equipped."
            ),
            {"names": tuple(targets), "equipped": found.equipped_only},
        )
    if found.claimed.qualifier != "exact":
        yield Message(
            N_("The claimed figure is rounded by its source: “{qualifier}”."),
            {"qualifier": found.claimed.qualifier},
        )
    for term in found.terms:
        for other in term.others:
            if term.claim and other.value != term.claim.value:
                yield Message(
                    N_("With {other} for {name} instead of {used}, the sum would be {total}."),
                    {
                        "other": other.value,
                        "name": term.project.name,
                        "used": term.claim.value,
                        "total": found.computed - term.claim.value + other.value,
                    },
                )

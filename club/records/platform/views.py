"""The page of a platform: its projects, and its total reconciled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from club.insight.delivery import delivered, delivery_of
from club.insight.presence import Presence, card, counted, presence, since
from club.insight.told import coming_link, usable
from club.insight.totals import EQUIPPED, TARGET, Reconciliation, Term, Used, reconcile
from club.insight.vendor import coming
from club.model.fields import Claim
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import (
    CardView,
    CellView,
    ClaimView,
    PageView,
    RowView,
    SectionView,
    TableView,
    Unknown,
)
from club.model.viewing import (
    cited,
    claim,
    fact,
    facts,
    label_of,
    link,
    links,
    page,
    section,
    sections,
    text,
)
from club.records.platform.model import Platform
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
                *(card(each, graph) for each in found.every),
                layout="cards",
            ),
            *_reconciliations(platform, graph),
            section(
                "versions",
                Message(N_("Versions")),
                *(
                    CardView(
                        version.id,
                        (version.released, *_brought(version.id, found, graph)),
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


def _brought(version: str, found: Presence, graph: Graph) -> tuple[object, ...]:
    """The requests that *version* brought, each with where it can be used; what it is to bring."""
    brought = tuple(
        value
        for each in delivered(graph)
        if each.delivered_in == version
        for value in (link(each), usable(delivery_of(each, graph), found.every))
    )
    promised = (each for each in coming(graph) if each.is_promised and each.version == version)
    return (*brought, *map(coming_link, promised))


def _reconciliations(platform: Platform, graph: Graph) -> Iterator[SectionView | None]:
    every = reconcile(platform, graph)
    told = _told_apart([each.claimed for each in every], graph)
    for index, (found, which) in enumerate(zip(every, told, strict=True)):
        place = graph.place(platform, "schools_equipped", index)
        yield section(
            "total" if index == 0 else f"total-{index + 1}",
            Message(N_("How many schools? ({which})"), {"which": which})
            if which
            else Message(N_("How many schools?")),
            Message(
                N_("{equipped} schools equipped, project by project; {claimed} claimed."),
                {"equipped": found.equipped, "claimed": claim(graph, found.claimed, place)},
            ),
            _table(found, which, graph),
            *_reasons(found),
            place=place,
        )


def _told_apart(claims: Sequence[Claim[int]], graph: Graph) -> list[object]:
    """What tells each of several claims from the others: its date, or else more and more of it.

    Of one that stands alone, nothing; where all is the same, its rank.
    """
    if len(claims) < 2:
        return [None for _ in claims]
    said = [(each.as_of, _source(each, graph), each.scope) for each in claims]
    for most in range(1, 4):
        found = [tuple(each for each in parts[:most] if each) for parts in said]
        if all(found) and len({str(each) for each in found}) == len(claims):
            return [_all(each) for each in found]
    return [*range(1, len(claims) + 1)]


def _all(parts: tuple[object, ...]) -> object:
    *before, last = parts
    both = {"one": _all(tuple(before)), "other": last} if before else {}
    return Message(N_("{one}, {other}"), both) if before else last


def _source(claim: Claim[int], graph: Graph) -> str | Message | None:
    """What the source of *claim* is called: a heading holds no link."""
    found = cited(graph, claim.source)
    return found.title if found else None


def _table(found: Reconciliation, which: object, graph: Graph) -> TableView:
    label, empty = CellView((Message(N_("Total")),)), CellView(())
    total = RowView((label, CellView((found.equipped,)), empty, empty))
    return TableView(
        Message(N_("The values used, project by project ({which})"), {"which": which})
        if which
        else Message(N_("The values used, project by project")),
        (
            N_("project"),
            label_of(Project, EQUIPPED),
            label_of(Project, TARGET),
            N_("left aside"),
        ),
        (
            *(_row(term, graph) for term in found.terms),
            total,
            *(_row(term, graph) for term in found.examples),
        ),
    )


def _row(term: Term, graph: Graph) -> RowView:
    taken = [each for each in (term.equipped, term.target) if each]
    return RowView(
        (
            CellView((link(term.project),)),
            CellView((_claim(term, term.equipped, graph),) if term.equipped else (Unknown(),)),
            CellView((_claim(term, term.target, graph),) if term.target else ()),
            CellView(
                tuple(
                    claim(graph, other, graph.place(term.project, each.field, index))
                    for each in taken
                    for index, other in each.others
                )
            ),
        )
    )


def _claim(term: Term, taken: Used, graph: Graph) -> ClaimView:
    return claim(graph, taken.claim, graph.place(term.project, taken.field, taken.index))


def _reasons(found: Reconciliation) -> Iterator[Message]:
    unknown = links(term.project for term in found.terms if not term.equipped)
    if unknown:
        yield Message(
            N_("How many schools are equipped is unknown for {names}: the total leaves them out."),
            {"names": unknown},
        )
    targets = links(term.project for term in found.terms if term.target)
    if targets:
        yield Message(
            N_(
                "A target is not a school equipped. With those of {names}, the projects announce"
                " {announced} schools."
            ),
            {"names": targets, "announced": found.announced},
        )
        yield from _short_of(found)
    if found.claimed.qualifier != "exact":
        yield Message(
            N_("The claimed figure is rounded by its source: “{qualifier}”."),
            {"qualifier": found.claimed.qualifier},
        )
    for term in found.terms:
        yield from _otherwise(term, found) if term.equipped else ()


def _short_of(found: Reconciliation) -> Iterator[Message]:
    """How far what the projects announce is from what is claimed, whichever is larger."""
    gap = found.claimed.value - found.announced
    if gap:
        said = N_("That is {count} fewer than claimed.") if gap > 0 else MORE_THAN_CLAIMED
        yield Message(said, {"count": abs(gap)})


MORE_THAN_CLAIMED = N_("That is {count} more than claimed.")


def _otherwise(term: Term, found: Reconciliation) -> Iterator[Message]:
    """What the total would be with a value that was left aside."""
    assert term.equipped
    for _, other in term.equipped.others:
        if other.value != term.equipped.value:
            yield Message(
                N_("With {other} for {name} instead of {used}, the sum would be {total}."),
                {
                    "other": other.value,
                    "name": term.project.name,
                    "used": term.equipped.value,
                    "total": found.equipped - term.equipped.value + other.value,
                },
            )

"""The book of convergence: what the projects all want, what divides them, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from club.insight.convergence import FIRST, Agreement, Book, Case, book, offers_alike
from club.insight.positions import POSITIONS_URL
from club.insight.presence import gone
from club.insight.similarity import Likeness
from club.insight.told import ONLY_EXAMPLES, explained, rank, reason
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import (
    Alert,
    CellView,
    Fact,
    Link,
    More,
    PageView,
    RowView,
    SectionView,
    TableView,
    Tie,
    Ties,
    Unknown,
)
from club.model.viewing import counted, link, links, section, sections
from club.records.project.model import Project
from club.records.request.model import Request

URL = "convergence/"
TITLE = N_("Convergence")
GONE = N_("left the platform since, on a date that nobody wrote down")
SHOWN = 100
"""How many rows of a long table the page shows: the spreadsheet has all."""
REASONS = 5
"""How many reasons a row shows before the others are folded."""
CROWDED = 8
"""Above so many projects, a picture of every pair is a knot: the table alone says it."""
NAME = 16
"""How much of a name tells it from others in a picture."""
CLOSE, FAR = 0.75, 0.5
"""From which share two projects are shown as close, and below which as far apart."""
INTRO = {
    Agreement.CORE: N_(
        "Two projects at least want them, and of those that they concern and that have spoken,"
        " none is neutral or against."
    ),
    Agreement.NEAR: N_(
        "Of those that they concern and that have spoken, all want them but one, whose reason is"
        " given."
    ),
    Agreement.DIVIDED: N_("Several want them, and several do not."),
    Agreement.ALONE: N_("One project wants them."),
    Agreement.UNWANTED: N_("None of those that have spoken wants them."),
    Agreement.SILENT: N_("No project has given its position."),
}
FORMULAS = (
    N_(
        "One project, one voice: the requests are in the order of the projects that want them less"
        " those that are against, then of those that find them essential. The schools are given"
        " beside, and weigh nothing: of each project those it aims at, or else those it equips."
    ),
    N_(
        "A position that is missing is never a neutral one. The rank is a range: the best is what"
        " it would be if all the projects yet to speak found the request essential and were"
        " against the others, the worst if it were the other way round."
    ),
    N_(
        "What a project puts first: the requests to which it gave a rank, in that order, then those"
        " it finds essential, those it wants, those that leave it neutral, those it is against."
    ),
    N_(
        "Copeland: on how many others more projects put the request before than after, less on how"
        " many after. Borda: for each project, how many requests it puts below, and a half for each"
        " it puts level. Only what a project has spoken of is compared."
    ),
    N_(
        "Kendall’s W = 12 S ÷ (n² (m³ − m) − n T): n projects, m requests on which all have taken a"
        " side, S the squared deviations of the sums of ranks from their mean, T the sum of t³ − t"
        " over the groups of t tied requests. 0: no agreement; 1: the same order."
    ),
    N_("What members alone may read is not counted on the public site."),
    N_(
        "A project whose record says that it was stopped, or that it migrated, has no voice and is"
        " not awaited. One that a source says has left the platform keeps its voice until its"
        " record says so too: it is named as such among the voices that are counted."
    ),
    N_(
        "Likeness of positions: among the requests on which two projects have taken a side, the"
        " share on which it is the same. There are three sides: to want it, whether it is wanted"
        " or essential; to be neutral; to be against. Not concerned is none of them."
    ),
    N_(
        "Likeness of services (Jaccard): those that both offer among those that either does, what"
        " is unknown of one of them left out; what is partial or being put in place counts as"
        " offered."
    ),
)


def convergence_page(graph: Graph) -> PageView:
    """What all the projects ask for, what divides them, and how each figure is come by."""
    found = book(graph)
    example = Alert(
        Message(N_("Example")),
        Message(ONLY_EXAMPLES),
    )
    return PageView(
        url=URL,
        collection=Request.collection,
        title=Message(TITLE),
        alerts=(example,) if found.is_example else (),
        is_wide=True,
        sections=sections(
            _summary(found),
            *(_agreement(each, found, graph) for each in Agreement),
            _covers(found),
            _orders(found),
            _likeness(
                "alike", N_("Who agrees with whom"), N_("positions"), found.projects, found.alike
            ),
            _likeness(
                "same-services",
                N_("Who offers the same services"),
                N_("services"),
                found.projects,
                offers_alike(graph),
            ),
            section("formulas", Message(N_("How it is worked out")), *map(Message, FORMULAS)),
        ),
    )


def _summary(found: Book) -> SectionView | None:
    given = sum(len(each.stated) for each in found.cases)
    every = len(found.cases) * len(found.projects)
    positions = Message(N_("{count} of {total}"), {"count": given, "total": every})
    facts = (
        Fact(Message(N_("open requests")), (len(found.cases),)),
        Fact(
            Message(N_("positions given")),
            (positions, Link(Message(N_("Positions by project")), POSITIONS_URL)),
        ),
        Fact(
            Message(N_("voices counted: {count}"), {"count": counted(found.projects)}),
            tuple(link(each, next(iter(gone(each, GONE)), "")) for each in found.projects),
        ),
        Fact(Message(N_("agreement on the order (Kendall’s W)")), (_concordance(found),)),
        *_winner(found),
    )
    return section("summary", Message(N_("In short")), tuple(e for e in facts if e.values))


def _concordance(found: Book) -> Message | Unknown:
    if found.concordance is None:
        return Unknown()
    return Message(
        N_("{value} over {count} requests on which all have taken a side"),
        {"value": Decimal(f"{found.concordance:.2f}"), "count": len(found.judged)},
    )


def _winner(found: Book) -> tuple[Fact, ...]:
    """The request that beats each other, if there is one."""
    winner = found.majorities.winner()
    label = Message(N_("put before each other one by more projects than after it"))
    return tuple(
        Fact(label, (link(each.request),)) for each in found.cases if each.request.id == winner
    )


def _circles(found: Book) -> tuple[Message, ...]:
    """The circles that majorities make, each of whose requests is put before another of them."""
    by_id = {each.request.id: each.request for each in found.cases}
    circles = (links(by_id[each] for each in cycle) for cycle in found.majorities.cycles())
    said = N_(
        "No order suits every majority: among {names}, each is put before another one by more"
        " projects than after it, in a circle."
    )
    return tuple(Message(said, {"names": each}) for each in circles)


def _covers(found: Book) -> SectionView | None:
    """The fewest requests that give each project so many of its first ones."""
    if not any(found.ballots.values()):
        return None
    table = TableView(
        Message(N_("The fewest requests that serve everyone")),
        (N_("what each project gets"), N_("how many"), N_("requests")),
        tuple(_cover(count, found) for count in FIRST),
    )
    said = Message(
        N_(
            "The fewest requests that give each project those it puts first. Where others would do"
            " in the same number, one set of them is given."
        )
    )
    return section("covers", Message(N_("Where to begin")), said, table)


def _cover(count: int, found: Book) -> RowView:
    cover = found.smallest(count)
    kept = [each.request for each in found.cases if each.request.id in cover.options]
    label = Message(
        N_("its first one") if count == 1 else N_("its first {count}"), {"count": count}
    )
    bound = Message(
        N_("a smaller set may do; none of fewer than {count} does"), {"count": cover.at_least}
    )
    names = links(kept) if len(kept) < len(found.cases) else (Message(N_("all of them")),)
    shown = names if cover.is_smallest else (*names, bound)
    return RowView((CellView((label,)), CellView((len(kept),)), CellView(shown)))


def _agreement(agreement: Agreement, found: Book, graph: Graph) -> SectionView | None:
    cases = [each for each in found.cases if each.agreement is agreement]
    if not cases:
        return None
    is_blocked = agreement in {Agreement.NEAR, Agreement.DIVIDED, Agreement.UNWANTED}
    told = (N_("request"), N_("rank"), N_("for"), N_("what keeps it from all"))
    columns = told if is_blocked else told[:3]
    # Rows that the page does not show are not worked out: the table of the orders has them all.
    rows = (_row(each, found, graph, is_blocked=is_blocked) for each in cases[:SHOWN])
    title = Message(
        N_("{things}: {count}"),
        {"things": agreement, "count": counted(each.request for each in cases)},
    )
    table = TableView(Message(agreement.label), columns, tuple(rows))
    every = Link(Message(N_("All of them, in the table of the orders")), "#orders")
    more = (every,) if len(cases) > SHOWN else ()
    return section(agreement.value, title, Message(INTRO[agreement]), table, *more)


def _row(case: Case, found: Book, graph: Graph, *, is_blocked: bool) -> RowView:
    cells = (
        CellView((link(case.request),)),
        CellView((rank(case, found),)),
        CellView((explained(case, found),), graph.place(case.request, "positions")),
    )
    blocking = CellView(_folded(tuple(reason(each) for each in case.blocking)))
    return RowView((*cells, blocking) if is_blocked else cells, is_example=case.request.example)


def _folded(reasons: tuple[Message, ...]) -> tuple[object, ...]:
    if len(reasons) <= REASONS + 1:
        return reasons
    rest = reasons[REASONS:]
    label = Message(N_("{count} others"), {"count": len(rest)})
    return (*reasons[:REASONS], More(label, rest))


def _orders(found: Book) -> SectionView | None:
    spoken = [each for each in found.cases if each.stated]
    if not spoken:
        return None
    rows = tuple(
        RowView(
            (
                CellView((link(each.request),)),
                CellView((each.agreement,)),
                CellView((rank(each, found),)),
                CellView((len(each.supports),)),
                CellView((len(each.against),)),
                CellView((found.copeland[each.request.id],)),
                CellView((Decimal(str(found.borda[each.request.id])),)),
            ),
            is_example=each.request.example,
        )
        for each in spoken
    )
    table = TableView(
        Message(N_("The orders of the requests")),
        (
            N_("request"),
            N_("agreement"),
            N_("rank"),
            N_("for"),
            N_("against"),
            N_("Copeland"),
            N_("Borda"),
        ),
        rows,
        sheet=URL.rstrip("/"),
        most=SHOWN,
    )
    return section("orders", Message(N_("The orders compared")), *_circles(found), table)


def _likeness(
    id: str,
    title: str,
    unit: str,
    projects: tuple[Project, ...],
    pairs: Mapping[tuple[str, str], Likeness],
) -> SectionView | None:
    if not any(each.of for each in pairs.values()):
        return None
    table = TableView(
        Message(title),
        (N_("project"), *links(projects)),
        tuple(
            RowView(
                (CellView((link(one),)), *(_alike(one, other, pairs) for other in projects)),
                is_example=one.example,
            )
            for one in projects
        ),
        is_matrix=True,
        is_terse=True,
    )
    picture = _picture(title, unit, projects, pairs) if _is_clear(projects) else None
    return section(id, Message(title), picture, table)


def _is_clear(projects: tuple[Project, ...]) -> bool:
    """Whether a picture has room for all the names, each told from the others."""
    names = {each.name[:NAME] for each in projects}
    return len(projects) <= CROWDED and len(names) == len(projects)


def _picture(
    title: str,
    unit: str,
    projects: tuple[Project, ...],
    pairs: Mapping[tuple[str, str], Likeness],
) -> Ties:
    """Lines between the projects that can be compared."""
    place = {each.id: index for index, each in enumerate(projects)}
    ties = tuple(
        Tie(place[one], place[other], found.share, _tone(found.share))
        for (one, other), found in pairs.items()
        if found.share is not None
    )
    said = N_(
        "The thicker the line, the more {things} they share: green from three quarters on, red and"
        " dotted under a half. Without a line, none is known."
    )
    caption = Message(said, {"things": Message(unit)})
    return Ties(Message(title), tuple(each.name for each in projects), ties, caption)


def _tone(share: float) -> str:
    return "good" if share >= CLOSE else "bad" if share < FAR else ""


def _alike(one: Project, other: Project, pairs: Mapping[tuple[str, str], Likeness]) -> CellView:
    found = pairs.get((one.id, other.id)) or pairs.get((other.id, one.id))
    if found is None:
        return CellView(("–",))
    if found.share is None:
        return CellView((Unknown(),), tone="quiet")
    about = {"count": found.alike, "total": found.of}
    return CellView((Message(N_("{count} of {total}"), about),), tone=_tone(found.share))

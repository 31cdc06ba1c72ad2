"""The page of a list: what changed, then each request as it was frozen."""

from __future__ import annotations

from club.insight.packages import Changes, Moved, Reworded, changes
from club.insight.positions import FOR
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import (
    CardView,
    CellView,
    Fact,
    Link,
    PageView,
    RowView,
    SectionView,
    TableView,
)
from club.model.viewing import (
    fact,
    facts,
    label_of,
    labels,
    link,
    page,
    referred,
    section,
    sections,
    text,
    url_of,
)
from club.records.package.model import FrozenPosition, FrozenRequest, Package
from club.records.project.model import Project
from club.records.request.model import Stance

DOSSIER = "dossier.pdf"
SHORT = 12
"""How much of the id of a commit people read."""


def view(package: Package, graph: Graph) -> PageView:
    """A list: its files, what changed since the one before, and each request as it was."""
    return page(
        graph,
        package,
        lead=package.note,
        facts=facts(
            fact(graph, package, "date"),
            fact(graph, package, "meeting"),
            fact(graph, package, "previous"),
            Fact(Message(N_("requests in the list")), (len(package.requests),)),
            fact(graph, package, "commit_id", package.commit_id[:SHORT]),
        ),
        sections=sections(
            section(
                "files",
                Message(N_("To print or to send")),
                Link(Message(N_("Dossier (PDF)")), f"{url_of(package)}{DOSSIER}"),
                Link(Message(N_("Data (JSON)")), f"data/{package.key}.json"),
                layout="grid",
            ),
            _changes(changes(package, graph), graph),
            _summary(package, graph),
            *(_request(each, index, package, graph) for index, each in enumerate(package.requests)),
            _whole(package, graph),
        ),
        listed=(Package,),
    )


def anchor(frozen: FrozenRequest) -> str:
    """Where a request stands on the page of its list."""
    return f"n{frozen.number}"


def _wanting(frozen: FrozenRequest) -> int:
    return sum(each.stance in FOR for each in frozen.positions)


def _against(frozen: FrozenRequest) -> int:
    return sum(each.stance is Stance.OPPOSED for each in frozen.positions)


def _changes(found: Changes | None, graph: Graph) -> SectionView | None:
    title = Message(N_("What changed since the list before"))
    if found is None:
        return None
    if not found:
        return section("changes", title, Message(N_("Nothing: the same requests, as they were.")))
    cards = (
        _changed(N_("New"), tuple(map(_named, found.new))),
        _changed(
            N_("No longer in the list"),
            tuple(_gone(each, graph) for each in found.withdrawn),
        ),
        _changed(N_("Reworded"), tuple(_reworded(e) for e in found.reworded if e.fields)),
        *(
            CardView(
                Message(N_("Positions that moved: {title}"), {"title": _named(each.frozen)}),
                tuple(map(_moved, each.moved)),
            )
            for each in found.reworded
            if each.moved
        ),
    )
    return section("changes", title, *cards, layout="cards")


def _changed(title: str, said: tuple[object, ...]) -> CardView | None:
    return CardView(Message(title), said) if said else None


def _named(frozen: FrozenRequest) -> Link:
    title = Message(N_("{number}. {title}"), {"number": frozen.number, "title": frozen.title})
    return Link(title, f"#{anchor(frozen)}")


def _gone(frozen: FrozenRequest, graph: Graph) -> Message:
    """A request that is no longer asked for, and what became of it since."""
    request = graph[frozen.request]
    about = {"title": link(request, title=frozen.title), "state": request.state}
    return Message(N_("{title} (today: {state})"), about)


def _reworded(each: Reworded) -> Message:
    names = tuple(Message(label_of(FrozenRequest, field)) for field in each.fields)
    return Message(N_("{title}: {fields}"), {"title": _named(each.frozen), "fields": names})


def _moved(moved: Moved) -> Message:
    about = {"project": link(moved.project), "old": _stance(moved.old), "new": _stance(moved.new)}
    return Message(N_("{project}: {old} → {new}"), about)


def _stance(position: FrozenPosition | None) -> Message:
    if position is None:
        return Message(N_("no position"))
    about = {"stance": position.stance, "rank": position.rank}
    said = N_("{stance}, rank {rank}") if position.rank else N_("{stance}")
    return Message(said, about)


def _summary(package: Package, graph: Graph) -> SectionView | None:
    rows = (
        RowView(
            (
                CellView((_named(each),)),
                CellView((each.service,) if each.service else ()),
                CellView(referred(graph, each.origin)),
                CellView((_wanting(each),)),
                CellView((_against(each),)),
            ),
            is_example=package.example,
        )
        for each in package.requests
    )
    table = TableView(
        Message(N_("The requests of the list")),
        (
            label_of(FrozenRequest, "request"),
            *labels(FrozenRequest, "service", "origin"),
            N_("for"),
            N_("against"),
        ),
        tuple(rows),
    )
    return section("summary", Message(N_("In short")), table)


def _request(
    frozen: FrozenRequest, index: int, package: Package, graph: Graph
) -> SectionView | None:
    about = {"number": frozen.number, "title": frozen.title}
    today = graph[frozen.request]
    said = facts(
        Fact(Message(label_of(FrozenRequest, "request")), (link(today),)),
        Fact(Message(label_of(FrozenRequest, "service")), _some(frozen.service)),
        Fact(Message(label_of(FrozenRequest, "origin")), referred(graph, frozen.origin)),
        Fact(Message(N_("state when it was frozen")), (frozen.state,)),
    )
    texts = (
        CardView(Message(label_of(FrozenRequest, name)), text=text(graph, getattr(frozen, name)))
        for name in ("need", "acceptance")
        if getattr(frozen, name)
    )
    return section(
        anchor(frozen),
        Message(N_("{number}. {title}"), about),
        said,
        *texts,
        _positions(frozen, package, graph),
        place=graph.place(package, "requests", index),
    )


def _some(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _positions(frozen: FrozenRequest, package: Package, graph: Graph) -> TableView | Message:
    if not frozen.positions:
        return Message(N_("No project had given its position."))
    rows = (
        RowView(
            (
                CellView(referred(graph, each.project)),
                CellView((each.stance,)),
                CellView((each.rank,) if each.rank else ()),
                CellView(_some(each.reason)),
                CellView(_some(each.constraint)),
            ),
            is_example=package.example,
        )
        for each in frozen.positions
    )
    return TableView(
        Message(N_("Positions on number {number}"), {"number": frozen.number}),
        labels(FrozenPosition, "project", "stance", "rank", "reason", "constraint"),
        tuple(rows),
    )


def _whole(package: Package, graph: Graph) -> SectionView | None:
    """All that the list says, a request a row: what a spreadsheet opens."""
    found = (graph.get(each.project) for one in package.requests for each in one.positions)
    projects = {each.id: each for each in found if each}
    table = TableView(
        Message(N_("{title}: all that it says"), {"title": package.title}),
        (
            *labels(FrozenRequest, "title", "number", "request", "need", "acceptance", "service"),
            *labels(FrozenRequest, "origin", "state"),
            *(link(each) for each in projects.values()),
        ),
        tuple(_whole_row(each, projects, package, graph) for each in package.requests),
        sheet=package.key,
    )
    fold = Message(N_("One request a row, one project a column"))
    return section("whole", Message(N_("The whole list as a table")), table, fold=fold)


def _whole_row(
    frozen: FrozenRequest, projects: dict[str, Project], package: Package, graph: Graph
) -> RowView:
    held = {graph[each.project].id: each for each in frozen.positions}
    return RowView(
        (
            CellView((frozen.title,)),
            CellView((frozen.number,)),
            CellView((link(graph[frozen.request]),)),
            CellView((text(graph, frozen.need),)),
            CellView((text(graph, frozen.acceptance),) if frozen.acceptance else ()),
            CellView(_some(frozen.service)),
            CellView(referred(graph, frozen.origin)),
            CellView((frozen.state,)),
            *(CellView(_told(held[id]) if id in held else ()) for id in projects),
        ),
        is_example=package.example,
    )


def _told(position: FrozenPosition) -> tuple[object, ...]:
    return (_stance(position), *_some(position.reason), *_some(position.constraint))

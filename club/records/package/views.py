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
WHY = ("reason", "constraint")
SILENT = Message(N_("no position yet"))
THOSE = N_(
    "The projects are those that had given their position on one request of the list at least;"
    " of each other request, it is told that theirs was yet to come."
)
SHORT = 12
"""How much of the id of a commit people read."""


def view(package: Package, graph: Graph) -> PageView:
    """A list: its files, what changed since the one before, and each request as it was."""
    projects = _projects(package, graph)
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
            *(
                _request(each, index, package, projects, graph)
                for index, each in enumerate(package.requests)
            ),
            _whole(package, projects, graph),
        ),
        listed=(Package,),
    )


def anchor(frozen: FrozenRequest) -> str:
    """Where a request stands on the page of its list."""
    return f"n{frozen.number}"


def _projects(package: Package, graph: Graph) -> dict[str, Project]:
    """The projects of the list, by id: a list kept nothing of those that said nothing at all."""
    found = (graph.get(each.project) for one in package.requests for each in one.positions)
    return {each.id: each for each in found if each}


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
    return section("summary", Message(N_("In short")), table, Message(THOSE))


def _request(
    frozen: FrozenRequest,
    index: int,
    package: Package,
    projects: dict[str, Project],
    graph: Graph,
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
        _positions(frozen, package, projects, graph),
        place=graph.place(package, "requests", index),
    )


def _some(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _positions(
    frozen: FrozenRequest, package: Package, projects: dict[str, Project], graph: Graph
) -> TableView | Message:
    if not frozen.positions:
        return Message(N_("No project had given its position."))
    held = _held(frozen, graph)
    rows = (
        RowView((CellView((link(project),)), *_position(held.get(id))), is_example=package.example)
        for id, project in sorted(projects.items(), key=lambda each: each[0] not in held)
    )
    return TableView(
        Message(N_("Positions on number {number}"), {"number": frozen.number}),
        labels(FrozenPosition, "project", "stance", "rank", "reason", "constraint"),
        tuple(rows),
    )


def _position(position: FrozenPosition | None) -> tuple[CellView, ...]:
    """What a project thought, or that it had yet to say it."""
    if position is None:
        return (CellView((SILENT,), tone="quiet"), *(CellView(()),) * 3)
    return (
        CellView((position.stance,)),
        CellView((position.rank,) if position.rank else ()),
        CellView(_some(position.reason)),
        CellView(_some(position.constraint)),
    )


def _held(frozen: FrozenRequest, graph: Graph) -> dict[str, FrozenPosition]:
    """The positions on *frozen*, in their order, by the id of the project today."""
    found = ((graph.get(each.project), each) for each in frozen.positions)
    return {project.id: each for project, each in found if project}


def _whole(package: Package, projects: dict[str, Project], graph: Graph) -> SectionView | None:
    """All that the list says, a request a row: what a spreadsheet opens.

    A project has a column for its stance, and one for its reasons and one for its constraints
    where it gave any.
    """
    held = tuple(_held(each, graph) for each in package.requests)
    more = tuple(
        (id, name)
        for id in projects
        for name in WHY
        if any(getattr(each[id], name) for each in held if id in each)
    )
    columns = (
        column
        for id, project in projects.items()
        for column in (link(project), *(_why(project, name) for of, name in more if of == id))
    )
    rows = (
        RowView(
            (
                *_frozen_cells(frozen, graph),
                *(
                    cell
                    for id in projects
                    for cell in (
                        CellView((_stance(positions[id]) if id in positions else SILENT,)),
                        *(
                            CellView(_some(getattr(positions.get(id), name, None)))
                            for of, name in more
                            if of == id
                        ),
                    )
                ),
            ),
            is_example=package.example,
        )
        for frozen, positions in zip(package.requests, held, strict=True)
    )
    table = TableView(
        Message(N_("{title}: all that it says"), {"title": package.title}),
        (
            *labels(FrozenRequest, "title", "number"),
            *labels(FrozenRequest, "need", "acceptance", "service", "origin", "state"),
            *columns,
        ),
        tuple(rows),
        sheet=package.key,
    )
    fold = Message(N_("One request a row, one project a column"))
    return section("whole", Message(N_("The whole list as a table")), table, fold=fold)


def _why(project: Project, name: str) -> Message:
    about = {"project": link(project), "field": Message(label_of(FrozenPosition, name))}
    return Message(N_("{field} – {project}"), about)


def _frozen_cells(frozen: FrozenRequest, graph: Graph) -> tuple[CellView, ...]:
    today = graph[frozen.request]
    return (
        CellView((link(today, title=frozen.title),)),
        CellView((frozen.number,)),
        CellView((text(graph, frozen.need),)),
        CellView((text(graph, frozen.acceptance),) if frozen.acceptance else ()),
        CellView(_some(frozen.service)),
        CellView(referred(graph, frozen.origin)),
        CellView((frozen.state,)),
    )

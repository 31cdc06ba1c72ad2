"""The projects as pictures: the départements that each covers, and how many schools it equips."""

from __future__ import annotations

from collections.abc import Iterator

from club.model.claims import used
from club.model.departments import NAMES
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.view import CellView, ChartView, Link, PageView, RowView, TableView, Unknown
from club.model.viewing import cited, counted, label_of, link, newest, section, sections
from club.records.project.model import Project

MAP_URL = "projects/map/"
SCHOOLS_URL = "projects/schools/"
OVERSEAS = ", ".join(f"{code} {name}" for code, name in NAMES.items() if code.startswith("97"))
FIGURES = EQUIPPED, TARGET = "schools_equipped", "schools_target"


def map_page(graph: Graph) -> PageView:
    """Which projects are in each département; those of which nobody wrote it down come last."""
    projects = _ordered(graph)
    table = TableView(
        Message(N_("Départements and the projects that cover them")),
        (N_("code"), N_("département"), N_("projects"), N_("deduced from")),
        (*_department_rows(projects), *_unplaced_rows(projects)),
        sheet=MAP_URL.rstrip("/"),
    )
    picture = ChartView(
        "tiles",
        table,
        (2,),
        Message(
            N_(
                "A square for each département, cut where several projects cover it; letters say"
                " which. Without colour, those where the club knows of no project. Apart from the"
                " others, at the top left, overseas: {overseas}. Areas and distances are not those"
                " of the land."
            ),
            {"overseas": OVERSEAS},
        ),
        _unplaced_note(projects),
        place=graph.place(projects[0], "territory") if projects else None,
        blank=Message(N_("no project that the club knows of")),
    )
    return _page(MAP_URL, N_("Map of the départements"), projects, picture)


def schools_page(graph: Graph) -> PageView:
    """The newest figure of each project: what it equips beside what it aims at."""
    projects = _ordered(graph)
    table = TableView(
        Message(N_("Schools equipped and targeted by project")),
        (N_("project"), label_of(Project, EQUIPPED), label_of(Project, TARGET)),
        tuple(
            RowView(
                (CellView((link(each),)), *(_figure(each, name, graph) for name in FIGURES)),
                is_example=each.example,
            )
            for each in projects
        ),
        sheet=SCHOOLS_URL.rstrip("/"),
    )
    picture = ChartView(
        "bars",
        table,
        (1, 2),
        Message(N_("For each project, the schools that it equips and those that it aims at.")),
        Message(N_("Each figure is the newest, at its own date: projects are not of one year.")),
        sources=tuple(dict.fromkeys(_sources(projects, graph))),
        place=graph.place(projects[0], EQUIPPED) if projects else None,
    )
    return _page(SCHOOLS_URL, N_("Schools equipped and targeted"), projects, picture)


def _ordered(graph: Graph) -> list[Project]:
    return sorted(graph.all(Project), key=lambda each: (each.name.casefold(), each.id))


def _page(url: str, title: str, projects: list[Project], picture: ChartView) -> PageView:
    none = Message(N_("Nothing here yet."))
    about = {"things": Message(N_("projects")), "count": counted(projects)}
    said = Message(N_("{things}: {count}"), about)
    return PageView(
        url=url,
        collection=Project.collection,
        title=Message(title),
        sections=sections(section("all", said, picture if projects else none)),
    )


def _department_rows(projects: list[Project]) -> Iterator[RowView]:
    for code in sorted({code for each in projects for code in each.territory}):
        here = [each for each in projects if code in each.territory]
        name = NAMES.get(code) or Message(N_("département {code}"), {"code": code})
        yield RowView(
            (
                CellView((code,)),
                CellView((name,)),
                CellView(tuple(map(link, here))),
                CellView(tuple(_deduced(here))),
            ),
            is_example=all(each.example for each in here),
        )


def _deduced(projects: list[Project]) -> Iterator[Message]:
    """Why the club takes it that a project is there, where no document says so."""
    for each in projects:
        if reason := each.reason("territory"):
            about = {"label": each.name, "value": reason}
            yield Message(N_("{label}: {value}"), about)


def _unplaced_rows(projects: list[Project]) -> Iterator[RowView]:
    for each in projects:
        if not each.territory:
            cells = (CellView((Unknown(),)), CellView(()), CellView((link(each),)), CellView(()))
            yield RowView(cells, is_example=each.example)


def _unplaced_note(projects: list[Project]) -> Message | None:
    unplaced = tuple(link(each) for each in projects if not each.territory)
    said = N_("Not on the map, as no département is written down: {names}.")
    return Message(said, {"names": unplaced}) if unplaced else None


def _figure(project: Project, field: str, graph: Graph) -> CellView:
    return CellView(newest(graph, project, field) or (Unknown(),))


def _sources(projects: list[Project], graph: Graph) -> Iterator[Link]:
    """What the figures that are drawn come from."""
    for each in projects:
        for name in FIGURES:
            chosen = used(getattr(each, name))
            if chosen and (found := cited(graph, chosen.source)):
                yield found

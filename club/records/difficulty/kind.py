"""Difficulties met and solved."""

from datetime import date

from club.insight.solved import SOLVED_URL
from club.model.graph import Graph
from club.model.kind import Column, Facet, Home, Kind, rank_of
from club.model.message import N_, Message
from club.model.view import Link, PageView
from club.model.viewing import excerpt, fact, facts, page, prose, referred, sections
from club.records.difficulty.checks import CHECKS
from club.records.difficulty.model import Difficulty, DifficultyState
from club.records.difficulty.solved import pages, versions, ways_in


def view(difficulty: Difficulty, graph: Graph) -> PageView:
    """A difficulty: symptom, cause, way round, and who solved it."""
    return page(
        graph,
        difficulty,
        badges=(difficulty.state,),
        facts=facts(
            fact(graph, difficulty, "state"),
            fact(graph, difficulty, "projects"),
            fact(graph, difficulty, "service"),
            fact(graph, difficulty, "axes"),
            fact(graph, difficulty, "versions"),
            fact(graph, difficulty, "solved_by"),
            fact(graph, difficulty, "request"),
            fact(graph, difficulty, "created"),
        ),
        sections=sections(
            prose(graph, difficulty, "symptom"),
            prose(graph, difficulty, "cause"),
            prose(graph, difficulty, "workaround"),
        ),
    )


def needs(graph: Graph) -> tuple[Link, ...]:
    """Where one finds who met the same difficulty."""
    note = Message(N_("who met it too, and who solved it"))
    return (Link(Message(N_("A difficulty like yours")), SOLVED_URL, note),)


def way_round(difficulty: Difficulty, graph: Graph) -> str | None:
    """The first words of the way round it."""
    return excerpt(graph, difficulty.workaround)


def solved_first(difficulty: Difficulty) -> tuple[int, tuple[date, date]]:
    """The more is known of the way out, the later in the order, which is read from its end."""
    state = list(DifficultyState).index(difficulty.state)
    return state, rank_of(difficulty, difficulty.created)


KIND = Kind(
    model=Difficulty,
    singular=N_("difficulty"),
    plural=N_("difficulties"),
    intro=N_("What got in the way, how to get round it, and who solved it."),
    view=view,
    columns=(
        Column.of(Difficulty, "title", is_title=True),
        Column.of(Difficulty, "state"),
        Column.of(Difficulty, "solved_by"),
        Column.of(Difficulty, "workaround", way_round),
        Column.of(Difficulty, "service"),
        Column.of(Difficulty, "projects"),
    ),
    facets=(
        Facet.of(Difficulty, "state"),
        Facet.of(Difficulty, "service"),
        Facet.of(Difficulty, "versions", versions),
        Facet("axis", N_("axis"), lambda difficulty, graph: referred(graph, difficulty.axes)),
        Facet(
            "project", N_("project"), lambda difficulty, graph: referred(graph, difficulty.projects)
        ),
    ),
    sort_key=solved_first,
    newest_first=True,
    checks=CHECKS,
    folder=True,
    home=Home(35, needs=needs),
    more_pages=pages,
    index_sections=ways_in,
)

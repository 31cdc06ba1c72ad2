"""Who solved it: from a service, a version or words to who met the same, and who found a way."""

from __future__ import annotations

from club.insight.solved import SOLVED_URL, has_way_out, living_with
from club.model.facets import Values, facet_view, slug_of, slugs_of
from club.model.graph import Graph
from club.model.markup import bare
from club.model.message import N_, Choice, Message
from club.model.slug import address_part
from club.model.view import CellView, FacetView, Link, PageView, RowView, SectionView, TableView
from club.model.viewing import (
    counted,
    label_of,
    link,
    links,
    opening,
    referred,
    section,
    sections,
)
from club.records.difficulty.model import Difficulty, DifficultyState
from club.records.platform.model import Platform
from club.records.practice.model import Practice

SOLVED = N_("Who solved it?")
HOW = Message(
    N_(
        "Difficulties that somebody solved come first, then the ways round, then what is still"
        " open, then the practices that others took up. The search of the site reads whole texts."
    )
)
TEXTS = ("symptom", "cause", "workaround", "context", "steps", "results")


def ways_in(graph: Graph) -> tuple[SectionView, ...]:
    """What one looks for among the difficulties."""
    way = Link(Message(SOLVED), SOLVED_URL, Message(N_("by service, by version or by words")))
    return sections(section("ways-in", Message(N_("Go straight to")), way, layout="grid"))


def pages(graph: Graph) -> tuple[PageView, ...]:
    """The page that tells who solved what."""
    records: tuple[Difficulty | Practice, ...] = (*_difficulties(graph), *_reused(graph))
    table = TableView(
        Message(SOLVED),
        (
            N_("difficulty or practice"),
            label_of(Difficulty, "state"),
            N_("service and version"),
            N_("who meets it, or shares it"),
            N_("who solved it, or took it up"),
            N_("way out"),
        ),
        tuple(_row(each, graph) for each in records),
        _facets(records, graph),
        has_words=True,
        sheet=SOLVED_URL.rstrip("/"),
    )
    about = {
        "things": Message(N_("difficulties and practices")),
        "count": counted(records),
    }
    none = Message(N_("Nothing here yet."))
    return (
        PageView(
            url=SOLVED_URL,
            collection=Difficulty.collection,
            title=Message(SOLVED),
            intro=HOW if records else None,
            is_wide=True,
            sections=sections(
                section(
                    "all",
                    Message(N_("{things}: {count}"), about),
                    table if records else none,
                )
            ),
        ),
    )


def versions(difficulty: Difficulty, graph: Graph) -> tuple[Link, ...]:
    """The versions where *difficulty* was seen; two ways to write one are the same."""
    spelt = graph.once(_spellings)
    said = dict.fromkeys(spelt[address_part(each)] for each in difficulty.versions)
    return tuple(Link(each, "", key=each) for each in said)


def _spellings(graph: Graph) -> dict[str, str]:
    """How each version is written: as its platform lists it, or else where it comes first."""
    listed = (each.id for platform in graph.all(Platform) for each in platform.versions)
    seen = (version for each in graph.all(Difficulty) for version in each.versions)
    found: dict[str, str] = {}
    for each in (*listed, *seen):
        found.setdefault(address_part(each), each)
    return found


def _difficulties(graph: Graph) -> list[Difficulty]:
    """Those that somebody solved first; true ones before examples, then by title."""
    states = list(DifficultyState)

    def rank(each: Difficulty) -> tuple[int, bool, bool, str, str]:
        found = (-states.index(each.state), not has_way_out(each), each.example)
        return (*found, each.title.casefold(), each.id)

    return sorted(graph.all(Difficulty), key=rank)


def _reused(graph: Graph) -> list[Practice]:
    """The practices that somebody took up, the most often first."""
    found = [each for each in graph.all(Practice) if each.reused_by]
    return sorted(
        found,
        key=lambda each: (each.example, -len(each.reused_by), each.title.casefold(), each.id),
    )


def _row(record: Difficulty | Practice, graph: Graph) -> RowView:
    cells = _met(record, graph) if isinstance(record, Difficulty) else _shared(record, graph)
    return RowView(
        (CellView((link(record),)), *cells),
        tuple((key, slugs_of(_values(key, record, graph))) for key in FACETS),
        is_example=record.example,
        words=_words(record, graph),
    )


def _met(difficulty: Difficulty, graph: Graph) -> tuple[CellView, ...]:
    seen = (*referred(graph, difficulty.service), *versions(difficulty, graph))
    return (
        CellView((difficulty.state,), graph.place(difficulty, "state")),
        CellView(seen),
        CellView((links(living_with(difficulty, graph)),), graph.place(difficulty, "projects")),
        CellView(referred(graph, difficulty.solved_by), graph.place(difficulty, "solved_by")),
        CellView((opening(graph, difficulty.workaround),)),
    )


def _shared(practice: Practice, graph: Graph) -> tuple[CellView, ...]:
    took_up = referred(graph, tuple(each.project for each in practice.reused_by))
    return (
        CellView((practice.maturity,), graph.place(practice, "maturity")),
        CellView(referred(graph, practice.services)),
        CellView(referred(graph, practice.project)),
        CellView((took_up,), graph.place(practice, "reused_by")),
        CellView((opening(graph, practice.results or practice.steps),)),
    )


def _words(record: Difficulty | Practice, graph: Graph) -> str:
    """The whole texts of *record*, without their marks, and what else its services are called."""
    said = (getattr(record, name, None) for name in TEXTS)
    texts = [" ".join(bare(each, {}).split()) for each in said if each]
    named = record.services if isinstance(record, Practice) else (record.service,)
    services = (graph.get(each) for each in named)
    others = [word for each in services if each for word in each.also_called]
    return " ".join((*texts, *others))


FACETS = {
    "service": label_of(Difficulty, "service"),
    "versions": N_("version"),
    "project": N_("project"),
}


def _facets(records: tuple[Difficulty | Practice, ...], graph: Graph) -> tuple[FacetView, ...]:
    """The filters that leave something to choose."""
    examples = [each.example for each in records]
    found = (
        facet_view(key, label, _of_all(key, records, graph), examples, _url)
        for key, label in FACETS.items()
    )
    return tuple(each for each in found if len(each.choices) > 1)


def _of_all(key: str, records: tuple[Difficulty | Practice, ...], graph: Graph) -> Values:
    return [_values(key, each, graph) for each in records]


def _values(key: str, record: Difficulty | Practice, graph: Graph) -> tuple[Choice | Link, ...]:
    """What *record* has for the filter *key*."""
    if isinstance(record, Practice):
        projects = (record.project, *(each.project for each in record.reused_by))
        found = {"service": record.services, "project": projects}
        return referred(graph, found.get(key))
    if key == "versions":
        return versions(record, graph)
    met = (*record.projects, *((record.solved_by,) if record.solved_by else ()))
    return referred(graph, record.service if key == "service" else met)


def _url(choice: Choice | Link) -> str:
    """Without scripts: the page of what it is, or the difficulties of that version."""
    assert isinstance(choice, Link)
    return choice.url or f"{Difficulty.collection}/versions/{slug_of(choice)}/"

"""Which domain was thought of by which project, and which licence comes with a method."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from club.insight.positions import on_platforms
from club.model.graph import Graph
from club.records.domain.model import Domain
from club.records.impact_analysis.model import ELEMENTS, ImpactAnalysis
from club.records.method.model import Method
from club.records.project.model import Project

COVERAGE_URL = "impact-analyses/coverage/"
CHOICES_URL = "impact-analyses/choices/"


@dataclass(frozen=True, slots=True)
class Coverage:
    """The analyses of each *domain* by each of the *projects*, none where there is none.

    Those *left_out* run no platform of the club and made no analysis.
    """

    projects: tuple[Project, ...]
    left_out: tuple[Project, ...]
    rows: tuple[tuple[Domain, tuple[tuple[ImpactAnalysis, ...], ...]], ...]

    @property
    def missing(self) -> int:
        """How many domains of projects nobody has analysed."""
        return sum(not cell for _, cells in self.rows for cell in cells)

    @property
    def made_up(self) -> int:
        """How many are analysed by examples alone."""
        every = (cell for _, cells in self.rows for cell in cells if cell)
        return sum(all(each.example for each in cell) for cell in every)


def coverage(graph: Graph) -> Coverage:
    """Every domain, those of no method among them, by the projects that the club is about.

    Others are there if they made an analysis.
    """
    made = graph.all(ImpactAnalysis)
    with_one = {project.id for each in made if (project := graph.get(each.project))}
    ours = {each.id for each in on_platforms(graph)}
    projects = tuple(each for each in graph.all(Project) if each.id in ours | with_one)
    left_out = tuple(each for each in graph.all(Project) if each not in projects)
    found: dict[tuple[str, str], list[ImpactAnalysis]] = {}
    for each in made:
        domain, project = graph.get(each.domain), graph.get(each.project)
        if domain and project:
            found.setdefault((domain.id, project.id), []).append(each)
    domains = sorted(graph.all(Domain), key=lambda each: (each.order, each.label))
    rows = tuple(
        (domain, tuple(tuple(found.get((domain.id, each.id), ())) for each in projects))
        for domain in domains
    )
    return Coverage(projects, left_out, rows)


def lacking(analysis: ImpactAnalysis) -> Iterator[str]:
    """The fields of *analysis* that its method asks for, and that say nothing."""
    return (name for name in ELEMENTS if not getattr(analysis, name))


def methods_of(graph: Graph, domain: Domain) -> tuple[Method, ...]:
    """The methods that propose *domain*."""
    return tuple(graph.pointing(domain, Method, "domains"))


def same_licence(one: str | None, other: str | None) -> bool:
    """Whether two licences are written alike, but for case and spaces."""
    return _bare(one) == _bare(other)


def shares_alike(licence: str | None) -> bool:
    """Whether what is made from something under *licence* must keep that licence (“SA”)."""
    return "sa" in _bare(licence).split("-")


def _bare(licence: str | None) -> str:
    return "-".join((licence or "").casefold().replace("_", "-").split())

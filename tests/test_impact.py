"""What a workspace changes, domain by domain: who thought of what, and the licence that comes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import html5lib
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from club.insight.impact import coverage, same_licence, shares_alike
from club.model.graph import Graph
from club.model.view import PageView, TableView
from club.publish.html.render import Renderer
from club.publish.pages.site import Site
from club.publish.words.language import Words
from club.records.domain.kind import view as domain_view
from club.records.domain.model import Domain
from club.records.impact_analysis.kind import KIND as ANALYSIS
from club.records.impact_analysis.model import ImpactAnalysis
from club.records.method.kind import KIND as METHOD
from club.records.method.model import Method
from tests.clubs import REGISTRY, club_of, fewer

FRENCH = Words("fr")
WHOLE = {
    "populations": "parents",
    "contents": "absences",
    "goals": "prévenir",
    "risks": "des comptes inutilisés",
    "constraints": "le règlement",
    "means": "un essai",
}
METHODS = {
    "m": {
        "title": "Trois étapes",
        "licence": "CC-BY-NC-SA-4.0",
        "attribution": "Une région",
        "domains": ["familles", "salles"],
        "steps": [{"number": 1, "title": "Inventorier"}, {"number": 2, "title": "Analyser"}],
    }
}


def graph_of(root: Path, analyses: dict[str, dict[str, Any]]) -> Graph:
    files = {
        "data/platforms.yaml": {"base": {"name": "Base"}},
        "data/projects.yaml": {
            "nord": {"name": "Nord", "state": "rollout", "platform": "base"},
            "sud": {"name": "Sud", "state": "rollout", "platform": "base"},
            "loin": {"name": "Loin", "state": "rollout"},
        },
        "data/domains.yaml": {
            "familles": {"label": "Familles", "order": 1},
            "salles": {"label": "Salles", "order": 2},
            "septieme": {"label": "Un septième", "order": 3},
        },
        "data/methods.yaml": METHODS,
        "data/impact-analyses.yaml": {
            id: {"title": id, "method": "m", **WHOLE, **said} for id, said in analyses.items()
        },
    }
    club = club_of(
        root, {path: yaml.safe_dump(said, allow_unicode=True) for path, said in files.items()}
    )
    assert club.errors == ()
    return club.graph


def page(pages: tuple[PageView, ...], url: str) -> PageView:
    (found,) = (each for each in pages if each.url == url)
    return found


def words_of(view: PageView, graph: Graph) -> str:
    html = Site(graph, Renderer(REGISTRY, "fr")).page(view).html
    document = html5lib.parse(html, namespaceHTMLElements=False)
    return " ".join("".join(document.itertext()).split())


@fewer()
@given(
    st.dictionaries(
        st.from_regex(r"\Aa[0-9]{1,3}\Z"),
        st.tuples(
            st.sampled_from(["familles", "salles"]), st.sampled_from(["nord", "sud", "loin"])
        ),
        max_size=6,
    )
)
def test_a_domain_is_missing_where_no_analysis_names_it(
    tmp_path_factory: pytest.TempPathFactory, made: dict[str, tuple[str, str]]
) -> None:
    analyses = {
        id: {"domain": domain, "project": project} for id, (domain, project) in made.items()
    }
    graph = graph_of(tmp_path_factory.mktemp("c"), analyses)
    found = coverage(graph)
    # A project off the platform is there once it made one.
    columns = {"nord", "sud"} | {project for _, project in made.values()}
    assert {each.id for each in found.projects} == columns
    assert [domain.id for domain, _ in found.rows] == ["familles", "salles", "septieme"]
    said = {
        (domain.id, project.id, each.id)
        for domain, cells in found.rows
        for project, cell in zip(found.projects, cells, strict=True)
        for each in cell
    }
    assert said == {(domain, project, id) for id, (domain, project) in made.items()}
    assert found.missing == 3 * len(columns) - len(set(made.values()))


def test_every_page_that_follows_the_method_carries_its_licence(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, {"a": {"domain": "familles", "project": "nord"}})
    analysis, method = graph.all(ImpactAnalysis)[0], graph.all(Method)[0]
    familles, _, seventh = graph.all(Domain)
    pages = [
        ANALYSIS.view(analysis, graph),
        METHOD.view(method, graph),
        domain_view(familles, graph),
        *ANALYSIS.more_pages(graph),
        *METHOD.more_pages(graph),
    ]
    assert len(pages) == 6
    for each in pages:
        assert "Creative Commons Attribution" in words_of(each, graph), each.url
        assert "Une région" in words_of(each, graph), each.url
    assert "Creative Commons" not in words_of(domain_view(seventh, graph), graph)


def test_a_choice_that_nobody_made_is_unknown(tmp_path: Path) -> None:
    graph = graph_of(
        tmp_path,
        {
            "a": {"domain": "familles", "project": "nord", "scope": "school"},
            "b": {"domain": "familles", "project": "nord", "activation": "restricted"},
        },
    )
    found = page(ANALYSIS.more_pages(graph), "impact-analyses/choices/")
    (table,) = (e for s in found.sections for e in s.body if isinstance(e, TableView))
    rows = [[FRENCH.say(cell.values[0]) for cell in row.cells] for row in table.rows]
    assert rows == [
        ["a", "Nord", "inconnu", "tout l’établissement", "inconnu"],
        ["b", "Nord", "quelques services", "inconnu", "inconnu"],
    ]


def test_the_kit_has_a_sheet_for_each_domain_and_each_choice(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, {})
    (kit,) = METHOD.more_pages(graph)
    assert kit.url == "methods/m/kit/"
    said = words_of(kit, graph)
    for words in ("1. Familles", "2. Salles", "risques", "Faire les choix", "un autre domaine"):
        assert words in said
    assert "Un septième" not in said


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        ("CC-BY-NC-SA-4.0", "cc by-nc-sa 4.0", True),
        ("CC-BY-NC-SA-4.0", "CC-BY-SA-4.0", False),
        ("CC-BY-NC-SA-4.0", None, False),
        ("MIT", "mit", True),
    ],
)
def test_licences_are_the_same_however_they_are_written(
    one: str, other: str | None, are_same: bool
) -> None:
    assert same_licence(one, other) is are_same


def test_which_licences_are_shared_alike() -> None:
    assert shares_alike("CC-BY-NC-SA-4.0")
    assert shares_alike("cc by-sa 3.0 fr")
    assert not shares_alike("CC-BY-4.0")
    assert not shares_alike("NASA-1.3")
    assert not shares_alike(None)


def test_the_projects_without_a_column_are_named_with_the_reason(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, {"a": {"domain": "familles", "project": "nord"}})
    assert [each.id for each in coverage(graph).left_out] == ["loin"]
    view = page(ANALYSIS.more_pages(graph), "impact-analyses/coverage/")
    said = words_of(view, graph)
    assert "Projets sans colonne : 1" in said
    assert "n’ont fait aucune analyse. Loin" in said
    graph = graph_of(tmp_path / "all", {"a": {"domain": "familles", "project": "loin"}})
    view = page(ANALYSIS.more_pages(graph), "impact-analyses/coverage/")
    assert "sans colonne" not in words_of(view, graph)

"""Who solved it: whom a way out may serve, and the page that leads there."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import html5lib
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from club.insight.solved import Bond, ways_out
from club.model.graph import Graph, Node
from club.model.record import Audience
from club.model.source import Block
from club.model.structure import Raw
from club.model.view import Link, TableView, TextView
from club.model.viewing import excerpt, opening
from club.publish.html.markdown import TextConverter
from club.publish.html.render import Renderer
from club.publish.pages.site import Site
from club.read.load import Club
from club.records.difficulty.kind import KIND
from club.records.difficulty.model import Difficulty
from club.records.difficulty.solved import pages, versions
from club.records.practice.model import Practice
from club.records.project.model import Project
from tests.clubs import REGISTRY, club_of

PROJECTS = {"nord": "4.1", "sud": "4.2", "est": None}
SERVICES = ("carnet", "notes")

difficulties = st.dictionaries(
    st.sampled_from(["a", "b", "c", "d", "e"]),
    st.fixed_dictionaries(
        {
            "state": st.sampled_from(["open", "worked_around", "solved"]),
            "projects": st.lists(st.sampled_from(sorted(PROJECTS)), unique=True),
            "solved_by": st.sampled_from([None, *PROJECTS]),
            "workaround": st.sampled_from([None, "Recharger."]),
            "service": st.sampled_from([None, *SERVICES]),
            "versions": st.lists(st.sampled_from(["4.1", "4.2"]), unique=True),
        }
    ),
)
offers = st.dictionaries(
    st.tuples(st.sampled_from(sorted(PROJECTS)), st.sampled_from(SERVICES)),
    st.sampled_from(["available", "partial", "absent", "unknown", "planned"]),
)


def graph_of(
    root: Path, met: dict[str, Any], offered: dict[tuple[str, str], str], **more: str
) -> Graph:
    return made(root, met, offered, **more).graph


def made(root: Path, met: dict[str, Any], offered: dict[tuple[str, str], str], **more: str) -> Club:
    projects = {
        id: {
            "name": id,
            "platform": "base",
            "state": "rollout",
            **({"platform_version": version} if version else {}),
        }
        for id, version in PROJECTS.items()
    }
    told = {
        id: {
            "title": id,
            "symptom": "S",
            **{key: value for key, value in each.items() if value},
        }
        for id, each in met.items()
    }
    written = {
        f"{project}-{service}": {"project": project, "service": service, "state": state}
        for (project, service), state in offered.items()
    }
    files: dict[str, Any] = {
        "platforms": {"base": {"name": "B"}},
        "projects": projects,
        "services": {id: {"label": id} for id in SERVICES},
        "difficulties": told,
        "offers": written,
    }
    texts = {f"data/{name}.yaml": yaml.safe_dump(each) for name, each in files.items() if each}
    club = club_of(root, {**texts, **more})
    assert club.errors == ()
    return club


@settings(max_examples=60)
@given(difficulties, offers)
def test_a_way_out_is_that_of_another_and_concerns_the_project(
    met: dict[str, Any], offered: dict[tuple[str, str], str]
) -> None:
    with tempfile.TemporaryDirectory() as root:
        graph = graph_of(Path(root), met, offered)
    for project in graph.all(Project):
        me = project.id
        expected: dict[str, Bond] = {}
        my_services = {
            service
            for (owner, service), state in offered.items()
            if owner == me and state in {"available", "partial"}
        } | {each["service"] for each in met.values() if me in each["projects"] and each["service"]}
        for id, each in met.items():
            others = {*each["projects"]} - {me}
            if each["solved_by"]:
                is_of_others = each["solved_by"] != me
            else:
                known = each["state"] != "open" and each["workaround"]
                is_of_others = bool(known) and bool(others)
            if not is_of_others:
                continue
            if me in each["projects"]:
                expected[id] = Bond.LIVES
            elif each["service"] in my_services:
                expected[id] = Bond.SERVICE
            elif PROJECTS[me] and PROJECTS[me] in each["versions"]:
                expected[id] = Bond.VERSION
        found = ways_out(project, graph)
        assert {way.difficulty.id: way.bond for way in found} == expected
        ranks = [list(Bond).index(way.bond) for way in found]
        assert ranks == sorted(ranks)


def table_of(graph: Graph) -> TableView:
    (page,) = pages(graph)
    (table,) = (
        each for section in page.sections for each in section.body if isinstance(each, TableView)
    )
    return table


def titles(table: TableView) -> list[str]:
    return [
        str(row.cells[0].values[0].title)
        for row in table.rows  # type: ignore[attr-defined]
        if isinstance(row.cells[0].values[0], Link)
    ]


PRACTICES = """\
reprise:
  title: Reprise
  project: nord
  maturity: proven
  services: carnet
  context: Les **familles** perdues.
  reused_by: [{project: sud}, {project: est}]
seule: {title: Seule, project: nord, maturity: idea}
"""


def test_solved_come_first_then_ways_round_then_open_then_practices_taken_up(
    tmp_path: Path,
) -> None:
    def met(state: str, **more: Any) -> dict[str, Any]:
        return {"state": state, "projects": ["nord"], **more}

    found = {
        "Ouverte": met("open"),
        "Contournée": met("worked_around", workaround="W", service="carnet"),
        "Résolue": met("solved", solved_by="sud", service="notes"),
    }
    by_id = {
        f"d{index}": {**each, "title": title} for index, (title, each) in enumerate(found.items())
    }
    graph = graph_of(tmp_path, by_id, {}, **{"data/practices.yaml": PRACTICES})
    table = table_of(graph)
    assert titles(table) == ["Résolue", "Contournée", "Ouverte", "Reprise"]
    by_facet = {
        facet.key: {each.key: each.count for each in facet.choices} for facet in table.facets
    }
    assert by_facet == {
        "service": {"carnet": 2, "notes": 1},
        "project": {"nord": 4, "sud": 2, "est": 1},
    }
    assert table.rows[-1].words == "Les familles perdues."


def test_two_ways_to_write_a_version_are_one_page(tmp_path: Path) -> None:
    """Two pages at one address would stop the build; the platform says how it is written."""
    met = {
        "a": {"state": "open", "versions": ["v4.1"]},
        "b": {"state": "open", "versions": ["V4.1", "v4 1"]},
        "c": {"state": "open", "versions": ["v5"]},
    }
    platforms = "base: {name: B, versions: [{id: V4.1}]}\n"
    graph = graph_of(tmp_path, met, {}, **{"data/platforms.yaml": platforms})
    found = {
        each.id: [link.title for link in versions(each, graph)] for each in graph.all(Difficulty)
    }
    assert found == {"a": ["V4.1"], "b": ["V4.1"], "c": ["v5"]}
    (facet,) = (each for each in table_of(graph).facets if each.key == "versions")
    assert [(each.label, each.count, each.url) for each in facet.choices] == [
        ("V4.1", 2, "difficulties/versions/v4-1/"),
        ("v5", 1, "difficulties/versions/v5/"),
    ]
    (own,) = (each for each in KIND.facets if each.key == "versions")
    assert own.values(graph.all(Difficulty)[0], graph)[0].title == "V4.1"  # type: ignore[union-attr]


def test_the_public_page_finds_nothing_by_the_words_of_members(tmp_path: Path) -> None:
    met = {
        "a": {"state": "open", "cause": "secret", "audience": {"cause": "members"}},
        "b": {"state": "open", "cause": "cachee", "audience": "members"},
        "c": {"state": "open", "cause": "connue"},
    }
    club = made(tmp_path, met, {})
    said = {
        audience: " ".join(row.words for row in table_of(club.restricted(audience)).rows)
        for audience in Audience
    }
    assert "connue" in said[Audience.PUBLIC]
    assert "secret" in said[Audience.MEMBERS]
    assert "cachee" in said[Audience.MEMBERS]
    assert "secret" not in said[Audience.PUBLIC]
    assert "cachee" not in said[Audience.PUBLIC]


WAY = "**Prévenir** 1. avant huit heures (*sans* faute) : voir [[relais]], puis [[relais|eux]]."


def test_what_the_way_out_names_was_not_a_link(tmp_path: Path) -> None:
    practice = {
        "relais": {
            "title": "Une équipe de relais",
            "project": "nord",
            "context": "C",
            "maturity": "idea",
        }
    }
    met = {"d": {"title": "D", "symptom": "S", "state": "worked_around", "workaround": WAY}}
    club = club_of(
        tmp_path,
        {
            "data/projects.yaml": "nord: {name: Nord, state: rollout}\n",
            "data/practices.yaml": yaml.safe_dump(practice, allow_unicode=True),
            "data/difficulties.yaml": yaml.safe_dump(met, allow_unicode=True),
        },
    )
    assert club.errors == (), [str(each) for each in club.errors]
    html = Site(club.graph, Renderer(REGISTRY, "fr")).page(pages(club.graph)[0]).html
    (cell,) = (
        each
        for each in html5lib.parse(html, namespaceHTMLElements=False).iter("td")
        if "relais" in "".join(each.itertext())
    )
    said = " ".join("".join(cell.itertext()).split())
    assert said == (
        "Prévenir 1. avant huit heures (sans faute) : voir Une équipe de relais, puis eux."
    )
    assert [each.get("href") for each in cell.iter("a")] == ["../../practices/relais/"] * 2
    assert cell.find(".//li") is None


@given(st.text("ab *_[]().#<>`!|&~-+{}\\\n1é", max_size=400))
def test_first_words_with_their_links_are_those_without(text: str) -> None:
    record = Practice.model_validate(
        {"id": "relais", "title": "Relais", "project": "nord", "context": "C", "maturity": "idea"}
    )
    graph = Graph([Node(record, Raw("relais", Block(), "p.yaml"))], REGISTRY)
    source = f"a [[relais]] {text}"
    found = opening(graph, source)
    assert isinstance(found, TextView)
    kept = TextConverter("fr").convert(found.source, lambda target, section, words: words)
    told = " ".join("".join(html5lib.parse(kept).itertext()).split())
    expected = " ".join((excerpt(graph, source) or "").split())
    assert plain_of(told)[:60] == plain_of(expected)[:60]


def plain_of(words: str) -> str:
    """*words* without what is typeset around them."""
    return "".join(each for each in words if each.isalnum())


def test_the_word_edt_found_nothing(tmp_path: Path) -> None:
    service = {"carnet": {"label": "Emploi du temps", "also_called": ["edt", "planning"]}}
    met = {"d": {"title": "D", "symptom": "S", "state": "open", "service": "carnet"}}
    club = club_of(
        tmp_path,
        {
            "data/services.yaml": yaml.safe_dump(service),
            "data/difficulties.yaml": yaml.safe_dump(met),
        },
    )
    assert club.errors == (), [str(each) for each in club.errors]
    (row,) = table_of(club.graph).rows
    assert row.words.split() == ["S", "edt", "planning"]

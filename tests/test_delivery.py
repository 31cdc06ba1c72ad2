"""Delivered is not available: what a version brings is usable where it runs, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from club.insight.delivery import Usable, deliveries
from club.insight.positions import voters
from club.insight.told import to_come_section, usable
from club.insight.vendor import coming, to_come
from club.publish.words.language import Words
from club.records.project.model import Project
from tests.clubs import club_of

FILES = {
    "data/platforms.yaml": (
        "base: {name: Base, versions: [{id: '3.9'}, {id: '4.0'}, {id: '4.2'}, {id: '4.10'}]}\n"
    ),
    "data/projects.yaml": (
        "nord: {name: Nord, platform: base, state: rollout, platform_version: {value: '4.2'}}\n"
        "sud:\n  name: Sud\n  platform: base\n  state: rollout\n  platform_version:\n"
        "    - {value: '4.10', as_of: 2014}\n    - {value: '3.9', as_of: 2012}\n"
        "est: {name: Est, platform: base, state: rollout, platform_version: {value: '4.0'}}\n"
        "ouest: {name: Ouest, platform: base, state: rollout}\n"
        "autre: {name: Autre, platform: base, state: rollout, platform_version: {value: maison}}\n"
    ),
    "data/requests.yaml": (
        "livree: {title: Une, need: N, state: delivered, delivered_in: '4.2'}\n"
        "ancienne: {title: Deux, need: N, state: delivered, delivered_in: '3.9'}\n"
        "sans-version: {title: Trois, need: N, state: delivered}\n"
        "en-route: {title: Quatre, need: N, state: planned}\n"
    ),
}


def test_a_request_delivered_in_4_2_is_usable_where_4_2_or_later_runs(tmp_path: Path) -> None:
    """Versions follow one another as the platform lists them: 4.10 comes after 4.2."""
    graph = club_of(tmp_path, FILES).graph
    found = deliveries(graph)
    assert [each.request.id for each in found] == ["livree", "ancienne"]
    assert found[0].by_project == {
        "nord": Usable.YES,
        "sud": Usable.YES,
        "est": Usable.NOT_YET,
        "ouest": Usable.UNKNOWN,
        "autre": Usable.UNKNOWN,
    }
    said = Words("fr").say(usable(found[0], voters(graph)))
    assert " ".join(said.split()) == (
        "livrée en 4.2 ; utilisable dans 2 projets sur 5 ; version inconnue : Ouest et Autre"
    )


@pytest.mark.parametrize(
    ("project", "later"), [("nord", []), ("est", ["livree"]), ("ouest", []), ("autre", [])]
)
def test_what_later_versions_bring_is_told_where_the_version_is_known(
    project: str, later: list[str], tmp_path: Path
) -> None:
    graph = club_of(tmp_path, FILES).graph
    (one,) = (each for each in graph.all(Project) if each.id == project)
    assert [each.request.id for each in to_come(one, graph)] == later


def test_what_was_promised_for_a_later_version_was_left_out(tmp_path: Path) -> None:
    promised = (
        "promise: {title: Cinq, need: N, state: planned,"
        " answers: [{answer: accepted, version: '4.10'}]}\n"
        "acceptee: {title: Six, need: N, state: accepted, answers: [{answer: accepted}]}\n"
    )
    files = {**FILES, "data/requests.yaml": FILES["data/requests.yaml"] + promised}
    graph = club_of(tmp_path, files).graph
    assert [(each.request.id, each.version, each.is_promised) for each in coming(graph)] == [
        ("ancienne", "3.9", False),
        ("livree", "4.2", False),
        ("promise", "4.10", True),
    ]
    later = {
        each.id: [one.request.id for one in to_come(each, graph)] for each in graph.all(Project)
    }
    assert later == {
        "nord": ["promise"],
        "est": ["livree", "promise"],
        "sud": [],
        "ouest": [],
        "autre": [],
    }
    unknown = next(each for each in graph.all(Project) if each.id == "ouest")
    told = to_come_section(unknown, graph)
    assert told is not None
    said = [Words("fr").say(each) for each in told.body]
    assert said[0].startswith("La version de ce projet n’est pas écrite")
    assert len(said) == 4


def test_a_version_that_no_platform_lists_is_known_where_it_is_the_very_same(
    tmp_path: Path,
) -> None:
    requests = "r: {title: R, need: N, state: delivered, delivered_in: maison}\n"
    graph = club_of(tmp_path, {**FILES, "data/requests.yaml": requests}).graph
    (found,) = deliveries(graph)
    assert {id for id, each in found.by_project.items() if each is Usable.YES} == {"autre"}
    assert {id for id, each in found.by_project.items() if each is Usable.NOT_YET} == set()

"""Whose turn it is to host, and what meetings agreed upon."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from club.insight.actions import actions_due, agreed
from club.insight.rotation import rotation
from club.model.graph import Graph, Node
from club.model.source import Block
from club.model.structure import Raw
from club.publish.html.render import Renderer
from club.publish.pages.site import Site
from club.read.load import load
from club.records.meeting.checks import check_host_repeated
from club.records.meeting.model import Meeting
from club.records.organisation.model import Organisation
from club.records.platform.model import Platform
from club.records.project.model import Project
from tests.clubs import REGISTRY, folder_at, write

ACADEMIES = ("a", "b", "c", "d")
OF_TYPE = {"type": "academy"}


def graph_of(
    hosts: list[str], academies: list[str], made_up: Collection[int] = frozenset()
) -> Graph:
    """A club whose plenaries were hosted by *hosts*, one a year, and whose projects are of some.

    Those at the places *made_up* are examples.
    """
    records: list[Any] = [
        *(
            Organisation.model_validate({"id": id, "name": id, "type": "academy"})
            for id in ACADEMIES
        ),
        Platform.model_validate({"id": "base", "name": "Base"}),
        Project.model_validate(
            {"id": "p", "name": "P", "state": "pilot", "platform": "base", "academies": academies}
        ),
        *(
            Meeting.model_validate(
                {
                    "id": f"m{year}",
                    "title": str(year),
                    "type": "plenary",
                    "status": "held",
                    "date": str(year),
                    "host": host,
                    "example": place in made_up,
                }
            )
            for place, (year, host) in enumerate(enumerate(hosts, 2000))
        ),
    ]
    nodes = [Node(each, Raw(each.id, Block(), f"{each.id}.yaml")) for each in records]
    return Graph(nodes, REGISTRY, today=date(2020, 1, 1))


@given(
    st.lists(st.sampled_from(ACADEMIES), max_size=8),
    st.lists(st.sampled_from(ACADEMIES)),
    st.sets(st.integers(0, 7)),
)
def test_whoever_is_next_repeats_nobody_whatever_was_made_up(
    hosts: list[str], academies: list[str], made_up: set[int]
) -> None:
    if set(range(len(hosts))) <= made_up:
        made_up = set()
    found = rotation(graph_of(hosts, academies, made_up))
    last = f"meetings/m{2000 + len(hosts)}"
    for each in found.waiting:
        next_one = graph_of([*hosts, each.id], academies, made_up - {len(hosts)})
        told = check_host_repeated.find(next_one)
        assert last not in [problem.record for problem in told]
    true = [host for place, host in enumerate(hosts) if place not in made_up]
    assert found.waiting == rotation(graph_of(true, academies)).waiting


@given(st.lists(st.sampled_from(ACADEMIES), max_size=8), st.lists(st.sampled_from(ACADEMIES)))
def test_whoever_is_next_repeats_nobody(hosts: list[str], academies: list[str]) -> None:
    found = rotation(graph_of(hosts, academies))
    known = {*hosts, *academies}
    assert {each.id for each in found.waiting} <= known
    last = f"meetings/m{2000 + len(hosts)}"
    for each in found.waiting:
        told = check_host_repeated.find(graph_of([*hosts, each.id], academies))
        assert last not in [problem.record for problem in told]
    if len(known) > 1:
        assert found.waiting
    if found.waiting and set(academies) - set(hosts):
        assert found.waiting[0].id not in hosts
    # Equals are all those that never hosted, or else the one that did longest ago.
    new = {each.id for each in found.waiting} - set(hosts)
    first = {each.id for each in found.waiting[: found.equals]}
    assert first == new if new else len(first) == bool(found.waiting)


def test_a_turn_that_is_not_known_is_no_bodys(tmp_path: Path) -> None:
    meeting = "{title: T%s, type: plenary, status: held, date: %s%s}\n"
    files = {
        "data/meetings.yaml": "m1: "
        + meeting % (1, 2012, "")
        + "m2: "
        + meeting % (2, 2013, ", host: c"),
        "data/organisations.yaml": "\n".join(
            f"{id}: {{name: Académie {id.upper()}, type: academy}}" for id in ACADEMIES
        ),
        "data/platforms.yaml": "base: {name: Base}\n",
        "data/projects.yaml": "p: {name: P, state: pilot, platform: base, academies: [a, b, c]}\n",
    }
    graph = load(folder_at(write(tmp_path, files)), today=date(2020, 1, 1)).graph
    site = Site(graph, Renderer(REGISTRY, "fr"))
    [page] = [each for each in site.other_pages() if each.url == "meetings/rotation/"]
    html = site.page(page).html
    assert "à choisir par le club entre Académie A et Académie B" in html
    assert "l’hôte n’est pas connu\u00a0: 1" in html
    assert "Le prochain hôte\u00a0:" not in html


@given(st.permutations(ACADEMIES), st.integers(0, 11))
def test_following_the_turns_for_years_is_a_round_each_time(first: list[str], years: int) -> None:
    hosts: list[str] = []
    for _ in range(years):
        hosts.append(rotation(graph_of(hosts, list(first))).waiting[0].id)
    for at in range(0, len(hosts) - 3, 4):
        assert set(hosts[at : at + 4]) == set(ACADEMIES)
    assert not list(check_host_repeated.find(graph_of(hosts, list(first))))


MEETING: dict[str, Any] = {"title": "T", "type": "thematic", "status": "held", "date": "2023-01-10"}
ACTIONS = {
    "un": [
        {"id": "a", "what": "Envoyer la liste", "owner": "nord", "due": "2023-06-01"},
        {"id": "b", "what": "Faite", "state": "done"},
    ],
    "deux": [
        {"id": "a", "what": "Sans date"},
        {"id": "c", "what": "Oubliée", "due": "2020-01-01"},
        {"id": "d", "what": "Plus tard", "due": "2024-12"},
    ],
}


def test_actions_of_all_meetings_stand_on_one_page_by_where_they_stand(tmp_path: Path) -> None:
    meetings = {id: {**MEETING, "actions": actions} for id, actions in ACTIONS.items()}
    files = {
        "data/meetings.yaml": yaml.safe_dump(meetings, allow_unicode=True),
        "data/organisations.yaml": "nord: {name: Académie du Nord, type: academy}\n",
    }
    graph = load(folder_at(write(tmp_path, files)), today=date(2024, 1, 1)).graph
    assert [each.action.what for each in agreed(graph)] == [
        "Oubliée",
        "Envoyer la liste",
        "Plus tard",
        "Faite",
        "Sans date",
    ]
    assert [each.action.what for each in actions_due(graph)] == [
        "Envoyer la liste",
        "Plus tard",
        "Sans date",
    ]
    site = Site(graph, Renderer(REGISTRY, "fr"))
    [page] = [each for each in site.other_pages() if each.url == "meetings/actions/"]
    assert [each.id for each in page.sections] == ["late", "open", "untold", "done"]
    html = site.page(page).html
    assert html.index("Envoyer la liste") < html.index("Plus tard") < html.index("Oubliée")
    assert "Académie du Nord" in html

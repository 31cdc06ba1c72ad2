"""What awaits each project and each organisation, held against what the files themselves say."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from club.insight.desk import DESKS_URL, Desk, organisation_desks, project_desks
from club.insight.positions import to_give
from club.model.folder import ClubFolder
from club.model.graph import Graph
from club.model.view import CardView, Counted, EditLink, Link, PageView
from club.publish.words.language import Words
from club.read.load import load
from club.read.registry import find_registry
from club.records.offer.model import Offer
from club.records.organisation.desk import desk_pages as organisation_pages
from club.records.project.desk import desk_pages
from club.records.project.model import Project
from tests.clubs import folder_at, write

TODAY = date(2024, 6, 1)
PROJECTS = ("nord", "sud", "est")
SERVICES = ("carnet", "notes", "absences")
OPEN = {"submitted", "discussed", "shared", "sent"}
Files = dict[str, dict[str, Any]]


def graph_of(files: Files, root: Path) -> Graph:
    written = {
        f"data/{name}.yaml": yaml.safe_dump(each, allow_unicode=True, sort_keys=False)
        for name, each in files.items()
        if each
    }
    club = load(folder_at(write(root, written)), today=TODAY)
    assert club.errors == (), [str(each) for each in club.errors]
    return club.graph


def base() -> Files:
    """Three projects on one platform, carried by an organisation each, that lack nothing."""
    return {
        "platforms": {"verger": {"name": "Verger"}},
        "organisations": {
            f"mairie-{id}": {
                "name": f"Mairie {id}",
                "type": "department",
                "contact": f"ent@{id}.example",
                "website": f"https://{id}.example/",
            }
            for id in PROJECTS
        },
        "projects": {
            id: {
                "name": id.capitalize(),
                "platform": "verger",
                "platform_version": {"value": "4.1", "as_of": "2024-03"},
                "carriers": [{"organisation": f"mairie-{id}", "role": "owner"}],
                "territory": "01",
                "school_types": "college",
                "state": "rollout",
                "state_as_of": "2024-01",
                "schools_equipped": {"value": 10, "as_of": "2024-01"},
                "schools_target": {"value": 20, "as_of": "2024-01"},
                "users": {"value": 30, "as_of": "2024-01"},
                "support_levels": [{"level": 1, "who": "Un référent"}],
                "summary": "Un projet.",
            }
            for id in PROJECTS
        },
        "services": {id: {"label": id.capitalize()} for id in SERVICES},
        "offers": {
            f"{project}-{service}": {"service": service, "project": project, "state": "available"}
            for project in PROJECTS
            for service in SERVICES
        },
        "requests": {},
        "meetings": {},
        "difficulties": {},
    }


def desk_of(graph: Graph, id: str) -> Desk:
    (found,) = (
        each
        for each in (*project_desks(graph), *organisation_desks(graph))
        if each.subject.id == id
    )
    return found


def told(desk: Desk) -> dict[str, list[str]]:
    """The words of each task, by sort."""
    words = Words("fr")

    def said(what: object) -> str:
        return words.say(what.title if isinstance(what, Link) else what)

    return {group.id: [said(each.what) for each in group.tasks] for group in desk.groups}


def test_where_nothing_is_missing_nothing_awaits_and_it_is_said_kindly(tmp_path: Path) -> None:
    graph = graph_of(base(), tmp_path)
    assert [told(each) for each in (*project_desks(graph), *organisation_desks(graph))] == [{}] * 6
    for page in (*desk_pages(graph)[1:], *organisation_pages(graph)):
        assert page.sections[0].id == "nothing"
        assert not any(each.id == "offers" for each in page.sections)


requests = st.dictionaries(
    st.sampled_from(["a", "b", "c", "d"]),
    st.fixed_dictionaries(
        {
            "state": st.sampled_from([*sorted(OPEN), "draft", "planned", "refused", "withdrawn"]),
            "example": st.booleans(),
            "positions": st.dictionaries(
                st.sampled_from(PROJECTS), st.sampled_from(["essential", "neutral", "opposed"])
            ),
            "answer": st.sampled_from([None, "under_study", "needs_details", "accepted"]),
            "origin": st.sampled_from([None, *PROJECTS]),
        }
    ),
)
missing = st.fixed_dictionaries(
    {
        id: st.sets(st.sampled_from(["territory", "users", "summary", "support_levels"]))
        for id in PROJECTS
    }
)
old = st.fixed_dictionaries(
    {id: st.sets(st.sampled_from(["users", "schools_target", "state"])) for id in PROJECTS}
)
silent = st.sets(st.tuples(st.sampled_from(PROJECTS), st.sampled_from(SERVICES)))
actions = st.lists(
    st.tuples(
        st.sampled_from(PROJECTS),
        st.sampled_from(["2024-07", "2024-05", "2012", None]),
        st.sampled_from(["open", "done", "dropped"]),
    ),
    max_size=5,
)


def wanting(request: dict[str, Any]) -> int:
    return sum(stance == "essential" for stance in request["positions"].values())


@settings(max_examples=40)
@given(requests, missing, old, silent, actions)
def test_a_desk_tells_what_the_files_lack_and_nothing_else(
    asked: dict[str, Any],
    lacking: dict[str, set[str]],
    stale: dict[str, set[str]],
    unsaid: set[tuple[str, str]],
    agreed: list[tuple[str, str | None, str]],
) -> None:
    files = base()
    for id in PROJECTS:
        project = files["projects"][id]
        for field in stale[id]:
            if field == "state":
                project["state_as_of"] = "2022"
            else:
                project[field]["as_of"] = "2022"
        for field in lacking[id]:
            del project[field]
    for project, service in unsaid:
        del files["offers"][f"{project}-{service}"]
    for id, each in asked.items():
        files["requests"][id] = {
            "title": f"Demande {id}",
            "need": "N",
            "state": each["state"],
            **({"origin": each["origin"]} if each["origin"] else {}),
            "positions": [{"project": p, "stance": s} for p, s in each["positions"].items()],
            "answers": [{"answer": each["answer"]}] if each["answer"] else [],
            **({"example": "oui"} if each["example"] else {}),
        }
    files["meetings"]["r"] = {
        "title": "Rencontre",
        "type": "plenary",
        "status": "held",
        "actions": [
            {
                "id": f"a{index}",
                "what": f"Action {index}",
                "owner": f"mairie-{project}",
                "state": state,
                **({"due": due} if due else {}),
            }
            for index, (project, due, state) in enumerate(agreed)
        ],
    }
    with tempfile.TemporaryDirectory() as root:
        graph = graph_of(files, Path(root))
    for id in PROJECTS:
        desk = desk_of(graph, id)
        found = told(desk)
        to_give_here = [
            f"Demande {key}"
            for key, each in sorted(asked.items())
            if each["state"] in OPEN and id not in each["positions"]
        ]
        assert sorted(found.get("positions", [])) == to_give_here
        ranks = [
            (asked[title[-1]]["example"], -wanting(asked[title[-1]]))
            for title in found.get("positions", [])
        ]
        assert ranks == sorted(ranks)
        (project_record,) = (each for each in graph.all(Project) if each.id == id)
        assert to_give_here == [each.title for each in to_give(project_record, graph)]
        assert sorted(found.get("details", [])) == [
            f"Demande {key}"
            for key, each in sorted(asked.items())
            if each["state"] == "sent"
            and each["answer"] == "needs_details"
            and (
                each["origin"] == id
                or (each["origin"] is None and each["positions"].get(id) == "essential")
            )
        ]
        due = [
            (f"Action {index}", when)
            for index, (project, when, state) in enumerate(agreed)
            if project == id and state == "open"
        ]
        assert sorted(found.get("actions", [])) == sorted(a for a, when in due if when != "2012")
        assert sorted(found.get("untold", [])) == sorted(a for a, when in due if when == "2012")
        assert len(found.get("unknown", [])) == len(lacking[id])
        assert len(found.get("stale", [])) == len(stale[id] - lacking[id])
        assert len(found.get("offers", [])) == sum(project == id for project, _ in unsaid)
        counts = {key: len(each) for key, each in found.items()}
        counts["offers"] = min(1, counts.get("offers", 0))
        examples = sum(
            f"Demande {key}" in found.get(group, [])
            for key, each in asked.items()
            if each["example"]
            for group in ("positions", "details")
        )
        assert desk.count == Counted(sum(counts.values()), examples)
        mine = told(desk_of(graph, f"mairie-{id}"))
        assert mine.get("actions", []) == found.get("actions", [])


def test_a_field_that_sources_dispute_awaits_one_thing_and_is_not_stale_too(
    tmp_path: Path,
) -> None:
    files = base()
    files["projects"]["nord"]["users"] = [
        {"value": 30, "as_of": "2020"},
        {"value": 40, "as_of": "2020", "reliability": "contradicted"},
    ]
    found = told(desk_of(graph_of(files, tmp_path), "nord"))
    assert found == {"contradicted": ["utilisateurs"]}


def test_what_a_comparison_says_twice_of_a_project_awaits_it(tmp_path: Path) -> None:
    files = base()
    files["comparisons"] = {
        "marches": {
            "title": "Marchés",
            "subjects": ["nord", "sud"],
            "criteria": [{"id": "duree", "label": "Durée"}, {"id": "lot", "label": "Lots"}],
            "cells": [
                {
                    "subject": "nord",
                    "criterion": "duree",
                    "claim": [
                        {"value": "3 ans", "reliability": "contradicted"},
                        {"value": "4 ans", "reliability": "contradicted"},
                    ],
                },
                {"subject": "sud", "criterion": "duree", "claim": {"value": "4 ans"}},
            ],
        }
    }
    graph = graph_of(files, tmp_path)
    assert told(desk_of(graph, "nord")) == {"contradicted": ["Durée"]}
    assert told(desk_of(graph, "sud")) == {}


@pytest.mark.parametrize(
    ("change", "is_there"),
    [
        ({}, True),
        ({"state": "stopped"}, False),
        ({"state": "stopped", "platform": None}, False),
        ({"state": "renewal"}, True),
        ({"state": "migrated", "platform": None}, False),
        ({"state": "rollout", "platform": None}, True),
    ],
)
def test_a_project_that_is_over_and_votes_no_more_has_no_desk(
    change: dict[str, Any], is_there: bool, tmp_path: Path
) -> None:
    files = base()
    files["projects"]["nord"] |= change
    files["projects"]["nord"] = {k: v for k, v in files["projects"]["nord"].items() if v}
    graph = graph_of(files, tmp_path)
    assert any(each.subject.id == "nord" for each in project_desks(graph)) is is_there
    carries = any(each.subject.id == "mairie-nord" for each in organisation_desks(graph))
    assert carries is is_there


def test_all_that_awaits_a_made_up_project_is_made_up(tmp_path: Path) -> None:
    files = base()
    files["projects"]["nord"]["example"] = "oui"
    del files["projects"]["nord"]["users"]
    files["requests"]["r"] = {"title": "R", "need": "N", "state": "submitted"}
    graph = graph_of(files, tmp_path)
    assert desk_of(graph, "nord").count == Counted(2, 2)
    assert desk_of(graph, "sud").count == Counted(1, 0)


def edit_places(page: PageView) -> list[str]:
    return [
        f"{value.place.path}:{value.place.line}"
        for section in page.sections
        for card in section.body
        if isinstance(card, CardView)
        for value in card.values
        if isinstance(value, EditLink)
    ]


def test_each_task_leads_to_the_line_where_it_is_written_down(tmp_path: Path) -> None:
    files = {
        "data/platforms.yaml": "base: {name: B}\n",
        "data/projects.yaml": (
            "nord:\n"
            "  name: Nord\n"
            "  platform: base\n"
            "  state: rollout\n"
            "  state_as_of: 2020\n"
            "  users:\n"
            "    - {value: 1, as_of: 2020}\n"
        ),
        "data/requests.yaml": (
            "r:\n  title: R\n  need: N\n  state: submitted\n"
            "  positions:\n    - {project: nord, stance: wanted}\n"
            "s:\n  title: S\n  need: N\n  state: submitted\n  positions: []\n"
        ),
    }
    graph = load(folder_at(write(tmp_path, files)), today=TODAY).graph
    (_, page) = desk_pages(graph)
    found = edit_places(page)
    assert found[0] == "data/requests.yaml:11"
    assert "data/projects.yaml:5" in found or "data/projects.yaml:4" in found
    assert "data/projects.yaml:6" in found
    assert all(each.startswith("data/") for each in found)


LEFT_OUT = ("offer", "difficulty", "comparison", "request", "meeting")


@pytest.mark.parametrize("without", LEFT_OUT)
def test_a_club_that_leaves_a_kind_out_has_desks_without_it(without: str, tmp_path: Path) -> None:
    needing = {"meeting": ("decision", "request", "offer", "difficulty")}
    registry = find_registry(without=(without, *needing.get(without, ())))
    files = {
        "data/platforms.yaml": "base: {name: B}\n",
        "data/services.yaml": "carnet: {label: Carnet}\n",
        "data/projects.yaml": "nord: {name: N, platform: base, state: rollout}\n",
    }
    club = load(ClubFolder(write(tmp_path, files), registry), today=TODAY)
    assert club.errors == ()
    kinds = [kind for kind in registry.kinds if kind.more_pages(club.graph)]
    urls = {page.url for kind in kinds for page in kind.more_pages(club.graph)}
    assert {DESKS_URL, "projects/nord/desk/"} <= urls
    found = told(desk_of(club.graph, "nord"))
    assert ("offers" in found) is (registry.has(Offer))


def first_words(graph: Graph, id: str) -> list[str]:
    """What the page of a desk says first, a card a line."""
    pages = (*desk_pages(graph)[1:], *organisation_pages(graph))
    (page,) = (each for each in pages if each.desk and each.url.split("/")[1] == id)
    words = Words("fr")
    if page.sections[0].id != "coming":
        return []
    cards = [each for each in page.sections[0].body if isinstance(each, CardView)]
    return [" | ".join(words.say(part) for part in (card.title, *card.values)) for card in cards]


def test_a_desk_did_not_show_the_next_meeting_nor_what_is_due_this_week(tmp_path: Path) -> None:
    files = base()
    owner = {"owner": "mairie-nord"}
    files["meetings"] = {
        "passee": {
            "title": "La passée",
            "type": "plenary",
            "status": "held",
            "date": "2024-05-01",
            "actions": [
                {"id": "a", "what": "Demain", "due": "2024-06-02", **owner},
                {"id": "b", "what": "Dans une semaine", "due": "2024-06-08", **owner},
                {"id": "c", "what": "Plus tard", "due": "2024-06-09", **owner},
                {"id": "d", "what": "En juin", "due": "2024-06", **owner},
                {"id": "e", "what": "En retard", "due": "2024-05-31", **owner},
                {"id": "f", "what": "Fait", "due": "2024-06-02", "state": "done", **owner},
            ],
        },
        "annulee": {
            "title": "L’annulée",
            "type": "plenary",
            "status": "cancelled",
            "date": "2024-06-03",
        },
        "suivante": {
            "title": "La suivante",
            "type": "plenary",
            "status": "planned",
            "date": "2024-06-20",
            "start": "09:30",
            "place": "Rennes",
            "host": "mairie-sud",
        },
        "apres": {
            "title": "Celle d’après",
            "type": "plenary",
            "status": "planned",
            "date": "2024-07",
        },
    }
    graph = graph_of(files, tmp_path)
    meeting = "La suivante | Prochaine rencontre | 20\u00a0juin 2024 | à 09:30 | Rennes | prévue"
    assert first_words(graph, "nord") == [
        f"{meeting} | accueillie par Mairie sud",
        "Demain | pour\u00a0: 2\u00a0juin 2024 | La passée",
        "Dans une semaine | pour\u00a0: 8\u00a0juin 2024 | La passée",
    ]
    assert first_words(graph, "sud") == [f"{meeting} | Vous l’accueillez, par Mairie sud."]
    assert first_words(graph, "mairie-sud") == [f"{meeting} | Vous l’accueillez."]


def test_a_meeting_of_no_known_place_has_an_unknown_one(tmp_path: Path) -> None:
    files = base()
    files["meetings"]["m"] = {"title": "M", "type": "plenary", "status": "planned", "date": "2025"}
    assert first_words(graph_of(files, tmp_path), "nord") == [
        "M | Prochaine rencontre | 2025 | lieu encore inconnu | prévue"
    ]

"""The page for the vendor: each request that was sent stands in one place, and one only."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from club.insight.vendor import Side, on, promises, side_of
from club.insight.waiting import is_for_the_club, wait_of
from club.model.graph import Graph
from club.model.view import Link, PageView, TableView
from club.publish.words.language import Words
from club.records.request.kind import KIND
from club.records.request.model import Request, RequestState
from club.records.request.vendor import vendor_page
from tests.clubs import club_of

STATES = [each.value for each in RequestState]
ANSWERS = ["exists", "accepted", "under_study", "refused", "needs_details"]
NOT_SENT = {"draft", "submitted", "discussed", "shared", "duplicate", "withdrawn"}

told = st.dictionaries(
    st.sampled_from(["a", "b", "c", "d", "e", "f"]),
    st.fixed_dictionaries(
        {
            "state": st.sampled_from(STATES),
            "answers": st.lists(
                st.fixed_dictionaries(
                    {
                        "answer": st.sampled_from(ANSWERS),
                        "version": st.sampled_from(["", "4.0", "4.2", "4.10", "autre"]),
                    }
                ),
                max_size=3,
            ),
        }
    ),
)


def graph_of(root: Path, requests: dict[str, Any], **more: str) -> Graph:
    written = {
        id: {
            "title": f"Demande {id}",
            "need": "N",
            **each,
            "answers": [
                {key: value for key, value in answer.items() if value}
                for answer in each.get("answers", [])
            ],
            **({"duplicate_of": "gardee"} if each["state"] == "duplicate" else {}),
        }
        for id, each in requests.items()
    }
    written["gardee"] = {"title": "Gardée", "need": "N", "state": "draft"}
    files = {
        "data/platforms.yaml": (
            "base: {name: B, versions: [{id: '4.0'}, {id: '4.2'}, {id: '4.10'}]}\n"
        ),
        "data/requests.yaml": yaml.safe_dump(written),
        **more,
    }
    club = club_of(root, files)
    assert club.errors == ()
    return club.graph


def place_of(each: dict[str, Any]) -> str | None:
    """Where the vendor looks for a request, told from its file alone."""
    if each["state"] in NOT_SENT:
        return None
    if each["state"] in {"accepted", "planned"}:
        return "PROMISED"
    if each["state"] in {"delivered", "refused"}:
        return each["state"].upper()
    last = each["answers"][-1]["answer"] if each["answers"] else ""
    return {
        "": "WAITING",
        "under_study": "WAITING",
        "needs_details": "DETAILS",
        "accepted": "PROMISED",
    }.get(last, last.upper())


def rows(page: PageView) -> dict[str, list[str]]:
    """The titles in the table of each section."""
    return {
        section.id: [
            str(row.cells[0].values[0].title)
            for table in section.body
            if isinstance(table, TableView)
            for row in table.rows
            if isinstance(row.cells[0].values[0], Link)
        ]
        for section in page.sections
    }


@settings(max_examples=60)
@given(told)
def test_each_request_that_was_sent_stands_in_one_place(requests: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as root:
        graph = graph_of(Path(root), requests)
    found = {each.id: side_of(each) for each in graph.all(Request)}
    assert found.pop("gardee") is None
    assert {id: side.name if side else None for id, side in found.items()} == {
        id: place_of(each) for id, each in requests.items()
    }
    on_page = rows(vendor_page(graph))
    listed = sorted(title for titles in on_page.values() for title in titles)
    assert listed == sorted(
        f"Demande {id}" for id, each in requests.items() if place_of(each) is not None
    )
    for side in Side:
        expected = {f"Demande {id}" for id, each in requests.items() if place_of(each) == side.name}
        assert {*on_page.get(side.name.lower(), [])} == expected
        assert {each.title for each in on(side, graph)} == expected
    for each in graph.all(Request):
        assert (side_of(each) is Side.WAITING) is (wait_of(each) is not None)
        assert (side_of(each) is Side.DETAILS) is is_for_the_club(each)


def test_promises_stand_by_version_the_next_first_and_the_unnamed_last(tmp_path: Path) -> None:
    def accepted(*named: str) -> dict[str, Any]:
        answers = [{"answer": "accepted", "version": each} for each in named]
        return {"state": "accepted", "answers": answers}

    graph = graph_of(
        tmp_path,
        {
            "a": accepted("4.10"),
            "b": accepted(""),
            "c": accepted("4.2", ""),
            "d": accepted("4.10", "4.2"),
        },
    )
    found = [(version, [each.id for each in some]) for version, some in promises(graph)]
    assert found == [("4.2", ["c", "d"]), ("4.10", ["a"]), (None, ["b"])]


def test_the_longest_wait_comes_first(tmp_path: Path) -> None:
    def sent(day: str) -> dict[str, Any]:
        return {"state": "sent", "history": [{"state": "sent", "date": day}]}

    graph = graph_of(tmp_path, {"a": sent("2014"), "b": sent("2012-06"), "c": {"state": "sent"}})
    page = vendor_page(graph)
    assert rows(page)["waiting"] == ["Demande b", "Demande a", "Demande c"]


def test_what_was_delivered_says_where_it_is_not_yet_usable(tmp_path: Path) -> None:
    projects = (
        "nord: {name: Nord, platform: base, state: rollout, platform_version: '4.10'}\n"
        "sud: {name: Sud, platform: base, state: rollout, platform_version: '4.0'}\n"
        "est: {name: Est, platform: base, state: rollout}\n"
    )
    requests = {
        "a": {"state": "delivered", "delivered_in": "4.2"},
        "b": {"state": "delivered"},
    }
    graph = graph_of(tmp_path, requests, **{"data/projects.yaml": projects})
    page = vendor_page(graph)
    (table,) = (
        each
        for section in page.sections
        if section.id == "delivered"
        for each in section.body
        if isinstance(each, TableView)
    )
    words = Words("fr")
    cells = [[words.say(cell.values) for cell in row.cells] for row in table.rows]
    assert cells == [
        ["Demande a", "4.2", "Nord", "Sud", "Est", "0"],
        ["Demande b", "inconnu", "", "", "", "0"],
    ]


@pytest.mark.parametrize("state", sorted(NOT_SENT))
def test_what_was_not_sent_is_none_of_the_vendor_s_business(state: str, tmp_path: Path) -> None:
    graph = graph_of(tmp_path, {"a": {"state": state, "answers": [{"answer": "refused"}]}})
    assert all(titles == [] for titles in rows(vendor_page(graph)).values())


def test_the_page_is_one_step_from_the_requests_and_has_a_file_for_each_table(
    tmp_path: Path,
) -> None:
    graph = graph_of(tmp_path, {"a": {"state": "sent"}, "b": {"state": "refused"}})
    (section,) = KIND.index_sections(graph)
    assert any(isinstance(each, Link) and each.url == "requests/vendor/" for each in section.body)
    sheets = [
        each.sheet
        for part in vendor_page(graph).sections
        for each in part.body
        if isinstance(each, TableView)
    ]
    assert sheets == ["requests/vendor/waiting", "requests/vendor/refused"]

"""What changed between two lists for the vendor, held against sets of what each says."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from club.insight.packages import between
from club.model.graph import Graph, Node
from club.model.source import Block
from club.model.structure import Raw
from club.records.package.model import Package
from club.records.project.model import Project
from club.records.request.model import Request
from tests.clubs import REGISTRY

REQUESTS = ("a", "b", "c", "d")
PROJECTS = ("nord", "sud", "est")
STANCES = ("essential", "wanted", "opposed")
POSITIONS = st.dictionaries(
    st.sampled_from(PROJECTS), st.tuples(st.sampled_from(STANCES), st.sampled_from([None, 1, 2]))
)
FROZEN = st.tuples(st.sampled_from(["T", "U"]), st.sampled_from(["N", "M"]), POSITIONS)
LISTS = st.dictionaries(st.sampled_from(REQUESTS), FROZEN, min_size=1)


def package(id: str, said: dict[str, Any]) -> Package:
    requests = [
        {
            "number": number,
            "request": request,
            "title": title,
            "need": need,
            "state": "shared",
            "positions": [
                {"project": project, "stance": stance, **({"rank": rank} if rank else {})}
                for project, (stance, rank) in positions.items()
            ],
        }
        for number, (request, (title, need, positions)) in enumerate(said.items(), 1)
    ]
    return Package.model_validate(
        {"id": id, "title": id, "date": "2024", "commit_id": "a" * 40, "requests": requests}
    )


ASKED = {"need": "N", "state": "shared"}
RECORDS = [
    *(
        Request.model_validate({"id": id, "title": id, "need": "N", "state": "shared"})
        for id in REQUESTS
    ),
    *(Project.model_validate({"id": id, "name": id, "state": "pilot"}) for id in PROJECTS),
]
GRAPH = Graph([Node(each, Raw(each.id, Block(), "")) for each in RECORDS], REGISTRY)


@given(LISTS, LISTS)
def test_a_list_tells_what_is_new_gone_reworded_and_moved(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    found = between(package("old", old), package("new", new), GRAPH)
    assert {each.request.id for each in found.new} == set(new) - set(old)
    assert {each.request.id for each in found.withdrawn} == set(old) - set(new)
    worded = {each.frozen.request.id: set(each.fields) for each in found.reworded}
    moved = {
        (each.frozen.request.id, one.project.id): (
            one.old and (one.old.stance.value, one.old.rank),
            one.new and (one.new.stance.value, one.new.rank),
        )
        for each in found.reworded
        for one in each.moved
    }
    for id in set(old) & set(new):
        differs = {
            name
            for name, was, now in zip(("title", "need"), old[id], new[id], strict=False)
            if was != now
        }
        assert worded.get(id, set()) == differs
        for project in PROJECTS:
            pair = old[id][2].get(project), new[id][2].get(project)
            assert moved.get((id, project)) == (None if pair[0] == pair[1] else pair)
    assert bool(found) == (old != new)


def test_nothing_changed_in_a_list_that_says_the_same() -> None:
    said = {"a": ("T", "N", {"nord": ("wanted", 1)})}
    assert not between(package("old", said), package("new", said), GRAPH)

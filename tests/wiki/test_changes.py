"""What changed between two mappings, told field by field and item by item."""

from __future__ import annotations

import json
from typing import Any

import pytest

from club.history.changes import (
    TEXT,
    Added,
    Change,
    FieldChanged,
    Published,
    Removed,
    packed,
    record_changes,
    unpacked,
)
from club.history.merges import in_every
from club.history.reasons import reason_of, with_reason
from club.model.source import parse
from tests.clubs import REGISTRY


def between(kind: str, old: str | None, new: str | None) -> list[Change]:
    model = REGISTRY.by_name[kind].model
    sides = [None if text is None else parse("x", text).content or {} for text in (old, new)]
    found = list(record_changes(model, f"{model.collection}/x", *sides))
    assert [unpacked(json.loads(json.dumps(packed(each)))) for each in found] == found
    return found


def told(kind: str, old: str, new: str) -> list[tuple[Any, ...]]:
    return [
        (each.keys, each.old, each.new)
        for each in between(kind, old, new)
        if isinstance(each, FieldChanged)
    ]


def test_a_record_comes_and_goes() -> None:
    assert between("request", None, "title: Tout exporter") == [
        Added("requests/x", "Tout exporter", hidden=False)
    ]
    assert between("request", "title: Tout\norigin: e-lyco", None) == [
        Removed("requests/x", "Tout", hidden=False, names=("Tout", "e-lyco"))
    ]
    assert between("decision", None, "subject: La charte") == [
        Added("decisions/x", "La charte", hidden=False)
    ]
    assert between("request", None, "{}") == [Added("requests/x", "x", hidden=False)]


def test_a_field_changes_comes_and_goes() -> None:
    assert told("request", "state: discussed", "state: delivered") == [
        (("state",), "discussed", "delivered")
    ]
    assert told("request", "state: x", "state: x\norigin: e-lyco") == [
        (("origin",), None, "e-lyco")
    ]
    assert told("request", "origin: e-lyco", "origin:") == [(("origin",), "e-lyco", None)]


def test_the_same_thing_written_otherwise_is_no_change() -> None:
    old = "axes: [usages]\nschools_equipped: 12"
    new = "# une remarque\nschools_equipped:\n  - value: '12'\naxes: usages\nstate:"
    assert told("request", old, new.replace("schools_equipped", "axes2")) != []
    assert told("project", "schools_equipped: 12", "schools_equipped:\n  - value: '12'") == []
    assert told("request", "axes: usages", "axes: [usages]") == []


def test_texts_are_told_without_their_words() -> None:
    assert told("request", "need: un secret", "need: un autre") == [(("need",), TEXT, TEXT)]


POSITIONS = """positions:
  - {project: e-lyco, stance: neutral}
  - {project: ent-mip, stance: wanted, reason: Pour les parents}
"""


def test_positions_go_by_their_project() -> None:
    new = """positions:
  - {project: ent-mip, stance: wanted, reason: Pour tous}
  - {project: autre, stance: opposed}
  - {project: e-lyco, stance: essential}
"""
    assert told("request", POSITIONS, new) == [
        (("positions", "ent-mip", "reason"), "Pour les parents", "Pour tous"),
        (("positions", "e-lyco", "stance"), "neutral", "essential"),
        (("positions", "autre"), None, {"project": "autre", "stance": "opposed"}),
    ]


def test_another_order_is_no_change() -> None:
    new = "positions:\n" + "".join(reversed(POSITIONS.splitlines(keepends=True)[1:]))
    assert told("request", POSITIONS, new) == []


def test_claims_go_by_their_source_and_date() -> None:
    old = (
        "schools_equipped:\n  - {value: 284, as_of: 2012, source: s3}\n  - {value: 292, source: s2}"
    )
    new = (
        "schools_equipped:\n  - {value: 292, source: s2}\n  - {value: 285, as_of: 2012, source: s3}"
    )
    assert told("project", old, new) == [(("schools_equipped", "s3 · 2012", "value"), "284", "285")]


def test_the_only_claim_that_remains_is_the_same_one_corrected() -> None:
    assert told("project", "users: {value: 5, as_of: 2012}", "users: {value: 5, as_of: 2013}") == [
        (("users", "2013", "as_of"), "2012", "2013")
    ]


def test_agenda_points_go_by_id_and_answers_by_date_and_answer() -> None:
    assert told(
        "meeting",
        "agenda:\n  - {id: a, title: Un}\n  - {id: b, title: Deux}",
        "agenda:\n  - {id: b, title: Deux, state: treated}\n  - {id: a, title: Un}",
    ) == [(("agenda", "b", "state"), None, "treated")]
    assert told("request", "answers: []", "answers:\n  - {date: 2012, answer: accepted}") == [
        (("answers", "2012 · accepted"), None, {"date": "2012", "answer": "accepted"})
    ]


def test_data_that_is_no_longer_valid_is_still_told() -> None:
    assert told("request", "etat: ouverte\nneed: [1]", "state: draft\nneed: x") == [
        (("need",), TEXT, TEXT),
        (("state",), None, "draft"),
        (("etat",), "ouverte", None),
    ]


def hidden(kind: str, old: str, new: str) -> dict[tuple[str, ...], bool]:
    return {
        each.keys: each.hidden for each in between(kind, old, new) if isinstance(each, FieldChanged)
    }


@pytest.mark.parametrize("sides", [("members", "public"), ("public", "members"), ("members",) * 2])
def test_a_record_for_members_on_either_side_hides_its_changes(sides: tuple[str, str]) -> None:
    old, new = (f"audience: {said}\nstate: s{at}" for at, said in enumerate(sides))
    assert set(hidden("request", old, new).values()) == {True}


def test_a_field_for_members_on_either_side_hides_its_changes() -> None:
    old = "audience: {state: members}\nstate: a\ntitle: t"
    new = "state: b\ntitle: u"
    assert hidden("request", old, new) == {("audience",): True, ("title",): False, ("state",): True}
    assert hidden("request", new, old)[("state",)]


def test_a_part_for_members_on_either_side_hides_its_changes() -> None:
    public = POSITIONS
    members = POSITIONS.replace("stance: neutral", "stance: opposed, audience: members")
    for sides in ((public, members), (members, public)):
        found = hidden("request", *sides)
        assert found[("positions", "e-lyco", "stance")]
    assert hidden("request", members, "") == {
        ("positions", "e-lyco"): True,
        ("positions", "ent-mip"): False,
    }


def test_one_claim_for_members_hides_them_all_since_nothing_tells_them_apart_for_good() -> None:
    old = "users:\n  - {value: 1, as_of: 2011}\n  - {value: 2, as_of: 2012, audience: members}"
    new = "users:\n  - {value: 9, as_of: 2011}\n  - {value: 2, as_of: 2013}"
    assert set(hidden("project", old, new).values()) == {True}


def test_one_level_for_members_hides_them_all_since_levels_are_renumbered() -> None:
    old = "support_levels:\n  - {level: 1, who: A}\n  - {level: 2, who: B, audience: members}"
    new = old.replace("who: A", "who: C")
    assert set(hidden("project", old, new).values()) == {True}


def test_an_item_is_hidden_with_another_that_has_its_identity() -> None:
    old = "positions: [{project: a, stance: wanted}, {project: a, stance: x, audience: members}]"
    found = hidden("request", old, "positions: [{project: b, stance: wanted}]")
    assert found == {("positions", "a"): True, ("positions", "b"): False}


def test_a_record_becomes_public() -> None:
    found = between("request", "audience: members\ntitle: a", "title: a")
    assert found[0] == Published("requests/x")
    assert [each.hidden for each in found] == [False, True]


def test_a_merge_says_only_what_no_branch_had() -> None:
    ours = between("request", "state: draft\naxes: [a, b]", "state: sent\naxes: [a, b, c]\nrank: 1")
    theirs = between(
        "request", "state: sent\naxes: [a, c]", "state: sent\naxes: [a, b, c]\nrank: 1"
    )
    assert [each.keys for each in in_every([ours, theirs]) if isinstance(each, FieldChanged)] == [
        ("rank",)
    ]


GITLAB = "Merge branch 'a' into 'main'\n\n{title}\n\nCloses #4\n\nSee merge request club/site!12\n"
GITHUB = "Merge pull request #4 from x/y\n\n{title}"
FORGEJO = "Merge pull request '{title}' (#3) from a/b into main\n\nReviewed-on: https://x/pulls/3"


@pytest.mark.parametrize(
    ("message", "merge", "reason"),
    [
        # What a maintainer writes for maintainers is no reason.
        ("Records in their normal form\n\nNo value changes.\n", "", ""),
        ("Ajout du projet de Lyon", "Merge of what check tells", ""),
        ("maj", "Merge branch 'x'\n\nA branch of ours, merged by hand", ""),
        ("", "", ""),
        # The merge or pull request's title is one, on each forge.
        ("Update projects.yaml", GITLAB.format(title="Positions de mai"), "Positions de mai"),
        ("wip", FORGEJO.format(title="Positions de mai"), "Positions de mai"),
        ("Mise à jour de data/projects.yaml", GITHUB.format(title="Avis de mai"), "Avis de mai"),
        ("Avis de mai (#12)\n\n* wip\n\n* maj", "", "Avis de mai"),
        ("Avis de mai (!12)", "", "Avis de mai"),
        ("Avis de mai (club/site!12)", "", "Avis de mai"),
        ("wip", GITLAB.format(title="Draft: Avis de mai"), "Avis de mai"),
        ("wip", GITLAB.format(title="Update projects.yaml"), ""),
        ("wip", "Merge branch 'a' into 'main'\n\nSee merge request club/site!12", ""),
        # What somebody proposed comes first.
        ("Avis\n\nRaison : Vu en réunion", GITHUB.format(title="Avis"), "Vu en réunion"),
        ("Avis\n\nRaison\u00a0: Vu en réunion", "", "Vu en réunion"),
        ("x (#12)\n\n* Avis\n\n  Pourquoi.\n\n  Reason: Vu", "", "Vu"),
        ("Vu\n\nReason: Vu\n  et revu\nSigned-off-by: Camille <c@x.example>\n", "", "Vu et revu"),
        ("Avis\n\nReason: Voir Camille <camille@nantes.example>", "", "Voir Camille"),
        ("Avis\n\nReason: maj", "", ""),
    ],
)
def test_reasons(message: str, merge: str, reason: str) -> None:
    assert reason_of(message, merge) == reason


@pytest.mark.parametrize("language", ["fr", "en", ""])
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Avis de mai", "Avis de mai"),
        ("Avis\n\nVu en réunion,\navec Lyon.\n", "Avis – Vu en réunion, avec Lyon."),
        ("Avis\n\nRaison : Vu", "Vu"),
    ],
)
def test_what_is_proposed_is_read_back_as_the_reason(text: str, reason: str, language: str) -> None:
    message = with_reason(text, language)
    assert message.startswith(text.strip())
    assert reason_of(message) == reason
    assert with_reason(message, language) == message

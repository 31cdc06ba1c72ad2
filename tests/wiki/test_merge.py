"""The merge, case by case: what two people did, and what should come out."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent

import pytest
import yaml

from club.merge import Conflict, Merged, merge_path, merge_texts
from club.merge.proof import is_proved
from club.model.source import parse
from club.publish.words.language import Words
from tests.clubs import REGISTRY
from tests.wiki.resolving import hunks, resolve, swapped

PROJECT = REGISTRY.model_of("projects")


@dataclass(frozen=True)
class Case:
    """Three versions of a file and their merge; with *whole*, the file is one record."""

    base: str
    ours: str
    theirs: str
    merged: str
    collection: str = "projects"
    whole: bool = True


def case(base: str, ours: str, theirs: str, merged: str, **options: object) -> Case:
    return Case(*map(dedent, (base, ours, theirs, merged)), **options)  # type: ignore[arg-type]


CASES = {
    "claims are added side by side": case(
        "name: A\n",
        "name: A\nusers: 100\n",
        "name: A\nusers:\n  value: 200\n  source: s\n",
        "name: A\nusers:\n  - 100\n  - value: 200\n    source: s\n",
    ),
    "a claim is completed on both sides": case(
        "users:\n  - value: 100\n    source: s\n",
        "users:\n  - value: 100\n    source: s\n    as_of: 2012\n",
        "users:\n  - value: 100\n    source: s\n    note: n\n",
        "users:\n  - value: 100\n    source: s\n    as_of: 2012\n    note: n\n",
    ),
    "a claim corrected beside a new one": case(
        "users: 100\n",
        "users: 150\n",
        "users: [100, 200]\n",
        "users: [150, 200]\n",
    ),
    "items added to brackets": case(
        "axes: [a, b] # deux\n",
        "axes: [a, b, d] # deux\n",
        "axes: [c, a] # deux\n",
        "axes: [c, a, d] # deux\n",
        collection="requests",
    ),
    "brackets on one side, dashes on the other": case(
        "axes: [a]\n",
        "axes:\n  - a # le premier\n  - b\n",
        "axes: [a, c]\n",
        "axes:\n  - a # le premier\n  - b\n  - c\n",
        collection="requests",
    ),
    "one item becomes several, on both sides": case(
        "axes: a\n",
        "axes: [a, b]\n",
        "axes: [a, c]\n",
        "axes: [a, b, c]\n",
        collection="requests",
    ),
    "fields of a mapping between brackets": case(
        "date: {value: 2012, source: s}\n",
        "date: {value: 2012-02, source: s}\n",
        "date: {value: 2012, source: s, note: n}\n",
        "date: {value: 2012-02, source: s, note: n}\n",
        collection="meetings",
    ),
    "a bare claim is dated here and sourced there": case(
        "date: 2012\n",
        "date: 2012-02\n",
        "date:\n  value: 2012\n  source: s\n",
        "date:\n  value: 2012-02\n  source: s\n",
        collection="meetings",
    ),
    "positions of two projects": case(
        "positions:\n- project: a\n  stance: wanted\n",
        "positions:\n- project: a\n  stance: wanted\n- project: c\n  stance: neutral\n",
        "positions:\n- project: a\n  stance: essential\n- project: b\n  stance: wanted\n",
        "positions:\n- project: a\n  stance: essential\n- project: b\n  stance: wanted\n"
        "- project: c\n  stance: neutral\n",
        collection="requests",
    ),
    "steps of a history stay in the order of their dates": case(
        "history:\n  - state: draft\n    date: 2012-01\n",
        "history:\n  - state: draft\n    date: 2012-01\n  - state: sent\n    date: 2012-09\n",
        "history:\n  - state: draft\n    date: 2012-01\n  - state: shared\n    date: 2012-05\n",
        "history:\n  - state: draft\n    date: 2012-01\n  - state: shared\n    date: 2012-05\n"
        "  - state: sent\n    date: 2012-09\n",
        collection="requests",
    ),
    "cells by subject and criterion": case(
        "cells:\n  - subject: a\n    criterion: x\n    claim: 1\n",
        "cells:\n  - subject: a\n    criterion: y\n    claim: 2\n"
        "  - subject: a\n    criterion: x\n    claim: 1\n",
        "cells:\n  - subject: a\n    criterion: x\n    claim: {value: 1, source: s}\n",
        "cells:\n  - subject: a\n    criterion: y\n    claim: 2\n"
        "  - subject: a\n    criterion: x\n    claim: {value: 1, source: s}\n",
        collection="comparisons",
    ),
    "items reordered here, one edited there": case(
        "agenda:\n  - id: a\n    title: A\n  - id: b\n    title: B\n",
        "agenda:\n  - id: b\n    title: B\n  - id: a\n    title: A\n",
        "agenda:\n  - id: a\n    title: AA\n  - id: b\n    title: B\n",
        "agenda:\n  - id: b\n    title: B\n  - id: a\n    title: AA\n",
        collection="meetings",
    ),
    "one side removes an item, the other adds one": case(
        "agenda:\n  - id: a\n    title: A\n  - id: b\n    title: B\n",
        "agenda:\n  - id: b\n    title: B\n",
        "agenda:\n  - id: a\n    title: A\n  - id: b\n    title: B\n  - id: c\n    title: C\n",
        "agenda:\n  - id: b\n    title: B\n  - id: c\n    title: C\n",
        collection="meetings",
    ),
    "each side removes another item": case(
        "axes: [a, b]\n", "axes: [a]\n", "axes: [b]\n", "axes: []\n", collection="requests"
    ),
    "neighbouring lines of a text": case(
        "need: |\n  un\n  deux\n  trois\n",
        "need: |\n  UN\n  deux\n  trois\n",
        "need: |\n  un\n  DEUX\n  trois\n\n  quatre\n",
        "need: |\n  UN\n  DEUX\n  trois\n\n  quatre\n",
        collection="requests",
    ),
    "a text is folded on one side and edited on both": case(
        "need: |\n  un\n  deux\n",
        "need: |-\n  UN\n  deux\n",
        "need: |\n  un\n  DEUX\n",
        "need: |-\n  UN\n  DEUX\n",
        collection="requests",
    ),
    "a comment beside a value that the other side changed": case(
        "state: pilot\nname: A\n",
        "state: pilot # depuis 2012\nname: A\n",
        "state: rollout\nname: A\n",
        "state: rollout # depuis 2012\nname: A\n",
    ),
    "two comments beside one value": case(
        "state: pilot\n",
        "state: pilot # un\n",
        "state: pilot # deux\n",
        "# un\nstate: pilot # deux\n",
    ),
    "comments above and below": case(
        "# haut\nname: A\n# milieu\nstate: pilot\n# bas\n",
        "# HAUT\nname: A\n# milieu\nstate: rollout\n# bas\n",
        "# haut\nname: B\n# MILIEU\nstate: pilot\n# BAS\n",
        "# HAUT\nname: B\n# MILIEU\nstate: rollout\n# BAS\n",
    ),
    "another indentation and another field": case(
        "carriers:\n  - organisation: a\n    role: owner\n",
        "carriers:\n    - organisation: a\n      role: owner\n      note: n\n",
        "carriers:\n  - organisation: a\n    role: funder\n",
        "carriers:\n    - organisation: a\n      role: funder\n      note: n\n",
    ),
    "the first field of an item is added": case(
        "carriers:\n  - organisation: a\n    role: owner\n",
        "carriers:\n  - role: funder\n    organisation: a\n",
        "carriers:\n  - note: n\n    organisation: a\n    role: owner\n",
        "carriers:\n  - note: n\n    role: funder\n    organisation: a\n",
    ),
    "records at both ends": case(
        "# tête\n\na:\n  name: A\n",
        "# tête\n\nz:\n  name: Z\n\na:\n  name: A\n",
        "# tête\n\na:\n  name: A\n\nb:\n  name: B\n",
        "# tête\n\nz:\n  name: Z\n\na:\n  name: A\n\nb:\n  name: B\n",
        whole=False,
    ),
    "a file both sides create": case(
        "", "a:\n  name: A\n", "b:\n  name: B\n", "a:\n  name: A\nb:\n  name: B\n", whole=False
    ),
    "a record both sides create alike": case(
        "",
        "a:\n  name: A\n  state: pilot\n",
        "a:\n  name: A\n  users: 3\n",
        "a:\n  name: A\n  state: pilot\n  users: 3\n",
        whole=False,
    ),
    "lists of a file the models do not know": case(
        "- rule: a\n  record: x\n  reason: r\n",
        "- rule: a\n  record: x\n  reason: r\n- rule: b\n  record: y\n  reason: r\n",
        "- rule: a\n  record: x\n  reason: R\n",
        "- rule: a\n  record: x\n  reason: R\n- rule: b\n  record: y\n  reason: r\n",
        collection="exceptions",
        whole=False,
    ),
    "a quoted text that reaches the margin": case(
        'a:\n  name: "un\nb: deux"\nc:\n  name: C\n',
        'a:\n  name: "un\nb: trois"\nc:\n  name: C\n',
        'a:\n  name: "un\nb: deux"\nc:\n  name: CC\n',
        'a:\n  name: "un\nb: trois"\nc:\n  name: CC\n',
        whole=False,
    ),
    "an id that stands twice in a file, which no reading takes for one": case(
        "a:\n  name: A\nb:\n  name: B\nc:\n  name: C\na:\n  name: D\n",
        "a:\n  name: AA\nb:\n  name: B\nc:\n  name: C\na:\n  name: D\n",
        "a:\n  name: A\nb:\n  name: B\nc:\n  name: C\na:\n  name: DD\n",
        "a:\n  name: AA\nb:\n  name: B\nc:\n  name: C\na:\n  name: DD\n",
        whole=False,
    ),
    "the last known exception taken away, another written": case(
        "- rule: a\n  record: x/y\n",
        "",
        "- rule: a\n  record: x/y\n- rule: b\n  record: x/z\n",
        "- rule: b\n  record: x/z\n",
        collection="exceptions",
        whole=False,
    ),
    "lines written above and below the only one of a text": case(
        "need: |\n  un\n",
        "need: |\n  un\n  deux\n",
        "need: |\n  zéro\n  un\n",
        "need: |\n  zéro\n  un\n  deux\n",
        collection="requests",
    ),
    "no end of line at the end of the file": case(
        "name: A\nstate: pilot", "name: B\nstate: pilot", "name: A\nstate: study",
        "name: B\nstate: study",
    ),
}  # fmt: skip


def merge(each: Case, ours: str, theirs: str) -> Merged | Conflict:
    return merge_texts(
        each.base, ours, theirs, REGISTRY.model_of(each.collection), in_folder=each.whole
    )


@pytest.mark.parametrize("each", CASES.values(), ids=CASES)
def test_a_merge_without_conflict(each: Case) -> None:
    assert merge(each, each.ours, each.theirs) == Merged(each.merged)
    assert merge(each, each.theirs, each.ours) == Merged(each.merged)


@pytest.mark.parametrize("each", CASES.values(), ids=CASES)
def test_the_same_with_windows_line_ends(each: Case) -> None:
    versions = [text.replace("\n", "\r\n") for text in (each.base, each.ours, each.theirs)]
    found = merge_texts(*versions, REGISTRY.model_of(each.collection), in_folder=each.whole)
    assert found == Merged(each.merged.replace("\n", "\r\n"))


CONFLICTS = {
    "the same field, two values": (
        case(
            "name: A\nstate: pilot\n",
            "name: B\nstate: study\n",
            "name: A\nstate: rollout\nusers: 3\n",
            "name: B\n<<<<<<< ours\nstate: study\n=======\nstate: rollout\n>>>>>>> theirs\n"
            "users: 3\n",
        ),
        "état : modifié des deux côtés, « study » de ce côté-ci et « rollout » de l’autre",
    ),
    "one claim, two values": (
        case(
            "users: 100\n",
            "users: 150\n",
            "users: 180\n",
            "<<<<<<< ours\nusers: 150\n=======\nusers: 180\n>>>>>>> theirs\n",
        ),
        "utilisateurs : modifié des deux côtés, « 150 » de ce côté-ci et « 180 » de l’autre",
    ),
    "a field removed here, changed there": (
        case(
            "name: A\nstate: pilot\n",
            "name: A\n",
            "name: A\nstate: rollout\n",
            "name: A\n<<<<<<< ours\n=======\nstate: rollout\n>>>>>>> theirs\n",
        ),
        "état : supprimé de ce côté-ci, modifié de l’autre",
    ),
    "a record changed here, removed there": (
        case(
            "a:\n  name: A\nb:\n  name: B\n",
            "a:\n  name: AA\nb:\n  name: B\n",
            "b:\n  name: B\n",
            "<<<<<<< ours\na:\n  name: AA\n=======\n>>>>>>> theirs\nb:\n  name: B\n",
            whole=False,
        ),
        "a : modifié de ce côté-ci, supprimé de l’autre",
    ),
    "the first field of an item": (
        case(
            "carriers:\n  - role: owner\n    organisation: a\n",
            "carriers:\n  - role: funder\n    organisation: a\n",
            "carriers:\n  - role: support\n    organisation: a\n    note: n\n",
            "carriers:\n<<<<<<< ours\n  - role: funder\n=======\n  - role: support\n"
            ">>>>>>> theirs\n    organisation: a\n    note: n\n",
        ),
        "a › rôle : modifié des deux côtés",
    ),
    "the first field of an item, removed here": (
        case(
            "carriers:\n  - role: owner\n    organisation: a\n",
            "carriers:\n  - organisation: a\n",
            "carriers:\n  - role: support\n    organisation: a\n",
            "carriers:\n<<<<<<< ours\n  - organisation: a\n=======\n  - role: support\n"
            "    organisation: a\n>>>>>>> theirs\n",
        ),
        "a › rôle : supprimé de ce côté-ci",
    ),
    "the same line of a text": (
        case(
            "need: |\n  un\n  deux\n  trois\n",
            "need: |\n  UN\n  deux\n  trois\n",
            "need: |\n  Un\n  deux\n  TROIS\n",
            "<<<<<<< ours\nneed: |\n  UN\n  deux\n  TROIS\n=======\nneed: |\n  Un\n  deux\n"
            "  TROIS\n>>>>>>> theirs\n",
            collection="requests",
        ),
        "besoin : modifié des deux côtés, chacun à sa façon",
    ),
}


@pytest.mark.parametrize(("each", "said"), CONFLICTS.values(), ids=CONFLICTS)
def test_a_conflict_stays_in_its_field(each: Case, said: str) -> None:
    found = merge(each, each.ours, each.theirs)
    assert isinstance(found, Conflict)
    assert found.text == each.merged
    words = [
        Words("fr").say(each).replace("\u202f", " ").replace("\xa0", " ")
        for each in found.conflicts
    ]
    assert len(words) == 1
    assert said in words[0]
    assert swapped(merge(each, each.theirs, each.ours).text) == found.text
    for side in ("ours", "theirs"):
        assert parse("", resolve(found.text, side)).problems == ()


def test_a_file_that_is_not_yaml_is_merged_as_git_does() -> None:
    base = "a:\n  name: [\n" + "".join(f"l{n}: x\n" for n in range(9))
    ours, theirs = base.replace("l1: x", "l1: y"), base.replace("l8: x", "l8: z")
    assert merge_texts(base, ours, theirs, PROJECT) == Merged(ours.replace("l8: x", "l8: z"))
    found = merge_texts(
        base,
        ours,
        base.replace("l1: x", "l1: z"),
        PROJECT,
        path="data/p.yaml",
    )
    assert isinstance(found, Conflict)
    assert hunks(found.text) == [("l1: y\n", "l1: z\n")]


def test_bytes_that_are_not_utf_8_are_merged_as_git_does() -> None:
    base = b"a:\n  name: caf\xe9\nb: 1\nc: 2\nd: 3\ne: 4\n"
    found = merge_path(
        base,
        base.replace(b"e: 4", b"e: 5"),
        base.replace(b"a:", b"z:"),
        "data/projects.yaml",
        REGISTRY,
    )
    assert found.raw == base.replace(b"e: 4", b"e: 5").replace(b"a:", b"z:")


def test_an_unfinished_merge_is_not_merged_by_field() -> None:
    marked = "name: A\n<<<<<<< x\nstate: a\n=======\nstate: b\n>>>>>>> y\n"
    found = merge_texts("name: A\n", marked, "name: B\n", PROJECT, in_folder=True)
    assert "<<<<<<< x\n" in found.text


def test_what_a_second_reading_does_not_find_is_not_proved() -> None:
    sides = ("a: 1\n", "a: 2 # deux\n", "a: 1\nb: 3\n")
    whole = "a: 2 # deux\nb: 3\n"
    said = {"a": "2", "b": "3"}
    assert is_proved([whole, whole], [said, said], sides)
    for text, value in (
        (whole, {"a": "2"}),
        (whole, {"a": "1", "b": "3"}),
        ("a: [2 # deux\nb: 3\n", said),
    ):
        assert not is_proved([whole, text], [said, value], sides)
        assert not is_proved([text, whole], [value, said], sides)
    bare = "a: 2\nb: 3\n"  # a note may be on one side of a conflict, but not on none
    assert is_proved([whole, bare], [said, said], sides)
    assert not is_proved([bare, bare], [said, said], sides)


def test_pages_are_merged_by_line() -> None:
    base = "# Page\n\nun\n\ndeux\n"
    found = merge_path(
        base.encode(),
        base.replace("un", "UN").encode(),
        base.replace("deux", "DEUX").encode(),
        "docs/page.md",
        REGISTRY,
    )
    assert found.raw.decode() == "# Page\n\nUN\n\nDEUX\n"


@pytest.mark.parametrize(
    ("base", "theirs"),
    [
        ("a:\n  title: &t Un\nb:\n  title: *t\n", "a:\n  title: &t Un\nb:\n  title: *t\n  x: 1\n"),
        ("a:\n  t: Un\nb:\n  t: Deux\n", "a:\n  t: &t Un\nb:\n  t: *t\n"),
        ("a:\n  t: Un\nb:\n  t: [Deux]\n", "a:\n  t: &t Un\nb:\n  t: [*t]\n"),
    ],
)
@pytest.mark.parametrize("ours", ["", "c:\n  t: Trois\n", "b:\n  t: Autre\n"])
def test_an_anchor_on_one_side_is_never_merged_into_a_file_that_is_no_yaml(
    base: str, theirs: str, ours: str
) -> None:
    for first, second in ((ours, theirs), (theirs, ours)):
        found = merge_texts(base, first, second, PROJECT)
        if isinstance(found, Merged):
            yaml.compose(found.text, yaml.SafeLoader)

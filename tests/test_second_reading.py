"""A rewriting that would lose a value or a comment is found out by a reader of another make."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from club.edit.fmt import formatted
from club.merge import Merged, merge_texts
from club.merge.proof import is_proved
from club.model.second_reading import says_the_same, second_reading
from club.model.source import parse
from tests.clubs import REGISTRY, TOY
from tests.wiki.test_fmt import requests

EVERYWHERE = """\
# tête

# au-dessus
a: 1 # à côté
b:   # du bloc
  # dedans
  - x # d’un item
  - {k: v, # entre accolades
     l: [w, # entre crochets
         # seul entre crochets
         z]} # après
  # après la liste

# détaché

c: |  # de l’en-tête
  texte
  # du texte
# après le texte
d: "# du texte"   # d’une valeur
e: >-
  plié
  # du texte

 # après le pli
f:
# sous un vide
# fin
"""


@given(requests())
def test_both_readers_agree(text: str) -> None:
    source = parse("", text)
    if not source.problems:
        reading = second_reading(text)
        assert reading is not None
        assert reading.content == source.content


@pytest.mark.parametrize("path", sorted((TOY / "data").rglob("*.yaml")), ids=str)
def test_both_readers_agree_on_the_toy_club(path: Path) -> None:
    text = path.read_text("utf-8")
    reading = second_reading(text)
    assert reading is not None
    assert reading.content == parse("", text).content


def test_comments_are_found_wherever_they_stand_and_never_inside_a_text() -> None:
    reading = second_reading(EVERYWHERE)
    assert reading is not None
    lines = [line[line.rindex("# ") :] for line in EVERYWHERE.splitlines() if "# " in line]
    comments = [line for line in lines if line != "# du texte"]
    assert sorted(reading.comments.elements()) == sorted(comments)


@pytest.mark.parametrize(
    "after",
    [
        "a: 1\nb: 2\n",
        "a: 1 # un\nb: '2' \n# de trop\n",
        "a: 1 # un\n",
        "a: 01 # un\nb: 2\n",
        "a: 1 # un\nb: 2 # un\n",
        "a: [ # un\n",
    ],
)
def test_what_a_rewriting_lost_is_found(after: str) -> None:
    before = "a: 1 # un\nb: 2\n"
    assert says_the_same(before, "b: 2\n# un\na: '1'\n")
    assert not says_the_same(before, after)
    assert not says_the_same(after, before)


BASE, OURS, THEIRS = "a: 1 # un\n", "a: 1 # un\nb: 2 # deux\n", "a: 3\nc: 4 # quatre\n"


@pytest.mark.parametrize(
    ("text", "proved"),
    [
        ("a: 3\nb: 2 # deux\nc: 4 # quatre\n", True),
        ("a: 3\nb: 2\nc: 4 # quatre\n", False),
        ("a: 3\nb: 2 # deux\nc: 4\n", False),
        ("a: 3\nb: 2 # deux # quatre\n", False),
    ],
)
def test_a_merge_that_lost_a_comment_or_a_value_is_not_proved(text: str, proved: bool) -> None:
    value = {"a": "3", "b": "2", "c": "4"}
    assert is_proved((text, text), (value, value), (BASE, OURS, THEIRS)) is proved


def test_a_tab_in_a_bare_text_is_no_reason_to_refuse() -> None:
    text = "need: N\t# note\ntitle: a\tb\nstate: draft\n"
    done = formatted("data/requests/a.yaml", text, REGISTRY.by_name["request"])
    assert done == "title: a\tb\nneed: N\t# note\nstate: draft\n"
    merged = merge_texts(
        text,
        text.replace("# note", "# une"),
        text.replace("N", "M"),
        REGISTRY.model_of("requests"),
        in_folder=True,
    )
    assert merged == Merged("need: M\t# une\ntitle: a\tb\nstate: draft\n")

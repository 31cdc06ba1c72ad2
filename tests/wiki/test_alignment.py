"""Which item is which: history never guesses, and a merge agrees with it on what tells items apart.

The parts of `Workshop` declare no identity and have no id, as those of a kind of another club may.
"""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest

from club.history.changes import FieldChanged, record_changes
from club.merge import Conflict, Merged, merge_texts
from club.model.alignment import aligned
from club.model.dates import PartialDate
from club.model.fields import Claim, Count, Line, Reference, about
from club.model.message import N_
from club.model.record import Part, Record
from club.model.source import parse
from club.publish.words.language import Words
from club.publish.words.sentences import Teller
from club.records.project.model import Project
from tests.clubs import REGISTRY


class Session(Part):
    """A part that says nothing of what tells it apart."""

    title: Line = about(N_("title"))
    minutes: Count | None = about(N_("duration"), default=None)


class Guest(Part):
    """The same, of a project."""

    project: Reference[Project] = about(N_("project"))
    date: PartialDate | None = about(N_("date"), default=None)


class Workshop(Record, kind="workshop"):
    """A kind that another club adds."""

    title: Line = about(N_("title"))
    sessions: tuple[Session, ...] = about(N_("sessions"), default=())
    guests: tuple[Guest, ...] = about(N_("guests"), default=())


def told(model: type[Record], old: str, new: str) -> list[tuple[Any, ...]]:
    """Each change of a field: the keys that lead to it, what was there and what is."""
    sides = [parse("x", dedent(text)).content for text in (old, new)]
    found = record_changes(model, f"{model.collection}/x", *sides)
    return [(each.keys, each.old, each.new) for each in found if isinstance(each, FieldChanged)]


AB = """\
sessions:
  - {title: A, minutes: 30}
  - {title: B, minutes: 60}
"""
INTRO_AB = AB.replace("sessions:\n", "sessions:\n  - {title: Intro, minutes: 60}\n")
INTRO = (("sessions", "Intro"), None, {"title": "Intro", "minutes": "60"})


def test_an_item_put_above_leaves_the_others_alone() -> None:
    assert told(Workshop, AB, INTRO_AB) == [INTRO]


def test_an_item_put_above_one_that_was_reworded_is_not_taken_for_it() -> None:
    assert told(Workshop, AB, INTRO_AB.replace("title: B", "title: Bilan")) == [
        (("sessions", "Bilan", "title"), "B", "Bilan"),
        INTRO,
    ]


def test_two_items_that_may_be_one_another_are_removed_and_added() -> None:
    only_b = "sessions:\n  - {title: B, minutes: 60}\n"
    two = "sessions:\n  - {title: Intro, minutes: 60}\n  - {title: B, minutes: 90}\n"
    assert [each[0] for each in told(Workshop, only_b, two)] == [
        ("sessions", "B"),
        ("sessions", "Intro"),
        ("sessions", "B"),
    ]


def test_an_item_in_the_place_of_one_that_it_does_not_resemble_is_another() -> None:
    new = AB.replace("{title: B, minutes: 60}", "{title: Clôture, minutes: 15}")
    assert [(each[1] is None, each[2] is None) for each in told(Workshop, AB, new)] == [
        (False, True),
        (True, False),
    ]


def test_another_project_is_another_item_even_undeclared() -> None:
    old, new = (f"guests: [{{project: {id}, date: 2012}}]" for id in ("nord", "sud"))
    assert [each[0] for each in told(Workshop, old, new)] == [("guests", "nord"), ("guests", "sud")]


def test_an_item_put_above_on_one_side_and_another_edited_on_the_other() -> None:
    theirs = AB.replace("minutes: 60", "minutes: 45")
    expected = INTRO_AB.replace("B, minutes: 60", "B, minutes: 45")
    for sides in ((INTRO_AB, theirs), (theirs, INTRO_AB)):
        assert merge_texts(AB, *sides, Workshop, in_folder=True) == Merged(expected)


def test_an_item_edited_in_two_ways_below_a_new_one_is_a_conflict() -> None:
    ours = INTRO_AB.replace("B, minutes: 60", "B, minutes: 50")
    theirs = AB.replace("minutes: 60", "minutes: 45")
    merge = merge_texts(AB, ours, theirs, Workshop, in_folder=True)
    assert isinstance(merge, Conflict)
    assert len(merge.conflicts) == 1
    assert merge.text.count("Intro") == 1


def in_project(text: str) -> str:
    return f"name: A\nstate: pilot\n{dedent(text)}"


def test_the_role_of_a_carrier_is_corrected_not_the_carrier() -> None:
    old = in_project("carriers:\n  - {organisation: o, role: partner}\n")
    assert told(Project, old, old.replace("partner", "owner")) == [
        (("carriers", "o", "role"), "partner", "owner")
    ]


def test_a_link_is_known_by_its_title() -> None:
    old = in_project("""\
        links:
          - {title: Site, url: https://a.example/}
          - {title: Aide, url: https://b.example/}
        """)
    new = old.replace("https://a", "https://c").replace("https://b", "https://d")
    assert told(Project, old, new) == [
        (("links", "Site", "url"), "https://a.example/", "https://c.example/"),
        (("links", "Aide", "url"), "https://b.example/", "https://d.example/"),
    ]


def test_a_state_that_a_request_enters_twice_is_two_steps() -> None:
    request = REGISTRY.by_name["request"].model
    old = "history: [{state: discussed, date: 2012}, {state: sent}, {state: discussed, date: 2014}]"
    new = "history: [{state: sent}, {state: discussed, date: 2014-05}]"
    assert [each[0] for each in told(request, old, new)] == [
        ("history", "2014-05 · discussed", "date"),
        ("history", "2012 · discussed"),
    ]


def test_the_state_of_a_step_is_told_in_words() -> None:
    change = FieldChanged("requests/x", ("history", "sent", "date"), None, "2012", hidden=False)
    words = Words("fr")
    (said,) = Teller(words, str, REGISTRY).sentences(change)
    assert words.say(said).startswith("étapes, transmise à l’éditeur, date")


CLAIM = Claim[Count]


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ([{"value": "5"}], [{"value": "6"}], {0: 0}),
        ([{"value": "5", "source": "s"}], [{"value": "6", "source": "s"}], {0: 0}),
        ([{"value": "5", "source": "s"}], [{"value": "6", "source": "t"}], {}),
        ([{"value": "5"}, {"value": "7"}], [{"value": "7"}, {"value": "6"}], {0: 1}),
        (
            [{"value": "5", "source": "s"}, {"value": "7", "source": "s"}],
            [{"value": "6", "source": "s"}, {"value": "8", "source": "s"}],
            {},
        ),
    ],
)
def test_claims_that_are_the_same_statement(
    old: list[Any], new: list[Any], pairs: dict[int, int]
) -> None:
    assert aligned(CLAIM, old, new) == pairs


VALUES = ((5, 7), (6, 8), (9, 10))


def test_two_claims_corrected_on_both_sides_are_never_four() -> None:
    sides = [f"users: [{{value: {a}, source: s}}, {{value: {b}, source: s}}]\n" for a, b in VALUES]
    merge = merge_texts(*sides, Project, in_folder=True)
    assert isinstance(merge, Conflict)
    assert len(merge.conflicts) == 2

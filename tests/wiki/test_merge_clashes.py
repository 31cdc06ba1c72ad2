"""Both sides change one thing, each in its own way: that is always a conflict, and nothing is lost.

The edits are made here on lists of plain values, and only their text is given to the merge: what is
the same thing is known from the edit, whatever the code takes for its identity.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import yaml

from club.merge import Conflict, merge_texts
from club.model.field import fields_of
from club.model.source import parse
from tests.clubs import REGISTRY
from tests.wiki.resolving import swapped
from tests.wiki.strategies import dump

Item = dict[str, str] | str
LISTS = [
    (kind.model, name, tuple(fields_of(held.part)) if held.part else ())
    for kind in REGISTRY.kinds
    for name, held in fields_of(kind.model).items()
    if held.many and name not in {"aliases", "tags"}
]
UNKNOWN: list[tuple[Any, str, tuple[str, ...]]] = [
    (None, "steps", ("run", "uses", "with", "name")),
    (None, "nav", ()),
]
ROUNDS = 12


@dataclass
class Editor:
    """Makes edits whose every value is unlike any other."""

    pick: random.Random
    number: int = 0
    written: dict[str, set[str]] = field(default_factory=lambda: {"ours": set(), "theirs": set()})

    def value(self, side: str = "") -> str:
        self.number += 1
        text = f"valeur-{self.number}"
        if side:
            self.written[side].add(text)
        return text

    def item(self, names: tuple[str, ...], side: str = "") -> Item:
        if not names:
            return self.value(side)
        chosen = [name for name in names if self.pick.random() < 0.6] or [names[0]]
        return {name: self.value(side) for name in chosen}

    def changed(self, item: Item, shared: str, side: str) -> Item:
        """*item* with another value of the field *shared*, and perhaps of others."""
        if isinstance(item, str):
            return self.value(side)
        others = {name for name in item if name != shared and self.pick.random() < 0.4}
        return {
            name: self.value(side) if name == shared or name in others else value
            for name, value in item.items()
        }

    def around(self, items: list[Item], names: tuple[str, ...], kept: int, side: str) -> list[Item]:
        """*items* with something else added or removed, but for the one at *kept*."""
        found = list(items)
        if self.pick.random() < 0.3:
            at = self.pick.choice([kept + 2, len(found)]) if kept + 2 <= len(found) else len(found)
            found.insert(at, self.item(names, side))
        elif self.pick.random() < 0.2 and len(found) > kept + 2:
            del found[-1]
        return found


def text(name: str, items: list[Item], *, is_known: bool) -> str:
    record = {"title": "Un titre", name: items} if is_known else {name: items}
    return dump({"fiche": record})


def clashes(name: str, names: tuple[str, ...], seed: int) -> Iterator[tuple[Editor, list[Any]]]:
    for turn in range(ROUNDS):
        editor = Editor(random.Random(f"{seed} {name} {turn}"))
        base = [editor.item(names) for _ in range(editor.pick.randint(1, 4))]
        at = editor.pick.randrange(len(base))
        one = base[at]
        shared = editor.pick.choice(sorted(one)) if isinstance(one, dict) else ""
        sides = []
        for side in ("ours", "theirs"):
            items = [*base[:at], editor.changed(one, shared, side), *base[at + 1 :]]
            sides.append(editor.around(items, names, at, side))
        yield editor, [base, *sides]


@pytest.mark.parametrize(
    ("model", "name", "names"),
    [*LISTS, *UNKNOWN],
    ids=lambda each: getattr(each, "__name__", each if isinstance(each, str) else ""),
)
def test_one_item_changed_in_two_ways_is_a_conflict(
    model: Any, name: str, names: tuple[str, ...]
) -> None:
    for editor, versions in clashes(name, names, 2012):
        texts = [text(name, items, is_known=model is not None) for items in versions]
        merge = merge_texts(*texts, model, path="data/x.yaml")
        assert isinstance(merge, Conflict), "\n===\n".join([*texts, merge.text])
        for side in ("ours", "theirs"):
            lost = {each for each in editor.written[side] if each not in merge.text}
            assert lost == set(), "\n===\n".join([*texts, merge.text])


RECORD = "title: Un titre\n  need: Un besoin\n  state: draft\n  origin: jardin-nord\n"


def record(id: str, **changed: str) -> str:
    lines = RECORD
    for name, value in changed.items():
        lines = "".join(
            f"  {name}: {value}\n" if line.strip().startswith(f"{name}:") else f"  {line.strip()}\n"
            for line in lines.splitlines()
        )
    return f"{id}:\n  {lines.strip()}\n"


@pytest.mark.parametrize("before", ["", record("avant")])
@pytest.mark.parametrize("after", ["", record("apres")])
@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (record("neuf"), record("autre")),
        (record("neuf", title="Un mot"), record("autre", need="Un autre")),
        (record("neuf"), ""),
        ("", record("neuf", state="discussed")),
        (record("neuf").replace("  title", "  aliases: [vieux]\n  title", 1), ""),
    ],
)
@pytest.mark.parametrize("model", [REGISTRY.model_of("requests"), None], ids=["known", "unknown"])
def test_a_record_renamed_in_two_ways_does_not_exist_twice(
    before: str, after: str, ours: str, theirs: str, model: Any
) -> None:
    texts = [before + each + after for each in (record("vieux"), ours, theirs)]
    for first, second in ((1, 2), (2, 1)):
        merge = merge_texts(texts[0], texts[first], texts[second], model, path="data/x.yaml")
        assert isinstance(merge, Conflict), merge.text


def test_two_people_who_replace_different_records_do_not_conflict() -> None:
    base = record("a") + record("b", title="Deux", need="Autre chose", state="shared")
    ours = base.replace("b:\n", "c:\n", 1)
    theirs = base.replace("a:\n", "d:\n", 1)
    model = REGISTRY.model_of("requests")
    merge = merge_texts(base, ours, theirs, model)
    assert not isinstance(merge, Conflict), merge.text
    assert set(parse("", merge.text).content or ()) == {"c", "d"}


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        (
            "steps:\n  - run: |\n      a\n      b\n      c\n      d\n",
            "steps:\n  - run: |\n      a\n      x\n      b\n      c\n      d\n",
            "steps:\n  - run: |\n      a\n      b\n      c\n      y\n      d\n",
            "steps:\n  - run: |\n      a\n      x\n      b\n      c\n      y\n      d\n",
        ),
        ("- A: [x, y]\n", "- A: [x1, y]\n", "- A: [x, y1]\n", "- A: [x1, y1]\n"),
    ],
)
def test_two_edits_of_one_item_that_agree_are_both_made(
    base: str, ours: str, theirs: str, merged: str
) -> None:
    for first, second in ((ours, theirs), (theirs, ours)):
        found = merge_texts(base, first, second, None)
        assert not isinstance(found, Conflict), found.text
        assert found.text == merged


PLACES = {
    "above the record": ("a:\n", "# {note}\na:\n"),
    "beside the record": ("a:\n", "a: # {note}\n"),
    "above a field": ("  title: T", "  # {note}\n  title: T"),
    "beside a field": ("title: T", "title: T # {note}"),
    "at the head of a text": ("need: >-\n", "need: >- # {note}\n"),
    "between brackets": ("[x,\n", "[x, # {note}\n"),
    "above an item": ("    - un\n", "    # {note}\n    - un\n"),
    "below everything": ("    - deux\n", "    - deux\n    # {note}\n"),
}
EDITS = {
    "nothing": ("", ""),
    "a field": ("title: T", "title: U"),
    "a text": ("      Besoin.", "      Autre besoin."),
    "between brackets": ("    y]", "    z]"),
    "an item": ("    - un\n", "    - trois\n"),
    "a field more": ("  tags:", "  state: draft\n  tags:"),
    "the restyling of a field": ("title: T", 'title: "T"'),
}
COMMENTED = (
    "a:\n  title: T\n  need: >-\n      Besoin.\n"
    "  tags: [x,\n    y]\n  steps:\n    - un\n    - deux\n"
)


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("first", PLACES)
def test_no_comment_is_lost_without_a_conflict(first: str, edit: str) -> None:
    """A comment inside a record was dropped, and the merge said clean."""
    keeps_comments(first, "", edit)


@pytest.mark.long
@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("second", PLACES)
@pytest.mark.parametrize("first", PLACES)
def test_nor_are_two(first: str, second: str, edit: str) -> None:
    keeps_comments(first, second, edit)


def keeps_comments(first: str, second: str, edit: str) -> None:
    ours = COMMENTED.replace(*(each.format(note="ici") for each in PLACES[first]))
    theirs = COMMENTED.replace(*EDITS[edit]) if edit != "nothing" else COMMENTED
    if second:
        theirs = theirs.replace(*(each.format(note="là") for each in PLACES[second]))
    for model in (None, REGISTRY.model_of("requests")):
        merge = merge_texts(COMMENTED, ours, theirs, model)
        other = merge_texts(COMMENTED, theirs, ours, model)
        assert swapped(other.text) == merge.text
        assert "ici" in merge.text, merge.text
        assert ("là" in theirs) <= ("là" in merge.text), merge.text


@pytest.mark.parametrize("end", ["...\n", "... # fin\n", "---\nb: 1\n"])
def test_nothing_is_added_below_the_end_of_a_document(end: str) -> None:
    base, more = "title: T\nx: 1\n", "title: T\nx: 1\nstate: s\n"
    for ours, theirs, was in ((base + end, more, base), (base + end, more + end, base + end)):
        merge = merge_texts(was, ours, theirs, None)
        assert isinstance(merge, Conflict) or list(yaml.safe_load_all(merge.text))

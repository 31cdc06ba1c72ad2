"""Files that no model describes: what stands where in a list is told by likeness, never guessed.

Each item has a `group` that no edit changes and that nothing declares: the truth is known by it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from club.merge import Conflict, merge_texts, proof
from club.model.second_reading import second_reading
from club.model.source import parse
from tests.wiki.resolving import resolve, swapped

FIELDS = ("title", "kind", "where")
Items = list[dict[str, str]]


def edited(pick: random.Random, base: Items, side: str, most: int) -> Items:
    """*base*, some items moved, removed or added, and up to *most* fields of some changed."""
    items = [dict(each) for each in base]
    changed: set[str] = set()
    for turn in range(pick.randint(1, 3)):
        at = pick.randrange(len(items)) if items else 0
        action = pick.random()
        if not items or action > 0.85:
            items.insert(at, {"group": f"{side}{turn}", **dict.fromkeys(FIELDS, "a")})
        elif action < 0.5 and items[at]["group"] not in changed:
            changed.add(items[at]["group"])
            for name in pick.sample(FIELDS, pick.randint(1, most)):
                items[at][name] = pick.choice(["a", "b", f"{side}-{turn}"])
        elif action < 0.7:
            items.insert(pick.randrange(len(items)), items.pop(at))
        else:
            del items[at]
    return items


def meant(base: Items, ours: Items, theirs: Items) -> dict[str, Any] | None:
    """Each group as both sides want it; None if they disagree."""
    old, here, there = ({each["group"]: each for each in side} for side in (base, ours, theirs))
    found: dict[str, Any] = {}
    for group in {**old, **here, **there}:
        was, one, other = old.get(group), here.get(group), there.get(group)
        if was is None:
            found[group] = one or other
        elif one is None or other is None:
            if (one or other) not in (None, was):
                return None
        else:
            if any(len({was[name], one[name], other[name]}) == 3 for name in was):
                return None
            found[group] = {n: one[n] if one[n] != was[n] else other[n] for n in was}
    return found


def has_two_orders(*sides: Items) -> bool:
    """Whether the groups that all have stand in three orders: the merge may ask, or see no move."""
    groups = [[each["group"] for each in side] for side in sides]
    shared = set(groups[0]).intersection(*groups)
    return len({tuple(each for each in side if each in shared) for side in groups}) == 3


@pytest.mark.long
@pytest.mark.parametrize(
    ("most", "clean_for_a_needless"),
    [(1, 10), (len(FIELDS), 7)],  # where all may change, half of an item is often not as it was
)
def test_no_edit_lands_in_another_group(most: int, clean_for_a_needless: int) -> None:
    clean = needless = 0
    for seed in range(400):
        pick = random.Random(seed)
        base = [
            {"group": f"g{number}", **{name: pick.choice("abc") for name in FIELDS}}
            for number in range(pick.randint(2, 4))
        ]
        sides = [base, *(edited(pick, base, side, most) for side in ("ours", "theirs"))]
        texts = [yaml.safe_dump({"nav": items}, sort_keys=False) for items in sides]
        merge = merge_texts(texts[0], texts[1], texts[2], None)
        other = merge_texts(texts[0], texts[2], texts[1], None)
        assert swapped(other.text) == merge.text
        expected = meant(sides[0], sides[1], sides[2])
        if isinstance(merge, Conflict):
            needless += expected is not None and not has_two_orders(*sides)
            continue
        clean += 1
        found = yaml.safe_load(merge.text)["nav"]
        assert expected is not None, "\n===\n".join([*texts, merge.text])
        assert sorted(map(repr, found)) == sorted(map(repr, expected.values()))
    assert clean > 200
    assert needless * clean_for_a_needless < clean


SHAPES: dict[str, Callable[[random.Random, int], Any]] = {
    "rows": lambda pick, n: [f"r{n}-{each}" for each in range(pick.randint(2, 4))],
    "a menu": lambda pick, n: {f"Titre {n}": [f"p{n}-{e}.md" for e in range(pick.randint(1, 3))]},
    "mappings inside": lambda _, n: {"with": {"url": f"u{n}", "kind": "a"}},
    "rows of mappings": lambda _, n: [{"to": f"t{n}"}, {"to": "a", "by": f"b{n}"}],
    "words": lambda _, n: f"mot-{n}",
}


def rewritten(pick: random.Random, item: Any, word: str) -> Any:
    """*item*, one thing inside it changed to *word*, added or taken away."""
    if isinstance(item, str):
        return word
    if isinstance(item, dict):
        key = pick.choice(sorted(item))
        value = item[key]
        changed = {**value, "note": word} if isinstance(value, dict) else None
        if changed and pick.random() < 0.5:
            return {**item, key: changed}
        return {**item, key: rewritten(pick, value, word)}
    at = pick.randrange(len(item))
    found = [*item[:at], rewritten(pick, item[at], word), *item[at + 1 :]]
    added, less = [*item, word], [*item[:at], *item[at + 1 :]]
    return pick.choice([found, added, less] if less else [found, added])


def nav_merged(*sides: list[Any], is_bracketed: bool = False) -> Any:
    """The list of three sides merged, the same whichever is ours; None if that is a conflict."""
    texts = [
        "nav: " + yaml.safe_dump(each, default_flow_style=True, width=1000)
        if is_bracketed
        else yaml.safe_dump({"nav": each}, sort_keys=False)
        for each in sides
    ]
    merge = merge_texts(texts[0], texts[1], texts[2], None)
    assert swapped(merge_texts(texts[0], texts[2], texts[1], None).text) == merge.text
    return None if isinstance(merge, Conflict) else yaml.safe_load(merge.text)["nav"]


@pytest.mark.parametrize("is_bracketed", [False, True])
@pytest.mark.parametrize("shape", SHAPES)
def test_an_item_changed_here_and_removed_there_is_a_conflict(
    shape: str, is_bracketed: bool
) -> None:
    """The item of a menu stayed with one more page, although the other side had removed it."""
    for seed in range(12):
        pick = random.Random(f"{shape} {seed}")
        base = [SHAPES[shape](pick, number) for number in range(pick.randint(1, 4))]
        at = pick.randrange(len(base))
        before, after = base[:at], base[at + 1 :]
        ours = [*before, rewritten(pick, base[at], "autre"), *after]
        found = nav_merged(base, ours, [*before, *after], is_bracketed=is_bracketed)
        assert found is None, (base, ours, found)


def test_an_item_changed_and_moved_here_and_removed_there_is_a_conflict() -> None:
    one, *rest = [{"Projets": ["a", "b"]}, {"Aide": ["c"]}, {"Club": ["d", "e", "f"]}]
    items: list[tuple[Any, Any, list[Any]]] = [
        (one, {"Projets": ["a", "b", "x"]}, rest),
        (["a", "b"], ["a", "x"], [["c"], ["d", "e"]]),
        ({"with": {"url": "u", "kind": "k"}}, {"with": {"url": "u"}}, [{"on": "x"}, {"by": "y"}]),
    ]
    for old, new, others in items:
        assert nav_merged([old, *others], [*others, new], others) is None
        assert nav_merged([*others, old], [new, *others], others) is None
    runs = [{"run": each} for each in "abcd"]
    found = nav_merged(runs, [*runs[1:], {"run": "x"}], runs[1:])
    assert found == [*runs[1:], {"run": "x"}]  # nothing says that this is the one removed


@pytest.mark.parametrize("shape", SHAPES)
def test_edits_of_two_items_are_both_made(shape: str) -> None:
    for seed in range(12):
        pick = random.Random(f"{shape} {seed}")
        base = [SHAPES[shape](pick, number) for number in range(pick.randint(3, 5))]
        at, other = sorted(pick.sample(range(len(base)), 2))
        changed = [*base[:at], rewritten(pick, base[at], "autre"), *base[at + 1 :]]
        less = [*base[:other], *base[other + 1 :]]
        assert nav_merged(base, changed, less) == [*changed[:other], *changed[other + 1 :]]
        new = SHAPES[shape](pick, 9)
        assert nav_merged(base, [*base, new], less) == [*less, new]
        moved = [base[other], *base[:other], *base[other + 1 :]]
        assert nav_merged(base, moved, less) == less


FAULTS = {
    "a key that stands twice": "mal:\n  title: A\n  title: B\n  note: {0}\n",
    "a record that stands twice": "mal:\n  note: {0}\nmal:\n  note: B\n",
    "an alias": "mal: &m\n  note: {0}\nmal2:\n  <<: *m\n",
    "a tag": "mal: !t\n  note: {0}\n",
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("place", range(3))
def test_one_faulty_record_leaves_the_others_to_their_fields(fault: str, place: int) -> None:
    def text(title: str, state: str, note: str) -> str:
        parts = [f"a:\n  title: {title}\n  state: {state}\n", "z:\n  title: Z\n"]
        parts.insert(min(place, 2), fault.format(note))
        return "".join(parts)

    base, ours, theirs = text("A", "B", "x"), text("A1", "B", "x"), text("A", "B1", "x")
    merge = merge_texts(base, ours, theirs, None)
    assert not isinstance(merge, Conflict), merge.text
    assert merge.text == text("A1", "B1", "x")
    clash = merge_texts(base, text("A1", "B", "ici"), text("A", "B1", "ailleurs"), None)
    assert isinstance(clash, Conflict)
    assert resolve(clash.text, "ours") == text("A1", "B1", "ici")
    assert resolve(clash.text, "theirs") == text("A1", "B1", "ailleurs")


def test_the_alias_of_an_anchor_that_the_other_side_removed_is_a_conflict() -> None:
    base = "a: &a\n  x: 1\nb:\n  y: 2\n"
    merge = merge_texts(base, "b:\n  y: 2\n", base + "c: *a\n", None)
    assert isinstance(merge, Conflict), merge.text


def test_the_comments_of_a_list_that_the_other_side_emptied_are_kept() -> None:
    base = "a:\n  list:\n    - x\n    - y\n"
    ours, theirs = "a:\n  list: []\n", "a:\n  list:\n    # pourquoi\n    - x\n    - y\n"
    for first, second in ((ours, theirs), (theirs, ours)):
        assert "# pourquoi" in merge_texts(base, first, second, None).text


@pytest.mark.parametrize("before", ["", "# Tête\n"])
def test_the_head_of_a_file_is_written_once(before: str) -> None:
    head = "# Tête\n\n"
    merge = merge_texts(before, head + "a:\n  x: 1\n", head + "b:\n  x: 2\n", None)
    assert merge.text.count("# Tête") == 1, merge.text
    assert list(parse("", resolve(merge.text, "ours")).content)


def second_readings(records: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many characters are read a second time, by the slow reader, in one merge."""
    read: list[int] = []

    def counted(text: str) -> Any:
        read.append(len(text))
        return second_reading(text)

    monkeypatch.setattr(proof, "second_reading", counted)
    base = "all:\n" + "".join(f"  r{n}: # dit\n    x: 1\n    y: 2\n" for n in range(records))
    at = f"  r{records // 2}: # dit\n    x: 1\n    y: 2\n"
    ours, theirs = (
        base.replace(at, at.replace(*each)) for each in (("x: 1", "x: 3"), ("y: 2", "y: 4"))
    )
    assert not isinstance(merge_texts(base, ours, theirs, None), Conflict)
    monkeypatch.undo()
    return sum(read)


def test_a_long_file_costs_the_slow_reading_of_what_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    short, long = (second_readings(records, monkeypatch) for records in (400, 4000))
    assert 0 < long < 2 * short

"""Which item is which, and where it stands, when both sides move, rename, take away or add it.

The edits are made on plain values; what should come of them is told from the edits themselves,
never from what the merge takes for identity or order.
"""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

import pytest
import yaml

from club.merge import Conflict, Merged, merge_path, merge_texts
from tests.clubs import REGISTRY
from tests.wiki.resolving import resolve, swapped

Item = dict[str, str] | str
LISTS = [
    ("meetings", "agenda", ("id", "title", "note")),
    ("meetings", "actions", ("id", "what", "owner")),
    ("meetings", "tags", ()),
    ("requests", "axes", ()),
    ("requests", "positions", ("project", "stance", "reason")),
    ("projects", "carriers", ("organisation", "role", "note")),
    ("projects", "users", ("value", "source", "note")),
    ("", "steps", ("name", "run", "with")),
    ("", "nav", ()),
]
NAMES = [f"{collection or 'unknown'}-{name}" for collection, name, _ in LISTS]
each_list = pytest.mark.parametrize(("collection", "name", "fields"), LISTS, ids=NAMES)


def item(fields: tuple[str, ...], number: int) -> Item:
    return {each: f"{each}-{number}" for each in fields} if fields else f"valeur-{number}"


def text(name: str, items: list[Item]) -> str:
    return yaml.safe_dump({"fiche": {"title": "Un titre", name: items}}, sort_keys=False)


def merged(
    collection: str, base: str, ours: str, theirs: str, *, path: str = ""
) -> Merged | Conflict:
    """The merge, which is the same whichever side is ours."""
    model = REGISTRY.model_of(collection) if collection else None
    found = merge_texts(base, ours, theirs, model, path=path)
    other = merge_texts(base, theirs, ours, model, path=path)
    assert swapped(other.text) == found.text
    return found


def shuffled(pick: random.Random, items: list[Any], *others: list[Any]) -> list[Any]:
    """*items* in an order that is neither theirs nor one of the *others*."""
    while (found := pick.sample(items, len(items))) in (items, *others):
        pass
    return found


@each_list
def test_two_orders_of_one_list_are_a_conflict(
    collection: str, name: str, fields: tuple[str, ...]
) -> None:
    """The order that reached the page was that of the content, which nobody had asked for."""
    for seed in range(8):
        pick = random.Random(f"{name} {seed}")
        items = [item(fields, number) for number in range(pick.randint(3, 6))]
        ours = shuffled(pick, items)
        theirs = shuffled(pick, items, ours)
        texts = [text(name, each) for each in (items, ours, theirs)]
        found = merged(collection, *texts)
        assert isinstance(found, Conflict), found.text
        for side, wanted in (("ours", ours), ("theirs", theirs)):
            assert yaml.safe_load(resolve(found.text, side))["fiche"][name] == wanted


@each_list
def test_the_order_of_one_side_is_taken_with_what_the_other_adds(
    collection: str, name: str, fields: tuple[str, ...]
) -> None:
    for seed in range(4):
        pick = random.Random(f"{name} {seed}")
        items = [item(fields, number) for number in range(pick.randint(2, 5))]
        ours, new = shuffled(pick, items), item(fields, 9)
        for theirs in (items, [*items, new], [*ours, new]):
            found = merged(collection, *(text(name, each) for each in (items, ours, theirs)))
            assert isinstance(found, Merged), found.text
            stands = yaml.safe_load(found.text)["fiche"][name]
            assert [each for each in stands if each != new] == ours
            assert stands.count(new) == theirs.count(new)


def test_two_orders_of_a_file_that_is_a_list_are_a_conflict() -> None:
    """By line, an item that both sides moved would stand there twice."""
    items = [{"rule": f"r{n}", "record": f"a/{n}", "reason": "r"} for n in range(5)]
    orders = [items, [*items[1:], items[0]], [items[1], items[0], *items[2:]]]
    texts = [yaml.safe_dump(each, sort_keys=False) for each in orders]
    found = merge_path(*(each.encode() for each in texts), "data/exceptions.yaml", REGISTRY)
    assert isinstance(found.merge, Conflict)
    for side, wanted in (("ours", orders[1]), ("theirs", orders[2])):
        assert yaml.safe_load(resolve(found.merge.text, side)) == wanted


KEYED = [each for each in LISTS if each[2] and each[1] != "users"]


@pytest.mark.parametrize(("collection", "name", "fields"), KEYED, ids=str)
def test_an_item_renamed_and_moved_here_and_removed_there_is_a_conflict(
    collection: str, name: str, fields: tuple[str, ...]
) -> None:
    """It came back under its new name, and nobody was told."""
    for seed in range(8):
        pick = random.Random(f"{name} {seed}")
        items = [item(fields, number) for number in range(pick.randint(3, 6))]
        at = pick.randrange(len(items))
        rest = [*items[:at], *items[at + 1 :]]
        one = items[at]
        assert isinstance(one, dict)
        ours: list[Item] = [*rest]
        ours.insert(pick.randint(0, len(rest)), {**one, fields[0]: "autre"})
        found = merged(collection, *(text(name, each) for each in (items, ours, rest)))
        assert isinstance(found, Conflict), found.text


@pytest.mark.parametrize(("collection", "name", "fields"), KEYED, ids=str)
def test_what_one_side_takes_from_an_item_that_both_renamed_stays_away(
    collection: str, name: str, fields: tuple[str, ...]
) -> None:
    """Merged as if it were new, it had again all that the other side still had."""
    one, other = item(fields, 1), item(fields, 2)
    assert isinstance(one, dict)
    new = {**one, fields[0]: "autre"}
    less = {key: value for key, value in new.items() if key != fields[-1]}
    for moved in ([new, other], [other, new]):
        lessened = [less if each is new else each for each in moved]
        found = merged(collection, *(text(name, each) for each in ([one, other], moved, lessened)))
        if isinstance(found, Conflict) and not collection:
            continue  # nothing says that it is one item
        assert isinstance(found, Merged), found.text
        assert yaml.safe_load(found.text)["fiche"][name] == lessened


BODY = {"title": "Un titre", "need": "Un besoin", "state": "draft", "origin": "jardin-nord"}


def records(**known: dict[str, Any]) -> str:
    return yaml.safe_dump(known, sort_keys=False)


@pytest.mark.parametrize("collection", ["requests", ""])
@pytest.mark.parametrize("is_alias", [True, False])
def test_a_record_renamed_alike_on_both_sides_is_still_the_one_it_was(
    collection: str, is_alias: bool
) -> None:
    """What one side had removed of it came back, and what it changed clashed with what it was."""
    alias: dict[str, Any] = {"aliases": ["vieux"]} if is_alias else {}
    new = {**alias, **BODY}
    for key in ("need", "state", "origin"):
        less = {each: value for each, value in new.items() if each != key}
        for side in (less, {**new, key: "sent"}):
            for others in ({}, {"z": {"title": "Z"}}):
                found = merged(
                    collection,
                    records(vieux=BODY, **others),
                    records(neuf=new, **others),
                    records(**others, neuf=side),
                )
                assert isinstance(found, Merged), found.text
                assert yaml.safe_load(found.text) == {"neuf": side, **others}


@pytest.mark.parametrize("collection", ["requests", ""])
@pytest.mark.parametrize("is_alias", [True, False])
def test_a_record_renamed_and_moved_here_and_removed_there_is_a_conflict(
    collection: str, is_alias: bool
) -> None:
    body = {**BODY, **({"title": "Autre", "need": "A", "state": "sent"} if is_alias else {})}
    new = {"aliases": ["vieux"], **body} if is_alias else body
    others = {name: {"title": name, "service": name} for name in "xyz"}
    before = records(**others, vieux=BODY)
    found = merged(collection, before, records(neuf=new, **others), records(**others))
    assert isinstance(found, Conflict), found.text


def test_a_key_renamed_elsewhere_with_its_own_value_is_that_key() -> None:
    base = "a: un\nb: true\nc: true\nd: deux\n"
    found = merged("", base, "z: deux\na: un\nb: true\nc: true\n", "a: un\nb: true\nc: true\n")
    assert isinstance(found, Conflict), found.text
    found = merged("", base, "z: true\na: un\nc: true\nd: deux\n", "a: un\nc: true\nd: deux\n")
    assert found == Merged("z: true\na: un\nc: true\nd: deux\n")


def meetings(*agendas: list[Item]) -> str:
    return records(
        **{f"m{n}": {"title": f"M{n}", "agenda": list(each)} for n, each in enumerate(agendas)}
    )


POINTS = [item(("id", "title", "note"), number) for number in range(4)]


@pytest.mark.parametrize("collection", ["meetings", ""])
@pytest.mark.parametrize("is_edited", [True, False])
def test_one_item_moved_to_two_lists_does_not_exist_twice(collection: str, is_edited: bool) -> None:
    one, *rest = POINTS
    assert isinstance(one, dict)
    lists = [[one, rest[0]], [rest[1]], [rest[2]]]
    moved: dict[str, Item] = {**one, "note": "autre"} if is_edited else one  # type: ignore[dict-item]
    gone = [[rest[0]], [rest[1]], [rest[2]]]
    second, third = ([*gone[:at], [*gone[at], moved], *gone[at + 1 :]] for at in (1, 2))
    found = merged(collection, *(meetings(*each) for each in (lists, second, third)))
    assert isinstance(found, Conflict), found.text
    for side, wanted in (("ours", second), ("theirs", third)):
        assert resolve(found.text, side) == meetings(*wanted)
    for ours, theirs in ((second, lists), (second, second)):
        titled = meetings(*theirs).replace("title: M2", "title: Autre")
        found = merged(collection, meetings(*lists), meetings(*ours), titled)
        assert found == Merged(meetings(*second).replace("title: M2", "title: Autre"))


def test_an_id_replaced_here_and_the_list_emptied_there_is_a_conflict() -> None:
    """The id came back under another name, and nobody was told."""
    for before, after in (([], []), (["a"], []), ([], ["b"]), (["a"], ["b"])):
        sides = [[*before, *each, *after] for each in (["e-lyco"], [], ["e-lyco-x"])]
        for flow in (True, False):
            texts = [
                yaml.safe_dump({"x": {"title": "T", "projects": each}}, default_flow_style=flow)
                for each in sides
            ]
            assert isinstance(merged("difficulties", *texts), Conflict)


@pytest.mark.parametrize("is_same", [True, False])
def test_an_id_replaced_by_both_is_a_conflict_unless_by_the_same(is_same: bool) -> None:
    there = ["e-lyco-x"] if is_same else ["e-lyco-y"]
    for before, after in (([], []), (["a"], []), ([], ["b"]), (["a"], ["b"])):
        sides = [[*before, *each, *after] for each in (["e-lyco"], ["e-lyco-x"], there)]
        for flow in (True, False):
            texts = [
                yaml.safe_dump({"x": {"title": "T", "projects": each}}, default_flow_style=flow)
                for each in sides
            ]
            found = merged("difficulties", *texts)
            assert found == (Merged(texts[1]) if is_same else found)
            assert isinstance(found, Conflict) is not is_same


def exceptions(*reasons: tuple[str, str]) -> str:
    return "".join(f"- rule: r\n  record: a/{id}\n  reason: {why}\n" for id, why in reasons)


def test_an_item_changed_where_it_stands_is_not_taken_for_one_that_looks_like_it() -> None:
    one, other = {"run": "make", "with": "a", "name": "un"}, {"run": "pip", "with": "b"}
    like = {"run": "make", "with": "a", "name": "deux"}
    base = records(x={"steps": [one]}, y={"steps": [other]})
    ours = records(x={"steps": [{**one, "name": "trois"}]}, y={"steps": [other, like]})
    theirs = records(x={"steps": [{**one, "if": "main"}]}, y={"steps": [other]})
    found = merged("", base, ours, theirs)
    assert isinstance(found, Merged), found.text


@pytest.mark.parametrize("base", [(), (("x", "vieux"),)])
def test_one_exception_added_twice_with_two_reasons_is_a_conflict(
    base: tuple[tuple[str, str], ...],
) -> None:
    sides = [exceptions(*base, *more) for more in ((), (("y", "un"),), (("y", "deux"),))]
    path = "data/exceptions.yaml"
    found = merge_path(*(side.encode() for side in sides), path, REGISTRY)
    assert isinstance(found.merge, Conflict), found.merge.text
    sides[2] = exceptions(*base, ("z", "deux"))
    found = merge_path(*(side.encode() for side in sides), path, REGISTRY)
    assert isinstance(found.merge, Merged)
    said = [(each["record"][2:], each["reason"]) for each in yaml.safe_load(found.merge.text)]
    assert sorted(said) == sorted([*base, ("y", "un"), ("z", "deux")])


CLAIMS = [
    ("100", "150", False),
    ("{value: 100, source: s}", "{value: 150, source: s}", False),
    ("{value: 100, source: s, as_of: 2012}", "{value: 150, source: s, as_of: 2012}", False),
    ("{value: 100, source: s}", "{value: 100, source: t}", True),
    ("{value: 100, source: s}", "{value: 150, source: t}", True),
    ("{value: 100, as_of: 2012}", "{value: 150, as_of: 2013}", True),
    ("100", "{value: 150, source: t}", True),
]


@pytest.mark.parametrize(("ours", "theirs", "are_two"), CLAIMS)
def test_two_claims_added_are_kept_if_something_tells_them_apart(
    ours: str, theirs: str, are_two: bool
) -> None:
    sides = [
        f"a:\n  name: A\n{more}" for more in ("", f"  users: {ours}\n", f"  users: {theirs}\n")
    ]
    found = merged("projects", *sides)
    assert isinstance(found, Merged) is are_two, found.text
    if are_two:
        said = [yaml.safe_load(each) for each in (ours, theirs)]
        users = yaml.safe_load(found.text)["a"]["users"]
        assert sorted(map(repr, users)) == sorted(map(repr, said))


@each_list
def test_one_item_added_on_both_sides_with_two_contents_is_a_conflict(
    collection: str, name: str, fields: tuple[str, ...]
) -> None:
    if not fields or not collection:
        return
    one = item(fields, 1)
    assert isinstance(one, dict)
    last = fields[-1]
    for before in ([], [item(fields, 0)]):
        sides = [before, [*before, one], [*before, {**one, last: "autre"}]]
        found = merged(collection, *(text(name, each) for each in sides))
        assert isinstance(found, Conflict), found.text


SETTINGS = """\
site_name: Club
theme:
  name: material
  features:
    - navigation.tabs
  language: fr
plugins:
  - search
  - club
extra:
  club:
    contributors: {}
  icon: !ENV [ICON, club]
  version: 1
"""


@pytest.mark.parametrize("path", ["mkdocs.yml", "docs/page.md", "data/projects.yaml"])
@pytest.mark.parametrize(
    ("above", "below", "key"),
    [
        ("site_name: Club\n", "  version: 1\n", "repo_url: {}\n"),
        ("theme:\n", "  language: fr\n", "  logo: {}\n"),
        ("extra:\n", "  version: 1\n", "  generator: {}\n"),
    ],
)
def test_a_key_that_both_sides_add_at_two_places_stands_there_once(
    path: str, above: str, below: str, key: str
) -> None:
    """Git merges that cleanly, and MkDocs or the club then takes one of the two."""
    around = ("---\n", "---\n\n# Une page\n\nun\n") if path.endswith(".md") else ("", "")
    if path.startswith("data/"):
        around = ("", "...\n")  # what is said to end is merged by line
    mark = "\ufeff" if above.startswith("theme") else ""
    base = mark + around[0] + SETTINGS + around[1]
    ours = base.replace(above, above + key.format("un"))
    theirs = base.replace(below, below + key.format("deux"))
    for first, second in ((ours, theirs), (theirs, ours)):
        sides = [each.encode() for each in (base, first, second)]
        found = merge_path(*sides, path, REGISTRY)
        assert isinstance(found.merge, Conflict), found.merge.text
        assert resolve(found.merge.text, "ours") == first
        assert resolve(found.merge.text, "theirs") == second
    other = base.replace(below, below + key.format("deux").replace(":", "2:"))
    found = merge_path(*(each.encode() for each in (base, ours, other)), path, REGISTRY)
    assert isinstance(found.merge, Merged), found.merge.text


def test_the_text_of_a_page_is_merged_beside_a_clash_of_its_front_matter() -> None:
    base = f"---\n{SETTINGS}---\n\n# Une page\n\nun\n\ndeux\n\ntrois\n"
    ours = base.replace("extra:", "a: 1\nextra:").replace("un\n", "UN\n")
    theirs = base.replace("site_name", "a: 2\nsite_name").replace("trois", "TROIS")
    found = merge_path(*(each.encode() for each in (base, ours, theirs)), "docs/p.md", REGISTRY)
    assert isinstance(found.merge, Conflict)
    body = "\n# Une page\n\nUN\n\ndeux\n\nTROIS\n"
    assert found.merge.text.endswith(">>>>>>> theirs\n" + body)


PAGES = [*"abcdefg"]


def settings(pages: list[str], more: str = "") -> str:
    nav = "".join(f"      - Page {each}: {each}.md\n" for each in pages)
    return f"site_name: Club\nnav:\n  - Accueil:\n{nav}  - Aide:\n      - aide.md\n{more}theme: t\n"


def by_line(path: str, base: str, ours: str, theirs: str) -> Merged | Conflict:
    before, after = ("---\n", "---\n\n# Une page\n") if path.endswith(".md") else ("", "")
    texts = [before + each + after for each in (base, ours, theirs)]
    found = merge_path(*(each.encode() for each in texts), path, REGISTRY).merge
    swap = merge_path(*(texts[at].encode() for at in (0, 2, 1)), path, REGISTRY).merge
    assert type(swap) is type(found)
    if isinstance(found, Conflict):
        assert [resolve(found.text, side) for side in ("ours", "theirs")] == texts[1:]
    return found


def put(pages: list[str], page: str, at: int) -> list[str]:
    rest = [each for each in pages if each != page]
    return [*rest[:at], page, *rest[at:]]


@pytest.mark.parametrize("path", ["mkdocs.yml", "docs/page.md"])
def test_a_page_of_the_menu_that_both_sides_move_does_not_stand_there_twice(path: str) -> None:
    base = settings(PAGES)
    for page, ours, theirs in (("d", 0, 6), ("c", 0, 5), ("e", 1, 6)):
        moved = [settings(put(PAGES, page, at)) for at in (ours, theirs)]
        assert isinstance(by_line(path, base, *moved), Conflict)
    away = settings(put(PAGES, "d", 7)[:-1], "      - Page d: d.md\n")
    assert isinstance(by_line(path, base, settings(put(PAGES, "d", 0)), away), Conflict)


@pytest.mark.parametrize("path", ["mkdocs.yml", "docs/page.md"])
def test_what_one_side_moves_and_the_other_removes_by_line_is_a_conflict(path: str) -> None:
    base, less = settings(PAGES), [each for each in PAGES if each != "d"]
    assert isinstance(by_line(path, base, settings(put(PAGES, "d", 0)), settings(less)), Conflict)
    key = base.replace("site_name: Club\n", "") + "site_name: Club\n"
    assert isinstance(by_line(path, base, key, base.replace("site_name: Club\n", "")), Conflict)


def test_edits_of_two_places_by_line_are_both_made() -> None:
    base = settings(PAGES)
    for ours in (put(PAGES, "b", 0), [*"acdefg"], [*"xabcdefg"], [*"aabcdefg"]):
        for last in ([*"fg"], [*"gf"], [*"g"], [*"fgy"], [*"fgg"]):
            theirs = settings([*PAGES[:5], *last])
            found = by_line("mkdocs.yml", base, settings(ours), theirs)
            assert found == Merged(settings([*ours[:-2], *last]))


def twice(node: Any) -> bool:
    """Whether a mapping inside *node* has one key twice, as the loader of PyYAML sees it."""
    if isinstance(node, yaml.MappingNode):
        keys = sorted(key.value for key, _ in node.value)
        return any(a == b for a, b in pairwise(keys)) or any(twice(each) for _, each in node.value)
    return isinstance(node, yaml.SequenceNode) and any(map(twice, node.value))


def test_no_merge_by_line_of_settings_has_a_key_twice() -> None:
    clean = 0
    lines = SETTINGS.splitlines(keepends=True)
    for seed in range(40):
        pick = random.Random(seed)
        sides = []
        for _ in range(2):
            side, at = list(lines), pick.choice([0, 1, 2, 5, 6, 9, 10, 12])
            indent = "  " if at in {2, 5, 10, 12} else ""
            side.insert(at, f"{indent}{pick.choice('ab')}: {pick.randint(0, 9)}\n")
            text = "".join(side)
            sides.append(text if not twice(yaml.compose(text)) else SETTINGS)
        texts = [each.encode() for each in (SETTINGS, *sides)]
        found = merge_path(*texts, "mkdocs.yml", REGISTRY)
        if isinstance(found.merge, Merged):
            clean += 1
            assert not twice(yaml.compose(found.merge.text)), found.merge.text
    assert clean > 10

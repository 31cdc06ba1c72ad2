"""Amendments: the value asked for is there, and no other line of the file moved.

The oracle reads YAML with PyYAML's own loader, every scalar as text, and knows which line the
generator wrote for which field.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from club.cli import main
from club.edit.amend import Amendment, adding, amended, setting
from club.edit.fmt import formatted
from club.edit.plan import Plan
from club.model.message import Message
from club.model.source import Keys
from club.read.load import load
from club.records.request.model import Request
from tests.clubs import FROZEN, REGISTRY, TOY, copied, fewer, folder_at, toy_in, write

BOM = "\ufeff"
REQUEST = REGISTRY.by_name["request"]
ONE, MANY = "data/requests/a.yaml", "data/requests.yaml"

SPELLINGS: dict[str, list[list[str]]] = {
    "title": [["title: Titre"], ["title: 'l''été'  # dit ainsi"], ['title: "a # b"']],
    "need": [
        ["need: N"],
        ["need: >-", "  Deux", "  lignes."],
        ["need: |  # tel quel", "  Un", "", "   # pas un commentaire", "  Deux", ""],
        ["need: un texte", "  sur deux lignes"],
        ['need: "un texte', '  entre guillemets"'],
    ],
    "axes": [
        ["axes: axe-a"],
        ["axes: [axe-a, axe-b]  # deux"],
        ["axes:", "- axe-a", "- axe-b # le second"],
        ["axes:", "  # ceux-ci", "  - axe-a"],
        ["axes: [axe-a,", "  axe-b, # et", "]"],
        ["axes: []"],
        ["axes:  # aucun"],
        ["axes: [ # aucun", "  ]"],
    ],
    "origin": [["origin: e-lyco"], ["origin:"]],
    "state": [["state: sent"], ['state: "sent" # envoyée']],
    "positions": [
        ["positions:", "  - project: a", "    stance: wanted", "  - {project: b, stance: neutral}"],
        ["positions:", "- stance: wanted", "  # sa voix", "  project: a", "  reason: r"],
        ["positions: [{project: a, stance: wanted, reason: 'l''x'}]"],
        ["positions:", "  -", "    project: a", "    stance: wanted"],
    ],
    "answers": [
        ["answers:", "  - date: 2012-07-10", "    answer: exists", "    text: >-", "      Oui."],
        ["answers:", "  - {date: 2012, answer: exists}", "  # plus tard : rien"],
        ["answers:", "    - answer: exists", "      text: |+", "        A", "", ""],
        ["answers: [{answer: exists}]"],
        ["answers: []  # aucune"],
        ["answers: [", "  # rien", "]"],
        ["answers:"],
        ["answers: ~"],
        ["answers:", "- answer: exists", "      # plus profond", "", "# à la marge"],
    ],
    "delivered_in": [['delivered_in: "4.1"'], ["delivered_in: V4 # la"]],
    "example": [["example: yes"]],
}
REQUIRED = {"title", "need", "state"}
BETWEEN = st.sampled_from([[], [], [""], ["# un mot"], ["", "# à part", ""], ["    # profond"]])


@dataclass(frozen=True)
class Written:
    """A file, and for each of its lines the field of record `a` that it belongs to, if any."""

    path: str
    text: str
    fields: list[str]

    @property
    def above(self) -> Keys:
        return ("a",) if self.path == MANY else ()


@st.composite
def files(draw: st.DrawFn) -> Written:
    optional = draw(st.sets(st.sampled_from(sorted(set(SPELLINGS) - REQUIRED))))
    names = [name for name in SPELLINGS if name in REQUIRED | optional]
    if draw(st.booleans()):
        names = draw(st.permutations(names))
    tagged: list[tuple[str, str]] = []
    for name in names:
        lines = draw(st.sampled_from(SPELLINGS[name]))
        keeps = any("|" in line for line in lines)  # blank lines below would count
        tagged += [("", line) for line in ([] if keeps else draw(BETWEEN))]
        tagged += [(name, line) for line in lines]
    path = draw(st.sampled_from([ONE, MANY]))
    if path == MANY:
        other = [("", each) for each in ("z:", "  title: Z", "  need: 'z'", "  state: draft")]
        inside = [(field, f"  {line}" if line else line) for field, line in tagged]
        key = ("", draw(st.sampled_from(["a:", '"a":', "a:  # la première"])))
        tagged = [*other, ("", ""), key, *inside, *(("", each) for each in ("", "# de b", "b:"))]
        tagged += [("", f"  {each}") for each in ("title: B", "need: n", "state: draft # là")]
    tagged = [("", line) for line in draw(st.sampled_from([[], ["# Tête", ""]]))] + tagged
    end = draw(st.sampled_from(["\n", "\r\n"]))
    text = end.join(line for _, line in tagged) + draw(st.sampled_from([end, end, ""]))
    return Written(path, draw(st.sampled_from(["", BOM])) + text, [field for field, _ in tagged])


PIECES = [
    "été",
    " ",
    ": ",
    " #",
    "'",
    '"',
    "\\",
    "- ",
    "[",
    "}",
    ",",
    "\n",
    "\n\n",
    "…",
    "🙂",
    "a b",
]
WORDS = st.sampled_from(["no", "null", "~", "4.1", "012", "=A1", "", "% x", "@x", "x:", "---", "|"])
TEXTS = WORDS | st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join)
TEXTS |= st.integers(10, 60).map(lambda count: " ".join(["mot"] * count))
ANSWERS = st.fixed_dictionaries(
    {"answer": st.sampled_from(["exists", "refused"])},
    optional={"date": st.sampled_from(["2012", "2013-02-17"]), "text": TEXTS, "version": TEXTS},
)
AMENDMENTS = st.one_of(
    st.tuples(st.just(("answers",)), ANSWERS, st.just(True)),
    st.tuples(st.just(("axes",)), st.sampled_from(["axe-z", "no"]), st.just(True)),
    st.tuples(
        st.sampled_from([("title",), ("need",), ("state",), ("delivered_in",), ("origin",)])
        | st.sampled_from([("positions", 0, "reason"), ("positions", 0, "stance")])
        | st.sampled_from([("answers", 0, "text"), ("answers", 0, "date")]),
        TEXTS,
        st.just(False),
    ),
)


def held(text: str) -> Any:
    return yaml.load(text.removeprefix(BOM), yaml.BaseLoader)


def changed(content: Any, keys: Keys, value: Any, *, is_added: bool) -> Any:
    """What the file is to hold, or None where nothing stands that the keys lead to."""
    at = content
    for key in keys[:-1]:
        if not at or (isinstance(at, dict) and key not in at):
            return None
        at = at[key]
    last: Any = keys[-1]
    if is_added:
        at[last] = [*listed(at.get(last)), value]
    else:
        at[last] = value
    return content


def listed(value: Any) -> list[Any]:
    """The items of a list, which may be written as its only item or not at all."""
    if isinstance(value, list):
        return value
    return [] if value in {None, "", "~"} else [value]


def amend(written: Written, *asked: Amendment) -> str | Message | list[Any]:
    with TemporaryDirectory() as place:
        root = write(Path(place), {written.path: written.text})
        found = amended(folder_at(root), asked)
        if not isinstance(found, Plan):
            return found
        assert found.removed == ()
        found.apply(root)
        return (root / written.path).read_bytes().decode()


def lines_of(text: str) -> list[str]:
    """The lines of *text* without their ends; whether the last one has an end is told apart."""
    return text.removeprefix(BOM).replace("\r\n", "\n").removesuffix("\n").split("\n")


@fewer(2)
@given(files(), AMENDMENTS)
def test_only_the_span_changes(written: Written, asked: tuple[Keys, Any, bool]) -> None:
    keys, value, is_added = asked
    whole: Keys = (*written.above, *keys)
    expected = changed(held(written.text), whole, value, is_added=is_added)
    found = amend(written, Amendment("requests", "a", keys, value, is_added=is_added))
    if expected is None:
        assert isinstance(found, Message)
        return
    assert isinstance(found, str), found
    assert held(found) == expected
    assert found.startswith(BOM) == written.text.startswith(BOM)
    if "\r\n" in written.text:
        assert found.count("\r\n") == found.count("\n")
    assert written.text.endswith("\n") <= found.endswith("\n")
    was_in_form = formatted(written.path, held_text(written.text), REQUEST)
    if was_in_form == held_text(written.text):
        again = formatted(written.path, held_text(found), REQUEST)
        assert again == held_text(found) or isinstance(again, list)  # a value may be no good
    before, after = lines_of(written.text), lines_of(found)
    others = [line for line, field in zip(before, written.fields, strict=False) if field != keys[0]]
    rest = iter(after)
    assert all(line in rest for line in others), "a line of something else changed"


@given(files(), st.sampled_from([*sorted(set(SPELLINGS) - REQUIRED), ("positions", 0, "reason")]))
def test_a_field_taken_away_takes_nothing_else(written: Written, name: str | Keys) -> None:
    keys: Keys = (name,) if isinstance(name, str) else name
    content: Any = held(written.text)
    at = content
    for key in (*written.above, *keys[:-1]):
        at = at.get(key, {}) if isinstance(at, dict) else at[key]
    is_there = keys[-1] in at
    is_first = is_there and next(iter(at)) == keys[-1]
    at.pop(keys[-1], None)
    found = amend(written, Amendment("requests", "a", keys, "", is_removed=True))
    if not isinstance(found, str):
        # What stands first, or has a comment, is for a person to take away.
        lines = [
            line
            for line, field in zip(lines_of(written.text), written.fields, strict=False)
            if field == keys[0]
        ]
        assert not is_there or is_first or any("#" in line for line in [*lines, written.text])
        return
    assert is_there
    assert held(found) == content
    before, after = lines_of(written.text), iter(lines_of(found))
    # Blank lines below a text that keeps them are its own.
    others = [
        line
        for line, field in zip(before, written.fields, strict=False)
        if field != keys[0] and line.strip()
    ]
    assert all(line in after for line in others), "a line of something else changed"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "positions:\n  - project: a # elle\n    stance: wanted\n    reason: >-\n      Un\n"
            "      deux\n    rank: 2\n",
            "positions:\n  - project: a # elle\n    stance: wanted\n    rank: 2\n",
        ),
        (
            "positions: [{project: a, stance: wanted, reason: r, rank: 2}]\n",
            "positions: [{project: a, stance: wanted, rank: 2}]\n",
        ),
        (
            "positions: [{project: a, stance: wanted, reason: 'r, s'}]\n",
            "positions: [{project: a, stance: wanted}]\n",
        ),
        (
            "positions:\n  - project: a\n    reason: r # dit au téléphone\n    stance: wanted\n",
            "",
        ),
    ],
)
def test_a_reason_is_taken_away_unless_a_comment_would_be_lost(
    before: str, after: str, tmp_path: Path
) -> None:
    head = "title: T\nneed: N\nstate: sent\n"
    root = write(tmp_path, {ONE: head + before})
    keys: Keys = ("positions", 0, "reason")
    found = amended(folder_at(root), [Amendment("requests", "a", keys, "", is_removed=True)])
    if after:
        assert isinstance(found, Plan)
        assert found.written[ONE] == head + after
    else:
        assert isinstance(found, Message)


def held_text(text: str) -> str:
    return text.removeprefix(BOM)


@fewer()
@given(files(), st.lists(ANSWERS, min_size=2, max_size=4), TEXTS)
def test_many_amendments_of_one_file_are_one_plan(
    written: Written, answers: list[Any], title: str
) -> None:
    expected = held(written.text)
    record = expected["a"] if written.above else expected
    record["answers"] = [*listed(record.get("answers")), *answers]
    record["title"] = title
    if written.above:
        expected["b"]["title"] = title
    asked = [Amendment("requests", "a", ("answers",), each, is_added=True) for each in answers]
    asked.append(Amendment("requests", "a", ("title",), title))
    asked += [Amendment("requests", "b", ("title",), title)] if written.above else []
    found = amend(written, *asked)
    assert isinstance(found, str), found
    assert held(found) == expected


def real_requests() -> Iterator[Any]:
    for root in (FROZEN, TOY):
        for request in load(folder_at(root)).graph.all(Request):
            yield pytest.param(root, request, id=f"{root.name}-{request.id}")


@pytest.mark.parametrize(("root", "request_"), [*real_requests()])
def test_an_answer_to_a_real_request_is_lines_that_git_shows_as_added(
    root: Path, request_: Request, tmp_path: Path
) -> None:
    copied(root, tmp_path)
    folder = folder_at(tmp_path)
    path = folder.file_of("requests") or f"data/requests/{request_.id}.yaml"
    before = (tmp_path / path).read_text("utf-8")
    was_in_form = formatted(path, before, REQUEST) == before
    item = {
        "text": " ".join(["Oui, mais plus tard."] * 9),
        "answer": "under_study",
        "date": "2014-01-09",
    }
    found = amended(folder, [adding(request_, ("answers",), item)])
    assert isinstance(found, Plan)
    assert set(found.written) == {path}
    after = found.written[path]
    record = held(after) if path.count("/") > 1 else held(after)[request_.id]
    assert record["answers"][-1] == item
    old, new = before.splitlines(), after.splitlines()
    added = len(new) - len(old)
    assert any(new[:at] + new[at + added :] == old for at in range(len(old) + 1))
    assert (formatted(path, after, REQUEST) == after) is was_in_form


def test_an_answer_is_written_as_people_write_it(tmp_path: Path) -> None:
    text = "title: T\nneed: N\nstate: sent\n# qui la porte\npractice: p\nexample: yes\n"
    root = write(tmp_path, {ONE: text})
    item = {
        "source": "https://example.org/a",
        "text": "Un texte assez long pour tenir sur deux lignes de la fiche, "
        "comme on en écrit quand on répond avec soin.",
        "version": "4.10",
        "answer": "accepted",
        "date": "2012-02-17",
    }
    found = amended(folder_at(root), [Amendment("requests", "a", ("answers",), item, True)])
    assert isinstance(found, Plan)
    assert found.written[ONE] == (
        "title: T\nneed: N\nstate: sent\nanswers:\n"
        "  - date: 2012-02-17\n    answer: accepted\n"
        '    version: "4.10"\n'
        "    text: >-\n"
        "      Un texte assez long pour tenir sur deux lignes de la fiche, comme on en écrit "
        "quand on\n      répond avec soin.\n"
        "    source: https://example.org/a\n"
        "# qui la porte\npractice: p\nexample: yes\n"
    )


def test_a_claim_alone_becomes_a_list(tmp_path: Path) -> None:
    path = "data/platforms.yaml"
    text = (
        "p:\n  name: P\n  schools_equipped:\n    # premier chiffre\n    value: 12\n"
        "    note: |\n      Un\n\n      deux\n\n  summary: S\n"
    )
    root = write(tmp_path, {path: text})
    asked = [
        Amendment("platforms", "p", ("schools_equipped", 0, "note"), "Autre"),
        Amendment("platforms", "p", ("schools_equipped",), {"value": "13", "as_of": "2013"}, True),
    ]
    found = amended(folder_at(root), asked)
    assert isinstance(found, Plan)
    assert found.written[path] == (
        "p:\n  name: P\n  schools_equipped:\n    # premier chiffre\n    - value: 12\n"
        "      note: >-\n        Autre\n    - value: 13\n      as_of: 2013\n\n  summary: S\n"
    )


@pytest.mark.parametrize(
    ("text", "is_message"),
    [
        ("title: T\nneed: [\n", False),
        ("title: &t T\nneed: *t\nstate: draft\n", False),
        ("title: T\ntitle: U\n", False),
        ('title: T\nneed: "a\x85b"\nstate: draft\n', None),
        ("- a\n", True),
        ("", True),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, is_message: bool | None, tmp_path: Path) -> None:
    root = write(tmp_path, {ONE: text})
    found = amended(folder_at(root), [Amendment("requests", "a", ("title",), "Neuf")])
    if is_message is None:  # nothing may be lost, whoever does it
        assert isinstance(found, Message) or held(found.written[ONE])["need"] == held(text)["need"]  # type: ignore[union-attr]
    else:
        assert isinstance(found, Message if is_message else list), found


def test_a_link_a_missing_file_and_a_missing_record_are_refused(tmp_path: Path) -> None:
    root = write(tmp_path, {"elsewhere.yaml": "title: T\n", MANY: "b:\n  title: B\n"})
    (root / "data/axes").mkdir()
    (root / "data/axes/a.yaml").symlink_to(root / "elsewhere.yaml")
    for collection in ("axes", "requests", "decisions"):
        found = amended(folder_at(root), [Amendment(collection, "a", ("title",), "Neuf")])
        assert isinstance(found, Message | list)
    assert (root / "elsewhere.yaml").read_text() == "title: T\n"


def test_all_files_are_planned_or_none(tmp_path: Path) -> None:
    root = toy_in(tmp_path)
    graph = load(folder_at(root)).graph
    request = next(iter(graph.all(Request)))
    fine = setting(request, ("title",), "Autre titre")
    assert isinstance(amended(folder_at(root), [fine]), Plan)
    beside = Amendment("axes", "nowhere", ("label",), "x")
    assert isinstance(amended(folder_at(root), [fine, beside]), Message)


def test_a_club_in_form_stays_so(tmp_path: Path) -> None:
    root = toy_in(tmp_path)
    assert main(["--root", str(root), "fmt"]) == 0
    folder = folder_at(root)
    asked = [
        adding(each, ("answers",), {"answer": "exists", "text": "Oui.\n\nEncore."})
        for each in load(folder).graph.all(Request)
    ]
    found = amended(folder, asked)
    assert isinstance(found, Plan)
    found.apply(root)
    assert main(["--root", str(root), "fmt", "--check"]) == 0

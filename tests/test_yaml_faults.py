"""What a beginner mistypes in YAML: told in their words, at the line where they did it."""

from __future__ import annotations

from pathlib import Path

import pytest

from club.model import structure_rules as rules
from club.model.dates import PartialDate, nearest_dates
from club.model.source import parse
from club.read.load import Club, load
from tests.clubs import folder_at, write

# Each text, then where a person would say that the fault is, and the sentence.
FAULTS = {
    "quote, another in the record": ('a:\n  b: "U\n  c: "F"\n', "2:6", rules.UNCLOSED_QUOTE_FOUND),
    "quote, another further down": (
        'a:\n  b: "U\n  c: 1\nd:\n  b: "x"\n',
        "2:6",
        rules.UNCLOSED_QUOTE_FOUND,
    ),
    "quote, to the end": ('a:\n  b: "U\n  c: 1\n', "2:6", rules.UNCLOSED_QUOTE_FOUND),
    "quote, an apostrophe after it": (
        "a:\n  b: 'L\n  c: l'eau\n  d: e\n",
        "2:6",
        rules.UNCLOSED_QUOTE_FOUND,
    ),
    "apostrophe in quotes": ("a:\n  b: 'L'usage'\n  c: d\n", "2:9", rules.TEXT_AFTER_QUOTE),
    "quotes in quotes": ('a:\n  b: "Le "carnet" rouge"\n', "2:11", rules.TEXT_AFTER_QUOTE),
    "colon in a text": ("a:\n  b: A : b\n", "2:8", rules.COLON_FOUND),
    "colon further down a text": ("a:\n  b: Un\n    mot : ici\n", "3:9", rules.COLON_FOUND),
    "colon in brackets": ("a:\n  b: [data:, x]\n", "2:11", rules.COLON_FOUND),
    "tab": ("a:\n\tb: x\n", "2:1", rules.TAB_FOUND),
    "tab under a text": ("a:\n  b: x\n\tc: y\n", "3:1", rules.TAB_FOUND),
    "no space, first": ("a:\n  b:U\n  c: d\n", "2:4", rules.NO_SPACE_FOUND),
    "no space, last": ("a:\n  c: d\n  b:U\n", "3:4", rules.NO_SPACE_FOUND),
    "no space, between": ("a:\n  c: d\n  b:U\n  e: f\n", "3:4", rules.NO_SPACE_FOUND),
    "dash, in a part": ("a:\n  p:\n    -b: x\n     c: y\n", "3:5", rules.NO_SPACE_FOUND),
    "dash, second item": ("a:\n  p:\n    - x\n    -y\n  b: c\n", "4:5", rules.NO_SPACE_FOUND),
    "dash, second part": (
        "a:\n  p:\n    - x: 1\n    -y: 2\n  b: c\n",
        "4:5",
        rules.NO_SPACE_FOUND,
    ),
    "bracket": ("a:\n  n: [x\n  b: c\n", "2:6", rules.UNCLOSED_BRACKET_FOUND),
    "brace": ("a:\n  n: {x: 1\n  b: c\n", "2:6", rules.UNCLOSED_BRACKET_FOUND),
    "bracket, another further down": (
        "a:\n  n: [x\n  b: [c]\n",
        "2:6",
        rules.UNCLOSED_BRACKET_FOUND,
    ),
    "bracket, to the end": ("a:\n  n: [x,\n", "2:6", rules.UNCLOSED_BRACKET_FOUND),
    "bracket at the start of a text": ("a:\n  n: [U] E\n  b: c\n", "2:6", rules.SIGN_FOUND),
    "deeper": ("a:\n  b: c\n   d: e\n", "3:4", rules.INDENTATION_FOUND),
    "less deep": ("a:\n  b: c\n d: e\n", "3:2", rules.INDENTATION_FOUND),
    "part, less deep": ("a:\n  p:\n    - x: 1\n     y: 2\n", "4:6", rules.INDENTATION_FOUND),
    "part, deeper": ("a:\n  p:\n    - x: 1\n       y: 2\n", "4:8", rules.INDENTATION_FOUND),
    "item, less deep": ("a:\n  p:\n    - x\n   - y\n", "4:4", rules.INDENTATION_FOUND),
    "no colon, first": ("a:\n  b U\n  c: d\n", "2:3", rules.NO_COLON_FOUND),
    "no colon, last": ("a:\n  c: d\n  b U\n", "3:3", rules.NO_COLON_FOUND),
    "no colon, in a part": (
        "a:\n  p:\n    - x: 1\n      y 2\n      z: 3\n",
        "4:7",
        rules.NO_COLON_FOUND,
    ),
    "no colon after an id": ("a\n  b: c\n", "1:1", rules.NO_COLON_FOUND),
    "no colon after the second id": ("a:\n  b: c\nd\n  e: f\n", "3:1", rules.NO_COLON_FOUND),
    "star": ("a:\n  b: *x* y\n", "2:6", rules.NEEDS_QUOTES_FOUND),
    "star of nothing": ("a:\n  b: *x y\n", "2:6", rules.NEEDS_QUOTES_FOUND),
    "ampersand before a word": ("a:\n  b: &co x\n", "2:6", rules.NEEDS_QUOTES_FOUND),
    "tag": ("a:\n  b: !x y\n", "2:6", rules.YAML_TAG_FOUND),
    **{
        f"sign {sign}": (f"a:\n  b: {sign}\n", "2:6", rules.SIGN_FOUND)
        for sign in ("@x", "`x`", "%x", "> 3 x", "|x", "- x", "? x", ", x", "] x", "!!", "! x")
    },
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_at_the_line_where_it_was_made(name: str) -> None:
    text, place, sentence = FAULTS[name]
    problems = parse("x", text).problems
    found = [(str(each.place).partition(":")[2], each.message.id) for each in problems]
    assert found == [(place, sentence)]


@pytest.mark.parametrize(
    ("name", "columns"),
    [("deeper", [3]), ("less deep", [1, 3]), ("part, less deep", [3, 7]), ("item, less deep", [5])],
)
def test_the_columns_of_the_block_are_told(name: str, columns: list[int]) -> None:
    (problem,) = parse("x", FAULTS[name][0]).problems
    assert problem.expected
    assert sorted(problem.expected.params.values()) == columns  # type: ignore[type-var]


@pytest.mark.parametrize(
    "text", ["a: L'usage & co\n", "a: b ! c\n", "a: |\n  - &x\n  !y\n", 'a: "&x !y"\n', "- -x\n"]
)
def test_signs_inside_a_text_are_text(text: str) -> None:
    assert parse("x", text).problems == ()


AXES = """\
# Les axes

usages:
  label: Usages
  nature: pedagogical
  order: 1

carnet:
  label: "Carnet
  nature: technical
  order: 2

notes:
  label: Notes
  nature: bureaucratic
  order: 3

liens:
  label: [Liens
  order: 4
"""


def loaded(root: Path, text: str) -> Club:
    return load(folder_at(write(root, {"data/axes.yaml": text})))


def test_a_faulty_record_hides_no_other(tmp_path: Path) -> None:
    club = loaded(tmp_path, AXES)
    assert [(each.place.line, each.rule.name) for each in club.problems] == [
        (9, "unclosed-quote"),
        (15, "unknown-value"),
        (19, "yaml-syntax"),
    ]
    assert [each.id for each in club.graph] == ["usages"]
    assert club.problems[0].message.id == rules.NOTHING_ELSE_OF_RECORD


def test_a_link_to_a_record_that_cannot_be_read_is_no_second_fault(tmp_path: Path) -> None:
    write(tmp_path, {"docs/index.md": "# A\n\n[[carnet]] [[Carnet de liaison]]\n"})
    club = loaded(tmp_path, AXES)
    assert {each.place.path for each in club.problems} == {"data/axes.yaml"}


def test_too_deep_a_record_after_a_fault_does_not_reach_the_stack(tmp_path: Path) -> None:
    club = loaded(tmp_path, 'a:\n  label: "A\nb:\n  label: ' + "[" * 200_000 + "\n")
    assert club.errors


DATES = {
    "2012-02-30": ["2012-02-29"],
    "2013-02-30": ["2013-02-28"],
    "30/02/2012": ["2012-02-29"],
    "31 avril 2012": ["2012-04-30"],
    "2012-13": ["2012-2013", "2012-12"],
    "2012-14": ["2012-12"],
    "2012-13-45": ["2012-12-31"],
    "02/17/2012": ["2012-02-17"],
    "2012/02/17": ["2012-02-17"],
    "17.02.2012": ["2012-02-17"],
    "2012-2-7": ["2012-02-07"],
    "2012-02-00": ["2012-02"],
    "2012-00": ["2012"],
    "2012-2014": ["2012-2013"],
    "17 févirer 2012": ["2012-02-17"],
    "hier": [],
    "12": [],
}


@pytest.mark.parametrize("found", DATES)
def test_a_date_that_is_none_gets_the_nearest(found: str) -> None:
    assert list(nearest_dates(found)) == DATES[found]
    for each in nearest_dates(found):
        assert str(PartialDate.parse(each)) == each


def test_a_date_of_the_front_matter_is_told_once(tmp_path: Path) -> None:
    page = "---\ntitle: A\nreview_by: 2012-13-45\n---\n\n# A\n"
    club = load(folder_at(write(tmp_path, {"docs/index.md": page})))
    (problem,) = club.problems
    assert (problem.rule.name, problem.nearest) == ("bad-date", ("2012-12-31",))


def test_a_file_whose_first_record_is_after_a_tab_is_told() -> None:
    """“zip() argument 2 is longer than argument 1”."""
    (problem,) = parse("data/axes.yaml", "\ta:\n  label: A\n", is_collection=True).problems
    assert (str(problem.place), problem.rule.name) == ("data/axes.yaml:1:1", "tab")

"""Of every shape, a text is converted about as soon as any other, or refused at its place."""

from __future__ import annotations

import re
import time
from functools import cache
from pathlib import Path
from textwrap import indent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from club.model import structure_rules as rules
from club.model.effort import excess
from club.model.source import MAX_PAGE
from club.publish.html.markdown import EXTENSIONS
from club.publish.html.portions import PORTION, Portions
from club.publish.html.query_blocks import QueryBlocks
from club.publish.pages.checks import check_pages
from club.read.load import load
from tests.clubs import FROZEN, few, folder_at, write
from tests.shapes import ORDINARY, SHAPES

MEBIBYTE = 1024 * 1024
LARGE = 900_000
CODE = ("a script", "comparisons")
SIZE, MOST = 16_000, 20
SHORTER, LONGER = SIZE // 4, 3 * SIZE
TIMES, TOO_SHORT = 4, 0.2
OF_PAGES = ("def_list", "md_in_html")
"""What `mkdocs.yml` turns on for pages beside what the records' texts have."""
NESTING = ("*a ", "a* ", "**b ", "b** ", "_c ", "c_ ", "> ", "- ", "1. ", "    ", "\n", "\n\n")
NESTING += ("[d ", "](e) ", "![f](g)", "<div markdown>\n", "</div>\n", "!!! note\n", ": h\n", "# ")
NESTING += (
    "<b>",
    "</b>",
    "`i` ",
    "[^1]: ",
    "[^1]",
    "|j",
    "|-",
    "***",
    "{: .k }",
    "<span markdown>",
)

FENCING = ("```", "~~~", "````", "``` a", "``` a b", "~~~ {.b}", "~~~ {a", "~~~ {}}", "```club")
FENCING += ("~~~ club", "  ```club", "> ```club", "  ```", '``` hl_lines="1"', "``` hl_lines='1")
FENCING += ('"', "'", "~~~  ", "```\t", "a", "", "\r", "```\r", "\f", "<div>", "</div>")
BLOCKS = ("a", "- b", "    c", "    - d", "1. e", "[^1]: f", "g[^1]", "> h", "!!! note\n    i")
BLOCKS += ("# j", "***", "k\n: l", ":   m", "a|b\n-|-\nc|d", "[n]: o", "<div>p</div>", "", "\n")


def converted(text: str) -> float:
    """The time of the processor to convert *text*, which raises if it is nested too deep."""
    start = time.process_time()
    Markdown(extensions=[*EXTENSIONS, *OF_PAGES, Portions()]).convert(text)
    return time.process_time() - start


def accepted(name: str, most: int) -> int:
    """The greatest of *most* and its halves at which the shape *name* is not refused."""
    while excess(SHAPES[name](most)):
        most //= 2
    return most


@cache
def ordinary(size: int) -> float:
    """The time of as many characters of short paragraphs, on this machine."""
    return min(converted("mot\n\n" * (size // 5)) for _ in range(3))


@pytest.mark.parametrize("name", few(SHAPES, 40))
def test_what_is_not_refused_takes_little_more_than_ordinary_text(name: str) -> None:
    assert converted(SHAPES[name](accepted(name, SHORTER))) < MOST * ordinary(SIZE)


@pytest.mark.long
@pytest.mark.parametrize("name", SHAPES)
def test_so_does_a_longer_text(name: str) -> None:
    assert converted(SHAPES[name](accepted(name, LONGER))) < MOST * ordinary(LONGER)


@pytest.mark.long
@pytest.mark.parametrize("name", SHAPES)
def test_a_mebibyte_is_looked_at_once(name: str) -> None:
    start = time.process_time()
    excess(SHAPES[name](MEBIBYTE // 16))
    short = time.process_time() - start
    start = time.process_time()
    excess(SHAPES[name](MEBIBYTE // 4))
    assert time.process_time() - start < max(2 * TIMES * short, TOO_SHORT * TIMES)


@pytest.mark.parametrize("name", [*CODE, "sections", "prose"])
def test_a_page_of_900_kilobytes_of_what_people_write_is_accepted(name: str) -> None:
    assert excess(ORDINARY[name](LARGE)) is None


@pytest.mark.long
@pytest.mark.parametrize("name", ORDINARY)
def test_it_is_converted_about_as_soon_as_many_shorter_ones(name: str) -> None:
    assert excess(ORDINARY[name](LARGE)) is None
    shorter = converted(ORDINARY[name](LARGE // 10))
    assert converted(ORDINARY[name](LARGE)) < TIMES * max(10 * shorter, TOO_SHORT)


@pytest.mark.parametrize("name", few(SHAPES, 40))
def test_what_stands_in_a_closed_fence_is_not_looked_at(name: str) -> None:
    held = SHAPES[name](LONGER)
    longest = max((len(each) for each in re.findall("~+", held)), default=0)
    fence = "~" * max(longest + 1, 3)
    assert excess(f"{fence} a\n{held}\n{fence}\n") is None


@given(st.lists(st.sampled_from(FENCING), max_size=12), st.integers(0, 12))
def test_nothing_that_markdown_reads_passes_for_code(lines: list[str], place: int) -> None:
    heavy = "[" * SIZE
    md = Markdown(extensions=[*EXTENSIONS, *OF_PAGES, QueryBlocks()])
    left = [*lines[:place], heavy, *lines[place:]]
    for name in ("normalize_whitespace", "club_queries", "fenced_code_block"):
        left = md.preprocessors[name].run(left)
    if any(heavy in each for each in left):
        assert excess("\n".join([*lines[:place], heavy, *lines[place:]]))


@pytest.mark.long
@settings(max_examples=25)
@given(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=20))
def test_a_long_page_is_what_it_would_be_without_portions(blocks: list[str]) -> None:
    text = "\n\n".join(blocks * (3 * PORTION // len(blocks) + 1))
    extensions = [*EXTENSIONS, *OF_PAGES]
    expected = Markdown(extensions=extensions).convert(text)
    assert Markdown(extensions=[*extensions, Portions()]).convert(text) == expected


@given(st.lists(st.tuples(st.sampled_from(NESTING), st.integers(1, 200)), max_size=6))
def test_no_nesting_ends_in_a_traceback(parts: list[tuple[str, int]]) -> None:
    text = "".join(part * count for part, count in parts)
    if not excess(text):
        converted(text)


@pytest.mark.parametrize("path", sorted(FROZEN.glob("docs/**/*.md")), ids=lambda path: path.stem)
def test_what_people_write_is_far_from_the_bounds(path: Path) -> None:
    text = path.read_text("utf-8")
    assert excess(text) is None
    assert excess(f"{text}\n\n" * 4) is None


@pytest.mark.parametrize("name", ["brackets", "deep list one line", "headings"])
def test_a_text_of_a_record_has_the_same_bounds(name: str, tmp_path: Path) -> None:
    text = SHAPES[name](LONGER).replace("\n", "\n      ")
    record = f"a:\n  title: A\n  project: b\n  maturity: proven\n  steps: |\n      {text}\n"
    found = load(folder_at(write(tmp_path, {"data/practices.yaml": record}))).problems
    assert [(each.rule.name, each.place.line) for each in found if "too" in each.rule.name] == [
        ("too-intricate", 5)
    ]


def test_a_text_of_more_than_a_mebibyte_is_refused(tmp_path: Path) -> None:
    text = "mot " * (MAX_PAGE // 4 + 1)
    record = f"a:\n  title: A\n  project: b\n  maturity: proven\n  steps: {text}\n"
    found = load(folder_at(write(tmp_path, {"data/practices.yaml": record}))).problems
    assert "page-too-large" in [each.rule.name for each in found]


NUMBER = "9" * 5000
ENDLESS = {
    "headings": f"# a_{NUMBER}\n\n# a_{NUMBER}\n",
    "headings with signs": f"# a_{'9.' * 5000}\n\n# a_{'9.' * 5000}\n",
    "headings in other scripts": f"# a_{'９' * 5000}\n\n# a_{'９' * 5000}\n",
    "titles underlined": f"a_{NUMBER}\n===\n\na_{NUMBER}\n===\n",
    "ids": f"# a {{#x_{NUMBER}}}\n\n# b {{#x_{NUMBER}}}\n",
    "notes": f"a[^x_{NUMBER}] b[^x_{NUMBER}]\n\n[^x_{NUMBER}]: c\n",
}


@pytest.mark.parametrize("case", ENDLESS)
@pytest.mark.parametrize("path", ["docs/page.md", "data/families.yaml"])
def test_a_number_without_end_is_a_message(case: str, path: str, tmp_path: Path) -> None:
    """“Exceeds the limit (4300 digits) for integer string conversion”, from check and build."""
    text = ENDLESS[case]
    if path.endswith(".yaml"):
        text = "a:\n  label: A\n  order: 1\n  frame: b\n  summary: |\n" + indent(text, "    ")
    club = check_pages(load(folder_at(write(tmp_path, {path: text}))))
    assert rules.TOO_INTRICATE in {each.rule for each in club.problems}

"""Reading: every key at its place, and no text that makes the reader fall."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from club.model.message import Message
from club.model.source import LAST_COLUMN, Block, Items, Source, parse, read

WORDS = st.text("abcdefghijklmnopqrstuvwxyzé-", min_size=1, max_size=8).map(lambda word: f"k{word}")
SCALARS = st.one_of(
    WORDS,
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")).filter(
            lambda char: char != "\ufeff" and char.isprintable()
        ),
        max_size=20,
    ),
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3),
        st.dictionaries(WORDS, inner, min_size=1, max_size=3),
    ),
    max_leaves=12,
)
MAPPINGS = st.dictionaries(WORDS, TREES, min_size=1, max_size=4)


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def block_lines(value: Any, indent: int, comments: bool) -> list[str]:
    """*value* as block YAML, its texts quoted, with a comment here and there."""
    pad = " " * indent
    lines: list[str] = []
    if isinstance(value, dict):
        for key, each in value.items():
            if comments:
                lines += [f"{pad}# {key}: un commentaire", ""]
            if isinstance(each, str):
                lines.append(f"{pad}{key}: {quoted(each)}")
            else:
                lines += [f"{pad}{key}:", *block_lines(each, indent + 2, comments)]
    else:
        for each in value:
            if isinstance(each, str):
                lines.append(f"{pad}- {quoted(each)}")
            else:
                inner = block_lines(each, indent + 2, comments=False)
                lines += [f"{pad}- {inner[0][indent + 2 :]}", *inner[1:]]
    return lines


def flow(value: Any) -> str:
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(each)}" for key, each in value.items()) + "}"
    return "[" + ", ".join(map(flow, value)) + "]"


def assert_places(source: Source, text: str, value: Any, keys: tuple[str | int, ...]) -> None:
    lines = text.splitlines()
    for key, each in value.items() if isinstance(value, dict) else enumerate(value):
        at = source.place((*keys, key))
        rest = lines[at.line - 1][at.column - 1 :]
        if isinstance(key, str):
            assert rest.startswith(f"{key}:")
        elif isinstance(each, str):
            assert rest.startswith(quoted(each))
        if not isinstance(each, str):
            assert_places(source, text, each, (*keys, key))


@given(MAPPINGS, st.booleans())
def test_every_key_is_where_it_is_said_to_be(tree: Any, comments: bool) -> None:
    text = "\n".join(block_lines(tree, 0, comments)) + "\n"
    source = parse("a.yaml", text)
    assert source.problems == ()
    assert source.content == tree
    assert_places(source, text, tree, ())


@given(MAPPINGS)
def test_the_same_on_one_line(tree: Any) -> None:
    text = "\n".join(f"{key}: {flow(each)}" for key, each in tree.items())
    source = parse("a.yaml", text)
    assert source.content == tree
    assert_places(source, text, tree, ())


@given(MAPPINGS)
def test_another_parser_reads_the_same(tree: Any) -> None:
    text = "\n".join(block_lines(tree, 0, comments=True)) + "\n"
    assert YAML(typ="safe", pure=True).load(text) == parse("a.yaml", text).content


ANYTHING = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(), max_size=60),  # lone surrogates too
    st.text("[]{}:,-?!&*|>'\"%@`#\\ \t\n\r\u2028\x85ab01~", max_size=60),
    st.lists(
        st.sampled_from(
            [
                *("a: ", "- ", "\n", "  ", "\t", "*a", "&a ", "!!x ", '"', "'", "|", ">", "[", "{"),
                *("<<<<<<< a\n", "=======\n", ">>>>>>> b\n", "? ", "<<: ", "#", "...", "---"),
                "%YAML 1.1\n",
            ]
        ),
        max_size=25,
    ).map("".join),
)


@given(ANYTHING)
def test_no_text_makes_the_reader_fall(text: str) -> None:
    source = parse("a.yaml", text)
    lines = text.splitlines() or [""]
    for problem in source.problems:
        assert 1 <= problem.place.line <= max(len(lines), 1)
        assert problem.place.column >= 1
        assert problem.message.render(str)
    if source.content is None:
        return
    assert isinstance(source.content, str | Block | Items)


@given(ANYTHING)
def test_what_is_sound_to_us_is_yaml_to_others(text: str) -> None:
    """We are stricter than YAML, never laxer: nothing passes that PyYAML itself refuses."""
    source = parse("a.yaml", text)
    if not source.problems:
        yaml.compose(text, Loader=yaml.CSafeLoader)


def test_scalars_stay_text() -> None:
    text = "a: 09\nb: no\nc: 2012-02-17\nd: 1_000\ne: 0x1F\nf: 12:30:00\ng: .inf\nh: True\n"
    found = parse("a.yaml", text).content
    assert list(found.values()) == [
        "09",
        "no",
        "2012-02-17",
        "1_000",
        "0x1F",
        "12:30:00",
        ".inf",
        "True",
    ]


def test_blank_and_null_are_absent_but_quoted_ones_are_text() -> None:
    found = parse("a.yaml", "a:\nb: ~\nc: null\nd: ''\ne: \"null\"\nf: |\n  ~\n").content
    assert found == {"a": None, "b": None, "c": None, "d": "", "e": "null", "f": "~\n"}


def test_windows_line_ends() -> None:
    source = parse("a.yaml", "a: 1\r\nb:\r\n  c: |\r\n    x\r\n    y\r\n")
    assert source.content == {"a": "1", "b": {"c": "x\ny\n"}}
    assert str(source.place(("b", "c"))) == "a.yaml:3:3"


def test_a_step_that_is_not_in_the_file_stops_at_its_parent() -> None:
    source = parse("a.yaml", "a:\n  date: 2012\n  project: x\nb: [1, 2]\n")
    assert str(source.place(("a", "date", "value"))) == "a.yaml:2:3"
    assert str(source.place(("a", 0, "date"))) == "a.yaml:2:3"
    assert str(source.place(("a", "positions", 0, "project"))) == "a.yaml:1:1"
    assert str(source.place(("b", 1))) == "a.yaml:4:8"
    assert str(source.place(("b", 7))) == "a.yaml:4:1"


def test_a_column_too_far_does_not_change_the_line() -> None:
    text = "a: {b: '" + "x" * (LAST_COLUMN + 10) + "', c: 1}\nd: 2\n"
    source = parse("a.yaml", text)
    assert source.place(("a", "c")).line == 1
    assert source.place(("d",)).line == 2


@pytest.mark.parametrize("text", ["", "\n\n", "# rien\n", "---\n", "---\n...\n"])
def test_nothing(text: str) -> None:
    assert parse("a.yaml", text).content is None
    assert parse("a.yaml", text).problems == ()


def test_a_file_that_went_away_before_it_was_read_is_told(tmp_path: Path) -> None:
    (fault,) = read(tmp_path, "data/axes.yaml").problems
    assert (fault.rule.name, str(fault.place)) == ("unreadable-file", "data/axes.yaml")
    assert fault.message.params == {"reason": Message("it is not there")}

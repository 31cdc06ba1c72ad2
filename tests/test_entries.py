"""One cut of YAML: nothing is lost, and each comment belongs to one entry whoever asks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.edit.fmt import formatted
from club.merge import Conflict, Merged, merge_texts
from club.model.entries import Cut, cut_text, cut_value
from club.model.lines import quoted, record_under
from club.model.quick_entries import quick_cut
from club.model.source import parse
from club.model.yaml_text import UnclearError, YamlText
from tests.clubs import REGISTRY
from tests.wiki.test_fmt import requests

LINES = st.sampled_from(
    [*("a:", "b:  # note", '"c":', "d: x", "e: |", "# au bord", "", "  ", "  # dedans"), "  x: 1"]
)


def whole(cut: Cut) -> str:
    return cut.head + "".join(each.lead + each.body for each in cut.entries) + cut.foot


def cut(text: str) -> Cut:
    return cut_text(YamlText.read(text))


@given(requests())
def test_the_entries_are_the_text(text: str) -> None:
    if not parse("", text).problems:
        found = cut(text)
        assert whole(found) == text
        assert {each.key: each.value for each in found.entries} == parse("", text).content


@given(st.lists(LINES, max_size=12))
def test_cutting_without_parsing_gives_the_same_entries(lines: list[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    try:
        quick, slow = quick_cut(text, set()), cut(text)
    except UnclearError:
        return
    assert whole(quick) == text
    assert [(e.key, e.lead, e.body) for e in quick.entries] == [
        (e.key, e.lead, e.body) for e in slow.entries
    ]
    assert (quick.head, quick.foot) == (slow.head, slow.foot)


RULE = (
    "# Du fichier.\n\n# Du titre.\ntitle: T\n  # Plus profond : du titre.\n\n"
    "# Entre deux.\n\n# De l’état.\nstate: draft\nneed: N\n# Dessous.\n\n# Tout en bas.\n"
)


def test_which_comments_belong_to_what() -> None:
    found = cut(RULE)
    title, state, need = found.entries
    assert found.head == "# Du fichier.\n"
    assert (title.gap, title.comments) == ("\n", "# Du titre.\n")
    assert title.body == "title: T\n  # Plus profond : du titre.\n"
    assert (state.gap, state.comments) == ("\n# Entre deux.\n\n", "# De l’état.\n")
    assert (need.lead, need.body) == ("", "need: N\n")
    assert found.foot == "# Dessous.\n\n# Tout en bas.\n"


def test_the_order_of_fields_follows_that_rule() -> None:
    assert formatted("data/requests/a.yaml", RULE, REGISTRY.by_name["request"]) == (
        "# Du fichier.\n\n# Du titre.\ntitle: T\n  # Plus profond : du titre.\n\n"
        "# Entre deux.\n\nneed: N\n# Dessous.\n# De l’état.\nstate: draft\n\n# Tout en bas.\n"
    )


def test_a_merge_follows_that_rule() -> None:
    ours = RULE.replace("title: T\n  # Plus profond : du titre.\n", "title: U\n")
    theirs = RULE.replace("# De l’état.\nstate: draft\n", "")
    merged = merge_texts(RULE, ours, theirs, REGISTRY.model_of("requests"), in_folder=True)
    assert isinstance(merged, Merged)
    assert "title: U\n" in merged.text
    assert "profond" not in merged.text
    assert "De l’état" not in merged.text


@pytest.mark.parametrize("below", ["  # une note\n", "\n  # une note\n", "   \n"])
def test_lines_deeper_than_the_key_stay_with_the_text_above(below: str) -> None:
    text = f"a:\n  need: |\n    N\n{below}b:\n  need: M\n"
    first, second = cut(text).entries
    assert first.body.endswith(below)
    assert second.lead == ""
    inside = cut_value(first)
    assert "".join(each.body for each in inside.entries) + inside.foot == f"need: |\n    N\n{below}"


def test_spaces_at_the_end_of_a_text_are_its_own_when_a_record_comes_after_it() -> None:
    base = "a:\n  need: |\n    N\n     \nb:\n  need: M\n"
    ours = base.replace("b:\n", "ab:\n  need: O\nb:\n")
    merged = merge_texts(base, ours, base.replace("M", "MM"), REGISTRY.model_of("requests"))
    assert isinstance(merged, Merged)
    assert parse("", merged.text).content["a"] == parse("", base).content["a"]


def test_records_that_all_stand_deeper_than_the_margin_are_not_merged_as_comments() -> None:
    base = "  a:\n    label: A\n"
    merged = merge_texts(
        base, base.replace("A", "B"), base.replace("A", "C"), REGISTRY.model_of("axes")
    )
    assert isinstance(merged, Conflict)


@pytest.mark.parametrize(
    ("id", "written"),
    [("axe", "axe"), ("2013", '"2013"'), ("1e3", '"1e3"'), ("no", '"no"'), ("Null", '"Null"')],
)
def test_an_id_is_quoted_the_same_as_a_key_and_as_a_scalar(id: str, written: str) -> None:
    assert quoted(id) == written
    assert record_under(id, "label: L\n") == f"{written}:\n  label: L\n"

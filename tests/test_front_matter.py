"""Front matter is what MkDocs takes for it, whatever the file's line ends and byte order mark."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data

from club.model.front_matter import page_text
from club.model.graph import Node
from club.model.source import Block, parse
from club.read.pages import body_faults, page_node
from tests.clubs import club_of

LINES = st.sampled_from(
    ["---", "--- ", "...", "----", "-", "", " ", "# note", "title: T", "tags: [a]", "# T", "Texte."]
)


def mkdocs_reads(raw: str) -> str:
    """*raw* as MkDocs opens a file: without its byte order mark, lines ended by line feeds."""
    return raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


@given(st.lists(LINES, max_size=9), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
@example(["---", "---", "title: T", "---", ""], "\r\n", False)
@example(["---", "# note", "---", "# T", ""], "\n", True)
def test_front_matter_is_found_as_mkdocs_finds_it(
    lines: list[str], newline: str, has_bom: bool
) -> None:
    raw = "\ufeff" * has_bom + newline.join(lines)
    parts = page_text(raw)
    content = parse("", parts.front).content
    text, meta = get_data(mkdocs_reads(raw))
    if isinstance(content, Block):
        assert dict(meta) == dict(content)
        assert text == mkdocs_reads(parts.body).lstrip("\n")
        assert raw[parts.start :].startswith(parts.front)
    elif mkdocs_reads(raw).startswith("-"):
        assert meta == {}
    else:
        assert parts.front == ""


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_where_it_stands(newline: str) -> None:
    raw = newline.join(["\ufeff--- ", "title: T", "...", "", "# T", ""])
    parts = page_text(raw)
    assert parts.front == f"title: T{newline}"
    assert raw[parts.start :] == newline.join(["title: T", "...", "", "# T", ""])
    assert parts.body == newline.join(["", "# T", ""])


CHARACTERS = st.sampled_from(
    [*"0123456789_-+:.=<~!&eExobTZ", "  ", " ", "[", "]", "{", "}", ",", "nan"]
)
VALUES = st.lists(CHARACTERS, min_size=1, max_size=12).map("".join)
DATES = st.builds(
    "{}-{}-{}T{}:{}:{}{}".format, *[st.integers(0, 99)] * 6, st.sampled_from(["", "Z", "+99:99"])
)


@given(st.lists(VALUES | DATES, min_size=1, max_size=3))
@example(["2012-13-45"])
@example(["=", "0x_", "0b_"])
@example(["1" * 5000])
@example(["2012-01-01T25:00:00Z"])
@example(["{<<: {audience: members}}"])
def test_what_the_club_accepts_mkdocs_reads_alike(values: list[str]) -> None:
    lines = "".join(f"k{at}: {value}\n" for at, value in enumerate(values))
    text = f"---\ntitle: Une page\n{lines}---\n# Une page\n"
    body, meta = get_data(text)
    found = page_node("a.md", "docs/a.md", text)
    if isinstance(found, Node):
        assert body == "# Une page\n"
        assert list(meta) == ["title", *(f"k{at}" for at in range(len(values)))]
        assert keys_of(meta) == keys_of(parse("", page_text(text).front).content)
    elif not parse("", page_text(text).front).problems:
        assert meta == {} or "<<" in lines


def keys_of(value: Any) -> Any:
    """How many keys each mapping inside *value* has."""
    if isinstance(value, dict):
        return len(value), [keys_of(each) for each in value.values()]
    return [keys_of(each) for each in value] if isinstance(value, list) else None


def test_a_front_matter_of_comments_alone_is_text() -> None:
    raw = "---\n# title: T\n---\nTexte.\n"
    assert get_data(raw) == (raw, {})
    assert page_text(raw).body == raw


@pytest.mark.parametrize(
    ("raw", "is_unclosed"),
    [("---\ntitle: T\n", True), ("\ufeff--- \r\na\r\n", True), ("----\na\n", False), ("", False)],
)
def test_what_is_opened_and_never_closed(raw: str, is_unclosed: bool) -> None:
    assert page_text(raw).is_unclosed is is_unclosed


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\naudience:members\n---\n\n# A\n", 2),
        ("---\naudience:\u00a0members\n---\n\n# A\n", 2),
        ("\n---\naudience: members\n---\n\n# A\n", 3),
        ("----\naudience: members\n----\n# A\n", 2),
        ("***\nAudience: [members]\n***\n# A\n", 2),
        ('+++\naudience = "members"\n+++\n# A\n', 2),
        ("---\ntitle: A\n---\n\naudience: members\n\n# A\n", 5),
        ("Un texte.\n\naudience : membres\n", 3),
    ],
)
def test_a_page_that_says_it_is_for_members_where_nobody_heeds_it_is_not_published(
    text: str, line: int
) -> None:
    found = page_node("h.md", "docs/h.md", text)
    assert isinstance(found, list)
    assert [each.place.line for each in found] == [line]
    assert body_faults("docs/meetings/h.md", text)


@pytest.mark.parametrize(
    "text",
    [
        "Audience : 12 000 visiteurs\n",
        "# A\n\naudience: members\n",
        "Un texte.\n\n```yaml\naudience: members\n```\n\n# A\n",
        "# A\n\n```yaml\n---\naudience: members\n---\n```\n",
        "# A\n\n---\n\nUn texte.\n\npublic : membres\n\nUn autre.\n\n---\n",
        "# A\n\n---\nPublic : tous les enseignants\nDurée : 2 h\n---\n",
        "Public : enseignants\n\n# A\n",
        "| public | réservé |\n|---|---|\n| oui | members |\n",
        "---\nkeywords: [membres, réunion]\ntype: note\nlang: fr\n---\n# A\n",
        "---\naudience: members\n---\n# A\n",
    ],
)
def test_words_on_audiences_are_words(text: str) -> None:
    assert isinstance(page_node("h.md", "docs/h.md", text), Node)


NAMES = ["public", "Public", "public visé", "audience visée", "audiance", "réservé", "privé"]
NAMES += ["Réservé aux membres", "confidentiel", "confidentialité", "members_only", "visibilité"]
AUDIENCES = ["members", "membres", "Membres", "member", "oui", '"members"', "[members]", "membre  "]
PLACES = {
    "---\ntitle: A\n{}\n---\n# A\n": 3,
    "# A\n\n---\n{}\n---\n": 4,
    "# A\n\n***\n\ntitle: B\n{}\n\n***\n\nUn texte.\n": 6,
    "```yaml\n{}\n```\n# A\n": 2,
    "\n~~~\n---\ntitle: A\n{}\n---\n~~~\n": 5,
    "---\ntitle: A\n---\n\n---\n{}\n---\n# A\n": 6,
    "<!-- {} -->\n# A\n": 1,
}


@pytest.mark.parametrize("place", PLACES)
def test_an_audience_written_slightly_wrong_is_never_published(place: str) -> None:
    for name, value in itertools.product(["audience", *NAMES], AUDIENCES):
        if name == "audience" and PLACES[place] == 3:
            continue  # it stands where it is heeded
        text = place.format(f"{name}: {value}")
        found = page_node("h.md", "docs/h.md", text)
        assert isinstance(found, list), text
        assert [each.place.line for each in found] == [PLACES[place]], text
        assert body_faults("docs/meetings/h.md", text) or "oui" in value, text


@pytest.mark.parametrize("value", ["members", "membres", "[members, membres]"])
@pytest.mark.parametrize("name", ["lecture", "qui", "access", "for"])
def test_a_key_of_nobody_that_holds_an_audience_is_told(name: str, value: str) -> None:
    found = page_node("h.md", "docs/h.md", f"---\n{name}: {value}\n---\n# A\n")
    assert isinstance(found, list)
    assert [each.nearest for each in found] == [("audience: members",)]


def test_an_audience_in_a_text_of_a_record_is_told(tmp_path: Path) -> None:
    axis = "a:\n  label: A\n  nature: pedagogical\n  order: 1\n  summary: |\n    Un.\n    {}\n"
    for line, is_told in {"audience: members": True, "Public : enseignants": False}.items():
        club = club_of(tmp_path, {"data/axes.yaml": axis.format(line)})
        assert bool(club.errors) is is_told

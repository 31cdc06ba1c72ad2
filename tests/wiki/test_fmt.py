"""The normal form: nothing is lost, nothing changes twice, nothing is touched in doubt."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.cli import main
from club.edit.fmt import formatted
from club.model.kind import Kind
from club.model.message import Message
from club.model.source import parse
from club.read.load import record_files
from tests.clubs import FROZEN, REGISTRY, TOY, folder_at, toy_in, write

AXIS, REQUEST, PROJECT = (REGISTRY.by_name[name] for name in ("axis", "request", "project"))
ONE, MANY = "data/requests/a.yaml", "data/requests.yaml"


def done(text: str, kind: Kind[Any] = REQUEST, path: str = ONE) -> str:
    found = formatted(path, text, kind)
    assert isinstance(found, str), found
    again = formatted(path, found, kind)
    assert again == found
    return found


def test_fields_take_the_order_of_the_model_with_their_comments() -> None:
    assert done(
        "# Une demande.\n\n"
        "example: yes\n"
        "# où elle en est\n# (au plus juste)\nstate: draft # à revoir\n"
        "need: |\n  # pas un commentaire\n\n  Un besoin.\n"
        "title: T\n# la fin\n"
    ) == (
        "# Une demande.\n\n"
        "title: T\n# la fin\n"
        "need: |\n  # pas un commentaire\n\n  Un besoin.\n"
        "# où elle en est\n# (au plus juste)\nstate: draft # à revoir\n"
        "example: yes\n"
    )


def test_levels_are_of_two_spaces_and_lists_under_their_key() -> None:
    assert done(
        "title: T\nneed: >-\n      Deux\n        lignes\n\n      et plus.\nstate: draft\n"
        "positions:\n-   stance: wanted\n    # sa voix\n    project: a\n"
        "-  project: b\n   stance: neutral\n   reason: une raison\n     sur deux lignes\n"
    ) == (
        "title: T\nneed: >-\n      Deux\n        lignes\n\n      et plus.\nstate: draft\n"
        "positions:\n  # sa voix\n  - project: a\n    stance: wanted\n"
        "  - project: b\n    stance: neutral\n    reason: une raison\n      sur deux lignes\n"
    )


def test_blank_lines_and_ends_of_lines() -> None:
    text = "\n\na:\n  title: T   \n\n\n\n  need: |+\n    N\n\n\n\n  state: draft\n\n\n\n\nb:\n"
    text += "  title: T\n  need: N\n  state: draft\n\n\n"
    assert done(text, path=MANY) == (
        "a:\n  title: T\n\n  need: |+\n    N\n\n\n\n  state: draft\n\n\nb:\n"
        "  title: T\n  need: N\n  state: draft\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("'simple'", '"simple"'),
        ("'l''été'", "'l''été'"),
        ("'\"'", "'\"'"),
        ("'\\d'", "'\\d'"),
        ("'a # b'", "'a # b'"),
        ('"déjà"', '"déjà"'),
        ("nu", "nu"),
        ("[a,  b]", "[a,  b]"),
    ],
)
def test_quotes(before: str, after: str) -> None:
    key = "aliases" if before.startswith("[") else "title"
    text = f"title: T\nneed: N\nstate: draft\n{key}: {before}\n"
    if key == "title":
        text = f"title: {before}\nneed: N\nstate: draft\n"
    assert f"{key}: {after}\n" in done(text)


def test_windows_files_stay_so() -> None:
    found = done("state: draft\r\nneed: N\r\ntitle: T\r\n")
    assert found == "title: T\r\nneed: N\r\nstate: draft\r\n"


def test_records_keep_their_order_and_what_parts_them() -> None:
    text = (
        "# Tête.\n\n# --- Une partie ---\n\n# Le second.\nb:\n"
        "  state: draft\n  need: N\n  title: T\n"
        "\n# --- Une autre ---\n\na:\n  title: T\n  need: N\n  state: draft\n"
    )
    assert done(text, path=MANY) == text.replace(
        "  state: draft\n  need: N\n  title: T\n", "  title: T\n  need: N\n  state: draft\n"
    )


def test_records_in_brackets_stay_as_they_are() -> None:
    text = "a: {state: draft, need: N,\n  title: T}\n"
    assert done(text, path=MANY) == text
    assert done("{state: draft, need: N, title: T}\n") == "{state: draft, need: N, title: T}\n"


@pytest.mark.parametrize(
    "text",
    [
        "title: T\nneed: N\n",
        "title: T\nneed: N\nstate: nulle-part\n",
        "title: [\n",
        "title: T\ntitle: U\n",
        "<<<<<<< HEAD\ntitle: T\n=======\ntitle: U\n>>>>>>> x\n",
        "titre: T\n",
        "- a\n",
        "",
    ],
)
def test_a_file_with_problems_is_refused(text: str) -> None:
    assert isinstance(formatted(ONE, text, REQUEST), list)


def test_what_cannot_be_moved_is_left_alone() -> None:
    kept = "state: draft\nneed: |+\n  N\n\ntitle: T\n"
    assert done(kept) == kept
    assert isinstance(formatted(ONE, 'title: "a\x85b"\nneed: N\nstate: draft\n', REQUEST), Message)


@pytest.mark.parametrize("root", [FROZEN, TOY], ids=["frozen", "toy"])
def test_real_files(root: Path) -> None:
    for path, kind in record_files(folder_at(root)):
        before = (root / path).read_text("utf-8")
        after = done(before, kind, path)
        assert parse(path, after).content == parse(path, before).content
        if root == FROZEN:
            assert after == before, f"{path}: run `club fmt`"


WORDS = st.text("aé9 '\"#:-[]{}\\\n\t|>&*!%", max_size=12)
COMMENTS = st.sampled_from(["", "", "", "# note", "# a: b", "   # décalé"])
STYLES = st.sampled_from(["plain", "single", "double", "literal", "folded", "keep"])


@st.composite
def values(draw: st.DrawFn, indent: str) -> str:
    words = draw(WORDS)
    style = draw(STYLES)
    if style == "single":
        return "'" + " ".join(words.split()).replace("'", "''") + "'"
    if style == "double":
        return '"' + " ".join(words.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'
    if style in {"literal", "folded", "keep"}:
        header = {"literal": "|", "folded": ">-", "keep": "|+"}[style]
        step = " " * draw(st.integers(1, 5))
        lines = words.replace("\t", " ").split("\n")
        body = ["x" + lines[0], *lines[1:]]
        return header + "".join(f"\n{indent}{step}{line}" if line else "\n" for line in body)
    return re.sub(r"[^aé9 ]", "", words).strip() or "x"


@st.composite
def requests(draw: st.DrawFn, indent: str = "") -> str:
    """A sound request in any order, with any indentation, blank line and comment."""
    fields = draw(
        st.permutations(["title", "need", "state", "acceptance", "axes", "positions", "example"])
    )
    lines: list[str] = []
    for name in fields:
        lines += [""] * draw(st.integers(0, 3))
        if comment := draw(COMMENTS):
            lines.append(indent + comment)
        if name == "state":
            lines.append(f"{indent}state: draft" + draw(st.sampled_from(["", "  # fin", "   "])))
        elif name == "example":
            lines.append(f"{indent}example: yes")
        elif name == "axes":
            lines.append(f"{indent}axes:")
            dash = indent + " " * draw(st.integers(0, 3)) + "-" + " " * draw(st.integers(1, 3))
            lines += [f"{dash}axe-{n}" for n in range(draw(st.integers(1, 3)))]
        elif name == "positions":
            lines.append(f"{indent}positions:")
            lines += draw(positions(indent))
        else:
            lines.append(f"{indent}{name}: {draw(values(indent))}")
    return "\n".join(lines) + "\n"


@st.composite
def positions(draw: st.DrawFn, indent: str) -> list[str]:
    lines = []
    start = indent + " " * draw(st.integers(0, 4))
    gap = " " * draw(st.integers(1, 3))
    for _ in range(draw(st.integers(1, 3))):
        first = f"{start}-{gap}"
        if comment := draw(COMMENTS):
            lines.append(start + comment)
        for name in draw(st.permutations(["project", "stance", "reason"])):
            rest = " " * len(first)
            value = draw(values(rest)) if name == "reason" else {"stance": "wanted"}.get(name, "p")
            lines.append(f"{first}{name}: {value}")
            first = rest
            if comment := draw(COMMENTS):
                lines.append(rest + comment)
    return lines


def check(text: str, path: str) -> None:
    before = parse(path, text)
    found = formatted(path, text, REQUEST)
    if isinstance(found, list):
        return
    if isinstance(found, Message):
        pytest.fail(f"refused:\n{text}")
    after = parse(path, found)
    assert after.content == before.content
    assert after.problems == ()
    assert formatted(path, found, REQUEST) == found
    block = after.content if path == ONE else next(iter(after.content.values()))
    if "|+" in text:
        return
    order = [*REQUEST.model.model_fields]
    own = [name for name in block if name != "example"]
    assert own == sorted(own, key=order.index)
    assert list(block)[-1] == "example"


@given(requests())
def test_any_request_keeps_its_data(text: str) -> None:
    check(text, ONE)


@given(requests("   "))
def test_any_request_in_a_collection_keeps_its_data(text: str) -> None:
    check(f"un:\n{text}", MANY)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    toy_in(tmp_path)
    root = ["--root", str(tmp_path)]
    assert main([*root, "fmt"]) == 0
    capsys.readouterr()
    assert main([*root, "fmt", "--check"]) == 0
    file = tmp_path / "data/requests/exporter-tout.yaml"
    text = file.read_text("utf-8")
    lines = [line for line in text.splitlines() if line.strip()]
    messy = "\n\n\n".join(reversed(lines)) + "\n" if all(":" in each for each in lines) else text
    file.write_text(messy, "utf-8")
    assert main([*root, "fmt", "--check"]) == 1
    assert capsys.readouterr().out == "data/requests/exporter-tout.yaml\n"
    assert file.read_text("utf-8") == messy
    assert main([*root, "fmt", str(tmp_path / "data/axes.yaml")]) == 0
    assert file.read_text("utf-8") == messy
    assert main([*root, "fmt", str(tmp_path / "data/requests")]) == 0
    assert file.read_text("utf-8") != messy
    assert main([*root, "fmt", "--check"]) == 0
    assert main([*root, "fmt", str(tmp_path / "docs")]) == 2


def test_the_command_leaves_a_file_with_problems(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(
        tmp_path, {"data/axes/a.yaml": "order: 1\nlabel: [\n", "data/axes/b.yaml": "\n\nlabel: B\n"}
    )
    assert main(["--root", str(tmp_path), "fmt"]) == 1
    said = capsys.readouterr()
    assert "data/axes/a.yaml:" in said.err
    assert (tmp_path / "data/axes/a.yaml").read_text() == "order: 1\nlabel: [\n"


def test_a_link_is_not_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(
        tmp_path, {"elsewhere.yaml": "order: 1\nlabel: A\nnature: technical\n", "data/axes/x": ""}
    )
    (tmp_path / "data/axes/x").unlink()
    (tmp_path / "data/axes/a.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert main(["--root", str(tmp_path), "fmt"]) == 1
    assert (tmp_path / "elsewhere.yaml").read_text().startswith("order")


@pytest.mark.skipif(os.name == "nt", reason="modes are those of Unix")
def test_a_written_file_is_whole(tmp_path: Path) -> None:
    write(tmp_path, {"data/axes/a.yaml": "order: 1\nlabel: A\nnature: technical\n"})
    assert main(["--root", str(tmp_path), "fmt"]) == 0
    file = tmp_path / "data/axes/a.yaml"
    assert file.read_text() == "label: A\nnature: technical\norder: 1\n"
    assert stat.S_ISREG(file.stat().st_mode)
    assert [each.name for each in file.parent.iterdir()] == ["a.yaml"]

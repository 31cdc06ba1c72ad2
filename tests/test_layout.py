"""One file or one a record: nothing is lost on the way, or nothing is touched."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.edit.fmt import formatted
from club.edit.layout import join_collection, split_collection
from club.edit.plan import Plan
from club.model.message import Message
from club.model.source import read
from club.read.load import load
from tests.clubs import FROZEN, copied, few, fewer, folder_at, toy_in, write
from tests.test_source import MAPPINGS, block_lines

IDS = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,3})?", fullmatch=True)


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def applied(plan: Plan | Message, root: Path) -> Plan:
    assert isinstance(plan, Plan), plan
    plan.apply(root)
    return plan


def refused(plan: Plan | Message) -> str:
    assert isinstance(plan, Message)
    return plan.render(lambda text: text)


def comments(text: str) -> list[str]:
    return sorted(line.strip() for line in text.splitlines() if line.strip().startswith("#"))


AXES = """\
# Les axes du club.

# Le premier.
axe-usages:  # le plus ancien
  # Son libellé.
  label: 'Usages'   # entre apostrophes
  nature: [pedagogical,   technical]
  order: 01

  summary: |
    # Titre

    Un   texte.
   \x20
      Décalé.

2013:
  label: "Deux mille treize"
  nature: technical
  order: 2
# La fin.
"""


def test_split_cuts_and_moves(tmp_path: Path) -> None:
    write(tmp_path, {"data/axes.yaml": AXES})
    applied(split_collection(folder_at(tmp_path), "axes"), tmp_path)
    assert files(tmp_path) == {
        "data/axes/.head.yaml": b"# Les axes du club.\n\n",
        "data/axes/axe-usages.yaml": (
            "# Le premier.\n# le plus ancien\n# Son libellé.\n"
            "label: 'Usages'   # entre apostrophes\n"
            "nature: [pedagogical,   technical]\norder: 01\n\n"
            "summary: |\n  # Titre\n\n  Un   texte.\n \x20\n    Décalé.\n\n"
        ).encode(),
        "data/axes/2013.yaml": (
            b'label: "Deux mille treize"\nnature: technical\norder: 2\n# La fin.\n'
        ),
    }


def test_join_puts_back_every_value_and_comment(tmp_path: Path) -> None:
    write(tmp_path, {"data/axes.yaml": AXES})
    before = read(tmp_path, "data/axes.yaml")
    applied(split_collection(folder_at(tmp_path), "axes"), tmp_path)
    applied(join_collection(folder_at(tmp_path), "axes"), tmp_path)
    assert set(files(tmp_path)) == {"data/axes.yaml"}
    assert not (tmp_path / "data/axes").exists()
    after = read(tmp_path, "data/axes.yaml")
    assert after.content == before.content
    assert list(after.content) == ["2013", "axe-usages"]
    assert [list(each) for each in after.content.values()] == [
        list(before.content[id]) for id in after.content
    ]
    lost = {"# le plus ancien"} - set(comments(after.text))
    assert not lost
    assert '"2013":\n' in after.text


@pytest.mark.parametrize(
    "collection",
    few(
        sorted(path.stem for path in (FROZEN / "data").glob("*.yaml") if path.stem != "exceptions"),
        4,
    ),
)
def test_real_files_there_and_back(collection: str, tmp_path: Path) -> None:
    path = f"data/{collection}.yaml"
    write(tmp_path, {path: (FROZEN / path).read_text("utf-8")})
    before = read(tmp_path, path)
    applied(split_collection(folder_at(tmp_path), collection), tmp_path)
    applied(join_collection(folder_at(tmp_path), collection), tmp_path)
    after = read(tmp_path, path)
    assert after.content == before.content
    assert comments(after.text) == comments(before.text)
    applied(split_collection(folder_at(tmp_path), collection), tmp_path)
    once = files(tmp_path)
    applied(join_collection(folder_at(tmp_path), collection), tmp_path)
    applied(split_collection(folder_at(tmp_path), collection), tmp_path)
    assert files(tmp_path) == once


@pytest.mark.parametrize(
    "collection",
    sorted(
        path.name
        for path in (FROZEN / "data").iterdir()
        if path.is_dir() and next(path.glob("*.yaml"), None)
    ),
)
def test_real_folders_there_and_back_to_the_byte(collection: str, tmp_path: Path) -> None:
    shutil.copytree(FROZEN / "data" / collection, tmp_path / "data" / collection)
    before = files(tmp_path)
    applied(join_collection(folder_at(tmp_path), collection), tmp_path)
    applied(split_collection(folder_at(tmp_path), collection), tmp_path)
    assert files(tmp_path) == before


def test_the_toy_club_stays_the_same_club(tmp_path: Path) -> None:
    toy_in(tmp_path)
    before = {record.key: record for record in load(folder_at(tmp_path)).graph}
    for collection in ("projects", "sources", "platforms"):
        applied(split_collection(folder_at(tmp_path), collection), tmp_path)
    for collection in ("meetings", "requests"):
        applied(join_collection(folder_at(tmp_path), collection), tmp_path)
    club = load(folder_at(tmp_path))
    assert club.problems == ()
    assert {record.key: record for record in club.graph} == before


@pytest.mark.long
@fewer()
@given(st.dictionaries(IDS, MAPPINGS, min_size=1, max_size=4), st.booleans(), st.booleans())
def test_any_collection_there_and_back(
    records: dict[str, Any], has_comments: bool, is_windows: bool
) -> None:
    text = "\n".join(block_lines(records, 0, has_comments)) + "\n"
    if is_windows:
        text = text.replace("\n", "\r\n")
    with tempfile.TemporaryDirectory() as folder:
        root = write(Path(folder), {"data/axes.yaml": text})
        plan = split_collection(folder_at(root), "axes")
        if isinstance(plan, Message):
            assert files(root) == {"data/axes.yaml": text.encode()}
            return
        plan.apply(root)
        written = files(root)
        applied(join_collection(folder_at(root), "axes"), root)
        after = read(root, "data/axes.yaml")
        assert after.content == records
        assert comments(after.text) == comments(text)
        assert ("\r\n" in after.text) == is_windows
        assert "\n" not in after.text.replace("\r\n", "") or not is_windows
        applied(split_collection(folder_at(root), "axes"), root)
        assert files(root) == written


def test_windows_files_stay_so(tmp_path: Path) -> None:
    write(tmp_path, {"data/axes.yaml": "\ufeff" + AXES.replace("\n", "\r\n")})
    before = read(tmp_path, "data/axes.yaml").content
    applied(split_collection(folder_at(tmp_path), "axes"), tmp_path)
    for content in files(tmp_path).values():
        assert content.count(b"\n") == content.count(b"\r\n")
    applied(join_collection(folder_at(tmp_path), "axes"), tmp_path)
    joined = (tmp_path / "data/axes.yaml").read_bytes()
    assert joined.count(b"\n") == joined.count(b"\r\n")
    assert read(tmp_path, "data/axes.yaml").content == before


ONE = "label: Un\nnature: technical\norder: 1\n"


@pytest.mark.parametrize(
    ("content", "collection", "said"),
    [
        ({"data/axes.yaml": "a: {label: Un}\n"}, "axes", "data/axes.yaml, line 1: write this"),
        ({"data/axes.yaml": "a:\n  b: 1\nc: {d: 2}\n"}, "axes", "data/axes.yaml, line 3: write"),
        ({"data/axes.yaml": "{a: {b: 1}, c: {d: 2}}\n"}, "axes", "data/axes.yaml, line 1: write"),
        ({"data/axes.yaml": "? a\n: b: 1\n"}, "axes", "data/axes.yaml, line 1: write this"),
        ({"data/axes.yaml": "# rien\n"}, "axes", "there is no record in data/axes.yaml"),
        ({"data/axes.yaml": ""}, "axes", "there is no record in data/axes.yaml"),
        ({"data/axes.yaml": "a: [\n"}, "axes", "data/axes.yaml has errors"),
        ({"data/axes.yaml": "- a\n"}, "axes", "data/axes.yaml has errors"),
        ({"data/axes.yaml": "../../a:\n  b: 1\n"}, "axes", "data/axes.yaml has errors"),
        ({"data/axes.yaml": "/tmp/a:\n  b: 1\n"}, "axes", "data/axes.yaml has errors"),
        ({"data/axes.yaml": "a:\n  b: 1\na:\n  b: 2\n"}, "axes", "data/axes.yaml has errors"),
        (
            {"data/axes.yaml": "a:\n  b: 1\n", "data/axes/a.yaml": ONE},
            "axes",
            "the collection “axes” is both a file and a folder",
        ),
        ({}, "axes", "there is no file data/axes.yaml"),
        ({}, "../axes", "“../axes” is not a collection; the collections are: axes, comparisons,"),
    ],
)
def test_split_refuses_and_touches_nothing(
    content: dict[str, str], collection: str, said: str, tmp_path: Path
) -> None:
    write(tmp_path, content)
    before = files(tmp_path)
    assert refused(split_collection(folder_at(tmp_path), collection)).startswith(said)
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    ("content", "collection", "said"),
    [
        ({}, "axes", "there is no folder data/axes with records"),
        ({"data/axes/.gitkeep": ""}, "axes", "there is no folder data/axes with records"),
        ({"data/axes/a.yaml": "label: [\n"}, "axes", "data/axes/a.yaml has errors"),
        ({"data/axes/a.yaml": ONE, "data/axes/b.yaml": ""}, "axes", "data/axes/b.yaml has errors"),
        ({"data/axes/A b.yaml": ONE}, "axes", "data/axes/A b.yaml has errors"),
        ({"data/axes/a.yaml": ONE, "data/axes/lisez.md": ""}, "axes", "data/axes/lisez.md has"),
        ({"data/axes/a.yaml": "---\n" + ONE}, "axes", "data/axes cannot be joined without loss"),
        (
            {"data/axes.yaml": "a:\n  b: 1\n", "data/axes/a.yaml": ONE},
            "axes",
            "the collection “axes” is both a file and a folder",
        ),
        ({}, "nulle-part", "“nulle-part” is not a collection"),
    ],
)
def test_join_refuses_and_touches_nothing(
    content: dict[str, str], collection: str, said: str, tmp_path: Path
) -> None:
    write(tmp_path, content)
    before = files(tmp_path)
    assert refused(join_collection(folder_at(tmp_path), collection)).startswith(said)
    assert files(tmp_path) == before


def test_records_on_one_line_inside_are_moved_whole(tmp_path: Path) -> None:
    write(tmp_path, {"data/axes/a.yaml": "{label: Un, nature: technical, order: 1}\n"})
    applied(join_collection(folder_at(tmp_path), "axes"), tmp_path)
    assert read(tmp_path, "data/axes.yaml").content["a"]["label"] == "Un"


def test_ids_that_others_would_not_read_as_text_are_quoted(tmp_path: Path) -> None:
    write(tmp_path, {f"data/axes/{id}.yaml": ONE for id in ("no", "null", "1e3", "axe")})
    applied(join_collection(folder_at(tmp_path), "axes"), tmp_path)
    text = (tmp_path / "data/axes.yaml").read_text()
    assert [line for line in text.splitlines() if not line.startswith(" ")] == [
        '"1e3":',
        "axe:",
        '"no":',
        '"null":',
    ]


def test_the_other_suffix(tmp_path: Path) -> None:
    write(tmp_path, {"data/axes/a.yml": ONE, "data/axes/b.yaml": ONE})
    applied(join_collection(folder_at(tmp_path), "axes"), tmp_path)
    assert set(files(tmp_path)) == {"data/axes.yaml"}
    assert list(read(tmp_path, "data/axes.yaml").content) == ["a", "b"]


@pytest.mark.parametrize("collection", ["axes", "offers", "projects"])
def test_what_was_in_order_stays_so_when_it_is_split_and_joined(
    collection: str, tmp_path: Path
) -> None:
    """The comments at the head of the file went to one record, and every file was to be put in
    order again."""
    root = copied(FROZEN, tmp_path)
    folder = folder_at(root)
    kind = folder.registry.by_collection[collection]
    before = read(root, f"data/{collection}.yaml").text
    head = before.partition("\n\n")[0] if before.startswith("#") else ""
    for _ in range(2):
        applied(split_collection(folder, collection), root)
        for file in (root / "data" / collection).glob("[!.]*.yaml"):
            path = file.relative_to(root).as_posix()
            text = read(root, path).text
            done = formatted(path, text, kind)
            assert done == text
            file.write_text(str(done), "utf-8")
        kept = root / "data" / collection / ".head.yaml"
        if kept.exists():  # as editors that save without blank lines leave it
            kept.write_text(kept.read_text("utf-8").rstrip() + "\n", "utf-8")
        applied(join_collection(folder, collection), root)
        joined = read(root, f"data/{collection}.yaml").text
        assert comments(joined) == comments(before)
        assert joined.startswith(head + "\n\n" if head else joined[:1])

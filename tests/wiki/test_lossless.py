"""Commands that write: what cannot be read is never written over, and all is written or nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from club.cli import main
from club.edit.layout import join_collection, split_collection
from club.edit.plan import Plan, WriteError
from club.model import source
from club.model.message import Message
from tests.clubs import few, folder_at, toy_in, write

AXIS = "label: Un\nnature: technical\norder: 1\n"
MANY = "axe-un:\n  label: Un\n  nature: technical\n  order: 1\n"


def tree(root: Path) -> dict[str, bytes | str]:
    """All that stands under *root*, links as links."""
    return {path.relative_to(root).as_posix(): _held(path) for path in sorted(root.rglob("*"))}


def _held(path: Path) -> bytes | str:
    if path.is_symlink():
        return f"-> {path.readlink()}"
    return path.read_bytes() if path.is_file() else "folder or pipe"


def latin_1(path: Path) -> None:
    path.write_bytes(MANY.encode() + "# déjà\n".encode("latin-1"))


def link(path: Path) -> None:
    elsewhere = path.parents[2] / "elsewhere.txt"
    elsewhere.write_text(MANY)
    path.symlink_to(elsewhere)


def dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def looping(path: Path) -> None:
    path.symlink_to(path.name)


def large(path: Path) -> None:
    path.write_text(MANY + "#" * source.MAX_BYTES)


def folder(path: Path) -> None:
    (path / "inside").mkdir(parents=True)


def pipe(path: Path) -> None:
    os.mkfifo(path)


SPOILERS = (latin_1, link, dangling, looping, large, folder, pipe)
PLACES = ("data/axes.yaml", "data/axes.yml", "data/axes/a.yaml", "data/axes/.head.yaml")
COMMANDS = (
    ("new", "axis", "neuf"),
    ("new", "axis", "a"),
    ("split", "axes"),
    ("join", "axes"),
    ("fmt",),
    ("rename", "jardin-nord", "jardin", "--yes"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("place", few(PLACES))
@pytest.mark.parametrize("spoil", few(SPOILERS, 3))
def test_what_cannot_be_read_is_never_written_over(
    spoil: Callable[[Path], None],
    place: str,
    command: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """`club new` replaced a whole collection whose file was saved in Latin-1."""
    monkeypatch.setattr(source, "MAX_BYTES", 100_000)
    root = toy_in(tmp_path)
    assert main(["--root", str(root), "fmt"]) == 0
    (root / "data/axes.yaml").unlink()
    (root / place).parent.mkdir(exist_ok=True)
    spoil(root / place)
    if place.endswith(".head.yaml"):
        write(root, {"data/axes/axe-un.yaml": AXIS})
    before = tree(root)
    assert main(["--root", str(root), "check"]) == 1
    status = main(["--root", str(root), *command])
    after = tree(root)
    assert {path: after.get(path) for path in before} == before
    is_added = command[:1] == ("new",) and "/axes/" in place and set(after) != set(before)
    assert after == before or is_added
    assert status in {1, 2} or is_added or command == ("fmt",)


@pytest.mark.parametrize(
    "content",
    [
        {"data/axes/x.yaml": AXIS, "data/axes/x.yml": AXIS},
        {"data/axes/x.yaml": AXIS, "data/axes/.head.yaml": "# Tête\ny:\n  label: Y\n"},
        {"data/axes/x.yaml": AXIS, "data/axes/.head.yaml": "a: [\n"},
        {"data/axes/x.yaml": AXIS, "data/axes/.zz.yaml": AXIS},
        {"data/axes/x.yaml": AXIS, "data/axes/.zz.yml": "# rien\n"},
        {"data/axes.yaml": MANY, "data/axes.yml": MANY.replace("un", "deux")},
        {"data/axes.yaml": MANY, "data/axes/x.yaml": AXIS},
        {"data/axes.yml": MANY, "data/axes/x.yaml": AXIS},
    ],
    ids=lambda content: " ".join(content).replace("data/", ""),
)
def test_what_check_refuses_is_neither_split_nor_joined(
    content: dict[str, str], tmp_path: Path
) -> None:
    """Of `x.yaml` and `x.yml` one was lost; so was what `.head.yaml` held besides comments."""
    root = write(tmp_path, content)
    assert main(["--root", str(root), "check"]) == 1
    for convert in (split_collection, join_collection):
        assert isinstance(convert(folder_at(root), "axes"), Message)


@pytest.mark.parametrize("command", [("join", "axes"), ("split", "axes"), ("new", "axis", "neuf")])
def test_a_linked_folder_is_left_alone(command: tuple[str, ...], tmp_path: Path) -> None:
    """`club join` wrote its file, deleted the records at the end of the link, then failed."""
    root = write(tmp_path / "club", {})
    write(tmp_path, {"axes/a.yaml": AXIS})
    (root / "data/axes").symlink_to(tmp_path / "axes")
    before = tree(tmp_path)
    assert main(["--root", str(root), *command]) == 1
    assert tree(tmp_path) == before


def test_two_files_of_one_collection_do_not_grow(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`club new` wrote to one of them."""
    root = write(tmp_path, {"data/axes.yaml": MANY, "data/axes.yml": MANY})
    before = tree(root)
    assert main(["--root", str(root), "--language", "en", "new", "axis", "neuf"]) == 1
    assert "data/axes.yml: error" in capsys.readouterr().err
    assert tree(root) == before


def test_hidden_records_are_not_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`club show` suggested a record that no page of the site had."""
    root = write(tmp_path, {"data/axes/.zz.yaml": MANY, "data/axes/axe-deux.yaml": AXIS})
    assert main(["--root", str(root), "show", "axe-u"]) == 2
    assert "axe-un" not in capsys.readouterr().err


def test_comments_left_from_an_earlier_split_are_not_overwritten(tmp_path: Path) -> None:
    root = write(
        tmp_path, {"data/axes.yaml": f"# Tête\n\n{MANY}", "data/axes/.head.yaml": "# Autre\n"}
    )
    assert isinstance(split_collection(folder_at(root), "axes"), Message)


@pytest.mark.parametrize(
    "text",
    ["{axe-un: {label: Un}}\n", f"{MANY}...\n", "".join(f"  {x}\n" for x in MANY.split("\n"))],
)
def test_a_sound_file_that_cannot_grow_is_not_said_to_have_errors(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(tmp_path, {"data/axes.yaml": text})
    assert main(["--root", str(root), "--language", "en", "new", "axis", "neuf"]) == 1
    assert "data/axes.yaml, which has no errors" in capsys.readouterr().err
    assert (root / "data/axes.yaml").read_text() == text


@pytest.mark.parametrize("text", ["- a\n", "un mot\n"])
def test_a_list_is_no_place_for_a_record(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(tmp_path, {"data/axes.yaml": text})
    assert main(["--root", str(root), "--language", "en", "new", "axis", "neuf"]) == 1
    assert "data/axes.yaml:1:1: error" in capsys.readouterr().err


@pytest.mark.parametrize("text", [f"---\n{MANY}", f"%YAML 1.2\n---\n{MANY}", f"{MANY}...\n"])
def test_marks_of_documents_are_not_split(text: str, tmp_path: Path) -> None:
    """The head became `---`, which `club join` then refused."""
    root = write(tmp_path, {"data/axes.yaml": text})
    assert isinstance(split_collection(folder_at(root), "axes"), Message)


BOM = b"\xef\xbb\xbf"


def test_a_byte_order_mark_is_kept(tmp_path: Path) -> None:
    """fmt, new, split and join all dropped it: each file that a file with one becomes has one."""
    path = tmp_path / "data/axes.yaml"
    write(tmp_path, {"data/axes.yaml": "\ufeff# Tête\n\naxe-un:\n  order: 1\n  label: 'Un'\n"})
    root = ["--root", str(tmp_path)]
    main([*root, "fmt"])
    assert path.read_bytes().startswith(BOM + "# Tête\n".encode())
    write(
        tmp_path,
        {
            "data/axes.yaml": "\ufeff# Tête\n\naxe-un:\n    order: 1\n"
            "    label: 'Un'\n    nature: technical\n"
        },
    )
    assert main([*root, "fmt"]) == 0
    assert b'\n  label: "Un"\n' in path.read_bytes()
    assert main([*root, "new", "axis", "neuf"]) == 0
    assert main([*root, "split", "axes"]) == 0
    for file in (tmp_path / "data/axes").iterdir():
        assert file.read_bytes().startswith(BOM)
        assert file.read_bytes().count(BOM) == 1
    assert main([*root, "join", "axes"]) == 0
    assert path.read_bytes().startswith(BOM + "# Tête\n".encode())
    assert path.read_bytes().count(BOM) == 1


@pytest.mark.parametrize(
    "last", ["z" * 300, "there/inside", "folder", "\udcff\udcff.txt", "odd.txt"], ids=range(5)
)
def test_a_plan_is_done_whole_or_not_at_all(last: str, tmp_path: Path) -> None:
    write(tmp_path, {"there": "a", "folder/b": "b", "gone": "c"})
    before = tree(tmp_path)
    text = "\udcff" if last == "odd.txt" else "x"
    plan = Plan({"new/of/all": "x", "there": "changed", last: text}, ("gone", "absent"))
    with pytest.raises(WriteError):
        plan.apply(tmp_path)
    assert tree(tmp_path) == before


def test_a_name_too_long_is_said_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(tmp_path, {"data/axes/a.yaml": AXIS})
    assert main(["--root", str(root), "new", "axis", "z" * 300]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(
    "target", [".git/x", ".git", "data/x", "file/x", "z" * 300, "z" * 300 + "/x", "/proc/x", "loop"]
)
def test_an_export_is_refused_in_one_sentence(
    target: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It was written among what Git keeps, or ended in a traceback."""
    root = toy_in(tmp_path)
    write(root, {".git/HEAD": "", "file": ""})
    looping(root / "loop")
    before = tree(root)
    assert main(["--root", str(root), "export", "--markdown", str(root / target)]) in {1, 2}
    said = capsys.readouterr()
    assert said.out == ""
    assert target in said.err or str(root / "file") in said.err
    assert tree(root) == before


@pytest.mark.parametrize("absent", [0, 1, 2])
def test_a_merge_without_its_files_is_said_in_one_sentence(
    absent: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """129: Git knows that nothing was merged."""
    sides = [tmp_path / name for name in ("base", "ours", "theirs")]
    for index, side in enumerate(sides):
        if index != absent:
            side.write_text(MANY)
    before = tree(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["merge", *map(str, sides), "data/axes.yaml"]) == 129
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert str(sides[absent]) in said[0]
    assert tree(tmp_path) == before

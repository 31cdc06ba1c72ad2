"""The README's recipe for a new kind is the whole truth, the tests of the library included."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WORDS = {
    "The idea's name.": "Le nom de l’idée.",
    "What members may try.": "Ce que les membres peuvent essayer.",
    "idea of the club": "idée du club",
    "ideas of the club": "idées du club",
}
MODEL = '''\
"""An idea that members may try."""

from __future__ import annotations

from club.model.fields import Line, about
from club.model.message import N_
from club.model.record import Record


class Idea(Record, kind="idea"):
    """An idea."""

    title: Line = about(N_("title"), N_("The idea's name."))
'''
KIND = '''\
"""Ideas."""

from club.model.kind import Column, Kind
from club.model.message import N_
from club.model.viewing import page
from club.records.idea.model import Idea

KIND = Kind(
    model=Idea,
    singular=N_("idea of the club"),
    plural=N_("ideas of the club"),
    intro=N_("What members may try."),
    view=lambda idea, graph: page(graph, idea),
    columns=(Column.of(Idea, "title", is_title=True),),
)
'''
IMPORT = "from club.records.idea.kind import KIND as IDEA\n"
OF_KINDS = re.compile(r"REGISTRY\.\w+|find_registry|\.kinds\b")
"""What a test says that asks something of the kinds; the others cannot notice one more."""
OTHERS = {"test_layers.py", "test_locale.py", "test_schema_version.py", "test_toy.py"}
BLESSED = ("tests/test_problems.py", "tests/test_schema_version.py", "tests/test_toy.py")


@pytest.mark.long
def test_a_kind_is_its_folder_a_line_its_data_and_its_words(tmp_path: Path) -> None:
    root = house_in(tmp_path / "house")
    folder = root / "club/records/idea"
    folder.mkdir()
    for name, text in (("__init__", '"""Ideas."""\n'), ("model", MODEL), ("kind", KIND)):
        (folder / f"{name}.py").write_text(text, "utf-8")
    replace(
        root / "club/records/standard.py",
        ("from club.records.meeting", f"{IMPORT}from club.records.meeting"),
        ("    SOURCE,\n)", "    SOURCE,\n    IDEA,\n)"),
    )
    (root / "data/ideas.yaml").write_text("une-idee:\n  title: Une idée\n", "utf-8")
    tools = ("-o", ".venv/tested", "-o", ".venv/built", f"BIN={Path(sys.executable).parent}")
    run(root, "make", *tools, "messages")
    replace(
        root / "club/locale/fr/LC_MESSAGES/club.po",
        *((entry(english, ""), entry(english, french)) for english, french in WORDS.items()),
    )
    run(root, "make", *tools, "schemas")
    run(root, sys.executable, "-m", "pytest", "--bless", *BLESSED)
    run(root, "git", "add", "--all")
    glance = ("-n", "2", "--dist", "worksteal", "--hypothesis-profile=glance")
    run(root, sys.executable, "-m", "pytest", *glance, *of_kinds(root))


def of_kinds(root: Path) -> list[str]:
    """The tests that a kind may turn red."""
    files = sorted((root / "tests").rglob("test_*.py"))
    is_wanted = [each.name in OTHERS or OF_KINDS.search(each.read_text("utf-8")) for each in files]
    found = [str(each) for each, wanted in zip(files, is_wanted, strict=True) if wanted]
    assert len(found) > len(OTHERS) + 10
    return found


def house_in(root: Path) -> Path:
    """A copy of the repository, where the frozen club stands for that of the day."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for path in filter(None, listed.stdout.decode().split("\0")):
        is_live = path.startswith(("data/", "docs/")) or path == "mkdocs.yml"
        if not is_live and (ROOT / path).exists():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, root / path)
    shutil.copytree(ROOT / "tests/frozen", root, dirs_exist_ok=True)
    run(root, "git", "init", "-q")
    return root


def replace(path: Path, *changes: tuple[str, str]) -> None:
    """Writes *path* again with each change, whose place must be one."""
    text = path.read_text("utf-8")
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    path.write_text(text, "utf-8")


def entry(english: str, french: str) -> str:
    """A sentence as the catalogue has it."""
    return f'msgid "{english}"\nmsgstr "{french}"\n'


def run(root: Path, *command: str) -> None:
    """Runs *command* in the copy at *root*, with the code of the copy."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    variables["PYTHONPATH"] = f"{root}{os.pathsep}{root / 'plugins'}"
    done = subprocess.run(
        command, cwd=root, env=variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-5000:]

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
OURS = (
    "club",
    "plugins",
    "tests",
    "data",
    "docs",
    ".vscode",
    ".github",
    ".forgejo",
    "requirements",
)
FILES = (
    "mkdocs.yml",
    "README.md",
    "CONTRIBUTING.md",
    "Makefile",
    "pyproject.toml",
    ".gitlab-ci.yml",
)
WORDS = {
    "An idea.": "Une idée.",
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
FOLLOW = (
    *("tests/test_kinds.py", "tests/test_layers.py", "tests/wiki/test_new.py"),
    *("tests/test_cli.py", "tests/test_insight.py", "tests/test_own_words.py"),
)
"""The tests that go through every kind, and some that know the clubs whole."""


@pytest.mark.long
def test_a_kind_is_its_folder_a_line_its_data_and_its_words(tmp_path: Path) -> None:
    root = tmp_path / "house"
    for name in OURS:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, root / name)
    folder = root / "club/records/idea"
    folder.mkdir()
    for name, text in (("__init__", '"""Ideas."""\n'), ("model", MODEL), ("kind", KIND)):
        (folder / f"{name}.py").write_text(text, "utf-8")
    standard = root / "club/records/standard.py"
    text = standard.read_text("utf-8")
    line = "from club.records.idea.kind import KIND as IDEA\n"
    text = text.replace("from club.records.meeting", f"{line}from club.records.meeting", 1)
    standard.write_text(re.sub(r"    SOURCE,\n\)", "    SOURCE,\n    IDEA,\n)", text), "utf-8")
    (root / "data/ideas.yaml").write_text("une-idee:\n  title: Une idée\n", "utf-8")
    with (root / "club/locale/fr/LC_MESSAGES/club.po").open("a", encoding="utf-8") as catalogue:
        for english, french in WORDS.items():
            catalogue.write(f'msgid "{english}"\nmsgstr "{french}"\n\n')
    python(root, "-m", "club", "schema")
    python(root, "-m", "pytest", "-q", "-p", "no:cacheprovider", *FOLLOW)


def python(root: Path, *arguments: str) -> None:
    """Runs a module of the copy at *root*."""
    variables = {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{root / 'plugins'}"}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-5000:]

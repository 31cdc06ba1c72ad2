"""The toy club with a neighbour: another plugin, another theme, another place in the list."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.clubs import TOY, toy_in, write
from tests.shipped.conftest import Built, build

OURS = "  - search\n  - club\n"
THEME = "theme:\n  name: material\n  language: fr\n  font: false\n"
NAV = (TOY / "mkdocs.yml").read_text("utf-8").partition("nav:\n")[2].partition("extra:\n")[0]
WAYS = {
    "first": ("{theirs}" + OURS, "mkdocs"),
    "last": (OURS + "{theirs}", "mkdocs"),
    "properdocs": ("  - club\n{theirs}  - search\n", "properdocs"),
}
"""Where a neighbour stands in the list of plugins, and who builds."""

Neighbourhood = Callable[..., Built]


def toy_with(root: Path, files: dict[str, str], plugins: str, changes: dict[str, str]) -> Path:
    """A toy club with *plugins*, *files* beside its own, and *changes* in its settings."""
    toy_in(root)
    text = (root / "mkdocs.yml").read_text("utf-8")
    for old, new in {OURS: plugins, **changes}.items():
        assert old in text
        text = text.replace(old, new)
    return write(root, {"mkdocs.yml": text, **files})


def commit(root: Path) -> None:
    """Puts the club at *root* under Git, as one commit of one day."""
    author = ["-c", "user.name=Camille", "-c", "user.email=camille@nantes.example"]
    for command in (
        ["init", "-q", "-b", "main"],
        ["add", "-A"],
        [*author, "commit", "-qm", "Tout"],
    ):
        subprocess.run(
            ["git", *command],
            cwd=root,
            check=True,
            env={"GIT_AUTHOR_DATE": "2023-11-15T12:00Z", "GIT_COMMITTER_DATE": "2023-11-15T12:00Z"},
        )


@pytest.fixture
def built_with(tmp_path: Path) -> Neighbourhood:
    """Builds, strictly, a toy club beside a neighbour; gives its site."""

    def make(
        theirs: str = "",
        way: str = "last",
        files: dict[str, str] | None = None,
        changes: dict[str, str] | None = None,
        *,
        is_git: bool = False,
    ) -> Built:
        plugins, program = WAYS[way]
        root = toy_with(tmp_path / "toy", files or {}, plugins.format(theirs=theirs), changes or {})
        if is_git:
            commit(root)
        done = build(root, tmp_path / "site", program=program, DISABLE_MKDOCS_2_WARNING="true")
        assert done.returncode == 0, done.stderr
        return Built(tmp_path / "site")

    return make


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of the toy club without a neighbour."""
    folder = tmp_path_factory.mktemp("alone")
    done = build(toy_in(folder / "toy"), folder / "site")
    assert done.returncode == 0, done.stderr
    return Built(folder / "site")

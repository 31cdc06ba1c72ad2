"""Repositories that Git refuses, or that are not what they seem: a sentence, never a traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.clubs import few
from tests.shipped.conftest import build
from tests.wiki.repos import CALM, commit, git, toy_repo

WRITING = ("propose -m Essai --no-push", "sync main", "setup", "setup --remove")
READING = ("diff HEAD~1..HEAD", "show jardin-nord --at HEAD", "preview --from HEAD --to ../preview")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = toy_repo(tmp_path / "club")
    commit(root, "Une page", {"docs/neuf.md": "# Neuf\n"})
    (root / "docs/autre.md").write_text("# Autre\n", "utf-8")
    return root


def club(root: Path, arguments: str, **environment: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "club", *arguments.split()],
        cwd=root,
        env={**os.environ, **CALM, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("arguments", few(WRITING, 2))
def test_the_repository_of_somebody_else_is_not_written_to(arguments: str, root: Path) -> None:
    before = git(root, "for-each-ref"), (root / ".git/config").read_bytes()
    status, said, wrong = club(root, arguments, GIT_TEST_ASSUME_DIFFERENT_OWNER="1")
    assert (status, said) == (2, "")
    assert wrong.startswith("Git a refusé\xa0: fatal: detected dubious ownership")
    assert "safe.directory" in wrong
    assert (git(root, "for-each-ref"), (root / ".git/config").read_bytes()) == before


@pytest.mark.long
@pytest.mark.parametrize("arguments", few(READING))
def test_the_repository_of_somebody_else_is_read(arguments: str, root: Path) -> None:
    found = club(root, arguments, GIT_TEST_ASSUME_DIFFERENT_OWNER="1")
    shutil.rmtree(root.parent / "preview", ignore_errors=True)
    assert found == club(root, arguments)
    assert found[0] == 0


def bad_gitdir(root: Path) -> None:
    shutil.rmtree(root / ".git")
    (root / ".git").write_text("gitdir: /nowhere/at/all\n")


def bad_gitfile(root: Path) -> None:
    shutil.rmtree(root / ".git")
    (root / ".git").write_text("rubbish\n")


def bad_config(root: Path) -> None:
    (root / ".git/config").write_text("[core\n")


def newer_format(root: Path) -> None:
    git(root, "config", "core.repositoryFormatVersion", "99")


def lost_worktree(root: Path) -> None:
    git(root, "worktree", "add", "-q", "--detach", str(root.parent / "beside"))
    shutil.rmtree(root / ".git")
    (root.parent / "beside/.git").rename(root / ".git")


@pytest.mark.long
@pytest.mark.parametrize(
    "damage", few([bad_config, bad_gitdir, bad_gitfile, newer_format, lost_worktree])
)
def test_a_repository_that_cannot_be_opened(damage: Callable[[Path], None], root: Path) -> None:
    damage(root)
    for arguments in WRITING:
        status, said, wrong = club(root, arguments)
        assert (status, said) == (2, ""), arguments
        assert wrong.startswith("Git a refusé\xa0: fatal: "), arguments
    for arguments in READING:
        status, said, wrong = club(root, arguments)
        assert (status, said) == (2, ""), arguments
        assert wrong.count("\n") == 1, arguments
    assert club(root, "check --date 2026-01-01")[0] == 0
    assert build(root, root.parent / "site", strict=False).returncode == 0


def test_a_history_that_git_refuses_is_told_by_the_build(root: Path) -> None:
    newer_format(root)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(root.parent / "site")]
    done = subprocess.run(
        command, cwd=root, env={**os.environ, **CALM}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert (
        "Git ne peut pas lire l’historique\u00a0: le site n’a donc pas de dates (fatal: "
        in done.stderr
    )
    assert "Aborted with 1 warnings in strict mode" in done.stdout + done.stderr


def in_a_linked_work_tree(root: Path) -> Path:
    git(root, "worktree", "add", "-q", "-b", "beside", str(root.parent / "beside"))
    (root.parent / "beside/docs/autre.md").write_text("# Autre\n", "utf-8")
    return root.parent / "beside"


def with_its_git_dir_elsewhere(root: Path) -> Path:
    git(root, "init", "-q", "--separate-git-dir", str(root.parent / "elsewhere.git"))
    return root


@pytest.mark.parametrize("arranged", few([in_a_linked_work_tree, with_its_git_dir_elsewhere]))
@pytest.mark.parametrize("arguments", few([*READING, *WRITING]))
def test_another_arrangement_of_the_repository_changes_nothing(
    arguments: str, arranged: Callable[[Path], Path], root: Path
) -> None:
    assert club(arranged(root), arguments)[0] == 0


@pytest.mark.long
def test_a_club_reached_through_a_link_is_where_it_stands(root: Path) -> None:
    other = root.parent / "other"
    other.mkdir()
    git(other, "init", "-q", "-b", "main")
    (other / "link").symlink_to(root)
    for arguments in READING:
        found = club(other / "link", f"--root {other / 'link'} {arguments}")
        assert found[0] == 0, arguments


@pytest.mark.long
def test_a_club_inside_a_bare_repository(tmp_path: Path) -> None:
    bare = tmp_path / "club.git"
    git(tmp_path, "init", "-q", "--bare", str(bare))
    root = toy_repo(tmp_path / "made")
    shutil.rmtree(root / ".git")
    inside = bare / "club"
    shutil.copytree(root, inside)
    for arguments in (*WRITING, *READING):
        status, said, wrong = club(inside, arguments)
        assert status > 0, arguments
        assert (said + wrong).count("\n") == 1, arguments

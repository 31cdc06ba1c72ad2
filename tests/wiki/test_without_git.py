"""A machine without Git, or with one that does not work: what can be done is done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.clubs import few
from tests.shipped.conftest import build
from tests.wiki.repos import commit, git, toy_repo

SENTENCE = (
    "Git n’est pas installé, ou ne fonctionne pas ici (essayez «\xa0git --version\xa0»)\xa0:"
    " installez-le depuis https://git-scm.com, puis relancez cette commande\n"
)
BROKEN = "#!/bin/sh\necho 'xcode-select: no developer tools were found' >&2\nexit 1\n"
AXES = {
    "base": "a:\n  label: A\n",
    "ours": "a:\n  label: B\n",
    "theirs": "a:\n  label: A\n  order: 1\n",
}
PAGE = {"base": "Un.\n", "ours": "Deux.\n", "theirs": "Trois.\n"}


Done = tuple[int, str, str, dict[str, bytes]]


@pytest.fixture(scope="module")
def with_git() -> dict[str, Done]:
    """What each command does where Git works, once it was run there."""
    return {}


@pytest.fixture(params=few(["absent", "broken", "absent and hushed up"]))
def without_git(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """The environment of a machine where no Git works."""
    path = tmp_path / "bin"
    path.mkdir()
    (path / "python").symlink_to(sys.executable)
    if request.param == "broken":
        (path / "git").write_text(BROKEN)
        (path / "git").chmod(0o755)
    hushed = {"GIT_PYTHON_REFRESH": "quiet"} if "hushed" in request.param else {}
    return {"PATH": str(path), **hushed}


def club(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "club", *arguments],
        cwd=root,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done


def files(root: Path) -> dict[str, bytes]:
    """Every file of a folder, less what Git and the last build keep in it."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not {".git", ".cache"} & set(path.parts)
    }


@pytest.mark.parametrize(
    "arguments",
    few(
        [
            "check --date 2026-01-01",
            "show jardin-nord",
            "new axis neuf --set label=Neuf --set nature=technical --set order=9",
            "rename rencontre-2021 rencontre-de-2021 --yes",
            "preview --from . --to ../preview",
            "check --format json --strict --date 2026-01-01",
            "fmt",
            "explain",
            "explain shallow-history",
            "split axes",
            "join meetings",
            "schema",
        ],
        2,
    ),
)
def test_what_needs_no_git_does_the_same_without_it(
    arguments: str,
    without_git: dict[str, str],
    with_git: dict[str, Done],
    tmp_path: Path,
) -> None:
    if arguments not in with_git:
        with_git[arguments] = done(tmp_path / "with", arguments)
    assert done(tmp_path / "without", arguments, **without_git) == with_git[arguments]
    assert with_git[arguments][0] == 0


def done(folder: Path, arguments: str, **environment: str) -> Done:
    """What *arguments* say, and every file there is then."""
    root = toy_repo(folder / "club")
    run = club(root, *arguments.split(), **environment)
    return run.returncode, run.stdout, run.stderr, files(folder)


@pytest.mark.parametrize(
    "arguments",
    few(
        [
            "diff",
            "diff HEAD..HEAD",
            "propose -m Essai",
            "sync",
            "sync main",
            "setup",
            "setup --remove",
            "show jardin-nord --at HEAD",
            "show jardin-nord --at 2024-01-01",
            "preview --from HEAD --to ../preview",
        ],
        2,
    ),
)
def test_what_needs_git_says_so(
    arguments: str, without_git: dict[str, str], tmp_path: Path
) -> None:
    root = toy_repo(tmp_path / "club")
    commit(root, "Une page", {"docs/neuf.md": "# Neuf\n"})
    before = files(root)
    run = club(root, *arguments.split(), **without_git)
    assert (run.returncode, run.stdout, run.stderr) == (2, "", SENTENCE)
    assert files(root) == before
    assert not (tmp_path / "preview").exists()
    assert git(root, "branch", "--list").split() == ["*", "main"]


def merged(
    folder: Path, sides: dict[str, str], path: str, environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Runs the driver as Git does."""
    for name, text in sides.items():
        (folder / name).write_text(text, "utf-8")
    return club(folder, "merge", *sides, path, **environment)


def test_records_merge_by_field_without_git(without_git: dict[str, str], tmp_path: Path) -> None:
    run = merged(tmp_path, AXES, "data/axes.yaml", without_git)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert (tmp_path / "ours").read_text() == "a:\n  label: B\n  order: 1\n"


@pytest.mark.parametrize(
    ("sides", "path"), [(PAGE, "docs/index.md"), ({**AXES, "ours": "a: [\n"}, "data/axes.yaml")]
)
def test_what_git_would_merge_by_line_fails_and_is_no_conflict(
    sides: dict[str, str], path: str, without_git: dict[str, str], tmp_path: Path
) -> None:
    run = merged(tmp_path, sides, path, without_git)
    assert run.returncode > 128
    assert (run.stdout, run.stderr) == ("", SENTENCE)
    assert (tmp_path / "ours").read_text() == sides["ours"]


@pytest.mark.long
def test_the_site_builds_as_it_does_without_a_repository(
    without_git: dict[str, str], tmp_path: Path
) -> None:
    sites = []
    for name, environment in (("alone", {}), ("without", without_git)):
        root = toy_repo(tmp_path / name)
        if name == "alone":
            shutil.rmtree(root / ".git")
        done = build(root, tmp_path / f"{name}-site", **environment)
        assert (done.returncode, done.stderr) == (0, "")
        sites.append(files(tmp_path / f"{name}-site"))
    assert sites[0] == sites[1]

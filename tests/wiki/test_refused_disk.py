"""Caches that are damaged and disks that refuse: the site is the same, the sentence is one."""

from __future__ import annotations

import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.shipped.conftest import build
from tests.wiki.killing import variables
from tests.wiki.repos import commit, toy_repo

CLUB = [sys.executable, "-P", "-m", "club"]
GIT = ("error: ", "fatal: ")
"""What Git's own words begin with, which follow ours."""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A club built once, with its caches beside it, and its site."""
    folder = tmp_path_factory.mktemp("model")
    root = toy_repo(folder / "club")
    commit(root, "À côté", {".gitignore": ".cache/\nsite/\n"})
    assert build(root, folder / "site").returncode == 0
    assert list((root / ".cache").rglob("*.json"))
    return root, site(folder / "site")


def site(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def random_bytes(path: Path) -> None:
    path.write_bytes(random.Random(path.name).randbytes(5000))


def changed_in_the_middle(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    at = len(raw) // 2
    raw[at : at + 40] = b"\0" * 40
    path.write_bytes(bytes(raw))


def of_another_shape(path: Path) -> None:
    path.write_text('{"made_by": 3, "head": [], "entries": {"x": 1}}')


def entries_of_another_shape(path: Path) -> None:
    """The head and the maker are right; what was read is not."""
    text = path.read_text("utf-8", "replace")
    path.write_text(text.replace('"changes":[', '"changes":["?",').replace('"date":', '"d":'))


def too_deep(path: Path) -> None:
    path.write_text("[" * 200_000)


def a_folder(path: Path) -> None:
    path.unlink()
    (path / "inside").mkdir(parents=True)


def a_link_in_a_loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


SPOILERS = (
    *(truncated, empty, random_bytes, changed_in_the_middle, of_another_shape),
    *(entries_of_another_shape, too_deep, a_folder, a_link_in_a_loop),
)


@pytest.mark.long
@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(each, marks=[] if each is entries_of_another_shape else pytest.mark.long)
        for each in SPOILERS
    ],
)
def test_damaged_caches_are_made_again_in_silence(
    spoil: Callable[[Path], None], tmp_path: Path, model: tuple[Path, dict[str, bytes]]
) -> None:
    """One wrong entry among those of the history ended the build in a traceback."""
    root = tmp_path / "club"
    shutil.copytree(model[0], root, symlinks=True)
    for path in list((root / ".cache").rglob("*")):
        if path.is_file():
            spoil(path)
    done = build(root, tmp_path / "site")
    assert (done.returncode, done.stderr) == (0, "")
    assert site(tmp_path / "site") == model[1]


def small_files() -> None:
    """A disk that takes almost nothing, as a full one does."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))


def tree(root: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(root.rglob("*")):
        if path.is_file() and not {".git", ".cache"} & set(path.parts):
            yield path.relative_to(root).as_posix(), path.read_bytes()


def disorder(root: Path) -> None:
    path = root / "data/axes.yaml"
    path.write_text(path.read_text("utf-8").replace("\n  ", "\n     "), "utf-8")


def run(
    arguments: tuple[str, ...],
    root: Path,
    limit: Callable[[], None] | None,
    before_all: Sequence[str],
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*before_all, *CLUB, "--language", "fr", *arguments],
        cwd=root,
        env=variables(root.parent, PYTHONDONTWRITEBYTECODE="1", HOME=str(root.parent)),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
    )


WRITING = [
    ("fmt",),
    ("rename", "jardin-nord", "jardin", "--yes"),
    ("split", "axes"),
    ("join", "requests"),
    ("new", "axis", "neuf"),
    ("schema",),
    ("setup",),
    ("export", "--markdown", "sorti"),
    ("preview", "--from", "HEAD", "--to", "apercu"),
    ("propose", "-m", "Un essai"),
    ("init", "autre", "--name", "Autre"),
]
COMMANDS = pytest.mark.parametrize("arguments", WRITING, ids=lambda each: each[0])


def refused(
    arguments: tuple[str, ...],
    root: Path,
    limit: Callable[[], None] | None,
    before_all: Sequence[str] = (),
) -> None:
    disorder(root)
    before = dict(tree(root))
    done = run(arguments, root, limit, before_all)
    assert done.returncode, done.stdout
    assert "Traceback" not in done.stderr, done.stderr[-900:]
    assert done.stderr.strip()
    ours = [each for each in done.stderr.splitlines() if not each.startswith(GIT)]
    assert len(ours) == 1, done.stderr
    assert dict(tree(root)) == before


@COMMANDS
@pytest.mark.long
def test_a_full_disk_is_told_in_one_sentence(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """Real: the system refuses to let any file grow."""
    refused(arguments, toy_repo(tmp_path / "club"), small_files)


READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && cd "$0" && exec "$@"'


def read_only(root: Path) -> list[str]:
    """What runs a command that sees *root* as a disk that nothing can be written on."""
    return ["unshare", "--mount", "sh", "-c", READ_ONLY, str(root)]


def can_mount(folder: Path) -> bool:
    try:
        return not subprocess.run([*read_only(folder), "true"], check=False).returncode
    except OSError:
        return False


@COMMANDS
@pytest.mark.long
def test_a_disk_that_is_only_read_is_told_in_one_sentence(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    root = toy_repo(tmp_path / "club")
    if not can_mount(root):
        pytest.skip("only root may mount a folder again")
    refused(arguments, root, None, read_only(root))


def test_a_site_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    """The build was a traceback."""
    (tmp_path / "plein").write_text("un fichier")
    found = build(toy_repo(tmp_path / "club"), tmp_path / "plein/site")
    assert found.returncode == 1
    assert "Traceback" not in found.stderr
    assert "la machine refuse de continuer\xa0: " in found.stderr
    assert f"{tmp_path / 'plein'}" in found.stderr


@pytest.mark.long
def test_a_site_on_a_full_disk_is_told_in_a_sentence(tmp_path: Path) -> None:
    found = build(toy_repo(tmp_path / "club"), tmp_path / "site", limit=small_files)
    assert found.returncode == 1
    assert "Traceback" not in found.stderr
    assert f"la machine refuse de continuer\xa0: {tmp_path / 'site'}" in found.stderr


@pytest.mark.long
def test_a_site_on_a_disk_that_is_only_read_is_told_in_a_sentence(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    if not can_mount(site):
        pytest.skip("only root may mount a folder again")
    (site / "index.html").write_text("hier")
    found = build(toy_repo(tmp_path / "club"), site, before=read_only(site))
    assert found.returncode == 1
    assert "Traceback" not in found.stderr
    assert f"la machine refuse de continuer\xa0: {site}" in found.stderr
    assert (site / "index.html").read_text() == "hier"


@pytest.mark.long
def test_a_site_is_built_from_a_disk_that_is_only_read(
    tmp_path: Path, model: tuple[Path, dict[str, bytes]]
) -> None:
    root = tmp_path / "club"
    shutil.copytree(model[0], root, symlinks=True, ignore=shutil.ignore_patterns(".cache"))
    if not can_mount(root):
        pytest.skip("only root may mount a folder again")
    found = build(root, tmp_path / "site", before=read_only(root))
    assert (found.returncode, found.stderr) == (0, "")
    assert site(tmp_path / "site") == model[1]

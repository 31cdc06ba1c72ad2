"""Commands killed on the way: nothing that anybody wrote is lost, and the next command goes on.

Each kill is at a step that the seed chooses: a file opened to be written, moved or removed, a
program started. The oracle is the same command, done to its end elsewhere.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from hashlib import sha256
from pathlib import Path

import pytest

from tests.clubs import few
from tests.wiki.killing import run_killed
from tests.wiki.repos import commit, git, toy_repo, with_remote

CLUB = [sys.executable, "-P", "-m", "club"]
SEED = 20_131_112
GENERATED = {".git", ".cache", "site", "exported"}
REQUEST = "data/requests/exporter-le-carnet.yaml"


def nothing(root: Path) -> None:
    """The club as it is."""


def disorder(root: Path) -> None:
    """Files that `club fmt` has to write anew."""
    for name in ("axes", "families", "domains", "services"):
        path = root / f"data/{name}.yaml"
        path.write_text(path.read_text("utf-8").replace("\n  ", "\n     "), "utf-8")


def work(root: Path) -> None:
    """Work that is committed nowhere: a file changed, another that Git does not know."""
    with_remote(root)
    (root / "docs/neuf.md").write_text("# Neuf\n", "utf-8")
    index = root / "docs/index.md"
    index.write_text(index.read_text("utf-8") + "\nUne ligne.\n", "utf-8")
    git(root, "add", "docs/index.md")
    index.write_text(index.read_text("utf-8") + "\nUne autre.\n", "utf-8")


def branches(root: Path) -> None:
    """A branch that changed the same file as the main branch, and work beside it."""
    with_remote(root)
    text = (root / REQUEST).read_text("utf-8")
    git(root, "switch", "-q", "-c", "proposition")
    commit(root, "Ici", {REQUEST: text.replace("Secret du Sud", "Ici")})
    git(root, "switch", "-q", "main")
    first, _, rest = text.partition("\n")
    commit(root, "Là", {REQUEST: f"{first} # là\n{rest}"})
    git(root, "push", "-q", "origin", "main")
    git(root, "switch", "-q", "proposition")
    (root / "docs/neuf.md").write_text("# Neuf\n", "utf-8")


def answered(root: Path) -> None:
    """Two requests sent, and the sheet where the vendor answered both."""
    sent = "state: sent  # au comité\nhistory:\n  - {state: sent, date: 2021-01}\n"
    for id in ("imprimer", "relier"):
        text = f"title: {id.title()}\nneed: N\n{sent}"
        (root / f"data/requests/{id}.yaml").write_text(text, "utf-8")
    rows = "Demande;Réponse;Texte\nimprimer;accord;Oui.\nrelier;refus;Non.\n"
    (root / "reponses.csv").write_text(rows, "utf-8")


@dataclass(frozen=True)
class Family:
    """A command, what stands before it, how many of its last steps write, and whom to kill."""

    arguments: tuple[str, ...]
    before: Callable[[Path], None] = nothing
    steps: int = 24
    who: str = ""


FAMILIES = {
    "propose": Family((*CLUB, "propose", "-m", "Un essai"), work),
    "rename": Family((*CLUB, "rename", "jardin-nord", "jardin", "--yes"), steps=40),
    "fmt": Family((*CLUB, "fmt"), disorder),
    "split": Family((*CLUB, "split", "axes")),
    "join": Family((*CLUB, "join", "requests")),
    "answers": Family((*CLUB, "answers", "import", "reponses.csv", "--state"), answered, steps=40),
    "sync": Family((*CLUB, "sync"), branches),
    "driver": Family((*CLUB, "sync"), branches, who="--driver"),
    "build": Family((sys.executable, "-P", "-m", "mkdocs", "build", "-q"), work, steps=60),
    "export": Family((*CLUB, "export", "--markdown", "exported"), work, steps=60),
}
ALL = pytest.mark.parametrize("name", FAMILIES)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Path, Path, int]]:
    """For a family: the club before, the same after its command, and how many steps that took."""
    made: dict[str, tuple[Path, Path, int]] = {}

    def model(name: str) -> tuple[Path, Path, int]:
        if name not in made:
            family, folder = FAMILIES[name], tmp_path_factory.mktemp(name)
            before = toy_repo(folder / "before/club")
            commit(before, "À côté", {".gitignore": ".cache/\nsite/\nexported/\n"})
            family.before(before)
            shutil.copytree(folder / "before", folder / "after", symlinks=True)
            after = folder / "after/club"
            relocate(after, before)
            done = run_killed(family.arguments, after, who=family.who)
            assert done.returncode == 0, done.stderr
            made[name] = (before, after, steps_of(folder / "after/steps"))
        return made[name]

    return model


def relocate(root: Path, was: Path) -> None:
    """Leads the clone at *root*, a copy of *was*, to the copy of its remote."""
    config = root / ".git/config"
    config.write_text(config.read_text().replace(str(was.parent), str(root.parent)))


def steps_of(file: Path) -> int:
    """The most steps that one process took."""
    return max(map(int, file.read_text().split()))


def user_files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not GENERATED & set(path.relative_to(root).parts)
    }


def is_left_beside(path: str) -> bool:
    """Whether it is what a command was writing, which no other looks at."""
    name = path.rpartition("/")[2]
    return path.startswith(".exported.") or (name.startswith(".") and name.endswith(".new"))


def faults_of(name: str, before: Path, after: Path, root: Path) -> Iterator[str]:
    """What a kill of the command broke in *root*, which was like *before*."""
    old, new, now = user_files(before), user_files(after), user_files(root)
    for path, raw in now.items():
        if raw not in {old.get(path), new.get(path)} and not is_left_beside(path):
            yield f"{path} is half-written"
    is_whole = all(now.get(path) == raw for path, raw in new.items())
    for path in old.keys() - now.keys():
        if path in new or not is_whole:
            yield f"{path} is lost"
    kept = git(before, "for-each-ref", "--format=%(objectname)").splitlines()
    staged = [line.split()[1] for line in git(before, "ls-files", "--stage").splitlines()]
    for id in {*kept, *staged}:
        if subprocess.run(["git", "cat-file", "-e", id], cwd=root, check=False).returncode:
            yield f"{id} is lost"
    checked = subprocess.run(
        ["git", "fsck", "--no-progress"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if checked.returncode:
        yield f"{name}: {checked.stdout}{checked.stderr}"


def faults_after(name: str, root: Path, after: Path) -> Iterator[str]:
    """What the same command, given again, does not mend or tell."""
    again = run_killed(FAMILIES[name].arguments, root)
    if "Traceback" in again.stderr or (again.returncode and not again.stderr.strip()):
        yield f"{again.returncode}: {again.stderr}"
    if again.returncode and name in {"propose", "fmt", "build", "export"}:
        yield f"{again.returncode}: {again.stderr}"
    new, now = user_files(after), user_files(root)
    if name in {"sync", "driver"} and again.returncode:
        # Git keeps a lock or an unfinished merge where it was killed, and says so.
        if (
            "merge" not in again.stderr
            and "lock" not in again.stderr
            and "fusion" not in again.stderr
        ):
            yield again.stderr
        return
    if now != new:
        yield f"{sorted(set(now) ^ set(new))} {[p for p in now if now[p] != new.get(p)]}"


def kill(name: str, tmp_path: Path, model: tuple[Path, Path, int], chance: random.Random) -> None:
    before, after, steps = model
    family = FAMILIES[name]
    shutil.copytree(before.parent, tmp_path, symlinks=True, dirs_exist_ok=True)
    root = tmp_path / "club"
    relocate(root, before)
    at = chance.randint(max(1, steps - family.steps + 1), steps)
    killed = run_killed(family.arguments, root, at=at, who=family.who)
    found = [*faults_of(name, before, after, root), *faults_after(name, root, after)]
    assert found == [], f"killed at step {at} of {steps}\n{killed.stderr}"
    assert killed.returncode or family.who, "it was to be killed"


def club(root: Path, command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*CLUB, command], cwd=root, capture_output=True, text=True, check=False)


def here(root: Path) -> list[int]:
    return [root.stat().st_dev, root.stat().st_ino]


@pytest.mark.parametrize(
    "said",
    few(
        [
            b"[" * 5000,
            b"{}",
            b"[1]",
            b"\xff",
            b'{"here": HERE, "before": {}, "after": {"docs": "x"}, "removed": []}',
            b'{"here": HERE, "before": {}, "after": {}, "removed": ["../dehors.yaml", "docs"]}',
            b'{"here": [1, 2], "before": {"docs/index.md": SUM}, "after": {},'
            b' "removed": ["docs/index.md"]}',
        ],
        1,
    ),
)
def test_a_journal_that_came_with_the_files_is_not_obeyed(said: bytes, tmp_path: Path) -> None:
    root = toy_repo(tmp_path / "club")
    (tmp_path / "dehors.yaml").write_text("{}", "utf-8")
    before = user_files(root)
    mark = sha256(before["docs/index.md"]).hexdigest()
    said = said.replace(b"HERE", json.dumps(here(root)).encode())
    (root / ".cache/club").mkdir(parents=True)
    journal = root / ".cache/club/unfinished.json"
    journal.write_bytes(said.replace(b"SUM", json.dumps(mark).encode()))
    done = club(root, "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert user_files(root) == before
    assert (tmp_path / "dehors.yaml").exists()
    assert not journal.exists()
    assert club(root, "fmt").returncode == 0


@pytest.mark.long
def test_two_commands_that_write_at_once_do_not_mix(tmp_path: Path) -> None:
    root = toy_repo(tmp_path / "club")
    disorder(root)
    before = user_files(root)
    beside = root / "data/.axes.yaml.new"
    beside.write_text("{}", "utf-8")
    held = root / ".cache/club/unfinished.json"
    held.parent.mkdir(parents=True)
    said = {
        "here": here(root),
        "before": {"data/axes.yaml": sha256(before["data/axes.yaml"]).hexdigest()},
        "after": {"data/axes.yaml": sha256(b"{}").hexdigest()},
        "removed": [],
    }
    with held.open("w") as file:
        flock(file, LOCK_EX)
        file.write(json.dumps(said))
        file.flush()
        for command in ("fmt", "check"):
            done = subprocess.run(
                [*CLUB, command], cwd=root, check=False, capture_output=True, text=True
            )
            assert ("une autre commande" in done.stderr) is (command == "fmt"), done.stderr
        beside.unlink()
        assert user_files(root) == before
    assert (
        subprocess.run([*CLUB, "fmt"], cwd=root, check=False, capture_output=True).returncode == 0
    )
    assert user_files(root) != before


def test_what_was_edited_since_a_cut_stays(tmp_path: Path) -> None:
    root = toy_repo(tmp_path / "club")
    axes, families = root / "data/axes.yaml", root / "data/families.yaml"
    said = {
        "here": here(root),
        "before": {
            path.relative_to(root).as_posix(): sha256(path.read_bytes()).hexdigest()
            for path in (axes, families)
        },
        "after": {"data/axes.yaml": sha256(b"# neuf").hexdigest()},
        "removed": ["data/families.yaml", "../dehors.yaml"],
    }
    (tmp_path / "dehors.yaml").write_text("{}", "utf-8")
    (root / "data/.axes.yaml.new").write_text("# neuf", "utf-8")
    (root / ".cache/club").mkdir(parents=True)
    (root / ".cache/club/unfinished.json").write_text(json.dumps(said), "utf-8")
    axes.write_text(axes.read_text("utf-8") + "# depuis\n", "utf-8")
    before = user_files(root)
    club(root, "check")
    assert user_files(root) == before
    assert (tmp_path / "dehors.yaml").exists()
    assert not (root / ".cache/club/unfinished.json").exists()


@pytest.mark.parametrize("name", few(["rename", "propose", "split"]))
def test_a_command_killed_loses_nothing(
    name: str, tmp_path: Path, models: Callable[[str], tuple[Path, Path, int]]
) -> None:
    kill(name, tmp_path, models(name), random.Random(f"{SEED} {name} 0"))


@pytest.mark.long
@ALL
@pytest.mark.parametrize("number", range(1, 4))
def test_many_commands_killed_lose_nothing(
    name: str, number: int, tmp_path: Path, models: Callable[[str], tuple[Path, Path, int]]
) -> None:
    kill(name, tmp_path, models(name), random.Random(f"{SEED} {name} {number}"))

"""The replay of any history, on a small one; and merges whose base is itself a merge."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from club.cli import main
from tests.wiki.repositories import WHO, branch, commit, repository, run
from tests.wiki.resolving import hunks

REPLAY = Path(__file__).parents[2] / "checks/replay.py"
PATH = "data/requests.yaml"


def records(**changed: str) -> str:
    values = {f"{id}-{name}": "v" for id in "abcd" for name in ("title", "state")}
    values |= {key.replace("_", "-"): value for key, value in changed.items()}
    return "".join(
        f"{id}:\n  title: {values[f'{id}-title']}\n  state: {values[f'{id}-state']}\n"
        for id in "abcd"
    )


def test_the_replay_of_a_small_history_finds_no_fault(tmp_path: Path) -> None:
    root = repository(tmp_path / "club", {PATH: records()})
    known: dict[str, str] = {}
    for number, (id, name) in enumerate((i, n) for i in "abcd" for n in ("title", "state")):
        known[f"{id}_{name}"] = f"neuf {number}"
        commit(root, {PATH: records(**known)})
    branch(root, "autre", "main", {PATH: records(**{**known, "a_title": "ici"})})
    run(root, "switch", "-q", "main")
    commit(root, {PATH: records(**{**known, "d_state": "ailleurs"})})
    run(root, "merge", "-q", "--no-edit", "autre")
    command = [sys.executable, "-P", str(REPLAY), str(root), "data/*.yaml"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    counts = {
        name: int(count)
        for count, name in (line.strip().split(" ", 1) for line in done.stdout.splitlines())
    }
    assert counts["real tries"] == 1
    assert counts["made tries"] > 4
    assert counts["made conflicts by lines"] > counts["made conflicts by field"] == 0
    assert counts["clash conflicts by field"] == counts["clash tries"] > 0


@pytest.mark.long
@pytest.mark.parametrize("is_same_field", [True, False])
def test_a_criss_cross_loses_no_value_and_hides_no_clash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_same_field: bool
) -> None:
    for name, value in WHO.items():
        monkeypatch.setenv(name, value)
    root = repository(tmp_path / "club", {PATH: records()})
    assert main(["--root", str(root), "setup"]) == 0
    first = branch(root, "un", "main", {PATH: records(a_title="un")})
    second = branch(root, "deux", "main", {PATH: records(a_title="deux")})
    last = "un" if is_same_field else "v"
    for name, other, state, title in (
        ("un", second, "ici", "choix un"),
        ("deux", first, "v", last),
    ):
        run(root, "switch", "-q", name)
        run(root, "merge", "--no-commit", other, fails=True)
        commit(root, {PATH: records(a_title=title, b_state=state)})
    assert len(run(root, "merge-base", "--all", "un", "deux").split()) == 2
    commit(root, {PATH: records(a_title=last, c_state="plus tard")})
    run(root, "merge", "--no-edit", "un", fails=True)
    text = (root / PATH).read_text("utf-8")
    assert len(hunks(text)) == 1
    for value in ("choix un", f"title: {last}", "ici", "plus tard"):
        assert value in text

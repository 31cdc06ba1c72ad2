"""Whatever is done to the files of a club, a check ends, says where, and says the same twice."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from club.cli import main
from tests.clubs import FROZEN, copied, few, toy_in
from tests.mutations import mutate
from tests.shipped.conftest import build

FEW, MANY = range(100), int(os.environ.get("CLUB_MUTATIONS", "300"))
"""`CLUB_MUTATIONS=20000 pytest -m long tests/test_mutations.py` tries as many."""
BUILT = range(2000, 2012)


def checked(root: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """What `club check` answers and says."""
    code = main(["--root", str(root), "check", "--format", "json", "--date", "2024-01-01"])
    return code, capsys.readouterr().out


def is_sound(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = first = checked(root, capsys)
    assert code in {0, 1, 2}
    assert checked(root, capsys) == first
    if code == 2:
        return
    found = json.loads(said)
    for each in found["problems"] if isinstance(found, dict) else found:
        path, line = each["path"], each.get("line", 0)
        file = root / path
        assert file.is_symlink() or file.exists(), each
        if line and file.is_file():
            lines = len(re.split(rb"\r\n|\r|\n", file.read_bytes()))
            assert 1 <= line <= lines + 1, each


def tried(seed: int, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copied(FROZEN, root) if seed >= FEW.stop and seed % 10 == 0 else toy_in(root)
    changed = list(mutate(root, seed))
    try:
        is_sound(root, capsys)
    except BaseException:
        pytest.fail(f"seed {seed}, which changes {changed}")
    finally:
        shutil.rmtree(root)


@pytest.mark.parametrize("start", few(range(FEW.start, FEW.stop, 25)))
def test_a_changed_club_is_told_what_is_wrong(
    start: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for seed in range(start, start + 25):
        tried(seed, tmp_path / str(seed), capsys)


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
def test_so_is_a_club_changed_in_hundreds_of_ways(
    part: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for seed in range(FEW.stop + part, FEW.stop + MANY, 4):
        tried(seed, tmp_path / str(seed), capsys)


@pytest.mark.long
@pytest.mark.parametrize("seed", BUILT)
def test_a_build_of_a_changed_club_ends_in_a_sentence(seed: int, tmp_path: Path) -> None:
    root = toy_in(tmp_path / "toy")
    changed = list(mutate(root, seed))
    done = build(root, tmp_path / "site", strict=False)
    assert "Traceback" not in done.stderr, (changed, done.stderr[-2000:])

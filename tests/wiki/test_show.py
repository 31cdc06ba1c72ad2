"""`club show` and what `club check` says of a history cut short."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from club.cli import main
from tests.wiki.conftest import Work

MEETING = (
    "title: Rencontre\ntype: plenary\nstatus: held\ndate: 2023-11-15\n"
    "agenda:\n  - {id: a, title: Ouvrir}\n"
)
FILE = "data/meetings/rencontre.yaml"


@pytest.fixture
def told(work: Work) -> Work:
    """A record that changed on 15, 16 and 17 November 2023."""
    work.commit(
        {
            "data/axes.yaml": "usages:\n  label: Usages\n  order: 1\n  nature: technical\n",
            FILE: MEETING,
        }
    )
    work.commit(
        {"data/axes.yaml": "usages:\n  label: Les usages\n  order: 2\n  nature: technical\n"}
    )
    work.commit(
        {
            "data/axes.yaml": "les-usages:\n  aliases: usages\n  label: Tout\n  order: 3\n"
            "  nature: technical\n"
        }
    )
    return work


def show(work: Work, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    status = main(["--root", str(work.club), "show", *arguments])
    captured = capsys.readouterr()
    assert status == (2 if captured.err else 0)
    return captured.out + captured.err


def test_as_it_is(told: Work, capsys: pytest.CaptureFixture[str]) -> None:
    (told.club / "data/axes.yaml").write_text("les-usages:\n  label: Non enregistré\n  order: 4\n")
    said = show(told, capsys, "les-usages")
    assert said.splitlines() == ["axes/les-usages", "libellé : Non enregistré", "ordre : 4"]


@pytest.mark.parametrize(
    ("at", "label"),
    [
        ("2023-11-15", "Usages"),
        ("rencontre", "Usages"),
        ("16/11/2023", "Les usages"),
        ("HEAD~1", "Les usages"),
        ("2023", "Tout"),
        ("main", "Tout"),
    ],
)
def test_as_it_was(told: Work, capsys: pytest.CaptureFixture[str], at: str, label: str) -> None:
    assert f"libellé : {label}\n" in show(told, capsys, "les-usages", "--at", at)


def test_parts_are_laid_out(told: Work, capsys: pytest.CaptureFixture[str]) -> None:
    said = show(told, capsys, "meetings/rencontre")
    assert "points à l’ordre du jour" in said or "ordre du jour :" in said
    assert "\n  - nom court : a\n    titre : Ouvrir" in said or "    titre : Ouvrir" in said


@pytest.mark.parametrize("at", ["2011", "--upload-pack=x", "rien", "", "HEAD:data"])
def test_no_such_moment(told: Work, capsys: pytest.CaptureFixture[str], at: str) -> None:
    assert "ou rien n’était encore écrit" in show(told, capsys, "les-usages", f"--at={at}")


def test_no_such_record(told: Work, capsys: pytest.CaptureFixture[str]) -> None:
    assert "peut-être : les-usages" in show(told, capsys, "les-usage").replace("\u00a0", " ")


def test_no_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data").mkdir()
    assert main(["--root", str(tmp_path), "show", "x", "--at", "2012"]) == 2
    assert "dans aucun dépôt Git" in capsys.readouterr().err


def test_check_says_how_to_fetch_the_history(
    told: Work, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(told.club), "check", "--strict"]) in {0, 1}
    assert "shallow" not in capsys.readouterr().out
    clone = tmp_path / "clone"
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", f"file://{told.root}", str(clone)], check=True
    )
    status = main(["--root", str(clone), "check"])
    said = capsys.readouterr().out
    assert "avertissement" in said
    assert "git fetch --unshallow" in said
    assert "[shallow-history]" in said
    assert status == main(["--root", str(told.club), "check"])
    assert main(["--root", str(clone), "explain", "shallow-history"]) == 0

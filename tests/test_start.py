"""`club init` starts a club that is sound at once, in either language, and harms nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from club.cli import main
from club.edit.start import STARTER
from tests.clubs import REGISTRY
from tests.shipped.conftest import build

LANGUAGES = pytest.mark.parametrize("language", ["fr", "en"])
NAME = 'Club « d’essai » : l’un \\ "l’autre"'


def started(root: Path, language: str) -> Path:
    assert main(["init", str(root), "--language", language, "--name", NAME]) == 0
    return root


@LANGUAGES
def test_a_new_club_is_sound(tmp_path: Path, language: str) -> None:
    root = started(tmp_path / "club", language)
    assert main(["--root", str(root), "check", "--strict"]) == 0
    assert main(["--root", str(root), "fmt", "--check"]) == 0
    done = build(root, tmp_path / "site")
    assert done.returncode == 0, done.stderr
    home = (tmp_path / "site/index.html").read_text("utf-8")
    assert f'<html lang="{language}"' in home
    assert "Club « d’essai »" in home


@LANGUAGES
def test_nothing_is_left_to_replace(tmp_path: Path, language: str) -> None:
    root = started(tmp_path, language)
    for path in root.rglob("*"):
        if path.is_file():
            assert not re.search("CLUB_(NAME|VERSION)", path.read_text("utf-8")), path
            assert not path.name.startswith("dot-")
    assert (root / ".github/workflows/club.yml").is_file()
    assert (root / ".gitattributes").read_text("utf-8").startswith("data/")


@LANGUAGES
def test_records_explain_themselves_and_say_that_they_are_examples(
    tmp_path: Path, language: str
) -> None:
    files = list((started(tmp_path, language) / "data").iterdir())
    assert 3 <= len(files) <= 5
    for path in files:
        assert path.stem in REGISTRY.collections
        text = path.read_text("utf-8")
        assert text.startswith("#")
        assert "example: true" in text


def test_the_language_may_be_said_before_the_command(tmp_path: Path) -> None:
    assert main(["--language", "en", "init", str(tmp_path / "club")]) == 0
    assert 'site_name: "Our club"' in (tmp_path / "club/mkdocs.yml").read_text("utf-8")


def test_a_folder_that_is_not_empty_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("à moi", "utf-8")
    assert main(["init", str(tmp_path)]) == 1
    assert main(["init", str(tmp_path / "notes.txt")]) == 1
    assert "n’est pas vide" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_both_languages_start_with_the_same_things() -> None:
    french, english = (
        {path.relative_to(STARTER / language).parent for path in (STARTER / language).rglob("*.*")}
        for language in ("fr", "en")
    )
    assert french == english


def test_a_club_is_started_from_within_one_whose_settings_are_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "old/data").mkdir(parents=True)
    (tmp_path / "old/mkdocs.yml").write_text("extra: {club: {without: [nothing]}}", "utf-8")
    monkeypatch.chdir(tmp_path / "old")
    assert main(["init", "../new"]) == 0
    assert (tmp_path / "new/mkdocs.yml").is_file()

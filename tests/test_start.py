"""`club init` starts a club that is sound at once, in either language, and harms nothing."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml

from club.cli import main
from club.edit.origin import requirement_from
from club.edit.start import STARTER
from tests.clubs import REGISTRY
from tests.shipped.conftest import build
from tests.wiki.repos import CALM, commit, git, with_remote

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
    # Without a logo, the picture of one was asked of the page itself.
    assert re.findall(r'<img[^>]* src="\.*"', home) == []
    brand = re.search(r'<a[^>]*class="club-brand".*?</a>', home, re.DOTALL)
    assert brand
    assert "<svg" in brand[0]


@LANGUAGES
def test_a_new_club_says_how_it_is_kept(tmp_path: Path, language: str) -> None:
    """Whoever was given the folder had nothing to begin with."""
    root = started(tmp_path, language)
    text = (root / "README.md").read_text("utf-8")
    assert text.splitlines()[0].startswith("# Club « d’essai »")
    targets = (root / "Makefile").read_text("utf-8")
    for command in ("serve", "check", "site"):
        assert f"`make {command}`" in text
        assert f"\n{command}: " in targets
    for command in ("new", "propose", "sync", "setup"):
        assert f"`.venv/bin/club {command}" in text
        with pytest.raises(SystemExit) as end:
            main(["--root", str(root), command, "-h"])
        assert end.value.code == 0
    for each in re.findall(r"`(\.[a-z][\w./-]*/?)`", text):
        assert each.startswith(".venv") or (root / each).exists(), each


@LANGUAGES
def test_every_command_of_the_readme_works(
    tmp_path: Path,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`club new practice` wanted an id."""
    for name, value in CALM.items():
        monkeypatch.setenv(name, value)
    root = started(tmp_path / "club", language)
    page = next((root / "docs").glob("contribu*.md"))
    written = (root / "README.md").read_text("utf-8") + page.read_text("utf-8")
    commands = dict.fromkeys(re.findall(r"`\.venv/bin/club ([^`]+)`", written))
    assert len(commands) >= 5
    git(root, "init", "-q", "-b", "main")
    commit(root, "Le club", {})
    with_remote(root)
    git(root, "remote", "set-head", "origin", "-a")
    index = root / "docs/index.md"
    index.write_text(index.read_text("utf-8") + "\nUne ligne.\n", "utf-8")
    before = git(root, "stash", "create")
    for command in commands:
        words = shlex.split(re.sub("RULE|RÈGLE", "missing-field", command))
        capsys.readouterr()
        assert main(["--root", str(root), *words]) == 0, (command, capsys.readouterr().err)
        git(root, "clean", "-fdq")
        git(root, "checkout", "-q", before, "--", "docs", "data")
        git(root, "reset", "-q")


@LANGUAGES
def test_nothing_is_left_to_replace(tmp_path: Path, language: str) -> None:
    root = started(tmp_path, language)
    for path in root.rglob("*"):
        if path.is_file():
            assert not re.search("CLUB_(NAME|LIBRARY)", path.read_text("utf-8")), path
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


def test_a_repository_that_a_forge_made_is_empty(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    root = started(tmp_path, "fr")
    assert (root / "mkdocs.yml").is_file()
    assert main(["init", str(tmp_path)]) == 1


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


NAMES = [
    "Club [[x]]",
    "Club [x](y.md)",
    "Club <b>gras</b> & <!-- fin",
    "*Club* _x_ `y` {#z} C#",
    "Club &amp; | x \\",
    "- x: y",
    "!ENV [HOME]",
    "{{ 1 }} %x",
    "Club 🌻",
    "x" * 300,
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_makes_a_sound_club(name: str, tmp_path: Path) -> None:
    """A club called “Club [[x]]” failed its first check."""
    root = tmp_path / "club"
    assert main(["init", str(root), "--name", name]) == 0
    assert main(["--root", str(root), "check", "--strict"]) == 0
    said = yaml.compose((root / "mkdocs.yml").read_text("utf-8"), yaml.BaseLoader)
    assert said.value[0][1].value == name


def test_a_name_is_shown_as_it_is(tmp_path: Path) -> None:
    name = "Club [[x]] <b>y</b> *z* &amp; C#"
    assert main(["init", str(tmp_path / "club"), "--name", name]) == 0
    done = build(tmp_path / "club", tmp_path / "site")
    assert done.returncode == 0, done.stderr
    home = (tmp_path / "site/index.html").read_text("utf-8")
    assert ">Club [[x]] &lt;b&gt;y&lt;/b&gt; *z* &amp;amp; C#<" in home


@pytest.mark.parametrize("name", ["Club \udcff", "Club \x00", "Club \x1b[31m", "\x7f", "\ufeff"])
def test_a_name_that_cannot_be_written_starts_nothing(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half a club was left behind."""
    assert main(["init", str(tmp_path / "club"), "--name", name]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_blank_name_is_none(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "club"), "--name", "   "]) == 0
    assert 'site_name: "Notre club"' in (tmp_path / "club/mkdocs.yml").read_text("utf-8")


@pytest.mark.parametrize("target", ["file/sub", "file/sub/club", "dangling", "looping", "x" * 300])
def test_where_no_folder_can_be_nothing_is_started(
    target: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "looping").symlink_to("looping")
    before = sorted(tmp_path.rglob("*"))
    assert main(["init", str(tmp_path / target)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_what_to_do_next_is_what_works(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`git init` made another branch than the one that mkdocs.yml names."""
    assert main(["init", str(tmp_path / "club")]) == 0
    said = capsys.readouterr().out
    assert "git init -b main" in said
    assert "requirements.txt" in said.splitlines()[-1]


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({}, r"club>=[\d.]+"),
        ({"url": "file:///tmp/a%20b", "dir_info": {}}, r"club @ file:///tmp/a%20b"),
        (
            {"url": "https://f.example/c.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
            r"club @ git\+https://f\.example/c\.git@abc",
        ),
        (
            {"url": "https://f.example/c.zip", "archive_info": {}, "subdirectory": "sub"},
            r"club @ https://f\.example/c\.zip#subdirectory=sub",
        ),
    ],
)
def test_a_new_club_installs_the_library_from_where_it_came(
    said: dict[str, object], line: str
) -> None:
    assert re.fullmatch(line, requirement_from(said))

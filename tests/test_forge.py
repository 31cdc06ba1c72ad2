"""Addresses on the three forges."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from club.model.problem import Place
from club.publish.words.forge import Forge, ForgeType
from club.read.settings import read_settings

PLACE = Place("data/meetings/été #1.yaml", 12, 3)
QUOTED = "data/meetings/%C3%A9t%C3%A9%20%231.yaml"


@pytest.mark.parametrize(
    ("url", "type"),
    [
        ("https://gitlab.com/club/wiki", ForgeType.GITLAB),
        ("https://forge.apps.education.fr/club/wiki", ForgeType.GITLAB),
        ("https://github.com/club/wiki", ForgeType.GITHUB),
        ("https://github.entreprise.example/club/wiki", ForgeType.GITHUB),
        ("https://codeberg.org/club/wiki", ForgeType.FORGEJO),
        ("https://forgejo.exemple.fr/club/wiki", ForgeType.FORGEJO),
    ],
)
def test_guesses(url: str, type: ForgeType) -> None:
    found = Forge.at(url)
    assert found is not None
    assert found.type is type


def test_what_is_said_beats_what_is_guessed() -> None:
    found = Forge.at("https://github.com/club/wiki", type="forgejo")
    assert found is not None
    assert found.type is ForgeType.FORGEJO
    with pytest.raises(ValueError, match="svn"):
        Forge.at("https://github.com/club/wiki", type="svn")


def test_the_settings_say_the_type_and_the_branch(tmp_path: Path) -> None:
    said = "repo_url: https://code.example/club/wiki\n"
    said += "extra: {club: {forge: github, branch: trunk}}\n"
    (tmp_path / "mkdocs.yml").write_text(said, "utf-8")
    settings = read_settings(tmp_path, {})
    found = Forge.at(settings.repo_url, settings.branch, settings.forge)
    assert found is not None
    assert found.view(PLACE) == f"https://code.example/club/wiki/blob/trunk/{QUOTED}#L12"


@pytest.mark.parametrize("url", ["", "git@gitlab.com:club/wiki.git", "ssh://a/b", "javascript:1"])
def test_no_address_no_forge(url: str) -> None:
    assert Forge.at(url) is None


def test_the_clone_address_is_the_address() -> None:
    found = Forge.at("https://gitlab.com/club/wiki.git/")
    assert found is not None
    assert found.url == "https://gitlab.com/club/wiki"


@pytest.mark.parametrize(
    ("type", "view", "edit", "new"),
    [
        (
            ForgeType.GITLAB,
            f"-/blob/main/{QUOTED}#L12",
            f"-/edit/main/{QUOTED}#L12",
            "-/new/main/data/meetings?file_name=a+b.yaml",
        ),
        (
            ForgeType.GITHUB,
            f"blob/main/{QUOTED}#L12",
            f"edit/main/{QUOTED}#L12",
            "new/main/data/meetings?filename=a+b.yaml",
        ),
        (
            ForgeType.FORGEJO,
            f"src/branch/main/{QUOTED}#L12",
            f"_edit/main/{QUOTED}#L12",
            "_new/main/data/meetings?filename=a+b.yaml",
        ),
    ],
)
def test_addresses(type: ForgeType, view: str, edit: str, new: str) -> None:
    forge = Forge("https://forge.example/club", type=type)
    assert forge.view(PLACE) == f"https://forge.example/club/{view}"
    assert forge.edit(PLACE) == f"https://forge.example/club/{edit}"
    assert forge.new_file("data/meetings", "a b.yaml") == f"https://forge.example/club/{new}"
    whole = Place("data/axes.yaml")
    assert "#" not in forge.edit(whole)
    assert f"{forge.url}/{forge.edit_prefix('docs')}index.md" == forge.edit(Place("docs/index.md"))


@pytest.mark.parametrize("type", list(ForgeType))
def test_issues_keep_their_words(type: ForgeType) -> None:
    forge = Forge("https://forge.example/club", type=type)
    url = urlsplit(forge.new_issue("Été & co ?", "Une ligne\nune autre #2"))
    fields = parse_qs(url.query)
    assert sorted(each for many in fields.values() for each in many) == [
        "Une ligne\nune autre #2",
        "Été & co ?",
    ]
    assert url.fragment == ""


def test_branches_with_odd_names() -> None:
    forge = Forge("https://forge.example/club", branch="essai/été#2")
    assert forge.view(Place("a.yaml", 1)) == (
        "https://forge.example/club/-/blob/essai/%C3%A9t%C3%A9%232/a.yaml#L1"
    )
    assert "#" not in forge.edit_prefix("docs")

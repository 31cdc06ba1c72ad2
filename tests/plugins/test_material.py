"""What clubs ask of Material and of its extensions, and what their pages then say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.plugins.conftest import NAV, OURS, THEME, Neighbourhood, toy_with
from tests.shipped.conftest import Built, said

EXTENSIONS = """markdown_extensions:
  - footnotes
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.tasklist: {custom_checkbox: CUSTOM}
plugins:
"""
PAGE = """# Un essai

Une note[^1].

[^1]: Un mot.

- [x] semé
- [ ] arrosé

=== "Nord"

    Des pommes

=== "Sud"

    Des figues
"""


def page(built_with: Neighbourhood, changes: dict[str, str]) -> Built:
    return built_with(
        files={"docs/essai.md": PAGE}, changes={"nav:\n": "nav:\n  - essai.md\n"} | changes
    )


@pytest.mark.parametrize("custom", ["true", "false"])
def test_what_is_done_and_what_is_to_do_were_told_by_nothing(
    built_with: Neighbourhood, custom: str
) -> None:
    site = page(built_with, {"plugins:\n": EXTENSIONS.replace("CUSTOM", custom)})
    tasks = [each for each in site.page("essai/").article.iter("li") if "ass" in str(each.attrib)]
    assert [said(each) for each in tasks] == ["☑ semé", "☐ arrosé"]
    signs = [sign for each in tasks for sign in each.iter("span")]
    assert [each.get("aria-label") for each in signs] == ["tâche faite", "tâche à faire"]
    assert {each.get("role") for each in signs} == {"img"}


def test_the_way_back_from_a_note_was_in_english(built_with: Neighbourhood) -> None:
    site = page(built_with, {"plugins:\n": EXTENSIONS.replace("CUSTOM", "true")})
    back = [each.get("title") for each in site.page("essai/").article.iter("a")]
    assert "Revenir à l’appel de la note 1" in back
    assert "Nord · Sud" in site.page("essai/").words  # tabs are no more than their words


def test_the_way_back_from_a_note_is_said_as_the_club_says(built_with: Neighbourhood) -> None:
    mine = EXTENSIONS.replace("- footnotes", "- footnotes: {BACKLINK_TITLE: 'Remonter ({})'}")
    site = page(built_with, {"plugins:\n": mine.replace("CUSTOM", "true")})
    assert "Remonter (1)" in [each.get("title") for each in site.page("essai/").article.iter("a")]


def test_filters_were_lost_from_page_to_page_under_instant_navigation(tmp_path: Path) -> None:
    features = "  features: [navigation.instant, navigation.instant.progress, navigation.top]\n"
    root = toy_with(tmp_path / "toy", {}, OURS, {THEME: THEME + features})
    command = [sys.executable, "-m", "mkdocs", "build", "-d", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    for each in ("navigation.instant", "navigation.instant.progress"):
        assert f"«\u00a0{each}\u00a0» du thème est laissée de côté" in done.stderr
    home = Built(tmp_path / "site").text("index.html")
    assert "navigation.instant" not in home
    assert "bundle." not in home.replace('"script"', "").partition('id="club-later"')[0]
    assert '"navigation.top"' in home


def test_without_a_navigation_sections_bore_the_names_of_folders(built_with: Neighbourhood) -> None:
    site = built_with(files={"docs/guides/a.md": "# Un guide\n"}, changes={f"nav:\n{NAV}": ""})
    titles = {
        said(each)
        for each in site.page("").document.iter("span")
        if each.get("class") == "club-nav__title"
    }
    assert {"Comparaisons", "Familles de services", "Projets", "Guides"} <= titles
    assert not titles & {"Comparisons", "Families", "Projects"}

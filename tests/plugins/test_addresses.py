"""What the theme or another plugin puts at an address of ours stops the build, with a reason."""

from __future__ import annotations

import re
from pathlib import Path

import material
import pytest

from tests.clubs import few
from tests.plugins.conftest import OURS, THEME, commit, toy_with
from tests.shipped.conftest import Built, build

GENERATE = "  - gen-files: {scripts: [make.py]}\n"
MAKE = """
import mkdocs_gen_files
with mkdocs_gen_files.open({path!r}, "w") as file:
    file.write("# Zqmade")
"""
ALIAS = {"docs/charte-du-club.md": "---\naliases: [vieille/charte]\n---\n# Vieille charte\n"}
BUNDLE = next(
    each.name
    for each in Path(material.__file__).parent.glob("templates/assets/javascripts/bundle.*.js")
)
CUSTOM = {THEME: f"{THEME}  custom_dir: mon-theme\n"}


def refused(
    tmp_path: Path,
    theirs: str = "",
    files: dict[str, str] | None = None,
    changes: dict[str, str] | None = None,
    *,
    strict: bool = False,
    is_first: bool = True,
) -> str:
    """What a build says that two things at one address stop."""
    plugins = theirs + OURS if is_first else OURS + theirs
    root = toy_with(tmp_path / "toy", files or {}, plugins, changes or {})
    commit(root)
    done = build(root, tmp_path / "site", strict=strict)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "site/index.html").exists()
    return done.stderr


TAKEN = {
    "projects/jardin-nord.md": ("/projects/jardin-nord/", "data/projects.yaml:"),
    "projects/Jardin-Nord.md": ("/projects/jardin-nord/", "data/projects.yaml:"),
    "projects/jardin-nord/index.md": ("/projects/jardin-nord/", "data/projects.yaml:"),
    "projects/jardin-nord": ("/projects/jardin-nord/", "data/projects.yaml:"),
    "services/matrix.md": ("/services/matrix/", "mkdocs.yml: "),
    "news.md": ("/news/", "mkdocs.yml: "),
    "news/index.html": ("/news/", "mkdocs.yml: "),
    "data/projects.json": ("/data/projects.json", "mkdocs.yml: "),
    "feeds/all.atom": ("/feeds/all.atom", "mkdocs.yml: "),
    "assets/club/club.css": ("/assets/club/club.css", "mkdocs.yml: "),
    "sitemap.xml": ("/sitemap.xml", "mkdocs.yml: "),
    "404.html/a.md": ("/404.html/a/", "mkdocs.yml: "),
    "vieille/charte.md": ("/vieille/charte/", "docs/charte-du-club.md:2:11: "),
}


@pytest.mark.parametrize("is_first", few([True, False]))
@pytest.mark.parametrize("path", few(TAKEN, 3))
def test_what_a_plugin_makes_takes_no_address_of_the_club(
    path: str, is_first: bool, tmp_path: Path
) -> None:
    url, place = TAKEN[path]
    files = {"make.py": MAKE.format(path=path), **ALIAS}
    theirs = GENERATE
    said = refused(tmp_path, theirs, files, is_first=is_first)
    [line] = [each for each in said.splitlines() if "[duplicate-address]" in each]
    assert place in line
    assert path in line
    assert url.lower() in line.lower()


@pytest.mark.parametrize("path", few(["projects/jardin-nord", "data/projects.json", "projects"]))
def test_a_file_of_the_themes_folder_takes_no_address_of_the_club(
    path: str, tmp_path: Path
) -> None:
    said = refused(tmp_path, files={f"mon-theme/{path}": "x"}, changes=CUSTOM)
    assert "[duplicate-address]" in said
    assert f"mon-theme/{path}: " in said or f": {path} [" in said


def test_a_template_of_the_theme_takes_no_address_of_the_club(tmp_path: Path) -> None:
    changes = {THEME: f"{THEME}  custom_dir: mon-theme\n  static_templates: [news/index.html]\n"}
    said = refused(tmp_path, files={"mon-theme/news/index.html": "x"}, changes=changes)
    assert "news/index.html" in said
    assert "[duplicate-address]" in said


@pytest.mark.long
@pytest.mark.parametrize("name", ["assets/images/favicon.png", f"assets/javascripts/{BUNDLE}"])
@pytest.mark.parametrize("way", few(["same", "case", "page"]))
def test_a_file_of_docs_does_not_replace_one_of_the_theme(
    name: str, way: str, tmp_path: Path
) -> None:
    folder, _, last = name.rpartition("/")
    path = {"same": name, "case": f"{folder}/{last.capitalize()}", "page": f"{name}.md"}[way]
    said = refused(tmp_path, files={f"docs/{path}": "x"})
    assert f"docs/{path}: " in said
    assert "[duplicate-address]" in said or path.endswith(".js")


@pytest.mark.long
def test_the_settings_may_name_a_picture_in_place_of_the_themes(tmp_path: Path) -> None:
    changes = {THEME: f"{THEME}  favicon: assets/images/favicon.png\n"}
    root = toy_with(tmp_path / "toy", {"docs/assets/images/favicon.png": "x"}, OURS, changes)
    done = build(root, tmp_path / "site")
    assert done.returncode == 0, done.stderr


@pytest.mark.long
def test_the_themes_folder_may_replace_our_style(tmp_path: Path) -> None:
    root = toy_with(tmp_path / "toy", {"mon-theme/assets/club/club.css": "a{}"}, OURS, CUSTOM)
    done = build(root, tmp_path / "site")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site/assets/club/club.css").read_text("utf-8") == "a{}"


@pytest.mark.parametrize(
    "source",
    few(
        [
            "projects/jardin-nord.md",
            "index.md",
            "news.md",
            "projects/index.md",
            "vieille/charte.md",
        ],
        2,
    ),
)
def test_a_redirect_from_an_address_that_is_live_stops_the_build(
    source: str, tmp_path: Path
) -> None:
    theirs = f"  - redirects: {{redirect_maps: {{{source}: https://autre.example/}}}}\n"
    said = refused(tmp_path, theirs, ALIAS, strict=True)
    assert "[duplicate-address]" in said
    url = source.removesuffix("index.md").removesuffix(".md")
    assert re.search(rf"mkdocs.yml: .* /{url}", said.replace("\xa0", " "))


@pytest.mark.parametrize("is_first", few([True, False]))
def test_a_redirect_leads_to_any_address_of_the_club(is_first: bool, tmp_path: Path) -> None:
    targets = {
        "a.md": ("news.md", "../news/"),
        "b.md": ("vieille/charte.md", "../vieille/charte/"),
        "c.md": ("services/matrix.md", "../services/matrix/"),
        "d.md": ("projects/jardin-nord.md", "../projects/jardin-nord/"),
    }
    maps = ", ".join(f"{old}: {new}" for old, (new, _) in targets.items())
    theirs = f"  - redirects: {{redirect_maps: {{{maps}}}}}\n"
    plugins = theirs + OURS if is_first else OURS + theirs
    root = toy_with(tmp_path / "toy", ALIAS, plugins, {})
    commit(root)
    done = build(root, tmp_path / "site")
    assert done.returncode == 0, done.stderr
    site = Built(tmp_path / "site")
    for old, (_, href) in targets.items():
        assert f"url={href}" in site.text(f"{old.removesuffix('.md')}/index.html")

"""Which pages load Material's script at once: those that hold what only it does, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.config import load_config
from mkdocs_club.start import NEEDING, SIGNS, Start

from tests.clubs import write
from tests.plugins.conftest import THEME, Neighbourhood

BUNDLE = '<script src="../assets/javascripts/bundle.0a1b2c3d.min.js"></script>'
SHELL = f"""<!doctype html>
<link rel="stylesheet" href="../assets/stylesheets/main.0a1b2c3d.min.css">
<link rel="stylesheet" href="../assets/stylesheets/palette.0a1b2c3d.min.css">
<link rel="stylesheet" href="../assets/club/club.css"><main>{{}}</main>{BUNDLE}
<script src="../assets/club/theme.js"></script>"""
CODE = "<pre><code>x</code></pre>"
NOTE = '<sup><a class="footnote-ref" href="#fn:1">1</a></sup>'
TABS = '<div class="tabbed-set tabbed-alternate">'


def start(root: Path, said: str, *, is_pruned: bool = True) -> Start:
    write(root, {"mkdocs.yml": f"site_name: Club\n{said}", "docs/index.md": "# Club\n"})
    return Start(load_config(str(root / "mkdocs.yml")), is_pruned=is_pruned)


def features(*names: str) -> str:
    return f"theme: {{name: material, features: [{', '.join(names)}]}}\n"


OURS_ALONE = features("navigation.tabs", "navigation.top", "toc.follow", "search.highlight")
CASES = {
    "what the club's script does": (OURS_ALONE, CODE + NOTE, False),
    "an address that follows": (features("navigation.tracking"), "", True),
    "a feature of tomorrow": (features("navigation.magic"), "", True),
    "copies of code, without code": (features("content.code.copy"), "", False),
    "copies of code": (features("content.code.copy"), CODE, True),
    "notes in bubbles": (features("content.footnote.tooltips"), NOTE, True),
    "bubbles": (features("content.tooltips"), "", True),
    "tabs": (OURS_ALONE, TABS, True),
    "a diagram": (OURS_ALONE, '<pre class="mermaid"><code>x</code></pre>', True),
    "remarks in code": (OURS_ALONE, '<div class="annotate">', True),
    "a script of another plugin": (OURS_ALONE, '<script src="../assets/x.js"></script>', True),
    "a script that calls the theme's": (
        OURS_ALONE,
        "<script>document$.subscribe(f)</script>",
        True,
    ),
    "a cookie banner": (OURS_ALONE + "extra: {consent: {title: Cookies}}\n", "", True),
    "a script of the club": (OURS_ALONE + "extra_javascript: [mine.js]\n", "", True),
}


@pytest.mark.parametrize("case", CASES)
def test_the_theme_s_script_is_there_where_it_is_needed(tmp_path: Path, case: str) -> None:
    said, html, is_needed = CASES[case]
    found = start(tmp_path, said).applied(SHELL.format(html))
    assert (BUNDLE in found) is is_needed
    assert ('main.0a1b2c3d.min.css">' in found) is is_needed  # with all the styles it may ask for
    assert ("club-later" in found) is not is_needed


@given(st.from_regex(NEEDING, alphabet=st.characters(max_codepoint=255)))
def test_nothing_that_needs_the_theme_s_script_is_without_a_sign(html: str) -> None:
    assert any(sign in html for sign in SIGNS)


def test_templates_of_the_club_may_need_anything(tmp_path: Path) -> None:
    write(tmp_path, {"mine/partials/header.html": "<header></header>"})
    said = "theme: {name: material, custom_dir: mine}\n"
    assert start(tmp_path, said).needs_all("")


def test_a_minified_page_is_understood(tmp_path: Path) -> None:
    html = SHELL.format("").replace('"', "")
    assert "club-later" in start(tmp_path, OURS_ALONE).applied(html)


def test_another_theme_and_a_site_being_served_keep_their_styles(tmp_path: Path) -> None:
    plain = '<link rel="stylesheet" href="css/base.css"><script src="js/base.js"></script>'
    assert start(tmp_path / "a", "theme: mkdocs\n").applied(plain) == plain
    found = start(tmp_path / "b", OURS_ALONE, is_pruned=False).applied(SHELL.format(""))
    assert "main.0a1b2c3d.min.css" in found
    assert '"style"' not in found
    assert BUNDLE not in found


def test_a_page_with_code_has_its_button_to_copy(built_with: Neighbourhood) -> None:
    copying = THEME + "  features: [content.code.copy]\n"
    code = {"docs/code.md": "# Du code\n\n    x = 1\n"}
    site = built_with(files=code, changes={THEME: copying})
    scripts = {
        url: [each.get("src", "") for each in site.page(url).document.iter("script")]
        for url in ("code/", "projects/jardin-nord/")
    }
    assert any("bundle." in each for each in scripts["code/"])
    assert not any("bundle." in each for each in scripts["projects/jardin-nord/"])

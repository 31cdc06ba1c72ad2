"""The policy of the pages: what runs is known, what a maintainer adds is checked."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import html5lib
from hypothesis import given
from hypothesis import strategies as st
from mkdocs_club.policy import Policy, inline_scripts

from club.model.policy import DIRECTIVES
from tests.clubs import toy_in
from tests.shipped.conftest import build

PIECES = st.sampled_from(
    [
        *("<script>", "</script>", "<script src=a.js>", "<script type=module>", "<SCRIPT\n>"),
        *("</script >", "<script type='application/json'>", "<style>", "</style>", "<title>"),
        *(
            "</title>",
            "<textarea>",
            "</textarea>",
            "<p>",
            "a=1",
            "<",
            ">",
            " ",
            "\n",
        ),
        *("<p title='<script>'>", '<a href="x>y">', "</", "<script data-x='>'>", "é"),
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_scripts_are_those_that_a_browser_finds(text: str) -> None:
    page = html5lib.parse(f"<head></head><body>{text}", namespaceHTMLElements=False)
    expected = [
        (each.text or "")
        for each in page.iter("script")
        if "src" not in each.attrib and each.get("type", "module") == "module"
    ]
    assert [each for each in inline_scripts(text) if each] == [each for each in expected if each]


def test_a_script_in_a_comment_is_none() -> None:
    assert list(inline_scripts("<!-- <script>a</script> --><script>b</script>")) == ["b"]
    assert list(inline_scripts("<!-- <script>a</script><script>b</script>")) == []


def test_a_known_script_runs_by_its_hash() -> None:
    digest = b64encode(sha256(b"a = 1").digest()).decode()
    html = Policy({}, is_serving=False).applied(
        "<!doctype html><html><head>\n<meta charset=utf-8><title>x</title>", ["a = 1"]
    )
    before, _, after = html.partition('<meta http-equiv="Content-Security-Policy"')
    assert before.endswith("<meta charset=utf-8>")
    assert f"script-src 'self' 'sha256-{digest}';" in after
    assert "'unsafe-inline'" not in html


def test_a_maintainer_may_add_sources() -> None:
    added = {"img-src": ["https://tiles.example"], "frame-src": ["https://video.example"]}
    text = Policy(added, is_serving=False).text()
    assert "img-src 'self' data: https://tiles.example;" in text
    assert "frame-src https://video.example;" in text
    assert "object-src 'none';" in text


def test_every_page_has_a_policy(tmp_path: Path) -> None:
    root = toy_in(tmp_path / "club")
    done = build(root, tmp_path / "site")
    assert done.returncode == 0, done.stderr
    for page in (tmp_path / "site").rglob("*.html"):
        html = page.read_text("utf-8")
        assert html.count('http-equiv="Content-Security-Policy"') == 1, page
        head = html.index("Content-Security-Policy")
        assert "<script" not in html[:head]
        assert "<link" not in html[:head]
    assert set(DIRECTIVES) >= {"script-src", "connect-src", "img-src", "object-src", "base-uri"}


def test_a_script_in_a_title_of_the_navigation_is_not_known(tmp_path: Path) -> None:
    """Only what the theme writes of itself has a hash, whatever another door lets in."""
    root = toy_in(tmp_path / "club")
    theme = root / "theme"
    theme.mkdir()
    (theme / "main.html").write_text(
        '{% extends "base.html" %}{% block content %}<script>said = "{{ page.title }}"</script>'
        "<script>always = 1</script>{{ super() }}{% endblock %}",
        "utf-8",
    )
    config = root / "mkdocs.yml"
    config.write_text(
        config.read_text("utf-8").replace("theme:\n", "theme:\n  custom_dir: theme\n", 1), "utf-8"
    )
    done = build(root, tmp_path / "site")
    assert done.returncode == 0, done.stderr
    for url in ("", "projects/jardin-nord/"):
        html = (tmp_path / "site" / url / "index.html").read_text("utf-8")
        policy = html.partition('content="default-src')[2].partition('"')[0]
        known = {
            each: f"sha256-{b64encode(sha256(each.encode()).digest()).decode()}" in policy
            for each in inline_scripts(html)
        }
        assert known["always = 1"]
        assert [is_known for each, is_known in known.items() if each.startswith("said")] == [False]

"""What another generator is given: bodies no dialect reads, links that hold, a whole folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown

from club.publish.html.sanitise import sanitise
from club.publish.html.wiki import relative_address
from club.publish.portable.body import END, START, markdown_body
from club.publish.portable.folder import MARK, replace
from club.publish.portable.settings import portable_nav
from tests.clubs import few, toy_in
from tests.test_cli import club

READERS = ("tables", "fenced_code", "footnotes", "attr_list", "md_in_html", "def_list", "abbr")
TRAPS = st.sampled_from(
    [
        *("```", "~~~", "    ", "\t", "\n", "\n\n", "# x", "- x", "| a |", "[[x]]", "[x](y.md)"),
        *("[^1]: x", "*[x]: y", "{{ x }}", "{: .x }", "x", "*x*", "&", '"', "'", "\u00a0", "$x$"),
        *("<p>", "</p>", "<pre>", "</pre>", "<div>", "</div>", "<code>", "</code>", "<br>", "<li>"),
        *('<a href="../x/">', "</a>", "<td>", "<table>", "<h2 id='x'>", "</h2>", "&lt;script&gt;"),
    ]
)


def tree(html: str) -> object:
    """What a browser makes of *html*; outside preformatted text, every space is the same."""
    import html5lib  # noqa: PLC0415 - slow to import, for one test

    root = html5lib.parseFragment(html, namespaceHTMLElements=False)

    def words(text: str | None, *, is_kept: bool) -> str:
        return (text or "") if is_kept else re.sub(r"[ \t\n]+", " ", text or "").strip(" ")

    def node(element: object, *, is_kept: bool) -> object:
        is_kept = is_kept or element.tag == "pre"
        return (
            element.tag,
            sorted(element.items()),
            words(element.text, is_kept=is_kept),
            [(node(each, is_kept=is_kept), words(each.tail, is_kept=is_kept)) for each in element],
        )

    return node(root, is_kept=False)


@given(st.lists(TRAPS, max_size=14).map("".join))
@example("<pre><code>a\n\n\n  b\n```\n[[x]]\n\tc\n</code></pre>")
@example("<pre><pre></pre>\t")
@example("<p>a\n\n    b\n\n```\nc\n```\n\nd</p>")
def test_a_body_comes_out_of_markdown_as_it_went_in(text: str) -> None:
    html = sanitise(text)
    found = Markdown(extensions=list(READERS)).convert(f"{markdown_body(html)}\n\nafter\n")
    assert tree(found) == tree(f"{START}\n{html}\n{END}\n<p>after</p>")


@pytest.mark.parametrize(
    ("src_uri", "href", "expected"),
    [
        ("index.md", "charte.md", "charte/"),
        ("index.md", "projects/index.md#all", "projects/#all"),
        ("charte.md", "index.md", "../"),
        ("charte.md", "charte.md#regle", "./#regle"),
        ("charte.md", "plan%20a.png", "../plan%20a.png"),
        ("guides/index.md", "a.md", "a/"),
        ("guides/a.md", "../projects/b.md?c=d#e", "../../projects/b/?c=d#e"),
        ("guides/a.md", "README.md", "../"),
        ("a.md", "#ici", "#ici"),
        ("a.md", "/data/a.csv", "/data/a.csv"),
        ("a.md", "https://b.example/c.md", "https://b.example/c.md"),
        ("a.md", "mailto:b@c.example", "mailto:b@c.example"),
    ],
)
def test_a_link_to_a_file_leads_to_its_page(src_uri: str, href: str, expected: str) -> None:
    assert relative_address(src_uri, href) == expected


def test_the_navigation_follows_the_pages_and_loses_those_that_are_kept_back() -> None:
    nav = [
        {"Accueil": "index.md"},
        {"Club": ["charte.md", {"Secret": "secret.md"}, {"Ailleurs": "https://a.example/"}]},
        {"Membres": [{"Secret": "secret.md"}]},
    ]
    assert portable_nav(nav, {"", "charte/"}) == [
        {"Accueil": "index.md"},
        {"Club": ["charte/index.md", {"Ailleurs": "https://a.example/"}]},
    ]


@pytest.mark.parametrize(
    "where", few(["docs/export", ".", "docs", "data/export", "..", "mkdocs.yml"], 2)
)
def test_nothing_is_written_over_the_club(tmp_path: Path, where: str) -> None:
    root = toy_in(tmp_path / "club")
    (root / MARK).touch()
    before = sorted(root.rglob("*"))
    run = club("export", "--markdown", where, cwd=root)
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1
    assert sorted(root.rglob("*")) == before


@pytest.mark.long
def test_nothing_is_written_over_anything_else(tmp_path: Path) -> None:
    root = toy_in(tmp_path / "club")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.odt").touch()
    for where in ("mine", "mine/thesis.odt", "mine/thesis.odt/inside"):
        run = club("--language", "en", "export", "--markdown", tmp_path / where, cwd=root)
        assert (run.returncode, run.stdout) == (2, "")
    assert [each.name for each in (tmp_path / "mine").iterdir()] == ["thesis.odt"]


@pytest.mark.long
def test_an_earlier_export_is_replaced_whole(tmp_path: Path) -> None:
    root, target = toy_in(tmp_path / "club"), tmp_path / "out/export"
    assert club("export", "--markdown", target, cwd=root).returncode == 0
    first = {each.relative_to(target) for each in target.rglob("*")}
    (target / "docs/gone.md").touch()
    assert club("export", "--markdown", target, cwd=root).returncode == 0
    assert {each.relative_to(target) for each in target.rglob("*")} == first
    assert [each.name for each in target.parent.iterdir()] == ["export"]


def test_an_export_that_fails_leaves_the_earlier_one(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").touch()
        raise KeyError

    target = tmp_path / "export"
    replace(target, lambda folder: (folder / "whole").touch())
    with pytest.raises(KeyError):
        replace(target, fail)
    assert sorted(each.name for each in target.iterdir()) == [MARK, "whole"]
    assert list(tmp_path.iterdir()) == [target]


def test_a_club_with_problems_is_not_exported(tmp_path: Path) -> None:
    root = toy_in(tmp_path / "club")
    (root / "data/axes.yaml").write_text("a: [\n")
    run = club("export", "--markdown", tmp_path / "export", cwd=root)
    assert run.returncode == 1
    assert "data/axes.yaml:1:" in run.stderr
    assert not (tmp_path / "export").exists()

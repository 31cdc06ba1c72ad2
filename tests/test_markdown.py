"""What contributors write: the same HTML by the short way, and nothing that runs or calls out."""

from __future__ import annotations

import re
from html import escape, unescape
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown

from club.model.markup import TEXT_LINK
from club.publish.html.markdown import MARKS, TextConverter, plain
from club.publish.html.query_blocks import QueryBlocks
from club.publish.html.sanitise import is_id, sanitise, words_of
from club.publish.words.typography import NARROW_NBSP, NBSP, breakable, typeset, typeset_html
from tests.wiki.hostile import payloads

CONVERTER = TextConverter("fr")


def link(id: str, section: str, words: str) -> str:
    anchor = f"#{escape(section)}" if section else ""
    return f'<a href="/{escape(id)}/{anchor}">{escape(words or id)}</a>'


def html(source: str) -> str:
    return CONVERTER.convert(source, link)


PROSE = st.text(
    st.one_of(
        st.sampled_from(list("abcé .,;:!?()'\"«»-+=…’1234567890\n\n  \u00a0\u202f%/@$€")),
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")),
    ),
    max_size=80,
)


@given(PROSE)
@example("a  \nb")
@example("titre\n-")
@example("titre\n=")
@example("a\n \nb")
@example("1.\n2.")
@example("a\n: b")
@example("« a » : b ; c ! d ?")
@example("a\u00a0: b")
@example("\ue000 0 \ue001")
def test_the_short_way_gives_the_same(source: str) -> None:
    source = source.strip()
    if source and not MARKS.search(source):
        assert typeset_html(plain(source), "fr") == CONVERTER.convert_page(source, link)[0]


@given(PROSE)
def test_no_text_makes_it_fall(source: str) -> None:
    html(source)


VECTORS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    '<img src="https://evil.example/x.png">',
    "![](https://evil.example/x.png)",
    "![](//evil.example/x.png)",
    "![](/\\evil.example/x.png)",
    "![](\\\\evil.example/x.png)",
    '<img src="/&#9;/evil.example/x.png">',
    '<img src="&#1;//evil.example/x.png">',
    '<img src="ht&#10;tps://evil.example/x.png">',
    '<img srcset="https://evil.example/x.png 2x" src="a.png">',
    "![](data:image/svg+xml;base64,PHN2Zz4=)",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java&#10;script:alert(1))",
    "[a](data:text/html,<script>alert(1)</script>)",
    "[a](vbscript:x)",
    '<a href="javascript:alert(1)">a</a>',
    "<style>body{background:url(https://evil.example)}</style>",
    '<p style="background:url(https://evil.example)">a</p>',
    '<td style="background:url(https://evil.example)">a</td>',
    "<iframe src=https://evil.example></iframe>",
    '<svg onload="alert(1)"><image href="https://evil.example/x"/></svg>',
    "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
    "<object data=https://evil.example></object><embed src=https://evil.example>",
    '<form action="https://evil.example"><input name=a><button>b</button></form>',
    '<link rel=stylesheet href="https://evil.example/x.css">',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<base href="https://evil.example/">',
    '<video src="https://evil.example/v" poster="https://evil.example/p"></video>',
    '<a href="#" onclick="alert(1)">a</a>',
    "# titre {: onclick=alert(1) style=color:red }",
    "a{: onmouseover=alert(1) }",
    '<div id="a" data-x="y" contenteditable onfocus=alert(1) autofocus>a</div>',
    "<details open ontoggle=alert(1)>a</details>",
    "<!--<img src=x onerror=alert(1)>-->",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "[[a|<img src=x onerror=alert(1)>]]",
    '[[a#" onmouseover="alert(1)]]',
    "![[[a#x onmouseover=alert(1) ]]](x.png)",
    '<b title="[[a#x onmouseover=alert(1) y]]">b</b>',
    "<b title='[[a|x\" onmouseover=\"alert(1)]]'>b</b>",
    "[x]([[a#x onmouseover=alert(1) ]])",
    "`[[a|<script>alert(1)</script>]]`",
    *payloads(),
]
ALLOWED = {
    *("id", "class", "title", "lang", "dir", "role", "aria-label", "aria-hidden"),
    *("href", "hreflang", "name", "src", "alt", "width", "height", "loading", "start"),
    *("scope", "colspan", "rowspan", "headers", "datetime"),
}
FORBIDDEN = {
    *("script", "style", "iframe", "object", "embed", "form", "input", "button", "link", "meta"),
    *("base", "svg", "math", "video", "audio", "source", "noscript", "template", "image"),
}


THE_THEMES = {"mermaid", "md-overlay", "md-dialog", "md-nav", "club-action", "arithmatex"}


def assert_harmless(found: str) -> None:
    tree = html5lib.parseFragment(found, namespaceHTMLElements=False)
    for node in tree.iter():
        if not isinstance(node.tag, str):
            raise AssertionError(f"a comment is left in {found}")
        assert node.tag not in FORBIDDEN, found
        for name, value in node.attrib.items():
            assert name in ALLOWED, found
            if name == "href":
                assert re.match(r"(?i)(https?:|mailto:|[^:]*$|[/#?])", value), found
            if name == "src":
                cleaned = re.sub(r"[\x00-\x20]", "", value)
                assert not re.match(r"(?i)([a-z][a-z0-9+.-]*:|[/\\]{2})", cleaned), found
            if name in {"id", "name"}:
                assert not value.startswith(("_", "club-")), found
            if name == "class":
                assert not set(value.split()) & THE_THEMES, found


@pytest.mark.parametrize("source", VECTORS)
def test_nothing_runs_and_nothing_calls_out(source: str) -> None:
    assert_harmless(html(source))
    assert_harmless(html(f"Un texte {source} et sa suite"))
    assert_harmless(typeset_html(sanitise(source), "fr"))


@given(
    st.lists(st.sampled_from([*VECTORS, '"', ">", "<", "[[a|b]]", "`", "\n\n", "é"]), max_size=4)
)
def test_nor_together(parts: list[str]) -> None:
    assert_harmless(html("".join(parts)))


def test_what_is_kept() -> None:
    assert html('Un **mot**, [un lien](https://a.example/ "titre"), ![une image](a.png)') == (
        '<p>Un <strong>mot</strong>, <a href="https://a.example/" title="titre">un lien</a>, '
        '<img alt="une image" src="a.png"></p>'
    )
    aligned = html("| a | b |\n|:--|--:|\n| 1 | 2 |")
    assert (aligned.count('class="club-left"'), aligned.count('class="club-right"')) == (2, 2)
    assert html("## Titre\n\ntexte").startswith('<h4 id="titre">Titre</h4>')


def test_a_column_without_a_name_has_no_head_that_says_nothing() -> None:
    shown = html("|  | b |\n|--|:-:|\n| 1 | 2 |")
    assert shown.count("<th ") == 1
    assert "<th>" not in shown
    assert "<td></td>" in shown.replace("\n", "")


@pytest.mark.parametrize("word", ["e-lyco", "K-d’école", "K-d'école", "i-Cart", "n-ième"])
@pytest.mark.parametrize("around", ["{}", "l’{}", "({}).", "**{}**", "a {}, b"])
def test_a_short_word_stays_on_one_line(word: str, around: str) -> None:
    assert f'<span class="club-whole">{word}</span>' in unescape(html(around.format(word)))


@pytest.mark.parametrize(
    "text", ["`e-lyco`", "[x](a-b/e-f.html)", "2010-2011", "a--b", "http://a-b.fr/c-d", "- a"]
)
def test_what_is_no_short_word_is_left_as_it_is(text: str) -> None:
    assert "club-whole" not in html(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://a.example/bc/de_fg", "https://|a.|example/|bc/|de_|fg"),
        ("x" * 40, f"{'x' * 16}|{'x' * 16}|{'x' * 8}"),
        ("&amp;" * 25, f"{'&amp;' * 16}|{'&amp;' * 9}"),
        ("x" * 24, "x" * 24),
        (f"{'x' * 20} {'x' * 20}", f"{'x' * 20} {'x' * 20}"),
        (
            f'<span class="club-whole">a-b</span> {"x" * 25}',
            f'<span class="club-whole">a-b</span> {"x" * 16}|{"x" * 9}',
        ),
    ],
)
def test_a_word_too_long_for_a_phone_may_break(text: str, shown: str) -> None:
    assert breakable(text).replace("<wbr>", "|") == shown


def test_links_to_records() -> None:
    assert html("Voir [[entmip]], [[entmip#suite|la *suite*]].") == (
        '<p>Voir <a href="/entmip/">entmip</a>, <a href="/entmip/#suite">la *suite*</a>.</p>'
    )
    assert html("[[a]] [[a]]") == '<p><a href="/a/">a</a> <a href="/a/">a</a></p>'
    assert TEXT_LINK.sub("", "[[a]] [b] [[c|d]] [[e#f]] [[]] [[g\nh]]") == " [b]   [[]] [[g\nh]]"


def test_a_link_in_a_heading_is_its_words_in_the_contents() -> None:
    found, headings = CONVERTER.convert_page("# Le projet [[entmip]]\n", link)
    assert [title for _, title in headings] == ["Le projet entmip"]
    assert '<a href="/entmip/">entmip</a></h3>' in found


def test_one_text_does_not_tint_the_next() -> None:
    first = html("# Titre\n\nNote[^1].\n\n[^1]: Ici.")
    assert html("# Titre\n\nNote[^1].\n\n[^1]: Ici.") == first


def test_french_spaces() -> None:
    assert typeset("« Oui » : non ; peut-être ! Et alors ?", "fr") == (
        f"«{NBSP}Oui{NBSP}»{NBSP}: non{NARROW_NBSP}; peut-être{NARROW_NBSP}! Et alors{NARROW_NBSP}?"
    )
    assert typeset("« Oui » : non", "en") == "« Oui » : non"


@given(PROSE)
def test_typesetting_twice_changes_nothing_more(source: str) -> None:
    once = typeset(source, "fr")
    assert typeset(once, "fr") == once


def test_code_and_tags_are_left_alone() -> None:
    source = '<p title="a ; b">a ; b <code>a ; b</code></p>'
    assert typeset_html(source, "fr") == (
        f'<p title="a ; b">a{NARROW_NBSP}; b <code>a ; b</code></p>'
    )


@pytest.mark.parametrize("source", VECTORS)
def test_the_contents_of_a_page_hold_words_alone(source: str) -> None:
    """The theme writes them as HTML: what stood in an image of a heading ran."""
    _, headings = CONVERTER.convert_page(f"# {source}\n\n# b {source}\n", link)
    for id, title in headings:
        assert is_id(id)
        assert not html5lib.parseFragment(escape(title), namespaceHTMLElements=False).findall(
            ".//*"
        )
    said = words_of(sanitise(source))
    assert not html5lib.parseFragment(said, namespaceHTMLElements=False).findall(".//*"), said


def test_an_ampersand_in_a_heading_is_escaped_once_in_the_contents() -> None:
    assert CONVERTER.convert_page("# A & B < C", link)[1] == [("a-b-c", "A & B < C")]


@pytest.mark.parametrize("id", ["__config", "_a", "club-main", "a b", "", "é" * 300, "a\n", '"'])
def test_no_text_takes_an_id_of_the_theme(id: str) -> None:
    assert not is_id(id)
    assert "id=" not in sanitise(f'<p id="{escape(id)}">a</p>')


@pytest.mark.parametrize("id", ["titre", "fn:1", "fnref2:1", "été_2", "Annexe-B", "a.b"])
def test_texts_keep_their_own_ids(id: str) -> None:
    assert sanitise(f'<p id="{id}">a</p>') == f'<p id="{id}">a</p>'


STOLEN = [
    "&#xe000;0&#xe001;",
    "&#57344;99&#57345;",
    "\\&#xe000;9&#xe001;",
    "\ue0000\ue001",
    "# &#xe000;9&#xe001;",
    "a[^1]\n\n[^1]: &#xe000;9&#xe001;",
]


@pytest.mark.parametrize("stolen", STOLEN)
def test_no_sign_that_a_contributor_writes_stands_for_a_link(stolen: str) -> None:
    """“list index out of range”, or the first link once more."""
    html = TextConverter("fr").convert(f"[[verger]]\n\n{stolen}\n", lambda *_: "<a>V</a>")
    assert html.count("<a>V</a>") == 1


def test_an_answer_stands_only_where_its_query_does() -> None:
    """A page of 15 kB that copied the slot of one query 300 times was built for minutes."""
    queries = QueryBlocks()
    slots = '<div class="club-slot" title="club-query:0"></div>\n\n' * 3
    html = Markdown(extensions=[queries]).convert(f"```club\ntable: projects\n```\n\n{slots}")
    for text in (html, sanitise(html)):
        assert queries.fill(text, lambda block: "réponse").count("réponse") == 1


def tables(source: str) -> list[Element]:
    found = html5lib.parseFragment(html(source), namespaceHTMLElements=False)
    return list(found.iter("table"))


ROWS = "| a | b |\n|---|--:|\n| 1 | 2 |\n"


def test_a_table_of_a_text_did_not_say_which_cells_are_heads_nor_what_it_is_about() -> None:
    first, second, third = tables(
        f"{ROWS}\n## Les *coûts* & les parts[^1]\n\n[^1]: Note.\n\n{ROWS}\ntexte\n\n{ROWS}"
    )
    assert first.get("aria-label") is None
    assert second.get("aria-label") == "Les coûts & les parts"
    assert third.get("aria-label") == "Les coûts & les parts (2)"
    for table in (first, second, third):
        assert [each.get("scope") for each in table.iter("th")] == ["col", "col"]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("[[nord]]", None),
        ("[[nord]] et sud", "et sud"),
        (r"A \* B `c` <b>d</b> &amp; e", "A * B c d & e"),
        ('"x" onmouseover="alert(1)', '"x" onmouseover="alert(1)'),
        ("<script>alert(1)</script>Titre", "alert(1)Titre"),
    ],
)
def test_the_name_of_a_table_is_in_the_words_of_its_heading(heading: str, name: str | None) -> None:
    source = f"## {heading}\n\n{ROWS}"
    (table,) = tables(source)
    assert table.get("aria-label") == name
    assert_harmless(html(source))


def test_a_table_written_in_html_keeps_its_heads_and_its_caption() -> None:
    own = "<table><caption>À moi</caption><tr><th>x</th><td>1</td></tr></table>"
    (table,) = tables(f"## Titre\n\n{own}\n")
    assert table.get("aria-label") is None
    assert [each.get("scope") for each in table.iter("th")] == [None]


@given(st.lists(st.sampled_from([*VECTORS, "mot", "[[a|b]]", "`", "é"]), max_size=4))
def test_no_heading_can_leave_the_name_of_its_table(parts: list[str]) -> None:
    assert_harmless(html(f"## {' '.join(parts)}\n\n{ROWS}"))

"""What contributors write is data on a page of the club, whatever themes and plugins make of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import mkdtemp
from xml.etree.ElementTree import Element

import html5lib
import htmlmin
import pytest
from html5lib.serializer import HTMLSerializer
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import get_files
from mkdocs.structure.nav import get_navigation
from mkdocs.utils import get_relative_url
from mkdocs_club.policy import Policy
from mkdocs_club.shell import Shell, Shells, slotted
from mkdocs_club.start import Start
from mkdocs_club.theme import Theme

from club.publish.html.render import RenderedPage
from tests.clubs import few

HEAD = "<!doctype html><html><head><meta charset='utf-8'>{}</head>"
BODY = "<body>{}<main>{{{{ page.content }}}}</main></body></html>"
QUOTED = """<title>{{ page.title }}</title>
<meta name="description" content='{{ page.meta.description }}'>"""
LISTED = """<ul>{% for each in (page.toc.items[0].children if page.toc.items else []) %}
{% if not loop.first %}<li>
{% endif %}<li><A HREF = "{{ each.url }}">{{ each.title }}</A>{% endfor %}</ul>"""
THEMES = {
    # Slots in each place where one may stand, and tags and comments around them as no tool writes.
    "quoted": HEAD.format(QUOTED + "<!-- '\" --!>")
    + BODY.format(
        "<a\ntitle='{{ page.title }}'class=\"a b\" href=\"{{ page.edit_url or '' }}\"/>x</a>"
        + LISTED
        + "<textarea>{{ page.title }}</textarea> 1 < 2 "
    ),
    # Places where none may: in a script, a style, a comment, and beside them where one may.
    "script": HEAD.format(QUOTED + "<SCRIPT>const title = {{ page.title | tojson }}</SCRIPT>")
    + BODY.format("<p>{{ page.title }}</p>" + LISTED),
    "altered": HEAD.format(QUOTED)
    + BODY.format("<p>{{ page.title | upper }} {{ page.meta.description | truncate(9) }}</p>"),
    "once": HEAD.format(QUOTED)
    + BODY.format(
        "{% for each in (page.toc.items[0].children if page.toc.items else []) %}"
        '<a href="{{ each.url }}" title="{{ each.title }}">{{ loop.index }}</a>{% endfor %}'
    ),
}
SOUND = {"quoted": True, "script": False, "altered": False, "once": False}


@cache
def configuration(theme: str) -> MkDocsConfig:
    """A site of the theme *theme*: one of ours, or one of MkDocs'."""
    root = Path(mkdtemp())
    (root / "docs").mkdir()
    (root / "docs" / "index.md").write_text("# Club\n", "utf-8")
    (root / "theme").mkdir()
    (root / "theme" / "main.html").write_text(THEMES.get(theme, ""), "utf-8")
    said = "{name: null, custom_dir: theme}" if theme in THEMES else f"{{name: {theme}}}"
    text = f"site_name: Club\nsite_url: https://club.example/\ntheme: {said}\nplugins: []\n"
    (root / "mkdocs.yml").write_text(text, "utf-8")
    return load_config(str(root / "mkdocs.yml"))


def theme_of(name: str, *finishing: Callable[[str], str]) -> Theme:
    """The theme *name*, whose pages are then *finishing*'s."""
    config = configuration(name)
    files = get_files(config)
    nav = get_navigation(files, config)
    ours = [lambda html, page, config: html]  # the club's own, which leaves its pages alone
    others = [lambda html, page, config, each=each: each(html) for each in finishing]
    config.plugins.events["post_page"] = [*ours, *others]
    start = Start(config, is_pruned=False)
    return Theme(config.theme.get_env(), config, nav, files, Policy({}, is_serving=False), start)


def serialised(**options: object) -> Callable[[str], str]:
    """What writes the tree of a page again, in a manner of its own."""

    def written(html: str) -> str:
        serializer = HTMLSerializer(**options)
        walker = html5lib.getTreeWalker("etree")
        return str(serializer.render(walker(html5lib.parse(html))))

    return written


FINISHING: dict[str, Callable[[str], str]] = {
    "unquoted": serialised(quote_attr_values="legacy", omit_optional_tags=True),
    "single quotes": serialised(quote_char="'", quote_attr_values="always"),
    "in another order": serialised(alphabetical_attributes=True, minimize_boolean_attributes=True),
    "minified": lambda html: str(htmlmin.minify(html, remove_comments=True)),
    "minified further": lambda html: str(
        htmlmin.minify(
            html,
            remove_comments=True,
            remove_empty_space=True,
            reduce_boolean_attributes=True,
            remove_optional_attribute_quotes=True,
        )
    ),
    "upper case": lambda html: re.sub(r"<(/?\w+)", lambda tag: tag[0].upper(), html),
    "without comments": lambda html: re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL),
}

hostile = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *(
                    '"',
                    "'",
                    "<",
                    ">",
                    "=",
                    "/",
                    "&",
                    "\\",
                    "`",
                    " ",
                    "a",
                    "é",
                    "x=y",
                    "&quot;",
                    "&#39;",
                ),
                *("0;url=https://evil.example http-equiv=refresh", "</title>", "</script>", "-->"),
                *(
                    "<script>alert(1)</script>",
                    " onload=alert(1) ",
                    "javascript:alert(1)",
                    "{{ nav }}",
                ),
                *("clubslottitle", "clubslotbody", "</textarea>", "<!--", "]]>", "\\u003c/script>"),
            ]
        ),
        st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=5),
    ),
    max_size=5,
).map("".join)
pages = st.builds(
    lambda title, description, contents, edit, wide: RenderedPage(
        url="requests/a/",
        collection="requests",
        title=f"t{title}",
        html='<h1>Titre</h1><p id="x">Texte</p>',
        contents=tuple((f"i{id}", f"h{heading}") for id, heading in contents),
        description=f"d{description}",
        edit_url=f"https://forge.example/{edit}" if edit is not None else "",
        is_wide=wide,
    ),
    hostile,
    hostile,
    st.lists(st.tuples(hostile, hostile), max_size=3),
    st.none() | hostile,
    st.booleans(),
)


def tame(page: RenderedPage) -> RenderedPage:
    """A page of the shape of *page* that says nothing of note."""
    return replace(
        page,
        title="t",
        description="d",
        contents=tuple((f"i{each}", "h") for each in range(len(page.contents))),
        edit_url="https://forge.example/e" if page.edit_url else "",
    )


def skeleton(element: Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each element with the names of its attributes."""
    for each in element.iter():
        yield str(each.tag), tuple(sorted(map(str, each.attrib)))


def words(text: str | None) -> str:
    return " ".join((text or "").split())


def parsed(html: str) -> Element:
    found: Element = html5lib.parse(html, namespaceHTMLElements=False)
    return found


def check(name: str, page: RenderedPage, finishing: str) -> None:
    shells = Shells(theme_of(name, FINISHING[finishing]))
    document = parsed(shells.fill(page))
    assert [*skeleton(document)] == [*skeleton(parsed(shells.fill(tame(page))))]
    title = document.find(".//title")
    assert title is not None
    assert words(title.text).startswith(words(page.title))
    described = {each.get("name"): each.get("content") for each in document.iter("meta")}
    if "description" in described:
        # htmlmin writes `&amp;quot;` in a value as `&quot;`: other words, but words.
        said = unescape if finishing.startswith("minified") else words
        assert said(words(described["description"])) == said(words(page.description))
        if name == "quoted":
            links = [said(words(each.get("href"))) for each in document.iter("a")]
            hrefs = [page.edit_url, *(f"#{id}" for id, _ in page.contents)]
            assert links == [said(words(each)) for each in hrefs]


@pytest.mark.parametrize("name", THEMES)
@given(page=pages, finishing=st.sampled_from([*FINISHING]))
def test_what_is_written_is_data(name: str, page: RenderedPage, finishing: str) -> None:
    check(name, page, finishing)


@pytest.mark.parametrize("name", few(["material", "mkdocs", "readthedocs"]))
@settings(max_examples=15)
@given(page=pages, finishing=st.sampled_from([*FINISHING]))
def test_what_is_written_is_data_in_known_themes(
    name: str, page: RenderedPage, finishing: str
) -> None:
    check(name, page, finishing)


@pytest.mark.parametrize(("name", "is_sound"), SOUND.items())
def test_a_shell_is_refused_where_a_slot_may_not_stand(name: str, is_sound: bool) -> None:
    like = RenderedPage("requests/a/", "requests", "", "", (("a", "A"),), edit_url="https://e/")
    assert Shell(theme_of(name).html(slotted(like))).is_sound is is_sound


@pytest.mark.parametrize(
    "around",
    [
        "<a title={}>",
        "<a {}>",
        "<{}>",
        "<a onclick='{}'>",
        '<a STYLE="{}">',
        "<script>'{}'</script>",
        "<style>{}</style>",
        "<noscript>{}</noscript>",
        "<!-- {} -->",
        "<!doctype {}>",
        "<a title='{}",
        "<a title=\"'{}>",
        "<script> </style> {} </script>",
    ],
)
def test_a_slot_may_not_stand_in(around: str) -> None:
    assert not Shell(f"<p>clubslotbody</p>{around.format('clubslottitle')}").is_sound


@pytest.mark.parametrize(
    "around", ["<title>{}</title>", "<textarea>{}</textarea>", "<a title='{}'>"]
)
def test_elements_may_not_stand_among_words(around: str) -> None:
    assert not Shell(around.format("clubslotbody")).is_sound
    assert Shell(around.format("clubslottitle")).is_sound


def test_a_shell_says_each_value_where_the_theme_did() -> None:
    page = RenderedPage(
        "requests/a/", "requests", "Un <titre>", "<h1>A</h1>", (("s", "S"), ("t", "T"), ("u", "U"))
    )
    shells, theme = Shells(theme_of("quoted")), theme_of("quoted")
    assert Shell(theme.html(slotted(page))).is_sound
    for each in (page, replace(page, contents=page.contents[:1]), replace(page, contents=())):
        assert shells.fill(each) == theme.ready(theme.html(each), get_relative_url(".", each.url))

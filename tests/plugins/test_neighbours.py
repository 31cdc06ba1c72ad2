"""Beside each of these plugins and themes: what it is there for, and all that the club writes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

import feedparser
import pytest

from tests.clubs import TOY, write
from tests.found import found_in
from tests.plugins.conftest import NAV, OURS, THEME, WAYS, Neighbourhood, toy_with
from tests.shipped.conftest import Built, build, said

HOSTILE = "0;url=https://evil.example http-equiv=refresh"
SUMMARY = "Le plus ancien des deux, né avec la plateforme [[verger]]."
POLICY = "Content-Security-Policy"
GUIDE = "---\ntags: [outil]\n---\n# Un guide\n\nPour [[jardin-nord]].\n"
POST = """---
date: 2024-01-31
categories: [Vie du club]
---
# Premier billet

Bonjour à [[jardin-nord]]. <b onclick="alert(1)">Gras</b>

```club
list: projects
```

<!-- more -->

La suite.
"""
GENERATE = """
import mkdocs_gen_files
with mkdocs_gen_files.open("fait/page.md", "w") as file:
    print("# Une page faite\\n\\nPour [[jardin-nord]].", file=file)
with mkdocs_gen_files.open("SUMMARY.md", "w") as file:
    print("* [Début](index.md)\\n* Fait\\n    * fait/*.md", file=file)
    print("* [Projets](projects/index.md)\\n* requests/*.md", file=file)
"""


@dataclass(frozen=True)
class Neighbour:
    """A plugin or a theme as a club would have it, and what it must have done."""

    does: Callable[[Built], None]
    plugins: str = ""
    files: dict[str, str] = field(default_factory=dict)
    changes: dict[str, str] = field(default_factory=dict)
    is_git: bool = False


def navigation(site: Built, url: str = "") -> dict[str, str]:
    """The pages that the drawer of a narrow screen lists, with their addresses."""
    page = site.page(url)
    (nav,) = [each for each in page.document.iter("nav") if each.get("class") == "club-nav"]
    return page.links(nav)


def minify(site: Built) -> None:
    html = site.text("projects/jardin-nord/index.html")
    assert "<html lang=fr" in html
    assert not re.search(r"\n\s*\n", html)
    document = site.page("projects/jardin-nord/").document
    metas = [dict(each.attrib) for each in document.iter("meta")]
    assert {"name": "description", "content": HOSTILE} in metas
    assert [each["http-equiv"] for each in metas if "http-equiv" in each] == [POLICY]


def plainly(site: Built) -> None:
    page = site.page("projects/jardin-nord/")
    whole = page.document.find("body")
    assert whole is not None
    assert [said(each) for each in whole.iter("h1") if said(each)][-1:] == ["Jardin du Nord"]
    assert "Gouvernance" in [said(each)[:11] for each in whole.iter("h2")]
    assert any("Académie fictive" in said(row) for row in whole.iter("tr"))
    assert "../../assets/club/club.css" in [each.get("href") for each in page.document.iter("link")]
    assert page.links(whole)["Projets"] in ("../", "../../projects/")
    assert "Rechercher" in site.text("projects/jardin-nord/index.html")


def blog(site: Built) -> None:
    post = "blog/2024/01/31/premier-billet/"
    assert "La suite." in site.page(post).words
    for url in ("blog/", "blog/archive/2024/", "blog/category/vie-du-club/"):
        article = site.page(url).article
        links = {said(each): urljoin(url, each.get("href", "")) for each in article.iter("a")}
        assert links["Premier billet"] == links["Continuer à lire"] == post
        assert links["Jardin du Nord"] == "projects/jardin-nord/"
        assert links["Jardin du Sud"] == "projects/jardin-sud/"  # the answer to the query
        assert [dict(each.attrib) for each in article.iter("b")] == [{}]
        assert "La suite." not in said(article)
    (link,) = [
        each.get("href", "")
        for each in site.page("projects/jardin-nord/").section("backlinks").iter("a")
        if said(each) == "Premier billet"
    ]
    moved = urljoin("projects/jardin-nord/", link)
    (there,) = site.page(moved).links().values()
    assert urljoin(moved, there) == post


def custom_dir(site: Built) -> None:
    for url in ("", "projects/", "projects/jardin-nord/"):
        assert "Pied de page du club" in site.text(f"{url}index.html")
        assert "club-footer" not in site.text(f"{url}index.html")
    assert "Rien ici" in site.text("404.html")


def redirects(site: Built) -> None:
    for url, target in {
        "vieux/": "../projects/jardin-nord/",
        "ancien/projet/": "../../projects/jardin-sud/",
        "accueil/": "../",
    }.items():
        document = site.page(url).document
        (refresh,) = [each for each in document.iter("meta") if each.get("http-equiv")]
        assert refresh.get("content") == f"0; url={target}"


def awesome_nav(site: Built) -> None:
    assert [*navigation(site)][:4] == ["Les demandes", "Début", "Un guide", "Projets"]
    assert "Jardin du Nord" not in navigation(site)


def macros(site: Built) -> None:
    page = site.page("calcul/")
    assert "4 projets" in page.words
    assert page.links()["Jardin du Nord"] == "../projects/jardin-nord/"


def tags(site: Built) -> None:
    assert site.page("index-des-mots/").links()["Un guide"] == "../guide/"
    assert "md-tag" in site.text("guide/index.html")


def revision_dates(site: Built) -> None:
    for url in ("guide/", ""):
        html = site.text(f"{url}index.html")
        assert re.search(r"git-revision-date-localized-plugin-date[^>]*>15 novembre 2023<", html)


def generated(site: Built) -> None:
    assert site.page("fait/page/").links()["Jardin du Nord"] == "../../projects/jardin-nord/"
    assert [*navigation(site)][:3] == ["Début", "Une page faite", "Projets"]
    assert "Jardin du Nord" not in navigation(site)
    assert "Demandes" in navigation(site)


def print_site(site: Built) -> None:
    page = site.page("print_page/")
    assert "Pour Jardin du Nord." in page.words
    assert any("Jardin du Sud" in said(row) for row in page.article.iter("tr"))


def rss(site: Built) -> None:
    feed = feedparser.parse((site.folder / "feed_rss_created.xml").read_bytes())
    assert not feed.bozo
    assert {each.title: each.link for each in feed.entries}["Un guide"] == (
        "https://club.example/guide/"
    )


def section_index(site: Built) -> None:
    assert navigation(site)["Projets"] == "projects/"
    assert navigation(site)["Un guide"] == "guide/"
    page = site.page("guide/")
    (tabs,) = [each for each in page.document.iter("nav") if each.get("class") == "club-tabs"]
    assert [(said(each), each.get("href")) for each in tabs.iter("a")][-2:] == [
        ("Projets", "../projects/"),
        ("Un guide", "./"),
    ]


def hooks(site: Built) -> None:
    assert "<!-- projects/jardin-nord/ -->" in site.text("projects/jardin-nord/index.html")
    assert "<!-- projects/ -->" in site.text("projects/index.html")


CORE = {
    "minify": Neighbour(minify, "  - minify: {minify_html: true}\n"),
    "theme mkdocs": Neighbour(plainly, changes={THEME: "theme: {name: mkdocs, locale: fr}\n"}),
    "theme readthedocs": Neighbour(
        plainly, changes={THEME: "theme: {name: readthedocs, locale: fr}\n"}
    ),
    "blog": Neighbour(
        blog,
        "  - blog\n",
        {"docs/blog/index.md": "# Blog\n", "docs/blog/posts/premier.md": POST},
    ),
    "custom_dir": Neighbour(
        custom_dir,
        files={
            "mon-theme/partials/footer.html": "<footer>Pied de page du club</footer>",
            "mon-theme/404.html": "Rien ici",
        },
        changes={THEME: f"{THEME}  custom_dir: mon-theme\n"},
    ),
    "redirects": Neighbour(
        redirects,
        "  - redirects:\n      redirect_maps:\n        vieux.md: projects/jardin-nord.md\n"
        "        ancien/projet.md: projects/jardin-sud.md\n        accueil.md: index.md\n",
    ),
}
OTHERS = {
    "awesome-nav": Neighbour(
        awesome_nav,
        "  - awesome-nav\n",
        {
            "docs/.nav.yml": "nav:\n  - Les demandes: requests/index.md\n  - Début: index.md\n"
            "  - guide.md\n  - projects\n  - '*'\n",
            "docs/guide.md": GUIDE,
        },
        {f"nav:\n{NAV}": ""},
    ),
    "macros": Neighbour(
        macros,
        "  - macros\n",
        {"docs/calcul.md": "# Calcul\n\n{{ 2 + 2 }} projets : [[jardin-nord]]\n"},
    ),
    "tags": Neighbour(
        tags,
        "  - tags\n",
        {
            "docs/guide.md": GUIDE,
            "docs/index-des-mots.md": "# Index des mots\n\n<!-- material/tags -->\n",
        },
    ),
    "git-revision-date-localized": Neighbour(
        revision_dates,
        "  - git-revision-date-localized: {locale: fr, fallback_to_build_date: false}\n",
        {"docs/guide.md": GUIDE, ".gitignore": ".cache/\n"},
        is_git=True,
    ),
    "gen-files with literate-nav": Neighbour(
        generated,
        "  - gen-files: {scripts: [generate.py]}\n  - literate-nav\n",
        {"generate.py": GENERATE},
        {f"nav:\n{NAV}": ""},
    ),
    "print-site": Neighbour(
        print_site,
        "  - print-site\n",
        {"docs/guide.md": GUIDE},
        {"  - Projets: projects/index.md\n": "  - Projets: projects/index.md\n  - guide.md\n"},
    ),
    "rss": Neighbour(
        rss,
        "  - rss: {use_git: true, use_material_social_cards: false}\n",
        {"docs/guide.md": GUIDE, ".gitignore": ".cache/\n"},
        is_git=True,
    ),
    "section-index": Neighbour(
        section_index,
        "  - section-index\n",
        {"docs/guide.md": GUIDE},
        {
            THEME: f"{THEME}  features: [navigation.tabs]\n",
            "  - Projets: projects/index.md\n": "  - Projets:\n    - projects/index.md\n"
            "    - guide.md\n",
        },
    ),
    "hooks": Neighbour(
        hooks,
        files={
            "mine.py": "def on_post_page(output, page, config):\n"
            "    return f'{output}<!-- {page.url} -->'\n"
        },
        changes={"extra:\n": "hooks: [mine.py]\nextra:\n"},
    ),
}
NEIGHBOURS = CORE | OTHERS
CASES = [
    pytest.param(
        name,
        way,
        id=f"{name}, {way}",
        marks=[] if name in CORE and way == "last" else [pytest.mark.long],
    )
    for name, them in NEIGHBOURS.items()
    for way in WAYS
    if them.plugins or way != "first"  # a theme has no place in the list
]


@pytest.mark.parametrize(("name", "way"), CASES)
def test_neighbours(built_with: Neighbourhood, alone: Built, name: str, way: str) -> None:
    them = NEIGHBOURS[name]
    files = dict(them.files)
    if name == "minify":
        files |= {"data/projects.yaml": projects_with(HOSTILE)}
    site = built_with(them.plugins, way, files, them.changes, is_git=them.is_git)
    them.does(site)
    check_club(site, alone, is_same_data=name != "minify")


def projects_with(summary: str) -> str:
    text = (TOY / "data/projects.yaml").read_text("utf-8")
    assert SUMMARY in text
    return text.replace(SUMMARY, f'"{summary}"')


def check_club(site: Built, alone: Built, *, is_same_data: bool) -> None:
    """All that the club writes is there, whoever else writes."""
    keeps_its_own = not (site.folder / "search/texts").exists()  # another theme does
    for page in alone.pages():
        if keeps_its_own and page.url.startswith("search/"):
            continue
        assert (site.folder / page.url / "index.html").exists() or page.path.name == "404.html"
    for file in (alone.folder / "data").rglob("*"):
        if file.is_file():
            there = site.folder / file.relative_to(alone.folder)
            assert there.exists()
            assert not is_same_data or there.read_bytes() == file.read_bytes()
    for url in ("requests/exporter-le-carnet/", "meetings/rencontre-2021/"):
        body, theirs = site.page(url).document.find("body"), alone.page(url).article
        assert body is not None
        words = said(body)
        for heading in theirs.iter("h2"):
            assert said(heading) in words
        assert "clubslot" not in site.text(f"{url}index.html")
    if keeps_its_own:  # it calls a section by its heading, ours by its page
        assert set(dict(searched(alone))) <= set(dict(searched(site)))
    else:
        assert searched(alone) <= searched(site)


def searched(site: Built) -> set[tuple[str, str]]:
    """What the search finds of the pages that the club writes."""
    if (site.folder / "search/texts").exists():
        every = {(each.location, each.title) for each in found_in(site.folder)}
    else:  # another theme has its own
        entries = json.loads(site.text("search/search_index.json"))["docs"]
        every = {(each["location"], each["title"]) for each in entries}
    return {(location, title) for location, title in every if location.count("/") > 1}


def test_flat_addresses_are_refused_with_a_reason(tmp_path: Path) -> None:
    changes = {"site_url:": "use_directory_urls: false\nsite_url:"}
    done = build(toy_with(tmp_path / "toy", {}, OURS, changes), tmp_path / "site")
    assert done.returncode == 1
    assert "le plugin club exige use_directory_urls: true" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.long
def test_settings_are_inherited(tmp_path: Path, alone: Built) -> None:
    root = toy_with(tmp_path / "toy", {}, OURS, {})
    (root / "mkdocs.yml").rename(root / "common.yml")
    write(root, {"mkdocs.yml": "INHERIT: common.yml\nsite_name: Club des vergers\n"})
    done = build(root, tmp_path / "site")
    assert done.returncode == 0, done.stderr
    check_club(Built(tmp_path / "site"), alone, is_same_data=True)


def test_a_page_keeps_what_plugins_say_of_it_and_chooses_no_template(
    built_with: Neighbourhood,
) -> None:
    site = built_with(
        files={
            "docs/a.md": "---\ntemplate: 404.html\nicon: <script>alert(1)</script>\n---\n# A\n",
            "mine.py": "def on_page_markdown(markdown, page, config, files):\n"
            "    page.meta['subtitle'] = '<i>Par un greffon</i>'\n",
            "mon-theme/partials/footer.html": "{% if page %}"
            "{{ page.meta.subtitle }}|{{ page.meta.icon }}|{% endif %}",
        },
        changes={
            "extra:\n": "hooks: [mine.py]\nextra:\n",
            THEME: f"{THEME}  custom_dir: mon-theme\n",
        },
    )
    assert "<i>Par un greffon</i>||" in site.text("a/index.html")
    assert "404" not in site.page("a/").words


def test_a_post_for_members_leaves_no_trace(built_with: Neighbourhood) -> None:
    secret = POST.replace("---\n", "---\naudience: members\n", 1).replace("Premier", "Zqsecret")
    other = POST.replace("[[jardin-nord]]", "[[blog/posts/zqsecret]] et [là](zqsecret.md)")
    files = {"docs/blog/posts/zqsecret.md": secret, "docs/blog/posts/autre.md": other}
    site = built_with("  - blog\n", files=files)
    texts = (each.read_text("utf-8", "replace") for each in site.folder.rglob("*.*"))
    assert not any("zqsecret" in each.lower() for each in texts)
    assert "La suite." in site.page("blog/2024/01/31/premier-billet/").words

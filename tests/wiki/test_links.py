"""Links between pages and records, in the graph and in a site that is really built."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from club.model.folder import ClubFolder
from club.model.markup import anchors, code_spans, folded, headings, text_links
from club.model.record import Audience
from club.model.source import MAX_BYTES
from club.model.view import PageView
from club.publish.pages.checks import check_pages
from club.read.load import load
from tests.clubs import REGISTRY, TOY, folder_at, toy_in, write
from tests.shipped.conftest import Built, build, said

PAGES = {
    "docs/guides/connexion.md": (
        "---\nowner: academie-fictive\ntags: [Accès, aide]\naliases: [ancien/acces]\n---\n\n"
        "# Se connecter à l’ENT\n\n"
        '## Au début { #debut aliases="commencer avant" }\n\n'
        "Voir [[jardin-nord#figures|ses chiffres]], [[JARDIN du  sud]], [[aide]], [[aide#fin]].\n\n"
        "Pas `[[ici]]`.\n\n```yaml\n[[la]]\n```\n\n```club\nlist: axes\n```\n"
    ),
    "docs/aide.md": (
        "# Aide\n\n[[se connecter a l'ent]] et [[guides/connexion#commencer]].\n\n"
        "[une page](guides/connexion.md), [une fiche](projects/jardin-midi.md).\n\n## Fin\n"
    ),
    "docs/bureau.md": "---\naudience: members\n---\n\n# Zqsecret du bureau\n\n[[verger]]\n",
    "docs/visible.md": (
        "# Visible\n\n[[bureau-2021]], [[bureau-2021|le bureau]], [[Zqsecret du bureau]],\n"
        "[[Zqsecret du bureau|la page]], [un mot](bureau.md), "
        "[un autre](meetings/bureau-2021.md).\n"
        "\n```club\ntable: meetings\n```\n"
    ),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The toy club with a few pages, for the public."""
    root = write(toy_in(tmp_path_factory.mktemp("club")), PAGES)
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("markdown_extensions: [attr_list]\n")
    meeting = root / "data/meetings/bureau-2021.yaml"
    with meeting.open("a", encoding="utf-8") as file:
        file.write("aliases: zqsecret-ancien\ntags: [zqsecret-mot]\n")
    done = build(root, root / "site")
    assert done.returncode == 0, done.stderr
    return Built(root / "site")


def test_links_of_a_page(site: Built) -> None:
    links = site.page("guides/connexion/").links()
    assert links["ses chiffres"] == "../../projects/jardin-nord/#figures"
    assert links["Jardin du Sud"] == "../../projects/jardin-sud/"
    assert links["Aide"] == "../../aide/"
    words = site.page("guides/connexion/").words
    assert "[[ici]]" in words
    assert "[[la]]" in words


def test_a_title_and_a_former_anchor_lead_to_the_page(site: Built) -> None:
    page = site.page("aide/")
    hrefs = [each.get("href") for each in page.article.iter("a")]
    assert "../guides/connexion/" in hrefs
    assert "../guides/connexion/#debut" in hrefs
    ids = {each.get("id") for each in site.page("guides/connexion/").article.iter()}
    assert {"debut", "commencer", "avant"} <= ids


def test_what_links_here_is_on_pages_and_records(site: Built) -> None:
    page = site.page("guides/connexion/")
    assert site.page("guides/connexion/").links(page.section("backlinks")) == {
        "Aide": "../../aide/"
    }
    axis = site.page("axes/axe-marches/")
    assert "../../guides/connexion/" in axis.links(axis.section("backlinks")).values()
    project = site.page("projects/jardin-sud/")
    labels = [said(each) for each in project.section("backlinks").iter("dt")]
    assert "comparaisons – objets comparés" in labels
    assert "pages" in labels
    owner = site.page("organisations/academie-fictive/")
    assert "pages – tenue par" in [said(each) for each in owner.section("backlinks").iter("dt")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("projects/jardin-midi/", "../../projects/jardin-sud/"),
        ("ancien/acces/", "../../guides/connexion/"),
    ],
)
def test_an_old_address_leads_to_the_new_one(old: str, new: str, site: Built) -> None:
    page = site.page(old)
    head = {each.get("http-equiv") or each.get("rel"): each for each in page.document.iter()}
    assert head["refresh"].get("content") == f"0; url={new}"
    assert head["canonical"].get("href", "").startswith("https://club.example/")
    assert new in page.links().values()
    assert "<script" not in site.text(f"{old}index.html")
    assert old not in site.text("sitemap.xml")


def test_nothing_of_the_members_is_in_a_public_site(site: Built) -> None:
    page = site.page("visible/")
    assert "[…], le bureau, […], la page, un mot, un autre." in page.words
    found = [
        (path.relative_to(site.folder).as_posix(), word)
        for path in site.folder.rglob("*")
        for word in ("zqsecret", "bureau-2021")
        if word in path.as_posix().lower()
        or (path.is_file() and word.encode() in path.read_bytes().lower())
    ]
    assert found == []


def test_tags_gather_records_and_pages(site: Built) -> None:
    assert site.page("tags/").links()["Accès"] == "../tags/acces/"
    tagged = site.page("tags/acces/")
    assert tagged.links(tagged.section("pages")) == {
        "Se connecter à l’ENT": "../../guides/connexion/"
    }
    assert "../../tags/aide/" in site.page("guides/connexion/").links().values()


def test_the_report_tells_what_is_missing(site: Built) -> None:
    page = site.page("report/")
    assert "../visible/" in page.links(page.section("orphans")).values()
    assert "../sources/gazette/" in page.links(page.section("dead-ends")).values()
    assert page.links(page.section("incomplete"))["Fin"] == "../aide/#fin"


@pytest.mark.long
def test_a_wanted_page_is_listed_and_stops_a_strict_build(tmp_path: Path) -> None:
    root = write(
        toy_in(tmp_path / "club"),
        {
            "docs/a.md": "# A\n\n[[Le guide du parent]] et [[jardin-nrd]]\n",
            "docs/b.md": "---\nreview_by: 2020\n---\n\n# B\n\n[[le-guide/du parent|ici]]\n",
        },
    )
    strict = build(root, tmp_path / "strict")
    assert strict.returncode != 0
    assert "docs/a.md:3:1" in strict.stderr
    assert "Le guide du parent" in strict.stderr
    assert "jardin-nord" in strict.stderr
    assert "Traceback" not in strict.stderr
    done = build(root, tmp_path / "site", strict=False)
    assert done.returncode == 0, done.stderr
    page = Built(tmp_path / "site").page("report/")
    wanted = page.section("wanted")
    create = [each.get("href", "") for each in wanted.iter("a") if "/new/" in each.get("href", "")]
    assert "https://forge.example/club/jardins/-/new/main/docs?file_name=le-guide-du-parent.md" in (
        create
    )
    assert "../b/" in page.links(page.section("stale")).values()
    assert "Le guide du parent et jardin-nrd" in Built(tmp_path / "site").page("a/").words


def test_a_broken_query_stops_the_build(tmp_path: Path) -> None:
    text = "# A\n\n```club\nlist: projets\n```\n"
    root = write(toy_in(tmp_path / "club"), {"docs/a.md": text})
    done = build(root, tmp_path / "site", strict=False)
    assert done.returncode != 0
    assert "docs/a.md:4:1" in done.stderr
    assert "projects" in done.stderr


def test_the_words_of_a_long_text_link_are_the_authors(tmp_path: Path) -> None:
    root = toy_in(tmp_path / "club")
    body = root / "docs/meetings/rencontre-2021.md"
    body.write_text("Voir [[bureau-2021]], [[bureau-2021|le bureau]] et [[jardin-sud|le Sud]].\n")
    public = load(folder_at(root)).restricted(Audience.PUBLIC)
    meeting = public.find("rencontre-2021")
    assert meeting is not None
    held = public.body(meeting)
    assert held is not None
    assert held.markdown == "Voir […], le bureau et [[jardin-sud|le Sud]].\n"


HOSTILE = [
    "---\n",
    "---\n---\n",
    "---\n\n---\n# A\n",
    "---\n[a, b]\n---\n",
    "---\ntitle: {a: b}\n---\n",
    "---\ntitle: [a]\n---\n",
    "---\n? [a]\n: b\n---\n",
    "---\naudience: {text: members}\n---\n",
    "---\naudience: [members]\n---\n",
    "---\nowner: {a: b}\n---\n",
    "---\naliases: {a: b}\n---\n",
    "---\naliases: [/etc/passwd, ../x, a//b, 'a?b', '#']\n---\n",
    "---\ntags: [[[[]]]]\n---\n",
    "---\na: &x [1]\nb: *x\ntags: *x\n---\n",
    "---\nreview_by: 0000-00-00\n---\n",
    "---\ntitle: \x00\n---\n",
    "---\n" + "- " * 5000 + "\n---\n",
    "---\ntext: x\nid: y\nexample: yes\n---\n",
    "\ufeff---\ntitle: BOM\n---\n# A\n",
    "---\r\ntitle: Windows\r\n---\r\n# A\r\n",
    "[[" * 5000,
    "[[a]]" * 5000,
    "`" * 5000,
    "```club\n" * 500,
    "#" * 5000,
    "# " + "{#a " * 500,
    "<!--" * 2000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_pages_give_problems_at_most(text: str, tmp_path: Path) -> None:
    club = load(folder_at(write(tmp_path, {"docs/a.md": text, "docs/b.md": "# B\n\n[[a]]\n"})))
    assert all(each.place.path in {"docs/a.md", "docs/b.md"} for each in club.problems)


def test_a_huge_page_and_a_link_outside(tmp_path: Path) -> None:
    root = write(tmp_path, {"docs/b.md": "# B\n"})
    (root / "docs/a.md").write_bytes(b"#" * (MAX_BYTES + 1))
    (root / "docs/c.md").symlink_to("/etc/passwd")
    assert sorted((each.place.path, each.rule.name) for each in load(folder_at(root)).problems) == [
        ("docs/a.md", "page-too-large"),
        ("docs/c.md", "symbolic-link"),
    ]


def test_titles_are_compared_without_case_accents_or_spaces() -> None:
    assert folded("  L’ÉTÉ\u00a0 à\tNoël ") == folded("l'ete a noel") == "l'ete a noel"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[[a]] `[[b]]` [[c|d]]", ["a", "c"]),
        ("``[[b]] ` [[b]]`` [[a]]", ["a"]),
        ("~~~\n[[b]]\n~~~\n[[a]]", ["a"]),
        ("```\n[[b]]\n~~~\n[[b]]\n```\n[[a]]", ["a"]),
        ("````\n```\n[[b]]\n````\n[[a]]", ["a"]),
        ("```\n[[b]]", []),
        ("a\n\n    [[b]]\n\n[[a]]", ["a"]),
        ("- a\n\n    [[a]]", ["a"]),
        ("a\n    [[a]]", ["a"]),
        ("<!-- [[b]] --> [[a]]", ["a"]),
        (r"\`[[a]]\`", ["a"]),
    ],
)
def test_code_holds_no_link(text: str, names: list[str]) -> None:
    assert [match[1] for match in text_links(text)] == names
    assert all(start < end for start, end in code_spans(text))


def test_headings_have_the_ids_that_markdown_gives(site: Built, tmp_path: Path) -> None:
    text = (
        "# Été à l’ENT\n\n## Même *titre*\n\n## Même titre\n\nSous-titre\n----------\n\n"
        "### Avec `code` et [lien](aide.md) ###\n\n## Nommé {#a-moi}\n\n## 1. Deux : trois !\n"
    )
    root = write(toy_in(tmp_path / "club"), {"docs/aide.md": "# Aide\n", "docs/t.md": text})
    done = build(root, tmp_path / "site", strict=False)
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "site/t/index.html").read_text("utf-8")
    article = html[html.index("<article") : html.index("</article")]
    built = re.findall(r'<h[1-6][^>]* id="([^"]+)"', article)
    # The toy club has no attr_list: the heading named by hand is named by its words there.
    found = [each.id for each in headings(text.replace(" {#a-moi}", " {: #a-moi}"))]
    assert [id for id in found if id != "a-moi"] == [id for id in built if "moi" not in id]
    assert "a-moi" in anchors(text)


def test_a_page_without_front_matter_or_title(tmp_path: Path) -> None:
    root = write(tmp_path, {"docs/le-guide.md": "Du texte.\n", "docs/x/index.md": "Accueil\n"})
    titles = {page.id: page.title_text for page in load(folder_at(root)).graph.pages}
    assert titles == {"le-guide.md": "Le guide", "x/index.md": "X"}
    shutil.rmtree(root)


def test_a_link_to_a_part_of_a_record_whose_references_lead_nowhere_stops_nothing(
    tmp_path: Path,
) -> None:
    root = toy_in(tmp_path)
    (root / "data/projects.yaml").write_text("", "utf-8")
    write(root, {"docs/a.md": "# A\n\n[[comparaison-portage#nulle-part]] [[b#rien]]\n"})
    write(root, {"docs/b.md": "# B\n"})
    rules = [each.rule.name for each in check_pages(load(folder_at(root))).problems]
    assert "unknown-reference" in rules
    assert rules.count("unknown-section") == 1
    (root / "data/projects.yaml").write_bytes((TOY / "data/projects.yaml").read_bytes())
    found = check_pages(load(folder_at(root))).problems
    assert [each.message.params["found"] for each in found] == ["nulle-part", "rien"]


def test_reading_the_club_does_not_work_out_its_pages(tmp_path: Path) -> None:
    def view(record: object, graph: object) -> PageView:
        raise AssertionError(record)

    root = write(toy_in(tmp_path), {"docs/a.md": "# A\n\n[[axe-usages#top]]\n"})
    kinds = tuple(replace(kind, view=view) for kind in REGISTRY.kinds)
    club = load(ClubFolder(root, replace(REGISTRY, kinds=kinds)))
    assert club.problems == ()
    with pytest.raises(AssertionError):
        check_pages(club)

"""The past on built sites, and what the public must not find there."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

import feedparser
import pytest

from club.model.record import Audience
from club.publish.pages.addresses import addresses
from club.read.load import load
from tests.clubs import folder_at, toy_in
from tests.found import found_in
from tests.shipped.conftest import Built, build, said
from tests.wiki.conftest import LATER, Work

CONTRIBUTORS = "    contributors: {nantes.example: academie-fictive}\n"
REQUEST = "data/requests/exporter-le-carnet.yaml"
PAGE = "docs/charte.md"


@pytest.fixture
def toy(tmp_path: Path) -> Work:
    """The toy club in a repository, with its first commit."""
    work = Work(tmp_path / "toy")
    (work.club / "data").rmdir()
    toy_in(work.club)
    with (work.club / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(CONTRIBUTORS)
    work.commit({".gitignore": ".cache/\n"}, "Le club")
    work.is_for_readers = True
    return work


def changed(work: Work, path: str, old: str, new: str) -> dict[str, str]:
    text = (work.club / path).read_text("utf-8")
    assert old in text
    return {path: text.replace(old, new)}


def shared(work: Work) -> dict[str, str]:
    """The request moves on by one step."""
    step = "discussed, date: 2021-05-12, meeting: rencontre-2021}"
    changed(work, REQUEST, step, "")
    text = (work.club / REQUEST).read_text("utf-8")
    text = text.replace(step, f"{step}\n  - {{state: shared, date: 2021-06}}")
    return {REQUEST: text.replace("state: discussed\nh", "state: shared\nh")}


def site_of(work: Work, target: str = "site", **environment: str) -> Built:
    folder = work.root.parent / target
    done = build(work.club, folder, **LATER, **environment)
    assert done.returncode == 0, done.stderr
    return Built(folder)


def history_of(site: Built, url: str) -> str:
    (found,) = [
        each for each in site.page(url).article.iter("div") if each.get("class") == "club-past"
    ]
    return said(found)


def test_a_record_tells_its_dates_its_authors_and_its_changes(toy: Work) -> None:
    toy.commit(shared(toy), "Vu le 12 mai")
    toy.commit(changed(toy, REQUEST, "nord, stance: wanted", "nord, stance: essential"), "maj")
    past = history_of(site_of(toy), "requests/exporter-le-carnet/")
    assert "Dernière modification : 17 novembre 2023." in past
    assert "Première publication : janvier 2021." in past
    assert "Contributions : Académie" in past
    assert "Jardin du Nord passe de souhaitée à indispensable" in past
    assert "état : discutée → partagée" in past
    assert "Raison : Vu le 12 mai" in past
    assert "maj" not in past
    assert "Camille" not in past
    assert past.index("Jardin du Nord") < past.index("état : discutée")
    assert "fiche créée" not in past  # it came with the import
    past = history_of(site_of(toy), "projects/jardin-sud/")
    assert "Première publication : 15 novembre 2023." in past
    assert "Dernière modification" not in past
    assert "Contributions" not in past


@pytest.mark.long
def test_a_page_brought_from_elsewhere_keeps_its_dates(toy: Work) -> None:
    front = "---\nfirst_published: 2011-03-04\nlast_updated: 2015-01-02\n---\n"
    toy.commit({PAGE: f"{front}# La charte\n\nUne règle.\n"})
    past = history_of(site_of(toy), "charte/")
    assert "Première publication : 4 mars 2011." in past
    assert "Dernière modification : 2 janvier 2015." in past
    toy.commit(changed(toy, PAGE, "Une règle", "Deux règles"))
    past = history_of(site_of(toy), "charte/")
    assert "Première publication : 4 mars 2011." in past
    assert "Dernière modification : 17 novembre 2023." in past


@pytest.mark.long
def test_a_long_text_keeps_its_first_line_when_that_has_a_colon(toy: Work) -> None:
    toy.commit({"docs/requests/exporter-le-carnet.md": "Attention: ceci compte.\n\nSuite.\n"})
    assert "ceci compte" in said(site_of(toy).page("requests/exporter-le-carnet/").article)


def test_histories_are_left_out_of_the_search(toy: Work) -> None:
    toy.commit(changed(toy, REQUEST, "Exporter le", "Exporterait le"))
    site = site_of(toy)
    said = " ".join(f"{each.title} {each.heading} {each.text}" for each in found_in(site.folder))
    assert "Exporterait le carnet de liaison" in said
    assert "Exporter le carnet de liaison" not in said


def test_recent_changes_by_day_and_commit(toy: Work) -> None:
    toy.commit(shared(toy), "Vu le 12 mai")
    page = site_of(toy).page("news/")
    assert page.words.startswith("Changements récents")
    assert "16 novembre 2023 Vu le 12 mai · Académie" in page.words
    assert page.links()["Exporter le carnet de liaison"] == "../requests/exporter-le-carnet/"
    assert "15 novembre" not in page.words  # what came with the import is no change


def test_what_moved_since_a_plenary(toy: Work) -> None:
    toy.commit(changed(toy, REQUEST, "nord, stance: wanted", "nord, stance: essential"))
    toy.commit(changed(toy, REQUEST, "answer: under_study", "answer: accepted"))
    toy.commit(changed(toy, "data/projects.yaml", "value: 77\n", "value: 78\n"))
    site = site_of(toy)
    page = site.page("meetings/rencontre-2021/since/")
    assert "Jardin du Nord passe de souhaitée à indispensable" in said(page.section("news"))
    assert "réponse : à l’étude → accord" in said(page.section("news"))
    assert "fiche créée" not in page.words
    link = site.page("meetings/rencontre-2021/").links()["Ce qui a bougé depuis cette rencontre"]
    assert link.endswith("meetings/rencontre-2021/since/")


def feeds(site: Built) -> Iterator[tuple[str, feedparser.FeedParserDict]]:
    for file in sorted((site.folder / "feeds").iterdir()):
        name = f"feeds/{file.name}"
        base = {
            "content-location": urljoin("https://club.example/", name),
            "content-type": "application/atom+xml; charset=utf-8",
        }
        yield name, feedparser.parse(file.read_bytes(), response_headers=base)


def test_feeds_are_sound_and_lead_to_pages(toy: Work) -> None:
    toy.commit(changed(toy, REQUEST, "nord, stance: wanted", "nord, stance: essential"), "Vu")
    site = site_of(toy)
    found = dict(feeds(site))
    assert {"feeds/all.atom", "feeds/requests.atom", "feeds/project-jardin-nord.atom"} <= {*found}
    for name, feed in found.items():
        assert not feed.bozo, (name, feed.get("bozo_exception"))
        assert feed.version == "atom10"
        assert feed.feed.updated_parsed
        assert feed.feed.id.startswith("tag:club.example,2023-11-15:feeds/")
        ids = [each.id for each in feed.entries]
        assert len(set(ids)) == len(ids)
        for entry in feed.entries:
            path = entry.link.removeprefix("https://club.example/")
            assert (site.folder / path / "index.html").exists(), entry.link
    latest = found["feeds/all.atom"].entries[0]
    assert latest.title == (
        "Exporter le carnet de liaison – Jardin du Nord passe de souhaitée à indispensable"
    )
    assert latest.summary.startswith("Vu\n")
    assert latest.author == "Académie fictive"
    nord = [each.id for each in found["feeds/project-jardin-nord.atom"].entries]
    assert latest.id in nord
    assert latest.id not in [each.id for each in found["feeds/project-jardin-sud.atom"].entries][1:]
    alternate = [
        each.get("href")
        for each in site.page("requests/exporter-le-carnet/").document.iter("link")
        if each.get("type") == "application/atom+xml"
    ]
    assert alternate == ["../../feeds/all.atom"]


@pytest.mark.long
def test_feeds_without_an_address(toy: Work) -> None:
    toy.write(changed(toy, "mkdocs.yml", "site_url: https://club.example/\n", ""))
    for _, feed in feeds(site_of(toy)):
        assert not feed.bozo
        assert all(each.link.startswith("https://club.example/") for each in feed.entries)
        assert feed.feed.id.startswith("tag:club.invalid,")


@pytest.mark.long
def test_ids_of_entries_last_through_renames(toy: Work) -> None:
    toy.commit(changed(toy, REQUEST, "answer: under_study", "answer: accepted"))
    before = {each.id for each in dict(feeds(site_of(toy)))["feeds/requests.atom"].entries}
    text = (toy.club / REQUEST).read_text("utf-8")
    toy.commit(
        {
            REQUEST: None,
            REQUEST.replace("le-carnet", "un-carnet"): f"{text}aliases: exporter-le-carnet\n",
        }
    )
    after = {each.id for each in dict(feeds(site_of(toy)))["feeds/requests.atom"].entries}
    assert before
    assert before == after  # another id is no change


@pytest.mark.long
def test_two_builds_are_the_same_with_and_without_what_was_kept(toy: Work) -> None:
    toy.commit(shared(toy))

    def tree(site: Built) -> dict[str, bytes]:
        files = (each for each in site.folder.rglob("*") if each.is_file())
        return {each.relative_to(site.folder).as_posix(): each.read_bytes() for each in files}

    first = tree(site_of(toy, "first"))
    second = tree(site_of(toy, "second", TZ="Pacific/Auckland"))
    subprocess.run(["rm", "-rf", str(toy.club / ".cache")], check=True)
    assert first == second == tree(site_of(toy, "third"))


@pytest.mark.long
def test_without_a_repository_nothing_is_said_of_dates(tmp_path: Path) -> None:
    root = toy_in(tmp_path / "toy")
    done = build(root, tmp_path / "site")
    assert done.returncode == 0, done.stderr
    site = Built(tmp_path / "site")
    assert not (site.folder / "feeds").exists()
    assert not (site.folder / "news").exists()
    assert "club-past" not in site.text("requests/exporter-le-carnet/index.html")
    assert "atom" not in site.text("index.html")


@pytest.mark.long
def test_a_shallow_clone_says_that_dates_are_unknown(toy: Work, tmp_path: Path) -> None:
    toy.commit({PAGE: "# La charte\n"})
    command = ["git", "clone", "-q", "--depth", "1", f"file://{toy.root}", str(tmp_path / "clone")]
    subprocess.run(command, check=True)
    done = build(tmp_path / "clone", tmp_path / "site")
    assert done.returncode == 0, done.stderr
    site = Built(tmp_path / "site")
    assert "Dates inconnues" in history_of(site, "charte/")
    assert "2023" not in history_of(site, "charte/")
    assert not (site.folder / "feeds").exists()


SECRET = "zqsecret"


def members(site: Built) -> list[str]:
    """The secrets found in a site, with the files that hold them."""
    return [
        f"{file.relative_to(site.folder)}: {each}"
        for file in sorted(site.folder.rglob("*"))
        if file.is_file() and file.suffix != ".gz"
        for each in file.read_text("utf-8", "replace").split()
        if SECRET in each
    ] + [str(file) for file in site.folder.rglob(f"*{SECRET}*")]


HIDDEN = "data/requests/cachee.yaml"


def text_of_request(need: str, audience: str = "", title: str = "Demande") -> str:
    said = f"audience: {audience}\n" if audience else ""
    return f"{said}title: {title}\nneed: {need}\nstate: draft\norigin: jardin-nord\n"


def test_a_record_that_was_for_members_leaves_no_line(toy: Work) -> None:
    def write(need: str, audience: str = "", **more: str) -> None:
        title = more.get("title", "Demande")
        toy.commit({HIDDEN: text_of_request(need, audience, title)}, more.get("message", "Suite"))

    write("a", message=f"{SECRET}0 ?")  # public now and then: its message may be read
    write("b", "members", message=f"{SECRET}1", title=f"{SECRET}2")
    write("c", "members", message=f"{SECRET}3", title=f"{SECRET}4")
    toy.commit({"docs/requests/cachee.md": f"{SECRET}\n"}, f"{SECRET}5")
    toy.commit({"docs/requests/cachee.md": "Plus rien.\n"}, f"{SECRET}6")
    write("d", message="Publiée")
    write("e", title="Demande publique", message="Au grand jour")
    site = site_of(toy)
    assert [each for each in members(site) if f"{SECRET}0" not in each] == []
    past = history_of(site, "requests/cachee/")
    assert "titre : Demande → Demande publique" in past
    assert "fiche rendue publique" in past
    assert "Dernière modification : 22 novembre 2023." in past
    whole = site_of(toy, "members", CLUB_AUDIENCE="members")
    assert f"{SECRET}3" in history_of(whole, "requests/cachee/")


@pytest.mark.long
def test_a_record_for_members_now_leaves_no_line_of_when_it_was_public(toy: Work) -> None:
    toy.commit({HIDDEN: text_of_request("a", title=f"{SECRET}1")}, f"{SECRET}2")
    toy.commit({HIDDEN: text_of_request("b", title=f"{SECRET}3")}, f"{SECRET}4")
    toy.commit({HIDDEN: text_of_request("b", "members", title=f"{SECRET}3")}, f"{SECRET}5")
    assert members(site_of(toy)) == []


@pytest.mark.long
def test_a_record_hidden_then_removed_leaves_no_line(toy: Work) -> None:
    path = f"data/requests/{SECRET}-id.yaml"
    toy.commit({path: text_of_request("a", "members", title=f"{SECRET}1")}, f"{SECRET}2")
    other = changed(
        toy, REQUEST, "origin: jardin-sud", f"duplicate_of: {SECRET}-id\norigin: jardin-sud"
    )
    toy.commit(other, f"{SECRET}3")
    toy.commit(
        {**changed(toy, REQUEST, f"duplicate_of: {SECRET}-id\n", ""), path: None}, f"{SECRET}4"
    )
    assert members(site_of(toy)) == []


def test_hidden_fields_and_parts_leave_no_line(toy: Work) -> None:
    projects = "data/projects.yaml"
    toy.commit(changed(toy, projects, "value: 12000", "value: 777001"), f"{SECRET}1")
    toy.commit(changed(toy, REQUEST, "Secret du Sud", f"{SECRET}2"), f"{SECRET}3")
    toy.commit(changed(toy, projects, "value: 80\n", "value: 777002\n"), f"{SECRET}4")
    public = f"reason: {SECRET}2"
    toy.commit(changed(toy, REQUEST, f"{public}, audience: members", "reason: Rien"), f"{SECRET}5")
    site = site_of(toy)
    assert members(site) == []
    assert "77700" not in "".join(file.read_text("utf-8") for file in site.folder.rglob("*.html"))
    assert f"{SECRET}4" in history_of(
        site_of(toy, "members", CLUB_AUDIENCE="members"), "projects/jardin-nord/"
    )


@pytest.mark.long
def test_a_commit_that_also_touched_something_hidden_keeps_its_reason(toy: Work) -> None:
    toy.commit({HIDDEN: text_of_request("a", "members")})
    toy.commit(
        {
            HIDDEN: text_of_request("b", "members"),
            **shared(toy),
        },
        f"{SECRET} et état",
    )
    site = site_of(toy)
    assert members(site) == []
    assert "état : discutée" in history_of(site, "requests/exporter-le-carnet/")


@pytest.mark.long
def test_a_merge_that_brought_something_hidden_keeps_its_reason(toy: Work) -> None:
    toy.branch("proposition")
    toy.commit({HIDDEN: text_of_request("a", "members")}, "maj")
    toy.commit(shared(toy), "maj")
    toy.switch("main")
    toy.merge("proposition", f"Merge branch 'x'\n\n{SECRET}\n\nSee merge request club!1")
    site = site_of(toy)
    assert members(site) == []
    assert "état : discutée" in history_of(site, "requests/exporter-le-carnet/")


def test_pages_for_members_leave_no_line(toy: Work) -> None:
    hidden = f"---\naudience: members\n---\n# {SECRET}1\n"
    toy.commit({f"docs/{SECRET}-page.md": hidden}, f"{SECRET}2")
    toy.commit({f"docs/{SECRET}-page.md": None}, f"{SECRET}3")
    toy.commit({PAGE: f"# {SECRET}4\n"}, f"{SECRET}5")
    toy.commit({PAGE: "---\naudience: members\n---\n# La charte\n"}, f"{SECRET}6")
    assert members(site_of(toy)) == []
    toy.commit({PAGE: "# La charte\n"}, "Publiée")
    past = history_of(site_of(toy), "charte/")
    assert "page rendue publique" in past
    assert SECRET not in past.replace(f"{SECRET}5", "")


def test_the_table_of_addresses_is_that_of_the_site(toy: Work, tmp_path: Path) -> None:
    target = tmp_path / "site"
    assert build(toy.club, target).returncode == 0
    files = {file.relative_to(target).as_posix() for file in target.rglob("*") if file.is_file()}
    graph = load(folder_at(toy.club), today=date.today()).restricted(Audience.PUBLIC)
    # The index of the theme's search keeps its address where the club has its own.
    given = {each.file for each in addresses(graph).every} - {"search/search_index.json"}
    assert given <= files
    others = {each.split("/")[0] for each in files - given}
    assert others == {"assets", "fichiers", "search"}
    of_search = {each.split("/")[1] for each in files - given if each.startswith("search/")}
    assert of_search == {"texts", "words"}

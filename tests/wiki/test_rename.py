"""Renames on real files: every link leads where it led, comments and quoting survive."""

from __future__ import annotations

from pathlib import Path

import pytest

from club.cli import main
from club.edit.fmt import formatted
from club.edit.plan import Plan
from club.edit.rename import rename
from club.model.message import Message
from club.model.source import read
from club.publish.pages.addresses import Writer, addresses
from club.read.load import Club, load, record_files
from tests.clubs import TOY, few, folder_at, toy_in, write
from tests.test_problems import plain

PAGES = {
    "docs/guides/connexion.md": (
        "---\nowner: academie-fictive # qui la tient\nreview_by: 2030\n---\n\n"
        "# Se connecter\n\n## Au début\n\n"
        "[Accueil](../index.md), [image](../fichiers/modele.txt), "
        "[[jardin-nord#figures|le Nord]],\n"
        "[[Jardin du Nord]], [[jardin-midi]], [le projet](../projects/jardin-nord.md#figures).\n\n"
        "```club\nlist: requests\n"
        "where: {positions.project: [jardin-nord], not: {origin: 'jardin-nord'}}\n```\n"
    ),
    "docs/sans-titre.md": "Voir [[guides/connexion]], [[se connecter]], "
    "et [là](guides/connexion.md#au-debut).\n",
    "docs/autre.md": "# Autre\n\n[[Sans titre]] et [[sans-titre]], [[guides/connexion#au-debut]]\n",
    "data/exceptions.yaml": "[]\n",
}


@pytest.fixture
def club(tmp_path: Path) -> Path:
    root = write(toy_in(tmp_path), PAGES)
    config = root / "mkdocs.yml"
    nav = (
        "nav:\n  - Connexion: guides/connexion.md # en premier\n  - Nord: projects/jardin-nord.md\n"
    )
    config.write_text(config.read_text("utf-8").replace("nav:\n", nav), "utf-8")
    assert load(folder_at(root)).problems == ()
    return root


def ends(club: Club, old: str = "", new: str = "") -> list[tuple[str, ...]]:
    """Where every link of every record and page leads, by titles, which a rename keeps.

    A record without a title goes by its id: *new* is taken for *old*.
    """
    graph = club.graph
    found: list[tuple[str, ...]] = []
    for record in (*graph, *graph.pages):
        for pointer in graph.pointers(record):
            target = graph.target(pointer)
            assert target is not None
            pair = (record.title_text, target.title_text)
            found.append(tuple(old if title == new else title for title in pair))
    return sorted(found)


def renamed(root: Path, old: str, new: str) -> Club:
    plan = rename(folder_at(root), old, new)
    assert isinstance(plan, Plan), plan
    plan.apply(root)
    return load(folder_at(root))


RECORDS = [record.id for record in load(folder_at(Path(__file__).parents[1] / "toy")).graph]


@pytest.mark.parametrize("id", RECORDS)
def test_every_link_leads_where_it_led(id: str, club: Path) -> None:
    before = load(folder_at(club))
    after = renamed(club, id, "tout-autre-nom")
    assert after.problems == before.problems
    assert ends(after, id, "tout-autre-nom") == ends(before)
    found = after.graph.find(id)
    assert found is not None
    assert (found.id, id in found.aliases) == ("tout-autre-nom", True)
    # Nothing but the alias still says the old name.
    for record in after.graph:
        said = [each.target for each in after.graph.pointers(record) if each.target == id]
        assert said == []


@pytest.mark.parametrize("new", ["acces/se-connecter", "connexion", "guides/entrer", "a/b/c"])
def test_a_page_moves_with_its_links(new: str, club: Path) -> None:
    before = load(folder_at(club))
    after = renamed(club, "guides/connexion", new)
    assert after.problems == before.problems
    assert ends(after) == ends(before)
    page = after.graph.names.page(f"{new}.md")
    assert page is not None
    assert page.aliases == ("guides/connexion",)
    assert not (club / "docs/guides/connexion.md").exists()
    assert f"Connexion: {new}.md # en premier" in (club / "mkdocs.yml").read_text("utf-8")
    text = (club / f"docs/{new}.md").read_text("utf-8")
    assert "owner: academie-fictive # qui la tient" in text
    up = "../" * new.count("/")
    assert f"[image]({up}fichiers/modele.txt)" in text


def test_a_page_named_by_its_file_alone(club: Path) -> None:
    after = renamed(club, "sans-titre", "avec-titre")
    assert after.problems == ()
    text = (club / "docs/autre.md").read_text("utf-8")
    assert text.startswith("# Autre\n\n[[avec-titre]] et [[avec-titre]]")
    assert (
        (club / "docs/avec-titre.md")
        .read_text("utf-8")
        .startswith("---\naliases: [sans-titre]\n---\n\nVoir")
    )


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("## Une partie\n", "jeune-nom"),
        ("Une partie\n----------\n", "jeune-nom"),
        ("# Vieux nom\n\n## Une partie\n", "Vieux nom"),
        ("Vieux nom\n=========\n", "Vieux nom"),
    ],
)
def test_a_link_by_title_follows_where_the_title_is_but_the_name_of_the_file(
    text: str, link: str, club: Path
) -> None:
    write(club, {"docs/vieux-nom.md": text, "docs/renvoi.md": "# Renvoi\n\n[[Vieux nom]]\n"})
    assert renamed(club, "vieux-nom", "jeune-nom").problems == ()
    assert (club / "docs/renvoi.md").read_text("utf-8") == f"# Renvoi\n\n[[{link}]]\n"


def test_a_record_is_renamed_to_the_letter(club: Path) -> None:
    path = club / "data/requests/exporter-le-carnet.yaml"
    before = path.read_text("utf-8")
    renamed(club, "jardin-nord", "jardin-du-nord")
    assert path.read_text("utf-8") == before.replace("jardin-nord", "jardin-du-nord")
    projects = (club / "data/projects.yaml").read_text("utf-8")
    assert projects.startswith(
        "jardin-du-nord:\n  aliases: [jardin-nord]\n  name: Jardin du Nord\n"
    )
    assert "# Compté pour les membres seulement." in projects
    page = (club / "docs/guides/connexion.md").read_text("utf-8")
    assert "[[jardin-du-nord#figures|le Nord]]" in page
    assert "[[Jardin du Nord]], [[jardin-midi]]" in page
    assert "(../projects/jardin-du-nord.md#figures)" in page
    assert "{positions.project: [jardin-du-nord], not: {origin: 'jardin-du-nord'}}" in page
    assert "Nord: projects/jardin-du-nord.md" in (club / "mkdocs.yml").read_text("utf-8")


def test_a_long_text_and_a_file_follow(club: Path) -> None:
    renamed(club, "rencontre-2021", "2021")
    assert (club / "data/meetings/2021.yaml").exists()
    assert (club / "docs/meetings/2021.md").exists()
    assert not (club / "data/meetings/rencontre-2021.yaml").exists()
    assert not (club / "docs/meetings/rencontre-2021.md").exists()
    assert 'body: "2021"' in (club / "data/decisions.yaml").read_text("utf-8")


def test_back_and_forth(club: Path) -> None:
    before = load(folder_at(club))
    renamed(club, "jardin-sud", "jardin-midi")
    after = renamed(club, "jardin-midi", "jardin-sud")
    assert ends(after) == ends(before)
    found = after.graph.find("jardin-sud")
    assert found is not None
    assert found.aliases == ("jardin-midi",)


def test_windows_line_ends_and_a_byte_order_mark_survive(club: Path) -> None:
    path = club / "data/axes.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    renamed(club, "axe-usages", "usages")
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfusages:\r\n  label: Usages\r\n")
    assert b"\r\n  aliases: [axe-usages]\r\n" in data
    assert data.count(b"\n") == data.count(b"\r\n")


ALIASES = [
    ("  aliases: vieux\n", "  aliases: [vieux, axe-usages]\n"),
    ("  aliases: [vieux, ancien] # deux\n", "  aliases: [vieux, ancien, axe-usages] # deux\n"),
    ("  aliases: []\n", "  aliases: [axe-usages]\n"),
    ("  aliases:\n", "  aliases: [axe-usages]\n"),
    (
        "  aliases:\n    # le premier\n    - vieux # un\n    - ancien # deux\n",
        "  aliases:\n    # le premier\n    - vieux # un\n    - ancien\n    - axe-usages # deux\n",
    ),
]


@pytest.mark.parametrize(("before", "after"), ALIASES)
def test_an_alias_joins_the_others(before: str, after: str, tmp_path: Path) -> None:
    tail = "  label: Usages\n  nature: pedagogical\n  order: 1\n"
    root = write(tmp_path, {"data/axes.yaml": f"axe-usages:\n{before}{tail}"})
    assert renamed(root, "axe-usages", "usages").problems == ()
    assert (root / "data/axes.yaml").read_text("utf-8") == f"usages:\n{after}{tail}"


def test_a_record_on_one_line(tmp_path: Path) -> None:
    line = "axe: {label: Usages, nature: pedagogical, order: 1}\n"
    root = write(tmp_path, {"data/axes.yaml": line})
    renamed(root, "axe", "null")
    assert (root / "data/axes.yaml").read_text("utf-8") == (
        '"null": {aliases: [axe], label: Usages, nature: pedagogical, order: 1}\n'
    )


REFUSED = [
    ("jardin-nord", "jardin-sud"),
    ("jardin-nord", "jardin-midi"),
    ("jardin-nord", "Jardin"),
    ("jardin-nord", "jardin-nord"),
    ("jardin-nord", "../dehors"),
    ("personne", "quelqu-un"),
    ("guides/connexion", "autre"),
    ("guides/connexion", "../dehors"),
    ("guides/connexion", "/etc/passwd"),
    ("guides/connexion", "meetings/rencontre-2022"),
    ("index", "accueil"),
]


@pytest.mark.parametrize(("old", "new"), REFUSED)
def test_what_cannot_be_renamed(old: str, new: str, club: Path) -> None:
    assert isinstance(rename(folder_at(club), old, new), Message)


def test_the_command_shows_then_asks(
    club: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builtins.input", lambda question: "non")
    call = ["--root", str(club), "rename", "rencontre-2021", "rencontre-un"]
    assert main(call) == 1
    said = capsys.readouterr()
    assert "data/meetings/rencontre-2021.yaml → data/meetings/rencontre-un.yaml" in said.out
    assert "+aliases: [rencontre-2021]" in said.out
    assert "-  body: rencontre-2021" in said.out
    assert "+  body: rencontre-un" in said.out
    assert (club / "data/meetings/rencontre-2021.yaml").exists()
    assert main([*call, "--yes"]) == 0
    assert (club / "data/meetings/rencontre-un.yaml").exists()
    assert main([*call, "--yes"]) == 1


def test_a_name_shown_as_code_is_not_renamed(club: Path) -> None:
    page = club / "docs/autre.md"
    shown = (
        "`[[jardin-nord]]` et [[jardin-nord]]\n\n"
        "```\n[[jardin-nord]] [x](projects/jardin-nord.md)\n```\n"
    )
    page.write_text(page.read_text("utf-8") + shown, "utf-8")
    renamed(club, "jardin-nord", "jardin-boreal")
    assert page.read_text("utf-8").endswith(
        shown.replace("et [[jardin-nord]]", "et [[jardin-boreal]]")
    )


@pytest.mark.parametrize("old", few(RECORDS, 10))
def test_a_file_in_the_normal_form_stays_in_it(club: Path, old: str) -> None:
    """The alias was put first, where the normal form has it last."""
    folder = folder_at(club)
    in_form = {
        path: kind
        for path, kind in record_files(folder)
        if formatted(path, read(club, path).text, kind) == read(club, path).text
    }
    renamed(club, old, f"{old}-nouveau")
    for path, kind in record_files(folder):
        if path.replace(f"/{old}-nouveau.", f"/{old}.") in in_form:
            text = read(club, path).text
            assert formatted(path, text, kind) == text


OURS = [
    each.url.removesuffix("/")
    for each in addresses(load(folder_at(TOY)).graph).of(Writer.VIEW, Writer.REDIRECT)
    if each.url.endswith("/")
]


@pytest.mark.parametrize("new", few(["README", *OURS, "tags"], 12))
def test_an_address_of_the_club_is_not_taken(
    new: str, club: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rename was made, and then the club had an error: two things at one address."""
    before = {path: path.read_bytes() for path in club.rglob("*") if path.is_file()}
    assert main(["--root", str(club), "--language", "en", "rename", "autre", new, "--yes"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "[duplicate-address]" in said.err or "the texts of records stand in" in said.err
    assert {path: path.read_bytes() for path in club.rglob("*") if path.is_file()} == before


def test_a_record_does_not_take_the_address_of_a_view(
    club: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["--root", str(club), "--language", "en", "rename", "carnet", "matrix", "--yes"]
    assert main(call) == 1
    said = capsys.readouterr().err
    assert "the address “/services/matrix/” is that of what the club writes itself" in said
    assert main(["--root", str(club), "check"]) == 0


def test_a_page_may_come_to_stand_above_what_the_club_writes(club: Path) -> None:
    for old, new in (("autre", "report"), ("sans-titre", "projects/index")):
        assert main(["--root", str(club), "rename", old, new, "--yes"]) == 0
    assert main(["--root", str(club), "check"]) == 0


def test_a_club_with_problems_of_its_own_is_renamed(club: Path) -> None:
    """Links that lead nowhere stop no rename, even where they come to be told otherwise."""
    write(club, {"docs/faux.md": "# Faux\n\n[[nulle-part]] [[autre#rien]] [[faux#rien]]\n"})
    assert main(["--root", str(club), "check"]) == 1
    for old, new in (("autre", "autrement"), ("faux", "vrai")):
        assert main(["--root", str(club), "rename", old, new, "--yes"]) == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("jardin-nor", "x", "no record and no page is called “jardin-nor”; perhaps: jardin-nord"),
        ("zzzzzzzz", "x", "no record and no page is called “zzzzzzzz”"),
        ("jardin-nord", "Jardin Été", "“Jardin Été” is not an id; perhaps: jardin-ete"),
        ("jardin-nord", "…", "“…” cannot be the id of a record"),
        ("jardin-nord", "jardin-nord", "“jardin-nord” is its name already"),
        ("autre", "../dehors", "“../dehors” cannot be the address of a page; perhaps: dehors"),
        ("autre", "…", "“…” cannot be the address of a page"),
        ("autre", "meetings/x", "“meetings/x” cannot be the address of a page: the texts of"),
    ],
)
def test_a_refusal_says_why_and_what_would_do(old: str, new: str, said: str, club: Path) -> None:
    found = rename(folder_at(club), old, new)
    assert isinstance(found, Message)
    assert plain(found).startswith(said)


@pytest.mark.parametrize("old", ["guides", "guides/index", "guides/index.md"])
def test_the_index_of_a_folder_is_found_by_each_of_its_names_and_keeps_it(
    old: str, club: Path
) -> None:
    write(club, {"docs/guides/index.md": "# Guides\n"})
    found = rename(folder_at(club), old, "aides")
    assert isinstance(found, Message)
    assert plain(found) == "an index page keeps its name: guides/index.md"


def test_a_name_too_long_for_a_file_changes_nothing(club: Path) -> None:
    assert main(["--root", str(club), "rename", "autre", "z" * 300, "--yes"]) == 1
    assert (club / "docs/autre.md").exists()


def test_definitions_of_links_follow_and_raw_html_is_told(
    club: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`[r]: autre.md` went on leading to a page that was no longer there."""
    before = (
        "# Liens\n\n[un][r], [deux][s], [r]\n\n"
        '[r]: {0} "Un titre"\n   [s]: <{0}#haut>\n[t]: ../{1}x.md\n\n'
        "```\n[r]: autre.md\n```\n"
    )
    html = '\n<a href="autre.md">là</a>\n'
    write(
        club,
        {
            "docs/liens.md": before.format("autre.md", "") + html,
            "docs/guides/liens.md": before.format("../autre.md", "autre.md"),
        },
    )
    call = ["--root", str(club), "--language", "en", "rename", "autre", "guides/nouveau", "--yes"]
    assert main(call) == 0
    assert (club / "docs/liens.md").read_text("utf-8") == before.format(
        "guides/nouveau.md", ""
    ) + html
    assert (club / "docs/guides/liens.md").read_text("utf-8") == before.format(
        "nouveau.md", "autre.md"
    )
    assert "not touched, though “autre” is named there: docs/liens.md:13:10" in (
        capsys.readouterr().out
    )


def test_links_to_a_page_whose_name_has_spaces_are_links(club: Path) -> None:
    """`[là](se connecter.md)` is no link: the words between brackets were shown as they are."""
    page = club / "docs/sans-titre.md"
    renamed(club, "guides/connexion", "guides/se connecter")
    assert "[là](guides/se%20connecter.md#au-debut)" in page.read_text("utf-8")
    assert main(["--root", str(club), "check"]) == 0
    renamed(club, "guides/se connecter", "guides/connexion")
    assert "[là](guides/connexion.md#au-debut)" in page.read_text("utf-8")


@pytest.mark.parametrize("settings", [b"site_name: caf\xe9\n", b"nav: [\n", b"a: b: c\n"])
def test_settings_that_cannot_be_read_are_left_alone(
    settings: bytes, club: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It ended in a traceback."""
    (club / "mkdocs.yml").write_bytes(settings)
    assert main(["--root", str(club), "--language", "en", "rename", "autre", "x", "--yes"]) == 2
    assert capsys.readouterr().err.startswith("mkdocs.yml")
    assert (club / "docs/autre.md").exists()

"""The consequences of a change, as typed values and in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from club.cli import main
from club.model.graph import Graph
from club.model.message import Message
from club.model.record import Audience, Record
from club.publish.reports.consequences import as_json, as_markdown, as_text, side
from club.publish.words.described import describer
from club.publish.words.language import Words
from club.review.consequences import ChangeType, Review, review
from tests.clubs import few, folder_at, toy_in, write
from tests.wiki.repos import CALM, commit, git, toy_repo

FRENCH, ENGLISH = Words("fr"), Words("en")
REQUEST = "data/requests/exporter-le-carnet.yaml"


@pytest.fixture(autouse=True)
def _calm(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in CALM.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return toy_in(tmp_path / "old")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return toy_in(tmp_path / "new")


def edit(root: Path, path: str, before: str, after: str) -> None:
    file = root / path
    text = file.read_text("utf-8")
    assert before in text, text
    file.write_text(text.replace(before, after, 1), "utf-8")


def compared(old: Path, new: Path, audience: Audience = Audience.MEMBERS) -> Review:
    return review(side(folder_at(old), FRENCH, audience), side(folder_at(new), FRENCH, audience))


def test_nothing_changes(old: Path, new: Path) -> None:
    found = compared(old, new)
    assert found.is_empty
    assert as_text(found, FRENCH) == "Rien qu’un lecteur puisse voir.\n"
    for path in ("data/axes.yaml", "data/projects.yaml"):
        text = (new / path).read_text("utf-8")
        (new / path).write_text("# Un commentaire.\n\n\n" + text, "utf-8")
    assert compared(old, new).is_empty


def test_a_support_that_moves(old: Path, new: Path) -> None:
    text = (new / REQUEST).read_text("utf-8")
    stances = [each for each in ("essential", "wanted") if f"stance: {each}" in text]
    edit(new, REQUEST, f"stance: {stances[0]}", "stance: opposed")
    found = compared(old, new)
    assert [(each.type, each.key) for each in found.records] == [
        (ChangeType.CHANGED, "requests/exporter-le-carnet")
    ]
    (value,) = found.values
    assert value.url == "requests/exporter-le-carnet/"
    assert value.old is not None
    assert value.new == value.old - 1
    urls = {each.url for each in found.pages}
    assert "requests/exporter-le-carnet/" in urls
    assert all(each.type is ChangeType.CHANGED for each in found.pages)
    said = as_text(found, FRENCH)
    assert "ce qui change\u00a0: positions" in said
    assert f"projets qui la soutiennent\u00a0: {value.old} → {value.new}" in said
    assert "projects that support it: " in as_text(found, ENGLISH)


def test_records_and_pages_that_come_and_go(old: Path, new: Path) -> None:
    (new / "data/requests/exporter-tout.yaml").unlink()
    write(new, {"docs/neuf.md": "# Une page *neuve*\n", "data/families.yaml": ""})
    write(
        new,
        {
            "data/axes.yaml": (new / "data/axes.yaml").read_text("utf-8")
            + "\naxe-neuf:\n  label: Neuf\n  nature: technical\n  order: 9\n"
        },
    )
    found = compared(old, new)
    records = {each.key: each.type for each in found.records}
    assert records["requests/exporter-tout"] is ChangeType.REMOVED
    assert records["axes/axe-neuf"] is ChangeType.ADDED
    assert records["families/famille-suivi"] is ChangeType.REMOVED
    pages = {each.url: each.type for each in found.pages}
    assert pages["neuf/"] is ChangeType.ADDED
    assert pages["axes/axe-neuf/"] is ChangeType.ADDED
    assert pages["requests/exporter-tout/"] is ChangeType.REMOVED
    assert pages["axes/"] is ChangeType.CHANGED
    counts = {each.url: (each.old, each.new) for each in found.values}
    assert counts["axes/"] == (2, 3)
    assert counts["families/"] == (1, 0)
    assert found.added  # what pointed to the family leads nowhere now
    assert found.cured == ()


def test_a_renamed_record_is_the_same_record(old: Path, new: Path) -> None:
    edit(new, "data/axes.yaml", "axe-marches:", "axe-achats:\n  aliases: axe-marches")
    found = compared(old, new)
    changes = [(each.type, each.key) for each in found.records if each.key.startswith("axes/")]
    assert changes == [(ChangeType.CHANGED, "axes/axe-achats")]


def test_problems_added_and_cured(old: Path, new: Path) -> None:
    write(old, {"data/axes.yaml": "axe-a:\n  labell: A\n"})
    write(new, {"data/axes.yaml": "\n\naxe-a:\n  labell: A\naxe-b:\n  order: x\n  label: B\n"})
    found = compared(old, new)
    assert found.cured == ()
    assert {each.place.line for each in found.added} == {5, 6}
    back = compared(new, old)
    assert [each.identity for each in back.cured] == [each.identity for each in found.added]
    text = as_text(found, FRENCH)
    assert "data/axes.yaml:6:3" in text


def test_words_of_contributors_are_not_marked_up(old: Path, new: Path) -> None:
    edit(new, REQUEST, "title: ", 'title: "<script>*x*</script> @tous #1 [a](http://b)" #')
    said = as_markdown(compared(old, new), FRENCH)
    assert "<script>" not in said
    assert "[a](http" not in said
    assert "\\<script\\>" in said
    assert said.startswith("## Ce que cette proposition change\n")


def test_json_holds_everything(old: Path, new: Path) -> None:
    edit(new, REQUEST, "state: ", "state: delivered #")
    found = json.loads(as_json(compared(old, new), FRENCH))
    assert found["version"] == 1
    assert found["records"][0]["record"] == "requests/exporter-le-carnet"
    assert {
        "records",
        "pages",
        "figures",
        "files",
        "values",
        "problems",
        "untold",
        "partial",
        "audiences",
        "version",
    } == set(found)


def test_what_is_for_members_stays_out_of_a_public_report(old: Path, new: Path) -> None:
    secret = "title: SECRET\nneed: SECRET\nstate: draft\naudience: members\n"
    write(new, {"data/requests/secret.yaml": secret})
    assert compared(old, new).records
    found = compared(old, new, Audience.PUBLIC)
    for write_report in (as_text, as_markdown, as_json):
        assert "secret" not in write_report(found, FRENCH).lower()
    assert found.is_empty


def test_another_way_to_tell_a_record(old: Path, new: Path) -> None:
    edit(new, REQUEST, "state: ", "state: delivered #")

    def describe(before: Record, after: Record, old: Graph, new: Graph) -> tuple[Message, ...]:
        return (Message("{was} → {now}", {"was": before.id, "now": after.id}),)

    found = review(side(folder_at(old), FRENCH), side(folder_at(new), FRENCH), describe)
    (change,) = found.records
    assert [FRENCH.say(each) for each in change.details] == [
        "exporter-le-carnet → exporter-le-carnet"
    ]


def test_a_change_is_told_field_by_field(old: Path, new: Path) -> None:
    edit(new, REQUEST, "state: ", "delivered_in: '4.1'\nstate: ")
    members = review(side(folder_at(old), FRENCH), side(folder_at(new), FRENCH), describer(FRENCH))
    assert "livrée dans" in as_text(members, FRENCH).lower()
    assert "4.1" in as_text(members, FRENCH)
    hidden = review(
        side(folder_at(old), FRENCH, Audience.PUBLIC),
        side(folder_at(new), FRENCH, Audience.PUBLIC),
        describer(FRENCH),
    )
    assert [each.key for each in hidden.records] == [each.key for each in members.records]


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = toy_repo(tmp_path / "club")
    start = ["--root", str(root), "diff"]
    assert main(start) == 0
    assert "Rien" in capsys.readouterr().out
    edit(root, REQUEST, "state: ", "state: delivered #")
    assert main(start) == 0
    assert "requests/exporter-le-carnet" in capsys.readouterr().out
    git(root, "checkout", "-q", "-b", "proposition")
    commit(root, "Livrée", {})
    git(root, "checkout", "-q", "main")
    commit(root, "Entre-temps", {"docs/autre.md": "# Autre\n"})
    assert main([*start, "main..proposition", "--format", "json"]) == 0
    pages = {each["url"] for each in json.loads(capsys.readouterr().out)["pages"]}
    assert "autre/" in pages
    assert main([*start, "main...proposition", "--format", "json"]) == 0
    pages = {each["url"] for each in json.loads(capsys.readouterr().out)["pages"]}
    assert "autre/" not in pages
    assert main([*start, "main...proposition", "--format", "markdown"]) == 0
    assert "## Ce que cette proposition change" in capsys.readouterr().out
    assert main([*start, "nulle-part..main"]) == 2
    assert "nulle-part" in capsys.readouterr().err
    assert main([*start, "--audience", "public"]) == 0
    assert git(root, "status", "--porcelain") == ""


def test_without_git(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    toy_in(tmp_path / "club")
    assert main(["--root", str(tmp_path / "club"), "diff"]) == 2
    assert "pas de dépôt Git" in capsys.readouterr().err


def test_the_front_matter_of_a_long_text_is_not_shown_as_part_of_it(old: Path, new: Path) -> None:
    path = "docs/meetings/rencontre-2021.md"
    text = (new / path).read_text("utf-8")
    (new / path).write_bytes(f"---\ntitle: Compte rendu\n---\n{text}".encode())
    url = "meetings/rencontre-2021/"
    assert "Compte rendu" not in side(folder_at(new), FRENCH).pages[url].text
    assert compared(old, new).is_empty


def test_the_public_is_not_told_of_pages_and_faults_of_members(old: Path, new: Path) -> None:
    """A proposal’s public report named members’ pages, and quoted their records’ faults."""
    hidden = "---\naudience: members\n---\n# Zqsecret neuf\n\n[[zqsecret-lien]]\n"
    write(old, {"docs/parti.md": "---\naudience: members\n---\n# Zqsecret parti\n"})
    write(
        new,
        {
            "docs/rh.md": hidden,
            "docs/neuf.md": "# Une page neuve\n\n[[perdu]]\n",
            "data/difficulties/zqsecret.yaml": "audience: members\ntitle: Zqsecret\n"
            "symptom: 'Voir [[zqsecret-lien]].'\nstate: solved\n",
            "data/difficulties/zqfaute.yaml": "audience: members\ntitle: Zqsecret\nzqsecret: 1\n",
        },
    )
    for audience in Audience:
        found = compared(old, new, audience)
        for said in (as_text(found, FRENCH), as_markdown(found, FRENCH), as_json(found, FRENCH)):
            assert "Une page neuve" in said
            assert "perdu" in said
            assert ("secret" in said) is (audience is Audience.MEMBERS)
        is_public = audience is Audience.PUBLIC
        assert bool(found.untold) is is_public
        assert ("sur ce qui est réservé aux membres" in as_text(found, FRENCH)) is is_public


MEMBERS = "---\naudience: members\n---\n"
LINK = "# A\n\n[x](files/zqplan.pdf)\n"
HIDDEN = {"docs/a.md": MEMBERS + LINK, "docs/files/zqplan.pdf": "x"}
# The club before and after, then what is told of the file to members and to all.
FILES: dict[str, tuple[dict[str, str], dict[str, str], str, str]] = {
    "the page becomes public": (HIDDEN, {**HIDDEN, "docs/a.md": LINK}, "public", "public"),
    "a public page links to it": (
        HIDDEN,
        {**HIDDEN, "docs/b.md": LINK.replace("A", "B")},
        "public",
        "public",
    ),
    "nothing leads to it any more": (
        HIDDEN,
        {**HIDDEN, "docs/a.md": MEMBERS + "# A\n"},
        "public",
        "public",
    ),
    "the page becomes that of members": (
        {**HIDDEN, "docs/a.md": LINK},
        HIDDEN,
        "not_public",
        "not_public",
    ),
    "it comes with a public page": ({}, {**HIDDEN, "docs/a.md": LINK}, "public", "public"),
    "it goes with a public page": ({**HIDDEN, "docs/a.md": LINK}, {}, "not_public", "not_public"),
    "it comes with a page of members": ({}, HIDDEN, "added", ""),
    "it goes with a page of members": (HIDDEN, {}, "removed", ""),
    "the page of members is rewritten": (
        HIDDEN,
        {**HIDDEN, "docs/a.md": f"{MEMBERS}{LINK}\nPlus.\n"},
        "",
        "",
    ),
    "the page has a fault": (
        HIDDEN,
        {**HIDDEN, "docs/a.md": f"---\naudience: [\n---\n{LINK}"},
        "",
        "",
    ),
}


@pytest.mark.parametrize("case", few(FILES, 3))
def test_a_file_that_becomes_public_or_is_no_longer_is_told(
    case: str, old: Path, new: Path
) -> None:
    """A change of audience published a file of members, and no report said so."""
    before, after, *told = FILES[case]
    write(old, before)
    write(new, after)
    for audience, expected in zip((Audience.MEMBERS, Audience.PUBLIC), told, strict=True):
        found = compared(old, new, audience)
        assert [str(each.type) for each in found.files] == ([expected] if expected else [])
        said = "".join(write_(found, FRENCH) for write_ in (as_text, as_markdown, as_json))
        if audience is Audience.PUBLIC and not expected:
            assert "zqplan" not in said
    if told[0] == "public":
        assert "files/zqplan.pdf devient public" in as_text(compared(old, new), FRENCH)


def test_what_a_dead_link_may_have_meant_is_told_to_members_alone(old: Path, new: Path) -> None:
    write(old, {"docs/guide/zqsecret.md": f"{MEMBERS}# Zq\n", "docs/guide/zqplan.pdf": "x"})
    write(new, {"docs/guide/zqsecret.md": f"{MEMBERS}# Zq\n\n[x](zqplan.pdf)\n"})
    write(new, {"docs/guide/zqplan.pdf": "x"})
    write(new, {"docs/guide/a.md": "# A\n\n[x](qsecret.md) ![y](qplan.pdf)\n"})
    for audience in Audience:
        said = as_json(compared(old, new, audience), FRENCH)
        assert "dead-link" in said
        assert ("zqsecret" in said) is (audience is Audience.MEMBERS)


HIDING = {
    "a link to nothing": ("docs/a.md", "# A\n\n[[guide/zqsecre]]\n", "unknown-link"),
    "a file that is refused": ("docs/guide/zqplan.exe", "x", "attachment-type"),
    "a page that hides in other signs": (
        "docs/zqautre.md",
        '---\naudience: "member\\u0073"\n---\n# A\n\n[x](zqfin.md)\n',
        "dead-link",
    ),
}


@pytest.mark.parametrize("case", few(HIDING))
def test_what_is_for_members_is_named_by_no_problem_told_to_the_public(
    case: str, old: Path, new: Path
) -> None:
    """Who wrote a name almost right was told it; so was who could make a page's file be refused."""
    path, text, rule = HIDING[case]
    page = "---\naudience: members\naliases: [zqsecrets]\n---\n# Zq\n\n[x](zqplan.exe)\n"
    for root in (old, new):
        write(root, {"docs/guide/zqsecret.md": page, "docs/guide/zqplan.exe": "x"})
    (old / "docs/guide/zqplan.exe").unlink()
    if not path.endswith(".exe"):
        (new / "docs/guide/zqplan.exe").unlink()
    write(new, {path: text})
    for audience in Audience:
        found = compared(old, new, audience)
        for said in (as_json(found, FRENCH), as_text(found, FRENCH), as_markdown(found, FRENCH)):
            named = [each for each in ("zqsecret", "zqplan", "zqautre", "zqfin") if each in said]
            assert bool(named) is (audience is Audience.MEMBERS), said
    assert rule in as_json(compared(old, new, Audience.MEMBERS), FRENCH)


def test_what_becomes_public_or_is_no_longer_is_told_first(old: Path, new: Path) -> None:
    """It said “Budget change”."""
    page = "# Budget\n\nDes chiffres.\n"
    write(old, {"docs/budget.md": MEMBERS + page, "docs/ouvert.md": page.replace("Budget", "Zq")})
    write(new, {"docs/budget.md": page, "docs/ouvert.md": MEMBERS + page.replace("Budget", "Zq")})
    edit(new, "data/meetings/bureau-2021.yaml", "audience: members\n", "")
    edit(new, "data/projects.yaml", "  audience: {users: members}\n", "")
    edit(new, REQUEST, ", audience: members}", "}")
    found = compared(old, new)
    said = as_text(found, FRENCH).split("\n\n")[1].splitlines()
    assert said[0] == "Qui peut le lire"
    assert "  Budget (pages/budget.md) devient public" in said
    assert "  Zq (pages/ouvert.md) est réservé aux membres désormais" in said
    assert "  Réunion du bureau (meetings/bureau-2021) devient public" in said
    part = [each for each in said if "exporter-le-carnet), positions, " in each]
    assert [each.partition("\u00a0: ")[2] for each in part] == ["devient public"]
    field = [each for each in said if "(projects/" in each]
    assert [each.partition("\u00a0: ")[2] for each in field] == ["devient public"]
    back = {(each.key, str(each.type)) for each in compared(new, old).audiences}
    flipped = {"public": "members", "members": "public"}
    assert back == {(each.key, flipped[str(each.type)]) for each in found.audiences}
    for one, other in ((old, new), (new, old)):
        assert compared(one, other, Audience.PUBLIC).audiences == ()


VISITS = """\
visites:
  label: Visites
  definition: Visites du mois
  unit: visites
  period: month
  dimensions: profile
  aggregation: sum
secretes:
  label: Audience secrète
  definition: Visites d’un établissement
  unit: pages
  period: month
  aggregation: sum
  access: club
  audience: members
"""
FIGURES = """\
indicator,project,period,dimension,key,value,qualifier,source
visites,jardin-nord,2012-01,,,1200,exact,
visites,jardin-nord,2012-02,,,1300,exact,
visites,jardin-nord,2012-03,,,,exact,
secretes,jardin-nord,2012-01,,,77,exact,
"""


def test_a_figure_that_a_spreadsheet_changed_went_by_in_silence(old: Path, new: Path) -> None:
    path = "data/series/visites.csv"
    for root in (old, new):
        write(root, {"data/indicators.yaml": VISITS, path: FIGURES})
    edit(new, path, "2012-01,,,1200", "2012-01,,,12000")
    edit(new, path, "2012-02,,,1300", "2012-04,,,1300")
    edit(new, path, "2012-03,,,,", "2012-03,,,2,")
    edit(new, path, "2012-01,,,77", "2012-01,,,78")
    told = as_text(compared(old, new), FRENCH).replace("\u00a0", " ").replace("\u202f", " ")
    assert "Visites, Jardin du Nord : chiffres ajoutés, 1 ; changés, 2 ; retirés, 1" in told
    assert "2012-01: 1 200 → 12 000" in told
    assert "2012-03: inconnu → masqué" in told
    assert "Audience secrète, Jardin du Nord" in told
    public = compared(old, new, Audience.PUBLIC)
    assert "secrète" not in as_text(public, FRENCH) + as_json(public, FRENCH)
    (_, found) = json.loads(as_json(compared(old, new), FRENCH))["figures"]
    assert found["changed"][0] == {"period": "2012-01", "part": "", "old": 1200, "new": 12000}


def test_a_new_position_was_told_without_its_rank_and_a_version_without_its_number(
    old: Path, new: Path
) -> None:
    versions = "  versions:\n    - {id: V77}\n"
    edit(new, "data/platforms.yaml", "  versions:\n", versions)
    bare = "title: Autre\nneed: N\nstate: submitted\n"
    ranked = f"{bare}positions: [{{project: jardin-nord, stance: wanted, rank: 3}}]\n"
    write(old, {"data/requests/autre.yaml": bare})
    write(new, {"data/requests/autre.yaml": ranked})
    found = review(side(folder_at(old), FRENCH), side(folder_at(new), FRENCH), describer(FRENCH))
    told = as_text(found, FRENCH).replace("\u00a0", " ")
    assert "V77" in told
    assert "rang 3" in told

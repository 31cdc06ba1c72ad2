"""The needs about consultations, on the pages of a small club as built."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from pypdf import PdfReader

from tests.choice import CONSULTATION, files, written
from tests.clubs import club_of, write
from tests.shipped.conftest import Built, build, rows_of, said

URL = "consultations/choix/"


def built_of(folder: Path, content: dict[str, str], **environment: str) -> Built:
    root = write(folder / "club", content)
    done = build(root, folder / "site", **environment)
    assert done.returncode == 0, done.stderr
    return Built(folder / "site")


@pytest.fixture(scope="module")
def chosen(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built_of(tmp_path_factory.mktemp("choice"), files())


def table(section: Element) -> dict[str, list[str]]:
    """The rows of the tables of *section*, by their first cells."""
    return {said(row[0]): [said(each) for each in row[1:]] for row in rows_of(section)}


def test_the_weights_of_each_school_are_visible_with_their_sum(chosen: Built) -> None:
    found = table(chosen.page(URL).section("criteria"))
    assert found == {
        "Sur téléphone": ["de 0 à 10", "60", "20", "40 %"],
        "Coût": ["de 12 à 0 €", "40", "80", "60 %"],
        "somme": ["", "100", "100", "100 %"],
    }
    needs = table(chosen.page(URL).section("needs"))
    assert needs["Être joint partout"] == ["2", "1", "58,3 %"], "the mean of two thirds and a half"


def test_each_score_names_its_evaluator_and_its_source(chosen: Built) -> None:
    section = chosen.page(URL).section("scores")
    (row,) = [row for row in rows_of(section) if said(row[0]) == "Sur téléphone"]
    cells = [said(each) for each in row]
    assert "8 Étude du marché · Cabinet Ronce" in cells[1]
    assert "6 Est" in cells[1]
    assert cells[2] == "2 Cabinet Ronce"
    assert any(each.get("href") == "../../sources/etude/" for each in row[1].iter("a"))
    assert "inconnu" in table(section)["Coût"][2], "nobody scored what Delta costs"


def test_a_missing_score_is_a_range_and_never_zero(chosen: Built) -> None:
    section = chosen.page(URL).section("ranking")
    assert table(section) == {
        "Alpha": ["1 à 2", "58", "58", "58", ""],
        "Delta": ["1 à 3", "36 à 96", "36", "96", "Coût"],
        "Bêta": ["2 à 3", "53", "53", "53", ""],
    }
    assert "Des notes manquent : la première place peut revenir à Alpha et Delta." in said(section)
    assert "Gamma" not in said(section), "what was set aside is ranked no more"
    assert "Oméga" not in said(section), "what was only proposed is not ranked yet"


def test_each_school_has_a_ranking_of_its_own_as_a_plain_page(chosen: Built) -> None:
    ranks = chosen.page(URL).section("ranks")
    links = {said(each): each.get("href") for each in ranks.iter("a")}
    assert links["Nord"] == "../../consultations/choix/weights/nord/"
    page = chosen.page(f"{URL}weights/sud/")
    found = table(page.section("ranking"))
    # 0.2·0.2 + 0.8·0.75 = 64, before 0.2·0.7 + 0.8·0.5 = 54.
    assert found["Bêta"][1] == "64"
    assert found["Alpha"][1] == "54"
    assert not (chosen.folder / URL / "weights/est").exists(), "est has weighed nothing"


def test_how_sure_the_first_is_once_all_is_scored(tmp_path: Path) -> None:
    last = {"candidate": "delta", "criterion": "cout", "score": 12, "by": "cabinet"}
    site = built_of(tmp_path, files(scores=[*CONSULTATION["scores"], last]))
    section = site.page(URL).section("robustness")
    found = table(section)
    # Alpha and Bêta meet where 0.5·t = 0.25·(1 − t): at a third.
    assert found["Sur téléphone"] == [
        "40",
        "33,3",
        "71,4",
        "au-dessous : Bêta, au-dessus : Delta",
    ]
    heads = [said(each) for each in section.iter("th") if each.get("scope") == "col"]
    assert heads[1:4] == ["part, tous ensemble (%)", "en tête dès (%)", "en tête jusqu’à (%)"]
    assert found["Coût"][:3] == ["60", "28,6", "66,7"]
    words = said(section).replace("\u00a0", " ").replace("\u202f", " ")
    assert "« Alpha » reste en tête tant que la part de « Coût », 60 % aujourd’hui, ne" in words
    assert "ne dépasse pas 66,7 % ; au-delà, c’est « Bêta »." in words
    assert re.search(r"« Alpha » est en tête dans 3[789],\d % des cas", words)
    share = float(found["Alpha"][0].rstrip("\u00a0 %").replace(",", "."))
    assert abs(share - 38.1) < 1, "from a third to five sevenths"
    assert "10 000 pondérations tirées au hasard (graine 1793)" in said(section)
    assert "1 point près" in said(section)


def test_the_ranking_is_a_spreadsheet(chosen: Built) -> None:
    text = chosen.text("data/tables/consultations/choix/ranking.csv").removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [(each["Candidature"], each["Au moins"]) for each in rows] == [
        ("Alpha", "58,0"),
        ("Delta", "36,0"),
        ("Bêta", "53,0"),
    ]


def test_scores_for_members_leave_no_trace_in_public(tmp_path: Path) -> None:
    secret = {
        "candidate": "delta",
        "criterion": "cout",
        "score": "1.2345",
        "by": "sud",
        "note": "SECRET",
        "audience": "members",
    }
    content = files(scores=[*CONSULTATION["scores"], secret])
    public = built_of(tmp_path / "public", content)
    for file in public.folder.rglob("*"):
        if file.is_file():
            assert b"SECRET" not in file.read_bytes(), file
            assert b"2345" not in file.read_bytes(), file
    assert table(public.page(URL).section("ranking"))["Delta"][1] == "36 à 96"
    mine = built_of(tmp_path / "members", content, CLUB_AUDIENCE="members")
    assert table(mine.page(URL).section("ranking"))["Delta"][0] == "1"


def test_nothing_is_set_aside_without_its_reason(chosen: Built) -> None:
    found = table(chosen.page(URL).section("candidates"))
    assert found["Gamma"] == ["écartée", "", "Sans hébergement en Europe."]
    assert found["Oméga"] == ["proposée", "3", ""]


def test_the_tools_in_use_are_a_matrix_from_csv(chosen: Built) -> None:
    section = chosen.page(URL).section("inventory")
    heads = [said(each) for each in section.iter("th") if each.get("scope") == "col"]
    assert heads == ["outil", "Nord", "Sud", "Est"]
    signs = {said(row[0]): [said(each) for each in row[1:]] for row in rows_of(section)}
    assert [each.endswith("oui") for each in signs["Messagerie"]] == [True, False, False]
    assert signs["Messagerie"][1] == "non"
    rows = chosen.text("data/tables/consultations/choix/inventory.csv").splitlines()
    assert rows[1].split(";")[:4] == ["Messagerie", "oui", "non", "inconnu"]


def test_ten_threes_are_50_the_best_answers_100_and_few_answers_are_masked(chosen: Built) -> None:
    section = chosen.page(URL).section("tests")
    found = table(section)
    assert found["Alpha, SUS"][:4] == ["5", "100", "100", "100"]
    assert found["Alpha, SUS"][4] == "mention A+, acceptable"
    assert found["Bêta, SUS"][:2] == ["6 1 avec une question vide", "50"]
    assert found["Bêta, SUS"][4] == "mention F, limite"
    # 6;6 7;7 5;6 6;5 7;6: 83.3, 100, 75, 75, 91.7; whoever left a blank is not counted.
    assert found["Alpha, UMUX-Lite"][:2] == ["5 1 avec une question vide", "85"]
    assert found["Alpha, UMUX-Lite"][4] == "SUS estimé : 78,2"
    assert found["Delta, SUS"][:5] == ["", "moins de 5 : aucun chiffre n’est montré", "", "", ""]
    # Another answer may still come: with the figures before and after, it could be worked out.
    waits = "aucun chiffre avant que sa date soit donnée"
    assert found["Bêta, UMUX-Lite"][:5] == ["", waits, "", "", ""]
    picture = section.find(".//{http://www.w3.org/2000/svg}svg")
    assert picture is not None
    assert "moins de 5" in said(picture)


def test_answers_stand_nowhere_on_the_site(tmp_path: Path) -> None:
    secret = "4;1;4;1;4;1;4;1;4;1"
    site = built_of(tmp_path, files())
    assert secret in (tmp_path / "club/data/tables/sus-delta.csv").read_text("utf-8")
    for file in site.folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            if file.suffix == ".pdf":  # where a picture stands is written there as numbers
                pages = PdfReader(file).pages
                content = "\n".join(each.extract_text() for each in pages).encode()
            assert secret.encode() not in content, file
            assert not {b"87.5", b"87,5"} & set(re.findall(rb"\d+[.,]\d+", content)), file
            assert b"87,5" not in content, file
    assert not list(site.folder.rglob("sus-*.csv"))


def test_opinions_stand_in_order_with_their_dates(chosen: Built) -> None:
    words = said(chosen.page(URL).section("opinions"))
    first, second = words.index("1. Comité des usages"), words.index("2. Conseil des directions")
    assert first < words.index("10 mars 2025") < second < words.index("2 avril 2025")


def test_one_change_plan_a_participant_and_the_missing_ones_are_listed(chosen: Built) -> None:
    section = chosen.page(URL).section("change-plans")
    assert "Pas encore de plan pour : Nord et Est." in said(section)
    found = table(section)
    assert found["Sud"] == ["Courriel", "Alpha", "1er mai 2025", "30 juin 2025", ""]
    assert found["Nord"] == ["inconnu"] * 5


def test_one_page_shows_the_eight_phases_with_their_gaps_and_their_common_days(
    chosen: Built,
) -> None:
    section = chosen.page(URL).section("phases")
    cards = [said(each) for each in section.iter("li") if "club-card" in each.get("class", "")]
    assert len(cards) == 8
    assert "62 jours entre l’étape précédente et celle-ci" in cards[1]
    assert "1 jour commun avec l’étape précédente" in cards[2]
    assert "2 jours entre l’étape précédente et celle-ci" in cards[5]
    assert cards[6].startswith("7. Étape sans titre")
    assert "2 jours communs avec l’étape précédente" in cards[7], "on 3 and 4 April 2025"
    picture = section.find(".//{http://www.w3.org/2000/svg}svg")
    assert picture is not None
    assert "2 jours en commun" in said(picture)


def test_a_title_that_lacks_is_a_warning_and_no_failure(tmp_path: Path) -> None:
    content = files()
    assert club_of(tmp_path / "known", content).problems == ()
    del content["data/exceptions.yaml"]
    club = club_of(tmp_path / "club", content)
    assert [each.rule.name for each in club.warnings] == ["phase-untitled"]
    assert club.errors == ()
    assert build(tmp_path / "club", tmp_path / "site", strict=False).returncode == 0


def test_an_organisation_for_members_leaves_the_tools_of_the_others(tmp_path: Path) -> None:
    content = files()
    hidden = {"secrete": {"name": "Discrète", "type": "school", "audience": "members"}}
    content["data/organisations.yaml"] += written(hidden)
    participants = ["nord", "sud", "secrete"]
    content["data/consultations.yaml"] = written(
        {"choix": {**CONSULTATION, "participants": participants, "change_plans": []}}
    )
    content["data/tables/outils.csv"] = "Outil;nord;Discrète;sud\nForum;oui;non;oui\n"
    site = built_of(tmp_path, content)
    section = site.page(URL).section("inventory")
    assert [said(each)[-3:] for each in rows_of(section)[0][1:]] == ["oui", "oui"]
    assert "Discr" not in site.page(URL).words

"""The needs about contracts, rollouts, totals and targets, on the pages of the frozen club."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from club.model.problem import Problem
from club.read.load import load
from tests.clubs import FROZEN, copied, folder_at
from tests.shipped.conftest import Built, Page, build, rows_of, said

K_DECOLE = ["Cybercollèges 42", "eCollège 31", "ENT-MIP", "e-lyco"]
SVG = "{http://www.w3.org/2000/svg}"
ACTORS = {
    "chef d’établissement": "Chef d’établissement",
    "CPE": "CPE",
    "technicien de la collectivité": "Technicien de la collectivité",
    "professeur RUPN": "RUPN",
    "documentaliste": "documentaliste",
    "DAMA": "DAMA",
    "MATICE/pôle Tice": "MATICE",
    "DSI": "DSI",
}
"""The eight kinds of actor of the audit of i-Cart, and what the glossary calls each."""


def heads_of(element: Element) -> list[str]:
    """What the columns of the first table in *element* are called."""
    return [said(each) for each in next(element.iter("thead")).iter("th")]


def grid(element: Element) -> dict[str, dict[str, str]]:
    """The first table in *element*: its rows by their first cells, their cells by the heads."""
    heads = heads_of(element)
    return {
        said(cells[0]): dict(zip(heads[1:], map(said, cells[1:]), strict=True))
        for cells in rows_of(next(element.iter("table")))
    }


def titles_of(section: Element) -> list[str]:
    """What the steps or the cards of *section* are called, in their order."""
    return [said(each) for each in section.iter("p") if "club-card__title" in each.get("class", "")]


def problems_of(root: Path, path: str, *changes: tuple[str, str]) -> tuple[Problem, ...]:
    """What the check finds in the club at *root* once *changes* are made to its file *path*."""
    file = root / path
    text = file.read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
    return load(folder_at(root)).problems


# --- Contracts ---


def test_contracts_stand_side_by_side_by_what_they_are_for(site: Built) -> None:
    table = grid(site.page("contracts/matrix/").section("matrix"))
    assert list(table["Titulaires, toutes prestations confondues"]) == K_DECOLE
    for role in ("édition", "intégration", "hébergement", "exploitation", "évolution"):
        assert list(table[f"Qui assure l’{role}"]) == K_DECOLE, role
    for role in ("Qui assure l’exploitation", "Qui assure l’évolution"):
        assert table[role]["ENT-MIP"].startswith("Kosmos"), role
        assert table[role]["e-lyco"] == "inconnu", role
    host = table["Qui assure l’hébergement"]
    assert host["ENT-MIP"] == "inconnu", "the article names no host"
    assert table["Durée, en mois"]["ENT-MIP"].startswith("36")
    assert table["Fin"]["ENT-MIP"].startswith("2015")


def test_the_axis_of_contracts_leads_to_what_compares_vendors_and_contracts(site: Built) -> None:
    page = site.page("axes/axe-marches/")
    compared = page.links(page.section("comparisons"))
    name = "Relations avec l’éditeur, l’intégrateur et l’hébergeur"
    assert compared[name] == "../../comparisons/comparaison-prestataires/"
    vendors = site.page("comparisons/comparaison-prestataires/")
    table = grid(vendors.section("matrix"))
    assert table["Éditeur"]["ENT-MIP"].startswith("Kosmos")
    assert table["Exploitant"]["ENT-MIP"].startswith("Kosmos")
    assert table["Exploitant"]["e-lyco"] == "inconnu"
    assert "../../contracts/marches-ent-mip-2012/" in vendors.links().values()


def test_that_the_maker_also_runs_the_platform_is_flagged(site: Built) -> None:
    table = grid(site.page("contracts/matrix/").section("matrix"))
    found = table["L’éditeur l’héberge ou l’exploite aussi"]
    assert found["ENT-MIP"].startswith("oui")
    assert found["e-lyco"] == "inconnu", "nobody wrote which of IBM and Kosmos runs it"
    page = site.page("contracts/marches-ent-mip-2012/")
    assert "L’éditeur est aussi l’exploitant" in page.words
    assert said(page.fact("titulaires")) == "Kosmos"
    assert said(page.fact("objet")) == "exploitation évolution"
    assert said(page.fact("durée en mois")).startswith("36")


def test_a_contract_of_which_the_end_is_past_is_not_among_those_that_end_soon(
    site: Built,
) -> None:
    """The site of the tests is that of November 2023."""
    page = site.page("contracts/ending/")
    assert "14 novembre 2023" in said(page.section("soon"))
    assert not rows_of(page.section("soon"))
    (row,) = rows_of(page.section("past"))
    assert said(row[0]) == "Marchés d’exploitation et d’évolution d’ENT-MIP"
    assert said(row[1]).startswith("2015")
    assert "Marché d’e-lyco confié à IBM et Kosmos" in page.links(page.section("unknown"))


@pytest.mark.long
def test_in_january_2015_the_contracts_of_ent_mip_were_among_those_that_end_within_a_year(
    tmp_path: Path,
) -> None:
    root = copied(FROZEN, tmp_path / "club")
    shutil.rmtree(root / "data/series")  # some of it was measured later
    done = build(root, tmp_path / "site", SOURCE_DATE_EPOCH="1421280000")
    assert done.returncode == 0, done.stderr
    soon = Built(tmp_path / "site").page("contracts/ending/").section("soon")
    assert "15 janvier 2015" in said(soon)
    (row,) = rows_of(soon)
    assert said(row[0]) == "Marchés d’exploitation et d’évolution d’ENT-MIP"
    assert said(row[3]) == "Kosmos"


# --- Governance and what was planned ---


def test_the_launch_was_led_by_three_advisers_without_a_name(site: Built) -> None:
    page = site.page("meetings/reunion-lancement-2012/")
    led = [name for name in page.links(page.fact("animée par")) if name.startswith("Académie")]
    assert sorted(led) == ["Académie de Lyon", "Académie de Nantes", "Académie de Toulouse"]
    rows = rows_of(site.page("representatives/").section("all"))
    assert [said(cells[0]) for cells in rows] == [
        "Conseiller TICE – Lyon",
        "Conseiller TICE – Nantes",
        "Conseiller TICE – Toulouse",
    ]
    assert "Toulouse" in site.page("representatives/conseiller-tice-toulouse/").words


def test_the_past_of_ent_mip_begins_in_2008(site: Built) -> None:
    page = site.page("projects/ent-mip/")
    history = page.section("history")
    years = [each.get("datetime", "")[:4] for each in history.iter("time")]
    assert years[0] == "2008"
    assert years == sorted(years)
    assert said(page.fact("début du déploiement")).startswith("2008")
    assert len(rows_of(page.section("governance"))) == 9


def test_ent_mip_plans_agricultural_schools_and_e_lyco_has_them(site: Built) -> None:
    assert "agricole" in said(site.page("projects/ent-mip/").fact("secteurs prévus"))
    assert "agricole" in said(site.page("projects/e-lyco/").fact("secteurs"))
    table = grid(site.page("comparisons/comparaison-pilotage/").section("matrix"))
    schools = table["Établissements concernés"]
    assert "agricoles prévus ensuite" in schools["ENT-MIP"]
    assert "agricoles" in schools["e-lyco"]
    assert "prévus" not in schools["e-lyco"]


def test_ent_mip_took_the_four_years_that_were_planned(site: Built) -> None:
    page = site.page("rollouts/deploiement-ent-mip/")
    assert said(page.fact("prévu et tenu")) == "4 ans prévus, 4 ans tenus"


# --- Totals, targets and what documents state ---


def test_ecollege_was_in_10_of_the_97_that_it_aims_at_by_the_autumn_of_2014(site: Built) -> None:
    page = site.page("projects/ecollege-31/")
    bar = page.article.find(".//progress")
    assert bar is not None
    assert (bar.get("value"), bar.get("max")) == ("10", "97")
    assert "(10 %)" in page.words
    assert "rentrée 2014" in said(page.fact("achèvement"))
    assert said(page.fact("début du déploiement")).startswith("2011")
    table = grid(site.page("rollouts/deploiement-ecollege-31/").section("phases"))
    (first, last) = table.values()
    assert first["établissements"].startswith("10")
    assert last["établissements"].startswith("97 (objectif)")


def test_the_gap_to_what_is_claimed_is_told_with_its_reasons(site: Built) -> None:
    total = said(site.page("platforms/k-decole/").section("total"))
    assert 77 + 97 + 284 + 685 == 1143
    assert "1 143 établissements" in total or "en annoncent 1 143" in total
    assert "environ 1 200" in total
    assert "57 de moins que le chiffre annoncé" in total
    assert "Un établissement visé n’est pas un établissement équipé" in total
    assert "La source arrondit le chiffre annoncé" in total


def test_a_goal_to_double_without_a_first_value_has_no_number(site: Built, club_copy: Path) -> None:
    page = site.page("targets/doubler-les-usages-ent-mip/")
    assert "Objectif sans valeur de départ" in page.words
    assert said(page.fact("facteur")) == "2"
    assert said(page.fact("échéance")) == "année scolaire 2012-2013"
    for unknown in ("valeur de départ", "but"):
        assert said(page.fact(unknown)) == "inconnu"
    (club_copy / "data/exceptions.yaml").unlink()
    problems = [
        each for each in load(folder_at(club_copy)).problems if each.rule.name == "target-baseline"
    ]
    assert [each.place.path for each in problems] == ["data/targets.yaml"]


def test_the_claims_about_connections_are_on_one_picture_with_different_marks(
    site: Built,
) -> None:
    section = site.page("indicators/connexions-mensuelles/").section("stated")
    picture = section.find(f".//{SVG}svg")
    assert picture is not None
    words = [said(each) for each in picture.iter(f"{SVG}text")]
    assert {"1 000 000", "plus de 1 000 000", "plus de 500 000"} <= set(words)
    bars = [
        each
        for each in picture.iter()
        if each.tag in {f"{SVG}path", f"{SVG}rect"} and "club-fill" in each.get("class", "")
    ]
    dashed = [each for each in bars if each.get("stroke-dasharray")]
    assert len(bars) == 3
    assert len(dashed) == 2, "“plus de” twice: the article and its interview"
    assert "cernée de tirets" in said(section)
    assert "Établissements ouverts depuis moins d’un an inclus" in said(section)


def test_a_request_and_the_practice_that_it_comes_from_lead_to_each_other(site: Built) -> None:
    practice = site.page("practices/pratique-convocations/")
    born = practice.links(practice.section("requests"))
    assert "../../requests/demande-accuse-de-lecture-courrier/" in born.values()
    request = site.page("requests/demande-accuse-de-lecture-courrier/")
    assert "../../practices/pratique-convocations/" in request.links().values()
    assert said(request.fact("origine")) == "ENT-MIP"


# --- How i-Cart reaches its schools ---


@pytest.fixture
def i_cart(site: Built) -> Page:
    return site.page("rollouts/deploiement-i-cart/")


def test_three_phases_take_a_calendar_year_each(i_cart: Page) -> None:
    table = grid(i_cart.section("phases"))
    assert list(table) == ["Phase 1", "Phase 2", "Phase 3"]
    busy = [[cell for cell in row.values() if cell == "phase"] for row in table.values()]
    assert [len(row) for row in busy] == [1, 1, 1]
    at = [list(row.values()).index("phase") for row in table.values()]
    assert at == [0, 1, 2]
    assert "les sources lues ne le disent pas" in said(i_cart.section("phases"))


def test_the_steps_stand_in_the_order_of_the_document(i_cart: Page) -> None:
    steps = titles_of(i_cart.section("steps"))
    order = [
        next(at for at, title in enumerate(steps) if word in title.lower())
        for word in ("convention", "auditer", "feuille de route", "installer", "niveau 1")
    ]
    assert order == sorted(order)
    install = next(at for at, title in enumerate(steps) if "Installer" in title)
    for before in ("techniciens", "Présenter l’ENT"):
        assert next(at for at, title in enumerate(steps) if before in title) < install


def test_who_decides_and_who_leads_is_a_table(i_cart: Page) -> None:
    table = grid(i_cart.section("who"))
    decided = "collectivité, MATICE/pôle Tice, DSI, chefs d’établissement"
    for step in ("Auditer l’établissement", "Installer dans l’établissement"):
        assert table[step]["moment décidé par"] == decided, step
    assert table["– Examiner les usages"]["menée par"] == "MATICE/pôle Tice"
    assert table["– Examiner la technique"]["menée par"] == "DSI"
    assert "– Recueillir ce que l’établissement attend de l’ENT" in table
    road_map = table["Établir la feuille de route de l’établissement"]
    assert road_map["livrables"] == "feuille de route"
    assert road_map["remis à"] == "établissement"


def test_the_eight_actors_of_the_audit_are_in_the_glossary(i_cart: Page, site: Built) -> None:
    actors = grid(i_cart.section("who"))["Auditer l’établissement"]["acteurs"]
    assert actors.split(", ") == list(ACTORS)
    assert "../../glossaire/" in i_cart.links().values()
    terms = [said(each) for each in site.page("glossaire/").article.iter("dt")]
    for term in ACTORS.values():
        assert any(term in each for each in terms), term


def test_the_template_of_the_road_map_can_be_downloaded(i_cart: Page, site: Built) -> None:
    links = i_cart.links(i_cart.section("steps"))
    (address,) = [links[each] for each in links if each.startswith("Modèle de feuille de route")]
    page = site.page(address.removeprefix("../../"))
    file = next(each for each in page.links().values() if each.endswith(".csv"))
    assert (page.path.parent / file).resolve().is_file()


def test_the_week_is_red_from_monday_to_wednesday_then_taken_by_training(i_cart: Page) -> None:
    section = i_cart.section("week")
    days = heads_of(section)[1:]
    assert days == ["lundi", "mardi", "mercredi", "jeudi", "vendredi"]
    install, training = rows_of(section)
    assert [said(each) for each in install[1:]] == ["coupure"] * 3 + ["–"] * 2
    assert [said(each) for each in training[1:]] == ["–"] * 3 + ["oui"] * 2
    assert all("bad" in each.get("class", "") for each in install[1:4])
    assert "72 heures sans serveur pédagogique" in said(section)
    assert "niveau 1" in said(training[0])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            (
                ("after: [convention, candidatures]", "after: candidatures"),
                ("      type: agreement\n", "      type: agreement\n      after: audit\n"),
            ),
            "« Auditer l’établissement » précède « Signer une convention »",
        ),
        (
            (
                ("      deliverables: compte rendu de l’audit\n", ""),
                ("      deliverables: feuille de route\n", ""),
            ),
            "rien d’écrit ne précède « Installer dans l’établissement »",
        ),
    ],
    ids=["no audit before the agreement", "no installation before what is written of it"],
)
def test_a_step_that_comes_too_early_is_a_fault_at_its_line(
    club_copy: Path, changes: tuple[tuple[str, str], ...], message: str
) -> None:
    problems = problems_of(club_copy, "data/rollouts.yaml", *changes)
    found = [each for each in problems if each.rule.name == "step-order"]
    assert [each.place.path for each in found] == ["data/rollouts.yaml"]
    assert found[0].place.line
    text = (club_copy / "data/rollouts.yaml").read_text("utf-8").splitlines()
    assert "- id:" in text[found[0].place.line - 1]


# --- Services of each school, one page ---


def test_what_holds_for_some_schools_alone_is_told_where_the_service_is(site: Built) -> None:
    offers = said(site.page("projects/i-cart/").section("offers"))
    assert offers.count("L’intégration est propre à chaque établissement") == 1
    (row,) = [
        row
        for row in rows_of(site.page("services/agenda-personnel/").section("offers"))
        if said(row[0]) == "i-Cart"
    ]
    assert "L’intégration est propre à chaque établissement" in said(row[4])


def test_a_note_on_an_offer_is_read_in_the_matrix(site: Built) -> None:
    matrix = site.page("services/matrix/")
    noted = re.compile("Prévu par le marché renouvelé pour trois ans")
    (row,) = [row for row in rows_of(matrix.article) if said(row[0]).startswith("Orientation")]
    assert noted.search(said(row[1 + K_DECOLE.index("ENT-MIP")]))


def test_an_axis_is_read_on_a_single_page(site: Built) -> None:
    page = site.page("axes/axe-usages/")
    (href,) = [each for name, each in page.links().items() if name == "Sur une seule page"]
    single = site.page("axes/axe-usages/single/")
    assert (page.path.parent / href / "index.html").resolve() == single.path.resolve()
    gathered = [
        each.removeprefix("../../")
        for each in page.links().values()
        if re.match(r"\.\./\.\./(requests|practices|meetings)/", each)
    ]
    assert len(gathered) >= 8
    for url in gathered:
        own = site.page(url)
        title = own.article.find(".//h1")
        assert title is not None
        heads = [said(each).removesuffix(" (exemple)") for each in single.article.iter("h2")]
        assert said(title).removesuffix(" exemple") in heads, url
        for section in own.article.iter("section"):
            at = section.get("aria-labelledby", "")
            if at not in {"", "backlinks"}:
                id = f"{url.split('/')[1]}-{at}"
                (inside,) = (each for each in single.document.iter() if each.get("id") == id)
                assert said(inside) == said(next(section.iter("h2"))), (url, at)
    ids = [each.get("id") for each in single.document.iter() if each.get("id")]
    assert len(ids) == len(set(ids))

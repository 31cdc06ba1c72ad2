"""The acceptance examples of the needs, on the pages of the frozen club as built."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from tests.shipped.conftest import FORGE, Built, rows_of, said

K_DECOLE = ("cybercolleges-42", "ecollege-31", "ent-mip", "e-lyco")


def cards_of(section: Element) -> list[Element]:
    return [each for each in section.iter("li") if "club-card" in each.get("class", "").split()]


def test_home_shows_the_four_projects_on_kdecole_with_their_figures(site: Built) -> None:
    projects = site.page("").section("projects-1")
    heading = projects.find("h2")
    assert heading is not None
    assert said(heading) == "4 projets sur K-d’école en 2012"
    cards = {said(next(card.iter("p"))): said(card) for card in cards_of(projects)}
    assert {f"projects/{each}/" for each in K_DECOLE} <= {
        link.get("href") for link in projects.iter("a")
    }
    assert re.search(r"établissements équipés ?10", cards["eCollège 31"])
    assert re.search(r"établissements visés ?97", cards["eCollège 31"])
    assert re.search(r"établissements visés ?inconnu", cards["ENT-MIP"])


def test_a_figure_that_another_source_denies_was_told_as_sure_on_the_home_page(site: Built) -> None:
    told = {}
    for card in cards_of(site.page("").section("projects-1")):
        figures = [said(each) for each in card.findall("./dl/div")]
        told[card.find(".//a").get("href")] = ["contredit" in each for each in figures]
    # 97 then 96 collèges, 284 and 292, 685 and 732: each pair is in the documents.
    assert told["projects/ecollege-31/"] == [False, True]
    assert told["projects/ent-mip/"] == [True, False]
    assert told["projects/e-lyco/"] == [False, True]


def test_cybercolleges_is_carried_by_the_loire_in_77_public_and_private_colleges(
    site: Built,
) -> None:
    page = site.page("projects/cybercolleges-42/")
    assert "77" in said(page.section("figures"))
    assert said(page.fact("types d’établissement")) == "collèges"
    sectors = said(page.fact("secteurs"))
    assert "public" in sectors
    assert "privé" in sectors
    assert "Loire" in said(page.fact("porteurs"))


def test_ecollege_shows_10_of_97_towards_the_autumn_of_2014(site: Built) -> None:
    figures = site.page("projects/ecollege-31/").article
    bar = figures.find(".//progress")
    assert bar is not None
    assert (bar.get("value"), bar.get("max")) == ("10", "97")
    assert "10 / 97" in said(figures)
    assert "(10 %)" in said(figures)
    assert "objectif d’alors : rentrée 2014" in said(figures)
    keys = [cells[-1].get("data-sort", "") for cells in rows_of(site.page("projects/").article)]
    autumn = [key for key in keys if key.startswith("2014-09")]
    assert autumn
    assert sorted([*autumn, "2013-01-01/2013-12-31", "2015-01-01/2015-12-31"])[1:-1] == autumn


def test_ent_mip_lists_its_nine_partners_by_name(site: Built) -> None:
    governance = site.page("projects/ent-mip/").section("governance")
    names = [said(cells[0]) for cells in rows_of(governance)]
    assert len(names) == 9
    assert sum(name.startswith("Académie") for name in names) == 1
    assert sum(name.startswith("Région") for name in names) == 1
    assert sum(name.startswith("Département") for name in names) == 7
    assert any("Ariège" in name for name in names)
    assert any("Tarn-et-Garonne" in name for name in names)


def test_only_e_lyco_is_under_the_agricultural_filter(site: Built) -> None:
    rows = rows_of(site.page("projects/sector/agricultural/").article)
    assert [said(cells[0]) for cells in rows] == ["e-lyco"]


def test_e_lyco_is_being_rolled_out_to_685_schools_by_the_end_of_2014(site: Built) -> None:
    page = site.page("projects/e-lyco/")
    assert "685" in said(page.fact("établissements visés"))
    assert "fin 2014" in said(page.fact("achèvement"))


def test_a_version_nobody_wrote_down_is_unknown_and_never_no(site: Built) -> None:
    page = site.page("comparisons/comparaison-versions/")
    rows = rows_of(page.article)
    assert all(len(cells) == 1 + len(K_DECOLE) for cells in rows)
    versions = [said(each) for cells in rows for each in cells[1:] if "ersion" in said(cells[0])]
    assert "inconnu" in " ".join(versions)
    assert not any(re.fullmatch("non", each) for each in versions)
    assert said(site.page("projects/e-lyco/").fact("version de la plateforme")).startswith(
        "inconnu"
    )


def test_differences_have_a_page_of_their_own_without_scripts(site: Built) -> None:
    whole = rows_of(site.page("services/matrix/").article)
    differing = rows_of(site.page("services/matrix/differences/").article)
    assert 0 < len(differing) < len(whole)
    names = {said(cells[0]) for cells in differing}
    for cells in whole:
        states = {re.split(r" (?:natif|connecteur|lien|\d)", said(each))[0] for each in cells[1:]}
        if all(said(each).startswith("inconnu") for each in cells[1:]):
            assert said(cells[0]) not in names
        assert states
    assert "services/matrix/differences/" in " ".join(
        site.page("services/matrix/").links().values()
    ) or "differences/" in " ".join(site.page("services/matrix/").links().values())


@pytest.mark.parametrize("project", K_DECOLE)
def test_each_project_shows_the_three_others(site: Built, project: str) -> None:
    page = site.page(f"projects/{project}/")
    others = set(page.links(page.section("neighbours")).values())
    assert others == {f"../../projects/{other}/" for other in K_DECOLE if other != project}


def test_the_launch_meeting_was_led_by_three_academies(site: Built) -> None:
    page = site.page("meetings/reunion-lancement-2012/")
    led = page.links(page.fact("animée par"))
    assert {name for name in led if name.startswith("Académie")} == {
        "Académie de Toulouse",
        "Académie de Lyon",
        "Académie de Nantes",
    }


def test_the_charter_says_which_meeting_decided_it(site: Built) -> None:
    page = site.page("charte/")
    assert "décidé à la réunion de lancement" in page.words.lower()
    assert any("decisions/" in href for href in page.links().values())


def test_the_2013_meeting_is_past_without_an_outcome_and_prepared_by_lyon(site: Built) -> None:
    upcoming = said(site.page("").section("upcoming"))
    assert "Aucune rencontre n’est annoncée" in upcoming
    assert "2013" in upcoming
    assert "sans suite connue" in upcoming
    page = site.page("meetings/pleniere-2013/")
    assert "sans suite connue" in page.words
    assert "prévue" not in page.words.partition("Préparée")[0]
    assert "Académie de Lyon" in said(page.fact("hôte"))
    date = page.fact("date").find(".//time")
    assert date is not None
    assert date.get("datetime") == "2013"


def test_assistance_counts_in_two_natures(site: Built) -> None:
    for nature in ("technical", "organisational"):
        rows = rows_of(site.page(f"axes/nature/{nature}/").article)
        assert any("assistance" in said(cells[0]).lower() for cells in rows)


def test_each_axis_has_something_or_says_it_is_to_be_completed(site: Built) -> None:
    links = site.page("axes/").links()
    axes = [href for href in links.values() if "axe-" in href]
    assert len(set(axes)) == 7
    for href in set(axes):
        page = site.page(href.removeprefix("../"))
        has_part = any(page.article.iter("section"))
        assert has_part or "À compléter" in page.words


def test_practices_for_parents_are_a_page(site: Built) -> None:
    rows = rows_of(site.page("practices/profile/parent/").article)
    assert rows
    assert all("parents" in said(cells[3]) for cells in rows)


def test_ent_mip_shows_three_support_levels(site: Built) -> None:
    rows = rows_of(site.page("projects/ent-mip/").section("support"))
    assert [said(cells[0]) for cells in rows] == ["1", "2", "3"]


def test_portals_are_a_matrix_by_project(site: Built) -> None:
    page = site.page("services/portals/")
    rows = rows_of(page.article)
    assert rows
    heads = [said(head) for head in page.article.iter("th")]
    (e_lyco,) = [index for index, head in enumerate(heads) if head.startswith("e-lyco")]
    assert any("oui" in said(cells[e_lyco]) for cells in rows)


def test_a_service_lists_its_connectors_by_project(site: Built) -> None:
    pages = [
        site.page(f"services/{each.name}/")
        for each in (site.folder / "services").iterdir()
        if (each / "index.html").exists() and each.name not in {"matrix", "portals"}
    ]
    shown = [
        page for page in pages if 'aria-labelledby="connectors"' in page.path.read_text("utf-8")
    ]
    assert shown
    assert any(
        "../../projects/" in href
        for page in shown
        for href in page.links(page.section("connectors")).values()
    )


def test_an_absent_cell_leads_to_the_request_that_asks_for_it(site: Built) -> None:
    page = site.page("services/matrix/")
    absent = [
        cell
        for cells in rows_of(page.article)
        for cell in cells[1:]
        if said(cell).startswith("non")
    ]
    asked = [href for cell in absent for href in page.links(cell).values() if "requests/" in href]
    assert asked


def test_a_discussion_opens_with_the_title_and_the_id(site: Built) -> None:
    page = site.page("requests/demande-export-cahier-de-textes/")
    hrefs = [link.get("href", "") for link in page.article.iter("a")]
    issue = next(href for href in hrefs if href.startswith(f"{FORGE}/-/issues/new"))
    assert "issue%5Btitle%5D=" in issue
    assert "demande-export-cahier-de-textes" in issue


def test_292_and_284_stand_side_by_side_with_their_dates(site: Built) -> None:
    page = site.page("projects/ent-mip/")
    shown = said(page.section("figures"))
    equipped = shown.partition("établissements visés")[0]
    assert "284" in equipped
    assert "292" in equipped
    assert equipped.count("2012") >= 2
    assert "contredit" in equipped


def test_the_total_explains_itself(site: Built) -> None:
    total = site.page("platforms/k-decole/").section("total")
    words = said(total)
    for part in ("371", "1 143", "1 200", "379"):
        assert part in words, part
    assert "environ" in words
    assert "inconnu" in words
    for value in ("77", "10", "97", "284", "685"):
        assert value in words


def test_ent_mip_plans_four_services_for_families(site: Built) -> None:
    offers = rows_of(site.page("projects/ent-mip/").section("offers"))
    planned = [
        said(cells[0])
        for cells in offers
        if "prévu" in said(cells[1]) and "exemple" not in said(cells[0])
    ]
    assert len(planned) == 4
    for word in ("bourses", "transport", "restauration", "orientation"):
        assert any(word in name.lower() for name in planned), word


def test_six_families_and_the_lesson_log_found_under_three(site: Built) -> None:
    page = site.page("services/")
    families = page.section("frame-i-cart")
    cards = [item for item in families.iter("li") if "club-card" in item.get("class", "")]
    assert len(cards) == 6
    assert sum("Cahier de textes" in said(card) for card in cards) == 3
    catalogue = [said(cells[0]) for cells in rows_of(page.section("all"))]
    assert catalogue.count("Cahier de textes") == 1


@pytest.mark.parametrize(
    ("family", "services"),
    [
        ("personnels", ("adresses", "stockage", "signets", "agenda")),
        ("pedagogiques", ("ressources", "suivi", "productions", "livret", "espaces")),
        ("documentaires", ("portail documentaire", "manuels", "logiciels", "encyclopédies")),
        ("vie-scolaire", ("annuaire", "absences", "notes", "emploi du temps", "gestion")),
        ("communication", ("courrier", "listes", "espaces", "blogs", "post-it")),
        ("parents", ("résultats", "absences", "courrier", "cahier de textes", "orientation")),
    ],
)
def test_each_family_names_its_services(
    site: Built, family: str, services: tuple[str, ...]
) -> None:
    page = site.page(f"families/famille-icart-{family}/")
    names = said(page.section("services")).lower()
    for service in services:
        assert service in names, service


@pytest.mark.parametrize(
    "page", ["contact", "accessibilite", "mentions-legales", "confidentialite"]
)
def test_the_pages_a_public_site_owes_exist_and_are_linked_from_everywhere(
    site: Built, page: str
) -> None:
    assert site.page(f"{page}/").words
    footers = site.page("projects/e-lyco/").document.iter("footer")
    footer = next(each for each in footers if "md-footer" in each.get("class", ""))
    assert any(f"/{page}/" in link.get("href", "") for link in footer.iter("a"))


def test_a_seventh_domain_is_one_record_more(club_copy: Path, built: Callable[..., Built]) -> None:
    with (club_copy / "data/domains.yaml").open("a", encoding="utf-8") as file:
        file.write("\ndomaine-orientation: {label: Orientation des élèves, order: 7}\n")
    page = built(club_copy).page("domains/")
    assert "Orientation des élèves" in page.words


def test_pages_say_everything_without_scripts(site: Built) -> None:
    page = site.page("requests/")
    rows = rows_of(page.article)
    assert len(rows) >= 12
    states = [href for href in page.links().values() if "requests/state/" in href]
    assert states
    for href in states:
        assert rows_of(site.page(href.removeprefix("../")).article)

"""The needs about methods, indicators and consultations, on the pages of the frozen club."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from club.model.series import Observation
from club.read.load import load
from tests.clubs import folder_at
from tests.shipped.conftest import Built, Page, rows_of, said
from tests.shipped.test_needs_projects import (
    K_DECOLE,
    SVG,
    grid,
    heads_of,
    problems_of,
    titles_of,
)

DOMAINS = [
    "Communication interne",
    "Relations avec les familles",
    "Travail collaboratif",
    "Information dans le conseil d’administration",
    "Relations avec les partenaires",
    "Réservation des ressources matérielles",
]
METHOD = "methods/methode-monlycee/"
IMT = "consultations/consultation-imt/"
MADE_UP = "consultations/consultation-messagerie-exemple/"
ACADEMIES = ["Académie de Lyon", "Académie de Nantes", "Académie de Toulouse"]


# --- The method and the analyses of impact ---


def test_the_method_has_three_steps_in_order_as_a_plain_list(site: Built) -> None:
    section = site.page(METHOD).section("steps")
    (steps,) = [each for each in section.iter("ol") if "club-items" in each.get("class", "")]
    assert len(steps.findall("li")) == 3
    assert [title[:2] for title in titles_of(section)] == ["1.", "2.", "3."]


def test_the_six_domains_stand_in_the_order_of_the_method(site: Built) -> None:
    rows = rows_of(site.page("domains/").section("all"))
    assert [said(cells[0]) for cells in rows] == DOMAINS
    method = site.page(METHOD)
    assert [each for each in method.links(method.section("domains")) if each in DOMAINS] == DOMAINS


def test_domains_and_practices_lead_to_each_other(site: Built) -> None:
    found = 0
    for href in set(site.page("domains/").links().values()):
        if not href.startswith("../domains/domaine-"):
            continue
        page = site.page(href.removeprefix("../"))
        links = page.links().values()
        for practice in {each for each in links if each.startswith("../../practices/pratique-")}:
            back = site.page(practice.removeprefix("../../")).links().values()
            assert f"../../{page.url}" in back
            found += 1
    assert found >= 3


def test_the_kit_of_the_method_is_a_page_to_print_and_to_fill_in(site: Built) -> None:
    assert "kit/" in " ".join(site.page(METHOD).links().values())
    kit = site.page(f"{METHOD}kit/")
    for number, domain in enumerate(DOMAINS, 1):
        section = kit.section(f"domain-{number}")
        assert domain in said(section)
        rows = [said(cells[0]) for cells in rows_of(section)]
        assert rows == [
            "populations",
            "contenus",
            "objectifs",
            "risques",
            "contraintes",
            "mise en œuvre",
            "pratiques",
        ]
        assert all(not said(cells[1]) for cells in rows_of(section))


ELEMENTS = (
    "populations",
    "contenus",
    "objectifs",
    "risques",
    "contraintes",
    "mise en œuvre",
    "pratiques",
)


def printed(browser: Browser, address: str, **paper: Any) -> list[list[str]]:
    """The lines of each page of the kit on paper."""
    context = browser.new_context(locale="fr-FR")
    tab = context.new_page()
    tab.goto(f"{address}{METHOD}kit/", wait_until="load")
    raw = tab.pdf(**paper)
    context.close()
    pages = PdfReader(io.BytesIO(raw)).pages
    return [[each.strip() for each in page.extract_text().split("\n")] for page in pages]


def is_element(line: str) -> bool:
    """Whether *line* names what is to be said of a domain: on paper it begins with a capital."""
    return line[:1].casefold() + line[1:] in ELEMENTS


def test_the_sheet_of_a_domain_was_cut_between_two_pages_of_paper(
    browser: Browser, address: str
) -> None:
    """Two domains began on one page and ended on the next, away from their heading."""
    pages = printed(browser, address, format="A4")
    for number, domain in enumerate(DOMAINS, 1):
        heading = f"{number}. {domain}"
        (at,) = (index for index, lines in enumerate(pages) if heading in lines)
        lines = pages[at][pages[at].index(heading) :]
        found = [each.casefold() for each in lines if is_element(each)]
        assert found[: len(ELEMENTS)] == [*ELEMENTS]
    assert pages[-1] != ["Source", "Développer les usages"], "the licence is whole too"


def test_the_kit_was_of_nine_pages_most_of_them_half_empty(browser: Browser, address: str) -> None:
    """The steps and the order of the domains stand on the first page, then two domains on each."""
    pages = printed(browser, address, format="A4", prefer_css_page_size=True)
    assert len(pages) == 1 + len(DOMAINS) // 2 + 1
    headings = [
        [n for n, domain in enumerate(DOMAINS, 1) if f"{n}. {domain}" in lines] for lines in pages
    ]
    assert headings == [[], [1, 2], [3, 4], [5, 6], []]
    assert "Choisir les domaines" in pages[0]
    assert "Faire les choix" in pages[-1]


def test_a_domain_longer_than_its_paper_keeps_its_heading_with_what_follows(
    browser: Browser, address: str
) -> None:
    pages = printed(browser, address, format="A5", landscape=True)
    for number, domain in enumerate(DOMAINS, 1):
        heading = f"{number}. {domain}"
        (at,) = (index for index, lines in enumerate(pages) if heading in lines)
        after = pages[at][pages[at].index(heading) + 1 :]
        assert any(map(is_element, after)), f"{heading} stands alone at the foot of its page"


def test_an_analysis_says_who_validated_it_and_all_that_the_method_asks_for(site: Built) -> None:
    page = site.page("impact-analyses/analyse-e-lyco-familles/")
    assert said(page.fact("validé par")) == "commission TICE"
    assert said(page.fact("priorité")) == "haute"
    for asked in (
        "populations",
        "contenus",
        "objectifs",
        "risques",
        "contraintes",
        "mise en œuvre",
    ):
        assert said(page.fact(asked)) not in {"", "inconnu"}, asked


def test_an_analysis_without_risks_is_told_with_its_file_and_its_line(club_copy: Path) -> None:
    risks = "  risks: trop de messages, que plus personne ne lit\n"
    problems = problems_of(club_copy, "data/impact-analyses.yaml", (risks, ""))
    (found,) = [each for each in problems if each.rule.name == "analysis-lacks"]
    text = (club_copy / "data/impact-analyses.yaml").read_text("utf-8").splitlines()
    assert found.place.path == "data/impact-analyses.yaml"
    assert found.place.line is not None
    assert text[found.place.line - 1].startswith("analyse-e-lyco-communication:")


def test_projects_are_compared_by_what_they_chose(site: Built) -> None:
    table = grid(site.page("impact-analyses/choices/").section("all"))
    assert len(table) == 4
    for choice in ("services au départ", "proposé à", "sans papier"):
        assert len({row[choice] for row in table.values()}) > 1, choice
    chosen = {
        "activation/restricted": 2,
        "activation/full": 2,
        "scope/school": 2,
        "paperless/reference": 2,
        "paperless/partial": 2,
    }
    for way, count in chosen.items():
        assert len(rows_of(site.page(f"impact-analyses/{way}/").article)) == count, way


def test_the_coverage_shows_each_domain_of_each_project(site: Built) -> None:
    section = site.page("impact-analyses/coverage/").section("all")
    table = grid(section)
    assert list(table) == DOMAINS
    assert all(list(row) == K_DECOLE for row in table.values())
    cells = [cell for row in table.values() for cell in row.values()]
    assert cells.count("inconnu") == 20
    assert "Sans analyse : 20 sur 24" in said(section)
    assert table["Relations avec les familles"]["e-lyco"].endswith("priorité haute")


def test_the_licence_of_the_method_is_on_each_page_made_from_it(site: Built) -> None:
    for url in (METHOD, f"{METHOD}kit/", "impact-analyses/coverage/", "impact-analyses/choices/"):
        page = site.page(url)
        licence = page.section("licence")
        assert "CC BY-NC-SA 4.0" in said(licence), url
        assert "Région Hauts-de-France" in said(licence), url
        assert any("creativecommons.org" in each for each in page.links(licence).values()), url


def test_a_page_under_another_licence_that_leads_to_the_method_is_told(club_copy: Path) -> None:
    path = "data/practices/pratique-convocations.yaml"
    context = "  courrier postal et dans les casiers."
    problems = problems_of(
        club_copy, path, (context, "  courrier postal et dans les casiers ([[methode-monlycee]]).")
    )
    (found,) = [each for each in problems if each.rule.name == "mixed-licence"]
    assert found.place.path == path
    line = (club_copy / path).read_text("utf-8").splitlines()[(found.place.line or 0) - 1]
    assert line == "licence: CC-BY-SA-4.0"


def test_uses_are_a_matrix_of_services_and_profiles(site: Built) -> None:
    section = site.page("practices/matrix/").section("all")
    table = grid(section)
    assert heads_of(section)[1:4] == ["élèves", "parents", "enseignants"]
    assert "Accompagner les parents" in table["Cahier de textes"]["parents"]
    assert not table["Cahier de textes"]["élèves"]


# --- Indicators and their figures ---

FOUR = {
    "visites-mensuelles": ("visites", "mois", {""}),
    "visites-par-service": ("visites", "mois", {"service"}),
    "visites-par-profil": ("visites", "mois", {"profile"}),
    "comptes-actives": ("comptes", "mois", {"", "profile"}),
}


@pytest.mark.parametrize("indicator", FOUR)
def test_each_of_the_four_monthly_indicators_has_a_file_to_fill_in(
    site: Built, indicator: str
) -> None:
    unit, period, dimensions = FOUR[indicator]
    page = site.page(f"indicators/{indicator}/")
    assert said(page.fact("unité")) == unit
    assert said(page.fact("période")) == period
    assert "Développer les usages" in page.links(page.fact("source"))
    (href,) = [each for each in page.links().values() if each.endswith(f"{indicator}.csv")]
    with (page.path.parent / href).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["indicator"] for row in rows} == {indicator}
    assert {row["dimension"] for row in rows} == dimensions
    assert {row["value"] for row in rows} == {""}
    if "profile" in dimensions:
        assert {"student", "parent", "teacher"} <= {row["key"] for row in rows}


def test_indicators_are_picked_by_links(site: Built) -> None:
    links = site.page("indicators/").links().values()
    for way, names in {
        "indicators/dimensions/profile/": {"Comptes activés par profil"},
        "indicators/dimensions/service/": {"Visites par mois et par service"},
        "indicators/period/month/": {"Visites par mois", "Connexions par mois"},
    }.items():
        assert f"../{way}" in links or way.removeprefix("indicators/") in links, way
        assert names <= {said(cells[0]) for cells in rows_of(site.page(way).article)}, way


def test_what_the_site_exports_reads_back_without_a_change(site: Built, club_copy: Path) -> None:
    before = set(_figures(club_copy, "ent-mip"))
    shutil.rmtree(club_copy / "data/series")
    (club_copy / "data/series").mkdir()
    exported = site.folder / "data/series/ent-mip.csv"
    shutil.copy(exported, club_copy / "data/series/ent-mip.csv")
    assert len(before) > 100
    assert set(_figures(club_copy, "ent-mip")) == before
    links = site.page("usage/ent-mip/").links().values()
    assert any(each.endswith("data/series/ent-mip.csv") for each in links)


def _figures(root: Path, project: str) -> Iterator[tuple[object, ...]]:
    club = load(folder_at(root))
    assert club.errors == ()
    return map(_figure, (each for each in club.graph.series if each.project == project))


def _figure(seen: Observation) -> tuple[object, ...]:
    of = (seen.indicator, seen.span.said, seen.dimension, seen.key)
    return (*of, seen.value, seen.qualifier, seen.source)


def test_a_month_of_which_nothing_came_is_named_and_never_drawn_as_zero(site: Built) -> None:
    section = site.page("usage/ent-mip/").section("visites-mensuelles")
    assert "Sans aucun chiffre : mai 2011." in said(section)
    months = grid(section)
    (may,) = [row for month, row in months.items() if month.startswith("mai 2011")]
    assert list(may.values()) == ["inconnu"]
    assert "n’est pas tracée comme un zéro" in said(section)


def test_a_week_is_named_by_its_monday(site: Built) -> None:
    weeks = grid(site.page("usage/e-lyco/").section("utilisateurs-dnma"))
    first = next(iter(weeks))
    assert first.startswith("2 septembre 2019"), "the Monday of 2019-W36"
    assert len(weeks) > 100, "each week has a name of its own"


def test_what_a_head_is_given_on_request_is_nowhere_in_public(site: Built) -> None:
    """The audience of each school: only who asks for it is given the figures."""
    for file in site.folder.rglob("*"):
        if file.is_file() and file.suffix in {".html", ".json", ".csv", ".xml", ".yaml", ".ics"}:
            text = file.read_text("utf-8")
            assert "audience-par-etablissement" not in text, file
            assert "Audience de chaque lycée" not in text, file


# --- The consultation of the IMT ---


@pytest.fixture
def imt(site: Built) -> Page:
    return site.page(IMT)


def test_the_consultation_is_one_page_of_eight_phases(imt: Page) -> None:
    titles = titles_of(imt.section("phases"))
    assert [title.partition(".")[0] for title in titles] == list("12345678")
    assert titles[6] == "7. Étape sans titre", "the page that was read gives none"


def test_the_timeline_shows_gaps_and_days_in_common(imt: Page) -> None:
    section = imt.section("phases")
    rows = list(grid(section).values())
    assert rows[0] == {
        "début": "1er avril 2024",
        "fin": "30 juin 2024",
        "après l’étape précédente": "",
    }
    beside = [row["après l’étape précédente"] for row in rows]
    assert beside[1] == "62 jours d’intervalle", "all of July and August 2024"
    assert beside[7] == "2 jours en commun", "3 and 4 April 2025"
    picture = section.find(f".//{SVG}svg")
    assert picture is not None
    assert "62 jours d’intervalle" in said(picture)
    assert "2 jours en commun" in said(picture)
    cards = [said(each) for each in section.iter("li") if "club-card" in each.get("class", "")]
    assert "2 jours communs avec l’étape précédente" in cards[7]


def test_channels_activities_and_outputs_are_listed(imt: Page) -> None:
    cards = [
        said(each)
        for each in imt.section("phases").iter("li")
        if "club-card" in each.get("class", "")
    ]
    assert "enquête" in cards[0]
    assert "courriel, intranet et écrans (liste ouverte)" in cards[1]
    for word in ("enquête", "débat", "atelier", "une image de l’existant"):
        assert word in cards[2], word
    assert "essai" in cards[5]
    assert "présentée à plusieurs comités" in cards[6]
    assert "école par école" in cards[7]


def test_what_the_document_does_not_give_has_no_table(imt: Page) -> None:
    """Neither candidates, weights nor scores were read: none is made up for the IMT."""
    with pytest.raises(AssertionError):
        imt.section("scores")
    assert "ne donne ni candidature, ni poids, ni note" in imt.words


def test_a_phase_without_a_title_is_a_warning_and_no_failure(club_copy: Path) -> None:
    (club_copy / "data/exceptions.yaml").unlink()
    club = load(folder_at(club_copy))
    assert club.errors == ()
    (found,) = [each for each in club.warnings if each.rule.name == "phase-untitled"]
    assert found.place.path == "data/consultations.yaml"


# --- The consultation that is made up, which has candidates, weights and scores ---


@pytest.fixture
def made_up(site: Built) -> Page:
    return site.page(MADE_UP)


def test_tools_by_school_are_a_matrix_from_a_file(made_up: Page, root: Path) -> None:
    table = grid(made_up.section("inventory"))
    assert list(next(iter(table.values()))) == ACADEMIES
    text = (root / "data/tables/exemple-outils.csv").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    held = {row["Outil"]: row for row in csv.DictReader(lines, delimiter=";")}
    assert list(table) == list(held)
    for tool, row in table.items():
        assert row["Académie de Lyon"] == (held[tool]["academie-lyon"] or "inconnu"), tool


def test_the_weights_of_each_are_shown_and_add_up(made_up: Page) -> None:
    table = grid(made_up.section("criteria"))
    *criteria, total = table.values()
    for academy in ACADEMIES:
        assert sum(int(row[academy]) for row in criteria) == int(total[academy]) == 100


def test_no_candidate_is_set_aside_without_its_reason(made_up: Page) -> None:
    table = grid(made_up.section("candidates"))
    assert table["Outil Alpha exemple"]["propositions"] == "7"
    gone = [row for row in table.values() if row["état"].startswith("écartée")]
    assert [row["raison"] for row in gone] == ["Demande un compte personnel hors de l’ENT."]


def test_a_candidate_set_aside_without_a_reason_is_a_fault(club_copy: Path) -> None:
    reason = '      reason: "Demande un compte personnel hors de l’ENT."\n'
    problems = problems_of(club_copy, "data/consultations.yaml", (reason, ""))
    (found,) = [each for each in problems if each.rule.name == "candidate-reason"]
    text = (club_copy / "data/consultations.yaml").read_text("utf-8").splitlines()
    assert found.place.line is not None
    assert "outil-gamma" in "".join(text[found.place.line - 4 : found.place.line + 1])


def test_each_score_names_who_gave_it(made_up: Page) -> None:
    for criterion, row in grid(made_up.section("scores")).items():
        for candidate, cell in row.items():
            if cell != "inconnu":
                named = "Cabinet d’étude" in cell or "Académie de Nantes" in cell
                assert named, (criterion, candidate)
                assert re.search(r"\b2012\b", cell), (criterion, candidate)


def test_the_ranking_is_a_range_where_a_score_is_missing(made_up: Page, site: Built) -> None:
    ranking = grid(made_up.section("ranking"))
    # The means of the weights: 70/3, 30, 20 and 80/3 of 100; the scores of Alpha from 0 to 100.
    alpha = (80 * 70 / 3 + 78 * 30 + 50 * 20 + 100 * 80 / 3) / 100
    assert ranking["Outil Alpha"]["total sur 100"] == f"{alpha:.1f}".replace(".", ",")
    assert ranking["Outil Delta"]["rang"] == "2 à 3"
    low, high = ranking["Outil Delta"]["au moins"], ranking["Outil Delta"]["au plus"]
    assert float(high.replace(",", ".")) - float(low.replace(",", ".")) == pytest.approx(26.7, 0.01)
    plain = site.page(f"{MADE_UP}weights/")
    assert len(rows_of(plain.article)) == 3, "a ranking without a script too"


def test_scores_of_usability_are_those_of_the_questionnaire_and_few_answers_are_masked(
    made_up: Page, root: Path
) -> None:
    found = grid(made_up.section("tests"))
    assert found["Outil Bêta, SUS"]["moyenne"] == f"{_sus(root, 'beta'):.1f}".replace(".", ",")
    delta = found["Outil Delta, SUS"]
    assert delta["moyenne"] == "moins de 5 : aucun chiffre n’est montré"
    assert {delta[name] for name in ("réponses", "au moins", "au plus", "lecture")} == {""}


def _sus(root: Path, candidate: str) -> float:
    """The mean score by the rule of Brooke (1996): odd items less 1, 5 less even items, by 2.5."""
    text = (root / f"data/tables/exemple-sus-{candidate}.csv").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    answers = [list(map(int, line.split(";"))) for line in lines[1:]]
    assert all(len(each) == 10 for each in answers)
    return mean(
        2.5 * (sum(each - 1 for each in row[::2]) + sum(5 - each for each in row[1::2]))
        for row in answers
    )


def test_opinions_have_their_order_and_their_dates(made_up: Page) -> None:
    section = made_up.section("opinions")
    assert titles_of(section) == ["1. Comité des utilisateurs", "2. Comité technique"]
    words = said(section)
    assert words.index("20 novembre 2012") < words.index("27 novembre 2012")


def test_a_plan_a_participant_and_those_that_are_missing(made_up: Page) -> None:
    section = made_up.section("change-plans")
    assert "Pas encore de plan pour : Académie de Nantes." in said(section)
    table = grid(section)
    assert table["Académie de Lyon"]["outil adopté"] == "Outil Alpha"
    assert set(table["Académie de Nantes"].values()) == {"inconnu"}


def test_no_comma_hangs_between_two_badges(site: Built) -> None:
    """On a phone, « service , profil , appareil »: each comma stood alone after a border."""
    cells = site.page("indicators/").article.iter("td")
    several = [
        each
        for each in cells
        if sum("club-badge" in inner.get("class", "") for inner in each.iter("span")) > 1
    ]
    assert several
    for cell in several:
        assert "," in said(cell), "who hears the page hears two words apart"
        assert all("," not in (inner.tail or "") for inner in cell.iter("span"))

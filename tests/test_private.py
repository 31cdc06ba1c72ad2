"""What reaches a person is told, and nothing else that is made of digits or of words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.model.private import in_one, private_contacts
from club.publish.pages.checks import check_pages
from tests.clubs import FROZEN, TOY, club_of

SEPARATORS = st.sampled_from([" ", "\u00a0", "\u202f", ".", "-", "/", "\u2011", "_"])
PAIRS = st.lists(st.integers(0, 99), min_size=4, max_size=4)
BESIDE = st.sampled_from(
    ["", "Tél. : ", "tel:", "(", "« ", "au\n", "appeler ", "75012 Paris ", ","]
)
AFTER = st.sampled_from(["", ".", " 9h-17h", ", ou", ")", "\n", " »", ";"])


def numbers(first: int, rest: list[int], by: str) -> list[str]:
    """One French number in the ways in which people write it."""
    groups = [f"{each:02}" for each in rest]
    return [
        by.join([f"0{first}", *groups]),
        "".join([f"0{first}", *groups]),
        f"+33{by}{first}{by}{by.join(groups)}",
        f"+33{first}{''.join(groups)}",
        f"0033 {first} {' '.join(groups)}",
        f"+33 (0){first}{by}{by.join(groups)}",
        f"0{first}{groups[0]}{by}{by.join(groups[1:])}",
    ]


@given(st.integers(1, 9), PAIRS, SEPARATORS, BESIDE, AFTER)
def test_a_number_is_told_however_it_is_written(
    first: int, rest: list[int], by: str, before: str, after: str
) -> None:
    for number in numbers(first, rest, by):
        found = private_contacts(f"{before}{number}{after}")
        assert [each.start for each in found] == [len(before)], number
        assert found[0].is_number
        assert number not in found[0].told


DATES = st.dates().map(lambda day: day.strftime("%d/%m/%Y"))
DAYS = st.dates().map(lambda day: day.isoformat())
OFFICIAL = st.one_of(
    st.from_regex(r"\A\d{9}\Z"),  # SIREN
    st.from_regex(r"\A\d{14}\Z"),  # SIRET
    st.from_regex(r"\A\d{7}[A-Z]\Z"),  # UAI
    st.from_regex(r"\A97[89]\d{10}\Z"),  # ISBN
    st.from_regex(r"\A[0-9a-f]{40}\Z"),  # a commit
)
AMOUNTS = st.integers(0, 10**12).map(lambda each: f"{each:,}".replace(",", "\u202f"))
CODES = st.lists(st.integers(1, 95), min_size=1, max_size=4).map(
    lambda codes: " ".join(f"{each:02}" for each in codes)
)
QUOTED = st.lists(st.integers(1, 95), min_size=5, max_size=9).map(
    lambda codes: ", ".join(f'"{each:02}"' for each in codes)
)


@given(st.lists(st.one_of(DATES, DAYS, OFFICIAL, AMOUNTS, CODES, QUOTED), max_size=4))
def test_other_figures_are_left_alone(figures: list[str]) -> None:
    assert private_contacts(" ; ".join(figures)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "prenom.nom@ac-fictive.fr",
        "p.nom@departement.fr",
        "Prénom-Nom@region.fr",
        "prenom_nom+ent@region.fr",
        "club.kdecole@gmail.com",
        "quelquun@hotmail.co.uk",
        "prenom.nom (at) ac-fictive.fr",
        "prenom.nom&#64;ac-fictive.fr",
        "prenom.nom arobase gmail.com",
        "marie.durand [at] gmail [point] com",
        "dupont arobase gmail point com",
        "jean.dupont (arobase) ac-lyon(dot)fr",
    ],
)
def test_the_address_of_a_person(text: str) -> None:
    found = private_contacts(f"Écrire à {text}, merci")
    assert [(each.start, each.is_number) for each in found] == [(9, False)]
    assert text not in found[0].told


@pytest.mark.parametrize(
    "text",
    [
        "contact@ac-fictive.fr",
        "ent@ac-fictive.fr",
        "contact.ent@departement.fr",
        "dane-support@ac-fictive.fr",
        "service.numerique@region.fr",
        "prenom.nom@example.org",
        "prenom.nom@academie.example",
        "[@cite]",
        "https://forge.example/@prenom.nom/page",
    ],
)
def test_a_shared_mailbox(text: str) -> None:
    assert private_contacts(f"Écrire à {text}, merci") == ()


def test_no_figure_of_a_whole_club_is_taken_for_a_number() -> None:
    files = [file for club in (TOY, FROZEN) for file in club.rglob("*") if file.is_file()]
    figures = [each for file in files for each in re.findall(r"\d+", file.read_text("utf-8"))]
    assert len(figures) > 1000
    assert [(f, c) for f in files for c in private_contacts(f.read_text("utf-8"))] == []


def test_a_known_exception_lets_a_mailbox_stand(tmp_path: Path) -> None:
    organisation = "a:\n  name: A\n  type: region\n  contact: region@orange.fr\n"
    told = check_pages(club_of(tmp_path / "one", {"data/organisations.yaml": organisation}))
    assert [each.rule.name for each in told.stopping] == ["private-contact"]
    exceptions = "- {rule: private-contact, record: organisations/a, reason: Sa seule boîte.}\n"
    files = {"data/organisations.yaml": organisation, "data/exceptions.yaml": exceptions}
    kept = check_pages(club_of(tmp_path / "two", files))
    assert kept.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "06&nbsp;12&nbsp;34&nbsp;56&nbsp;78",
        "06&#160;12&#xA0;34&nbsp;56&nbsp;78",
        "(02) 40 12 34 56",
        "(02)40123456",
    ],
)
def test_a_number_with_spaces_of_html_or_in_brackets_went_by(text: str) -> None:
    (found,) = private_contacts(f"Au {text}, merci")
    assert found.is_number
    assert found.start == 3
    assert private_contacts("En (02) 2012, 40 projets") == ()


@pytest.mark.parametrize(
    "name",
    [
        *("contact", "ent", "dane", "support", "support-ent", "dane31", "poleent", "assistanceent"),
        *("ce.0311234x", "0311234x", "ia31", "rectorat", "mairie", "elyco", "e-lyco", "fictive"),
    ],
)
def test_a_mailbox_of_a_role_or_of_a_project_is_nobodys(name: str) -> None:
    assert private_contacts(f"{name}@ac-fictive.fr", {in_one("e-lyco"), in_one("Région")}) == ()


@pytest.mark.parametrize("name", ["jmartin", "mlaurent", "JDaniel", "pgarnier2", "cvincent+ent"])
def test_an_initial_and_a_last_name_passed_for_the_mailbox_of_a_role(name: str) -> None:
    (found,) = private_contacts(f"{name}@ac-fictive.fr", {in_one("e-lyco")})
    assert not found.is_sure
    assert found.told == f"{name[0]}…@ac-fictive.fr"
    assert found.instead == "contact@ac-fictive.fr"

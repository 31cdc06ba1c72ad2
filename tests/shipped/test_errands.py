"""Ten errands of members, from the home page in a real browser, each in three clicks or fewer."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page

from tests.shipped.conftest import DESKTOP, Built, build, served
from tests.wiki.repos import git

MOST = 3
MEETING = """\
title: Rencontre annuelle 2024
type: plenary
status: planned
date: 2024-03-14
place: Nantes
"""
CONTRACTS = """
comparaison-des-marches:
  title: Marchés
  subjects: [ent-mip, e-lyco]
  criteria:
    - {id: terme, label: Terme annoncé, type: end}
  cells:
    - {subject: ent-mip, criterion: terme, claim: {value: "2015", as_of: 2012}}
"""


@pytest.fixture(scope="module")
def there(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The frozen club with a meeting to come, an end of a contract and a contact."""
    club = copytree(root, tmp_path_factory.mktemp("errands") / "club")
    (club / "data/meetings/pleniere-2024.yaml").write_text(MEETING, "utf-8")
    with (club / "data/comparisons.yaml").open("a", encoding="utf-8") as file:
        file.write(CONTRACTS)
    organisations = club / "data/organisations.yaml"
    text = organisations.read_text("utf-8")
    box = "departement-loire:\n  contact: ent@loire.example\n"
    organisations.write_text(text.replace("departement-loire:\n", box, 1), "utf-8")
    git(club, "add", ".")
    git(club, "commit", "-q", "-m", "Un contact, une échéance et une rencontre")
    target = club.parent / "site"
    done = build(club, target)
    assert done.returncode == 0, done.stderr
    with served(Built(target)) as address:
        yield address


class Walk:
    """A walk from the home page, which counts its clicks."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self._home, self._clicks = page, home, 0
        page.set_default_timeout(10_000)

    def begin(self) -> Walk:
        self.page.goto(self._home)
        self._clicks = 0
        return self

    def click(self, name: str, within: str = "body") -> Walk:
        self._clicks += 1
        assert self._clicks <= MOST, f"more than {MOST} clicks to {name}"
        named = re.compile("^" + r"\s".join(map(re.escape, name.split())))
        self.page.locator(within).get_by_role("link", name=named).first.click()
        return self

    def row(self, name: str) -> str:
        """The words of the row of the table that begins with *name*."""
        found = self.page.locator("article tbody tr").filter(has=self.page.get_by_text(name)).first
        return re.sub(r"\s+", " ", found.inner_text())

    @property
    def first_section(self) -> str:
        return re.sub(r"\s+", " ", self.page.locator("article section").first.inner_text())


def who_offers_a_service(walk: Walk) -> None:
    walk.begin().click("Services", ".club-tabs").click("Cahier de textes", "article")
    walk.page.locator("#offers").wait_for()
    row = walk.row("Cybercollèges 42")
    assert "disponible" in row
    assert "Cybercollèges42, c’est dans la poche" in row
    assert "2014" in row


def what_the_vendor_has_not_answered(walk: Walk) -> None:
    walk.begin().click("Demandes", ".club-tabs").click("En attente de l’éditeur", "article")
    assert "18 juin 2012" in walk.row("Mettre à jour l’emploi du temps")
    walk.click("Mettre à jour l’emploi du temps", "article")
    walk.page.locator("#answers").wait_for()
    assert "Transmise (18 juin 2012) : la réponse est attendue." in walk.first_section


def what_a_project_has_not_said(walk: Walk) -> None:
    walk.begin().click("Projets", ".club-tabs").click("Positions à donner : e-lyco", "article")
    assert "proposée" in walk.row("Ajouter un cahier de liaison")
    walk.begin().click("Demandes", ".club-tabs").click("Positions par projet", "article")
    assert "à donner" in walk.row("Ajouter un cahier de liaison")


def when_the_next_plenary_is(walk: Walk) -> None:
    walk.begin().click("Rencontres", ".club-tabs").click("Rencontre annuelle 2024", "article")
    link = walk.page.get_by_role("link", name="Ajouter à un agenda")
    file = walk.page.request.get(str(link.evaluate("link => link.href"))).body()
    [event] = Calendar.from_ical(file).walk("VEVENT")
    assert event["dtstart"].dt == date(2024, 3, 14)


def when_contracts_end(walk: Walk) -> None:
    walk.begin().click("Projets", ".club-tabs").click("Échéances des marchés", "article")
    assert "2015" in walk.row("ENT-MIP")
    assert "e-lyco" in walk.page.locator("[aria-labelledby=unknown]").inner_text()


def whom_to_write_to(walk: Walk) -> None:
    walk.begin().click("Projets", ".club-tabs").click("À qui écrire", "article")
    assert "ent@loire.example" in walk.row("Cybercollèges 42")
    assert "inconnu" in walk.row("e-lyco")
    assert "ajouter une ligne" in walk.page.locator("article").inner_text()


def the_matrix_in_a_spreadsheet(walk: Walk) -> None:
    walk.begin().click("Services", ".club-tabs").click("Les services, projet par projet", "article")
    with walk.page.expect_download() as waited:
        walk.click("Tableur (XLSX)", "article")
    assert waited.value.suggested_filename == "les-services-projet-par-projet.xlsx"
    sheet = load_workbook(io.BytesIO(waited.value.path().read_bytes())).worksheets[0]
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert head[0] == "Service"
    assert "e-lyco" in head
    assert "Cahier de textes" in [row[0] for row in rows]


def what_changed_since_the_last_plenary(walk: Walk) -> None:
    walk.begin().click("Rencontres", ".club-tabs").click("Ce qui a bougé depuis", "article")
    walk.page.locator("h1", has_text="Réunion de lancement du club").wait_for()


def who_solved_a_difficulty(walk: Walk) -> None:
    walk.begin().click("Pratiques et difficultés", ".club-tabs").click("Difficultés", "nav")
    row = walk.row("Une même absence")
    assert "e-lyco" in row
    assert "Demander au logiciel" in row


SEARCHES = {
    "elyco": "projects/e-lyco/",
    "e-lyco": "projects/e-lyco/",
    "entmip": "projects/ent-mip/",
    "cahier de texte": "services/cahier-de-textes/",
    "academie": "organisations/academie-",
    "reunion": "meetings/reunion-lancement-2012/",
    "établissement": "services/",
}


def anything_by_a_word(walk: Walk) -> None:
    """The words as people type them, less accents and hyphens."""
    walk.begin()
    walk.page.locator(".club-seek").click()
    field = walk.page.locator("dialog input")
    for words, address in SEARCHES.items():
        field.fill("")
        field.press_sequentially(words, delay=5)
        found = walk.page.locator(f"dialog li:has(a[href*='{address}'])")
        found.first.wait_for()
        said = found.first.inner_text()
        assert "None" not in said
        assert not re.search(r"\w\.\w+\.\w", said), said


OFF = (
    who_offers_a_service,
    what_the_vendor_has_not_answered,
    what_a_project_has_not_said,
    when_the_next_plenary_is,
    when_contracts_end,
    whom_to_write_to,
)
ON = (
    *OFF,
    the_matrix_in_a_spreadsheet,
    what_changed_since_the_last_plenary,
    who_solved_a_difficulty,
    anything_by_a_word,
)


def test_the_ten_errands(browser: Browser, there: str) -> None:
    context = browser.new_context(viewport=DESKTOP, locale="fr-FR")
    walk = Walk(context.new_page(), there)
    for errand in ON:
        errand(walk)
    context.close()


def test_those_that_need_no_script_without_one(browser: Browser, there: str) -> None:
    context = browser.new_context(viewport=DESKTOP, locale="fr-FR", java_script_enabled=False)
    walk = Walk(context.new_page(), there)
    for errand in OFF:
        errand(walk)
    context.close()

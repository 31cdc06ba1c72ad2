"""One's own page, in a real browser: chosen, kept, offered on the home page, and forgotten."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.shipped.conftest import DESKTOP, PHONE, Built, Quiet
from tests.shipped.test_browser import faults

MINE = "C’est ma page"
FORGET = "Oublier ce choix"
REFUSING = {
    "all": """Object.defineProperty(window, "localStorage", {
      get() { throw new DOMException("refused", "SecurityError"); } });""",
    "writing": """Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError"); };""",
}


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, locale="fr-FR", bypass_csp=True)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def tab(context: BrowserContext) -> Page:
    return context.new_page()


def own(tab: Page) -> str:
    """What the home page, or that of choices, says is the reader's own."""
    found = tab.locator(".club-desks__mine")
    return " ".join(found.inner_text().split()) if found.count() else ""


def choose(tab: Page, address: str, name: str = "e-lyco") -> None:
    """From the home page to the page of *name*, made one's own."""
    tab.goto(address)
    tab.locator(".club-desks").get_by_role("link", name=name).first.click()
    tab.get_by_role("button", name=MINE).click()
    assert tab.get_by_role("button", name=MINE).get_attribute("aria-pressed") == "true"


def test_a_project_that_was_chosen_is_first_on_the_home_page_until_it_is_forgotten(
    tab: Page, address: str
) -> None:
    tab.goto(address)
    assert own(tab) == ""
    assert tab.locator(".club-board > section").first.get_attribute("aria-labelledby") != "desk"
    choose(tab, address)
    tab.reload()
    assert tab.get_by_role("button", name=MINE).get_attribute("aria-pressed") == "true"
    tab.goto(address)
    assert own(tab).startswith("Le vôtre : e-lyco À faire : ")
    assert tab.locator(".club-board > section").first.get_attribute("aria-labelledby") == "desk"
    assert not tab.locator(".club-desks__list").first.is_visible()
    assert faults(tab) == []
    tab.get_by_role("button", name=FORGET).click()
    assert tab.locator(".club-desks__list").first.is_visible()
    tab.goto(address)
    assert own(tab) == ""


def test_what_awaits_is_as_many_on_the_home_page_as_on_the_desk(tab: Page, address: str) -> None:
    choose(tab, address)
    said = tab.locator(".club-badges").inner_text()
    tab.goto(address)
    count = tab.locator(".club-desks__mine .club-count").inner_text()
    assert count.strip()
    assert count.strip() in said


def test_a_choice_is_there_on_the_way_back(tab: Page, address: str) -> None:
    """The browser may have kept the home page as it was before the choice."""
    choose(tab, address)
    tab.go_back()
    tab.locator(".club-desks__mine").wait_for()
    assert own(tab).startswith("Le vôtre : e-lyco")


def test_a_second_touch_forgets_and_another_page_takes_the_place(tab: Page, address: str) -> None:
    choose(tab, address)
    tab.get_by_role("button", name=MINE).click()
    assert tab.get_by_role("button", name=MINE).get_attribute("aria-pressed") == "false"
    tab.goto(address)
    assert own(tab) == ""
    choose(tab, address)
    choose_other = f"{address}projects/ent-mip/desk/"
    tab.goto(choose_other)
    tab.get_by_role("button", name=MINE).click()
    tab.goto(f"{address}desk/")
    assert own(tab).startswith("Le vôtre : ENT-MIP")
    assert tab.locator(".club-desks__list").first.is_visible()


def test_an_organisation_may_be_one_s_own(tab: Page, address: str) -> None:
    tab.goto(f"{address}organisations/departement-loire/desk/")
    tab.get_by_role("button", name=MINE).click()
    tab.goto(address)
    assert "Loire" in own(tab)


def test_a_project_that_is_gone_is_said_to_be(tab: Page, address: str) -> None:
    choose(tab, address)
    tab.evaluate(
        """() => { for (const key of Object.keys(localStorage))
        if (key.startsWith("club-desk")) localStorage.setItem(key, "projects/disparu/desk/"); }"""
    )
    tab.goto(address)
    words = tab.locator(".club-desks").inner_text()
    assert "n’est plus sur ce site" in words.replace("\xa0", " ")
    assert tab.locator(".club-desks__list").first.is_visible()


@pytest.mark.parametrize("what", REFUSING)
def test_a_browser_that_keeps_nothing_says_so(
    context: BrowserContext, address: str, what: str
) -> None:
    context.add_init_script(REFUSING[what])
    tab = context.new_page()
    tab.goto(f"{address}projects/e-lyco/desk/")
    tab.get_by_role("button", name=MINE).click()
    assert "refuse" in tab.locator(".club-mine [role=status]").inner_text()
    assert tab.get_by_role("button", name=MINE).get_attribute("aria-pressed") == "false"
    tab.goto(address)
    assert own(tab) == ""
    assert tab.locator(".club-desks__list").first.is_visible()


def test_without_scripts_the_desks_are_a_list_and_nothing_asks_for_a_choice(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    tab = context.new_page()
    tab.goto(address)
    tab.locator(".club-desks a", has_text="e-lyco").first.click()
    assert "e-lyco" in tab.inner_text("h1")
    assert tab.get_by_role("button", name=MINE).count() == 0
    assert not tab.locator(".club-mine").is_visible()
    assert tab.locator("#positions").is_visible()
    context.close()


@pytest.fixture(scope="module")
def two_clubs(site: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same site twice on one host, each below a path of its own."""
    root = tmp_path_factory.mktemp("host")
    for name in ("un", "deux"):
        shutil.copytree(site.folder, root / name)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_two_clubs_of_one_host_keep_a_choice_each(tab: Page, two_clubs: str) -> None:
    choose(tab, f"{two_clubs}un/", "e-lyco")
    tab.goto(f"{two_clubs}deux/")
    assert own(tab) == ""
    choose(tab, f"{two_clubs}deux/", "ENT-MIP")
    tab.goto(f"{two_clubs}un/index.html")
    assert own(tab).startswith("Le vôtre : e-lyco")
    tab.goto(f"{two_clubs}deux/")
    assert own(tab).startswith("Le vôtre : ENT-MIP")


@pytest.mark.parametrize("width", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize(
    "url",
    [
        "desk/",
        "projects/e-lyco/desk/",
        "organisations/departement-loire/desk/",
        "difficulties/solved/?words=absence",
        "requests/vendor/",
    ],
)
def test_axe_finds_nothing_on_the_pages_of_who_has_five_minutes(
    browser: Browser, address: str, url: str, width: dict[str, int]
) -> None:
    context = browser.new_context(viewport=width, locale="fr-FR", bypass_csp=True)  # type: ignore[arg-type]
    tab = context.new_page()
    tab.goto(address + url)
    for button in tab.get_by_role("button", name=MINE).all():
        button.click()
    found = faults(tab)
    is_wider = tab.evaluate("document.documentElement.scrollWidth") > width["width"]
    context.close()
    assert found == []
    assert not is_wider


def shown(tab: Page) -> list[str]:
    return [each.strip() for each in tab.locator("article tbody tr:visible th").all_inner_texts()]


def test_words_without_their_accents_lead_to_who_solved_it(tab: Page, address: str) -> None:
    """In the whole texts too: what is typed stands in the cause, which the table does not show."""
    tab.goto(f"{address}difficulties/solved/")
    every = shown(tab)
    tab.get_by_label("Mots").fill("CORRIGEE comme")
    assert len(every) > 1
    (found,) = shown(tab)
    assert found.startswith("Une même absence apparaît deux fois")
    assert "words=CORRIGEE+comme" in tab.url
    tab.reload()
    assert len(shown(tab)) == 1
    tab.get_by_role("button", name="Retirer les filtres").click()
    assert shown(tab) == every
    assert "words=" not in tab.url


def test_from_a_service_to_who_solved_it(tab: Page, address: str) -> None:
    tab.goto(f"{address}difficulties/solved/")
    tab.get_by_label("Service").select_option("absences")
    (row,) = tab.locator("article tbody tr:visible").all()
    assert "e-lyco" in row.inner_text()
    assert "service=absences" in tab.url


def test_the_files_of_the_pages_stand_where_their_links_lead(site: Built) -> None:
    for url in ("requests/vendor/", "difficulties/solved/", "projects/e-lyco/desk/"):
        page = site.page(url)
        local = [href for href in page.links().values() if not href.startswith(("http", "#"))]
        assert local
        for href in local:
            target = (Path(page.path).parent / href.split("#")[0].split("?")[0]).resolve()
            assert target.exists(), href

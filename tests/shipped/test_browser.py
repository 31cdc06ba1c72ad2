"""The frozen club in a real Chromium: keyboard, phone, dark, scripts off, and axe."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import chromium
from tests.clubs import REGISTRY, few
from tests.shipped.conftest import Built

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 800}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
EXAMPLES = {
    "projects": "projects/ent-mip/",
    "platforms": "platforms/k-decole/",
    "organisations": "organisations/academie-nantes/",
    "axes": "axes/axe-services/",
    "services": "services/cahier-de-textes/",
    "families": "families/famille-icart-parents/",
    "comparisons": "comparisons/comparaison-versions/",
    "requests": "requests/demande-export-cahier-de-textes/",
    "meetings": "meetings/reunion-lancement-2012/",
    "decisions": "decisions/decision-wiki/",
    "practices": "practices/pratique-convocations/",
    "difficulties": "difficulties/difficulte-absences-en-double/",
    "domains": "domains/domaine-communication-interne/",
    "sources": "sources/s3-ludomag-club/",
}
OTHERS = (
    "",
    "requests/",
    "projects/",
    "services/",
    "services/matrix/",
    "contribuer/",
    "accessibilite/",
    "news/",
    "report/",
    "tags/",
    "requetes/",
)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@pytest.fixture(scope="module")
def address(site: Built) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site.folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium.find()
    assert path, "no Chromium: run `make browser`"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=DESKTOP, locale="fr-FR")
    yield context.new_page()
    context.close()


def first_of(site: Built, collection: str) -> str:
    if collection in EXAMPLES:
        return EXAMPLES[collection]
    folders = sorted(each.parent.name for each in (site.folder / collection).glob("*/index.html"))
    known = {kind.collection for kind in REGISTRY.kinds}
    pages = (f"{collection}/{name}/" for name in folders if name not in known)
    return next(pages, f"{collection}/")


def tab_to(page: Page, wanted: str, most: int = 400) -> None:
    """Presses Tab until the focus is on the link whose address ends with *wanted*."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if str(page.evaluate("document.activeElement?.href ?? ''")).endswith(wanted):
            assert page.evaluate(
                """() => { const s = getComputedStyle(document.activeElement);
                return s.outlineStyle !== 'none' || s.boxShadow !== 'none'; }"""
            ), f"the focus on {wanted} cannot be seen"
            return
    raise AssertionError(f"no link to {wanted} is reached by the keyboard on {page.url}")


def test_from_home_to_a_request_by_the_keyboard_alone(page: Page, address: str) -> None:
    page.goto(address)
    tab_to(page, "/projects/e-lyco/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/projects/e-lyco/")
    assert "e-lyco" in page.inner_text("h1")
    tab_to(page, "/services/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/services/")
    tab_to(page, "/services/matrix/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/services/matrix/")
    tab_to(page, "/requests/demande-livret-de-competences/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/requests/demande-livret-de-competences/")
    assert page.locator("#positions").is_visible()


def test_the_skip_link_leads_to_the_content(page: Page, address: str) -> None:
    page.goto(f"{address}projects/ent-mip/")
    page.keyboard.press("Tab")
    assert "md-skip" in str(page.evaluate("document.activeElement.className"))
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash").startswith("#")
    assert page.evaluate("document.querySelector(location.hash) !== null")


@pytest.fixture
def without_scripts(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, locale="fr-FR", java_script_enabled=False)
    yield context
    context.close()


def test_the_same_walk_with_scripts_off_on_a_phone(
    without_scripts: BrowserContext, address: str
) -> None:
    page = without_scripts.new_page()
    page.goto(address)
    page.locator("article a[href='projects/e-lyco/']").first.click()
    assert "e-lyco" in page.inner_text("h1")
    page.goto(f"{address}services/")
    page.locator("article a[href='../services/matrix/']").first.click()
    page.locator("article a[href*='requests/demande-']").first.click()
    assert page.locator("#positions").is_visible()
    page.goto(f"{address}requests/")
    page.locator("article a[href='../requests/state/shared/']").click()
    assert page.locator("article tbody tr").count() >= 1


@pytest.mark.parametrize("url", [*OTHERS, *EXAMPLES.values()])
def test_nothing_overflows_a_phone(browser: Browser, address: str, url: str) -> None:
    context = browser.new_context(viewport=PHONE, locale="fr-FR")
    page = context.new_page()
    page.goto(address + url)
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert wide <= PHONE["width"]


REFUSED = "addEventListener('securitypolicyviolation', e => console.error('refused', e.blockedURI))"


def test_no_page_is_refused_anything_nor_asks_another_host(
    browser: Browser, address: str, site: Built
) -> None:
    """The theme looked for a site map beside the feed on every page, and found none."""
    context = browser.new_context(viewport=DESKTOP, locale="fr-FR")
    page, seen = context.new_page(), []
    page.add_init_script(REFUSED)
    page.on("console", lambda said: seen.append(f"{page.url} {said.text}"))
    page.on("pageerror", lambda error: seen.append(f"{page.url} {error}"))
    page.on(
        "request",
        lambda each: each.url.startswith((address, "data:")) or seen.append(each.url),
    )
    firsts = (first_of(site, kind.collection) for kind in REGISTRY.kinds)
    for url in (*OTHERS, *firsts, "404.html"):
        page.goto(address + url, wait_until="networkidle")
        page.locator("[data-club-palette]").first.click()
    page.goto(address, wait_until="networkidle")
    page.locator(".md-search__input").click()
    page.keyboard.type("Toulouse", delay=20)
    page.locator(".md-search-result__link").first.wait_for(timeout=15_000)
    context.close()
    assert seen == []


@pytest.mark.parametrize("scheme", few(["light", "dark"]))
@pytest.mark.parametrize("collection", [*(kind.collection for kind in REGISTRY.kinds), *OTHERS])
def test_axe_finds_nothing(
    browser: Browser, address: str, site: Built, collection: str, scheme: Any
) -> None:
    url = collection if collection in OTHERS else first_of(site, collection)
    viewport = PHONE if scheme == "dark" else DESKTOP
    context = browser.new_context(viewport=viewport, locale="fr-FR", color_scheme=scheme)
    page = context.new_page()
    page.goto(address + url)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    context.close()
    assert found.violations_count == 0, found.generate_report()


def test_dark_mode_is_dark(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=DESKTOP, color_scheme="dark")
    page = context.new_page()
    page.goto(f"{address}projects/ent-mip/")
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    context.close()
    red, green, blue = (int(part) for part in colour.split("(")[1].rstrip(")").split(",")[:3])
    assert max(red, green, blue) < 80


def test_no_request_leaves_the_site(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for url in ("", "projects/ent-mip/", "services/matrix/", "requests/"):
        page.goto(address + url)
        page.wait_for_load_state("networkidle")
    assert asked
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


def visible_rows(page: Page) -> int:
    return page.locator("article table tbody tr:visible").count()


def test_a_filter_narrows_the_table_and_stays_in_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}requests/")
    every = visible_rows(page)
    page.locator("[data-facet=state] select").select_option("shared")
    narrowed = visible_rows(page)
    assert 0 < narrowed < every
    assert "state=shared" in page.url
    page.reload()
    assert visible_rows(page) == narrowed
    page.locator("[data-facet=state] select").select_option("")
    assert visible_rows(page) == every
    assert "state=" not in page.url


def test_two_filters_combine(page: Page, address: str) -> None:
    page.goto(f"{address}requests/?project=e-lyco")
    by_project = visible_rows(page)
    page.locator("[data-facet=state] select").select_option("delivered")
    assert visible_rows(page) <= by_project
    assert "project=e-lyco" in page.url
    assert "state=delivered" in page.url


def test_a_column_sorts_and_says_so(page: Page, address: str) -> None:
    page.goto(f"{address}projects/")
    heads = page.locator("article table thead th")
    heads.first.locator("button").click()
    assert heads.first.get_attribute("aria-sort") == "ascending"
    names = page.locator("article table tbody th").all_inner_texts()
    folded = [name.casefold().replace("’", "") for name in names]
    assert folded == sorted(folded)
    heads.first.locator("button").click()
    assert heads.first.get_attribute("aria-sort") == "descending"


def test_differences_toggle_in_place_and_stay_in_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}services/matrix/")
    every = visible_rows(page)
    page.get_by_role("button", name="différences").click()
    assert visible_rows(page) < every
    assert "differences=1" in page.url


def test_the_search_finds_a_record(page: Page, address: str) -> None:
    page.goto(address, wait_until="networkidle")
    page.locator(".md-search__input").click()
    page.keyboard.type("Tarn-et-Garonne", delay=20)
    result = page.locator(".md-search-result__link[href*='departement-tarn-et-garonne']").first
    result.wait_for(timeout=15_000)

"""The frozen club in a real Chromium: keyboard, phone, dark, scripts off, and axe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.clubs import few
from tests.shipped.conftest import DESKTOP, PHONE, Built

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SHAPES = (
    "",
    "projects/e-lyco/",
    "services/matrix/",
    "projects/map/",
    "requests/demande-export-cahier-de-textes/",
    "meetings/reunion-lancement-2012/",
    "contribuer/",
    "requests/",
    "report/",
    "projects/ent-mip/",
    "projects/",
    "services/",
    "accessibilite/",
    "news/",
    "tags/",
    "requetes/",
    "platforms/k-decole/",
    "organisations/academie-nantes/",
    "axes/axe-services/",
    "services/cahier-de-textes/",
    "families/famille-icart-parents/",
    "comparisons/comparaison-versions/",
    "decisions/decision-wiki/",
    "practices/pratique-convocations/",
    "difficulties/difficulte-absences-en-double/",
    "domains/domaine-communication-interne/",
    "sources/s3-ludomag-club/",
    "projects/schools/",
)
"""A page of each shape, the most read first."""


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


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_buttons_of_the_header_did_not_show_that_they_had_the_focus(
    browser: Browser, address: str, width: int, scheme: Any
) -> None:
    context = browser.new_context(viewport={**PHONE, "width": width}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{address}projects/ent-mip/")
    seen = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        name, style = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
            return [e.className, `${s.outlineStyle} ${s.outlineWidth}`]; }"""
        )
        if "md-header__button" in name:
            seen.add(name)
            assert style == "solid 2px", name
    context.close()
    assert seen


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


@pytest.mark.parametrize("url", few(SHAPES, 8))
def test_nothing_overflows_a_phone(browser: Browser, address: str, url: str) -> None:
    context = browser.new_context(viewport=PHONE, locale="fr-FR")
    page = context.new_page()
    page.goto(address + url)
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert wide <= PHONE["width"]


REFUSED = "addEventListener('securitypolicyviolation', e => console.error('refused', e.blockedURI))"


def overheard(page: Page, address: str) -> list[str]:
    """What *page* complains of, is refused, misses or asks of others, from now on."""
    seen: list[str] = []
    page.add_init_script(REFUSED)
    page.on("console", lambda said: seen.append(f"{page.url} {said.text}"))
    page.on("pageerror", lambda error: seen.append(f"{page.url} {error}"))
    page.on(
        "response",
        lambda each: each.status < 400 or seen.append(f"{page.url} {each.status} {each.url}"),
    )
    page.on(
        "request",
        lambda each: each.url.startswith((address, "data:")) or seen.append(each.url),
    )
    return seen


def switch_palettes(page: Page) -> None:
    for button in page.locator("[data-club-palette]").all():  # an old address has none
        button.click()


def test_no_page_is_refused_anything_nor_asks_another_host(browser: Browser, address: str) -> None:
    """The theme looked for a site map beside the feed on every page, and found none."""
    context = browser.new_context(viewport=DESKTOP, locale="fr-FR")
    page = context.new_page()
    seen = overheard(page, address)
    for url in (*SHAPES[:6], "404.html"):
        page.goto(address + url, wait_until="networkidle")
        switch_palettes(page)
    page.goto(address, wait_until="networkidle")
    page.locator(".club-seek").click()
    page.locator("dialog input").wait_for()
    page.keyboard.type("Toulouse", delay=20)
    page.locator("dialog li a").first.wait_for()
    page.goto(f"{address}search/?q=Toulouse", wait_until="networkidle")
    context.close()
    assert seen == []


AXE = {
    "runOnly": {"type": "tag", "values": RULES},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}


def every_page(site: Built) -> list[str]:
    """The address of each page, those of errors aside, and those that lead on at once."""
    pages = (page for page in site.pages() if page.path.name == "index.html")
    return [
        page.url.removeprefix("./")
        for page in pages
        if 'http-equiv="refresh"' not in page.path.read_text("utf-8")
    ]


def faults(page: Page) -> list[str]:
    """What axe finds, an element each."""
    found = Axe().run(page, options=AXE).response["violations"]
    return [
        f"{page.url} {each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]
    ]


@pytest.mark.parametrize("url", few(SHAPES, 8))
def test_axe_finds_nothing(browser: Browser, address: str, url: str) -> None:
    context = browser.new_context(viewport=DESKTOP, locale="fr-FR")
    page = context.new_page()
    page.goto(address + url)
    found = faults(page)
    context.close()
    assert found == []


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_is_well_on_every_page(
    browser: Browser, address: str, site: Built, scheme: Any
) -> None:
    """Light on a desktop and dark on a phone: axe, the console, and what a page asks for."""
    viewport = PHONE if scheme == "dark" else DESKTOP
    context = browser.new_context(viewport=viewport, locale="fr-FR", color_scheme=scheme)
    page = context.new_page()
    seen = overheard(page, address)
    for url in (*every_page(site), "404.html"):
        page.goto(address + url)
        seen += faults(page)
        if page.evaluate("document.documentElement.scrollWidth") > viewport["width"]:
            seen.append(f"{url} overflows")
        switch_palettes(page)
    context.close()
    assert seen == []


def drawer_open(page: Page, address: str) -> None:
    page.goto(f"{address}projects/ent-mip/")
    page.locator(".club-menu").click()
    page.locator(".club-nav a").first.wait_for()
    page.wait_for_timeout(400)  # the drawer slides in


def search_open(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".club-seek").click()
    page.locator("dialog input").wait_for()
    page.keyboard.type("cahier", delay=20)
    page.locator("dialog li a").first.wait_for()


def search_dark(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="dark")
    search_open(page, address)


def search_shared(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=mesagerie&kind=0")
    page.locator(".club-search li a").first.wait_for()


def search_shared_dark(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="dark")
    search_shared(page, address)


def filters_used(page: Page, address: str) -> None:
    page.goto(f"{address}requests/?state=shared&sort=2")


def pencils_shown(page: Page, address: str) -> None:
    page.goto(f"{address}projects/ent-mip/")
    page.add_style_tag(content=".club-edit { opacity: 1 !important }")


def unfolded(page: Page, address: str) -> None:
    page.goto(f"{address}projects/e-lyco/")
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")


STATES = {
    "drawer": (drawer_open, PHONE),
    "search": (search_open, DESKTOP),
    "search on a phone": (search_open, PHONE),
    "search by night": (search_dark, PHONE),
    "the page of the search": (search_shared, PHONE),
    "the page of the search by night": (search_shared_dark, DESKTOP),
    "filters": (filters_used, PHONE),
    "pencils": (pencils_shown, PHONE),
    "folded": (unfolded, PHONE),
}


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_what_opens(browser: Browser, address: str, state: str) -> None:
    bring, viewport = STATES[state]
    context = browser.new_context(viewport=viewport, locale="fr-FR", bypass_csp=True)
    page = context.new_page()
    bring(page, address)
    found = faults(page)
    context.close()
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_code_in_colours_was_too_pale_on_its_shade(
    browser: Browser, address: str, scheme: Any
) -> None:
    """The keys of YAML, in light: 26 of them on one page."""
    context = browser.new_context(viewport=PHONE, locale="fr-FR", color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{address}contribuer/")
    page.evaluate(
        """() => {
            const said = "k nt kc nf mi s2 l s o p c nv sr na".split(" ");
            const spans = said.map((each) => `<span class="${each}">mot</span>`).join("\\n");
            const code = `<div class="highlight"><pre><code>${spans}</code></pre></div>`;
            document.querySelector("article").insertAdjacentHTML("afterbegin", code);
        }"""
    )
    found = faults(page)
    context.close()
    assert found == []


@pytest.mark.parametrize("url", ["usage/e-lyco/", "indicators/visites-mensuelles/"])
def test_a_head_that_is_sorted_held_a_link_within_its_button(
    browser: Browser, address: str, url: str
) -> None:
    context = browser.new_context(viewport=PHONE, locale="fr-FR")
    page = context.new_page()
    page.goto(address + url)
    page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true; })")
    beside = page.locator("thead th:has(a) > .club-sort")
    assert beside.count() > 0
    assert page.locator("button a").count() == 0
    said = beside.first.locator("xpath=..").locator("a").text_content()
    assert beside.first.get_attribute("aria-label") == said
    beside.first.click()
    head = beside.first.locator("xpath=..")
    assert head.get_attribute("aria-sort") == "ascending"
    found = faults(page)
    context.close()
    assert found == []


def test_dark_mode_is_dark(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=DESKTOP, color_scheme="dark")
    page = context.new_page()
    page.goto(f"{address}projects/ent-mip/")
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    context.close()
    red, green, blue = (int(part) for part in colour.split("(")[1].rstrip(")").split(",")[:3])
    assert max(red, green, blue) < 80


CONTRASTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d");
  const light = colour => {
    canvas.fillStyle = colour;
    const hex = canvas.fillStyle;
    const [r, g, b] = [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16) / 255)
      .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const between = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + .05) / (low + .05);
  };
  const paper = getComputedStyle(document.body).backgroundColor;
  const svg = [...document.querySelectorAll(".club-chart svg")].find(
    each => each.getClientRects().length);
  const fill = each => getComputedStyle(each).fill;
  const on = svg.querySelector(".club-fill--on");
  const painted = [...svg.querySelectorAll("path")].filter(
    each => /club-fill--[0-9]/.test(each.getAttribute("class")));
  const box = svg.getBoundingClientRect();
  return {
    shapes: Math.min(...painted.map(each => between(fill(each), paper))),
    words: Math.min(...[...svg.querySelectorAll("text:not(.club-fill--on)")].map(
      each => between(fill(each), paper))),
    over: on ? Math.min(...painted.map(each => between(fill(each), fill(on)))) : 21,
    inside: [...svg.querySelectorAll("text")].every(each => {
      const own = each.getBoundingClientRect();
      return own.left >= box.left - 1 && own.right <= box.right + 1;
    }),
    wide: box.right <= innerWidth && document.documentElement.scrollWidth <= innerWidth,
    small: Math.min(...[...svg.querySelectorAll("text")].map(
      each => each.getBoundingClientRect().height)),
  };
}"""


ROOMS = """() => [...document.querySelectorAll(".club-chart")].map(figure => {
  const shown = [...figure.querySelectorAll("svg")].filter(each => each.getClientRects().length);
  const box = shown[0].getBoundingClientRect(), grown = box.width / shown[0].viewBox.baseVal.width;
  const sizes = [...shown[0].querySelectorAll("text")].map(
    each => parseFloat(getComputedStyle(each).fontSize) * grown);
  return {
    shown: shown.length, wide: box.width, room: figure.parentElement.clientWidth,
    least: Math.min(...sizes), most: Math.max(...sizes),
  };
})"""
PICTURES = ("projects/schools/", "contracts/timeline/", "rollouts/timeline/", "projects/map/")


@pytest.mark.parametrize("url", PICTURES)
@pytest.mark.parametrize("wide", [375, 768, 1280, 1920])
def test_pictures_were_440_pixels_wide_on_a_desktop_and_had_tiny_letters_on_a_phone(
    browser: Browser, address: str, url: str, wide: int
) -> None:
    context = browser.new_context(viewport={"width": wide, "height": 900})
    page = context.new_page()
    page.goto(address + url)
    rooms = page.evaluate(ROOMS)
    context.close()
    assert rooms
    for each in rooms:
        assert each["shown"] == 1
        assert 11 <= each["least"] <= each["most"] <= 20
        used = min(each["room"], 600 if url == "projects/map/" else 1000)
        assert each["wide"] >= used * 0.95


def test_a_printed_picture_is_as_wide_as_its_paper(browser: Browser, address: str) -> None:
    """718 pixels: an A4 page with margins of a centimetre."""
    context = browser.new_context(viewport={"width": 718, "height": 1000})
    page = context.new_page()
    page.emulate_media(media="print")
    page.goto(f"{address}projects/schools/")
    (room,) = page.evaluate(ROOMS)
    context.close()
    assert room["shown"] == 1
    assert room["wide"] >= 0.9 * 718
    assert 11 <= room["least"] <= room["most"] <= 16


@pytest.mark.parametrize("url", ["projects/map/", "projects/schools/"])
@pytest.mark.parametrize("media", ["light", "dark", "print"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_picture_is_seen_by_day_by_night_on_paper_and_on_a_phone(
    browser: Browser, address: str, url: str, media: str, viewport: Any
) -> None:
    """Shapes stand out, words can be read, and none leaves the picture, whatever the font."""
    context = browser.new_context(viewport=viewport, color_scheme=_scheme(media))
    page = context.new_page()
    if media == "print":
        page.emulate_media(media="print")
    page.goto(address + url)
    found = page.evaluate(CONTRASTS)
    context.close()
    assert found["shapes"] >= 3
    assert found["words"] >= 4.5
    assert found["over"] >= 4.5
    assert found["inside"]
    assert found["wide"]
    assert found["small"] >= 9


def _scheme(media: str) -> Any:
    # A page is printed by night too.
    return "light" if media == "light" else "dark"


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


def test_filters_and_sort_are_there_again_on_the_way_back(page: Page, address: str) -> None:
    """Whatever the browser kept of the page: nothing, or the whole of it."""
    page.goto(f"{address}requests/")
    page.locator("[data-facet=state] select").select_option("shared")
    page.locator("article thead th button").nth(1).click()
    page.locator("article thead th button").nth(1).click()
    before = page.locator("article tbody tr:visible").all_inner_texts()
    assert "sort=-2" in page.url
    page.locator("article tbody tr:visible a").first.click()
    page.wait_for_url("**/requests/demande-*/")
    page.go_back()
    for again in (lambda: None, page.reload):
        again()
        assert page.locator("article tbody tr:visible").all_inner_texts() == before
        assert page.locator("[data-facet=state] select").input_value() == "shared"
        head = page.locator("article thead th").nth(1)
        assert head.get_attribute("aria-sort") == "descending"


def test_differences_toggle_in_place_and_stay_in_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}services/matrix/")
    every = visible_rows(page)
    page.get_by_role("button", name="différences").click()
    assert visible_rows(page) < every
    assert "differences=1" in page.url


def test_the_search_finds_a_record(page: Page, address: str) -> None:
    page.goto(address, wait_until="networkidle")
    page.locator(".club-seek").click()
    page.locator("dialog input").wait_for()
    page.keyboard.type("Tarn-et-Garonne", delay=20)
    page.locator("dialog li a[href*='departement-tarn-et-garonne']").first.wait_for()

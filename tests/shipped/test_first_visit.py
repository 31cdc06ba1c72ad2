"""What a page asks for before its reader asks for anything, and what then comes when they do."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.shipped.conftest import DESKTOP, Built

SEARCH = ("search.js", "/search/start.json", "/search/words/", "/search/texts/")
OF_THE_THEME = ("bundle.", "/workers/", "search_index", "/lunr/")
DARK = "() => document.body.getAttribute('data-md-color-scheme') === 'slate'"


@pytest.fixture
def asked(page: Page) -> list[str]:
    """The paths that the page asks for, as it does."""
    paths: list[str] = []
    page.on("request", lambda each: paths.append(urlsplit(each.url).path))
    return paths


def of_search(paths: list[str]) -> set[str]:
    return {part for part in (*SEARCH, *OF_THE_THEME) if any(part in path for path in paths)}


def ask(page: Page, words: str) -> None:
    """Opens the search above the page and types *words* in it."""
    page.locator(".club-seek").click()
    page.locator("dialog input").wait_for()
    page.keyboard.type(words)
    page.locator("dialog li a").first.wait_for()


def test_nothing_of_the_search_is_asked_for_before_a_search(
    page: Page, address: str, asked: list[str]
) -> None:
    page.goto(f"{address}projects/ent-mip/", wait_until="networkidle")
    page.mouse.wheel(0, 2000)
    for _ in range(20):
        page.keyboard.press("Tab")  # through the link to the search too
    page.wait_for_load_state("networkidle")
    assert of_search(asked) == set()
    assert not any(path.endswith(".map") for path in asked)
    ask(page, "Toulouse")
    assert of_search(asked) == set(SEARCH)


def test_a_search_that_cannot_be_loaded_says_so_and_works_later(page: Page, address: str) -> None:
    page.route("**/search/words/*", lambda route: route.abort())
    page.goto(address)
    page.locator(".club-seek").click()
    page.locator("dialog input").fill("Toulouse")
    page.get_by_text("La recherche n’a pas pu être chargée.").wait_for()
    page.unroute_all()
    page.locator("dialog input").fill("Toulouse 2012")
    page.locator("dialog li a").first.wait_for()


def test_words_found_are_marked_in_the_page(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, "academie")
    page.locator("dialog li a[href*='?h=']").first.click()
    page.wait_for_url("**/?h=*")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    marks = page.locator("article mark")
    marks.first.wait_for()
    assert {each.casefold() for each in marks.all_inner_texts()} == {"académie"}
    # The page that a search led to does not send for the search again.
    assert of_search(asked) == set()


def test_colours_follow_the_reader_until_they_choose(page: Page, address: str) -> None:
    page.goto(address)
    assert not page.evaluate(DARK)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(DARK)
    assert page.evaluate("localStorage.length") == 0
    page.emulate_media(color_scheme="light")
    page.locator("[data-club-palette]").click()
    page.wait_for_function(DARK)
    page.reload()
    assert page.evaluate(DARK)
    said = json.loads(page.evaluate("localStorage.getItem(__md_scope.pathname + '.__palette')"))
    assert said["index"] == 1
    assert said["color"]["scheme"] == "slate"
    assert page.locator("[data-club-palette]").get_attribute("title") == "Passer au thème clair"


def test_the_theme_s_own_script_reads_what_was_chosen(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("[data-club-palette]").click()
    page.goto(f"{address}projects/ent-mip/?h=toulouse", wait_until="networkidle")
    assert page.evaluate(DARK)
    page.locator("[data-club-palette]").click()
    assert not page.evaluate(DARK)


@pytest.mark.parametrize("fragment", ["100%", "%E0"])
def test_the_search_answers_on_a_page_whose_fragment_is_badly_written(
    fragment: str, page: Page, address: str
) -> None:
    page.goto(f"{address}projects/ent-mip/#{fragment}")
    ask(page, "lyco")


def test_the_contents_follow_the_reader(page: Page, address: str) -> None:
    page.goto(f"{address}projects/ent-mip/")
    links = page.locator("[data-md-component=toc] a")
    for index in (1, 3, 0):
        links.nth(index).click()
        wanted = links.nth(index).get_attribute("href")
        page.wait_for_function(
            """href =>
            document.querySelector('.md-nav__link--active')?.getAttribute('href') === href""",
            arg=wanted,
        )
    page.mouse.move(300, 500)
    page.mouse.wheel(0, 3000)
    page.wait_for_function("() => scrollY > 1000")
    page.mouse.wheel(0, -300)
    top = page.locator(".md-top")
    top.wait_for(state="visible")
    top.click()
    page.wait_for_function("() => scrollY === 0")


def test_below_another_site_every_file_is_found(page: Page, below: str) -> None:
    failed: list[str] = []
    page.on("response", lambda each: each.status < 400 or failed.append(each.url))
    page.on("requestfailed", lambda each: failed.append(each.url))
    for url in ("", "projects/ent-mip/", "services/matrix/"):
        page.goto(below + url, wait_until="networkidle")
    ask(page, "Toulouse")
    feed = page.locator("link[type='application/atom+xml']").first.get_attribute("href")
    assert page.request.get(page.evaluate("href => new URL(href, location).href", feed)).ok
    assert failed == []


def whole(site: Built) -> dict[str, Path]:
    """The theme's own style sheets, which each of the site is made from."""
    folder = site.folder / "assets"
    (main,) = folder.glob("stylesheets/main.*.min.css")
    (palette,) = folder.glob("stylesheets/palette.*.min.css")
    return {
        "stylesheets/main.": main,
        "stylesheets/palette.": palette,
        "club/club.": folder / "club/club.css",
    }


def answered_with(sheet: Path, route: Route) -> None:
    route.fulfill(path=sheet)


NOISE = 4
"""Of 255: by how much Chromium draws a letter otherwise in two loads of one page (3 was seen)."""
FURTHEST = """async images => {
  const [a, b] = await Promise.all(images.map(async image => {
    const drawn = await createImageBitmap(await (await fetch(image)).blob());
    const canvas = new OffscreenCanvas(drawn.width, drawn.height);
    canvas.getContext('2d').drawImage(drawn, 0, 0);
    return canvas.getContext('2d').getImageData(0, 0, drawn.width, drawn.height).data;
  }));
  if (a.length !== b.length) return 255;
  return a.reduce((most, each, i) => Math.max(most, Math.abs(each - b[i])), 0);
}"""


def furthest(browser: Browser, *images: bytes) -> int:
    """The greatest difference between two pictures, in any colour of any pixel; 255 if of size."""
    page = browser.new_page()
    told = [f"data:image/png;base64,{b64encode(each).decode()}" for each in images]
    found = page.evaluate(FURTHEST, told)
    page.close()
    return int(found)


PLAIN = ("glossaire/", "projects/ent-mip/", "services/matrix/", "contribuer/", "")


@pytest.mark.long
@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("look", ["light", "dark", "print"])
def test_the_styles_left_out_change_no_pixel(
    browser: Browser, address: str, site: Built, width: int, look: str
) -> None:
    sheets = whole(site)
    scheme = "dark" if look == "dark" else "light"
    context = browser.new_context(viewport={**DESKTOP, "width": width}, color_scheme=scheme)
    page = context.new_page()
    page.emulate_media(media="print" if look == "print" else "screen", color_scheme=scheme)
    for url in PLAIN:
        for start, sheet in sheets.items():
            page.route(f"**/assets/{start}*.css", partial(answered_with, sheet))
        page.goto(address + url, wait_until="networkidle")
        wanted = page.screenshot(full_page=True, animations="disabled")
        page.unroute_all()
        page.goto(address + url, wait_until="networkidle")
        shown = page.screenshot(full_page=True, animations="disabled")
        assert shown == wanted or furthest(browser, shown, wanted) <= NOISE, url
    context.close()

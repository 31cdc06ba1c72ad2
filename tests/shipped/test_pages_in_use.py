"""Home, a project, the matrix and the pencils, as a member and a representative use them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.clubs import few
from tests.shipped.conftest import FORGE

SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 375, "height": 812}}


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=SIZES["phone"], locale="fr-FR")
    yield context.new_page()
    context.close()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page without scripts."""
    context = browser.new_context(viewport=SIZES["phone"], java_script_enabled=False)
    yield context.new_page()
    context.close()


def top_of(page: Page, selector: str) -> float:
    return float(page.locator(selector).first.evaluate("e => e.getBoundingClientRect().top"))


def tabbed(page: Page, selector: str) -> int:
    """How many elements that *selector* finds can be reached by the keyboard."""
    return int(
        page.evaluate(
            "s => [...document.querySelectorAll(s)].filter(e => e.checkVisibility()).length",
            selector,
        )
    )


@pytest.mark.parametrize("size", SIZES)
def test_the_first_screen_of_home_tells_the_next_meeting_and_what_waits(
    browser: Browser, address: str, size: str
) -> None:
    context = browser.new_context(viewport=SIZES[size], locale="fr-FR")
    page = context.new_page()
    page.goto(address)
    tops = [top_of(page, "#upcoming"), top_of(page, "#waiting")]
    context.close()
    assert max(tops) < SIZES[size]["height"] - 60


def test_pencils_are_in_nobody_s_way_until_the_switch_asks_for_them(
    page: Page, address: str
) -> None:
    page.goto(f"{address}projects/ent-mip/")
    assert tabbed(page, ".club-edit, .club-modify a") == 0
    switch = page.get_by_role("button", name="Afficher les crayons")
    switch.focus()
    page.keyboard.press("Enter")
    assert switch.get_attribute("aria-pressed") == "true"
    pencils = page.locator("a.club-edit")
    shown = [each for each in pencils.all() if each.is_visible()]
    assert len(shown) > 10
    for each in shown[:12]:
        box = each.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
        assert str(each.get_attribute("href")).startswith(f"{FORGE}/-/edit/main/data/")
    names = [str(each.get_attribute("aria-label")) for each in shown]
    assert all(name.startswith("Modifier") and len(name) > 12 for name in names)
    assert any("plateforme" in name for name in names)
    page.goto(f"{address}projects/e-lyco/")
    assert tabbed(page, ".club-edit") > 10, "the choice is remembered"
    page.get_by_role("button", name="Afficher les crayons").click()
    page.reload()
    assert tabbed(page, ".club-edit") == 0


def test_without_scripts_each_part_has_one_link_to_where_it_is_written(
    plain: Page, address: str
) -> None:
    plain.goto(f"{address}projects/ent-mip/")
    assert tabbed(plain, ".club-edit, .club-switch") == 0
    links = plain.locator(".club-modify a")
    names = [str(each.get_attribute("aria-label")) for each in links.all() if each.is_visible()]
    assert 4 < len(names) < 20
    assert len(set(names)) == len(names)


def test_a_folded_part_opens_for_its_address(page: Page, address: str) -> None:
    page.goto(f"{address}projects/ent-mip/")
    offers = page.locator("section[aria-labelledby=offers] table")
    assert not offers.is_visible()
    page.goto(f"{address}projects/ent-mip/#offers")
    offers.wait_for(state="visible")
    page.goto(f"{address}projects/e-lyco/")
    page.evaluate("document.querySelector('a[href=\"#offers\"]').click()")
    offers.wait_for(state="visible")


@pytest.mark.parametrize("media", few(["print", "screen"], 2))
def test_without_scripts_a_folded_part_opens_all_the_same(
    plain: Page, address: str, media: str
) -> None:
    fragment = "" if media == "print" else "#offers"
    plain.emulate_media(media=media)  # type: ignore[arg-type]
    plain.goto(f"{address}projects/ent-mip/{fragment}")
    assert plain.locator("section[aria-labelledby=offers] table").bounding_box()
    assert plain.evaluate(
        "document.querySelector('[aria-labelledby=offers] tbody td').checkVisibility("
        "{contentVisibilityAuto: true})"
    )


@pytest.mark.parametrize("size", SIZES)
def test_the_heads_of_the_matrix_stay_while_the_page_scrolls(
    browser: Browser, address: str, size: str
) -> None:
    context = browser.new_context(viewport=SIZES[size], locale="fr-FR")
    page = context.new_page()
    page.goto(f"{address}services/matrix/")
    page.evaluate("scrollTo(0, document.querySelector('.club-table').offsetTop + 900)")
    page.wait_for_function("scrollY > 500")
    header = page.locator(".md-header").evaluate("e => e.getBoundingClientRect().bottom")
    head = page.locator(".club-table thead").evaluate("e => e.getBoundingClientRect().top")
    wide = page.evaluate("document.documentElement.scrollWidth")
    inner = page.locator(".club-table").evaluate(
        "e => [e.scrollHeight - e.clientHeight, e.scrollWidth - e.clientWidth]"
    )
    context.close()
    assert abs(head - header) <= 2
    assert wide <= SIZES[size]["width"]
    assert max(inner) <= 2, "the table has no scroll box of its own"


def test_what_is_unknown_and_what_is_the_same_hide_in_place_and_as_pages(
    page: Page, address: str
) -> None:
    page.goto(f"{address}services/matrix/")
    rows = page.locator("tbody tr:not(.club-group):visible")
    every = rows.count()
    page.get_by_role("button", name="Sans les inconnus").click()
    known = rows.count()
    assert 0 < known < every
    assert "known=1" in page.url
    for head in page.locator(".club-group:visible").all():
        assert head.evaluate("e => e.parentElement.querySelector('tr:not([hidden]) td') !== null")
    page.reload()
    assert rows.count() == known
    page.goto(f"{address}services/matrix/known/")
    assert rows.count() == known
    assert page.locator(".club-unknown").first.inner_text() == "inconnu"


def test_a_cell_leads_to_its_evidence(phone: Page, address: str) -> None:
    phone.goto(f"{address}services/matrix/")
    phone.locator("td a.club-badge").first.click()
    phone.wait_for_url("**/offers/**")


def test_no_computed_page_has_a_link_to_one_record_among_all_it_shows(
    plain: Page, address: str
) -> None:
    for each in ("services/matrix/", "requests/", "projects/contacts/", "report/"):
        plain.goto(address + each)
        assert plain.locator(".club-modify").count() == 0, each


BROKEN_WORDS = r"""() => {
  const broken = [];
  const texts = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode()); ) {
    if (!text.parentElement.closest(".club-rows :is(td, th)")) continue;
    for (const word of text.data.matchAll(/[\p{L}\d]+/gu)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const tops = [...range.getClientRects()].map((each) => Math.round(each.top));
      if (new Set(tops).size > 1) broken.push(word[0]);
    }
  }
  return broken;
}"""


@pytest.mark.parametrize("width", [1280, 768, 375])
def test_no_word_of_a_table_is_cut_in_two(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for each in ("requests/", "meetings/", "offers/", "practices/"):
        page.goto(address + each)
        assert page.evaluate(BROKEN_WORDS) == [], each


def test_what_a_filter_shows_counts_one_example_in_words(page: Page, address: str) -> None:
    page.goto(f"{address}contracts/")
    said = page.locator(".club-shown")
    count = page.locator("article tbody tr").count()
    assert page.locator("article tbody tr[data-example]").count() == 1
    assert said.inner_text().replace("\u00a0", " ") == f"Affichées : {count}, dont un exemple"
    page.locator(".club-filter select").first.select_option(index=1)
    assert said.inner_text().endswith(f" sur {count}")
    assert "1 exemples" not in said.inner_text()


def test_the_legend_of_the_matrix_has_every_word_of_its_cells(page: Page, address: str) -> None:
    page.goto(f"{address}services/matrix/")
    legend = set(page.locator(".club-legend .club-badge").all_inner_texts())
    cells = page.locator("td .club-badge:not(.club-badge--example)").all_inner_texts()
    assert set(cells) - legend == set()

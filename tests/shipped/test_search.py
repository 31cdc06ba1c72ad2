"""The search of the frozen club, in a browser: what comes first, what it costs, how it is used."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.clubs import write
from tests.found import found_in
from tests.shipped.conftest import PHONE, Built, served

FIRST = {
    # As they are written.
    "e-lyco": "projects/e-lyco/",
    "ENT-MIP": "projects/ent-mip/",
    "i-Cart": "projects/i-cart/",
    "K-d’école": "platforms/k-decole/",
    "GAR": "glossaire/#gar",
    "SDET": "glossaire/#sdet",
    "DNMA": "glossaire/#dnma",
    "AAF": "glossaire/#aaf",
    "Connecteur": "glossaire/#connecteur",
    "Doctrine technique": "glossaire/#doctrine-technique",
    "Kosmos": "organisations/kosmos/",
    "Absences": "services/absences/",
    "Notes": "services/notes/",
    "Restauration": "services/restauration/",
    "charte": "charte/",
    # In haste: no accent, no hyphen, no apostrophe, another number, less than a word.
    "elyco": "projects/e-lyco/",
    "E LYCO": "projects/e-lyco/",
    "projet e-lyco": "projects/e-lyco/",
    "entmip": "projects/ent-mip/",
    "icart": "projects/i-cart/",
    "mon lycee": "projects/monlycee-net/",
    "cybercollege": "projects/cybercolleges-42/",
    "kdecole": "platforms/k-decole/",
    "k d ecole": "platforms/k-decole/",
    "connecteurs": "glossaire/#connecteur",
    "media centre": "glossaire/#mediacentre",
    "edu connect": "glossaire/#educonnect",
    "annuaire federateur": "glossaire/#aaf",
    "academie nante": "organisations/academie-nantes/",
    "l'academie de Toulouse": "organisations/academie-toulouse/",
    "haute garonne": "organisations/departement-haute-garonne/",
    "tarn-et-garonne": "organisations/departement-tarn-et-garonne/",
    "region pays de la loire": "organisations/region-pays-de-la-loire/",
    "carnet adresse": "services/carnet-d-adresses/",
    "cahier de texte": "services/cahier-de-textes/",
    "livret competence": "services/livret-de-competences/",
    "moderation des blogs": "requests/demande-moderation-blogs/",
    "consulter absences telephone": "requests/demande-absences-sur-mobile/",
    "reunion lancement": "meetings/reunion-lancement-2012/",
    "accessibilite": "accessibilite/",
    # With the mistakes people make.
    "absance": "services/absences/",
    "emploi du tems": "services/emploi-du-temps/",
    "mediacantre": "glossaire/#mediacentre",
    "conecteur": "glossaire/#connecteur",
    "restoration": "services/restauration/",
    "cahier de textse": "services/cahier-de-textes/",
}
ASK = """async words => {
  const { find, shown } = await import(new URL("assets/club/search.js", location));
  const urls = [];
  for (const each of words) {
    const { ranked } = await find(each);
    urls.push(ranked.length ? (await shown(ranked[0]))[0] : null);
  }
  return urls;
}"""
MOST_BYTES = 200 * 1024


def test_what_must_come_first_does(page: Page, address: str) -> None:
    assert len(FIRST) >= 40
    page.goto(address)
    found = dict(zip(FIRST, page.evaluate(ASK, list(FIRST)), strict=True))
    assert {each: url for each, url in found.items() if url != FIRST[each]} == {}


def opened(page: Page, url: str) -> None:
    """The page at *url* with the search above it."""
    page.goto(url)
    page.locator(".club-seek").click()
    page.locator("dialog input").wait_for()


def asked(page: Page, words: str) -> None:
    page.locator("dialog input").fill(words)
    page.locator("dialog li a").first.wait_for()


@pytest.mark.parametrize("words", ["eleve", "e-lyco", "mesagerie", "cahier de texte"])
def test_a_first_question_downloads_little(
    page: Page, address: str, site: Built, words: str
) -> None:
    paths: list[str] = []
    page.on("request", lambda each: paths.append(urlsplit(each.url).path))
    page.goto(address, wait_until="networkidle")
    before = len(paths)
    page.locator(".club-seek").click()
    page.locator("dialog input").wait_for()
    asked(page, words)
    page.wait_for_load_state("networkidle")
    # Chromium asks for the icon of a page when it pleases.
    asked_for = (each for each in paths[before:] if each != "/assets/club/logo.svg")
    fetched = [site.folder / each.removeprefix("/") for each in asked_for]
    assert all("search" in each.as_posix() for each in fetched)
    assert len(fetched) == len(set(fetched))
    assert sum(len(gzip.compress(each.read_bytes(), 9)) for each in fetched) < MOST_BYTES / 2


def test_results_stand_in_groups_and_say_what_they_are(page: Page, address: str) -> None:
    opened(page, address)
    asked(page, "cahier de texte")
    status = page.locator("dialog [role=status]")
    assert re.fullmatch(r"\d+ résultats pour «\u00a0cahier de texte\u00a0»\.", status.inner_text())
    groups = page.locator("dialog section")
    assert groups.locator("h2").all_inner_texts()[:3] == ["Services", "Définitions", "Offres"]
    for group in groups.all():
        named = page.locator(f"[id='{group.get_attribute('aria-labelledby')}']")
        assert named.inner_text()
    made_up = page.locator("dialog li", has_text="Cahier de textes – ENT")
    assert "exemple" in made_up.inner_text()
    marks = page.locator("dialog mark").all_inner_texts()
    assert {each.lower().rstrip("s") for each in marks} == {"cahier", "texte"}


def test_what_was_looked_for_instead_is_said(page: Page, address: str) -> None:
    opened(page, address)
    asked(page, "emploi du tems")
    said = page.locator("dialog [role=status]").inner_text()
    assert "cherché «\u00a0temps\u00a0»" in said
    page.locator("dialog input").fill("zzyzx")
    page.get_by_text("Aucun résultat pour «\u00a0zzyzx\u00a0».").wait_for()
    assert page.locator("dialog li").count() == 0
    page.locator("dialog input").fill("de la")
    page.get_by_text("Ces mots sont sur toutes les pages").wait_for()


def test_results_are_filtered_and_their_address_can_be_shared(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=absences")
    page.locator(".club-search li a").first.wait_for()
    kind = page.locator("select[name=kind]")
    kind.select_option(
        label=next(
            each for each in kind.locator("option").all_inner_texts() if each.startswith("Offres")
        )
    )
    page.wait_for_function("() => !document.querySelector('.club-search section')")
    project = page.locator("select[name=project]")
    project.select_option(label="e-lyco")
    page.wait_for_function("() => document.querySelectorAll('.club-search li').length < 4")
    hrefs = [each.get_attribute("href") or "" for each in page.locator(".club-search li a").all()]
    assert hrefs
    assert all("/offers/e-lyco-" in each for each in hrefs)
    shared = page.url
    assert "q=absences" in shared
    other = page.context.new_page()
    other.goto(shared)
    other.locator(".club-search li a").first.wait_for()
    assert [
        each.get_attribute("href") for each in other.locator(".club-search li a").all()
    ] == hrefs
    axis = other.locator("select[name=axis]")
    assert axis.locator("option").count() > 5


def test_a_result_leads_to_its_section(page: Page, address: str) -> None:
    opened(page, address)
    asked(page, "moderation des blogs rédacteurs")
    link = page.locator("dialog li a[href*='demande-moderation-blogs']").first
    assert (link.get_attribute("href") or "").endswith("#need")
    link.click()
    page.wait_for_url("**/requests/demande-moderation-blogs/?h=*#need")
    assert page.locator("article mark").count() > 1


def test_a_definition_has_an_address(page: Page, address: str) -> None:
    opened(page, address)
    asked(page, "GAR")
    page.locator("dialog li a").first.click()
    page.wait_for_url("**/glossaire/?h=GAR#gar")
    assert page.locator("#gar").inner_text() == "GAR"


def test_the_keyboard_goes_through_the_results_and_back(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("/")
    field = page.locator("dialog input")
    field.wait_for()
    page.keyboard.type("absences/s")  # in the field, the keys are letters
    assert field.input_value() == "absences/s"
    field.fill("absences")
    page.locator("dialog [role=status]", has_text="« absences »").wait_for()
    links = page.locator("dialog li a")
    focused = "each => each === document.activeElement"
    page.keyboard.press("ArrowDown")
    assert links.nth(0).evaluate(focused)
    page.keyboard.press("ArrowDown")
    assert links.nth(1).evaluate(focused)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert field.evaluate(focused)
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="hidden")
    page.locator(".club-seek").focus()
    page.keyboard.press("Enter")
    field.wait_for()
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="hidden")
    assert page.locator(".club-seek").evaluate(focused)  # the browser gives the focus back
    page.keyboard.press("Control+k")
    field.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/services/absences/?h=*")


@pytest.mark.parametrize(
    ("then", "to"), [("absence", "same"), ("notes", "first"), ("zzzzzz", "field")]
)
def test_answers_that_come_late_do_not_throw_the_reader_out_of_the_list(
    page: Page, address: str, then: str, to: str
) -> None:
    opened(page, address)
    asked(page, "absences")
    page.locator("dialog li a").nth(2).wait_for()
    field = page.locator("dialog input")
    page.evaluate(
        """then => {
            const field = document.querySelector("dialog input");
            field.value = then;
            field.dispatchEvent(new Event("input"));
        }""",
        then,
    )
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    held = page.evaluate("document.activeElement.pathname")
    page.locator("dialog [role=status]", has_text=f"«\u00a0{then}\u00a0»").wait_for()
    now = page.evaluate("document.activeElement.pathname")
    links = page.locator("dialog li a")
    if to == "same":
        assert now == held
    elif to == "first":
        assert now == links.nth(0).evaluate("each => each.pathname")
    else:
        assert field.evaluate("each => each === document.activeElement")


def test_enter_in_the_field_leads_to_the_page_of_the_search(page: Page, address: str) -> None:
    opened(page, address)
    page.locator("dialog input").fill("notes")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=notes*")
    page.locator("article li a[href*='services/notes/']").first.wait_for()


def test_the_keys_that_open_it_can_be_turned_off(page: Page, address: str) -> None:
    """WCAG 2.2, 2.1.4: a key that is but a letter, which a dictated word may press."""
    page.goto(f"{address}search/")
    page.get_by_label("Ouvrir la recherche avec les touches / et s").uncheck()
    page.goto(address)
    page.keyboard.press("s")
    page.keyboard.press("/")
    page.wait_for_timeout(300)
    assert page.locator("dialog").count() == 0
    page.keyboard.press("Control+k")
    page.locator("dialog input").wait_for()


def test_more_results_come_ten_by_ten(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=eleve&kind=5")
    page.locator(".club-search li a").nth(9).wait_for()
    assert page.locator(".club-search li").count() == 10
    page.get_by_role("button", name="Voir la suite").click()
    page.locator(".club-search li a").nth(10).wait_for()
    assert page.locator(".club-search li a").nth(10).evaluate("e => e === document.activeElement")


def test_without_scripts_titles_stand_by_letter(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(address)
    page.locator(".club-seek").click()
    page.wait_for_url("**/search/")
    assert "La recherche a besoin de JavaScript" in page.locator("article").inner_text()
    page.locator(".club-letters a", has_text=re.compile("^E$")).click()
    page.locator("article a", has_text=re.compile("^e.lyco$")).click()
    page.wait_for_url("**/projects/e-lyco/")
    context.close()


def test_every_record_is_listed_under_its_letter_once(site: Built) -> None:
    exported = json.loads(site.text("data/projects.json"))["records"]
    listed = [
        href
        for page in (site.folder / "search").glob("?/index.html")
        for href in site.page(f"search/{page.parent.name}/").links().values()
    ]
    for each in exported:
        assert sum(href.endswith(f"/{each['url']}") for href in listed) == 1


def test_nothing_is_found_of_what_is_for_members(
    club_copy: Path, built: Callable[..., Built]
) -> None:
    """Of a page; `test_leak.py` does the same for every field of every record, in every file."""
    secret = "Zanzibar"
    page = f"---\naudience: members\n---\n# {secret}\n\n{secret}\n:   Un terme.\n"
    write(club_copy, {"docs/secret.md": page})
    public = built(club_copy)
    said = "".join(
        file.read_text("utf-8") for file in (public.folder / "search").rglob("*") if file.is_file()
    )
    assert secret.lower() not in said.lower()
    assert found_in(public.folder)


def test_below_another_site_results_lead_where_they_are(page: Page, below: str) -> None:
    opened(page, f"{below}projects/e-lyco/")
    asked(page, "GAR")
    page.locator("dialog li a").first.click()
    page.wait_for_url(f"{below}glossaire/?h=GAR#gar")


def test_a_site_may_keep_the_search_of_the_theme(
    browser: Browser, club_copy: Path, built: Callable[..., Built]
) -> None:
    settings = club_copy / "mkdocs.yml"
    said = settings.read_text("utf-8")
    assert "\n  club:\n" in said
    settings.write_text(said.replace("\n  club:\n", "\n  club:\n    search: theme\n", 1), "utf-8")
    site = built(club_copy)
    assert not (site.folder / "search/start.json").exists()
    assert not (site.folder / "search/index.html").exists()
    entries = json.loads(site.text("search/search_index.json"))["docs"]
    assert "projects/e-lyco/" in {each["location"] for each in entries}
    with served(site) as address:
        page = browser.new_page()
        page.goto(address)
        page.locator(".md-search__input").click()
        page.keyboard.type("Toulouse", delay=20)
        page.locator(".md-search-result__link").first.wait_for(timeout=15_000)
        page.keyboard.press("Escape")
        page.close()

"""The frozen club with names that nobody expected, at the width where pages are hardest to fit."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.clubs import FROZEN, copied
from tests.shipped.conftest import Built, build, served
from tests.shipped.test_browser import faults

NARROW = {"width": 320, "height": 800}
LONG = "https://services.example/applications-de-l-etablissement/carnet_de_correspondance"
LABEL = re.compile(r'^  label: ".*"$', re.MULTILINE)
AS_OF = "as_of: 2012-2013"
DATED = "    - value: 2012\n      qualifier: about\n      as_of: 2012\n"
WIDE = """\
# Les correspondances

| a | b |
|---|---|
| 1 | 2 |

## Du fichier au club

| colonne du fichier | indicateur | dimension | valeur | période | unité |
|---|---|---|---|---|---|
| `nombre_de_visites_enseignants` | `visites-par-profil` | `profile` | `teacher` | `month` | 1 |
"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll(".club-chart svg text")]
  .filter((text) => text.checkVisibility())
  .map((text) => {
    const { a, b } = text.getScreenCTM();
    return parseFloat(getComputedStyle(text).fontSize) * Math.hypot(a, b);
  }))"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A club whose services bear addresses for names, and a date of many words."""
    folder = tmp_path_factory.mktemp("narrow")
    root = copied(FROZEN, folder / "club")
    services = root / "data/services.yaml"
    services.write_text(
        LABEL.sub(lambda label: f'  label: "{LONG}-{label.start()}"', services.read_text("utf-8")),
        "utf-8",
    )
    projects = root / "data/projects.yaml"
    text = projects.read_text("utf-8")
    assert DATED in text
    said = DATED.replace("value: 2012", "value: rentrée 2014").replace("as_of: 2012", AS_OF)
    projects.write_text(text.replace(DATED, said), "utf-8")
    (root / "docs/correspondances.md").write_text(WIDE, "utf-8")
    done = build(root, folder / "site", strict=False)
    assert done.returncode == 0, done.stderr
    with served(Built(folder / "site")) as address:
        yield address


@pytest.fixture
def narrow(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=NARROW, locale="fr-FR")
    yield context.new_page()
    context.close()


PAGES = (
    "services/matrix/",
    "difficulties/",
    "projects/",
    "requests/positions/",
    "services/",
    "services/absences/",
)


@pytest.mark.parametrize("url", PAGES)
def test_a_name_without_a_space_or_a_long_date_made_the_page_scroll_sideways(
    narrow: Page, address: str, url: str
) -> None:
    narrow.goto(address + url)
    assert narrow.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert faults(narrow) == []


def test_a_filter_offered_but_the_beginning_of_a_name(narrow: Page, address: str) -> None:
    """“…vis-à-vis de”, of which the last word is kept on one line."""
    narrow.goto(f"{address}requests/")
    offered = narrow.locator("select option").all_inner_texts()
    assert any("vis-à-vis de K-d’école (" in each for each in offered)


@pytest.mark.parametrize("wide", [320, 375])
@pytest.mark.parametrize("url", ["projects/map/", "contracts/timeline/"])
def test_letters_of_pictures_were_nine_pixels_high_on_a_phone(
    narrow: Page, address: str, url: str, wide: int
) -> None:
    narrow.set_viewport_size({"width": wide, "height": 800})
    narrow.goto(address + url)
    assert narrow.evaluate(SMALLEST) >= (12 if url == "projects/map/" else 11)
    assert narrow.evaluate("document.documentElement.scrollWidth") <= wide
    assert faults(narrow) == []


@pytest.mark.parametrize("wide", [320, 375])
def test_a_wide_table_of_a_page_could_not_be_scrolled_by_the_keyboard(
    narrow: Page, address: str, wide: int
) -> None:
    narrow.set_viewport_size({"width": wide, "height": 800})
    narrow.goto(f"{address}correspondances/")
    box = narrow.get_by_role("region", name="Du fichier au club")
    assert box.get_attribute("tabindex") == "0"
    box.focus()
    narrow.keyboard.press("ArrowRight")
    narrow.wait_for_function("document.activeElement.scrollLeft > 0")
    assert narrow.evaluate("document.documentElement.scrollWidth") <= wide
    small = narrow.get_by_role("table", name="Les correspondances")
    assert small.locator("xpath=ancestor::*[@tabindex][@role]").count() == 0
    assert faults(narrow) == []


def test_a_table_that_fits_its_page_is_not_in_the_way_of_the_keyboard(
    narrow: Page, address: str
) -> None:
    narrow.set_viewport_size({"width": 1600, "height": 800})
    narrow.goto(f"{address}correspondances/")
    narrow.wait_for_selector(".md-typeset__scrollwrap")
    assert narrow.locator("article .md-typeset__scrollwrap[tabindex]").count() == 0

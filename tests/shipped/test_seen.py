"""What somebody who came to the pages of convergence saw: the tab, the paper, the picture."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser
from pypdf import PdfReader

from tests.clubs import write
from tests.shipped.conftest import PHONE, Built, Page, build, said, served

ASSETS = Path(__file__).parents[2] / "plugins/mkdocs_club/assets"
SITE = """\
site_name: Le club
site_url: https://club.example/
theme: {name: material, language: fr, font: false,
  logo: assets/club/logo.svg, favicon: assets/club/logo.svg,
  features: [navigation.tabs, navigation.indexes]}
extra: {generator: false}
plugins: [search, club]
nav:
  - Accueil: index.md
  - Mon projet: desk.md
  - Projets: projects/index.md
  - Ce qui rassemble:
      - convergence.md
      - requests/vendor.md
  - Demandes: requests/index.md
  - Qui sait: difficulties/solved.md
  - Difficultés: difficulties/index.md
"""
NAMES = ("Cybercollèges 42", "eCollège 31", "ENT-MIP", "Académie du Nord")
LONG = "Faire que {number} soit dit, écrit et transmis à qui l’attend depuis longtemps"


def files() -> dict[str, str]:
    """A club of four projects, that want much, and have some of it delivered."""
    ids = [f"p{number}" for number in range(len(NAMES))]
    projects = {
        id: {"name": name, "platform": "base", "state": "rollout"}
        for id, name in zip(ids, NAMES, strict=True)
    }
    stances = ("wanted", "essential", "neutral")
    requests = {
        f"r{number}": {
            "title": LONG.format(number=number),
            "need": "Rien.",
            "state": "submitted",
            "positions": [
                {
                    "project": id,
                    "stance": stances[(number + at) % (2 + number % 2)],
                    "reason": "C’est ainsi que chacun le fait.",
                }
                for at, id in enumerate(ids)
            ],
        }
        for number in range(24)
    }
    delivered = {"state": "delivered", "delivered_in": "4.1"}
    requests["livree"] = {
        "title": "Consulter les absences depuis un téléphone",
        "need": "Rien.",
        "positions": [{"project": id, "stance": "wanted"} for id in ids],
        "example": True,
        **delivered,
    }
    requests["attendue"] = {
        "title": "Mettre à jour l’emploi du temps au fil de la journée",
        "need": "Rien.",
        "state": "sent",
        "service": "edt",
        "history": [{"state": "sent", "date": "2012-06-18"}],
        "answers": [{"date": "2012-07-10", "answer": "under_study", "text": "À l’étude."}],
        "positions": [{"project": id, "stance": "wanted"} for id in ids],
        "example": True,
    }
    difficulties = {"d": {"title": "Une gêne", "symptom": "Rien.", "state": "open"}}
    return {
        "mkdocs.yml": SITE,
        "docs/index.md": "# Le club\n",
        "data/platforms.yaml": 'base: {name: Base, versions: [{id: "4.1"}]}\n',
        "data/projects.yaml": yaml.safe_dump(projects, allow_unicode=True, sort_keys=False),
        "data/services.yaml": "edt: {label: Emploi du temps des élèves}\n",
        "data/requests.yaml": yaml.safe_dump(requests, allow_unicode=True, sort_keys=False),
        "data/difficulties.yaml": yaml.safe_dump(difficulties, allow_unicode=True, sort_keys=False),
    }


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder: Path = tmp_path_factory.mktemp("seen")
    done = build(write(folder / "club", files()), folder / "site", strict=False)
    assert done.returncode == 0, done.stderr
    return Built(folder / "site")


@pytest.fixture(scope="module")
def seen_at(seen: Built) -> Iterator[str]:
    with served(seen) as address:
        yield address


def current(page: Page, within: str) -> dict[str, str]:
    """The links of the navigation *within* that say where one is, and what each says."""
    (nav,) = (each for each in page.document.iter("nav") if each.get("class") == within)
    links = (each for each in nav.iter("a") if each.get("aria-current"))
    return {said(each): each.get("aria-current", "") for each in links}


@pytest.mark.parametrize(
    ("url", "tabs"),
    [
        ("desk/", {"Mon projet": "page"}),
        ("convergence/", {"Ce qui rassemble": "true", "Convergence": "page"}),
        ("requests/vendor/", {"Ce qui rassemble": "true", "Pour l’éditeur": "page"}),
        ("difficulties/solved/", {"Qui sait": "page"}),
        ("requests/r1/", {"Demandes": "true"}),
        ("requests/waiting/", {"Demandes": "true"}),
        ("difficulties/", {"Difficultés": "page"}),
    ],
)
def test_the_tab_of_a_page_was_not_the_one_that_led_to_it(
    seen: Built, url: str, tabs: dict[str, str]
) -> None:
    page = seen.page(url)
    assert current(page, "club-tabs") == tabs
    assert set(current(page, "club-nav")) <= set(tabs)


def printed(browser: Browser, address: str) -> list[list[str]]:
    """The lines of each page of a page of the site, printed."""
    context = browser.new_context(locale="fr-FR")
    tab = context.new_page()
    tab.goto(address, wait_until="load")
    raw = tab.pdf(format="A4", prefer_css_page_size=True)
    context.close()
    return [page.extract_text().split("\n") for page in PdfReader(io.BytesIO(raw)).pages]


HEADER = {"Demande", "Accord", "Rang", "Copeland", "Borda"}


def test_a_header_came_again_empty_and_a_heading_stood_last_on_its_page(
    browser: Browser, seen: Built, seen_at: str
) -> None:
    pages = printed(browser, f"{seen_at}convergence/")
    article = seen.page("convergence/").article
    headings = {said(each).rstrip("¶").casefold() for each in article.iter("h2")}
    assert {"les ordres comparés", "comment c’est calculé"} <= headings
    for lines in pages:
        assert lines[-1].strip().casefold() not in headings
    at = next(i for i, lines in enumerate(pages) if any("ordres comparés" in e for e in lines))
    words = [set(" ".join(lines).split()) for lines in pages]
    assert words[at] >= HEADER
    assert words[at + 1] >= HEADER, "the table goes on there, under its header"


@pytest.mark.parametrize("url", ["convergence/", "requests/vendor/", "requests/positions/"])
def test_tables_passed_the_margin_and_a_comma_stood_alone(
    browser: Browser, seen_at: str, url: str
) -> None:
    lines = [each.strip() for page in printed(browser, f"{seen_at}{url}") for each in page]
    assert "," not in lines
    context = browser.new_context(viewport={"width": 688, "height": 1000}, locale="fr-FR")
    tab = context.new_page()
    tab.goto(f"{seen_at}{url}", wait_until="load")
    tab.emulate_media(media="print")
    passing = tab.evaluate(
        """() => [...document.querySelectorAll(".club-rows")].filter((each) =>
            each.getBoundingClientRect().right > innerWidth + 1).length"""
    )
    context.close()
    assert passing == 0


def test_the_names_of_a_picture_were_ten_pixels_high_on_a_phone(
    browser: Browser, seen_at: str
) -> None:
    context = browser.new_context(viewport=PHONE, locale="fr-FR")
    tab = context.new_page()
    tab.goto(f"{seen_at}convergence/", wait_until="load")
    sizes, left, right, wide = tab.evaluate(
        """() => {
            const svg = document.querySelector(".club-ties svg");
            const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
            const texts = [...svg.querySelectorAll("text")];
            const boxes = texts.map((each) => each.getBoundingClientRect());
            return [
              texts.map((each) => parseFloat(getComputedStyle(each).fontSize) * scale),
              Math.min(...boxes.map((each) => each.left)),
              Math.max(...boxes.map((each) => each.right)),
              document.documentElement.scrollWidth,
            ];
        }"""
    )
    context.close()
    assert len(sizes) > len(NAMES)
    assert min(sizes) >= 12
    assert left >= 0
    assert right <= PHONE["width"] >= wide


def test_the_title_of_a_card_was_squeezed_on_a_phone(browser: Browser, seen_at: str) -> None:
    context = browser.new_context(viewport=PHONE, locale="fr-FR")
    tab = context.new_page()
    tab.goto(f"{seen_at}requests/delivered/", wait_until="load")
    title, row = tab.evaluate(
        """() => {
            const title = document.querySelector(".club-rows tbody th");
            return [title, title.parentElement].map((each) => each.getBoundingClientRect().width);
        }"""
    )
    context.close()
    assert title > 0.85 * row


def test_heads_that_are_sorted_gave_projects_a_capital_they_have_not(browser: Browser) -> None:
    """“E-lyco”, “I-Cart”: the button that the script makes of a head capitalised names too."""
    heads = '<th scope="col" class="club-cap">mois</th><th scope="col"><a href="#">e-lyco</a></th>'
    row = '<tr><th scope="row">mai</th><td data-sort="1">1</td></tr>'
    tab = browser.new_page()
    tab.set_content(
        f'<table class="club-rows" data-club-sortable><thead><tr>{heads}</tr></thead>'
        f"<tbody>{row}{row}</tbody></table>"
    )
    tab.add_style_tag(path=ASSETS / "club.css")
    tab.add_script_tag(path=ASSETS / "club.js")
    drawn = tab.evaluate(
        """() => [...document.querySelectorAll(".club-sort")].map((each) =>
            getComputedStyle(each, "::first-letter").textTransform)"""
    )
    tab.close()
    assert drawn == ["uppercase", "none"]

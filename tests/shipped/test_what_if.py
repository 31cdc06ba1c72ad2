"""Weights that a reader moves, in a real browser: what it ranks is what the library ranks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator
from playwright.sync_api import Page as Tab

from club.insight.weighing import Place, ranking
from club.publish.words.language import Words
from tests.choice import CONSULTATION, files
from tests.clubs import write
from tests.shipped.conftest import DESKTOP, PHONE, Built, build, served
from tests.shipped.test_browser import faults

URL = "consultations/choix/weights/"
CRITERIA = ("mobile", "cout", "acces")
VALUES = {
    "Alpha": {"mobile": Fraction(7, 10), "cout": Fraction(1, 2), "acces": Fraction(2, 3)},
    "Bêta": {"mobile": Fraction(1, 5), "cout": Fraction(3, 4), "acces": Fraction(1, 3)},
    "Delta": {"mobile": Fraction(9, 10), "acces": Fraction(1)},
}
"""The scores of the club below on one scale, worked out by hand."""
WORDS = Words("fr")


def weighed(number: float) -> dict[str, object]:
    return {"organisation": "nord", "weight": number}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("what-if")
    content = files(
        criteria=[
            {
                "id": "mobile",
                "label": "Sur téléphone",
                "scale": {"worst": 0, "best": 10},
                "weights": [weighed(50)],
            },
            {
                "id": "cout",
                "label": "Coût",
                "scale": {"worst": 12, "best": 0},
                "weights": [weighed(30)],
            },
            {
                "id": "acces",
                "label": "Accessibilité",
                "scale": {"worst": 0, "best": 3},
                "weights": [weighed(20)],
            },
        ],
        scores=[
            {"candidate": name, "criterion": criterion, "score": score, "by": "cabinet"}
            for name, criterion, score in (
                ("alpha", "mobile", 7),
                ("alpha", "cout", 6),
                ("alpha", "acces", 2),
                ("beta", "mobile", 2),
                ("beta", "cout", 3),
                ("beta", "acces", 1),
                ("delta", "mobile", 9),
                ("delta", "acces", 3),
            )
        ],
        needs=[],
    )
    done = build(write(folder / "club", content), folder / "site")
    assert done.returncode == 0, done.stderr
    with served(Built(folder / "site")) as found:
        yield f"{found}{URL}"


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Tab]:
    context = browser.new_context(viewport=DESKTOP, locale="fr-FR")
    found = context.new_page()
    found.goto(address)
    yield found
    context.close()


def shown(tab: Tab) -> list[list[str]]:
    """The rows of the table, in their order."""
    rows = tab.locator(".club-whatif tbody tr").all()
    return [[cell.inner_text() for cell in row.locator("th, td").all()] for row in rows]


def wanted(places: tuple[Place, ...]) -> list[list[str]]:
    """The same of a ranking of the library, in words."""

    def said(share: Fraction) -> str:
        exact = Decimal(share.numerator * 100) / Decimal(share.denominator)
        return WORDS.number(exact.quantize(Decimal("0.1")))

    rows = []
    for each in places:
        rank = str(each.first) if each.is_sure else f"{each.first} à {each.last}"
        is_known = each.low == each.high
        total = said(each.low) if is_known else f"{said(each.low)} à {said(each.high)}"
        rows.append([each.option, rank, total])
    return rows


def move(slider: Locator, to: int) -> None:
    """As a hand does: the browser tells the script."""
    slider.fill(str(to))


def test_the_browser_ranks_as_the_library_does(tab: Tab) -> None:
    sliders = tab.locator(".club-whatif input[type=range]").all()
    draw = random.Random(11)
    cases = [(100, 0, 0), (0, 100, 0), (0, 0, 1), (1, 1, 1), (33, 67, 50)]
    cases += [tuple(draw.randint(0, 100) for _ in CRITERIA) for _ in range(25)]  # type: ignore[misc]
    for weights in cases:
        for slider, weight in zip(sliders, weights, strict=True):
            move(slider, weight)
        given = dict(zip(CRITERIA, map(Fraction, weights), strict=True))
        assert shown(tab) == wanted(ranking(VALUES, given)), weights


def test_sliders_go_by_keyboard_and_the_result_is_announced(tab: Tab) -> None:
    slider = tab.get_by_label("Coût")
    status = tab.locator(".club-whatif [role=status]")
    assert slider.input_value() == "30"
    assert slider.get_attribute("aria-valuetext") == "30, 30\u00a0%"
    sure = "En tête, quelles que soient les notes qui manquent\u00a0: Delta."
    assert status.inner_text() == sure
    slider.focus()
    slider.press("End")
    assert slider.input_value() == "100"
    assert slider.get_attribute("aria-valuetext") == "100, 58,8\u00a0%"
    several = "Des notes manquent\u00a0: la première place peut revenir à Alpha et Delta."
    assert status.inner_text() == several
    slider.press("Home")
    assert status.inner_text() == "En tête\u00a0: Delta.", "what counts for nothing lacks nothing"
    for _ in range(5):
        slider.press("ArrowRight")
    assert slider.input_value() == "5"
    tab.get_by_role("button", name="Comme au départ").click()
    assert slider.input_value() == "30"


def test_the_weights_of_an_organisation_are_one_button_away(tab: Tab) -> None:
    for slider in tab.locator(".club-whatif input[type=range]").all():
        move(slider, 0)
    assert "il n’y a pas de classement" in tab.locator(".club-whatif [role=status]").inner_text()
    assert {row[1] for row in shown(tab)} == {"–"}
    tab.get_by_role("button", name="Poids de").click()
    given = dict(zip(CRITERIA, map(Fraction, (50, 30, 20)), strict=True))
    assert shown(tab) == wanted(ranking(VALUES, given))


def test_without_scripts_the_weights_and_the_ranking_stand(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    tab = context.new_page()
    tab.goto(address)
    given = dict(zip(CRITERIA, map(Fraction, (50, 30, 20)), strict=True))
    assert shown(tab) == wanted(ranking(VALUES, given))
    weights = tab.locator(".club-whatif__weights li").all_inner_texts()
    assert [each.split()[-1] for each in weights] == ["50", "30", "20"]
    tab.get_by_role("link", name="Nord").click()
    assert tab.url.endswith("weights/nord/")
    assert tab.get_by_role("heading", level=2, name="Classement").is_visible()
    assert tab.locator("article table").last.is_visible()
    context.close()


def test_who_has_no_script_is_not_told_to_move_weights_that_stand_still(
    browser: Browser, address: str
) -> None:
    """A reader without scripts saw « Déplacez les poids », and nothing that moves."""
    move = "Déplacez les poids\u00a0: le classement suit."
    still = "Ici, les poids ne bougent pas\u00a0: pour d’autres poids"
    shown_with = {}
    for runs in (True, False):
        context = browser.new_context(viewport=PHONE, locale="fr-FR", java_script_enabled=runs)
        tab = context.new_page()
        tab.goto(address)
        if runs:
            tab.locator(".club-whatif--live").wait_for()
        text = tab.locator("article").inner_text()
        shown_with[runs] = (move in text, still in text)
        assert tab.get_by_role("link", name="Nord").is_visible()
        context.close()
    assert shown_with == {True: (True, False), False: (False, True)}


def test_organisations_whose_weights_fit_no_slider_have_their_page_all_the_same(
    tmp_path: Path,
) -> None:
    halves = [
        {**each, "weights": [{"organisation": "nord", "weight": 12.5}]}
        for each in CONSULTATION["criteria"]
    ]
    content = files(criteria=halves, weights_total=25)
    done = build(write(tmp_path / "club", content), tmp_path / "site")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site" / URL / "index.html").read_text("utf-8")
    assert '<a href="../../../consultations/choix/weights/nord/">Nord</a>' in page
    assert "data-preset" not in page


def test_a_public_ranking_says_what_it_is_over_and_nothing_of_what_is_left_out(
    tmp_path: Path,
) -> None:
    """One reader could not know that criteria kept to members had moved no rank."""
    kept = {
        "id": "secret",
        "label": "SECRET-C",
        "scale": {"worst": 0, "best": 10},
        "weights": [weighed(5), {"organisation": "sud", "weight": 5}],
        "audience": "members",
    }
    score = {"candidate": "beta", "criterion": "secret", "score": 10, "by": "cabinet"}
    criteria, scores = CONSULTATION["criteria"], CONSULTATION["scores"]
    whole = files(weights_total=None)
    more = files(criteria=[*criteria, kept], scores=[*scores, score], weights_total=None)
    pages: dict[str, dict[str, str]] = {}
    for name, content, audience in (
        ("without", whole, "public"),
        ("public", more, "public"),
        ("members", more, "members"),
    ):
        done = build(
            write(tmp_path / name, content), tmp_path / f"{name}-site", CLUB_AUDIENCE=audience
        )
        assert done.returncode == 0, done.stderr
        top = tmp_path / f"{name}-site/consultations/choix"
        pages[name] = {
            file.relative_to(top).as_posix(): file.read_text("utf-8")
            for file in top.rglob("*.html")
        }
    assert {"index.html", "weights/index.html", "weights/nord/index.html"} <= {*pages["public"]}
    assert pages["public"] == pages["without"], "nobody can tell whether anything is left out"
    public, members = (
        "Ce classement porte sur ce qui est publié ici",
        "que les membres peuvent lire",
    )
    for name in pages["public"]:
        assert public in pages["public"][name], name
        assert members not in pages["public"][name], name
        assert members in pages["members"][name], name
        assert public not in pages["members"][name], name


def test_the_page_fits_a_phone_and_takes_nothing_from_elsewhere(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    context = browser.new_context(viewport=PHONE, locale="fr-FR")
    tab = context.new_page()
    asked: list[str] = []
    faults: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    tab.goto(address)
    wide = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    assert all(each.startswith(address.partition("/consultations")[0]) for each in asked)
    assert faults == []
    for slider in tab.locator(".club-whatif input[type=range]").all():
        box = slider.bounding_box()
        assert box
        assert box["height"] >= 24, "a target as large as WCAG 2.2 asks"
    context.close()


@pytest.mark.parametrize("below", ["", "../", "nord/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_a_choice(
    browser: Browser, address: str, below: str, scheme: Literal["light", "dark"]
) -> None:
    width = PHONE if scheme == "dark" else DESKTOP
    context = browser.new_context(
        viewport=width,  # type: ignore[arg-type]
        locale="fr-FR",
        color_scheme=scheme,
        bypass_csp=True,
    )
    tab = context.new_page()
    tab.goto(f"{address}{below}")
    tab.evaluate("document.querySelectorAll('article details').forEach((e) => { e.open = true; })")
    found = faults(tab)
    is_wider = tab.evaluate("document.documentElement.scrollWidth") > width["width"]
    context.close()
    assert found == []
    assert not is_wider

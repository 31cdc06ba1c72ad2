"""The script of the search reads words as the index does, and is small."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from playwright.sync_api import Browser, Page

from club.publish.data.search_index import RUN, STOP, fold, terms
from tests.test_search_index import TEXTS

SCRIPT = Path(__file__).parents[2] / "plugins/mkdocs_club/assets/search.js"


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """A page that has the functions of the script, less what asks for files."""
    script = SCRIPT.read_text("utf-8").replace("import.meta.url", "'http://club.invalid/a/b/c.js'")
    page = browser.new_page()
    page.goto("about:blank")
    page.evaluate(
        """async ([script, stop]) => {
          const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
          const { fold, runsOf, termsOf, distance, excerpt } = await import(url);
          const less = new Set(stop);
          window.read = text => [fold(text), runsOf(text).map(run => termsOf(run, less))];
          window.distance = distance;
          window.excerpt = excerpt;
        }""",
        [script, sorted(STOP)],
    )
    yield page
    page.close()


def read(text: str) -> list[object]:
    folded = fold(text)
    return [folded, [list(terms(run)) for run in RUN.findall(folded)]]


def test_python_and_the_browser_read_the_same_words(tab: Page) -> None:
    """Hypothesis finds the texts; they go to the browser together."""
    texts: list[str] = []

    @given(TEXTS)
    def gather(text: str) -> None:
        texts.append(text)

    gather()
    assert len(texts) > 50
    assert tab.evaluate("texts => texts.map(read)", texts) == [read(each) for each in texts]


DISTANCES = (
    ("mesagerie", "messagerie", 1),
    ("abscence", "absence", 1),
    ("conecteru", "connecteur", 2),
    ("ca", "abc", 3),  # a swap is not edited again: what tells this distance from Damerau's
    ("", "abc", 3),
)


@pytest.mark.parametrize(("one", "other", "far"), DISTANCES)
def test_how_far_a_mistake_is(tab: Page, one: str, other: str, far: int) -> None:
    """Worked by hand; “ca” and “abc” is the case by which the literature tells the two apart."""
    assert tab.evaluate("([a, b]) => distance(a, b, 9)", [one, other]) == far
    assert tab.evaluate("([a, b]) => distance(b, a, 9)", [one, other]) == far


def test_an_excerpt_is_sentences(tab: Page) -> None:
    text = "Un début. Le connecteur relie l’ENT au logiciel. Il est gratuit. " + "Long. " * 100
    said = tab.evaluate("text => excerpt(text, new Set(['connecteur']))", text)
    assert said.startswith("Le connecteur relie l’ENT au logiciel. Il est gratuit.")
    assert said.endswith("Long.")
    assert len(said) <= 240


def test_the_script_is_small_and_evaluates_nothing() -> None:
    script = SCRIPT.read_text("utf-8")
    assert "eval" not in script.replace("evaluate", "")
    assert "innerHTML" not in script
    assert "Function(" not in script
    assert len(gzip.compress(script.encode(), 9)) < 8_000

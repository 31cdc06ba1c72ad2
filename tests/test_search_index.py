"""The index of the search: the same words in Python and in the browser, and files that say them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page, sync_playwright

from club.publish.data.search_index import (
    FACETS,
    LEVELS,
    RUN,
    START,
    STOP,
    Document,
    Index,
    Part,
    entry,
    fold,
    stem,
    terms,
)
from tests import chromium

SCRIPT = Path(__file__).parents[1] / "plugins/mkdocs_club/assets/search.js"


@pytest.fixture(scope="module")
def tab() -> Iterator[Page]:
    """A page that has the functions of the script, less what asks for files."""
    script = SCRIPT.read_text("utf-8").replace("import.meta.url", "'http://club.invalid/a/b/c.js'")
    path = chromium.find()
    assert path, "no Chromium: run `make browser`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
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
        browser.close()


LETTERS = (
    "abdelnqstuxœæŒéèêëàçîôûÉÀ’'‘-‑‐ \u00a0\u202f\u00ad.,;:!?«»…0129²½ﬁﬀßıǆ\u0301\u0327_/–@€日本ж"
)
TEXTS = st.text(st.sampled_from(LETTERS), max_size=40) | st.sampled_from(
    [
        "K-d’école, l’e-lyco et l'ENT-MIP",
        "Les œuvres, les manœuvres et l’œil",
        "niveaux régionaux, journaux, choix, élèves",
        "aujourd’hui, qu’il, jusqu’au, quelqu’un",
        "1\u202f074 établissements\u00a0: «\u00a0collèges\u00a0»",
        "ENT MIP, ENT\u2011MIP, ENT-MIP",
    ]
)


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


@given(TEXTS)
def test_what_is_folded_stays_folded_and_spaces_part_words_either_way(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    together = [term for run in RUN.findall(fold(text)) for term in terms(run)]
    apart = [
        term for each in text.split() for run in RUN.findall(fold(each)) for term in terms(run)
    ]
    assert together == apart


SAME = (
    ("eleve", "Élèves"),
    ("elyco", "e-lyco"),
    ("kdecole", "K-d’école"),
    ("kdecole", "k-d'Ecole"),
    ("connecteur", "connecteurs"),
    ("journal", "journaux"),
    ("niveau", "niveaux"),
    ("tableau", "tableaux"),
    ("oeuvre", "œuvres"),
    ("ent", "l’ENT"),
    ("entmip", "ENT‑MIP"),
    ("aujourdhui", "aujourd’hui"),
)


@pytest.mark.parametrize(("typed", "written"), SAME)
def test_what_is_typed_in_haste_is_what_is_written(typed: str, written: str) -> None:
    (asked,) = RUN.findall(fold(typed))
    (said,) = RUN.findall(fold(written))
    assert stem(asked) in terms(said)


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


def document(number: int, title: str, text: str, mark: str = "") -> Document:
    return Document(f"d/{number}/", title, (Part("", "", text),), mark, about=(("project", "p"),))


def files_of(documents: list[Document]) -> dict[str, str]:
    index = Index()
    index.add("Documents", map(entry, documents))
    return dict(index.files({"project": {"p": "Le projet"}}, {"project": "projet"}))


NAMES = ("aube", "bora", "cour", "dune", "elan", "fete", "gare", "hier")
WORDS = st.lists(st.sampled_from(NAMES), max_size=6)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=20))
def test_the_files_say_which_documents_say_what(drawn: list[tuple[list[str], list[str]]]) -> None:
    """Against a reading of the texts, word by word."""
    documents = [
        document(number, " ".join(title), " ".join(text))
        for number, (title, text) in enumerate(drawn)
    ]
    files = files_of(documents)
    said: dict[str, dict[int, int]] = {}
    for path, content in files.items():
        if path.startswith("search/words/"):
            for term, gaps in json.loads(content).items():
                at, said[term] = 0, {}
                for gap in gaps:
                    at += gap // LEVELS
                    said[term][at] = gap % LEVELS
    wanted: dict[str, set[int]] = {}
    for number, (title, text) in enumerate(drawn):
        for word in (*title, *text):
            wanted.setdefault(word, set()).add(number)
    assert {term: set(levels) for term, levels in said.items()} == wanted
    for number, (title, text) in enumerate(drawn):
        for word in text:
            if word in title:
                continue  # a title beats a mention, here as anywhere
            assert all(said[word][number] < said[each][number] for each in title)
    start = json.loads(files[START])
    assert start["size"] == len(drawn)
    shown = [
        each
        for at in range((len(drawn) + 7) // 8)
        for each in json.loads(files[f"search/texts/{at}.json"])
    ]
    assert [each[0] for each in shown] == [each.url for each in documents]
    assert len(json.loads(files[FACETS])["project"][0]) == len(drawn)


def test_one_change_changes_the_version_and_few_files() -> None:
    documents = [document(number, f"Titre {number}", "Du texte.") for number in range(100)]
    before = files_of(documents)
    assert files_of(documents) == before
    documents[50] = document(50, "Titre 50", "Du texte corrigé.")
    after = files_of(documents)
    assert json.loads(before[START])["version"] != json.loads(after[START])["version"]
    changed = {path for path in after if before.get(path) != after[path]}
    assert {path for path in changed if "/texts/" in path} == {"search/texts/6.json"}


def test_a_made_up_record_comes_after_a_true_one() -> None:
    files = files_of([document(0, "Agenda", "", "exemple"), document(1, "Agenda", "")])
    first, second = json.loads(files["search/words/0.json"])["agenda"]
    assert first % LEVELS < second % LEVELS


def test_the_script_is_small_and_evaluates_nothing() -> None:
    script = SCRIPT.read_text("utf-8")
    assert "eval" not in script.replace("evaluate", "")
    assert "innerHTML" not in script
    assert "Function(" not in script
    packed = subprocess.run(["gzip", "-9c"], input=script.encode(), capture_output=True, check=True)
    assert len(packed.stdout) < 8_000

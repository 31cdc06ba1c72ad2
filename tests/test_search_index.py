"""The index of the search: words folded, and files that say which documents say them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.publish.data.search_index import (
    FACETS,
    LEVELS,
    RUN,
    START,
    Document,
    Index,
    Part,
    entry,
    fold,
    stem,
    terms,
)

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

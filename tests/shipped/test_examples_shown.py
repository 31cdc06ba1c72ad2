"""The frozen club as it is built: nothing made up is mentioned without saying so."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.examples import WORD, unlabelled
from tests.found import found_in
from tests.shipped.conftest import Built

YES = {"yes", "true", "oui"}


@pytest.fixture(scope="module")
def examples(root: Path) -> set[str]:
    """The addresses of the made-up records, read in the files themselves."""
    found = set()
    for file in (root / "data").rglob("*.yaml"):
        content = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
        collection = file.relative_to(root / "data").with_suffix("").as_posix()
        records: dict[str, Any] = (
            {collection: content}
            if "/" in collection
            else {f"{collection}/{id}": each for id, each in content.items()}
            if isinstance(content, dict)
            else {}
        )
        found |= {f"{key}/" for key, each in records.items() if each.get("example") in YES}
    assert len(found) > 20
    return found


def test_every_page_labels_every_example(site: Built, examples: set[str]) -> None:
    found = [
        each
        for page in site.pages()
        for each in unlabelled(page.path.read_text("utf-8"), page.url.removeprefix("./"), examples)
    ]
    assert found == []


def test_every_entry_of_the_search_labels_every_example(site: Built, examples: set[str]) -> None:
    every = found_in(site.folder)
    of_examples = [each for each in every if each.location.startswith(tuple(examples))]
    assert len(of_examples) > len(examples)
    assert [each for each in of_examples if not WORD.search(f"{each.mark} {each.title}")] == []


def test_every_export_says_what_is_an_example(site: Built, examples: set[str]) -> None:
    for file in (site.folder / "data").glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as text:
            for row in csv.DictReader(text):
                said = row["example"] not in {"", "false", "no", "non"}
                assert said is (f"{file.stem}/{row['id']}/" in examples)
    for file in (site.folder / "data").glob("*/*.json"):
        record = json.loads(file.read_text("utf-8"))
        assert record["example"] is (record["url"] in examples)
        for each in _references(record["fields"]):
            key = next((key for key in examples if key.endswith(f"/{each['id']}/")), "")
            assert each.get("example", False) is bool(key)


def _references(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for each in value for found in _references(each)]
    if not isinstance(value, dict):
        return []
    if {"id", "kind", "title"} <= value.keys():
        return [value]
    return [found for each in value.values() for found in _references(each)]


def test_a_count_of_examples_says_so(site: Built) -> None:
    page = site.page("requests/")
    assert "13, rien que des exemples" in page.words
    cards = site.page("").words
    assert "Dernières demandes" not in cards


def test_an_invented_date_is_no_first_publication(site: Built, examples: set[str]) -> None:
    for url in sorted(examples):
        assert "Première publication : 14 novembre 2023" in site.page(url).words, url

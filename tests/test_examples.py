"""Each mention of a made-up record says that it is one, whatever the kind and the way."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from club.model.record import TITLES
from club.publish.html.render import Renderer
from club.publish.pages.computed import computed_pages
from club.publish.pages.search import search_entries
from club.publish.pages.site import Site
from club.read.load import load
from tests.clubs import REGISTRY, few, folder_at
from tests.examples import WORD, unlabelled
from tests.shipped.test_leak import PlainDumper, Planter, consistent

TITLE = "zqtitre"


def plant(root: Path, made_up: str) -> None:
    """A club where every field of every record leads to the only one of its kind; one is made up.

    Its title is a word that nothing else holds.
    """
    planter = Planter()
    planter.secret = lambda: "quelconque"  # type: ignore[method-assign]
    (root / "data").mkdir(parents=True)
    (root / "docs").mkdir()
    for kind in REGISTRY.kinds:
        records: dict[str, Any] = {}
        for name in ("public", "other"):
            record = planter.fields(kind.model)
            record |= {each: f"Autre {kind.name}" for each in TITLES if each in record}
            records[f"{name}-{kind.name}"] = record
        target = records[f"public-{kind.name}"]
        if kind.name == made_up:
            target["example"] = "yes"
            target |= {each: TITLE for each in TITLES if each in target}
        text = f"Voir [[public-{made_up}]] et [lui](../{_collection(made_up)}/public-{made_up}.md)."
        for record in records.values():
            for each in ("summary", "need", "steps"):
                if isinstance(record.get(each), str):  # the steps of a rollout are parts
                    record[each] = text
        written = yaml.dump(consistent(records), Dumper=PlainDumper, sort_keys=False)
        (root / f"data/{kind.collection}.yaml").write_text(written, "utf-8")
    queries = "".join(
        f"```club\n{shape}: {_collection(made_up)}\n```\n\n" for shape in ("list", "table", "count")
    )
    (root / "docs/index.md").write_text(f"# Accueil\n\n{queries}", "utf-8")


def _collection(kind: str) -> str:
    return REGISTRY.by_name[kind].collection


@pytest.mark.parametrize("kind", few(REGISTRY.by_name, 6))
def test_each_mention_of_an_example_says_so(kind: str, tmp_path: Path) -> None:
    plant(tmp_path, kind)
    club = load(folder_at(tmp_path), today=date(2013, 1, 1))
    graph = club.sound(club.graph)
    assert f"public-{kind}" in {each.id for each in graph if each.example}
    site = Site(graph, Renderer(REGISTRY, "fr"))
    # What cannot stand without it, such as an offer of a made-up project, is made up too.
    examples = tuple(f"{each.key}/" for each in graph if each.example)
    pages = {"": site.home_html()}
    for each in REGISTRY.collections:
        pages[f"{each}/"] = site.index_html(each)[0]
    for computed in computed_pages(graph, None, date(2013, 1, 1)):
        url = f"{computed.src_uri.removesuffix('.md').removesuffix('index')}/"
        pages[url] = site.computed_html(computed, url, frozenset())
    for subject in (*site.records(), *site.other_pages()):
        page = site.page(subject)
        pages[page.url] = page.html
        is_own = page.url.startswith(examples)
        entries = search_entries(page, site.renderer.words)
        told = [page.title, page.description, *(each["title"] for each in entries)]
        assert [each for each in told if (is_own or TITLE in each) and not WORD.search(each)] == []
    found = [
        each for url, html in pages.items() for each in unlabelled(html, url, examples, (TITLE,))
    ]
    assert found == []

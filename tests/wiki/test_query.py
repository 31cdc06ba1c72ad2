"""Queries: what each word keeps, in which order, and what a page shows of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from club.model.graph import Graph
from club.model.markup import Fence
from club.model.record import Audience
from club.model.view import Counted, TableView
from club.publish.html.render import Renderer
from club.publish.pages.queries import answer
from club.publish.pages.site import Site
from club.query.answer import Query, run
from club.query.reader import read_query
from club.read.load import load
from club.read.queries import queries_of
from tests.clubs import REGISTRY, TOY, folder_at, write

AXES = """\
un: {label: Un, nature: pedagogical, order: 1, tags: [rouge]}
deux: {label: Deux, nature: [technical, organisational], order: 2, tags: [rouge, Été]}
trois: {label: Élan, nature: technical, order: 3, example: yes}
"""
REQUEST = "title: {title}\nneed: N\nstate: {state}\n"
REQUESTS = {
    "a": ("Absences", "draft", "created: 2012\naxes: [un]\n"),
    "b": ("Bulletin", "shared", "created: 2012-06\naxes: [un, deux]\naliases: ancien\n"),
    "c": ("Cahier", "shared", "created: 2013-01-15\naxes: deux\n"),
    "d": ("Dossier", "delivered", "created: rentrée 2013\ndelivered_in: '4.1'\n"),
    "e": ("Émargement", "duplicate", "duplicate_of: b\n"),
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    files = {
        f"data/requests/{id}.yaml": REQUEST.format(title=title, state=state) + rest
        for id, (title, state, rest) in REQUESTS.items()
    }
    club = load(
        folder_at(write(tmp_path_factory.mktemp("club"), {"data/axes.yaml": AXES, **files}))
    )
    assert club.problems == ()
    return club.graph


def read(text: str) -> Query:
    query = read_query("docs/page.md", Fence("club", text, 1), REGISTRY)
    assert isinstance(query, Query), query
    return query


CASES = [
    ("", "a b c d e"),
    ("where: {state: shared}", "b c"),
    ("where: {state: [draft, delivered]}", "a d"),
    ("where: {not: {state: shared}}", "a d e"),
    ("where: {state: {not: [shared, draft]}}", "d e"),
    ("where: {not: {state: {not: shared}}}", "b c"),
    ("where: {not: {not: {state: draft}}}", "a"),
    ("where: {created: 2012}", "a b"),
    ("where: {created: 2012-06}", "b"),
    ("where: {created: {after: 2012}}", "c d"),
    ("where: {created: {after: 2012-05}}", "b c d"),
    ("where: {created: {before: 2013}}", "a b"),
    ("where: {created: {before: 2012-12}}", "b"),
    ("where: {created: {since: 2012, until: 2013-01}}", "a b c"),
    ("where: {created: {after: 2012, not: 2013-09}}", "c"),
    ("where: {created: {known: no}}", "e"),
    ("where: {created: {known: oui}}", "a b c d"),
    ("where: {axes: un}", "a b"),
    ("where: {axes: [un, deux]}", "a b c"),
    ("where: {axes: un, state: shared}", "b"),
    ("where: {duplicate_of: ancien}", "e"),
    ("where: {title: ÉMARGEMENT}", "e"),
    ("where: {delivered_in: '4.1'}", "d"),
    ("where: {id: [a, e]}", "a e"),
    ("sort: -title", "e d c b a"),
    ("sort: created", "a b c d e"),
    ("sort: -created", "d c b a e"),
    ("sort: [state, -title]", "a c b d e"),
    ("sort: [-state, title]", "e d b c a"),
    ("limit: 2", "a b"),
    ("{sort: -created, limit: 1}", "d"),
    ("where:", "a b c d e"),
]


@pytest.mark.parametrize(("rest", "expected"), CASES)
def test_what_a_query_finds(rest: str, expected: str, graph: Graph) -> None:
    text = f"list: requests\n{rest}"
    if rest.startswith("{"):
        text = "{list: requests, " + rest.removeprefix("{")
    assert [record.id for record in run(read(text), graph)] == expected.split()


NUMBERS = [
    ("{order: 2}", "deux"),
    ("{order: {more_than: 1}}", "deux trois"),
    ("{order: {less_than: 3, at_least: 2}}", "deux"),
    ("{order: {at_most: '1,5'}}", "un"),
    ("{nature: technical}", "deux trois"),
    ("{tags: ete}", "deux"),
    ("{tags: rouge, not: {tags: Été}}", "un"),
]


@pytest.mark.parametrize(("where", "expected"), NUMBERS)
def test_numbers_and_lists(where: str, expected: str, graph: Graph) -> None:
    query = read(f"list: axes\nwhere: {where}\nsort: order")
    assert " ".join(record.id for record in run(query, graph)) == expected


def table_of(text: str, graph: Graph) -> TableView:
    (found,) = answer(read(text), graph)
    assert isinstance(found, TableView)
    return found


def test_a_count_is_a_number(graph: Graph) -> None:
    assert answer(read("count: requests\nwhere: {state: shared}\nlimit: 1"), graph) == (Counted(2),)


def test_a_table_has_the_columns_of_its_kind(graph: Graph) -> None:
    found = table_of("table: requests", graph)
    assert found.columns[:2] == ("title", "request\x04state") or found.columns[0] == "title"
    assert len(found.rows) == len(REQUESTS)


def test_a_table_has_the_columns_it_asks_for(graph: Graph) -> None:
    found = table_of("table: requests\ncolumns: [id, title, axes, created]\nwhere: {id: b}", graph)
    (row,) = found.rows
    links = [each.url for cell in row.cells for each in cell.values if hasattr(each, "url")]
    assert links == ["requests/b/", "requests/b/", "axes/un/", "axes/deux/"]
    assert str(row.cells[3].values[0]) == "2012-06"


def test_a_matrix_counts_or_lists(graph: Graph) -> None:
    found = table_of("matrix: requests\nrows: axes\ncolumns: state", graph)
    heads = [str(getattr(row.cells[0].values[0], "title", "")) for row in found.rows]
    assert heads == ["Deux", "Un", ""]
    assert [len(found.columns), found.is_matrix] == [5, True]
    numbers = [[cell.values for cell in row.cells[1:]] for row in found.rows]
    assert numbers == [
        [(), (Counted(2),), (), ()],
        [(Counted(1),), (Counted(1),), (), ()],
        [(), (), (Counted(1),), (Counted(1),)],
    ]
    listed = table_of("matrix: requests\nrows: axes\ncolumns: state\ncells: list", graph)
    (links,) = listed.rows[0].cells[2].values
    assert [each.title for each in links] == ["Bulletin", "Cahier"]  # type: ignore[attr-defined]


def test_the_links_of_a_query_count(tmp_path: Path) -> None:
    page = "# Page\n\n```club\nlist: axes\nwhere: {nature: technical}\n```\n"
    other = "# Autre\n\n```club\ncount: axes\n```\n"
    club = load(
        folder_at(
            write(tmp_path, {"data/axes.yaml": AXES, "docs/page.md": page, "docs/autre.md": other})
        )
    )
    found = {
        axis.id: [each.record.id for each in club.graph.backlinks(axis)] for axis in club.graph
    }
    assert found == {"un": [], "deux": ["page.md"], "trois": ["page.md"]}


def test_a_public_query_knows_nothing_of_the_members(tmp_path: Path) -> None:
    hidden = "secret: {label: Secret, nature: technical, order: 9, audience: members}\n"
    page = "# P\n\n```club\ncount: axes\n```\n\n```club\nlist: axes\nwhere: {id: secret}\n```\n"
    club = load(folder_at(write(tmp_path, {"data/axes.yaml": AXES + hidden, "docs/page.md": page})))
    assert club.problems == ()
    public = club.restricted(Audience.PUBLIC)
    read = queries_of(public.pages[0], public)
    count, listed = (each for each in read if isinstance(each, Query))
    assert answer(count, club.graph) == (Counted(4, 1),)
    assert answer(count, public) == (Counted(3, 1),)
    assert (len(answer(listed, club.graph)), len(answer(listed, public))) == (1, 0)


def test_pages_are_asked_for_too() -> None:
    graph = load(folder_at(TOY)).graph
    found = run(read("list: pages\nwhere: {owner: {known: no}}"), graph)
    assert [page.id for page in found] == ["index.md"]
    assert table_of("table: pages", graph).columns == ("title", "kept by", "tags")


def test_the_same_wrong_query_written_twice_is_told_of_twice(tmp_path: Path) -> None:
    page = "# P\n\n```club\nlist: axis\n```\n\n```club\nlist: axis\n```\n"
    club = load(folder_at(write(tmp_path, {"data/axes.yaml": AXES, "docs/page.md": page})))
    assert [str(each.place) for each in club.problems] == ["docs/page.md:4:1", "docs/page.md:8:1"]


def test_a_query_that_is_not_in_the_file_of_its_page_is_answered_too(tmp_path: Path) -> None:
    page = "# P\n\n```club\ncount: axes\n```\n"
    folder = folder_at(write(tmp_path, {"data/axes.yaml": AXES, "docs/page.md": page}))
    site = Site(load(folder).graph, Renderer(folder.registry))
    for text in ("count: axes", "count: axes\nlimit: 1"):
        assert ">3<" in site.answer_html(Fence("club", text, 1), "page.md", "page/")
        assert ">3<" in site.answer_html(Fence("club", text, 1), "made.md", "made/")
    assert site.answer_html(Fence("club", "count: axis", 1), "made.md", "made/") == ""

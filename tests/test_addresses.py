"""Two things at one address are told of before one is written over the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from club.model import structure_rules as rules
from club.publish.pages.addresses import ASSETS, OF_MKDOCS
from club.publish.pages.checks import check_pages
from club.read.load import load
from tests.clubs import club_of, folder_at, toy_in, write
from tests.test_problems import plain

AXES = "axe-usages: {label: Usages, nature: pedagogical, order: 1}\n"


def told(root: Path, files: dict[str, str]) -> list[str]:
    """Two things at one address in a club whose files are *files*, each with its place."""
    return [
        f"{each.place} {plain(each.message)}"
        for each in check_pages(club_of(root, files)).problems
        if each.rule is rules.DUPLICATE_ADDRESS
    ]


OURS = "that of what the club writes itself"
TAKEN = "the address “/{}” is already that of “{}” ({})"
CASES: list[tuple[str, dict[str, str], list[str]]] = [
    (
        "a page of the wiki and the news",
        {"docs/news.md": "# Nouvelles\n"},
        [f"docs/news.md:1:1 the address “/news/” is {OURS}: Recent changes"],
    ),
    (
        "an old address and a collection",
        {"docs/a.md": "---\naliases: projects\n---\n# A\n"},
        [f"docs/a.md:2:1 the address “/projects/” is {OURS}: projects"],
    ),
    (
        "the index of a collection written twice",
        {"docs/projects/index.md": "# P\n", "docs/projects/README.md": "# P\n"},
        [f"docs/projects/README.md:1:1 the address “/projects/” is {OURS}: projects"],
    ),
    (
        "a page and a folder of the same name",
        {"docs/a.md": "# A\n", "docs/a/index.md": "# B\n"},
        ["docs/a.md:1:1 " + TAKEN.format("a/", "B", "docs/a/index.md:1:1")],
    ),
    (
        "two pages where case does not count",
        {"docs/Charte.md": "# A\n", "docs/charte.md": "# B\n"},
        ["docs/charte.md:1:1 " + TAKEN.format("charte/", "A", "docs/Charte.md:1:1")],
    ),
    (
        "two pages whose accents are composed otherwise",
        {"docs/e\u0301t\u00e9.md": "# A\n", "docs/\u00e9t\u00e9.md": "# B\n"},
        [
            "docs/\u00e9t\u00e9.md:1:1 "
            + TAKEN.format("\u00e9t\u00e9/", "A", "docs/e\u0301t\u00e9.md:1:1")
        ],
    ),
    (
        "two old addresses where case does not count",
        {
            "docs/a.md": "---\naliases: Ancien\n---\n# A\n",
            "docs/b.md": "---\naliases: ancien\n---\n# B\n",
        },
        ["docs/b.md:2:1 " + TAKEN.format("ancien/", "A", "docs/a.md:2:1")],
    ),
    (
        "an old address and a page that case alone tells apart",
        {"docs/a.md": "---\naliases: B\n---\n# A\n", "docs/b.md": "# B\n"},
        ["docs/a.md:2:1 " + TAKEN.format("B/", "B", "docs/b.md:1:1")],
    ),
    (
        "a page and a page of the same name that only MkDocs reads",
        {"docs/a.md": "# A\n", "docs/a.markdown": "# B\n"},
        ["docs/a.markdown " + TAKEN.format("a/", "A", "docs/a.md:1:1")],
    ),
    (
        "an attachment and an export",
        {"docs/data/axes.json": "{}"},
        [f"docs/data/axes.json the address “/data/axes.json” is {OURS}: data/axes.json"],
    ),
    (
        "an attachment and a schema",
        {"docs/schema/Axis.json": "{}"},
        [f"docs/schema/Axis.json the address “/schema/Axis.json” is {OURS}: schema/axis.json"],
    ),
    (
        "an attachment and a feed",
        {"docs/feeds/all.atom": "<feed/>"},
        [f"docs/feeds/all.atom the address “/feeds/all.atom” is {OURS}: feeds/all.atom"],
    ),
    (
        "a page whose folder would be an exported file",
        {"docs/data/axes.csv/index.md": "# A\n"},
        [f"docs/data/axes.csv/index.md:1:1 the address “/data/axes.csv/” is {OURS}: data/axes.csv"],
    ),
    (
        "a file where a page has its folder",
        {"docs/a.md": "# A\n", "docs/A": "x"},
        ["docs/A " + TAKEN.format("A", "A", "docs/a.md:1:1")],
    ),
    (
        "the export of a record and an attachment",
        {"data/axes.yaml": AXES, "docs/data/axes/axe-usages.json": "{}"},
        [
            "docs/data/axes/axe-usages.json the address “/data/axes/axe-usages.json” is "
            f"{OURS}: data/axes/axe-usages.json"
        ],
    ),
    (
        "a record and a page in a folder of its name",
        {"data/axes.yaml": AXES, "docs/axes/axe-usages/index.md": "# A\n"},
        [
            "docs/axes/axe-usages/index.md:1:1 "
            + TAKEN.format("axes/axe-usages/", "Usages", "data/axes.yaml:1:1")
        ],
    ),
    (
        "a page of a tag in a folder of its name",
        {"docs/a.md": "---\ntags: [aide]\n---\n# A\n", "docs/tags/aide/index.md": "# B\n"},
        [f"docs/tags/aide/index.md:1:1 the address “/tags/aide/” is {OURS}: aide"],
    ),
    (
        "two tags that make the same address",
        {
            "docs/a.md": "---\ntags: [C]\n---\n# A\n",
            "docs/b.md": "---\ntags: [aide, C++]\n---\n# B\n",
        },
        ["docs/b.md:2:14 the tag “C++” would share the page of “C” (docs/a.md:2:8)"],
    ),
]


@pytest.mark.parametrize(
    ("files", "expected"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_two_things_at_one_address(
    files: dict[str, str], expected: list[str], tmp_path: Path
) -> None:
    assert told(tmp_path, files) == expected


def ways_to_take(path: str) -> dict[str, tuple[dict[str, str], str]]:
    """The ways in which something of `docs/` can be at *path*, with where each is told."""
    upper = path.rpartition("/")[0] + "/" + path.rpartition("/")[2].capitalize()
    upper = upper.removeprefix("/")
    return {
        "file": ({f"docs/{path}": "x"}, f"docs/{path}"),
        "case": ({f"docs/{upper}": "x"}, f"docs/{upper}"),
        "page": ({f"docs/{path}.md": "# A\n"}, f"docs/{path}.md:1:1"),
        "index": ({f"docs/{path}/index.md": "# A\n"}, f"docs/{path}/index.md:1:1"),
        "folder": ({f"docs/{path}/a.txt": "x"}, f"docs/{path}/a.txt"),
        "alias": ({"docs/a.md": f"---\naliases: [{path}]\n---\n# A\n"}, "docs/a.md:2:11"),
    }


WAYS = ("file", "case", "page", "index", "folder", "alias")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", [*OF_MKDOCS, *ASSETS, "data/axes.csv", "feeds/all.atom"])
def test_what_the_site_writes_by_itself_is_not_replaced_by_docs(
    path: str, way: str, tmp_path: Path
) -> None:
    files, place = ways_to_take(path)[way]
    [found] = told(tmp_path, files)
    assert found.startswith(f"{place} the address “/")
    assert found.endswith(f"” is {OURS}: {path}")


def test_the_assets_of_the_table_are_those_of_the_plugin() -> None:
    folder = Path(__file__).parent.parent / "plugins/mkdocs_club/assets"
    files = [each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()]
    assert {f"assets/club/{each}" for each in files} == set(ASSETS)


@pytest.mark.parametrize(
    "files",
    [
        {f"docs/{path}.md": "---\ntags: [Aide, aidé]\n---\n# A\n"}
        for path in ("index", "README", "report", "tags/index", "tags/aide", "projects/index")
    ]
    + [{"docs/charte.md": "---\naliases: Charte\n---\n# A\n"}],
    ids=lambda files: next(iter(files)),
)
def test_a_page_may_speak_before_what_the_club_works_out(
    files: dict[str, str], tmp_path: Path
) -> None:
    assert told(tmp_path, files) == []


def test_a_service_called_matrix_does_not_replace_the_matrix_of_services(tmp_path: Path) -> None:
    toy = toy_in(tmp_path)
    services = toy / "data/services.yaml"
    before = services.read_text("utf-8")
    more = "matrix:\n  label: Grille\n  families: famille-suivi\n"
    services.write_text(before + more, "utf-8")
    line = before.count("\n") + 1
    [found] = check_pages(load(folder_at(toy))).problems
    assert (str(found.place), found.record) == (f"data/services.yaml:{line}:1", "services/matrix")
    assert plain(found.message) == f"the address “/services/matrix/” is {OURS}: Services by project"


def test_filtered_tables_meetings_and_comparisons_keep_their_addresses(tmp_path: Path) -> None:
    toy = toy_in(tmp_path)
    taken = (
        "comparisons/comparaison-portage/differences",
        "meetings/rencontre-2021/since",
        "requests/state/discussed",
    )
    write(toy, {f"docs/{path}.md": "# A\n" for path in taken})
    found = [
        (each.place.path, each.rule.name) for each in check_pages(load(folder_at(toy))).problems
    ]
    assert found == [(f"docs/{path}.md", "duplicate-address") for path in taken]


def test_a_record_that_is_missing_elsewhere_does_not_stop_the_check(tmp_path: Path) -> None:
    toy = toy_in(tmp_path)
    (toy / "docs/news.md").write_text("# Nouvelles\n", "utf-8")
    (toy / "data/projects.yaml").write_text("", "utf-8")
    rules = {each.rule.name for each in check_pages(load(folder_at(toy))).problems}
    assert {"unknown-reference", "duplicate-address"} <= rules

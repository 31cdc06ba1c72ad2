"""Links that lead nowhere are told where they are written, with what was meant."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from club.publish.pages.dead_links import check_links, check_navigation
from club.read.settings import read_settings
from tests.clubs import club_of, write

AXIS = "usages:\n  label: Usages\n  nature: pedagogical\n  order: 1\n"
SITE = {
    "data/axes.yaml": AXIS,
    "docs/index.md": "# A\n",
    "docs/guides/debuter.md": "# Débuter\n\n## Partie\n\n<a id='ancre'></a>\n",
    "docs/files/plan.pdf": "x",
    "docs/files/été (2).png": "x",
}
ALIVE = """\
[a](../index.md) [b](debuter.md#partie) [c](debuter.md#ancre) [d](../files/plan.pdf#page=2)
![e](<../files/été (2).png>) ![f](../files/%C3%A9t%C3%A9%20(2).png) [g](../axes/usages.md)
[h](../axes/index.md) [i](../tags/index.md) [j](../report.md) [k](#titre) [l](https://a.example/b)
[m](mailto:a@b.example) `[n](absent.md)` \\[o](absent.md) [p]: absent.md [q](?a) [r][s] [u]
[v](../../axes/usages/) [w](debuter.md "Un titre") [x](
debuter.md)

```
[y](absent.md)
```

<!-- [z](absent.md) -->

[s]: debuter.md
[t]: absent.md
[^u]: absent.md

## Titre
"""
DEAD = {
    "[x](absent.pdf)": [],
    "[x](absente.md)": [],
    "![x](plan.pdf)": ["../files/plan.pdf"],
    "[x](debutre.md)": ["debuter.md"],
    "[x](../guide/debuter.md)": ["debuter.md"],
    "[x][y]\n\n[y]: absente.md": [],
    "[x](debuter.md#parti)": ["#partie"],
    "[x](#absente)": [],
    "[x](ailleurs/)": [],
}


def test_what_is_there_gives_no_alarm(tmp_path: Path) -> None:
    club = club_of(tmp_path, {**SITE, "docs/guides/b.md": f"# B\n\n{ALIVE}"})
    assert [(str(e.place), e.message.params["found"]) for e in check_links(club)] == []


@pytest.mark.parametrize("text", DEAD)
def test_what_is_not_there_is_told_with_the_nearest(text: str, tmp_path: Path) -> None:
    club = club_of(tmp_path, {**SITE, "docs/guides/b.md": f"# B\n\n{text}\n"})
    (problem,) = check_links(club)
    assert problem.place.path == "docs/guides/b.md"
    assert problem.place.line == (5 if "]:" in text else 3)
    assert set(DEAD[text]) <= set(problem.nearest)


RECORDS = {
    "[x](../../files/plan.pdf)": None,
    "[x](../../guides/debuter/)": None,
    "[x](../)": None,
    "[x](#une-partie)": None,
    "[x](../files/plan.pdf)": "../../files/plan.pdf",
    "![x](plan.pdf)": "../../files/plan.pdf",
    "[x](../guides/debuter.md)": "[[guides/debuter]]",
}


@pytest.mark.parametrize("text", RECORDS)
@pytest.mark.parametrize("where", ["field", "long text"])
def test_the_links_of_a_record_are_those_of_its_page(text: str, where: str, tmp_path: Path) -> None:
    more = {"docs/axes/usages.md": f"a\n\n{text}\n"}
    if where == "field":
        more = {"data/axes.yaml": f"{AXIS}  summary: '{text}'\n"}
    found = list(check_links(club_of(tmp_path, {**SITE, **more})))
    if RECORDS[text] is None:
        assert found == []
        return
    (problem,) = found
    line = ("data/axes.yaml", 5) if where == "field" else ("docs/axes/usages.md", 3)
    assert (problem.place.path, problem.place.line) == line
    assert problem.nearest[0] == RECORDS[text]


def test_the_navigation_and_the_foot_name_pages_that_are_there(tmp_path: Path) -> None:
    settings = (
        "site_name: A\nnav:\n  - A: index.md\n  - B:\n    - guides/debutre.md\n"
        "    - axes/index.md\n    - C: https://a.example\n    - tags/index.md\n"
        "extra:\n  club:\n    footer: [contact.md, index.md]\n"
    )
    club = club_of(tmp_path, {**SITE, "mkdocs.yml": settings})
    found = check_navigation(club, read_settings(tmp_path, {}))
    assert [(str(each.place), each.nearest[:1]) for each in found] == [
        ("mkdocs.yml:5:7", ("guides/debuter.md",)),
        ("mkdocs.yml:11:14", ()),
    ]


def test_mkdocs_says_the_same_of_pages(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The oracle: what MkDocs warns of when it builds the same pages."""
    settings = (
        "site_name: A\nplugins: [club]\nvalidation:\n  {unrecognized_links: warn, anchors: warn}\n"
    )
    root = write(tmp_path / "club", {**SITE, "mkdocs.yml": settings})
    for number, text in enumerate(DEAD):
        write(root, {f"docs/guides/b{number}.md": f"# B\n\n{text}\n"})
    write(root, {"docs/guides/c.md": f"# C\n\n{ALIVE.replace('[v](../../axes/usages/)', '')}"})
    with caplog.at_level(logging.INFO, "mkdocs"):
        build(load_config(str(root / "mkdocs.yml"), site_dir=str(tmp_path / "site")))
    said = [each.getMessage() for each in caplog.records if "contains a" in each.getMessage()]
    told = {number for number in range(len(DEAD)) if any(f"b{number}.md" in e for e in said)}
    assert told == set(range(len(DEAD)))
    assert not [each for each in said if "guides/c.md" in each]

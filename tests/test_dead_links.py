"""Links that lead nowhere are told where they are written, with what was meant."""

from __future__ import annotations

import logging
import re
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
<a href="../../axes/usages/">v</a> <img src="../../files/plan.pdf"> `<a href="absent/">`
[w](debuter.md "Un titre") [x](
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
    "[x](/guides/debuter/)": ["debuter.md"],
    "[x](../../guides/debuter/)": ["debuter.md"],
    "[x](../debuter/)": ["debuter.md"],
    "[x](../axes/usages/)": ["../axes/usages.md"],
    "[x](../axes/usages/index.md)": ["../axes/usages.md"],
    "[x](../data/axes.json)": ['<a href="../../data/axes.json">'],
    "[x](/files/plan.pdf)": ["../files/plan.pdf"],
    "[x](.)": [],
    "[x](www.a.example)": ["https://www.a.example"],
    "[x](prof@a.example)": ["mailto:prof@a.example"],
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


STRICT = (
    "site_name: A\nplugins: [club]\nvalidation:\n"
    "  {unrecognized_links: warn, anchors: warn, absolute_links: warn}\n"
)
LINK = re.compile(r"contains an? (?:absolute |unrecognized relative )?link '([^']*)'")
TARGETS = ["guides/debuter", "axes/usages", "axes", "tags", "report", "data/axes", "index"]
TARGETS += ["files/plan", "absent", ""]
FORMS = ["../{}.md", "../{}/index.md", "../{}/", "../{}", "../../{}/", "/{}/", "/{}.md", "{}.md"]
FORMS += [
    "../{}.json",
    "../{}.pdf",
    "../{}.md/",
    "./../{}.md?a=b",
    "../{}.html",
    "{}",
    "../../{}.md",
]


def test_what_is_told_is_what_stops_a_strict_build(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    links = dict.fromkeys(form.format(each) for form in FORMS for each in TARGETS)
    page = "# L\n\n" + "".join(f"[x]({link})\n" for link in links)
    root = write(tmp_path / "club", {**SITE, "mkdocs.yml": STRICT, "docs/guides/l.md": page})
    with caplog.at_level(logging.WARNING, "mkdocs"):
        build(load_config(str(root / "mkdocs.yml"), site_dir=str(tmp_path / "site")))
    said = {match[1] for each in caplog.records if (match := LINK.search(each.getMessage()))}
    told = {each.message.params["found"] for each in check_links(club_of(root, {}))}
    assert len(said) > 100
    assert told == said


HTML = {
    '<a href="debuter.md">x</a>': ["../debuter/"],
    '<figure><img src="../files/plan.pdf"></figure>': ["../../files/plan.pdf"],
    "<a href='../axes/usages/' class=a>x</a>": ["../../axes/usages/"],
    "Un <a class=b href=../debutre/>mot</a>": [],
}


@pytest.mark.parametrize("text", HTML)
def test_a_link_in_html_that_a_browser_cannot_follow_is_told(text: str, tmp_path: Path) -> None:
    club = club_of(tmp_path, {**SITE, "docs/guides/b.md": f"# B\n\n{text}\n"})
    (problem,) = check_links(club)
    assert (problem.place.line, problem.place.column) == (
        3,
        text.index("=", 5) + 2,
    ) or "class" in text
    assert set(HTML[text]) <= set(problem.nearest)
    for near in problem.nearest:
        other = text.replace(str(problem.message.params["found"]), near)
        again = club_of(tmp_path, {"docs/guides/b.md": f"# B\n\n{other}\n"})
        assert not list(check_links(again))


def test_a_page_with_a_fault_leaves_links_to_it_alone(tmp_path: Path) -> None:
    broken = {"docs/guides/faute.md": "---\naudience: nobody\n---\n# F\n"}
    links = {"docs/guides/b.md": '# B\n\n[x](faute.md) <a href="../faute/">x</a>\n'}
    club = club_of(tmp_path, {**SITE, **broken, **links})
    assert club.errors
    assert not list(check_links(club))


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
        "extra:\n  club:\n    footer: [qui-nous-joindre-par-ecrit.md, index.md]\n"
    )
    club = club_of(tmp_path, {**SITE, "mkdocs.yml": settings})
    found = check_navigation(club, read_settings(tmp_path, {}))
    assert [(str(each.place), each.nearest[:1]) for each in found] == [
        ("mkdocs.yml:5:7", ("guides/debuter.md",)),
        ("mkdocs.yml:11:14", ()),
    ]


def test_one_misspelt_word_made_pages_of_the_navigation_look_gone(tmp_path: Path) -> None:
    settings = "site_name: A\nnav: [index.md, convergence.md, desk.md, convergense.md]\n"
    records = {
        "data/projects.yaml": "nord: {name: Nord, state: pilot}\n",
        "data/requests.yaml": "a: {title: A, need: N, state: submited}\n"
        "b: {title: B, need: N, state: submitted, positions: [{project: nord, stance: wanted}]}\n",
    }
    club = club_of(tmp_path, {**SITE, "mkdocs.yml": settings, **records})
    assert club.stopping
    found = check_navigation(club, read_settings(tmp_path, {}))
    assert [str(each.place) for each in found] == ["mkdocs.yml:2:42"]


def test_mkdocs_says_the_same_of_pages(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The oracle: what MkDocs warns of when it builds the same pages."""
    root = write(tmp_path / "club", {**SITE, "mkdocs.yml": STRICT})
    for number, text in enumerate(DEAD):
        write(root, {f"docs/guides/b{number}.md": f"# B\n\n{text}\n"})
    write(root, {"docs/guides/c.md": f"# C\n\n{ALIVE}"})
    with caplog.at_level(logging.INFO, "mkdocs"):
        build(load_config(str(root / "mkdocs.yml"), site_dir=str(tmp_path / "site")))
    said = [each.getMessage() for each in caplog.records if "contains a" in each.getMessage()]
    told = {number for number in range(len(DEAD)) if any(f"b{number}.md" in e for e in said)}
    assert told == set(range(len(DEAD)))
    assert not [each for each in said if "guides/c.md" in each]

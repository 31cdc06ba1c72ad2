"""The exported folder, published by stock MkDocs and by Zensical, beside the site of our plugin."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest
import yaml

from tests.clubs import few, toy_in, write
from tests.shipped.conftest import Built, Page, build, said
from tests.shipped.test_leak import SECRET, leaks, plant
from tests.test_cli import club
from tests.wiki.conftest import LATER, Work

HERE = "https://here.invalid/"
"""Where relative links are followed from; what is elsewhere is left alone."""
GENERATORS = ("mkdocs", "zensical")
HARD_PAGE = """---
title: Des pièges
description: Une page <b>"difficile"</b>
tags: [jardinage]
aliases: [anciens-pieges]
owner: academie-fictive
---

# Des pièges

Voir [[jardin-nord]], [le reste](suite.md#la-suite), [l’accueil](../index.md), ![un plan](plan.png)
et [un modèle](../fichiers/modele.txt). Son ancienne adresse :
[là](../difficulties/vide.md).

```python
def f():

    return "[[jardin-nord]] {{ x }} ~~~"
```

~~~~
```
[[code]]
```

{% raw %}
~~~~

    indenté

    [^1]: encore

<pre>
un

  deux
\ttrois</pre>

<script>alert(1)</script>
<p onclick="alert(1)">Un <b>mot</b></p>

1. Un point

    ```club
    list: projects
    ```

2. Un autre

| a | b |
| --- | --- |
| [[jardin-sud]] | `a\\|b` |
"""
NEXT_PAGE = """# La *suite* & "fin"

## La suite {: aliases="avant" }

Revoir [les pièges](pieges.md) et [[guides/suite#avant]].
"""
BODY = """---
title: laissé de côté
---

## Le détail

```
un

    deux
```

Voir [[exporter-le-carnet]].
"""


@dataclass(frozen=True)
class Portable:
    """The site of our plugin, the exported folder, and the sites made from it."""

    site: Built
    folder: Path
    others: dict[str, Built]


def publish(generator: str, folder: Path) -> Built:
    """The exported *folder* published by *generator*, which may warn of nothing."""
    work = folder.parent / generator
    shutil.copytree(folder, work)
    command = [sys.executable, "-m", generator, "build", "--strict"]
    done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return Built(work / "site")


@pytest.fixture(scope="module")
def portable(tmp_path_factory: pytest.TempPathFactory) -> Portable:
    top = tmp_path_factory.mktemp("portable")
    work = Work(top / "club")
    (work.club / "data").rmdir()
    toy_in(work.club)
    work.commit({".gitignore": ".cache/\n"}, "Ce avec quoi le club commence")
    write(work.club, {"docs/guides/pieges.md": HARD_PAGE, "docs/guides/suite.md": NEXT_PAGE})
    write(work.club, {"docs/meetings/rencontre-2022.md": BODY, "docs/guides/plan.png": "plan"})
    with (work.club / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("markdown_extensions: [attr_list, md_in_html, {toc: {permalink: true}}]\n")
    difficulties = work.club / "data/difficulties.yaml"
    text = difficulties.read_text("utf-8").replace(
        "carnet-vide:\n", "carnet-vide:\n  aliases: vide\n"
    )
    work.commit({"data/difficulties.yaml": text}, "Le club")
    done = build(work.club, top / "site", **LATER)
    assert done.returncode == 0, done.stderr
    run = club("export", "--markdown", top / "folder", cwd=work.club, **LATER)
    assert run.returncode == 0, run.stderr
    others = {generator: publish(generator, top / "folder") for generator in GENERATORS}
    return Portable(Built(top / "site"), top / "folder", others)


def pages_of(site: Built) -> Iterator[tuple[str, Page]]:
    """The pages of *site* by address, less the one that says that there is none."""
    for page in site.pages():
        if page.path.name != "404.html":
            yield page.url.removeprefix("./"), page


def links(within: Element, url: str) -> list[tuple[str, str, str]]:
    """What the links and pictures of a part of the page at *url* say, and where they lead."""
    found = []
    for each in within.iter():
        href = each.get("href") or each.get("src")
        # The pencils of the theme stand outside what the club writes.
        if href and "md-content__button" not in each.get("class", ""):
            found.append((each.tag, said(each), urljoin(urljoin(HERE, url), href)))
    return found


def body_of(page: Page) -> Element:
    """What the club wrote of a page that another generator published."""
    (found,) = [each for each in page.article.iter("div") if each.get("class") == "club-portable"]
    return found


@pytest.mark.long
@pytest.mark.parametrize("generator", few(GENERATORS))
def test_every_page_says_what_it_says_on_the_site(portable: Portable, generator: str) -> None:
    there = portable.others[generator]
    ours = dict(pages_of(portable.site))
    assert {"", "guides/pieges/", "projects/jardin-nord/", "report/", "news/"} <= ours.keys()
    for url, page in ours.items():
        if 'http-equiv="refresh"' in page.path.read_text("utf-8"):
            assert (there.folder / url / "index.html").read_bytes() == page.path.read_bytes()
            continue
        body = body_of(there.page(url))
        assert said(body) == page.words, url
        assert links(body, url) == links(page.article, url), url
        assert [each.text for each in body.iter("code")] == [
            each.text for each in page.article.iter("code")
        ]


def test_what_moved_is_called_as_its_page_is(portable: Portable) -> None:
    since = portable.site.page("meetings/rencontre-2021/since/")
    assert "guides/suite/" in [
        target.removeprefix(HERE) for _, _, target in links(since.article, since.url)
    ]
    assert "La suite &" in since.words


def test_every_link_of_every_site_leads_somewhere(portable: Portable) -> None:
    for site in (portable.site, *portable.others.values()):
        for url, page in pages_of(site):
            for _, _, target in links(page.article, url):
                assert is_there(site.folder, target), (url, target)


def test_every_link_of_the_folder_leads_somewhere(portable: Portable) -> None:
    docs = portable.folder / "docs"
    files = sorted(docs.rglob("*.md"))
    assert {each.name for each in files} == {"index.md"}
    for file in files:
        url = f"{file.parent.relative_to(docs).as_posix()}/".removeprefix("./")
        for _, _, target in links(
            html5lib.parse(file.read_text("utf-8"), namespaceHTMLElements=False), url
        ):
            assert is_there(docs, target), (url, target)


def is_there(folder: Path, target: str) -> bool:
    """Whether an address of the club is that of a file of *folder*, and its anchor is there."""
    address = urlsplit(target)
    if f"{address.scheme}://{address.netloc}/" != HERE:
        return True
    path = folder / unquote(address.path.lstrip("/"))
    names = ("index.html", "index.md") if address.path.endswith("/") else ("",)
    found = [path / name for name in names if (path / name).is_file()]
    if not found or not address.fragment:
        return bool(found)
    document = html5lib.parse(found[0].read_text("utf-8"), namespaceHTMLElements=False)
    return unquote(address.fragment) in {each.get("id") for each in document.iter()}


def front_of(portable: Portable, url: str) -> dict[str, object]:
    text = (portable.folder / "docs" / url / "index.md").read_text("utf-8")
    found: dict[str, object] = yaml.safe_load(text.split("---\n")[1])
    return found


def test_pages_say_what_another_generator_needs(portable: Portable) -> None:
    page = front_of(portable, "guides/pieges")
    assert page | {"description": ""} == {
        "title": "Des pièges",
        "description": "",
        "kind": "page",
        "id": "guides/pieges.md",
        "tags": ["jardinage"],
        "aliases": ["anciens-pieges/"],
        "first_published": "2023-11-16",
        "last_updated": "2023-11-16",
        "audience": "public",
    }
    assert str(page["description"]).startswith("Voir")
    record = front_of(portable, "difficulties/carnet-vide")
    assert (record["kind"], record["id"]) == ("difficulty", "carnet-vide")
    assert record["aliases"] == ["difficulties/vide/"]
    assert "<" not in str(front_of(portable, "guides/suite"))
    assert '"' not in str(front_of(portable, "guides/suite")["title"])


def test_contributors_html_runs_nothing_there(portable: Portable) -> None:
    for site in portable.others.values():
        body = body_of(site.page("guides/pieges/"))
        assert not list(body.iter("script"))
        assert not [each for each in body.iter() if each.get("onclick")]
        assert "alert" not in (site.folder / "guides/pieges/index.html").read_text("utf-8")


def test_files_feeds_and_data_come_along(portable: Portable) -> None:
    ours = {
        file.relative_to(portable.site.folder).as_posix(): file.read_bytes()
        for folder in ("data", "schema", "feeds", "fichiers", "guides", "assets/club")
        for file in (portable.site.folder / folder).rglob("*")
        # A style sheet is cut down to what its own site uses.
        if file.is_file() and file.suffix not in {".html", ".css"}
    }
    assert {"data/projects.csv", "feeds/all.atom", "fichiers/modele.txt"} <= ours.keys()
    for site in portable.others.values():
        assert {
            path: data for path, data in ours.items() if data != (site.folder / path).read_bytes()
        } == {}


def test_it_is_written_on_a_machine_without_mkdocs(tmp_path: Path) -> None:
    root = toy_in(tmp_path / "club")
    without = (
        "import sys; sys.modules['mkdocs'] = None; from club.cli import main; sys.exit(main())"
    )
    command = [sys.executable, "-c", without, "export", "--markdown", str(tmp_path / "folder")]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "folder/docs/projects/jardin-nord/index.md").is_file()


@pytest.mark.long
def test_what_is_for_members_leaves_no_trace(tmp_path: Path) -> None:
    secrets = plant(tmp_path / "club")
    work = Work(tmp_path / "club")
    work.is_for_readers = True
    body = (
        f"Voir [le projet](../projects/{SECRET}-record-project.md) et [[{SECRET}-record-axis]].\n"
    )
    work.commit({".gitignore": ".cache/\n", "docs/meetings/half-meeting.md": body}, SECRET)
    for audience in ("public", "members"):
        target = tmp_path / audience
        run = club("export", "--markdown", target, "--audience", audience, cwd=work.club)
        assert run.returncode == 0, run.stderr
    assert leaks(tmp_path / "public") == []
    assert "le projet" in (tmp_path / "public/docs/meetings/half-meeting/index.md").read_text()
    everything = "".join(
        file.read_text("utf-8")
        for file in (tmp_path / "members").rglob("*.*")
        if file.is_file() and file.suffix not in {".xlsx", ".pdf"}
    )
    assert [secret for secret in secrets if secret not in everything] == []
    assert f"{SECRET}-page/index.md" in (tmp_path / "members/mkdocs.yml").read_text()

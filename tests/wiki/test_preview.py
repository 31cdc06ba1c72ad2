"""A preview cannot be poisoned: a proposal brings words and pictures, and nothing that runs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from club.cli import main
from club.model.message import Message
from club.read.svg import is_harmless
from club.review import preview
from club.review.preview import assemble
from tests.clubs import folder_at, toy_in, write
from tests.shipped.conftest import build
from tests.wiki.repos import CALM, git, toy_repo

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
MARK = "hostile"
"""What every attack below would leave in a page if it came through."""

PAGE = f"""\
---
title: '</title><script>{MARK}()</script>"><img src=x onerror={MARK}()>'
description: '"><script>{MARK}()</script>'
author: '"><script>{MARK}()</script>'
template: ../../{MARK}.html
icon: ../../{MARK}
hide: [navigation, "<script>{MARK}()</script>"]
revision_date: <script>{MARK}()</script>
search: {{boost: 1e9, exclude: "<script>"}}
social: {{cards_layout: {MARK}}}
tags: ["<script>{MARK}()</script>"]
---

# Un titre <script>{MARK}()</script> <b onclick="{MARK}()">gras</b>

<script>{MARK}()</script>
<SCRIPT SRC=https://elsewhere.example/{MARK}.js></SCRIPT>
<img src=x onerror="{MARK}()"> <svg onload="{MARK}()"><script>{MARK}()</script></svg>
<iframe src="javascript:{MARK}()"></iframe><object data="{MARK}.swf"></object>
<form action="https://elsewhere.example/{MARK}"><button formaction="javascript:{MARK}()">x</button>
</form><style>@import "https://elsewhere.example/{MARK}.css";</style>
<a href="java&#x73;cript:{MARK}()">a</a> [b](javascript:{MARK}()) [c](data:text/html,{MARK})
<a href=" javascript:{MARK}()">d</a> [e](vbscript:{MARK}) ![f](data:image/svg+xml,{MARK})
<meta http-equiv=refresh content="0;url=https://elsewhere.example/{MARK}"><base href=//{MARK}>
<p style="background:url(https://elsewhere.example/{MARK})" onmouseover={MARK}()>g</p>

Un mot {{: onclick="{MARK}()" style="x:expression({MARK}())" }}

## Une partie <img src=x onerror={MARK}()> {{: onclick="{MARK}()" }}

{{{{ config }}}} {{% include "../../{MARK}" %}} [[carnet|<script>{MARK}()</script>]]
"""

RECORD = f"""\
title: '<script>{MARK}()</script>'
need: |
  <script>{MARK}()</script> <img src=x onerror={MARK}()> [x](javascript:{MARK}())
  <a href="data:text/html,{MARK}">y</a> {{{{ {MARK} }}}}
state: draft
"""


@pytest.fixture(autouse=True)
def _calm(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in CALM.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return toy_repo(tmp_path / "club")


@pytest.fixture
def proposal(tmp_path: Path) -> Path:
    return toy_in(tmp_path / "proposal")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "preview"


def left_out(root: Path, proposal: Path | str, target: Path) -> dict[str, str]:
    found = assemble(folder_at(root), str(proposal), target)
    assert not isinstance(found, Message), found
    return {each.place.path: each.message.id for each in found}


def files(folder: Path) -> set[str]:
    return {
        each.relative_to(folder).as_posix()
        for each in folder.rglob("*")
        if (each.is_file() or each.is_symlink()) and ".git" not in each.parts
    }


def test_a_sound_proposal_is_taken_whole(root: Path, proposal: Path, target: Path) -> None:
    write(proposal, {"docs/neuf.md": "---\ntitle: Neuf\nhide: [toc]\n---\n\n# Neuf\n"})
    write(proposal, {"docs/plan.svg": SVG.format('<circle r="4" fill="url(#a)"/>')})
    (proposal / "data/decisions.yaml").unlink()
    assert left_out(root, proposal, target) == {}
    assert files(target) == (files(root) | {"docs/neuf.md", "docs/plan.svg"}) - {
        "data/decisions.yaml"
    }


def test_code_and_settings_are_those_of_the_club(root: Path, proposal: Path, target: Path) -> None:
    mine = {"docs/theme.css": "main{}", "docs/app.js": "main()", "overrides/main.html": "main"}
    write(root, mine)
    git(root, "add", ".")
    theirs = dict.fromkeys(mine, MARK)
    write(proposal, {**theirs, "mkdocs.yml": MARK, "Makefile": MARK, "plugins/x.py": MARK})
    found = left_out(root, proposal, target)
    assert set(found) == {"docs/theme.css", "docs/app.js"}
    assert {path: (target / path).read_text() for path in mine} == mine
    assert (target / "mkdocs.yml").read_text() == (root / "mkdocs.yml").read_text()
    assert not (target / "Makefile").exists()
    assert not (target / "plugins").exists()


HOSTILE = {
    "docs/x.html": preview.BAD_TYPE,
    "docs/X.HTML": preview.BAD_TYPE,
    "docs/x.js": preview.BAD_TYPE,
    "docs/x.css": preview.BAD_TYPE,
    "docs/x.xml": preview.BAD_TYPE,
    "docs/x.xhtml": preview.BAD_TYPE,
    "docs/x.json": preview.BAD_TYPE,
    "docs/x.py": preview.BAD_TYPE,
    "docs/x": preview.BAD_TYPE,
    "docs/.htaccess": preview.BAD_PATH,
    "docs/.hidden/x.md": preview.BAD_PATH,
    "docs/_headers": preview.BAD_TYPE,
    "docs/assets/club/club.js": preview.BAD_TYPE,
    "docs/a:b.md": preview.BAD_PATH,
    "docs/a\nb.md": preview.BAD_PATH,
    "docs/a\\b.md": preview.BAD_PATH,
    "docs/ a.md": preview.BAD_PATH,
    "docs/1/2/3/4/5/6/7/8/9.md": preview.BAD_PATH,
    "data/x.md": preview.BAD_TYPE,
    "data/x.py": preview.BAD_TYPE,
    "docs/bad.svg": preview.BAD_DRAWING,
    "docs/tag.md": preview.BAD_FRONT,
    "docs/alias.md": preview.BAD_FRONT,
    "docs/latin.md": preview.BAD_FRONT,
    "docs/long.md": preview.BAD_FRONT,
}
CONTENT = {
    "docs/bad.svg": SVG.format("<script>1</script>"),
    "docs/tag.md": "---\nx: !!python/object/apply:os.system ['touch hostile']\n---\n# T\n",
    "docs/alias.md": "---\na: &a [x, x]\nb: &b [*a, *a]\ntitle: *b\n---\n# T\n",
    "docs/long.md": f"---\ntitle: {'x' * preview.MAX_FRONT_MATTER}\n---\n# T\n",
}


def test_what_could_run_is_left_out(root: Path, proposal: Path, target: Path) -> None:
    write(proposal, {path: CONTENT.get(path, MARK) for path in HOSTILE})
    (proposal / "docs/latin.md").write_bytes("# é".encode("latin-1"))
    assert left_out(root, proposal, target) == HOSTILE
    assert files(target) == files(root)


def test_links_are_not_followed(root: Path, proposal: Path, target: Path) -> None:
    secret = proposal.parent / "secret.md"
    secret.write_text("# Secret\n")
    (proposal / "docs/lien.md").symlink_to(secret)
    (proposal / "docs/dossier").symlink_to(proposal.parent)
    (proposal / "docs/relatif.md").symlink_to("../mkdocs.yml")
    (proposal / "docs/index.md").unlink()
    (proposal / "docs/index.md").symlink_to(secret)
    shutil.rmtree(proposal / "data")
    (proposal / "data").symlink_to(proposal.parent)
    os.mkfifo(proposal / "docs/tuyau.md")
    assert left_out(root, proposal, target) == {
        "data": preview.NOT_PLAIN,
        **{
            f"docs/{name}": preview.NOT_PLAIN
            for name in ("lien.md", "dossier", "relatif.md", "index.md", "tuyau.md")
        },
    }
    assert "Secret" not in "".join(
        (target / path).read_text("utf-8", "replace") for path in files(target)
    )
    assert not any(each.is_symlink() for each in target.rglob("*"))


def hostile_commit(root: Path) -> str:
    """A commit that no work tree could make: links, `..`, absolute and odd paths, a submodule."""
    blob = git(root, "rev-parse", "HEAD:docs/index.md")
    link = root / "lien"
    link.write_text("../../../../etc/passwd")
    target = git(root, "hash-object", "-w", "lien")
    link.unlink()
    inner = f"100644 blob {blob}\tevil.md\n120000 blob {target}\tlien.md\n"
    inner += f"100755 blob {blob}\tprogramme.md\n"
    inner += f"160000 commit {git(root, 'rev-parse', 'HEAD')}\tmodule.md\n"

    def tree(text: str) -> str:
        done = subprocess.run(
            ["git", "mktree", "--missing"],
            cwd=root,
            input=text.encode(),
            capture_output=True,
            check=True,
        )
        return done.stdout.decode().strip()

    inside = tree(inner)
    odd = tree(f"100644 blob {blob}\tevil.md\n")
    docs = tree(f"040000 tree {inside}\tsous\n040000 tree {odd}\t..\n040000 tree {odd}\t.git\n")
    top = tree(f"040000 tree {docs}\tdocs\n")
    return git(root, "commit-tree", top, "-m", "Hostile")


def test_a_hostile_commit(root: Path, target: Path) -> None:
    found = left_out(root, hostile_commit(root), target)
    assert found == {
        "docs/sous/lien.md": preview.NOT_PLAIN,
        "docs/sous/module.md": preview.NOT_PLAIN,
        "docs/../evil.md": preview.BAD_PATH,
        "docs/.git/evil.md": preview.BAD_PATH,
    }
    assert (target / "docs/sous/evil.md").is_file()
    assert not (target / "evil.md").exists()
    assert not (target / ".git").exists()
    assert not os.access(target / "docs/sous/programme.md", os.X_OK) or os.name == "nt"


def test_sizes(root: Path, proposal: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(proposal, {"docs/gros.md": "x" * (preview.MAX_PAGE + 1)})
    with (proposal / "docs/enorme.pdf").open("wb") as file:
        file.truncate(preview.MAX_FILE + 1)
    assert left_out(root, proposal, target) == {
        "docs/gros.md": preview.TOO_BIG,
        "docs/enorme.pdf": preview.TOO_BIG,
    }
    monkeypatch.setattr(preview, "MAX_TOTAL", 1000)
    found = left_out(root, proposal, target.with_name("again"))
    assert list(found.values()) == [preview.TOO_MUCH]


@pytest.mark.parametrize(
    "inside",
    [
        "<script>1</script>",
        '<circle onclick="x()"/>',
        '<a href="https://elsewhere.example"><circle/></a>',
        '<use href="https://elsewhere.example/x.svg#a"/>',
        '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="data:image/svg+xml,x"/>',
        '<image href="https://elsewhere.example/x.png"/>',
        "<foreignObject><p>x</p></foreignObject>",
        "<style>@import 'x'</style>",
        '<circle style="fill:url(https://elsewhere.example)"/>',
        '<circle fill="url(//elsewhere.example/a)"/>',
        '<animate attributeName="href" to="javascript:x()"/>',
        '<set attributeName="onclick" to="x()"/>',
        '<html:script xmlns:html="http://www.w3.org/1999/xhtml">1</html:script>',
        '<circle style="fill:u\\72l(x)"/>',
        "<circle>",
        *(
            f"<circle style=\"fill:{name}('https://elsewhere.example/a' 1x)\"/>"
            for name in ("image-set", "-webkit-image-set", "src", "image", "cross-fade", "element")
        ),
        "".join(f'<g id="a{n}">' + f'<use href="#a{n + 1}"/>' * 10 + "</g>" for n in range(9)),
        "".join(
            f'<pattern id="p{n}">' + f'<rect fill="url(#p{n + 1})"/>' * 2 + "</pattern>"
            for n in range(20)
        ),
        '<g id="a"><use href="#a"/></g>',
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        "<g>" * 100 + "</g>" * 100,
        "<circle/>" * 60_000,
        f"<desc>{'x' * 1024 * 1024}</desc>",
    ],
    ids=lambda text: text[:40],
)
def test_drawings_that_are_refused(inside: str) -> None:
    assert not is_harmless(SVG.format(inside).encode())


def test_drawings_that_are_taken() -> None:
    inside = '<defs><linearGradient id="a"/></defs><path d="M0 0h9" style="fill:url(#a)"/>'
    assert is_harmless(SVG.format(inside + '<text x="1">L’été</text><use href="#a"/>').encode())
    many = '<symbol id="s">' + "<circle/>" * 20 + "</symbol>" + '<use href="#s"/>' * 1000
    assert is_harmless(SVG.format(many).encode())
    most = '<symbol id="s">' + "<circle/>" * 97 + "</symbol>" + '<use href="#s"/>' * 499
    rest = "<circle/>" * (50_000 - 1 - 98 - 499 * 99)
    assert is_harmless(SVG.format(most + rest).encode())
    assert not is_harmless(SVG.format(most + rest + "<circle/>").encode())
    assert is_harmless(('<?xml version="1.0"?>\n<!-- un plan -->' + SVG.format("")).encode())


@pytest.mark.parametrize(
    "drawing",
    [
        b"",
        b"<svg/>",
        b"\xff\xfe<\x00s\x00v\x00g\x00",
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;").encode(),
        b'<?xml-stylesheet href="https://elsewhere.example/x.css"?>' + SVG.format("").encode(),
        b'<?xml version="1.0" encoding="utf-7"?>' + SVG.format("+ADw-script+AD4-").encode(),
        b'<html xmlns="http://www.w3.org/1999/xhtml"/>',
    ],
)
def test_what_is_no_drawing(drawing: bytes) -> None:
    assert not is_harmless(drawing) or b"utf-7" in drawing


def elements(folder: Path) -> Iterator[tuple[str, Element]]:
    for file in sorted(folder.rglob("*.html")):
        page = html5lib.parse(file.read_text("utf-8"), namespaceHTMLElements=False)
        yield from ((file.relative_to(folder).as_posix(), each) for each in page.iter())


def attacks(folder: Path) -> list[str]:
    """What would run or load something in the pages of *folder*."""
    found = []
    for page, element in elements(folder):
        tag = str(element.tag).rpartition("}")[2]
        text = "".join(element.itertext()) if tag in {"script", "style"} else ""
        if MARK in text or tag in {"iframe", "object", "embed", "base"}:
            found.append(f"{page}: <{tag}>")
        for name, value in element.attrib.items():
            address = re.sub(r"[\x00-\x20]", "", value).lower()
            is_address = name in {"href", "src", "action", "formaction", "srcdoc", "style", "data"}
            runs = address.startswith(("javascript:", "vbscript:", "data:text", "data:image/svg"))
            is_ours = tag in {"script", "link"} and MARK not in value
            if name.startswith("on") and MARK in value:
                found.append(f"{page}: {tag} {name}={value}")
            if is_address and not is_ours and (runs or "elsewhere.example" in address):
                found.append(f"{page}: {tag} {name}={value}")
            refresh = "refresh" in element.attrib.get("http-equiv", "")
            # The redirects of former addresses lead to a page of this very site.
            if tag == "meta" and refresh and "; url=../" not in element.attrib["content"]:
                found.append(f"{page}: refresh")
    return found


def test_the_attacks_would_be_seen(tmp_path: Path) -> None:
    write(tmp_path, {"index.html": PAGE.partition("\n---\n")[2].replace("{{", "{")})
    kinds = {each.split()[1] for each in attacks(tmp_path)}
    assert kinds >= {"<script>", "<iframe>", "img", "svg", "a", "button", "form", "p"}


@pytest.mark.long
def test_a_hostile_proposal_built_for_real(root: Path, proposal: Path, target: Path) -> None:
    write(
        proposal,
        {
            "docs/hostile.md": PAGE,
            # Words before the text, without the line that opens a front matter.
            "docs/ancien.md": f"template: ../../{MARK}.html\ntitle: <script>{MARK}()</script>\n\nx",
            "docs/index.md": (proposal / "docs/index.md").read_text("utf-8")
            + PAGE.partition("\n---\n")[2],
            "docs/requests/hostile.md": PAGE,
            "docs/requests/index.md": PAGE,
            "data/requests/hostile.yaml": RECORD,
            f"docs/{MARK}.html": f"<script>{MARK}()</script>",
            "docs/404.html": f"<script>{MARK}()</script>",
            "docs/main.html": f"<script>{MARK}()</script>",
            "docs/assets/club/club.js": f"{MARK}()",
            "docs/assets/club/club.css": f'@import "//{MARK}"',
            "docs/search/search_index.json": MARK,
            "mkdocs.yml": f"site_name: x\nhooks: [{MARK}.py]\n",
            f"{MARK}.py": f"open('{MARK}', 'w')",
        },
    )
    assert left_out(root, proposal, target)
    site = target.parent / "site"
    done = build(target, site, strict=False)
    assert done.returncode == 0, done.stderr
    assert (site / "hostile/index.html").is_file()
    assert attacks(site) == []
    clean = target.parent / "clean"
    assert build(root, clean, strict=False).returncode == 0
    for path in ("assets/club/club.js", "assets/club/club.css"):
        assert (site / path).read_bytes() == (clean / path).read_bytes()
    assert MARK not in (site / "404.html").read_text("utf-8").replace("/hostile/", "")
    assert not list(site.rglob(f"*{MARK}.html"))
    assert not (target / f"{MARK}.py").exists()
    assert MARK not in "".join(file.read_text("utf-8") for file in site.glob("search/*.json"))
    assert not (site / "search/search_index.json").exists()


@pytest.mark.parametrize(
    "text",
    [
        "title: !!python/object/apply:os.system ['touch hostile']\n",
        "title: &a [*a]\n",
        "title: " + "[" * 3000 + "]" * 3000 + "\n",
        "title: 'x\n",
        "title: \x07\n",
        "? [a, b]\n: c\n",
    ],
)
def test_hostile_records_stop_the_build_and_run_nothing(
    text: str, root: Path, proposal: Path, target: Path
) -> None:
    write(proposal, {"data/requests/hostile.yaml": text})
    assert left_out(root, proposal, target) == {}
    assert main(["--root", str(target), "check"]) == 1
    assert not list(target.parent.rglob(MARK))


@pytest.mark.long
def test_the_front_matter_of_a_build_without_a_preview(root: Path, target: Path) -> None:
    """Even where nobody assembled it first, a page chooses neither template nor code."""
    write(root, {"docs/hostile.md": PAGE})
    done = build(root, target, strict=False)
    assert done.returncode == 0, done.stderr
    assert attacks(target) == []


def test_aliases_in_front_matter_stop_the_build(root: Path, target: Path) -> None:
    bomb = "---\na: &a [x, x, x]\nb: &b [*a, *a, *a]\ntitle: *b\naudience: *b\n---\n\n# T\n"
    write(root, {"docs/bombe.md": bomb})
    done = build(root, target, strict=False)
    assert done.returncode != 0
    assert "docs/bombe.md:3:8" in done.stderr
    assert "Traceback" not in done.stderr
    assert not target.exists() or attacks(target) == []


def test_the_command(
    root: Path, proposal: Path, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = ["--root", str(root), "preview", "--to", str(target), "--from"]
    assert main([*start, str(proposal)]) == 0
    assert main([*start, str(proposal)]) == 2
    assert "n’est pas vide" in capsys.readouterr().err
    shutil.rmtree(target)
    write(proposal, {"docs/x.js": MARK})
    assert main([*start, str(proposal)]) == 1
    assert "docs/x.js: erreur" in capsys.readouterr().out
    shutil.rmtree(target)
    assert main([*start, "main"]) == 0
    shutil.rmtree(target)
    assert main([*start[:-1], "--from=--output=x"]) == 2
    assert main([*start, "nulle-part"]) == 2


def test_without_git(tmp_path: Path, proposal: Path, target: Path) -> None:
    root = toy_in(tmp_path / "plain")
    write(root, {"site/index.html": "built", ".venv/x": "built"})
    assert left_out(root, proposal, target) == {}
    assert files(target) == files(proposal)

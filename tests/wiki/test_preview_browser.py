"""A hostile proposal in a real Chromium: nothing of it runs, loads or breaks a page."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from club.review.preview import assemble
from tests import chromium
from tests.clubs import folder_at, toy_in, write
from tests.shipped.conftest import build
from tests.wiki.hostile import payloads

pytestmark = pytest.mark.long

PAYLOADS = payloads()
TOLD = "addEventListener('securitypolicyviolation', e => console.error('refused', e.blockedURI))"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None:
        pass


def one_line(text: str) -> str:
    return " ".join(text.split())


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def hostile_files() -> dict[str, str]:
    """The payloads wherever an outsider may write: pages, headings, titles, tags, tables, texts."""
    body, heads, cells, items = "", "", "", ""
    for number, each in enumerate(PAYLOADS):
        line = one_line(each)
        body += f"\n\n{number} {each}\n"
        heads += f"\n## {number} {line}\n\na\n"
        cells += f"| {line.replace('|', '&#124;')} | b |\n"
        items += f"- {line}\n- > {line}\n"
    files = {
        "docs/hostile/body.md": f"# Pirater\n{body}",
        "docs/hostile/heads.md": f"# Pirater {one_line(PAYLOADS[3])}\n{heads}",
        "docs/hostile/table.md": f"# Pirater\n\n| a | b |\n|--:|:-:|\n{cells}\n\n{items}",
        "docs/requests/pirater-0.md": f"## Pirater\n{heads}{body}",
    }
    for number, each in enumerate(PAYLOADS[::4]):
        line = one_line(each)[:150]
        files[f"docs/hostile/page-{number}.md"] = (
            f"---\ntitle: {quoted('Pirater ' + line)}\ndescription: {quoted(line)}\n"
            f"tags: [pirater]\n---\n\n# {line}\n\n[[pirater-{number}]]\n"
        )
        files[f"data/requests/pirater-{number}.yaml"] = (
            f"title: {quoted(f'Pirater {number} {line}')}\nstate: draft\n"
            f"need: {quoted(f'Pirater {each}')}\ntags: [{quoted('p' + line[:40])}]\n"
        )
        files[f"data/families/famille-{number}.yaml"] = (
            f"label: {quoted(f'Famille {number} {line}')}\norder: {number}\n"
            f"frame: {quoted(f'../../../evade-{number}' if number % 2 else line)}\n"
            f"summary: {quoted(each)}\n"
        )
    return files


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a club with all that an outsider proposes."""
    folder = tmp_path_factory.mktemp("hostile")
    root, proposal = toy_in(folder / "club"), toy_in(folder / "proposal")
    families = proposal / "data/families.yaml"
    files = hostile_files()
    if families.exists():  # a collection is one file or one folder
        alone = {path: files.pop(path) for path in list(files) if path.startswith("data/families/")}
        added = "".join(
            f"{Path(path).stem}:\n" + "".join(f"  {line}\n" for line in text.splitlines())
            for path, text in alone.items()
        )
        files["data/families.yaml"] = families.read_text("utf-8") + "\n" + added
    write(proposal, files)
    assert assemble(folder_at(root), str(proposal), folder / "preview") == []
    done = build(folder / "preview", folder / "site", strict=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return folder / "site"


@pytest.fixture(scope="module")
def address(preview: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(preview)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium.find(), args=chromium.ARGUMENTS
        )
        yield launched
        launched.close()


class Watched:
    """A page, and whatever it does that no page of the site should."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.page: Page = browser.new_page()
        self.seen: list[str] = []
        self._address = address
        self.page.add_init_script(TOLD)
        self.page.on("dialog", lambda dialog: (self._note("dialog"), dialog.dismiss()))
        self.page.on("pageerror", lambda error: self._note(f"error {error}"))
        self.page.on("request", self._asked)
        self.page.on("console", self._said)

    def _note(self, what: str) -> None:
        self.seen.append(f"{self.page.url}: {what}"[:300])

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self._address, "data:")):
            self._note(f"asks {request.url}")

    def _said(self, message: Any) -> None:
        # A picture that a contributor forgot is a fault of the page, not of the site.
        if message.type == "error" and not message.location.get("url", "").endswith("/x"):
            self._note(message.text)


def test_no_page_runs_or_asks_what_an_outsider_wrote(
    browser: Browser, address: str, preview: Path
) -> None:
    assert len(PAYLOADS) >= 100
    watched = Watched(browser, address)
    urls = sorted(
        each.parent.relative_to(preview).as_posix() + "/" for each in preview.rglob("index.html")
    )
    kinds = Counter(url.split("/")[0] for url in urls)
    assert kinds["hostile"] > 20
    assert kinds["requests"] > 20
    for url in urls:
        watched.page.goto(address + url.removeprefix("./"))
        watched.page.locator("body").press("Tab")
    assert watched.seen == []


def test_nor_does_the_search(browser: Browser, address: str) -> None:
    watched = Watched(browser, address)
    watched.page.goto(f"{address}search/?q=pirater")
    watched.page.locator(".club-search li a").first.wait_for()
    watched.page.wait_for_load_state("networkidle")
    found = watched.page.locator(".club-search li").all_text_contents()
    assert any("<img src=x" in each for each in found), found
    assert watched.seen == []


def test_nothing_is_written_outside_the_site(preview: Path) -> None:
    """A family whose frame was “../..” wrote a page over another, or beside the site."""
    above = {each.name for each in preview.parent.iterdir()}
    assert above == {"club", "proposal", "preview", "site"}
    assert (preview / "families/frame").is_dir()
    assert all("pirater" not in each.name for each in preview.iterdir())


def test_the_cells_of_a_table_stand_where_its_author_put_them(
    browser: Browser, address: str
) -> None:
    """Numbers stood on the left: the theme aligns cells that have no attribute of their own."""
    page = browser.new_page()
    page.goto(f"{address}hostile/table/")
    sides = page.locator("table tr:nth-child(1) > *").evaluate_all(
        "cells => cells.map(each => getComputedStyle(each).textAlign)"
    )
    assert sides == ["right", "center"] * 2

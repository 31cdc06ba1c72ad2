"""A hostile proposal in a real Chromium: nothing of it runs, even once the search has shown it."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from club.review.preview import assemble
from tests import chromium
from tests.clubs import folder_at, toy_in, write
from tests.shipped.conftest import build

RECORD = """\
title: 'Pirater <img src=x onerror="window.hostile=1"><b>tout</b>'
need: 'Un besoin <img src=x onerror="window.hostile=1">'
state: draft
"""
PAGE = """\
---
title: 'Pirater <img src=x onerror="window.hostile=1">'
---

# Pirater

Pirater `<img src=x onerror="window.hostile=1">` encore.
"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None:
        pass


def test_nothing_runs_in_pages_or_in_the_search(tmp_path: Path) -> None:
    root, proposal = toy_in(tmp_path / "club"), toy_in(tmp_path / "proposal")
    write(proposal, {"data/requests/hostile.yaml": RECORD, "docs/hostile.md": PAGE})
    assert assemble(folder_at(root), str(proposal), tmp_path / "preview") == []
    done = build(tmp_path / "preview", tmp_path / "site", strict=False)
    assert done.returncode == 0, done.stderr
    handler = partial(Quiet, directory=str(tmp_path / "site"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox"])
        page = browser.new_page()
        for url in ("", "hostile/", "requests/", "requests/hostile/"):
            page.goto(address + url)
            page.wait_for_load_state("networkidle")
            assert page.evaluate("window.hostile") is None, url
        page.goto(f"{address}?q=pirater")
        page.locator(".md-search-result__item h1").first.wait_for(state="attached")
        page.wait_for_load_state("networkidle")
        found = page.locator(".md-search-result__item").all_text_contents()
        assert any("<img src=x" in each for each in found), found
        assert page.evaluate("window.hostile") is None
        browser.close()
    server.shutdown()
    server.server_close()

"""What a first visit to a page transfers, each resource as `gzip -9` leaves it, seen by Chromium.

    python benchmarks/weight.py SITE [PAGE…]

SITE is a built site. Nothing is kept from one page to the next.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests import chromium

PAGES = ("projects/e-lyco/", "", "services/matrix/", "requests/")
PACKED = {".png", ".jpg", ".jpeg", ".webp", ".gz", ".xlsx"}
"""What is not compressed again."""


class Gzipping(SimpleHTTPRequestHandler):
    """Serves a folder as a host does that compresses what it can."""

    def send_head(self):
        """The answer: its headers are sent, its body is given."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file() or path.suffix in PACKED:
            return super().send_head()
        body = gzip.compress(path.read_bytes(), 9, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, format, *arguments):
        """Nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of *site* while it is being served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Gzipping, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def visit(browser: Browser, url: str) -> dict[str, int]:
    """The bytes of each body that a first visit to *url* receives, by path."""
    context = browser.new_context(viewport={"width": 375, "height": 812}, locale="fr-FR")
    page = context.new_page()
    network, paths, sizes = context.new_cdp_session(page), {}, {}
    network.send("Network.enable")
    network.on(
        "Network.responseReceived",
        lambda said: paths.update({said["requestId"]: urlsplit(said["response"]["url"])}),
    )
    headers: dict[str, int] = {}
    network.on(
        "Network.responseReceived",
        lambda said: headers.update({said["requestId"]: said["response"]["encodedDataLength"]}),
    )
    network.on(
        "Network.loadingFinished",
        lambda said: sizes.update({said["requestId"]: said["encodedDataLength"]}),
    )
    page.goto(url, wait_until="networkidle")
    context.close()
    return {
        paths[id].path: size - headers[id]
        for id, size in sizes.items()
        if id in paths and paths[id].scheme == "http"
    }


def main() -> None:
    """Prints a table a page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("site", type=Path)
    parser.add_argument("page", nargs="*", default=PAGES)
    options = parser.parse_args()
    with served(options.site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=chromium.ARGUMENTS
        )
        for page in options.page:
            found = visit(browser, address + page)
            print(f"\n| /{page} | bytes |\n| --- | ---: |")
            for path, size in sorted(found.items(), key=lambda each: -each[1]):
                print(f"| `{path}` | {size:,} |")
            total = sum(found.values())
            print(f"| **together** | **{total:,}** ({total / 1024:.1f} KiB) |")
        browser.close()


if __name__ == "__main__":
    main()

"""The frozen club built once, as `make site` builds it, and read as a browser would."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from functools import cached_property, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as Tab

from tests import chromium
from tests.clubs import FROZEN, copied
from tests.wiki.repos import git

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 800}
FORGE = "https://gitlab.example/club/kdecole"
ONE_DAY = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), "2023-11-14T12:00:00Z")


@dataclass(frozen=True)
class Built:
    """A built site on disk."""

    folder: Path

    @cached_property
    def _pages(self) -> dict[tuple[str, Path], Page]:
        return {}

    def _page(self, url: str, file: Path) -> Page:
        """A page is parsed once, however many tests read it: a site does not change."""
        return self._pages.setdefault((url, file), Page(url, file))

    def page(self, url: str) -> Page:
        return self._page(url, self.folder / url / "index.html")

    def text(self, path: str) -> str:
        return (self.folder / path).read_text("utf-8")

    def pages(self) -> Iterator[Page]:
        for file in sorted(self.folder.rglob("*.html")):
            yield self._page(file.parent.relative_to(self.folder).as_posix() + "/", file)


@dataclass(frozen=True)
class Page:
    """A built page, parsed as a browser parses it."""

    url: str
    path: Path

    @cached_property
    def document(self) -> Element:
        return html5lib.parse(self.path.read_text("utf-8"), namespaceHTMLElements=False)

    @cached_property
    def article(self) -> Element:
        found = self.document.find(".//article")
        assert found is not None, f"{self.url} has no article"
        return found

    @property
    def words(self) -> str:
        return said(self.article)

    def section(self, id: str) -> Element:
        for section in self.article.iter("section"):
            if section.get("aria-labelledby") == id:
                return section
        raise AssertionError(f"{self.url} has no section #{id}")

    def fact(self, label: str) -> Element:
        for fact in self.article.iter("dt"):
            if said(fact).lower() == label.lower():
                return next(each.find("dd") for each in self.article.iter("div") if fact in each)
        raise AssertionError(f"{self.url} has no fact “{label}”")

    def links(self, within: Element | None = None) -> dict[str, str]:
        where = self.article if within is None else within
        return {said(link): link.get("href", "") for link in where.iter("a") if said(link)}


def said(element: Element) -> str:
    """The words of *element*, every kind of space folded into one."""
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def rows_of(element: Element) -> list[list[Element]]:
    """The cells of each body row of the tables inside *element*, less the names of groups."""
    return [
        list(row)
        for body in element.iter("tbody")
        for row in body.iter("tr")
        if row.get("class") != "club-group"
    ]


def build(
    root: Path,
    target: Path,
    *,
    program: str = "mkdocs",
    strict: bool = True,
    before: Sequence[str] = (),
    limit: Callable[[], None] | None = None,
    **environment: str,
) -> subprocess.CompletedProcess[str]:
    """Builds the club at *root* into *target* with the real program, which *before* may start.

    *limit* is what the system then refuses it.
    """
    command = [
        *before,
        sys.executable,
        "-m",
        program,
        "build",
        "-q",
        "-f",
        str(root / "mkdocs.yml"),
    ]
    command += ["-d", str(target), *(["--strict"] if strict else [])]
    variables = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": "1700000000",
        "CLUB_REPO_URL": FORGE,
        "CLUB_SITE_URL": "https://club.example/",
        **environment,
    }
    return subprocess.run(
        command,
        cwd=root,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        preexec_fn=limit,
    )


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The frozen club in a repository of its own, and its site, made once for all processes."""
    mine = tmp_path_factory.getbasetemp()
    folder = (mine if worker_id == "master" else mine.parent) / "shared"
    with folder.with_suffix(".lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not (folder / "done").exists():
            folder.mkdir()
            root = copied(FROZEN, folder / "club")
            git(root, "init", "-q", "-b", "main")
            git(root, "add", ".")
            git(root, "commit", "-q", "-m", "Le club", **ONE_DAY)
            done = build(root, folder / "site")
            assert done.returncode == 0, done.stderr
            (folder / "done").touch()
    return folder


@pytest.fixture(scope="session")
def root(shared: Path) -> Path:
    """The frozen club as the site was built from it: not to be changed."""
    return shared / "club"


@pytest.fixture(scope="session")
def site(shared: Path) -> Built:
    """The public site of the frozen club: not to be changed."""
    return Built(shared / "site")


@pytest.fixture
def club_copy(tmp_path: Path) -> Path:
    """A copy of the frozen club."""
    return copied(FROZEN, tmp_path / "club")


@pytest.fixture
def built(tmp_path: Path) -> Callable[..., Built]:
    """Builds a club that must build, and gives its site."""

    def make(root: Path, **environment: str) -> Built:
        target = tmp_path / "built"
        done = build(root, target, **environment)
        assert done.returncode == 0, done.stderr
        return Built(target)

    return make


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@contextmanager
def served(site: Built) -> Iterator[str]:
    """Serves *site*, and gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site.folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def address(site: Built) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def below(site: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site where it stands below another one."""
    host = tmp_path_factory.mktemp("host")
    shutil.copytree(site.folder, host / "below/club")
    with served(Built(host)) as address:
        yield f"{address}below/club/"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.find()
    assert path, "no Chromium: run `make browser`"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Tab]:
    context = browser.new_context(viewport=DESKTOP, locale="fr-FR")
    yield context.new_page()
    context.close()

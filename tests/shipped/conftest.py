"""The shipped club built once, as `make site` builds it, and read as a browser would."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

ROOT = Path(__file__).resolve().parents[2]
FORGE = "https://gitlab.example/club/kdecole"


@dataclass(frozen=True)
class Built:
    """A built site on disk."""

    folder: Path

    def page(self, url: str) -> Page:
        return Page(url, self.folder / url / "index.html")

    def text(self, path: str) -> str:
        return (self.folder / path).read_text("utf-8")

    def pages(self) -> Iterator[Page]:
        for file in sorted(self.folder.rglob("*.html")):
            yield Page(file.parent.relative_to(self.folder).as_posix() + "/", file)


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
    """The cells of each body row of the tables inside *element*."""
    return [list(row) for body in element.iter("tbody") for row in body.iter("tr")]


def build(
    root: Path, target: Path, *, program: str = "mkdocs", strict: bool = True, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Builds the club at *root* into *target* with the real program."""
    command = [sys.executable, "-m", program, "build", "-q", "-f", str(root / "mkdocs.yml")]
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
        command, cwd=root, env=variables, capture_output=True, text=True, check=False, timeout=300
    )


def copy_of_the_club(target: Path) -> Path:
    """The shipped club's own files, to change without harm."""
    target.mkdir(parents=True)
    for name in ("data", "docs"):
        shutil.copytree(ROOT / name, target / name)
    shutil.copy(ROOT / "mkdocs.yml", target / "mkdocs.yml")
    return target


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The public site of the shipped club."""
    target = tmp_path_factory.mktemp("site")
    done = build(ROOT, target)
    assert done.returncode == 0, done.stderr
    return Built(target)


@pytest.fixture
def club_copy(tmp_path: Path) -> Path:
    """A copy of the shipped club."""
    return copy_of_the_club(tmp_path / "club")


@pytest.fixture
def built(tmp_path: Path) -> Callable[..., Built]:
    """Builds a club that must build, and gives its site."""

    def make(root: Path, **environment: str) -> Built:
        target = tmp_path / "built"
        done = build(root, target, **environment)
        assert done.returncode == 0, done.stderr
        return Built(target)

    return make

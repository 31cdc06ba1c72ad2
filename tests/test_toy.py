"""The toy club's pages and exports as they should be: a change of either reads as a diff."""

from __future__ import annotations

from pathlib import Path

import pytest

from club.model.record import Audience
from club.publish.data.exports import export_files
from club.publish.html.render import Renderer
from club.publish.pages.site import Site
from club.publish.words.forge import Forge
from club.read.load import load
from tests.clubs import REGISTRY, folder_at

HERE = Path(__file__).parent
EXPECTED = HERE / "toy_expected"


def made(target: Path) -> dict[str, str]:
    """Every fragment and export of the toy club, by path."""
    graph = load(folder_at(HERE / "toy")).restricted(Audience.PUBLIC)
    renderer = Renderer(REGISTRY, "fr", Forge.at("https://forge.example/club/jardins"))
    site = Site(graph, renderer)
    # A table filtered by each value would say the same rows many times over.
    matrices = [page for page in site.other_pages() if page.is_wide]
    pages = [site.page(each) for each in (*site.records(), *matrices)]
    found = {f"pages/{page.url.rstrip('/')}.html": f"{page.html}\n" for page in pages}
    export_files(graph, renderer.words, target)
    for file in sorted((target / "data").rglob("*")):
        if file.is_file():
            found[file.relative_to(target).as_posix()] = file.read_bytes().decode("utf-8")
    return found


def test_the_toy_club_comes_out_as_expected(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    found = made(tmp_path)
    if pytestconfig.getoption("--bless"):
        for path, text in found.items():
            (EXPECTED / path).parent.mkdir(parents=True, exist_ok=True)
            (EXPECTED / path).write_text(text, encoding="utf-8", newline="")
    expected = {
        file.relative_to(EXPECTED).as_posix(): file.read_bytes().decode("utf-8")
        for file in sorted(EXPECTED.rglob("*"))
        if file.is_file()
    }
    assert sorted(found) == sorted(expected)
    assert {path: text for path, text in found.items() if text != expected[path]} == {}

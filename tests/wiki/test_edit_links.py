"""“Modifier cette page” and “Ajouter une fiche” lead to the right editor, on each forge."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from club.model.source import parse
from tests.clubs import few, toy_in
from tests.shipped.conftest import Built, Page, build

FORGES = {
    "https://gitlab.example/club/wiki": ("-/edit/main/", "-/new/main/data"),
    "https://github.com/club/wiki": ("edit/main/", "new/main/data"),
    "https://codeberg.org/club/wiki": ("_edit/main/", "_new/main/data"),
}


@pytest.fixture(scope="module", params=few(FORGES))
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("forge")
    root = toy_in(folder / "club")
    config = root / "mkdocs.yml"
    text = config.read_text("utf-8").replace("https://forge.example/club/jardins", request.param)
    text = text.replace("theme:\n", "theme:\n  features: [content.action.edit]\n")
    config.write_text(text, "utf-8")
    (root / "docs/page d’été.md").write_text("# Une page\n", "utf-8")
    done = build(root, folder / "site", strict=False)
    assert done.returncode == 0, done.stderr
    return Built(folder / "site")


@pytest.fixture
def forge(site: Built) -> str:
    page = site.page("")
    return next(url for url in FORGES if url in page.path.read_text("utf-8"))


def pencil(page: Page) -> str:
    (found,) = [
        link.get("href", "")
        for link in page.article.iter("a")
        if link.get("title") == "Modifier cette page"
    ]
    return found


def test_wiki_pages_and_records(site: Built, forge: str) -> None:
    start = f"{forge}/{FORGES[forge][0]}"
    assert pencil(site.page("")) == f"{start}docs/index.md"
    assert pencil(site.page("page d’été")) == f"{start}docs/page%20d%E2%80%99%C3%A9t%C3%A9.md"
    record = pencil(site.page("requests/exporter-tout/"))
    assert record.split("#")[0] == f"{start}data/requests/exporter-tout.yaml"
    assert pencil(site.page("axes/axe-usages/")) == f"{start}data/axes.yaml#L1"


def test_a_new_record(site: Built, forge: str) -> None:
    added = site.page("requests/").links()["Ajouter une fiche"]
    parts = urlsplit(added)
    assert added.startswith(f"{forge}/{FORGES[forge][1]}?")
    assert len(added) < 7500
    fields = parse_qs(parts.query)
    if "gitlab" in forge:
        assert fields == {"file_name": ["requests/a-nommer.yaml"]}
        return
    assert fields["filename"] == ["requests/a-nommer.yaml"]
    template = fields["value"][0]
    assert {"title", "need", "state"} <= set(parse("t", template).content)
    assert "# Titre. " in template


def test_a_record_more_in_one_file(site: Built, forge: str) -> None:
    added = site.page("axes/").links()["Ajouter une fiche"]
    assert added == f"{forge}/{FORGES[forge][0]}data/axes.yaml#L5"

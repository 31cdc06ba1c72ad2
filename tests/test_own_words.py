"""A club's own templates and words come before those of packages, and those before ours."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from jinja2 import FileSystemBytecodeCache

from club.model.folder import ClubFolder
from club.model.record import Audience
from club.publish.html.render import Renderer
from club.publish.pages.site import Site
from club.publish.words.language import Words
from club.read.load import load
from club.read.registry import find_registry
from club.review.preview import assemble
from tests.clubs import REGISTRY, toy_in, write

PO = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "{id}"
msgstr "{text}"
"""
OWN = "locale/fr/LC_MESSAGES/club.po"


def page_of(folder: ClubFolder, id: str, compiled: FileSystemBytecodeCache | None = None) -> str:
    """The page of a record, written with what the club says of its own."""
    graph = load(folder).restricted(Audience.PUBLIC)
    site = Site(graph, Renderer(folder.registry, compiled=compiled))
    record = graph.find(id)
    assert record
    return site.page(record).html


def own(root: Path) -> ClubFolder:
    return ClubFolder(root, find_registry(root))


def test_the_club_s_own_template_is_found_first(tmp_path: Path) -> None:
    """That of one kind, by the kind's name, and the one that all share."""
    root = toy_in(tmp_path)
    write(root, {"templates/project/page.html.jinja": "Du club : {{ page.title }}"})
    assert page_of(own(root), "jardin-nord").startswith("Du club : ")
    assert "Du club" not in page_of(own(root), "carnet")
    write(root, {"templates/page.html.jinja": "Partout : {{ page.title }}"})
    assert page_of(own(root), "carnet").startswith("Partout : ")


def test_the_template_of_a_standard_kind_is_still_its_own(tmp_path: Path) -> None:
    assert 'class="club-identity"' in page_of(own(toy_in(tmp_path)), "jardin-nord")


def test_templates_kept_compiled_are_not_those_of_another_club(tmp_path: Path) -> None:
    compiled = FileSystemBytecodeCache(str(tmp_path))
    pages = []
    for name in ("a", "b"):
        root = toy_in(tmp_path / name)
        write(root, {"templates/project/page.html.jinja": f"{name} : {{{{ page.title }}}}"})
        pages.append(page_of(own(root), "jardin-nord", compiled)[:4])
    pages.append(page_of(own(toy_in(tmp_path / "c")), "jardin-nord", compiled)[:4])
    assert pages[:2] == ["a : ", "b : "]
    assert pages[2] not in pages[:2]


def test_the_club_s_own_words_are_found_first(tmp_path: Path) -> None:
    """Those of a package come next, and what neither says is ours."""
    package = tmp_path / "package"
    write(tmp_path, {OWN: PO.format(id="projects", text="chantiers")})
    write(package, {OWN: PO.format(id="projects", text="du paquet")})
    folders = (tmp_path / "locale", package / "locale")
    assert Words("fr", folders).translate("projects") == "chantiers"
    assert Words("fr", folders[1:]).translate("projects") == "du paquet"
    assert Words("fr", folders).translate("meetings") == Words("fr").translate("meetings")
    assert Words("fr").translate("projects") == "projets"
    assert Words("en", folders).translate("projects") == "projects"


def test_words_changed_while_the_site_is_served_are_read_again(tmp_path: Path) -> None:
    write(tmp_path, {OWN: PO.format(id="projects", text="chantiers")})
    assert Words("fr", [tmp_path / "locale"]).translate("projects") == "chantiers"
    write(tmp_path, {OWN: PO.format(id="projects", text="terrains")})
    assert Words("fr", [tmp_path / "locale"]).translate("projects") == "terrains"


def test_a_preview_takes_neither_templates_nor_words_from_the_proposal(tmp_path: Path) -> None:
    root, proposal = toy_in(tmp_path / "club"), toy_in(tmp_path / "proposal")
    template = "templates/project/page.html.jinja"
    write(root, {template: "du club", OWN: PO.format(id="projects", text="du club")})
    write(proposal, {template: "d’ailleurs", OWN: PO.format(id="projects", text="d’ailleurs")})
    write(
        proposal, {"templates/page.html.jinja": "d’ailleurs", "locale/en/LC_MESSAGES/club.po": ""}
    )
    target = tmp_path / "preview"
    assert isinstance(assemble(own(root), str(proposal), target), list)
    assert (target / template).read_text("utf-8") == "du club"
    assert "du club" in (target / OWN).read_text("utf-8")
    assert not (target / "templates/page.html.jinja").exists()
    assert not (target / "locale/en").exists()
    # Nor does a club whose pages are kept in a folder of that name.
    for docs in ("templates", "locale"):
        folder = replace(own(root), docs=docs)
        again = tmp_path / docs
        assert isinstance(assemble(folder, str(proposal), again), list)
        assert "d’ailleurs" not in "".join(
            path.read_text("utf-8") for path in again.glob(f"{docs}/**/*") if path.is_file()
        )


def test_a_kind_of_the_library_stands_in_its_folder() -> None:
    for kind in REGISTRY.kinds:
        assert kind.module.parent.name == kind.name.replace("-", "_")

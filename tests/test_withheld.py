"""A file beside the pages goes with what leads to it: for members if only what is theirs does."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from markdown import Markdown

from club.cli import main
from club.model.folder import ClubFolder
from club.model.record import Audience
from club.model.targets import addresses, paths, without_targets
from club.publish.html.markdown import EXTENSIONS
from club.publish.html.sanitise import sanitise
from club.read.load import load
from club.read.settings import read_settings
from club.read.withheld import Withheld
from tests.clubs import REGISTRY, toy_in, write
from tests.shipped.conftest import build
from tests.ways import ENCODINGS, WAYS

MEMBERS = "---\naudience: members\n---\n\n"
FILE = "files/un-plan.pdf"


def led_to(text: str, src_uri: str) -> set[str]:
    """Where a browser says that the page made of *text* leads, read without our patterns."""
    html = sanitise(Markdown(extensions=[*EXTENSIONS, "def_list", "md_in_html"]).convert(text))

    def written() -> Iterator[str]:
        for element in html5lib.parse(html, namespaceHTMLElements=False).iter():
            yield from (element.get(name) or "" for name in ("href", "src"))

    return {path for address in written() for path in paths(src_uri, address)}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", [FILE, "files/un plan (2)-b.pdf"])
def test_whatever_markdown_makes_a_link_is_found_and_taken_out(encoding: str, name: str) -> None:
    found = 0
    for number, way in enumerate(WAYS):
        text = way.format(to=ENCODINGS[encoding](name), n=number)
        if name not in led_to(text, "a.md"):
            continue
        found += 1
        assert name in {path for each in addresses(text) for path in paths("a.md", each)}, text
        left = without_targets(text, lambda each: name in paths("a.md", each))
        assert name not in led_to(left, "a.md"), left
    assert found >= (len(WAYS) - 1 if name == FILE else 5)


def withheld_in(root: Path) -> Withheld:
    settings = read_settings(root, {})
    folder = ClubFolder(root, REGISTRY, named=settings.named)
    club = load(folder)
    return Withheld(folder, club.graph, club.restricted(Audience.PUBLIC))


RECORD = "a:\n  title: A\n  project: p\n  maturity: proven\n"
OTHERS = {"data/projects.yaml": "p: {name: P, state: idea}\n"}
HIDING: dict[str, dict[str, str]] = {
    "a page": {"docs/a.md": f"{MEMBERS}[x]({FILE})\n"},
    "a record": {
        "data/practices.yaml": f"{RECORD}  steps: '[x](../{FILE})'\n  audience: members\n"
    },
    "a field": {
        "data/practices.yaml": f"{RECORD}  steps: '![x](../{FILE})'\n"
        "  audience: {steps: members}\n"
    },
    "a long text": {
        "data/practices.yaml": f"{RECORD}  audience: members\n",
        "docs/practices/a.md": f"[x](../{FILE})\n",
    },
    "the field of a file": {
        "data/resources.yaml": f"r: {{title: R, type: document, file: {FILE}, audience: members}}\n"
    },
    "a whole address": {"docs/a.md": f"{MEMBERS}<https://club.example/le/site/{FILE}>\n"},
}
SHOWING: dict[str, dict[str, str]] = {
    "a page": {"docs/b.md": f"[x]({FILE})\n"},
    "a field": {
        "data/resources.yaml": f"s: {{title: S, type: document, file: {FILE}}}\n",
    },
    "the settings": {"mkdocs.yml": f"site_name: A\nnav: [{{Plan: {FILE}}}]\n"},
}


@pytest.mark.parametrize("hiding", HIDING)
def test_a_file_for_members_alone_is_withheld(hiding: str, tmp_path: Path) -> None:
    write(tmp_path, {"docs/index.md": "# A\n", "docs/files/un-plan.pdf": "x", **OTHERS})
    found = withheld_in(write(tmp_path, HIDING[hiding]))
    assert FILE in found
    assert "files/autre.pdf" not in found


@pytest.mark.parametrize(("hiding", "showing"), [*itertools.product(HIDING, SHOWING)])
def test_what_the_public_is_led_to_as_well_is_not(
    hiding: str, showing: str, tmp_path: Path
) -> None:
    if hiding == "the field of a file" and showing == "a field":
        return
    write(tmp_path, {"docs/index.md": "# A\n", "docs/files/un-plan.pdf": "x", **OTHERS})
    assert FILE not in withheld_in(write(tmp_path, {**HIDING[hiding], **SHOWING[showing]}))


def test_a_file_to_which_nothing_leads_stays_and_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = toy_in(tmp_path / "toy")
    write(root, {"docs/files/perdu.pdf": "x", "docs/files/connu.pdf": "x"})
    write(root, {"docs/autre.md": "# A\n\n[x](files/connu.pdf)\n"})
    assert "files/perdu.pdf" not in withheld_in(root)
    main(["--root", str(root), "check", "--wiki"])
    said = capsys.readouterr().out
    assert "docs/files/perdu.pdf: " in said
    assert "docs/files/connu.pdf: " not in said


def test_neither_the_site_nor_its_copy_holds_it(tmp_path: Path) -> None:
    root = toy_in(tmp_path / "toy")
    write(root, {"docs/membres.md": f"{MEMBERS}# M\n\n[x]({FILE}) [y](files/b.csv)\n"})
    write(root, {"docs/tous.md": "# T\n\n![y](files/b.csv)\n", f"docs/{FILE}": "x"})
    write(root, {"docs/files/b.csv": "x"})
    for audience, expected in (("public", {"b.csv"}), ("members", {"b.csv", "un-plan.pdf"})):
        site, copy = tmp_path / f"{audience}-site", tmp_path / f"{audience}-copy"
        done = build(root, site, strict=False, CLUB_AUDIENCE=audience)
        assert done.returncode == 0, done.stderr
        command = ["export", "--markdown", str(copy), "--audience", audience]
        assert main(["--root", str(root), *command]) == 0
        for folder in (site / "files", copy / "docs/files"):
            assert {each.name for each in folder.iterdir()} == expected

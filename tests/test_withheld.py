"""A file beside the pages goes with what leads to it: for members if only what is theirs does."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from posixpath import normpath
from urllib.parse import quote, unquote, urljoin, urlsplit

import html5lib
import pytest
from markdown import Markdown

from club.cli import main
from club.model.folder import ClubFolder
from club.model.record import Audience
from club.model.targets import addresses, paths, without_targets
from club.publish.html.markdown import EXTENSIONS
from club.publish.html.sanitise import sanitise
from club.publish.pages.withheld import check_withheld, withheld_of
from club.read.load import Club, load
from club.read.settings import read_settings
from club.read.withheld import Withheld
from tests.clubs import REGISTRY, few, toy_in, write
from tests.shipped.conftest import build
from tests.ways import ENCODINGS, SHOWN, WAYS

MEMBERS = "---\naudience: members\n---\n\n"
FILE = "files/un-plan.pdf"


ON = [*EXTENSIONS, "def_list", "md_in_html"]


def written(text: str) -> Iterator[str]:
    """Where a browser finds that the page made of *text* leads, read without our patterns."""
    html = sanitise(Markdown(extensions=ON).convert(text))
    for element in html5lib.parse(html, namespaceHTMLElements=False).iter():
        yield from (element.get(name) or "" for name in ("href", "src"))


def led_to(text: str, src_uri: str) -> set[str]:
    """What *written* may mean."""
    return {path for address in written(text) for path in paths(src_uri, address)}


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


def loaded(root: Path) -> Club:
    return load(ClubFolder(root, REGISTRY, named=read_settings(root, {}).named))


def withheld_in(root: Path) -> Withheld:
    club = loaded(root)
    return withheld_of(club.folder, club.graph, club.restricted(Audience.PUBLIC))


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


@pytest.mark.long
def test_neither_the_site_nor_its_copy_holds_it(tmp_path: Path) -> None:
    root = toy_in(tmp_path / "toy")
    write(root, {"docs/membres.md": f"{MEMBERS}# M\n\n[x]({FILE}) [y](files/b.csv)\n"})
    write(root, {"docs/tous.md": "# T\n\n![y](files/b.csv)\n", f"docs/{FILE}": "x"})
    write(root, {"docs/files/b.csv": "x"})
    odd = {Path(each).name for each in NAMES}
    addresses = "".join(f"[x]({every_byte(each)})\n" for each in NAMES)
    write(root, {f"docs/{each}": "x" for each in NAMES})
    write(root, {"docs/autres.md": f"{MEMBERS}# A\n\n{addresses}"})
    for audience, expected in (("public", {"b.csv"}), ("members", {"b.csv", *odd})):
        site, copy = tmp_path / f"{audience}-site", tmp_path / f"{audience}-copy"
        done = build(root, site, strict=False, CLUB_AUDIENCE=audience)
        assert done.returncode == 0, done.stderr
        command = ["export", "--markdown", str(copy), "--audience", audience]
        assert main(["--root", str(root), *command]) == 0
        for folder in (site / "files", copy / "docs/files"):
            assert {each.name for each in folder.iterdir()} == expected


SIGNS = [chr(each) for each in range(0x20, 0x7F) if not chr(each).isalnum() and chr(each) != "/"]
NAMES = [f"files/un{each}plan.pdf" for each in (*SIGNS, "%23", "%5C", "&amp;", "é", "#?\\")]


def every_byte(path: str) -> str:
    """*path* with each of its signs as percents, as an address may have it."""
    return "".join(each if each == "/" else quote(each, safe="") for each in path)


@pytest.mark.parametrize(
    "way", ["[x]({to})", "![x](<{to}>)", "[x]\n\n[x]: {to}", "<img src='{to}'>"]
)
def test_whatever_signs_its_name_holds_a_file_goes_with_its_page(way: str, tmp_path: Path) -> None:
    write(tmp_path, {"docs/index.md": "# A\n"})
    hiding = {
        f"docs/m{n}.md": MEMBERS + way.format(to=f"{'../' * ('<' in way[:1])}{every_byte(name)}")
        for n, name in enumerate(NAMES)
    }
    found = withheld_in(write(tmp_path, hiding))
    assert [each for each in NAMES if each not in found] == []
    showing = "\n\n".join(way.format(to=every_byte(name)) for name in NAMES)
    if "]:" in way:
        showing = "\n\n".join(f"[x{n}]\n\n[x{n}]: {every_byte(e)}" for n, e in enumerate(NAMES))
    found = withheld_in(write(tmp_path, {"docs/index.md": f"# A\n\n{showing}\n"}))
    assert [each for each in NAMES if each in found] == []


@pytest.mark.parametrize("sign", [*SIGNS, "%23", "é"])
def test_a_page_of_members_is_not_named_whatever_signs_its_own_name_holds(
    sign: str, tmp_path: Path
) -> None:
    page = f"un{sign}zqplan"
    named = [f"{page}.md", f"{page}/", f"{page}.md#a", f"{page}/index.html?b"]
    texts = {f"docs/p{n}.md": f"[x]({every_byte(each)})\n" for n, each in enumerate(named[:2])}
    texts |= {
        f"docs/q{n}.md": f"[x]({quote(page, safe='')}{each.removeprefix(page)})\n"
        for n, each in enumerate(named)
    }
    write(tmp_path, {f"docs/{page}.md": f"{MEMBERS}x\n", "docs/index.md": "# A\n", **texts})
    graph = loaded(tmp_path).restricted(Audience.PUBLIC)
    left = {each.id: getattr(each, "text", "") for each in graph.pages}
    assert set(left) == {"index.md", *(path.removeprefix("docs/") for path in texts)}
    assert [id for id, text in left.items() if "zqplan" in unquote(text)] == []


SETTINGS = f"site_name: A\nmarkdown_extensions: [{', '.join(ON)}]\n"


@pytest.mark.parametrize("around", few(SHOWN, 6))
def test_a_link_that_is_only_shown_publishes_nothing(around: str, tmp_path: Path) -> None:
    """As html5lib reads the page; at its root, what Markdown and HTML say leads to the same."""
    files = {n: f"files/un-plan-{n}.pdf" for n in range(len(WAYS))}
    hiding = "".join(f"[x]({each})\n" for each in files.values())
    write(tmp_path, {"mkdocs.yml": SETTINGS, "docs/membres.md": MEMBERS + hiding})
    wrong = []
    for n, way in enumerate(WAYS):
        text = SHOWN[around].format(way.format(to=files[n], n=n))
        found = withheld_in(write(tmp_path, {"docs/index.md": f"# A\n\n{text}\n"}))
        is_led = files[n] in {each.partition("#")[0] for each in written(f"# A\n\n{text}\n")}
        if (files[n] in found) is is_led:
            wrong.append((is_led, text))
    assert wrong == []


@pytest.mark.parametrize("field", ["steps", "body"])
def test_the_text_of_a_record_shows_what_a_browser_is_led_to_from_its_page(
    field: str, tmp_path: Path
) -> None:
    write(tmp_path, {"docs/index.md": "# A\n", "docs/m.md": f"{MEMBERS}[x]({FILE})\n", **OTHERS})
    for text, is_shown in {
        f"[x](../../{FILE})": True,
        f"[x](../{FILE})": False,
        f"`[x](../../{FILE})`": False,
        f"<!-- [x](../../{FILE}) -->": False,
    }.items():
        steps = f"  steps: '{text}'\n" if field == "steps" else ""
        body = {"docs/practices/a.md": f"{text}\n"} if field == "body" else {}
        found = withheld_in(write(tmp_path, {"data/practices.yaml": RECORD + steps, **body}))
        assert (FILE in found) is not is_shown, text


SITE = "https://club.example/le/site/"
HERE = {
    "from the page": f"../{FILE}",
    "from the host": f"/le/site/{FILE}",
    "from the scheme": f"//club.example/le/site/{FILE}",
    "whole": f"{SITE}{FILE}",
    "whole, in capitals": f"HTTPS://CLUB.EXAMPLE/le/site/{FILE}",
    "whole, by a detour": f"{SITE}a/../{FILE}#b",
    "above the site": f"../../site/{FILE}",
    "with backslashes": "\\le\\site\\files\\un-plan.pdf",
}
ELSEWHERE = {
    "another host": f"https://ailleurs.example/le/site/{FILE}",
    "another host, from the scheme": f"//ailleurs.example/{FILE}",
    "a host that ends alike": f"https://leclub.example/le/site/{FILE}",
    "a host that begins alike": f"https://club.example.ailleurs.example/{FILE}",
    "a name before the host": f"https://club.example@ailleurs.example/{FILE}",
}


def linked(tmp_path: Path, hiding: str, showing: str, site: str = SITE) -> Club:
    texts = {
        "mkdocs.yml": f"site_name: A\nsite_url: {site}\n" if site else "site_name: A\n",
        "docs/membres.md": f"{MEMBERS}<a href='{hiding}'>x</a>\n",
        "docs/tous.md": f"<a href='{showing}'>x</a>\n",
        f"docs/{FILE}": "x",
    }
    return loaded(write(tmp_path, texts))


@pytest.mark.parametrize(("hiding", "showing"), [*itertools.product(HERE, HERE)])
def test_a_file_is_shown_by_whatever_address_a_browser_takes_there(
    hiding: str, showing: str, tmp_path: Path
) -> None:
    aim = urlsplit(urljoin(f"{SITE}tous/", HERE[showing].replace("\\", "/")))
    assert (aim.hostname, normpath(aim.path)) == ("club.example", f"/le/site/{FILE}")
    club = linked(tmp_path, HERE[hiding], HERE[showing])
    assert FILE not in withheld_in(tmp_path)
    assert list(check_withheld(club)) == []


@pytest.mark.parametrize("way", [*HERE, *ELSEWHERE])
@pytest.mark.parametrize("site", [SITE, ""])
def test_only_another_host_that_is_plainly_another_hides_nothing(
    way: str, site: str, tmp_path: Path
) -> None:
    club = linked(tmp_path, {**HERE, **ELSEWHERE}[way], "#", site)
    assert (FILE in withheld_in(tmp_path)) is (way in HERE or not site)
    assert list(check_withheld(club)) == []


@pytest.mark.parametrize("way", HERE)
def test_a_public_link_to_what_is_withheld_is_told(way: str, tmp_path: Path) -> None:
    """A site that does not say where it is cannot tell what is below it."""
    club = linked(tmp_path, FILE, HERE[way], site="")
    found = [(str(each.place), each.rule.name) for each in check_withheld(club)]
    is_dead = FILE in withheld_in(tmp_path)
    assert is_dead is (way != "from the page")
    place = "docs/tous.md" if way == "with backslashes" else "docs/tous.md:1"
    assert [each[1] for each in found] == ["withheld-file"] * is_dead
    assert all(each[0].startswith(place) for each in found)

"""Beside records and pages stand plain files: no link out of the club, nothing that would run."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from club.cli import main
from club.model.folder import ClubFolder, named
from club.publish.pages.checks import check_pages
from club.read.attachments import OTHER_PAGE_SUFFIXES, PLAIN_SUFFIXES
from club.read.load import load
from tests.clubs import REGISTRY, folder_at, toy_in, write
from tests.shipped.conftest import build

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><circle r="4"/></svg>'
RUNNING = (
    *("a.html", "a.htm", "a.xhtml", "a.HTML", "a.js", "a.mjs", "a.css", "a.xml", "a.xsl", "a.json"),
    *("a.swf", "a.zip", "a.py", "a.yml", "dossier/a", "a.md.html"),
)


def told(folder: ClubFolder) -> list[tuple[str, str]]:
    """The rule of each problem of the club in *folder*, with its path."""
    return [(each.rule.name, each.place.path) for each in check_pages(load(folder)).problems]


@pytest.mark.parametrize("name", RUNNING)
def test_a_file_that_a_browser_would_run_as_a_page_is_told(name: str, tmp_path: Path) -> None:
    root = write(tmp_path, {f"docs/fichiers/{name}": "<script>alert(1)</script>"})
    assert told(folder_at(root)) == [("attachment-type", f"docs/fichiers/{name}")]


@pytest.mark.parametrize("suffix", sorted(PLAIN_SUFFIXES - {".md"}))
@pytest.mark.parametrize("is_upper", [False, True])
def test_a_plain_file_is_not(suffix: str, is_upper: bool, tmp_path: Path) -> None:
    name = f"a{suffix.upper() if is_upper else suffix}"
    assert told(folder_at(write(tmp_path, {f"docs/{name}": DRAWING}))) == []


NAMING = {
    "extra_javascript: [js/a.js]": "docs/js/a.js",
    "extra_javascript: [{path: js/a.mjs, type: module}]": "docs/js/a.mjs",
    "extra_css: [style.css]": "docs/style.css",
    "extra_templates: [robots.xml]": "docs/robots.xml",
    "hooks: [docs/hooks/mine.py]": "docs/hooks/mine.py",
    "theme: {name: material, custom_dir: docs/mine}": "docs/mine/partials/footer.html",
    "theme: {name: material, favicon: images/favicon.ico}": "docs/images/favicon.ico",
    "extra: {club: {files: [polices, CNAME]}}": "docs/polices/a/b.woff2",
    "extra: {club: {files: [polices, CNAME]}} ": "docs/CNAME",
}


@pytest.mark.parametrize("settings", NAMING)
def test_a_file_that_the_settings_name_is_the_maintainers(settings: str, tmp_path: Path) -> None:
    path = NAMING[settings]
    root = write(tmp_path, {path: "x", "mkdocs.yml": f"site_name: A\n{settings}\n"})
    assert main(["--root", str(root), "check"]) == 0
    (root / "mkdocs.yml").write_text("site_name: A\n", "utf-8")
    assert main(["--root", str(root), "check"]) == 1


def test_the_settings_do_not_name_the_whole_folder_of_pages(tmp_path: Path) -> None:
    said = named({"theme": {"custom_dir": "docs"}, "extra": {"club": {"files": ["docs/", "."]}}})
    root = write(tmp_path, {"docs/a.html": "x"})
    assert told(ClubFolder(root, REGISTRY, named=said)) == [("attachment-type", "docs/a.html")]


@pytest.mark.parametrize("suffix", [*OTHER_PAGE_SUFFIXES, ".MD", ".Md", ".MARKDOWN"])
def test_a_page_for_members_under_another_suffix_is_told(suffix: str, tmp_path: Path) -> None:
    page = "---\naudience: members\n---\n# Secret\n"
    root = write(tmp_path, {f"docs/secret{suffix}": page})
    [found] = check_pages(load(folder_at(root))).problems
    assert (found.rule.name, found.nearest) == ("page-suffix", ("docs/secret.md",))


@pytest.mark.parametrize("path", ["robots.txt", "ROBOTS.TXT", "dossier/robots.txt"])
def test_who_may_list_the_site_is_the_maintainers_to_say(path: str, tmp_path: Path) -> None:
    settings = {"mkdocs.yml": "site_name: A\n"}
    root = write(tmp_path / "a", {f"docs/{path}": "Disallow: /", **settings})
    assert told(folder_at(root)) == [("attachment-type", f"docs/{path}")]
    ours = write(tmp_path / "b", settings)
    assert (
        main(["--root", str(ours), "preview", "--from", str(root), "--to", str(tmp_path / "c")])
        == 1
    )
    assert not (tmp_path / f"c/docs/{path}").exists()
    named_so = f"site_name: A\nextra: {{club: {{files: [{path}]}}}}\n"
    write(root, {"mkdocs.yml": named_so})
    assert main(["--root", str(root), "check"]) == 0
    write(ours, {f"docs/{path}": "Allow: /", "mkdocs.yml": named_so})
    assert (
        main(["--root", str(ours), "preview", "--from", str(root), "--to", str(tmp_path / "d")])
        == 1
    )
    assert (tmp_path / f"d/docs/{path}").read_text("utf-8") == "Allow: /"


NOT_UTF8 = {
    *("docs/\udcff.md", "docs/d\udcff/a.md", "docs/\udcff.png", "docs/d\udcff/a.png"),
    *("docs/projects/\udcff.md", "docs/projects/a\udce9.md", "data/series/\udcff.csv"),
    *("data/\udcff.yaml", "data/projects/\udcff.yaml", "data/p\udcff/a.yaml", "data/p\udcff/a.txt"),
}


@pytest.mark.parametrize("path", sorted(NOT_UTF8))
@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab"])
def test_a_name_that_is_not_utf_8_is_told_once(
    form: str, path: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    root = write(tmp_path, {path: "title: T\n", "mkdocs.yml": "site_name: A\n"})
    assert main(["--root", str(root), "check", "--format", form]) == 1
    said = capfdbinary.readouterr().out.decode("utf-8")
    assert len(told(folder_at(root))) == 1, told(folder_at(root))
    assert "ff" in said or "e9" in said


def test_a_name_that_is_not_utf_8_stops_the_build(tmp_path: Path) -> None:
    root = write(toy_in(tmp_path / "toy"), dict.fromkeys(NOT_UTF8, "# T\n"))
    done = build(root, tmp_path / "site")
    assert done.returncode == 1
    assert done.stderr.count("[not-utf-8]") >= sum(each.startswith("docs/") for each in NOT_UTF8)
    assert "Traceback" not in done.stderr


LINKS = {
    "docs/a.txt": "../.git/config",
    "docs/rawdata": "../data",
    "docs/dossier": "/etc/ssl",
    "docs/fichiers/a.pdf": "/etc/passwd",
    "docs/nulle-part.png": "nowhere",
    "docs/a.md": "index.md",
    "docs/projects": "../data",
    "data/series": "/etc/ssl",
    "data/projects/a.yaml": "/etc/passwd",
    "data/notes.txt": "/etc/passwd",
}


@pytest.mark.parametrize("path", LINKS)
def test_a_symbolic_link_is_never_followed(path: str, tmp_path: Path) -> None:
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / path).symlink_to(LINKS[path])
    assert ("symbolic-link", path) in told(folder_at(tmp_path))


@pytest.mark.parametrize("top", ["docs", "data", "un/docs"])
def test_the_folder_itself_may_not_be_a_link(top: str, tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", {"docs/a.md": "# A\n"})
    if top != "data":
        (tmp_path / "data").mkdir()
    link = top.split("/", maxsplit=1)[0]
    (tmp_path / link).symlink_to("elsewhere" if "/" in top else f"elsewhere/{link}")
    docs = top if top != "data" else "docs"
    assert ("symbolic-link", link) in told(ClubFolder(tmp_path, REGISTRY, docs))


@pytest.mark.parametrize("path", ["docs/a.md", "docs/a.txt", "docs/projects/a.md", "data/a/b.yaml"])
@pytest.mark.parametrize("make", ["pipe", "socket"])
def test_a_pipe_is_told_and_nobody_waits_for_it(
    path: str, make: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / "data").mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    if make == "pipe":
        os.mkfifo(path)
    else:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path)
    assert ("special-file", path) in told(folder_at(tmp_path))


def test_a_folder_called_like_a_page_is_a_folder(tmp_path: Path) -> None:
    root = write(tmp_path, {"docs/a.md/b.md": "# B\n", "docs/projects/c.md/d.md": "# D\n"})
    assert told(folder_at(root)) == []


@pytest.mark.parametrize("top", ["docs/a.txt", "docs/dossier", "docs"])
def test_the_build_publishes_nothing_through_a_link(top: str, tmp_path: Path) -> None:
    root = toy_in(tmp_path / "toy")
    write(root, {"ailleurs/secret.txt": "zqsecret"})
    if top == "docs":
        (root / "docs").rename(root / "pages")
        (root / "docs").symlink_to("pages")
    else:
        (root / top).symlink_to("../ailleurs/secret.txt" if top.endswith(".txt") else "../ailleurs")
    done = build(root, tmp_path / "site")
    assert done.returncode == 1
    assert f"{top}: " in done.stderr
    assert "[symbolic-link]" in done.stderr
    assert not list(tmp_path.glob("site/**/secret.txt"))


def test_a_hidden_link_that_the_settings_publish_stops_the_build(tmp_path: Path) -> None:
    root = toy_in(tmp_path / "toy")
    text = (root / "mkdocs.yml").read_text("utf-8")
    write(root, {"mkdocs.yml": f"exclude_docs: '!.connu'\n{text}", "ailleurs/a.txt": "zqsecret"})
    (root / "docs/.connu").symlink_to("../ailleurs")
    done = build(root, tmp_path / "site")
    assert done.returncode == 1
    assert "docs/.connu: " in done.stderr
    assert "Traceback" not in done.stderr

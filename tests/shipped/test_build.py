"""Real builds: repeatable, the same under both engines, sound in every link, calm in trouble."""

from __future__ import annotations

import filecmp
import gzip
import os
import re
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import urlopen

import pytest

from tests.clubs import FROZEN
from tests.found import found_in
from tests.shipped.conftest import FORGE, Built, build, said

ASSETS = Path(__file__).parents[2] / "plugins/mkdocs_club/assets"
MAX_PAGE_BYTES = 150_000
MAX_SCRIPT_BYTES = 12 * 1024
HERE = "https://club.example/"


def tree(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_two_builds_are_the_same_to_the_byte(site: Built, root: Path, tmp_path: Path) -> None:
    assert build(root, tmp_path / "again").returncode == 0
    assert tree(site.folder) == tree(tmp_path / "again")


@pytest.mark.long
def test_properdocs_builds_the_same_site(site: Built, root: Path, tmp_path: Path) -> None:
    done = build(root, tmp_path / "proper", program="properdocs")
    assert done.returncode == 0, done.stderr
    ours, theirs = tree(site.folder), tree(tmp_path / "proper")
    assert ours.keys() == theirs.keys()
    generator = re.compile(rb'<meta name="generator"[^>]*>')
    differing = [
        name
        for name, data in ours.items()
        if generator.sub(b"", data) != generator.sub(b"", theirs[name]) and name != "sitemap.xml.gz"
    ]
    assert differing == []


def test_every_link_leads_somewhere(site: Built) -> None:
    ids = {page.url: {each.get("id") for each in page.document.iter()} for page in site.pages()}
    broken = []
    for page in site.pages():
        base = HERE if page.path.name == "404.html" else urljoin(HERE, page.url)
        for link in page.document.iter("a"):
            href = link.get("href")
            if href is None or href.startswith(("mailto:", FORGE)):
                continue
            # What calendars subscribe to is a file of the site.
            target = urlsplit(urljoin(base, href.replace("webcal://", "https://", 1)))
            if target.hostname != "club.example":
                assert (
                    "club-external" in link.get("class", "")
                    or "md-" in link.get("class", "")
                    or target.hostname
                ), href
                continue
            path = unquote(target.path.lstrip("/"))
            file = (
                site.folder / path / "index.html"
                if path.endswith("/") or not path
                else site.folder / path
            )
            if not file.exists():
                broken.append((page.url, href))
            elif target.fragment and file.name == "index.html":
                known = ids.get(path or "./", ids.get(path, set()))
                if unquote(target.fragment) not in known and not target.fragment.startswith("__"):
                    broken.append((page.url, href))
    assert broken == []


def test_nothing_is_asked_of_another_host(site: Built) -> None:
    asked = []
    for page in site.pages():
        for element in page.document.iter():
            source = element.get("src") or (element.get("href") if element.tag == "link" else None)
            rel = element.get("rel", "")
            if source and urlsplit(urljoin(HERE, source)).hostname != "club.example":
                asked.append((page.url, source))
            assert "preconnect" not in rel
    assert asked == []
    for style in site.folder.rglob("assets/club/*.css"):
        assert not re.search(r"@import|url\(\s*['\"]?(?:https?:)?//", style.read_text("utf-8"))


def test_titles_tell_pages_apart(site: Built) -> None:
    titles = Counter(said(page.document.find(".//title")) for page in site.pages())  # type: ignore[arg-type]
    assert [title for title, count in titles.items() if count > 1] == []


def test_ids_are_unique_in_each_page(site: Built) -> None:
    twice = {
        page.url: [
            id
            for id, count in Counter(
                each.get("id") for each in page.document.iter() if each.get("id")
            ).items()
            if count > 1
        ]
        for page in site.pages()
    }
    assert {url: ids for url, ids in twice.items() if ids} == {}


def test_each_page_has_one_title_and_headings_in_order(site: Built) -> None:
    for page in site.pages():
        if page.path.name == "404.html":
            continue
        levels = [
            int(each.tag[1])
            for each in page.article.iter()
            if re.fullmatch("h[1-6]", str(each.tag))
        ]
        assert levels.count(1) == 1, page.url
        assert all(after - before <= 1 for before, after in pairwise(levels)), page.url


def test_pages_stay_light(site: Built) -> None:
    heavy = {
        page.url: page.path.stat().st_size
        for page in site.pages()
        if page.path.stat().st_size > MAX_PAGE_BYTES and "matrix" not in page.url
    }
    assert {url: size for url, size in heavy.items() if size > 2 * MAX_PAGE_BYTES} == {}
    script = site.folder / "assets/club/club.js"
    assert script.stat().st_size < MAX_SCRIPT_BYTES


def test_every_figure_leads_to_its_line(site: Built) -> None:
    page = site.page("projects/ent-mip/")
    figures = page.section("figures")
    (base,) = {each.get("data-club-edit", "") for each in page.article.iter("p")} - {""}
    pencils = [base + each.get("data-at", "") for each in figures.iter("i")]
    lines = (FROZEN / "data/projects.yaml").read_text("utf-8").splitlines()
    found = []
    for href in pencils:
        assert href.startswith(f"{FORGE}/-/edit/main/data/projects.yaml#L")
        found.append(lines[int(href.rpartition("#L")[2]) - 1])
    assert [value for value in ("284", "292") if not any(value in line for line in found)] == []
    assert all("value:" in line for line in found)


def test_records_are_in_the_site_map_and_the_search_index(site: Built) -> None:
    assert f"<loc>{HERE}projects/e-lyco/</loc>" in site.text("sitemap.xml")
    packed = gzip.decompress((site.folder / "sitemap.xml.gz").read_bytes()).decode()
    assert packed == site.text("sitemap.xml")
    entries = found_in(site.folder)
    found = {each.location: each.title for each in entries}
    # Pages that are no record were found by nobody: ends of contracts, whom to write to.
    assert found["comparisons/ends/"] == "Échéances des marchés"
    assert found["projects/contacts/"] == "À qui écrire"
    locations = Counter(entry.location for entry in entries)
    assert locations["projects/e-lyco/"] == 1
    assert locations["requests/"] == 1
    assert any(
        "685" in entry.text for entry in entries if entry.location.startswith("projects/e-lyco/")
    )
    assert not any("club-" in entry.text or "clubslot" in entry.title for entry in entries)
    assert not (site.folder / "search/search_index.json").exists()


def test_an_english_site_speaks_english(club_copy: Path, built: Callable[..., Built]) -> None:
    config = club_copy / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("language: fr", "language: en"), "utf-8")
    page = built(club_copy).page("projects/ecollege-31/")
    assert page.document.get("lang") == "en"
    assert re.search("target(?: then)?: start of the 2014 school year", said(page.article))
    assert "établissements équipés" not in page.words


def test_a_club_with_problems_is_not_published(club_copy: Path, tmp_path: Path) -> None:
    target = tmp_path / "public"
    assert build(club_copy, target).returncode == 0
    before = tree(target)
    request = club_copy / "data/requests/demande-cahier-de-liaison.yaml"
    request.write_text(request.read_text("utf-8").replace("state: ", "etat: "), "utf-8")
    (club_copy / "data/axes.yaml").write_text("axe-usages: [\n", "utf-8")
    done = build(club_copy, target, strict=False)
    assert done.returncode != 0
    assert "data/requests/demande-cahier-de-liaison.yaml:" in done.stderr
    assert "data/axes.yaml:" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(target) == before


@pytest.mark.long
def test_strict_fails_on_a_warning_that_no_exception_explains(
    club_copy: Path, tmp_path: Path
) -> None:
    (club_copy / "data/exceptions.yaml").unlink()
    assert build(club_copy, tmp_path / "lax", strict=False).returncode == 0
    done = build(club_copy, tmp_path / "strict")
    assert done.returncode != 0
    assert "22 × 20" in done.stderr.replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.long
def test_a_missing_legal_notice_is_said(club_copy: Path, tmp_path: Path) -> None:
    (club_copy / "docs/mentions-legales.md").unlink()
    config = club_copy / "mkdocs.yml"
    nav = re.sub(r"\n *- [^\n]*: mentions-legales.md", "", config.read_text("utf-8"))
    config.write_text(nav, "utf-8")
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "-f",
        str(config),
        "-d",
        str(tmp_path / "x"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = "La page «\u00a0mentions-legales.md\u00a0», que cite extra.club.footer, n’existe pas."
    assert said in done.stderr


def test_a_members_page_leaves_navigation_and_site(
    club_copy: Path, built: Callable[..., Built]
) -> None:
    page = club_copy / "docs/glossaire.md"
    page.write_text("---\naudience: members\n---\n\n# Glossaire\n", "utf-8")
    for other in (club_copy / "docs").rglob("*.md"):
        other.write_text(
            re.sub(r"\[([^\]]*)\]\([^)]*glossaire\.md[^)]*\)", r"\1", other.read_text("utf-8")),
            "utf-8",
        )
    site = built(club_copy)
    assert not (site.folder / "glossaire").exists()
    assert "glossaire/" not in site.text("index.html")


def test_contributors_html_runs_nothing(club_copy: Path, built: Callable[..., Built]) -> None:
    page = club_copy / "docs/exemples.md"
    hostile = (
        '\n<script>alert(1)</script>\n<img src=x onerror="alert(1)">\n'
        '<img src="https://elsewhere.example/pixel.png">\n[x](javascript:alert(1))\n'
        '<a href="data:text/html,x">y</a>\n<iframe src="https://elsewhere.example"></iframe>\n'
    )
    page.write_text(page.read_text("utf-8") + hostile, "utf-8")
    practice = next((club_copy / "data/practices").glob("*.yaml"))
    text = practice.read_text("utf-8")
    indented = "".join(f"  {line}\n" for line in hostile.strip().splitlines())
    practice.write_text(
        re.sub(r"^context: .*?(?=^\w)", f"context: |\n{indented}", text, flags=re.M | re.S), "utf-8"
    )
    site = built(club_copy)
    for url in ("exemples/", f"practices/{practice.stem}/"):
        article = site.page(url).article
        assert not [each for each in article.iter() if each.tag in {"script", "iframe"}]
        for each in article.iter():
            assert not [name for name in each.attrib if name.startswith("on")]
            assert not each.get("href", "").startswith(("javascript:", "data:"))
            assert "elsewhere.example" not in each.get("src", "")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(root: Path, log: Path) -> Iterator[str]:
    """`mkdocs serve` on a free port, ended when the test is."""
    port = free_port()
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            cwd=root,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "CLUB_SITE_URL": ""},
        )
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            process.wait(timeout=20)


def eventually(happens: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Waits for something another program does; fails by saying what did not happen."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if happens():
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError(f"it did not happen in {seconds} s: {what}")


def test_serving_keeps_the_last_good_site_while_a_record_is_broken(
    club_copy: Path, tmp_path: Path
) -> None:
    log = tmp_path / "serve.log"
    record = club_copy / "data/requests/demande-cahier-de-liaison.yaml"
    good = record.read_text("utf-8")
    title = re.search(r"^title: (.*)$", good, re.M)
    assert title is not None

    with serving(club_copy, log) as address:

        def shown() -> str:
            with urlopen(f"{address}requests/demande-cahier-de-liaison/", timeout=5) as answer:
                return str(answer.read().decode("utf-8"))

        eventually(lambda: title[1].strip("'\"")[:10] in shown(), "the first page")
        record.write_text(good.replace("state: ", "etat: "), "utf-8")
        eventually(lambda: "unknown-key" in log.read_text("utf-8"), "the problem in the terminal")
        eventually(lambda: title[1].strip("'\"")[:10] in shown(), "the last good page")
        record.write_text(good.replace(title[0], "title: Un titre tout neuf"), "utf-8")
        eventually(lambda: "Un titre tout neuf" in shown(), "the mended page")


def test_assets_of_the_club_are_published_once(site: Built) -> None:
    packaged = {file.name for file in ASSETS.iterdir()}
    published = {file.name for file in (site.folder / "assets/club").iterdir()}
    cut = {name for name in published if re.fullmatch(r"club\.[0-9a-f]{8}\.css", name)}
    assert len(cut) == 1  # the style sheet, cut down to what the pages use
    assert packaged == published - cut
    match, differ, errors = filecmp.cmpfiles(
        ASSETS,
        site.folder / "assets/club",
        sorted(packaged),
        shallow=False,
    )
    assert (differ, errors) == ([], [])
    assert match


def test_no_page_shows_code(site: Built) -> None:
    """An organisation without identifiers showed how Python writes an empty one."""
    written = re.compile(r"<[A-Z]\w*\.[A-Z_]+: |\w+=(?:None|True|False|\(\)|'|<)|\bobject at 0x")
    for page in site.pages():
        said = (each for each in page.document.iter("meta") if not each.get("http-equiv"))
        texts = [page.words, *(each.get("content", "") for each in said)]
        assert [text for text in texts if written.search(text)] == [], page.url

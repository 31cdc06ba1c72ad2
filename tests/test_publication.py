"""What MkDocs does not publish is on the site as if it did not exist, and nothing goes unread."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, set_exclusions

from club.cli import main
from club.model.publication import publication
from tests.clubs import toy_in, write
from tests.plugins.conftest import commit
from tests.shipped.conftest import build

NAMES = st.sampled_from(["a", "b", "templates", ".a", "a b", "é", "x.md", "y.png"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
PARTS = st.sampled_from([*"ab/*?![]#\\ .", "**", "templates", "x.md", ".a", "é", "\n"])
PATTERNS = st.none() | st.lists(PARTS, max_size=8).map("".join)


@pytest.mark.filterwarnings("ignore:Possible (nested set|set):FutureWarning")
@given(PATTERNS, PATTERNS, st.lists(PATHS, min_size=1, max_size=6, unique=True))
@example(None, "[[]", ["a"])
@example("!/templates/", None, ["templates/x.md"])
@example("!.a", "b/", [".a/x.md", "b/x.md"])
def test_what_is_left_out_is_what_mkdocs_leaves_out(
    excluded: str | None, drafts: str | None, paths: list[str]
) -> None:
    said = {"site_name": "A", "exclude_docs": excluded, "draft_docs": drafts, "not_in_nav": "x.md"}
    config = MkDocsConfig()
    config.load_dict(said)
    failed, _ = config.validate()
    if any(name in said for name, _ in failed):
        return
    files = [File(path, "docs", "site", use_directory_urls=True) for path in paths]
    set_exclusions(files, config)
    ours = publication(said)
    for file in files:
        assert ours.leaves_out(file.src_uri) is not file.inclusion.is_included(), file.src_uri


SETTINGS = "exclude_docs: exclus/\ndraft_docs: |\n  brouillons/\n  services/carnet.md\n"
PAGE = "# Zqsecret\n\nVoir [[jardin-nord]], zqsecret.\n"
LEFT_OUT = ("exclus", "brouillons", "templates", ".cache")


def club_with(root: Path, settings: str, files: dict[str, str]) -> Path:
    """A toy club with *settings* and *files* of its own."""
    toy_in(root)
    text = (root / "mkdocs.yml").read_text("utf-8")
    return write(root, {"mkdocs.yml": f"{settings}{text}", **files})


def secrets_in(site: Path) -> list[str]:
    """The files of *site* that say the secret, or are called after it."""
    return [
        path.relative_to(site).as_posix()
        for path in sorted(site.rglob("*"))
        if "zqsecret" in path.name
        or (path.is_file() and b"zqsecret" in path.read_bytes().lower().replace(b"-", b""))
    ]


def later(root: Path, *arguments: str) -> None:
    """A command of Git, then a commit of all there is."""
    author = ["-c", "user.name=C", "-c", "user.email=camille@nantes.example"]
    for each in (arguments, ("add", "-A"), (*author, "commit", "-qm", "Zqsecret")):
        subprocess.run(["git", *each], cwd=root, check=True)


@pytest.mark.parametrize("audience", ["public", pytest.param("members", marks=pytest.mark.long)])
def test_a_page_left_out_is_told_of_nowhere(
    audience: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither as it is, nor as it was: added, changed, moved from one such folder to another."""
    page = f"---\ntags: [zqsecret]\naliases: [zqsecret]\n---\n{PAGE}"
    files = {f"docs/{folder}/zqsecret-{folder[-2:]}.md": page for folder in LEFT_OUT}
    files["docs/exclus/zqsecret-plan.png"] = "zqsecret"
    files["docs/services/carnet.md"] = "Zqsecret, un long texte.\n"
    root = club_with(tmp_path / "toy", SETTINGS, files)
    commit(root)
    write(root, {"docs/exclus/zqsecret-us.md": f"{page}Encore.\n"})
    later(root, "mv", "docs/brouillons/zqsecret-ns.md", "docs/exclus/zqsecret-ns.md")
    later(root, "rm", "-q", "docs/templates/zqsecret-es.md")
    monkeypatch.setenv("CLUB_AUDIENCE", audience)
    done = build(root, tmp_path / "site", CLUB_AUDIENCE=audience)
    assert done.returncode == 0, done.stderr
    assert secrets_in(tmp_path / "site") == []
    assert main(["--root", str(root), "check", "--strict"]) == 0
    assert main(["--root", str(root), "export", "--markdown", str(tmp_path / "export")]) == 0
    assert secrets_in(tmp_path / "export/docs") == []


@pytest.mark.long
def test_a_draft_that_is_published_is_news(tmp_path: Path) -> None:
    root = club_with(tmp_path / "toy", SETTINGS, {"docs/brouillons/essai.md": "# Zqessai\n"})
    commit(root)
    later(root, "mv", "docs/brouillons/essai.md", "docs/essai.md")
    assert build(root, tmp_path / "site").returncode == 0
    news = (tmp_path / "site/news/index.html").read_text("utf-8")
    assert "Zqessai" in news
    assert "brouillons" not in news


@pytest.mark.long
def test_a_link_to_what_is_left_out_is_a_link_to_nothing(tmp_path: Path) -> None:
    targets = [f"{folder}/a.{suffix}" for folder in LEFT_OUT[:3] for suffix in ("md", "png")]
    links = "".join(f"- [lien]({each}) ![image]({each})\n" for each in targets)
    files = {f"docs/{each}": PAGE for each in targets}
    root = club_with(tmp_path / "toy", SETTINGS, {**files, "docs/essai.md": f"# A\n\n{links}"})
    text = (root / "mkdocs.yml").read_text("utf-8")
    write(root, {"mkdocs.yml": text.replace("nav:\n", "nav:\n  - exclus/a.md\n", 1)})
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    for each in targets:
        assert f"'essai.md' contains a link '{each}'" in done.stderr
    assert "WARNING -  La navigation mène à la page" in done.stderr


TAKEN_BACK = {"!/templates/": "docs/templates/zqsecret.md", "'!.cache'": "docs/.cache/zqsecret.md"}


@pytest.mark.long
@pytest.mark.parametrize("pattern", TAKEN_BACK)
def test_what_the_settings_take_back_is_read_before_it_is_published(
    pattern: str, tmp_path: Path
) -> None:
    page = f"---\naudience: members\n---\n{PAGE}"
    said = f"exclude_docs: {pattern}\n" if "'" in pattern else f"exclude_docs: '{pattern}'\n"
    root = club_with(tmp_path / "toy", said, {TAKEN_BACK[pattern]: page})
    done = build(root, tmp_path / "site")
    assert done.returncode == 0, done.stderr
    assert secrets_in(tmp_path / "site") == []
    write(root, {TAKEN_BACK[pattern]: PAGE})
    assert build(root, tmp_path / "site").returncode == 0
    assert secrets_in(tmp_path / "site")


HOOK = """
from mkdocs.structure.files import InclusionLevel
def on_files(files, config):
    files.get_file_from_path({path!r}).inclusion = InclusionLevel.{level}
"""


@pytest.mark.long
@pytest.mark.parametrize(("path", "level"), [("exclus/a.md", "INCLUDED"), ("essai.md", "EXCLUDED")])
def test_a_hook_that_decides_otherwise_stops_the_build(
    path: str, level: str, tmp_path: Path
) -> None:
    files = {f"docs/{path}": PAGE, "hook.py": HOOK.format(path=path, level=level)}
    root = club_with(tmp_path / "toy", f"hooks: [hook.py]\n{SETTINGS}", files)
    done = build(root, tmp_path / "site", strict=False)
    assert done.returncode == 1
    assert "mkdocs.yml: " in done.stderr
    assert "un greffon ou un « hook »" in done.stderr.replace("\u00a0", " ")
    assert path in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "site/index.html").exists()

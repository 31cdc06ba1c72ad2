"""The repository around a club, whatever its form and whoever reads it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from club.git.command import GitError
from club.git.log import read_log
from club.git.repository import Repository
from club.history.history import State, read_history
from tests.clubs import folder_at
from tests.wiki.conftest import Work

AXIS = "assistance:\n  label: Assistance\n  order: 1\n  nature: technical\n"


def opened(root: Path) -> Repository:
    repo = Repository.holding(root)
    assert repo is not None
    return repo


def test_no_repository(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    assert Repository.holding(tmp_path) is None
    assert read_history(folder_at(tmp_path)).state is State.NONE


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    assert Repository.holding(tmp_path / "nowhere") is None


def test_no_commit_yet(work: Work) -> None:
    assert opened(work.club).head == ""
    assert read_history(folder_at(work.club)).state is State.NONE


def test_a_detached_head(work: Work) -> None:
    first = work.commit({"data/axes.yaml": AXIS})
    work.commit({"data/axes.yaml": AXIS.replace("1", "2")})
    work.git("checkout", "-q", first)
    history = read_history(folder_at(work.club))
    assert history.head == first
    assert [each.commit_id for each in history.revisions] == [first]


def test_a_club_in_a_folder_of_its_repository(tmp_path: Path) -> None:
    work = Work(tmp_path / "big", "sites/le club [1]")
    work.commit({"data/axes.yaml": AXIS, "../../data/axes.yaml": AXIS})
    repo = opened(work.club)
    assert repo.folder == "sites/le club [1]/"
    assert list(repo.files(repo.head, "data")) == ["data/axes.yaml"]
    (revision,) = read_history(folder_at(work.club)).revisions
    assert [each.subject for each in revision.changes] == ["axes/assistance"]


def test_a_repository_inside_another(tmp_path: Path) -> None:
    outer = Work(tmp_path / "outer")
    outer.commit({"data/axes.yaml": AXIS.replace("assistance", "autre")})
    inner = Work(tmp_path / "outer" / "inner")
    head = inner.commit({"data/axes.yaml": AXIS})
    assert read_history(folder_at(inner.club)).head == head


def test_a_club_that_its_repository_does_not_track(tmp_path: Path) -> None:
    work = Work(tmp_path / "top", "club")
    (work.root / ".gitignore").write_text("club/\n")
    work.commit({"data/axes.yaml": AXIS})
    assert read_history(folder_at(work.club)).revisions == ()


def test_a_second_work_tree(work: Work, tmp_path: Path) -> None:
    work.commit({"data/axes.yaml": AXIS})
    work.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    assert (
        read_history(folder_at(tmp_path / "side")).revisions
        == read_history(folder_at(work.club)).revisions
    )


def test_a_shallow_clone_knows_no_date(work: Work, tmp_path: Path) -> None:
    work.commit({"data/axes.yaml": AXIS})
    work.commit({"data/axes.yaml": AXIS.replace("1", "2")})
    clone = tmp_path / "clone"
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", f"file://{work.root}", str(clone)], check=True
    )
    history = read_history(folder_at(clone))
    assert history.state is State.SHALLOW
    assert history.revisions == ()
    subprocess.run(["git", "fetch", "-q", "--unshallow"], cwd=clone, check=True)
    assert read_history(folder_at(clone)).revisions == read_history(folder_at(work.club)).revisions


def test_settings_of_the_reader_change_nothing(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.commit({"data/axes.yaml": AXIS, "docs/été.md": "# Été\n"})
    work.commit({"docs/été.md": None, "docs/hiver.md": "# Été\n"})
    plain = read_history(folder_at(work.club), is_kept=False)
    config = tmp_path / "gitconfig"
    config.write_text(
        "[log]\n showSignature = true\n follow = true\n decorate = full\n date = relative\n"
        "[core]\n quotePath = true\n pager = false\n"
        "[diff]\n renames = false\n noprefix = true\n external = false\n"
        "[i18n]\n logOutputEncoding = ISO-8859-1\n[mailmap]\n file = /etc/passwd\n"
        "[color]\n ui = always\n"
    )
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, str(config))
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("LC_ALL", "fr_FR.ISO-8859-1")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_WORK_TREE", str(work.root))
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'log.showroot'='false' 'log.follow'='true'")
    assert read_history(folder_at(work.club), is_kept=False) == plain
    for line in config.read_text().split("\n["):
        section, _, settings = line.strip("[").partition("]\n")
        for setting in settings.splitlines():
            key, _, value = setting.strip().partition(" = ")
            with (work.root / ".git/config").open("a") as file:
                file.write(f"[{section}]\n {key} = {value}\n")
    assert read_history(folder_at(work.club), is_kept=False) == plain


def test_messages_that_are_not_utf_8(work: Work) -> None:
    work.commit({"data/axes.yaml": AXIS}, "Réunion d’été".encode("cp1252"))
    work.commit({"data/axes.yaml": AXIS.replace("1", "2")}, "à remplacer")
    raw = work.git("cat-file", "commit", "HEAD").encode().replace("à".encode(), b"\xe0 \x93")
    stored = work.git("hash-object", "-t", "commit", "-w", "--stdin", input=raw + b"\n")
    work.git("reset", "-q", "--hard", stored)
    work.git("config", "i18n.commitEncoding", "ISO-8859-1")
    work.commit({"data/axes.yaml": AXIS.replace("1", "3")}, "Déjà annoncé".encode("latin-1"))
    said = [each.message.strip() for each in read_history(folder_at(work.club)).revisions]
    assert said == ["Déjà annoncé", "à “ remplacer", "Réunion d’été"]


def test_authors_go_by_the_committed_mailmap(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    work.commit({"data/axes.yaml": AXIS}, GIT_AUTHOR_NAME="Cam", GIT_AUTHOR_EMAIL="c@perso.example")
    assert read_history(folder_at(work.club)).revisions[-1].author == "Cam <c@perso.example>"
    mailmap = "Club <club@nantes.example> <c@perso.example>\n"
    work.commit({".mailmap": mailmap})
    (work.root / ".mailmap").write_text("Autre <x@y.example> <c@perso.example>\n")
    assert read_history(folder_at(work.club)).revisions[-1].author == "Club <club@nantes.example>"
    monkeypatch.setenv("GIT_WORK_TREE", str(work.root))
    assert read_history(folder_at(work.club)).revisions[-1].author == "Club <club@nantes.example>"


def test_a_damaged_repository_is_an_exception(work: Work) -> None:
    work.commit({"data/axes.yaml": AXIS})
    repo = opened(work.club)
    head = repo.head
    shutil.rmtree(work.root / ".git/objects")
    (work.root / ".git/objects").mkdir()
    with pytest.raises(GitError, match="fatal"):
        list(read_log(repo, ("data", "docs"), head))


def test_links_and_large_files_are_no_records(work: Work) -> None:
    (work.club / "data/axes.yaml").symlink_to("/etc/passwd")
    head = work.commit({"data/services.yaml": AXIS})
    repo = opened(work.club)
    assert list(repo.files(head, "data")) == ["data/services.yaml"]
    assert [
        each.path for each in next(read_log(repo, ("data", "docs"), head)).files if each.new
    ] == ["data/services.yaml"]


def test_blobs_are_read_by_one_process(work: Work) -> None:
    head = work.commit({"data/axes.yaml": AXIS})
    with opened(work.club) as repo:
        (blob,) = repo.files(head, "data").values()
        assert repo.blob(blob) == AXIS.encode()
        assert repo.blob("0" * 40) is None
        assert repo.blob(f"{head}:data/axes.yaml") == AXIS.encode()
        assert repo.blob(head) is None

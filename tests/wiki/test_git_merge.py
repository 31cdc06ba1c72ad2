"""The merge driver and `club sync` on real repositories."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from club.cli import main
from club.merge.install import command
from tests.wiki.repositories import WHO, branch, commit, repository, run
from tests.wiki.resolving import hunks

PATH = "data/requests.yaml"
BASE = """\
# Les demandes.

demande-a:
  title: Exporter
  need: Un besoin.
  state: draft # à suivre
demande-b:
  title: Imprimer
  need: Un autre.
  state: draft
"""
ADDED = "demande-{0}:\n  title: {0}\n  need: Un besoin.\n  state: draft\n"


@pytest.fixture(autouse=True)
def _as_a_member(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in WHO.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository(tmp_path / "club", {PATH: BASE, "docs/index.md": "# Accueil\n"})


def club(root: Path, *arguments: str) -> int:
    return main(["--root", str(root), *arguments])


def diverge(root: Path, main_text: str, proposal_text: str) -> None:
    branch(root, "proposal", "main", {PATH: proposal_text})
    run(root, "switch", "-q", "main")
    commit(root, {PATH: main_text})
    run(root, "switch", "-q", "proposal")


def text(root: Path) -> str:
    return (root / PATH).read_bytes().decode()


def test_two_proposals_that_add_a_record_merge(root: Path) -> None:
    assert club(root, "setup") == 0
    diverge(root, BASE + ADDED.format("c"), BASE + ADDED.format("d"))
    run(root, "merge", "--no-edit", "main")
    assert text(root) == BASE + ADDED.format("c") + ADDED.format("d")


def test_without_the_driver_git_conflicts(root: Path) -> None:
    diverge(root, BASE + ADDED.format("c"), BASE + ADDED.format("d"))
    run(root, "-c", "merge.club.driver=git merge-file %A %O %B", "merge", "main", fails=True)
    assert hunks(text(root))


def test_a_real_conflict_is_confined_to_its_field_and_said_in_french(root: Path) -> None:
    club(root, "setup")
    diverge(
        root,
        BASE.replace("draft #", "sent #").replace("Imprimer", "Imprimer vite"),
        BASE.replace("draft #", "refused #").replace("Un autre", "Un besoin de plus"),
    )
    said = run(root, "merge", "main", fails=True)
    assert "demande-a › état" in said
    assert "modifié des deux côtés" in said
    expected = BASE.replace("Imprimer", "Imprimer vite").replace("Un autre", "Un besoin de plus")
    line = "  state: draft # à suivre\n"
    sides = [line.replace("draft", state) for state in ("refused", "sent")]
    marked = f"<<<<<<< ours\n{sides[0]}=======\n{sides[1]}>>>>>>> theirs\n"
    assert text(root) == expected.replace(line, marked)


SETTINGS = "site_name: Club\ntheme:\n  name: material\nplugins:\n  - search\n  - club\nnav: []\n"


@pytest.mark.parametrize(("path", "around"), [("mkdocs.yml", ""), ("docs/page.md", "---\n")])
def test_git_puts_no_key_twice_in_the_settings_or_above_a_page(
    root: Path, path: str, around: str
) -> None:
    base = around + SETTINGS + around
    sides = (base.replace("nav", "x: 1\nnav"), base.replace("theme", "x: 2\ntheme"))
    commit(root, {path: base})
    assert club(root, "setup") == 0
    branch(root, "proposal", "main", {path: sides[1]})
    run(root, "switch", "-q", "main")
    commit(root, {path: sides[0]})
    said = run(root, "merge", "proposal", fails=True)
    assert "ne forme pas un YAML lisible" in said
    assert hunks((root / path).read_text("utf-8")) == [sides]


def test_setup_says_what_it_did_and_can_be_undone(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = run(root, "config", "--local", "--list")
    for arguments, words in (
        (["setup"], "désormais"),
        (["setup"], "rien à faire"),
        (["setup", "--remove"], "de nouveau"),
        (["setup", "--remove"], "rien à faire"),
    ):
        assert club(root, *arguments) == 0
        assert words in capsys.readouterr().out
    assert run(root, "config", "--local", "--list") == before


def test_setup_names_the_files_where_the_repository_does_not(tmp_path: Path) -> None:
    root = repository(tmp_path / "club", {PATH: BASE})
    (root / ".gitattributes").write_text("*.png binary", encoding="utf-8")
    club(root, "setup")
    assert (root / ".gitattributes").read_text(encoding="utf-8") == (
        "*.png binary\n"
        "data/**/*.yaml text eol=lf merge=club\n"
        "data/**/*.yml text eol=lf merge=club\n"
        "docs/**/*.md text eol=lf merge=club\n"
        "mkdocs.yml text eol=lf merge=club\n"
    )


def test_setup_outside_a_repository(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    assert club(tmp_path, "setup") == 1


@pytest.mark.parametrize("kind", ["gone", "rebuilt", "killed", "no status of ours"])
def test_the_driver_merges_by_line_when_it_cannot_run(
    root: Path, tmp_path: Path, kind: str
) -> None:
    """Git took the 1 of an interpreter without this program for a conflict: theirs was lost."""
    python = tmp_path / "python"
    if kind != "gone":
        ends = {"rebuilt": f'exec {sys.executable} -I -S "$@"', "killed": "kill -9 $$"}
        python.write_text(f"#!/bin/sh\n{ends.get(kind, 'exit 1')}\n", "utf-8")
        python.chmod(0o755)
    run(root, "config", "merge.club.driver", command(str(python)))
    diverge(root, BASE.replace("Exporter", "Exporter tout"), BASE.replace("Un autre", "Un besoin"))
    run(root, "merge", "--no-edit", "main")
    assert "Exporter tout" in text(root)
    assert "Un besoin" in text(root)


def test_the_sides_are_called_as_git_calls_them(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("base", "ours", "theirs")]
    for file, state in zip(files, ("draft", "sent", "refused"), strict=True):
        file.write_text(BASE.replace("draft #", f"{state} #"), "utf-8")
    ours = files[1].read_text("utf-8")
    for labels, shown in ((["HEAD", "main (Ajout)"],) * 2, (["%X", "%Y"], ["ours", "theirs"])):
        files[1].write_text(ours, "utf-8")
        assert club(tmp_path, "merge", "--labels", *labels, *map(str, files), PATH) == 1
        said = files[1].read_text("utf-8")
        assert f"<<<<<<< {shown[0]}\n" in said
        assert f">>>>>>> {shown[1]}\n" in said


def test_a_proposal_s_own_club_folder_is_never_run(root: Path) -> None:
    club(root, "setup")
    diverge(root, BASE + ADDED.format("c"), BASE + ADDED.format("d"))
    commit(root, {"club/__init__.py": "", "club/__main__.py": "raise SystemExit(1)\n"})
    run(root, "merge", "--no-edit", "main")
    assert not hunks(text(root))


def test_sync_brings_the_named_branch_without_any_setup(root: Path) -> None:
    diverge(root, BASE + ADDED.format("c"), BASE + ADDED.format("d"))
    assert club(root, "sync", "main") == 0
    assert text(root) == BASE + ADDED.format("c") + ADDED.format("d")
    assert len(run(root, "rev-list", "--parents", "-1", "HEAD").split()) == 3
    assert run(root, "status", "--porcelain") == ""


def test_sync_again_has_nothing_to_do(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    diverge(root, BASE + ADDED.format("c"), BASE + ADDED.format("d"))
    club(root, "sync", "main")
    before = run(root, "rev-parse", "HEAD")
    capsys.readouterr()
    assert club(root, "sync", "main") == 0
    assert "a déjà tout" in capsys.readouterr().out
    assert run(root, "rev-parse", "HEAD") == before


def test_sync_fetches_the_main_branch_of_the_remote(root: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    run(tmp_path, "clone", "-q", str(root), str(clone))
    branch(clone, "proposal", "main", {PATH: BASE + ADDED.format("d")})
    commit(root, {PATH: BASE + ADDED.format("c")})
    assert club(clone, "sync") == 0
    assert text(clone) == BASE + ADDED.format("c") + ADDED.format("d")


def test_sync_works_with_what_it_knows_when_the_remote_is_gone(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clone = tmp_path / "clone"
    run(tmp_path, "clone", "-q", str(root), str(clone))
    root.rename(tmp_path / "gone")
    assert club(clone, "sync") == 0
    assert "il n’y a pas de dépôt à l’adresse" in (said := capsys.readouterr().out)
    assert "avec ce que l’on connaît ici de origin/" in said


def test_sync_leaves_a_conflict_to_people_and_refuses_to_start_again(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    diverge(root, BASE.replace("draft #", "sent #"), BASE.replace("draft #", "refused #"))
    assert club(root, "sync", "main") == 1
    said = capsys.readouterr().err
    assert "demande-a › état" in said
    assert PATH in said
    assert len(hunks(text(root))) == 1
    before = text(root)
    assert "<<<<<<< HEAD\n" in before
    assert ">>>>>>> main\n" in before
    assert club(root, "sync", "main") == 2
    assert "git merge --abort" in capsys.readouterr().err
    assert text(root) == before


def test_two_readable_pages_that_clash_are_not_said_to_be_unreadable(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It blamed records that could not be read."""
    branch(root, "proposal", "main", {"docs/index.md": "# Ici : un essai\n"})
    run(root, "switch", "-q", "main")
    commit(root, {"docs/index.md": "# Là : un autre\n"})
    run(root, "switch", "-q", "proposal")
    assert club(root, "sync", "main") == 1
    said = capsys.readouterr().err
    assert "docs/index.md\u00a0: modifié des deux côtés" in said
    assert "faute de fiches" not in said


def test_a_clash_in_a_list_names_its_items(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It said which list, and left people to find which of its items."""
    orders = (("c, u, d"), ("c, d, u"), ("d, u, c"))
    base, here, there = (f"{BASE}  tags: [{order}]\n" for order in orders)
    commit(root, {PATH: base})
    diverge(root, there, here)
    assert club(root, "sync", "main") == 1
    assert "étiquettes\u00a0: modifié des deux côtés, chacun à sa façon\u00a0: c, d et u" in (
        capsys.readouterr().err
    )


@pytest.mark.parametrize("is_staged", [True, False])
def test_sync_never_touches_what_is_not_committed(
    root: Path, is_staged: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    diverge(root, BASE + ADDED.format("c"), BASE + ADDED.format("d"))
    before = run(root, "rev-parse", "HEAD")
    (root / PATH).write_text("# en cours\n", encoding="utf-8")
    if is_staged:
        run(root, "add", PATH)
    assert club(root, "sync", "main") == 2
    assert PATH in capsys.readouterr().err
    assert text(root) == "# en cours\n"
    assert run(root, "rev-parse", "HEAD") == before


def test_sync_leaves_other_unfinished_work_alone(root: Path) -> None:
    diverge(root, BASE + ADDED.format("c"), BASE + ADDED.format("d"))
    (root / "docs/index.md").write_text("# En cours\n", encoding="utf-8")
    assert club(root, "sync", "main") == 0
    assert (root / "docs/index.md").read_text(encoding="utf-8") == "# En cours\n"


def test_sync_refuses_an_untracked_file_in_the_way(root: Path) -> None:
    branch(root, "proposal", "main", {PATH: BASE + ADDED.format("d")})
    run(root, "switch", "-q", "main")
    commit(root, {"data/axes.yaml": "axe:\n  label: Axe\n"})
    run(root, "switch", "-q", "proposal")
    (root / "data/axes.yaml").write_text("# à moi\n", encoding="utf-8")
    assert club(root, "sync", "main") == 2
    assert (root / "data/axes.yaml").read_text(encoding="utf-8") == "# à moi\n"


def test_sync_refuses_unrelated_histories(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(root, "switch", "-q", "--orphan", "autre")
    commit(root, {PATH: BASE})
    assert club(root, "sync", "main") == 2
    assert "aucun commit commun" in capsys.readouterr().err


def test_sync_in_a_shallow_clone_says_what_is_missing(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    diverge(root, BASE + ADDED.format("c"), BASE + ADDED.format("d"))
    clone = tmp_path / "clone"
    run(root, "clone", "-q", "--depth", "1", "--no-single-branch", f"file://{root}", str(clone))
    assert club(clone, "sync", "origin/main") == 2
    assert "git fetch --unshallow" in capsys.readouterr().err
    run(clone, "fetch", "-q", "--unshallow")
    assert club(clone, "sync", "origin/main") == 0


def test_sync_on_no_branch(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(root, "switch", "-q", "--detach")
    assert club(root, "sync", "main") == 2
    assert "aucune branche" in capsys.readouterr().err


def test_sync_without_remote_or_branch(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert club(root, "sync") == 2
    assert "nommez la branche" in capsys.readouterr().err
    assert club(root, "sync", "absente") == 2
    assert "absente" in capsys.readouterr().err


def test_sync_outside_a_repository(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    assert club(tmp_path, "sync", "main") == 2


def test_sync_of_a_club_inside_a_larger_repository(tmp_path: Path) -> None:
    path = f"sites/club/{PATH}"
    root = repository(tmp_path / "all", {path: BASE})
    branch(root, "proposal", "main", {path: BASE + ADDED.format("d")})
    run(root, "switch", "-q", "main")
    commit(root, {path: BASE + ADDED.format("c")})
    run(root, "switch", "-q", "proposal")
    assert club(root / "sites/club", "sync", "main") == 0
    assert text(root / "sites/club") == BASE + ADDED.format("c") + ADDED.format("d")


@pytest.mark.parametrize("merge", [("merge", "-q", "--no-ff"), ("merge", "-q", "--squash")])
def test_sync_takes_what_was_accepted_and_is_still_written_here(
    merge: tuple[str, ...], root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The clone was stuck: what it had proposed stood in the way of itself."""
    commit(root, {"docs/vieille.md": "# Vieille\n", "data/axes.yaml": "axe:\n  label: Axe\n"})
    clone = tmp_path / "clone"
    run(tmp_path, "clone", "-q", str(root), str(clone))
    work = {PATH: BASE + ADDED.format("c"), "docs/neuve.md": "# Neuve\n"}
    branch(root, "proposal", "main", work)
    (root / "docs/vieille.md").unlink()
    commit(root, {})
    run(root, "switch", "-q", "main")
    run(root, *merge, "proposal")
    run(root, "commit", "-q", "--allow-empty", "-m", "Reprise")
    commit(root, {"data/sources.yaml": "# ailleurs\n"})
    for path, said in work.items():
        (clone / path).write_text(said, "utf-8")
    (clone / "docs/vieille.md").unlink()
    (clone / "data/axes.yaml").write_text("# en cours\n", "utf-8")
    assert club(clone, "sync") == 0, capsys.readouterr().err
    assert run(clone, "status", "--porcelain").split() == ["M", "data/axes.yaml"]
    assert run(clone, "rev-parse", "HEAD^{tree}") == run(root, "rev-parse", "HEAD^{tree}")
    assert (clone / "data/axes.yaml").read_text("utf-8") == "# en cours\n"


def test_sync_that_git_refuses_leaves_what_was_accepted_as_it_was(
    root: Path, tmp_path: Path
) -> None:
    clone = tmp_path / "clone"
    run(tmp_path, "clone", "-q", str(root), str(clone))
    commit(root, {PATH: BASE + ADDED.format("c"), "docs/neuve.md": "# Neuve\n"})
    branch(clone, "proposal", "main", {"data/axes.yaml": "axe:\n  label: Axe\n"})
    (clone / PATH).write_text(BASE + ADDED.format("c"), "utf-8")
    (clone / "docs/neuve.md").write_text("# Neuve\n", "utf-8")
    hook = clone / ".git/hooks/pre-merge-commit"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    assert club(clone, "sync") == 2
    assert text(clone) == BASE + ADDED.format("c")
    assert (clone / "docs/neuve.md").read_text("utf-8") == "# Neuve\n"

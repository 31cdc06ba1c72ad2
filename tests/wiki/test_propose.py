"""Proposing: a branch of records and pages alone, and nothing of the user's touched."""

from __future__ import annotations

import itertools
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from club.cli import main
from club.model.message import Message
from club.publish.words.forge import Forge, web_address
from club.review.proposal import Proposal, commit_proposal
from club.review.remote import CERTIFICATE, DENIED, LOGIN, NOT_FOUND, UNREACHABLE, trouble
from tests.clubs import few, folder_at
from tests.wiki.repos import CALM, commit, git, toy_repo, with_remote

AXIS = "\naxe-neuf:\n  label: Neuf\n  nature: technical\n  order: 9\n"


@pytest.fixture(autouse=True)
def _calm(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in CALM.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return toy_repo(tmp_path / "club")


def change(root: Path) -> None:
    """A record more, a page changed, another removed, and work that has nothing to do with it."""
    axes = root / "data/axes.yaml"
    axes.write_text(axes.read_text("utf-8") + AXIS, "utf-8")
    index = root / "docs/index.md"
    index.write_text(index.read_text("utf-8") + "\nUne ligne.\n", "utf-8")
    (root / "docs/fichiers/modele.txt").unlink()
    (root / "docs/neuf.md").write_text("# Neuf\n", "utf-8")
    (root / "mkdocs.yml").write_text((root / "mkdocs.yml").read_text("utf-8") + "# à moi\n")
    (root / "brouillon.txt").write_text("à moi", "utf-8")


CHANGED = ["M data/axes.yaml", "D docs/fichiers/modele.txt", "M docs/index.md", "A docs/neuf.md"]


def state(root: Path) -> tuple[str, str, str, dict[str, bytes]]:
    """What the user would see change: their branch, what they staged, and their files."""
    index = git(root, "ls-files", "--stage")
    files = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }
    head = (root / ".git/HEAD").read_text()
    return head, index, git(root, "status", "--porcelain"), files


def run(root: Path, *arguments: str) -> int:
    return main(["--root", str(root), "propose", *arguments])


def test_only_records_and_pages_are_proposed(root: Path) -> None:
    change(root)
    git(root, "add", "brouillon.txt", "docs/index.md")
    before = state(root)
    found = commit_proposal(folder_at(root), "Un axe neuf à l’œuvre\n\nParce qu’il le faut.")
    assert isinstance(found, Proposal)
    assert state(root) == before
    assert found.branch == "un-axe-neuf-a-l-oeuvre"
    assert list(found.files) == CHANGED
    assert git(root, "rev-parse", found.branch) == found.commit_id
    assert git(root, "rev-parse", f"{found.branch}^") == git(root, "rev-parse", "main")
    shown = git(root, "diff", "--name-only", "main", found.branch).splitlines()
    assert shown == [each[2:] for each in CHANGED]
    said = git(root, "log", "-1", "--format=%B", found.branch)
    assert said == (
        "Un axe neuf à l’œuvre\n\nParce qu’il le faut.\n\n"
        "Reason: Un axe neuf à l’œuvre – Parce qu’il le faut."
    )
    assert git(root, "show", f"{found.branch}:docs/neuf.md") == "# Neuf"


def test_a_branch_of_its_own_each_time(root: Path) -> None:
    with_remote(root)
    git(root, "push", "-q", "origin", "main:refs/heads/un-axe-2")
    git(root, "fetch", "-q")
    git(root, "branch", "un-axe-3/ancien")
    change(root)
    names = []
    for _ in range(3):
        found = commit_proposal(folder_at(root), "Un axe", is_new=True)
        assert isinstance(found, Proposal)
        names.append(found.branch)
    assert names == ["un-axe", "un-axe-4", "un-axe-5"]
    found = commit_proposal(folder_at(root), "…", is_new=True)
    assert isinstance(found, Proposal)
    assert found.branch == "proposition"


def test_it_is_pushed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare = with_remote(root)
    change(root)
    assert run(root, "-m", "Un axe") == 0
    said = capsys.readouterr().out
    assert "M data/axes.yaml" in said
    assert "Branche" in said
    assert "Envoyée à origin." in said
    assert git(bare, "rev-parse", "un-axe") == git(root, "rev-parse", "un-axe")
    assert git(bare, "rev-parse", "main") == git(root, "rev-parse", "main")


def test_without_a_remote(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(root)
    assert run(root, "-m", "Un axe") == 0
    assert "Il n’y a pas de dépôt distant" in capsys.readouterr().out
    assert git(root, "rev-parse", "un-axe")


def test_not_pushed_when_asked(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare = with_remote(root)
    change(root)
    assert run(root, "-m", "Un axe", "--no-push") == 0
    assert "git push origin un-axe" in capsys.readouterr().out
    assert git(bare, "branch", "--list", "un-axe") == ""


def test_nothing_to_propose(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "brouillon.txt").write_text("à moi", "utf-8")
    assert run(root, "-m", "Rien") == 1
    assert "rien à proposer" in capsys.readouterr().err
    assert git(root, "branch", "--list").split() == ["*", "main"]


def test_errors_are_mended_first(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(root)
    (root / "data/axes.yaml").write_text("axe-usages:\n  labell: Un\n", "utf-8")
    before = state(root)
    assert run(root, "-m", "Un axe") == 1
    said = capsys.readouterr().err
    assert "data/axes.yaml:2:3" in said
    assert "Rien n’a été proposé" in said
    assert state(root) == before
    assert git(root, "branch", "--list").split() == ["*", "main"]


def test_on_a_detached_head(root: Path) -> None:
    git(root, "checkout", "-q", "--detach")
    change(root)
    before = state(root)
    found = commit_proposal(folder_at(root), "Un axe")
    assert isinstance(found, Proposal)
    assert state(root) == before
    assert git(root, "rev-parse", f"{found.branch}^") == git(root, "rev-parse", "HEAD")


def test_before_the_first_commit(tmp_path: Path) -> None:
    root = toy_repo(tmp_path / "club")
    git(root, "update-ref", "-d", "refs/heads/main")
    found = commit_proposal(folder_at(root), "Le début")
    assert isinstance(found, Proposal)
    listed = git(root, "ls-tree", "-r", "--name-only", found.branch).splitlines()
    assert listed
    assert all(path.startswith(("data/", "docs/")) for path in listed)


def test_in_a_folder_of_a_larger_repository(tmp_path: Path) -> None:
    top = tmp_path / "tout"
    root = toy_repo(top / "club")
    (top / "autre.txt").write_text("a", "utf-8")
    (root / ".git").rename(top / ".git")
    git(top, "add", "--all")
    git(top, "commit", "-q", "-m", "Déplacé")
    change(root)
    (top / "autre.txt").write_text("b", "utf-8")
    found = commit_proposal(folder_at(root), "Un axe")
    assert isinstance(found, Proposal)
    assert {each[2:] for each in found.files} == {f"club/{each[2:]}" for each in CHANGED}


def test_without_git(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data").mkdir()
    assert run(tmp_path, "-m", "x") == 1
    assert "pas de dépôt Git ici" in capsys.readouterr().err


def test_a_merge_that_is_not_finished(root: Path) -> None:
    git(root, "checkout", "-q", "-b", "autre")
    commit(root, "Ailleurs", {"docs/index.md": "# Ailleurs\n"})
    git(root, "checkout", "-q", "main")
    commit(root, "Ici", {"docs/index.md": "# Ici\n"})
    done = subprocess.run(["git", "merge", "autre"], cwd=root, capture_output=True, check=False)
    assert done.returncode
    found = commit_proposal(folder_at(root), "Un axe")
    assert isinstance(found, Message)
    assert "a merge is not finished" in found.id


def refusing(bare: Path, reason: str) -> None:
    hook = bare / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\necho '{reason}' >&2\nexit 1\n")
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)


def test_a_refused_push_loses_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare = with_remote(root)
    refusing(bare, "branche interdite")
    change(root)
    before = state(root)
    assert run(root, "-m", "Un axe") == 1
    said = capsys.readouterr().err
    assert "branche interdite" in said
    assert "Rien n’est perdu" in said
    assert "git push origin un-axe" in said
    assert state(root) == before
    assert git(root, "show", "un-axe:docs/neuf.md") == "# Neuf"


def test_two_clones_that_take_one_name_both_propose(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second was told that the remote had refused it."""
    bare = with_remote(root)
    other = git(bare, "commit-tree", "main^{tree}", "-m", "À un autre")
    git(bare, "update-ref", "refs/heads/un-axe", other)
    change(root)
    # Another proposes between our look at the remote and our push, which its hook stands for.
    hook = bare / "hooks/pre-receive"
    hook.write_text(
        "#!/bin/sh\nunset GIT_QUARANTINE_PATH\nrm $0\n"
        f"git update-ref refs/heads/un-axe-2 {other}\nexit 1\n"
    )
    hook.chmod(0o755)
    assert run(root, "-m", "Un axe") == 0
    assert "Branche\xa0: un-axe-3" in capsys.readouterr().out
    assert [git(bare, "rev-parse", each) for each in ("un-axe", "un-axe-2")] == [other, other]
    assert git(bare, "show", "un-axe-3:docs/neuf.md") == "# Neuf"
    assert git(root, "branch", "--format=%(refname:short)").split() == ["main", "un-axe-3"]


def branches(root: Path) -> set[str]:
    return set(git(root, "branch", "--format=%(refname:short)").split()) - {"main"}


def add_page(root: Path, name: str, text: str = "# Autre\n\nUn\n\nDeux\n") -> None:
    (root / f"docs/{name}.md").write_text(text, "utf-8")


def stand_on(root: Path, branch: str) -> None:
    git(root, "clean", "-fdq", "docs")
    git(root, "switch", "-q", branch)


@pytest.mark.parametrize("message", ["Un axe", "Comme vous le demandiez"])
def test_what_a_review_asks_for_updates_the_proposal(
    message: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It opened a second proposal, and a third."""
    bare = with_remote(root)
    change(root)
    assert run(root, "-m", "Un axe") == 0
    first = git(root, "rev-parse", "un-axe")
    add_page(root, "encore")
    before = state(root)
    capsys.readouterr()
    assert run(root, "-m", message) == 0
    said = capsys.readouterr().out
    assert "Votre proposition un-axe est mise à jour" in said
    assert "club propose --new" in said
    assert state(root) == before
    assert branches(root) == branches(bare) == {"un-axe"}
    assert git(bare, "rev-parse", "un-axe^") == first
    assert git(bare, "log", "-1", "--format=%s", "un-axe") == message
    assert git(bare, "show", "un-axe:docs/encore.md").startswith("# Autre")


def test_one_line_corrected_under_the_same_name_updates_the_proposal(root: Path) -> None:
    bare = with_remote(root)
    for text in ("Une fote.", "Une faute."):
        (root / "docs/une.md").write_text(f"# Une\n\n{text}\n", "utf-8")
        assert run(root, "-m", "Une ligne") == 0
    assert branches(bare) == {"une-ligne"}
    assert git(bare, "show", "une-ligne:docs/une.md").endswith("Une faute.")


def test_the_same_work_is_already_proposed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare = with_remote(root)
    change(root)
    for message in ("Un axe", "Un axe", "Sous un autre nom"):
        assert run(root, "-m", message) == 0
    assert capsys.readouterr().out.count("C’est déjà proposé, sur la branche un-axe.") == 2
    assert branches(root) == branches(bare) == {"un-axe"}
    assert git(bare, "rev-parse", "un-axe^") == git(root, "rev-parse", "main")


def test_a_value_corrected_in_a_review_updates_the_proposal(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Under another message, it opened a second proposal and left the first as it was."""
    bare = with_remote(root)
    axes = root / "data/axes.yaml"
    before = axes.read_text("utf-8")
    assert "order: 1\n" in before
    axes.write_text(before.replace("order: 1\n", "order: 8\n", 1), "utf-8")
    assert run(root, "-m", "L’ordre") == 0
    axes.write_text(before.replace("order: 1\n", "order: 9\n", 1), "utf-8")
    assert run(root, "-m", "Comme vous le demandiez") == 0
    assert branches(bare) == {"l-ordre"}
    assert "order: 9" in git(bare, "show", "l-ordre:data/axes.yaml")

    assert run(root, "-m", "Une autre", "--new") == 0
    axes.write_text(before.replace("order: 1\n", "order: 7\n", 1), "utf-8")
    capsys.readouterr()
    assert run(root, "-m", "Encore") == 0
    said = capsys.readouterr().out
    assert branches(bare) == {"l-ordre", "une-autre"}
    latest = next(each for each in ("l-ordre", "une-autre") if f"{each} est mise à jour" in said)
    assert "order: 7" in git(bare, "show", f"{latest}:data/axes.yaml")
    assert f"{latest} est la plus récente" in said


@pytest.mark.parametrize("merge", few([("merge", "-q", "--squash"), ("merge", "-q", "--no-ff")]))
def test_what_was_accepted_is_not_proposed_again(
    merge: tuple[str, ...], root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A branch of what the main one already had was opened at each command."""
    bare = with_remote(root)
    change(root)
    assert run(root, "-m", "Un axe") == 0
    maintainer = tmp_path / "maintainer"
    git(root, "clone", "-q", str(bare), str(maintainer))
    git(maintainer, *merge, "origin/un-axe")
    git(maintainer, "commit", "--allow-empty", "-q", "-m", "Reprise")
    commit(maintainer, "Ailleurs", {"docs/ailleurs.md": "# Ailleurs\n"})
    git(maintainer, "push", "-q")
    capsys.readouterr()
    before = state(root)
    for _ in range(2):
        assert run(root, "-m", "Encore") == 0
        assert "plus rien à proposer" in capsys.readouterr().out
    assert branches(bare) == {"un-axe"}
    assert state(root) == before

    axes = root / "data/axes.yaml"
    axes.write_text(axes.read_text("utf-8") + AXIS.replace("axe-neuf", "axe-encore"), "utf-8")
    assert run(root, "-m", "Le reste") == 0
    assert git(bare, "rev-parse", "le-reste^") == git(bare, "rev-parse", "main")
    shown = git(bare, "diff", "--unified=0", "main", "le-reste")
    assert "+axe-encore:" in shown
    assert "+axe-neuf:" not in shown
    assert git(bare, "diff", "--name-only", "main", "le-reste") == "data/axes.yaml"
    capsys.readouterr()
    assert run(root, "-m", "Le reste") == 0
    assert "C’est déjà proposé, sur la branche le-reste" in capsys.readouterr().out


def test_another_proposal_is_opened_when_asked(root: Path) -> None:
    bare = with_remote(root)
    change(root)
    assert run(root, "-m", "Un axe") == 0
    assert run(root, "-m", "Un axe", "--new") == 0
    assert branches(bare) == {"un-axe", "un-axe-2"}


def test_other_work_under_the_same_name_takes_nothing_back(root: Path) -> None:
    """Put on top of the first, the second would have withdrawn it."""
    bare = with_remote(root)
    add_page(root, "une")
    assert run(root, "-m", "Mise à jour") == 0
    (root / "docs/une.md").unlink()
    add_page(root, "deux")
    assert run(root, "-m", "Mise à jour") == 0
    assert branches(bare) == {"mise-a-jour", "mise-a-jour-2"}
    assert "docs/une.md" not in git(bare, "ls-tree", "-r", "--name-only", "mise-a-jour-2")


@pytest.mark.parametrize("merge", [("merge", "-q", "--no-ff"), ("merge", "-q", "--squash")])
def test_what_is_merged_is_not_updated(merge: tuple[str, ...], root: Path, tmp_path: Path) -> None:
    """Its request is closed: nobody would look at it."""
    bare = with_remote(root)
    add_page(root, "une")
    assert run(root, "-m", "Une page") == 0
    add_page(root, "une", "# Autre\n\nUn\n\nDeux et demi\n")
    assert run(root, "-m", "Une page") == 0
    maintainer = tmp_path / "maintainer"
    git(root, "clone", "-q", str(bare), str(maintainer))
    git(maintainer, *merge, "origin/une-page")
    git(maintainer, "commit", "--allow-empty", "-q", "-m", "Reprise")
    git(maintainer, "push", "-q")
    add_page(root, "deux")
    assert run(root, "-m", "Deux pages") == 0
    assert branches(bare) == {"une-page", "deux-pages"}


def test_what_the_remote_let_go_of_is_not_updated(root: Path) -> None:
    bare = with_remote(root)
    add_page(root, "une")
    assert run(root, "-m", "Une page") == 0
    git(bare, "branch", "-D", "une-page")
    add_page(root, "deux")
    assert run(root, "-m", "Une page") == 0
    assert branches(bare) == {"une-page-2"}


def test_what_somebody_added_to_the_proposal_stays(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = with_remote(root)
    add_page(root, "une")
    assert run(root, "-m", "Une page") == 0
    reader = tmp_path / "reader"
    git(root, "clone", "-q", "-b", "une-page", str(bare), str(reader))
    theirs = commit(reader, "Relue", {"docs/une.md": "# Relue\n"})
    git(reader, "push", "-q")
    add_page(root, "deux")
    assert run(root, "-m", "Une page") == 1
    assert "quelqu’un a complété depuis votre proposition une-page" in capsys.readouterr().err
    assert git(bare, "rev-parse", "une-page") == theirs
    assert run(root, "-m", "Une page", "--new") == 0
    assert branches(bare) == {"une-page", "une-page-2"}


def test_a_branch_that_its_owner_moved_is_left_alone(root: Path) -> None:
    bare = with_remote(root)
    git(root, "branch", "une-page")
    add_page(root, "une")
    assert run(root, "-m", "Une page") == 0
    stand_on(root, "une-page-2")
    mine = commit(root, "À la main", {"docs/une.md": "# À moi\n"})
    git(root, "switch", "-q", "main")
    add_page(root, "une")
    add_page(root, "deux")
    assert run(root, "-m", "Une page") == 0
    assert git(root, "rev-parse", "une-page-2") == mine
    assert branches(bare) == {"une-page-2", "une-page-3"}


def test_the_proposal_one_stands_on_goes_on(root: Path) -> None:
    """After `club sync`, which is for those who stand there."""
    bare = with_remote(root)
    add_page(root, "une")
    assert run(root, "-m", "Une page") == 0
    stand_on(root, "une-page")
    git(root, "merge", "-q", "--no-edit", "main")
    add_page(root, "deux")
    files = state(root)[3]
    assert run(root, "-m", "Deux") == 0
    assert branches(bare) == {"une-page"}
    assert state(root)[3] == files
    assert git(root, "status", "--porcelain") == ""
    assert git(bare, "show", "une-page:docs/deux.md").startswith("# Autre")


def test_the_main_branch_comes_along_when_the_proposal_is_updated(root: Path) -> None:
    bare = with_remote(root)
    add_page(root, "une")
    assert run(root, "-m", "Une page") == 0
    (root / "docs/une.md").rename(root.parent / "une.md")
    commit(root, "Ailleurs", {"docs/ailleurs.md": "# Ailleurs\n"})
    git(root, "push", "-q", "origin", "main")
    (root.parent / "une.md").rename(root / "docs/une.md")
    add_page(root, "deux")
    assert run(root, "-m", "Une page") == 0
    assert git(bare, "diff", "--name-only", "main...une-page").split() == [
        "docs/deux.md",
        "docs/une.md",
    ]


def test_what_could_not_be_sent_is_sent_by_the_same_command(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = with_remote(root)
    refusing(bare, "branche interdite")
    change(root)
    assert run(root, "-m", "Un axe") == 1
    (bare / "hooks/pre-receive").unlink()
    assert run(root, "-m", "Un axe") == 0
    assert branches(root) == branches(bare) == {"un-axe"}


SSH, HTTPS = "git@forge.example:a/b.git", "https://forge.example/a/b.git"
SILENT = [
    ("ssh: Could not resolve hostname forge.example: Name or service not known", "injoignable"),
    ("ssh: connect to host forge.example port 22: Connection refused", "injoignable"),
    ("ssh: connect to host forge.example port 22: No route to host", "injoignable"),
    ("git@forge.example: Permission denied (publickey,password).", "clé SSH"),
    ("Host key verification failed.", "acceptez sa clé"),
    ("ERROR: Repository not found.", "pas de dépôt à l’adresse"),
    ("ERROR: The project you were looking for could not be found", "pas de dépôt à l’adresse"),
    ("ERROR: Permission to a/b.git denied to personne.", "pas le droit sur"),
]


@pytest.mark.parametrize(("words", "told"), SILENT)
@pytest.mark.parametrize("command", few(["propose", "sync"]))
def test_a_remote_that_does_not_answer_is_told_in_one_true_sentence(
    command: str,
    words: str,
    told: str,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Git's English, then “The remote refused the branch”, which had heard of nothing."""
    git(root, "remote", "add", "origin", SSH)
    speaker = root.parent / "ssh.sh"
    speaker.write_text(f"#!/bin/sh\necho '{words}' >&2\nexit 255\n", "utf-8")
    speaker.chmod(0o755)
    monkeypatch.setenv("GIT_SSH", str(speaker))
    monkeypatch.setenv("GIT_SSH_VARIANT", "ssh")
    change(root)
    before = git(root, "for-each-ref"), state(root)
    arguments = ["propose", "-m", "Un axe"] if command == "propose" else ["sync"]
    assert main(["--root", str(root), *arguments]) == (1 if command == "propose" else 2)
    said = capsys.readouterr()
    assert said.out == ""
    assert told in said.err
    assert "«\xa0origin\xa0»" in said.err
    assert f"(Git dit\xa0: {words.removesuffix('.')}" in said.err
    assert len(said.err.splitlines()) == 1
    assert (git(root, "for-each-ref"), state(root)) == before


@pytest.mark.parametrize(
    ("words", "family"),
    [
        (f"fatal: unable to access '{HTTPS}/': Could not resolve host: forge.example", UNREACHABLE),
        (f"fatal: unable to access '{HTTPS}/': Failed to connect to forge.example", UNREACHABLE),
        (f"fatal: unable to access '{HTTPS}/': The requested URL returned error: 403", DENIED),
        (f"fatal: could not read Username for '{HTTPS}': terminal prompts disabled", LOGIN),
        (f"fatal: Authentication failed for '{HTTPS}/'", LOGIN),
        (f"remote: Not Found\nfatal: repository '{HTTPS}/' not found", NOT_FOUND),
        ("fatal: '/srv/a.git' does not appear to be a git repository", NOT_FOUND),
        (f"fatal: unable to access '{HTTPS}/': SSL certificate problem: unable", CERTIFICATE),
        ("remote: You are not allowed to push code to this project.", DENIED),
        ("remote: error: hook declined", None),
    ],
)
def test_what_git_says_of_a_remote(words: str, family: str | None) -> None:
    found = trouble("origin", words)
    assert (found and found.id) == family


def test_a_push_that_is_denied_is_told_with_what_to_do(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = with_remote(root)
    refusing(bare, "You are not allowed to push code to this project.")
    change(root)
    assert run(root, "-m", "Un axe") == 1
    said = capsys.readouterr().err
    assert "vous n’en avez pas le droit sur «\xa0origin\xa0»" in said
    assert "Rien n’est perdu, elle reste sur la branche un-axe" in said
    assert git(root, "show", "un-axe:docs/neuf.md") == "# Neuf"


def test_a_remote_that_is_gone(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(root, "remote", "add", "origin", str(root.parent / "nulle-part.git"))
    change(root)
    assert run(root, "-m", "Un axe") == 1
    assert "Rien n’a été proposé\xa0: il n’y a pas de dépôt" in capsys.readouterr().err
    assert branches(root) == set()
    assert run(root, "-m", "Un axe", "--no-push") == 0


@pytest.mark.parametrize("message", ["", " \n"])
def test_an_empty_message_is_told_before_anything_is_read(
    message: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(root)
    (root / "data/axes.yaml").write_text("axe-usages:\n  labell: Un\n", "utf-8")
    assert run(root, "-m", message) == 1
    said = capsys.readouterr().err
    assert said == "dites en une phrase ce qui change et pourquoi\xa0: -m «\xa0…\xa0»\n"


def test_the_message_from_a_file(root: Path, tmp_path: Path) -> None:
    change(root)
    message = tmp_path / "message.txt"
    message.write_text("Un axe de plus\n\nVoici pourquoi.\n", "utf-8")
    assert run(root, "-F", str(message)) == 0
    assert git(root, "log", "-1", "--format=%b", "un-axe-de-plus") == (
        "Voici pourquoi.\n\nRaison : Un axe de plus – Voici pourquoi."
    )
    assert run(root, "-F", str(tmp_path / "nulle-part")) == 1
    message.write_bytes(b"\xff\xfe")
    assert run(root, "-F", str(message)) == 1
    message.write_text(" \n")
    assert run(root, "-F", str(message)) == 1


def remote_elsewhere(root: Path, address: str) -> Path:
    """The remote of a forge, whose address leads in truth to a folder."""
    bare = with_remote(root)
    git(root, "remote", "set-url", "origin", address)
    git(root, "config", f"url.{bare}.insteadOf", address)
    git(root, "config", "remote.origin.pushurl", address)
    return bare


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        (
            "https://github.com/club/wiki.git",
            "https://github.com/club/wiki/compare/main...un-axe?expand=1&title=Un+axe",
        ),
        ("git@codeberg.org:club/wiki.git", "https://codeberg.org/club/wiki/compare/main...un-axe"),
        (
            "ssh://git@gitlab.example:2222/club/wiki.git",
            "https://gitlab.example/club/wiki/-/merge_requests/new?"
            "merge_request%5Bsource_branch%5D=un-axe&merge_request%5Btarget_branch%5D=main"
            "&merge_request%5Btitle%5D=Un+axe",
        ),
    ],
)
def test_the_address_that_opens_the_request(
    remote: str, address: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    remote_elsewhere(root, remote)
    change(root)
    assert run(root, "-m", "Un axe") == 0
    said = capsys.readouterr()
    if address not in said.out:
        pytest.fail(said.out + said.err)


def test_gitlab_is_asked_to_open_the_request(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = remote_elsewhere(root, "https://gitlab.example/club/wiki.git")
    git(bare, "config", "receive.advertisePushOptions", "true")
    hook = bare / "hooks/post-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        '#!/bin/sh\nfor i in 0 1 2; do eval echo "\\$GIT_PUSH_OPTION_$i" >> options; done\n'
        "echo 'View merge request for un-axe:' >&2\n"
        "echo '  https://gitlab.example/club/wiki/-/merge_requests/7' >&2\n"
    )
    hook.chmod(0o755)
    change(root)
    assert run(root, "-m", "Un axe\n\nEt des raisons.") == 0
    assert capsys.readouterr().out.endswith("https://gitlab.example/club/wiki/-/merge_requests/7\n")
    assert (bare / "options").read_text().splitlines() == [
        "merge_request.create",
        "merge_request.target=main",
        "merge_request.title=Un axe",
    ]


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://user:secret@forge.example/a/b.git", "https://forge.example/a/b.git"),
        ("https://forge.example:8443/a/b/", "https://forge.example:8443/a/b"),
        ("git@forge.example:a/b.git", "https://forge.example/a/b.git"),
        ("forge.example:a/b", "https://forge.example/a/b"),
        ("ssh://git@forge.example:22/a/b.git", "https://forge.example/a/b.git"),
        ("/srv/git/a.git", ""),
        ("../a.git", ""),
        ("file:///srv/a.git", ""),
        ("", ""),
    ],
)
def test_the_address_of_a_remote(remote: str, address: str) -> None:
    assert web_address(remote) == address


def test_odd_branches_are_escaped() -> None:
    forge = Forge.at("https://github.com/a/b", "prod/2", "")
    assert forge
    assert forge.new_request("x", "T & U").startswith(
        "https://github.com/a/b/compare/prod%2F2...x?expand=1&title=T+%26+U"
    )


STEPS = ("write", "stage", "write again", "remove", "remove from the index", "intend to add")


@pytest.mark.parametrize("path", few(["docs/index.md", "docs/neuf.md", "data/axes.yaml"]))
@pytest.mark.parametrize("steps", few(itertools.permutations(STEPS, 3), 30), ids=", ".join)
def test_work_in_any_state_is_proposed_as_it_stands(
    root: Path, path: str, steps: tuple[str, ...]
) -> None:
    """A file added, then edited again: “not uptodate. Cannot merge”."""
    file = root / path
    for number, step in enumerate(steps):
        if step.startswith("write"):
            before = file.read_text("utf-8") if file.exists() else "# Neuf\n"
            file.write_text(f"{before}# {number}\n", "utf-8")
        elif step == "remove":
            file.unlink(missing_ok=True)
        elif step == "stage":
            git(root, "add", "--all", "--", "data", "docs")
        elif step == "remove from the index":
            git(root, "rm", "-q", "--cached", "--ignore-unmatch", "--", path)
        elif file.exists():
            git(root, "add", "--intent-to-add", "--", path)
    before = state(root)
    found = commit_proposal(folder_at(root), "Un essai")
    assert state(root) == before
    if isinstance(found, Message):
        assert "nothing to propose" in found.id
        tree, there = "HEAD", git(root, "ls-tree", "-r", "--name-only", "HEAD").splitlines()
    else:
        tree = found.commit_id
        there = git(root, "ls-tree", "-r", "--name-only", tree).splitlines()
    assert (path in there) is file.exists()
    if file.exists():
        assert git(root, "show", f"{tree}:{path}") == file.read_text("utf-8").rstrip("\n")


def proposing(root: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-P", "-m", "club", "propose", "-m", "Un axe"]
    return subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.long
@pytest.mark.parametrize("is_one_clone", [True, False])
@pytest.mark.parametrize("count", [2, 4])
def test_proposals_at_the_same_moment_are_all_kept(
    count: int, is_one_clone: bool, root: Path, tmp_path: Path
) -> None:
    bare = with_remote(root)
    clones = [root]
    for number in range(1, 1 if is_one_clone else count):
        clones.append(tmp_path / f"clone-{number}")
        git(root, "clone", "-q", str(bare), str(clones[-1]))
    for number, clone in enumerate(clones):
        (clone / "docs/neuf.md").write_text(f"# Neuf {number}\n", "utf-8")
    started = [proposing(clones[number % len(clones)]) for number in range(count)]
    ended = [(*process.communicate(), process.returncode) for process in started]
    for clone in clones:
        git(clone, "fsck")
    for said, error, status in ended:
        assert "Traceback" not in error
        # Of two that push one branch at once, one may be refused: it says so, with the branch.
        branch = re.search(r"[Bb]ranche(?:\xa0:)? (un-axe[-\d]*)", f"{said} {error}")
        assert branch, error
        assert status == 0 or f"git push origin {branch[1]}" in error
    kept = [
        git(clone, "show", f"{branch}:docs/neuf.md")
        for clone in clones
        for branch in git(clone, "branch", "--list", "un-axe*", "--format=%(refname)").split()
    ]
    if is_one_clone:  # all propose the same: whoever sees that opens no other
        assert set(kept) == {"# Neuf 0"}
    else:
        assert sorted(kept) == [f"# Neuf {number}" for number in range(count)]

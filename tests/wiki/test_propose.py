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
from tests.clubs import folder_at
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
    assert said == "Un axe neuf à l’œuvre\n\nParce qu’il le faut."
    assert git(root, "show", f"{found.branch}:docs/neuf.md") == "# Neuf"


def test_a_branch_of_its_own_each_time(root: Path) -> None:
    with_remote(root)
    git(root, "push", "-q", "origin", "main:refs/heads/un-axe-2")
    git(root, "fetch", "-q")
    git(root, "branch", "un-axe-3/ancien")
    change(root)
    names = []
    for _ in range(3):
        found = commit_proposal(folder_at(root), "Un axe")
        assert isinstance(found, Proposal)
        names.append(found.branch)
    assert names == ["un-axe", "un-axe-4", "un-axe-5"]
    found = commit_proposal(folder_at(root), "…")
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


def test_a_name_taken_meanwhile_on_the_remote(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = with_remote(root)
    other = git(bare, "commit-tree", "main^{tree}", "-m", "À un autre")
    git(bare, "update-ref", "refs/heads/un-axe", other)
    change(root)
    assert run(root, "-m", "Un axe") == 1
    assert "Rien n’est perdu" in capsys.readouterr().err
    assert git(bare, "rev-parse", "un-axe") == other


def test_a_remote_that_is_gone(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(root, "remote", "add", "origin", str(root.parent / "nulle-part.git"))
    change(root)
    assert run(root, "-m", "Un axe") == 1
    assert "Rien n’est perdu" in capsys.readouterr().err


def test_the_message_from_a_file(root: Path, tmp_path: Path) -> None:
    change(root)
    message = tmp_path / "message.txt"
    message.write_text("Un axe de plus\n\nVoici pourquoi.\n", "utf-8")
    assert run(root, "-F", str(message)) == 0
    assert git(root, "log", "-1", "--format=%b", "un-axe-de-plus") == "Voici pourquoi."
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


@pytest.mark.parametrize("path", ["data/axes.yaml", "docs/neuf.md", "docs/index.md"])
@pytest.mark.parametrize("steps", list(itertools.permutations(STEPS, 3)), ids=", ".join)
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
        branch = re.search(r"^Branche.*: (\S+)$", said, re.MULTILINE)
        assert branch, error
        assert status == 0 or f"git push origin {branch[1]}" in error
    kept = [
        git(clone, "show", f"{branch}:docs/neuf.md")
        for clone in clones
        for branch in git(clone, "branch", "--list", "un-axe*", "--format=%(refname)").split()
    ]
    assert sorted(kept) == sorted(f"# Neuf {number % len(clones)}" for number in range(count))

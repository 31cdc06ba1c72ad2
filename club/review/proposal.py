"""A proposal: the changed records and pages on a branch of their own, pushed to be reviewed.

The commit is built beside the user's index: their branch, their work tree and what they have staged
stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from club.edit.plan import BESIDE
from club.git.command import GitError
from club.git.worktree import WorkTree
from club.model.folder import DATA, ClubFolder
from club.model.message import N_, Message
from club.model.slug import slug

LONGEST_NAME = 50
NAMELESS = "proposition"
NO_COMMIT = "0" * 40
NO_OPTIONS = "does not support push options"
ADDRESS = re.compile(r"https?://[^\s'\"<>]+")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A commit on a branch of its own; *files* are those it changes, as `M data/axes.yaml`."""

    branch: str
    commit_id: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pushed:
    """What the remote answered: whether it took the branch, and the addresses it gave."""

    accepted: bool
    said: str
    addresses: tuple[str, ...] = ()


def commit_proposal(folder: ClubFolder, text: str) -> Proposal | Message:
    """Puts what changed under data/ and docs/ on a new branch; the reason if it cannot be done."""
    git = WorkTree.holding(folder.root)
    if git is None:
        return Message(N_("no Git repository here: there is nowhere to propose"))
    text = text.strip()
    if not text:
        return Message(N_("say in a sentence what changes and why: -m “…”"))
    folders = _folders(git, folder)
    if folders and git.run("ls-files", "--unmerged", "--", *folders):
        return Message(N_("a merge is not finished: resolve its conflicts first (git status)"))
    head = git.commit_id("HEAD")
    try:
        tree, files = _tree(git, head, folders)
        if not files:
            return Message(N_("nothing to propose: no record and no page has changed"))
        parents = ("-p", head) if head else ()
        commit_id = git.run("commit-tree", tree, *parents, "-F", "-", given=f"{text}\n".encode())
        branch = _new_branch(git, text, commit_id)
    except GitError as error:
        return Message(N_("Git could not make the proposal: {reason}"), {"reason": str(error)})
    return Proposal(branch, commit_id, files)


def _folders(git: WorkTree, folder: ClubFolder) -> list[str]:
    """The folders of the club that exist, or that Git knows: it refuses to add any other."""
    both = (DATA, folder.docs)
    known = git.run("ls-files", "--", *both).splitlines()
    tops = {path.split("/", 1)[0] for path in known}
    return [each for each in both if each in tops or (folder.root / each).is_dir()]


def _tree(git: WorkTree, head: str, folders: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The tree of *head* with today's records and pages, and what differs."""
    with git.with_own_index(head) as aside:
        if folders:
            # What a command that was cut short left beside the files is nobody's work.
            aside.run("add", "--all", "--", *folders, f":(exclude,glob)**/{BESIDE}")
        tree = aside.run("write-tree")
    before = f"{head}^{{tree}}" if head else git.run("mktree")
    changed = git.run("diff-tree", "-r", "--name-status", "--no-renames", "-z", before, tree)
    parts = changed.split("\0")
    return tree, tuple(
        f"{kind} {path}" for kind, path in zip(parts[::2], parts[1::2], strict=False)
    )


def _new_branch(git: WorkTree, text: str, commit_id: str) -> str:
    """A branch named after the first line of *text*, that nobody has yet."""
    name = slug(text.splitlines()[0], LONGEST_NAME) or NAMELESS
    while True:
        taken = _taken(git)
        number, branch = 1, name
        while branch in taken:
            number += 1
            branch = f"{name}-{number}"
        answer = git.ask("update-ref", f"refs/heads/{branch}", commit_id, NO_COMMIT)
        # Somebody who proposes at the same moment may have taken the name meanwhile.
        if not answer.status or branch not in _taken(git):
            answer.or_error()
            return branch


def _taken(git: WorkTree) -> set[str]:
    """The names of branches in use here or on a remote, and those that would hide their folder."""
    here = git.run("for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes").splitlines()
    names = {ref.split("/", 2 if ref.startswith("refs/heads/") else 3)[-1] for ref in here}
    return names | {name.split("/", 1)[0] for name in names}


def remote_addresses(root: Path, remote: str) -> tuple[str, ...]:
    """Where *remote* is pushed to, as Git rewrites it and as it is written; nothing without it."""
    git = WorkTree.holding(root)
    if git is None:
        return ()
    asked = (
        ("remote", "get-url", "--push", remote),
        ("config", "--get", f"remote.{remote}.pushurl"),
        ("config", "--get", f"remote.{remote}.url"),
    )
    answers = (git.ask(*each) for each in asked)
    return tuple(each.text for each in answers if each.status == 0)


def push(root: Path, remote: str, branch: str, options: Sequence[str] = ()) -> Pushed:
    """Pushes *branch*; without *options* if the remote takes none. Nothing is lost if it fails."""
    git = WorkTree(root)
    ref = f"refs/heads/{branch}:refs/heads/{branch}"
    with_options = [part for option in options for part in ("--push-option", option)]
    answer = git.ask("push", *with_options, remote, ref)
    if answer.status and options and NO_OPTIONS in answer.said:
        answer = git.ask("push", remote, ref)
    said = _without_secrets(answer.said)
    return Pushed(answer.status == 0, said, tuple(ADDRESS.findall(said)))


def _without_secrets(text: str) -> str:
    """*text* less the passwords that an address may hold."""
    return re.sub(r"(https?://)[^\s/@]+@", r"\1", text)

"""A proposal: the changed records and pages on a branch of their own, pushed to be reviewed.

The commit is built beside the user's index: their branch, their work tree and what they have staged
stay as they are, unless the branch they are on is the proposal's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from club.edit.plan import BESIDE
from club.git.command import GitError
from club.git.worktree import WorkTree
from club.history.reasons import with_reason
from club.model.folder import DATA, ClubFolder
from club.model.message import N_, Message
from club.model.slug import slug
from club.review.driven import merged_tree
from club.review.earlier import BRANCHES, OURS, Earlier, continued, distance, main_of
from club.review.remote import Remote

LONGEST_NAME = 50
NAMELESS = "proposition"
NO_COMMIT = "0" * 40

NO_REPOSITORY = N_("no Git repository here: there is nowhere to propose")
ALL_THERE = N_(
    "There is nothing left to propose: “{remote}” already has all of this on its main branch."
    " club sync brings it here."
)
NO_MESSAGE = N_("say in a sentence what changes and why: -m “…”")
ADDED_TO = N_(
    "nothing was proposed: somebody added to your proposal {branch} since. Propose the rest aside"
    " (club propose --new), or bring their changes here first"
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A commit on a branch of its own; *files* are those it changes, as `M data/axes.yaml`.

    *is_update* if the branch was an earlier proposal's, *is_same* if its last commit already said
    all of this, *is_known* if the remote has that commit. *others* are the older proposals that
    the same work could have gone on with.
    """

    branch: str
    commit_id: str
    files: tuple[str, ...]
    is_update: bool = False
    is_same: bool = False
    is_known: bool = False
    others: tuple[str, ...] = ()


def commit_proposal(
    folder: ClubFolder,
    text: str,
    remote: Remote | None = None,
    *,
    is_new: bool = False,
    language: str = "",
) -> Proposal | Message:
    """Puts what changed under data/ and docs/ on a branch; the reason if it cannot be done.

    The branch is that of the proposal of this clone that the work goes on with, unless it *is_new*.
    The commit keeps *text* as the reason that readers are told, in *language*.
    """
    git = WorkTree.holding(folder.root)
    if git is None:
        return Message(NO_REPOSITORY)
    text = text.strip()
    if not text:
        return Message(NO_MESSAGE)
    said = with_reason(text, language)
    folders = _folders(git, folder)
    if folders and git.run("ls-files", "--unmerged", "--", *folders):
        return Message(N_("a merge is not finished: resolve its conflicts first (git status)"))
    head = git.commit_id("HEAD")
    try:
        work = _tree(git, head, folders)
        rest = _rest(git, head, work, remote)
        if rest and not rest.files:
            return Message(ALL_THERE, {"remote": remote.name if remote else ""})
        base, tree, files = rest or Work(head, *work)
        earlier = None if is_new or not head else continued(git, base, tree, remote)
        if earlier and earlier.is_here:
            return _on_top(git, earlier, head, work, said, folders)
        if earlier:
            return _on_top(git, earlier, base, (tree, files), said, folders)
        if not files:
            return Message(N_("nothing to propose: no record and no page has changed"))
        parents = ("-p", base) if base else ()
        commit_id = git.run("commit-tree", tree, *parents, "-F", "-", given=f"{said}\n".encode())
        branch = _new_branch(git, _name(text), commit_id, remote)
    except GitError as error:
        return Message(N_("Git could not make the proposal: {reason}"), {"reason": str(error)})
    return Proposal(branch, commit_id, files)


class Work(NamedTuple):
    """What would be proposed: on which commit, the tree, and the files that it changes there."""

    base: str
    tree: str
    files: tuple[str, ...]


def _rest(
    git: WorkTree, head: str, work: tuple[str, tuple[str, ...]], remote: Remote | None
) -> Work | None:
    """What the remote's main branch has not of the *work*, on top of it; None if it has nothing.

    Where the two clash, or where Git is too old to say, the work is proposed as it stands.
    """
    tree, files = work
    main = main_of(git, remote) if remote and head and files else ""
    if not main:
        return None
    base = git.ask("merge-base", head, main)
    if base.status or base.text == main:
        return None
    ours = git.run("commit-tree", tree, "-p", head, "-m", "work")
    merged = merged_tree(git, ours, main)
    if not merged or distance(git, main, merged) >= distance(git, base.text, tree):
        return None
    return Work(main, merged, _changed(git, main, merged))


def _on_top(
    git: WorkTree,
    earlier: Earlier,
    head: str,
    work: tuple[str, tuple[str, ...]],
    text: str,
    folders: Sequence[str],
) -> Proposal | Message:
    """The proposal *earlier*, with one commit more if the work says more."""
    tree, files = work
    if git.run("rev-parse", f"{earlier.tip}^{{tree}}") == tree:
        known, others = earlier.is_known, earlier.others
        return Proposal(earlier.branch, earlier.tip, files, True, True, known, others)
    if earlier.is_added_to:
        return Message(ADDED_TO, {"branch": earlier.branch})
    # What our branch got since, such as the main branch, came by a merge.
    is_behind = git.ask("merge-base", "--is-ancestor", head, earlier.tip).status
    parents = ("-p", earlier.tip, *(("-p", head) if is_behind else ()))
    commit_id = git.run("commit-tree", tree, *parents, "-F", "-", given=f"{text}\n".encode())
    _set(git, earlier.branch, commit_id, earlier.tip)
    if earlier.is_here and folders:  # the index follows the branch, as after any commit
        git.run("reset", "--quiet", "--", *folders)
    return Proposal(earlier.branch, commit_id, files, is_update=True, others=earlier.others)


def renamed(folder: ClubFolder, found: Proposal, text: str, remote: Remote) -> Proposal:
    """The new proposal *found* under another name, as somebody took its own on *remote*."""
    git = WorkTree(folder.root)
    branch = _new_branch(git, _name(text), found.commit_id, remote)
    for each in (BRANCHES, OURS):
        git.run("update-ref", "-d", f"{each}{found.branch}", found.commit_id)
    return replace(found, branch=branch)


def _name(text: str) -> str:
    """What a branch is called after the first line of *text*."""
    return slug(text.strip().splitlines()[0], LONGEST_NAME) or NAMELESS


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
    return tree, _changed(git, f"{head}^{{tree}}" if head else git.run("mktree"), tree)


def _changed(git: WorkTree, before: str, after: str) -> tuple[str, ...]:
    """What differs, as `M data/axes.yaml`."""
    changed = git.run("diff-tree", "-r", "--name-status", "--no-renames", "-z", before, after)
    parts = changed.split("\0")
    return tuple(f"{kind} {path}" for kind, path in zip(parts[::2], parts[1::2], strict=False))


def _new_branch(git: WorkTree, name: str, commit_id: str, remote: Remote | None) -> str:
    """A branch called *name*, or nearly, that nobody has yet."""
    while True:
        taken = _taken(git, remote)
        number, branch = 1, name
        while branch in taken:
            number += 1
            branch = f"{name}-{number}"
        try:
            _set(git, branch, commit_id, NO_COMMIT)
        except GitError:
            # Somebody who proposes at the same moment may have taken the name meanwhile.
            if branch not in _taken(git, remote):
                raise
        else:
            return branch


def _set(git: WorkTree, branch: str, commit_id: str, before: str) -> None:
    """Both refs of a proposal, or neither; raises `GitError` if the branch is not at *before*."""
    lines = (
        f"update {BRANCHES}{branch} {commit_id} {before}",
        f"update {OURS}{branch} {commit_id}",
    )
    git.run("update-ref", "--stdin", given="".join(f"{line}\n" for line in lines).encode())


def _taken(git: WorkTree, remote: Remote | None) -> set[str]:
    """The names of branches in use here or on a remote, and those that would hide their folder."""
    here = git.run("for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes").splitlines()
    names = {ref.split("/", 2 if ref.startswith("refs/heads/") else 3)[-1] for ref in here}
    names |= set(remote.heads) if remote else set()
    return names | {name.split("/", 1)[0] for name in names}

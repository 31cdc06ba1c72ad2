"""The proposals that this clone made and that are still open, and which one some work goes on with.

A proposal of ours is a branch that a ref of the same name under `refs/club/proposals/` also knows:
a branch that its owner made, moved or deleted is no longer ours to move.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from club.git.worktree import WorkTree
from club.review.remote import Remote

BRANCHES, OURS = "refs/heads/", "refs/club/proposals/"
HUNK = re.compile(r"^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@", re.MULTILINE)
"""How many lines a difference takes and gives; 1 where it does not say."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A proposal made before: its branch, its last commit, and whether its branch is checked out.

    *is_known* if the remote has that very commit, *is_added_to* if it has others on top. *others*
    are the older proposals that the same work could go on with.
    """

    branch: str
    tip: str
    is_here: bool = False
    is_known: bool = False
    is_added_to: bool = False
    others: tuple[str, ...] = ()


def continued(git: WorkTree, head: str, tree: str, remote: Remote | None) -> Earlier | None:
    """The proposal that the work *tree* is a later state of.

    A work tree keeps what was proposed from it: the work goes on with a proposal all of whose files
    it still changes. Of several, it is the latest.
    """
    found = []
    changed = cache(partial(_files, git, head, tree))
    for each in _open(git, head, remote):
        if each.is_here or git.run("rev-parse", f"{each.tip}^{{tree}}") == tree:
            return each
        base = git.run("merge-base", head, each.tip)
        missing = _files(git, base, each.tip) - changed()
        if not missing:
            day = int(git.run("log", "-1", "--format=%ct", each.tip))
            found.append((-day, distance(git, each.tip, tree), each.branch, each))
    if not found:
        return None
    latest, *others = (each for *_, each in sorted(found, key=lambda one: one[:3]))
    return replace(latest, others=tuple(each.branch for each in others))


def _open(git: WorkTree, head: str, remote: Remote | None) -> Iterator[Earlier]:
    """Our proposals that nobody merged or closed, the one that is checked out first."""
    here = git.ask("symbolic-ref", "--quiet", "HEAD").text
    mains = _mains(git, head, remote)
    ours = _refs(git, OURS)
    for branch, (tip, place) in sorted(
        _refs(git, BRANCHES).items(), key=lambda item: BRANCHES + item[0] != here
    ):
        is_here = here == BRANCHES + branch
        if branch not in ours or (not is_here and (place or ours[branch][0] != tip)):
            continue
        if not any(_has(git, main, tip) for main in mains if not is_here or main != head):
            yield from _as_the_remote_has_it(git, Earlier(branch, tip, is_here), remote)


def _as_the_remote_has_it(
    git: WorkTree, found: Earlier, remote: Remote | None
) -> Iterator[Earlier]:
    """*found*, unless the remote let go of its branch or gave the name to somebody else's."""
    if remote is None:
        yield found
        return
    theirs = remote.heads.get(found.branch, "")
    if not theirs:
        was_there = git.commit_id(f"refs/remotes/{remote.name}/{found.branch}")
        if not was_there:
            yield found
    elif (
        git.commit_id(theirs)
        and not git.ask("merge-base", "--is-ancestor", theirs, found.tip).status
    ):
        yield Earlier(found.branch, found.tip, found.is_here, is_known=theirs == found.tip)
    else:
        remote.bring(found.branch)
        if not git.ask("merge-base", "--is-ancestor", found.tip, theirs).status:
            yield Earlier(found.branch, found.tip, found.is_here, is_added_to=True)


def _refs(git: WorkTree, under: str) -> dict[str, tuple[str, str]]:
    """Each ref by its name there: its commit, and the work tree where it is checked out."""
    asked = ("for-each-ref", "--format=%(refname)%09%(objectname)%09%(worktreepath)", under)
    lines = (line.split("\t") for line in git.run(*asked).splitlines())
    return {ref.removeprefix(under): (id, place) for ref, id, place in lines}


def _mains(git: WorkTree, head: str, remote: Remote | None) -> Sequence[str]:
    """What a merged proposal would be part of: our commit, and the remote's main branch."""
    if remote is None:
        return (head,)
    main = main_of(git, remote)
    return (head, main) if main else (head,)


def main_of(git: WorkTree, remote: Remote) -> str:
    """The commit of the remote's main branch, which is brought here; nothing if it has none."""
    full = git.ask("rev-parse", "--abbrev-ref", f"{remote.name}/HEAD").text
    names = (full.removeprefix(f"{remote.name}/"), "main", "master")
    main = next((each for each in names if each in remote.heads), "")
    if not main:
        return ""
    remote.bring(main)
    return remote.heads[main]


def _has(git: WorkTree, main: str, tip: str) -> bool:
    """Whether *main* holds what *tip* brings, by its commits or by one that brings the same."""
    base = git.ask("merge-base", main, tip)
    if base.status or base.text == tip:
        return not base.status
    asked = ("commit-tree", f"{tip}^{{tree}}", "-p", base.text, "-m", "all at once")
    whole = git.run(*asked)
    return git.run("cherry", main, whole).startswith("-")


def _files(git: WorkTree, before: str, after: str) -> set[str]:
    said = git.run("diff-tree", "-r", "--name-only", "--no-renames", "-z", before, after)
    return set(filter(None, said.split("\0")))


def distance(git: WorkTree, before: str, after: str) -> int:
    """How many lines differ; a line in the place of another counts once."""
    plain = ("--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--text")
    said = git.run("diff-tree", "-r", "-p", "-U0", *plain, before, after)
    return sum(max(int(gone or 1), int(come or 1)) for gone, come in HUNK.findall(said))

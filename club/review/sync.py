"""Bringing the main branch into a proposal, with the merge by field, and losing nothing.

Forges that merge on their server ignore merge drivers; a proposal that already holds the main
branch leaves them nothing to merge. Git's own merge does the work, with our driver.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from club.git.worktree import WorkTree
from club.model.message import N_, Message
from club.review.driven import driver_options
from club.review.remote import told_with, why_silent

REFUSAL = 2
UNFINISHED = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")
CANDIDATES = ("origin/HEAD", "origin/main", "origin/master")

NO_REPOSITORY = N_("this folder is not in a Git repository")
NO_COMMIT = N_("this repository has no commit yet")
IN_PROGRESS = N_(
    "a merge or a rebase is not finished: resolve it and commit, or give it up (git merge --abort)"
)
DETACHED = N_("you are on no branch: go back to your proposal’s first (git switch NAME)")
NO_REMOTE = N_("this clone has no main branch of a remote: name the branch to bring in")
NO_BRANCH = N_("there is no branch “{name}” here")
UNRELATED = N_("“{name}” and your branch have no commit in common: nothing was merged")
SHALLOW = N_(
    "only the end of the history was fetched, so {name} cannot be merged: git fetch --unshallow"
)
NOTHING = N_("your branch already has everything of {name}")
UNCOMMITTED = N_("commit or put aside these changes first, {name} touches the same files: {files}")
STAGED = N_("commit these changes first, they are ready to be committed: {files}")
NOT_FETCHED = N_("{why}; meanwhile, this works with what is known here of {name}")
BROUGHT = N_("{name} is now in your branch")
TO_RESOLVE = N_(
    "{name} is almost in your branch: resolve the conflicts between markers in {files},"
    " then git add and git commit"
)
REFUSED = N_("Git refused: {reason}")


@dataclass(frozen=True, slots=True)
class Synced:
    """How it ended: 0 merged or nothing to do, 1 conflicts to resolve, 2 refused; and the words."""

    status: int
    messages: tuple[Message, ...]
    details: str = ""


def sync(root: Path, branch: str = "") -> Synced:
    """Merges *branch*, or the remote's main branch, into the current one."""
    git = WorkTree.holding(root)
    if git is None:
        return _refused(Message(NO_REPOSITORY))
    if said := _obstacle(git):
        return _refused(said)
    name = branch or _main_branch(git)
    if isinstance(name, Message):
        return _refused(name)
    notes = _fetched(git, name)
    if not git.commit_id(name):
        return _refused(Message(NO_BRANCH, {"name": name}), *notes)
    base = git.ask("merge-base", "HEAD", name)
    if base.status:
        is_shallow = git.run("rev-parse", "--is-shallow-repository") == "true"
        return _refused(Message(SHALLOW if is_shallow else UNRELATED, {"name": name}), *notes)
    if base.text == git.commit_id(name):
        return Synced(0, (*notes, Message(NOTHING, {"name": name})))
    accepted = _accepted(git, name, base.text)
    if said := _in_the_way(git, name, set(accepted)):
        return _refused(said, *notes)
    _set_aside(git, accepted)
    found = _merged(git, name, notes)
    if found.status == REFUSAL:
        _brought_back(git, accepted)
    return found


def _refused(said: Message, *notes: Message) -> Synced:
    return Synced(REFUSAL, (*notes, said))


def _obstacle(git: WorkTree) -> Message | None:
    """Why nothing can be merged here now."""
    if any(git.git_path(name).exists() for name in UNFINISHED):
        return Message(IN_PROGRESS)
    if not git.commit_id("HEAD"):
        return Message(NO_COMMIT)
    if git.ask("symbolic-ref", "-q", "HEAD").status:
        return Message(DETACHED)
    return None


def _main_branch(git: WorkTree) -> str | Message:
    """The remote's main branch, or why none is known."""
    found = next(filter(git.commit_id, CANDIDATES), "")
    if not found and "origin" in git.run("remote").split():
        answer = git.ask("fetch", "origin")
        if answer.status:
            return told_with(why_silent("origin", answer.said), answer.said)
        found = next(filter(git.commit_id, CANDIDATES), "")
    full = git.ask("rev-parse", "--abbrev-ref", found).text if found else ""
    return full or found or Message(NO_REMOTE)


def _fetched(git: WorkTree, name: str) -> tuple[Message, ...]:
    """Brings a remote's branch up to date; if that fails, what is known is used and said."""
    remote, slash, branch = name.partition("/")
    if not slash or remote not in git.run("remote").split():
        return ()
    answer = git.ask("fetch", "--quiet", remote, branch)
    if not answer.status:
        return ()
    why = told_with(why_silent(remote, answer.said), answer.said)
    return (Message(NOT_FETCHED, {"why": why, "name": name}),)


def _accepted(git: WorkTree, name: str, base: str) -> dict[str, bytes | None]:
    """What is not committed and is what *name* brings, byte for byte; None for what is deleted.

    It was proposed from here and accepted. Where the branch changed the file too, nothing is known
    of what the user wants.
    """
    ours = _paths(git.run("diff", "--name-only", "-z", base, "HEAD"))
    theirs = _paths(git.run("diff", "--name-only", "-z", "--no-renames", base, name))
    top = _top(git)
    found: dict[str, bytes | None] = {}
    for path in sorted((theirs & _uncommitted(git)) - ours):
        file = top / path
        if file.is_symlink() or (file.exists() and not file.is_file()):
            continue
        entry = git.run("ls-tree", "--full-tree", "-z", name, f":(top,literal){path}")
        mode, _, id = entry.split("\t")[0].partition(" blob ")
        if not file.exists():
            if not entry:
                found[path] = None
        elif mode.startswith("100") and id == git.run("hash-object", "--", str(file)):
            found[path] = file.read_bytes()
    return found


def _top(git: WorkTree) -> Path:
    """The folder of the whole repository, from which Git names paths."""
    return Path(git.run("rev-parse", "--show-toplevel"))


def _set_aside(git: WorkTree, accepted: Mapping[str, bytes | None]) -> None:
    """Puts back what the branch has in the place of what the merge brings again."""
    top = _top(git)
    for path in accepted:
        if git.run("ls-files", "--", f":(top,literal){path}"):
            git.run("checkout", "--quiet", "HEAD", "--", f":(top,literal){path}")
        else:
            (top / path).unlink()


def _brought_back(git: WorkTree, accepted: Mapping[str, bytes | None]) -> None:
    """Undoes `_set_aside`: Git did not merge after all."""
    top = _top(git)
    for path, content in accepted.items():
        if content is None:
            (top / path).unlink(missing_ok=True)
        else:
            (top / path).parent.mkdir(parents=True, exist_ok=True)
            (top / path).write_bytes(content)


def _uncommitted(git: WorkTree) -> set[str]:
    """What differs from the index, or is not known to Git."""
    changed = _paths(git.run("diff", "--name-only", "-z"))
    others = ("--others", "--exclude-standard", "--full-name", "-z")
    return changed | _paths(git.run("ls-files", *others))


def _in_the_way(git: WorkTree, name: str, accepted: set[str]) -> Message | None:
    """Work that is not committed and that the merge would touch, less what is *accepted*."""
    staged = _paths(git.run("diff", "--cached", "--name-only", "-z"))
    if staged:
        return Message(STAGED, {"files": sorted(staged)})
    touched = _paths(git.run("diff", "--name-only", "-z", f"HEAD...{name}"))
    if both := sorted((_uncommitted(git) & touched) - accepted):
        return Message(UNCOMMITTED, {"name": name, "files": both})
    return None


def _paths(said: str) -> set[str]:
    return {each for each in said.split("\0") if each}


def _merged(git: WorkTree, name: str, notes: tuple[Message, ...]) -> Synced:
    with driver_options(name) as options:
        answer = git.ask(*options, "merge", "--no-edit", name)
    if not answer.status:
        return Synced(0, (*notes, Message(BROUGHT, {"name": name})))
    files = sorted(_paths(git.run("diff", "--name-only", "--diff-filter=U", "-z")))
    if not files:
        reason = answer.said or answer.text.strip()
        return _refused(Message(REFUSED, {"reason": reason}), *notes)
    about = {"name": name, "files": files}
    return Synced(1, (*notes, Message(TO_RESOLVE, about)), answer.said)

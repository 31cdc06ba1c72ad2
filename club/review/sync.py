"""Bringing the main branch into a proposal, with the merge by field, and losing nothing.

Forges that merge on their server ignore merge drivers; a proposal that already holds the main
branch leaves them nothing to merge. Git's own merge does the work, with our driver.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from club.git.commands import Answer, ask
from club.merge.install import DRIVER, NAME, TITLE, command
from club.model.message import N_, Message

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
NOTHING = N_("your branch already has everything of {name}")
UNCOMMITTED = N_("commit or put aside these changes first, {name} touches the same files: {files}")
STAGED = N_("commit these changes first, they are ready to be committed: {files}")
NOT_FETCHED = N_("the remote does not answer: working with what is known here of {name}")
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
    if said := _obstacle(root):
        return _refused(said)
    name = branch or _main_branch(root)
    if not name:
        return _refused(Message(NO_REMOTE))
    notes = _fetched(root, name)
    if not _commit(root, name):
        return _refused(Message(NO_BRANCH, {"name": name}), *notes)
    base = ask(root, "merge-base", "HEAD", name)
    if base.status:
        return _refused(Message(UNRELATED, {"name": name}), *notes)
    if base.out.strip() == _commit(root, name):
        return Synced(0, (*notes, Message(NOTHING, {"name": name})))
    if said := _in_the_way(root, name):
        return _refused(said, *notes)
    return _merged(root, name, notes)


def _refused(said: Message, *notes: Message) -> Synced:
    return Synced(2, (*notes, said))


def _obstacle(root: Path) -> Message | None:
    """Why nothing can be merged here now."""
    if ask(root, "rev-parse", "--is-inside-work-tree").out.strip() != "true":
        return Message(NO_REPOSITORY)
    for name in UNFINISHED:
        file = Path(ask(root, "rev-parse", "--git-path", name).out.strip())
        if (root / file).exists():
            return Message(IN_PROGRESS)
    if not _commit(root, "HEAD"):
        return Message(NO_COMMIT)
    if ask(root, "symbolic-ref", "-q", "HEAD").status:
        return Message(DETACHED)
    return None


def _commit(root: Path, name: str) -> str:
    return ask(root, "rev-parse", "-q", "--verify", f"{name}^{{commit}}", "--").out.partition("\n")[
        0
    ]


def _main_branch(root: Path) -> str:
    found = next((name for name in CANDIDATES if _commit(root, name)), "")
    if not found and "origin" in ask(root, "remote").out.split():
        ask(root, "fetch", "origin")
        found = next((name for name in CANDIDATES if _commit(root, name)), "")
    full = ask(root, "rev-parse", "--abbrev-ref", found).out.strip() if found else ""
    return full or found


def _fetched(root: Path, name: str) -> tuple[Message, ...]:
    """Brings a remote's branch up to date; offline, what is known is used and said."""
    remote, slash, branch = name.partition("/")
    if not slash or remote not in ask(root, "remote").out.split():
        return ()
    found = ask(root, "fetch", "--quiet", remote, branch)
    return (Message(NOT_FETCHED, {"name": name}),) if found.status else ()


def _in_the_way(root: Path, name: str) -> Message | None:
    """Work that is not committed and that the merge would touch."""
    staged = _paths(ask(root, "diff", "--cached", "--name-only", "-z"))
    if staged:
        return Message(STAGED, {"files": sorted(staged)})
    changed = _paths(ask(root, "diff", "--name-only", "-z"))
    changed |= _paths(ask(root, "ls-files", "--others", "--exclude-standard", "--full-name", "-z"))
    touched = _paths(ask(root, "diff", "--name-only", "-z", f"HEAD...{name}"))
    if both := sorted(changed & touched):
        return Message(UNCOMMITTED, {"name": name, "files": both})
    return None


def _paths(answer: Answer) -> set[str]:
    return {each for each in answer.out.split("\0") if each}


def _merged(root: Path, name: str, notes: tuple[Message, ...]) -> Synced:
    with tempfile.TemporaryDirectory() as folder:
        attributes = Path(folder) / "attributes"
        attributes.write_text("**/data/**/*.yaml merge=club\n", encoding="utf-8")
        settings = {DRIVER: command(), NAME: TITLE, "core.attributesFile": attributes.as_posix()}
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        answer = ask(root, *options, "merge", "--no-edit", name)
    if not answer.status:
        return Synced(0, (*notes, Message(BROUGHT, {"name": name})))
    files = sorted(_paths(ask(root, "diff", "--name-only", "--diff-filter=U", "-z")))
    if not files:
        reason = (answer.err or answer.out).strip()
        return _refused(Message(REFUSED, {"reason": reason}), *notes)
    about = {"name": name, "files": files}
    return Synced(1, (*notes, Message(TO_RESOLVE, about)), answer.err)

"""The commit at which records are copied: one that holds them as they stand in the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from club.git.repository import Repository
from club.git.worktree import WorkTree
from club.model.folder import DATA, ClubFolder
from club.model.message import N_, Message
from club.model.problem import Level, Problem, Rule
from club.read.load import Club

COMMIT_ID = "commit_id"
"""The field of a record that names a commit of the club's own repository."""
NO_REPOSITORY = N_("no Git repository here: there is no commit to copy the requests from")
NO_COMMIT = N_("nothing is committed here yet: there is no commit to copy the requests from")
NOT_COMMITTED = N_("these files differ from the last commit: commit them first ({files})")
SHOWN = 5

COMMIT_GONE = Rule(
    name="commit-gone",
    level=Level.WARNING,
    wants=N_("The commit that a frozen list names is still in the club's repository."),
    example="commit_id: 0123456789abcdef0123456789abcdef01234567",
)


def commit_of(folder: ClubFolder) -> str | Message:
    """The id of the commit that holds the records as they stand; why there is none."""
    tree = WorkTree.holding(folder.root)
    if tree is None:
        return Message(NO_REPOSITORY)
    commit_id = tree.commit_id("HEAD")
    if not commit_id:
        return Message(NO_COMMIT)
    said = tree.run("status", "--porcelain", "--untracked-files=all", "--", DATA)
    changed = [line[3:] for line in said.splitlines()]
    if changed:
        more = ["…"] if len(changed) > SHOWN else []
        return Message(NOT_COMMITTED, {"files": ", ".join([*changed[:SHOWN], *more])})
    return commit_id


def not_in(folder: ClubFolder, commit_id: str, files: Iterable[str]) -> Message | None:
    """That some *files* do not stand in the commit as they do here, ignored as they may be."""
    tree = WorkTree(folder.root)
    changed = []
    for path in sorted(set(files)):
        stored = tree.ask("rev-parse", "--verify", "--quiet", f"{commit_id}:./{path}")
        if stored.status or stored.text != tree.run("hash-object", "--", path):
            changed.append(path)
    return Message(NOT_COMMITTED, {"files": ", ".join(changed[:SHOWN])}) if changed else None


def check_commits(club: Club) -> Iterator[Problem]:
    """Each commit that a record names is there; a clone without the whole past says nothing."""
    graph = club.graph
    named = [
        record
        for kind in graph.registry.kinds
        if COMMIT_ID in kind.model.model_fields
        for record in graph.all(kind.model)
        if not record.example
    ]
    repository = Repository.holding(club.folder.root) if named else None
    if repository is None:
        return
    with repository:
        if repository.is_shallow or not repository.head:
            return
        for record in named:
            commit_id = str(getattr(record, COMMIT_ID))
            if not repository.commit_id(commit_id):
                yield COMMIT_GONE.problem(
                    graph.place(record, COMMIT_ID),
                    N_("no commit of this repository is called “{found}”"),
                    record=record.key,
                    found=commit_id,
                )

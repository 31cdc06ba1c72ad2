"""The rule about histories that were not fetched whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from club.git.command import GitMissingError
from club.git.repository import Repository
from club.model.message import N_, Message
from club.model.problem import Level, Place, Problem, Rule

SHALLOW_HISTORY = Rule(
    name="shallow-history",
    level=Level.WARNING,
    wants=N_("The whole history is there, for the site to tell when and why things changed."),
    example="git fetch --unshallow",
)
FETCH = N_("git fetch --unshallow (in GitLab CI, GIT_DEPTH: 0; on GitHub, fetch-depth: 0)")


def check_history(root: Path) -> Iterator[Problem]:
    """Whether the repository that holds the club knows its own past."""
    try:
        repo = Repository.holding(root)
    except GitMissingError:
        return
    if repo is None:
        return
    with repo:
        if repo.is_shallow:
            yield SHALLOW_HISTORY.problem(
                Place(".git"),
                N_("only the end of the history was fetched: the site says dates are unknown"),
                expected=Message(FETCH),
            )

"""What a failure of Git is called, for those who cannot tell what Git itself says."""

from __future__ import annotations

from club.git.command import GitError, GitMissingError
from club.model.message import N_, Message
from club.review.sync import REFUSED

NO_GIT = N_(
    "Git is not installed, or does not work here (try “git --version”): install it from"
    " https://git-scm.com, then run this command again"
)


def told(error: GitError) -> Message:
    """What *error* means: no Git at all, or what Git refused in its own words."""
    if isinstance(error, GitMissingError):
        return Message(NO_GIT)
    return Message(REFUSED, {"reason": str(error)})

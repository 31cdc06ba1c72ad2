"""The history of the repository, as the audience of this build may read it."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from club.git.command import GitError, GitMissingError
from club.history.history import State
from club.model.folder import ClubFolder
from club.model.graph import Graph
from club.model.message import N_, Message
from club.publish.words import changelog
from club.publish.words.changelog import Changelog
from club.publish.words.language import Words

NO_GIT = N_("Git is not installed, so the site says dates are unknown.")
UNREADABLE = N_("Git cannot read the history, so the site has no dates: {reason}")
SHALLOW = N_("The clone is shallow, so the site says dates are unknown: run “club check”.")

log = logging.getLogger("mkdocs.plugins.club")


def read_changelog(
    folder: ClubFolder, whole: Graph, shown: Graph, words: Words, contributors: Mapping[str, str]
) -> Changelog | None:
    """The changelog of the club in *folder*; None where no repository tells it."""
    try:
        found = changelog.read_changelog(folder, whole, shown, words, contributors)
    except GitMissingError:
        log.info(words.say(Message(NO_GIT)))
        return None
    except GitError as error:
        log.warning(words.say(Message(UNREADABLE, {"reason": str(error)})))
        return None
    if found and found.timeline.state is State.SHALLOW:
        log.info(words.say(Message(SHALLOW)))
    return found

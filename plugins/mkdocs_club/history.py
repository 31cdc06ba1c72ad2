"""The history of the repository, as the audience of this build may read it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from club.git.command import GitError, GitMissingError
from club.history.history import State
from club.model.folder import ClubFolder
from club.model.graph import Graph
from club.publish.words import changelog
from club.publish.words.changelog import Changelog
from club.publish.words.language import Words

log = logging.getLogger("mkdocs.plugins.club")


def read_changelog(
    folder: ClubFolder, whole: Graph, shown: Graph, words: Words, settings: Mapping[str, Any]
) -> Changelog | None:
    """The changelog of the club in *folder*; None where no repository tells it."""
    contributors = settings.get("contributors")
    try:
        found = changelog.read_changelog(folder, whole, shown, words, contributors)
    except GitMissingError:
        log.info("Git is not installed, so the site says dates are unknown.")
        return None
    except GitError as error:
        log.warning("Git cannot read the history, so the site has no dates: %s", error)
        return None
    if found and found.timeline.state is State.SHALLOW:
        log.info("The clone is shallow, so the site says dates are unknown: run `club check`.")
    return found

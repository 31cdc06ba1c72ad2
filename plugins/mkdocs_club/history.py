"""The history of the repository, as the audience of this build may read it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from mkdocs.structure.files import Files

from club.git.command import GitError, GitMissingError
from club.history.commits import page_title
from club.history.history import State, read_history
from club.history.timeline import Timeline
from club.model.folder import ClubFolder
from club.model.graph import Graph
from club.model.view import Link
from club.publish.words.changelog import Changelog
from club.publish.words.language import Words

log = logging.getLogger("mkdocs.plugins.club")


def read_changelog(
    folder: ClubFolder,
    whole: Graph,
    shown: Graph,
    files: Files,
    words: Words,
    settings: Mapping[str, Any],
) -> Changelog | None:
    """The changelog of the club in *folder*; None where no repository tells it."""
    try:
        history = read_history(folder)
    except GitMissingError:
        log.info("Git is not installed, so the site says dates are unknown.")
        return None
    except GitError as error:
        log.warning("Git cannot read the history, so the site has no dates: %s", error)
        return None
    if history.state is State.NONE:
        return None
    if history.state is State.SHALLOW:
        log.info("The clone is shallow, so the site says dates are unknown: run `club check`.")
    pages = _pages(files, folder)
    timeline = Timeline(history, whole, shown, pages)
    return Changelog(timeline, shown, words, settings.get("contributors") or {}, pages)


def _pages(files: Files, folder: ClubFolder) -> dict[str, Link]:
    """The pages of the wiki on this site, by their path in the repository."""
    return {
        path: Link(page_title(path, file.content_string), file.url.removeprefix("./"))
        for file in files.documentation_pages()
        if not file.generated_by
        for path in [f"{folder.docs}/{file.src_uri}"]
    }

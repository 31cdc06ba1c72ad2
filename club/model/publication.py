"""Which files of the folder of pages MkDocs publishes, told as MkDocs tells it, without running it.

What it does not publish is, for every reader, as if it did not exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pathspec import GitIgnoreSpec

ALWAYS = (".*", "/templates/")
"""What MkDocs leaves out of any site, unless `exclude_docs` takes it back (`_default_exclude`)."""
LEAVING_OUT = ("exclude_docs", "draft_docs")
PATTERNS = (*LEAVING_OUT, "not_in_nav")
"""The settings made of patterns: the last leaves files on the site, though out of its menus."""


class Publication:
    """Which files are left out."""

    def __init__(self, *left_out: GitIgnoreSpec) -> None:
        """A file is left out if any of *left_out* matches its path."""
        self._left_out = left_out

    def leaves_out(self, src_uri: str) -> bool:
        """Whether the file *src_uri*, inside the folder of pages, is not on the site."""
        return any(each.match_file(src_uri) for each in self._left_out)


def published_without(excluded: GitIgnoreSpec | None, drafts: GitIgnoreSpec | None) -> Publication:
    """That of a site without what *excluded* and *drafts*, the settings, match."""
    always = GitIgnoreSpec.from_lines(ALWAYS)
    return Publication(always + excluded if excluded else always, *([drafts] if drafts else ()))


def patterns(value: Any) -> GitIgnoreSpec:
    """The patterns of a setting; raises `ValueError` for what MkDocs refuses."""
    if not isinstance(value, str):
        raise ValueError(type(value).__name__)
    return GitIgnoreSpec.from_lines(value.splitlines())


def publication(config: Mapping[str, Any]) -> Publication:
    """What the mapping of `mkdocs.yml` leaves out; a setting at fault leaves out nothing."""
    excluded, drafts = (_sound(config.get(name)) for name in LEAVING_OUT)
    return published_without(excluded, drafts)


def _sound(value: Any) -> GitIgnoreSpec | None:
    try:
        return None if value is None else patterns(value)
    except ValueError:
        return None


USUAL = published_without(None, None)
"""That of a club whose settings say nothing."""
WRITTEN = Publication(GitIgnoreSpec.from_lines([".*"]))
"""All that people write, drafts too: what changes the names of things changes them there."""

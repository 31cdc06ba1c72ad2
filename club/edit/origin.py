"""Where this very library came from, as pip is to be asked for it again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any

from club import __version__

LIBRARY = "club"
RECORD = "direct_url.json"
"""What an installer leaves beside a package that came from no index (PEP 610)."""
LOCAL = "file:"


def requirement() -> str:
    """The line of `requirements.txt` that installs this library."""
    try:
        said = json.loads(distribution(LIBRARY).read_text(RECORD) or "{}")
    except (PackageNotFoundError, ValueError):
        said = {}
    return requirement_from(said)


def requirement_from(said: Mapping[str, Any]) -> str:
    """The same, from what the installer *said*: nothing if an index gave the library."""
    url = said.get("url")
    if not url:
        return f"{LIBRARY}>={__version__}"
    if vcs := said.get("vcs_info"):
        url = f"{vcs['vcs']}+{url}@{vcs['commit_id']}"
    folder = said.get("subdirectory")
    return f"{LIBRARY} @ {url}" + (f"#subdirectory={folder}" if folder else "")


def url_in(requirement: str) -> str:
    """The address that *requirement* gives, if it gives one."""
    return requirement.partition(" @ ")[2]

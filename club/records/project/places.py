"""Where the pages about a project stand, beside its own."""

from __future__ import annotations

from club.records.project.model import Project


def positions_url(project: Project) -> str:
    """Where the positions that *project* has yet to take are listed."""
    return f"{project.key}/positions/"

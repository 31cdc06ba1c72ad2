"""Real repositories in a temporary folder, as several people work on them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from club.merge.install import ATTRIBUTES

WHO = {
    "GIT_AUTHOR_NAME": "Membre",
    "GIT_AUTHOR_EMAIL": "membre@example.org",
    "GIT_COMMITTER_NAME": "Membre",
    "GIT_COMMITTER_EMAIL": "membre@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "LC_ALL": "C",
}


def run(root: Path, *arguments: str, fails: bool = False) -> str:
    """What Git prints; a failure is one of the test's, unless it is expected."""
    found = subprocess.run(
        ["git", *arguments],
        cwd=root,
        env={**os.environ, **WHO},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert bool(found.returncode) is fails, found.stdout + found.stderr
    return found.stdout + found.stderr


def repository(root: Path, files: dict[str, str]) -> Path:
    """A repository with one commit of *files* on its branch `main`."""
    root.mkdir(parents=True, exist_ok=True)
    run(root, "init", "-q", "-b", "main")
    commit(root, {".gitattributes": "\n".join((*ATTRIBUTES, "")), **files})
    return root


def commit(root: Path, files: dict[str, str], message: str = "Modification") -> str:
    """The id of a commit that writes *files*."""
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    run(root, "add", "-A")
    run(root, "commit", "-q", "-m", message)
    return run(root, "rev-parse", "HEAD").strip()


def branch(root: Path, name: str, start: str, files: dict[str, str]) -> str:
    """A commit of *files* on a new branch *name* that leaves from *start*; it is checked out."""
    run(root, "switch", "-q", "-c", name, start)
    return commit(root, files)

"""Real Git repositories, made for a test, deaf to the settings of the machine."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.clubs import toy_in

CALM = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_AUTHOR_NAME": "Une académie",
    "GIT_AUTHOR_EMAIL": "club@example.org",
    "GIT_COMMITTER_NAME": "Une académie",
    "GIT_COMMITTER_EMAIL": "club@example.org",
}


def git(root: Path, *arguments: str, **more: str) -> str:
    """What a command prints; it must succeed."""
    done = subprocess.run(
        ["git", *arguments],
        cwd=root,
        env={**os.environ, **CALM, **more},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8", "replace").strip()


def toy_repo(root: Path) -> Path:
    """The toy club under Git, on its main branch."""
    root.mkdir(parents=True, exist_ok=True)
    toy_in(root)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "Le club")
    return root


def with_remote(root: Path, name: str = "origin") -> Path:
    """A bare repository that *root* pushes to, with its main branch."""
    bare = root.parent / f"{root.name}-{name}.git"
    git(root, "init", "-q", "--bare", "-b", "main", str(bare))
    git(root, "remote", "add", name, str(bare))
    git(root, "push", "-q", name, "main")
    return bare


def commit(root: Path, message: str, files: Mapping[str, str]) -> str:
    """Writes *files*, commits everything, and gives the id of the commit."""
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    git(root, "add", "--all")
    git(root, "commit", "-q", "-m", message)
    return git(root, "rev-parse", "HEAD")

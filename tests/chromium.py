"""A Chromium for the tests: one of the machine's, else the system's package, else Playwright's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find() -> str | None:
    """The path of a Chromium already there, or None."""
    if named := os.environ.get("CLUB_CHROMIUM"):
        return named
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return _playwright_own()


def _playwright_own() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if path and Path(path).exists() else None


def install() -> str | None:
    """Installs one, from the system's packages first; gives its path, or None."""
    if shutil.which("apt-get"):
        become_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        for command in (["update", "-qq"], ["install", "-y", "-qq", "chromium"]):
            quiet = {
                "stdout": subprocess.DEVNULL,
                "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            }
            subprocess.run([*become_root, "apt-get", *command], check=False, **quiet)
    if not find():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return find()


def main() -> int:
    """Prints where Chromium is, after installing it if need be."""
    path = find() or install()
    print(f"Chromium: {path}" if path else "No Chromium could be found or installed.")
    return 0 if path else 1


if __name__ == "__main__":
    raise SystemExit(main())

"""Telling a clone's Git to merge records with this program, and undoing it."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from club.git.worktree import WorkTree
from club.model.folder import DATA, DOCS, SUFFIXES
from club.model.message import N_, Message
from club.model.names import PAGE_SUFFIX

NAME = "merge.club.name"
DRIVER = "merge.club.driver"
CONFLICTS = 101
"""The status of the driver's command for a merge that people must finish."""
TITLE = "club: records merged by field"
RECORDS = tuple(f"{DATA}/**/*{suffix}" for suffix in SUFFIXES)
PATTERNS = (*RECORDS, f"{DOCS}/**/*{PAGE_SUFFIX}", "mkdocs.yml")
ATTRIBUTES = tuple(f"{pattern} text eol=lf merge=club" for pattern in PATTERNS)
ATTRIBUTES_FILE = ".gitattributes"

UNNAMED = ("%X", "%Y")

NO_REPOSITORY = N_("this folder is not in a Git repository: there is nothing to set up")
INSTALLED = N_("Git now merges the records of this clone by field")
ALREADY = N_("Git already merges the records of this clone by field: nothing to do")
REMOVED = N_("Git merges the records of this clone line by line again")
NOT_INSTALLED = N_("Git already merges the records of this clone line by line: nothing to do")
NAMED = N_("{path} now says which files this is for: commit it, so that every clone knows")


def _quoted(label: str) -> str:
    """*label* as a word of a shell, after Git has put files in the place of `%A` and the like."""
    return shlex.quote(label).replace("%", "%%")


def command(python: str = sys.executable, labels: tuple[str, str] = UNNAMED) -> str:
    """The driver's command; whatever keeps it from ending as it should, Git merges by line.

    Its own status for conflicts is none that a shell or an interpreter gives: Git would take the
    1 of a program that could not start for a conflict, and the file, which is still ours, for the
    result. `-P` keeps a folder called `club` in a proposal from being run instead of this program;
    `%X` and `%Y`, what Git calls the sides, are as they stand before Git 2.44:
    *labels* are better where they are known.
    """
    here, there = labels if labels == UNNAMED else map(_quoted, labels)
    interpreter = shlex.quote(python.replace("\\", "/"))
    return (
        f"{interpreter} -P -m club merge --driver --labels {here} {there} %O %A %B %P;"
        f" case $? in 0) exit 0;; {CONFLICTS}) exit 1;; esac;"
        " git merge-file -L ours -L base -L theirs %A %O %B"
    )


def install(root: Path) -> list[Message]:
    """Sets the driver up; says what was done, and never touches another setting."""
    git = WorkTree.holding(root)
    if git is None:
        return [Message(NO_REPOSITORY)]
    wanted = {NAME: TITLE, DRIVER: command()}
    said: list[Message] = []
    if any(_setting(git, key) != value for key, value in wanted.items()):
        for key, value in wanted.items():
            git.run("config", "--local", key, value)
        said.append(Message(INSTALLED))
    if not _is_named(git):
        _name(root / ATTRIBUTES_FILE)
        said.append(Message(NAMED, {"path": ATTRIBUTES_FILE}))
    return said or [Message(ALREADY)]


def remove(root: Path) -> list[Message]:
    """Takes the driver out of the clone's settings; the attributes, shared by all, remain."""
    git = WorkTree.holding(root)
    if git is None:
        return [Message(NO_REPOSITORY)]
    answer = git.ask("config", "--local", "--remove-section", "merge.club")
    return [Message(NOT_INSTALLED if answer.status else REMOVED)]


def _setting(git: WorkTree, key: str) -> str:
    return git.ask("config", "--local", "--get", key).text


def _is_named(git: WorkTree) -> bool:
    return all(
        git.run("check-attr", "merge", pattern.replace("*", "any")).endswith(": club")
        for pattern in PATTERNS
    )


def _name(file: Path) -> None:
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    break_line = "" if not text or text.endswith("\n") else "\n"
    missing = "".join(f"{line}\n" for line in ATTRIBUTES if line not in text.splitlines())
    file.write_text(f"{text}{break_line}{missing}", encoding="utf-8", newline="")

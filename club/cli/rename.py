"""`club rename`: another id or address, everywhere at once."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Any

from club.edit.plan import Plan
from club.edit.rename import rename
from club.model.folder import ClubFolder
from club.model.message import N_, Message
from club.publish.pages.checks import broken_by
from club.publish.reports.problems import text as problem_text
from club.publish.words.language import Words


def add(commands: Any) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "rename", help=N_("rename a record or a page, and all that names it")
    )
    parser.add_argument("old", help=N_("the id of a record, or the path of a page inside docs/"))
    parser.add_argument("new", help=N_("its new id or path"))
    parser.add_argument("--yes", action="store_true", help=N_("do not ask"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """Shows the changes, then makes them if they are wanted; 1 if nothing was changed."""
    found = rename(folder, options.old, options.new)
    if isinstance(found, Message):
        print(words.say(found), file=sys.stderr)
        return 1
    if broken := broken_by(folder, found):
        print("\n".join(problem_text(each, words) for each in broken), file=sys.stderr)
        return 1
    sys.stdout.writelines(differences(folder.root, found))
    if found.left_alone:
        about = {"name": options.old, "places": ", ".join(map(str, found.left_alone))}
        print(
            words.say(Message(N_("not touched, though “{name}” is named there: {places}"), about))
        )
    if not options.yes and not _is_wanted(words):
        print(words.say(Message(N_("Nothing was changed."))), file=sys.stderr)
        return 1
    found.apply(folder.root)
    return 0


def _is_wanted(words: Words) -> bool:
    try:
        said = input(words.say(Message(N_("Make these changes? (yes or no)"))) + " ")
    except EOFError:
        return False
    return said.strip().lower() in {"y", "yes", "o", "oui"}


def differences(root: Path, plan: Plan) -> Iterator[str]:
    """The lines that change, as `git diff` shows them; a moved file is compared with itself."""
    olds = {path: path for path in plan.written}
    for path in plan.removed:
        same = [each for each in plan.written if _is_moved(path, each, root)]
        olds.update(dict.fromkeys(same, path))
    for path, text in plan.written.items():
        old = root / olds[path]
        before = old.read_bytes().decode("utf-8") if old.exists() else ""
        if olds[path] != path:
            yield f"{olds[path]} → {path}\n"
        for line in unified_diff(
            before.splitlines(keepends=True), text.splitlines(keepends=True), olds[path], path
        ):
            yield line if line.endswith("\n") else f"{line}\n"


def _is_moved(old: str, new: str, root: Path) -> bool:
    """Whether *new* takes the place of *old*: of the same sort, and not there yet."""
    folder = new.partition("/")[0]
    return old.startswith(f"{folder}/") and not (root / new).exists()

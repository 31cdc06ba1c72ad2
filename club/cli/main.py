"""The command line: finds the club, then hands over to the module of the subcommand."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any

from club.cli.parser import Parser, Speak, given, speaking
from club.cli.settings import FIRST, language_of, read_settings
from club.cli.told import told
from club.edit.plan import BusyError, WriteError, finish
from club.git.command import GitError
from club.model.folder import DATA, ClubFolder
from club.model.message import N_, Message, stopped_by
from club.model.registry import Registry, RegistryError
from club.publish.html.own_templates import TemplateError
from club.publish.reports.problems import text
from club.publish.words.language import LANGUAGES, Words
from club.publish.words.visible import VisibleStream
from club.read.registry import CATALOGUES, find_registry
from club.read.settings import MKDOCS_YML, EpochError, Settings
from club.read.settings_checks import check_settings

FINISHED = N_("an earlier command was cut short; what it had begun is now done: {files}")
BUSY = N_("nothing was changed: another command is writing in this club; try again")
NOT_WRITTEN = N_("nothing was changed: {path} cannot be written ({reason})")

START = N_(
    "club check           read all the records again, and say what is wrong and where\n"
    "club new KIND        write the template of a record: request, practice, meeting…\n"
    "club show ID         print a record, as it is or as it was\n"
    "club propose -m …     send what you changed to be reviewed\n"
    "club init FOLDER     start another club\n"
    "\n"
    "club -h lists all commands, club COMMAND -h says what one takes."
)

MODULES = (
    *("init", "check", "explain", "show", "new", "fmt", "rename", "diff", "propose", "answers"),
    *("consultation", "contracts", "converge", "digest", "export", "layout", "meeting", "merge"),
    *("package", "preview", "schema", "series", "setup", "sync"),
)
COMMANDS = {
    command: module
    for module in MODULES
    for command in (("split", "join") if module == "layout" else (module,))
}
"""The module of each command: `add` declares it, and its parser says what to run."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; 0 when all is well, 1 when the data has errors, 2 for a wrong call."""
    out: Any = VisibleStream(sys.stdout)
    err: Any = VisibleStream(sys.stderr)
    with redirect_stdout(out), redirect_stderr(err):
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        asked = list(sys.argv[1:] if arguments is None else arguments)
        speak = cache(partial(_words_before, asked))
        if not asked:
            print(speak().say(Message(START)), file=sys.stderr)
            return 2
        parser = _parser(speak, _asked_for(asked))
        with speaking(speak):
            options = parser.parse_args(asked)
        return _found(options)


def _found(options: argparse.Namespace) -> int:
    """Finds the club, then runs the command there."""
    root = options.root or _root(Path.cwd())
    if options.needs_club and (root is None or not _is_folder(root / DATA)):
        words = Words(options.language or FIRST)
        print(words.say(Message(N_("no club here: no folder “data” was found"))), file=sys.stderr)
        return 2
    return _run(options, root or Path.cwd())


def _run(options: argparse.Namespace, root: Path) -> int:
    """Runs the command in *root*, unless what it would go by is at fault."""
    is_new = not options.needs_registry
    options.settings = Settings() if is_new else read_settings(root)
    language = options.language or language_of(options.settings)
    try:
        own = root if _is_folder(root) else None
        registry = Registry(()) if is_new else find_registry(own)
    except RegistryError as error:
        print(Words(language, [root / CATALOGUES]).say(error.message), file=sys.stderr)
        return int(options.failure)
    words = Words(language, registry.catalogues)
    options.faults = tuple(check_settings(options.settings, registry))
    if options.faults and options.needs_club and not options.tells_settings:
        sys.stderr.writelines(f"{text(each, words)}\n" for each in options.faults)
        return int(options.failure)
    try:
        kept = registry.less(options.settings.without)
        said = options.settings
        folder = ClubFolder(root, kept, said.docs, said.named, said.publication, said.least_count)
        if options.needs_club and (done := finish(root)):
            print(words.say(Message(FINISHED, {"files": ", ".join(done)})), file=sys.stderr)
        status = int(options.run(options, folder, words))
        sys.stdout.flush()
    except TemplateError as error:
        print(text(error.problem.within(root), words), file=sys.stderr)
        return 1
    except GitError as error:
        print(words.say(told(error)), file=sys.stderr)
        return int(options.failure)
    except EpochError as error:
        print(words.say(error.message), file=sys.stderr)
        return 2
    except BusyError:
        print(words.say(Message(BUSY)), file=sys.stderr)
        return int(options.failure)
    except WriteError as error:
        about = {"path": error.path, "reason": error.reason}
        print(words.say(Message(NOT_WRITTEN, about)), file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(words.say(stopped_by(error)), file=sys.stderr)
        return int(options.failure)
    return status


def _is_folder(path: Path) -> bool:
    """Whether *path* is a folder; one with a name too long to be one is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _root(start: Path) -> Path | None:
    """The nearest folder from *start* upwards that holds a club."""
    for folder in (start, *start.parents):
        if (folder / DATA).is_dir() and (folder / MKDOCS_YML).is_file():
            return folder
    return start if (start / DATA).is_dir() else None


def _words_before(arguments: Sequence[str]) -> Words:
    """The words in which to speak of *arguments*, which could not be parsed yet."""
    said = given("--language", arguments)
    named = given("--root", arguments)
    root = Path(named) if named else _root(Path.cwd())
    if said not in LANGUAGES:
        said = language_of(read_settings(root)) if root and _is_folder(root) else FIRST
    return Words(said)


def _asked_for(arguments: Sequence[str]) -> Sequence[str]:
    """The modules that *arguments* need: that of their command alone, if it comes first.

    To load them all takes longer than most commands do, and Git runs one for each file it merges.
    """
    at = 0
    while at + 1 < len(arguments) and arguments[at] == "--root":
        at += 2
    command = arguments[at] if at < len(arguments) else ""
    return (COMMANDS[command],) if command in COMMANDS else MODULES


def _parser(speak: Speak, modules: Sequence[str]) -> argparse.ArgumentParser:
    parser = Parser(
        speak, prog="club", description=N_("Checks, shows and lays out a club's records.")
    )
    parser.add_argument("--root", type=Path, help=N_("the club's folder (found from here upwards)"))
    parser.add_argument(
        "--language", choices=LANGUAGES, help=N_("of the messages (else the site's)")
    )
    parser.set_defaults(needs_club=True, needs_registry=True, tells_settings=False, failure=2)
    commands = parser.add_commands("command")
    for module in modules:
        import_module(f"club.cli.{module}").add(commands)
    return parser

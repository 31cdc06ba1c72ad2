"""The command `club`: alone in printing, exiting and reading the environment."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from club.checks import RULES
from club.layout import Plan, join, split
from club.load import load
from club.model.message import N_, Message
from club.model.problem import nearest
from club.publish.report import FORMATS
from club.publish.schema import write_editor_schemas
from club.publish.words import LANGUAGES, Words

MKDOCS_YML = "mkdocs.yml"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; 0 when all is well, 1 when the data has errors, 2 for a wrong call."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    words = Words(options.language)
    root = options.root or _root(Path.cwd())
    if root is None:
        print(words.say(Message(N_("no club here: no folder “data” was found"))), file=sys.stderr)
        return 2
    return int(options.run(options, root, words))


def _root(start: Path) -> Path | None:
    """The nearest folder from *start* upwards that holds a club."""
    for folder in (start, *start.parents):
        if (folder / "data").is_dir() and (folder / MKDOCS_YML).is_file():
            return folder
    return start if (start / "data").is_dir() else None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="club", description="Checks and lays out a club's records."
    )
    parser.add_argument("--root", type=Path, help="the club's folder (found from here upwards)")
    parser.add_argument("--language", choices=LANGUAGES, default="fr", help="of the messages")
    commands = parser.add_subparsers(required=True, metavar="command")

    check = commands.add_parser("check", help="report every problem of the records")
    check.add_argument("--format", choices=FORMATS, default="text", help="text by default")
    check.add_argument("--strict", action="store_true", help="warnings fail too")
    check.set_defaults(run=_check)

    explain = commands.add_parser("explain", help="say what a rule wants, with an example")
    explain.add_argument("rule", nargs="?", help="a rule's name; all of them without it")
    explain.set_defaults(run=_explain)

    for name, plan, help_text in (
        ("split", split, "turn a collection's file into a folder, one record a file"),
        ("join", join, "turn a collection's folder into one file"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument("collection", help="such as meetings")
        command.set_defaults(run=_layout, plan=plan)

    schema = commands.add_parser("schema", help="write the JSON Schemas that editors use")
    schema.set_defaults(run=_schema)
    return parser


def _check(options: argparse.Namespace, root: Path, words: Words) -> int:
    club = load(root)
    sys.stdout.write(FORMATS[options.format](club.problems, words))
    return 1 if club.errors or (options.strict and club.warnings) else 0


def _explain(options: argparse.Namespace, root: Path, words: Words) -> int:
    if options.rule is None:
        for name, rule in sorted(RULES.items()):
            print(f"{name:24} {words.translate(rule.wants)}")
        return 0
    if options.rule not in RULES:
        near = ", ".join(nearest(options.rule, RULES)) or ", ".join(sorted(RULES))
        unknown = Message(
            N_("no rule is called “{name}”; perhaps: {near}"), {"name": options.rule, "near": near}
        )
        print(words.say(unknown), file=sys.stderr)
        return 2
    rule = RULES[options.rule]
    print(f"{rule.name} ({words.say(rule.level)})\n\n{words.say(Message(rule.wants))}\n")
    print(words.say(Message(N_("Example:"))))
    print("\n".join(f"    {line}" for line in rule.example.splitlines()))
    return 0


def _layout(options: argparse.Namespace, root: Path, words: Words) -> int:
    found = options.plan(root, options.collection)
    if not isinstance(found, Plan):
        print(words.say(found), file=sys.stderr)
        return 1
    found.apply(root)
    for path in (*found.removed, *found.written):
        print(f"{'-' if path in found.removed else '+'} {path}")
    return 0


def _schema(options: argparse.Namespace, root: Path, words: Words) -> int:
    for path in write_editor_schemas(root, words):
        print(path)
    return 0

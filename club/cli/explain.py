"""`club explain`: what a rule wants, with an example."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from club.history.shallow import SHALLOW_HISTORY
from club.insight.answers import RULES as ANSWERS
from club.insight.minutes import RULES as MINUTES
from club.model.cells import SHEET
from club.model.folder import ClubFolder
from club.model.message import N_, Message
from club.model.problem import Rule, instead
from club.model.registry import Registry
from club.publish.charts.charts import UNDRAWN
from club.publish.words.language import Words
from club.read.exceptions import RULES as STRUCTURE
from club.read.foreign import RULES as IMPORTS
from club.read.upkeep import RULES as UPKEEP
from club.review.frozen import COMMIT_GONE
from club.review.preview import LEFT_OUT

OF_GIT = (COMMIT_GONE, LEFT_OUT, SHALLOW_HISTORY)

NO_RULE = (
    N_("no rule is called “{name}”; perhaps: {near}"),
    *2 * (N_("no rule is called “{name}”; the rules are: {names}"),),
)


def rules(registry: Registry) -> dict[str, Rule]:
    """Every rule by its name: of files, kinds, the wiki, Git, sheets and pictures."""
    checks = (check.rule for check in registry.every_check)
    others = (*OF_GIT, *UPKEEP, SHEET, *ANSWERS, *MINUTES, *IMPORTS, UNDRAWN)
    return {rule.name: rule for rule in (*STRUCTURE, *checks, *others)}


def add(commands: Any) -> None:
    """Declares the command."""
    parser = commands.add_parser("explain", help=N_("say what a rule wants, with an example"))
    parser.add_argument("rule", nargs="?", help=N_("a rule's name; all of them without it"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """2 if no rule has that name."""
    known = rules(folder.registry)
    if options.rule is None:
        for name, rule in sorted(known.items()):
            print(f"{name:24} {words.say(Message(rule.wants))}")
        return 0
    if options.rule not in known:
        print(words.say(instead(NO_RULE, options.rule, known)), file=sys.stderr)
        return 2
    rule = known[options.rule]
    print(f"{rule.name} ({words.say(rule.level)})\n\n{words.say(Message(rule.wants))}\n")
    print(words.say(Message(N_("Example:"))))
    print("\n".join(f"    {line}" for line in rule.example.splitlines()))
    return 0

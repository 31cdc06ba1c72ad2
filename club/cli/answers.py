"""`club answers`: the sheet that the vendor fills in, and its answers into the records."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from club.cli.settings import add_audience, build_day
from club.edit.answers import written_answers
from club.edit.plan import Plan, write_whole
from club.edit.trial import tried
from club.insight.answer_sheet import ANSWER, MARK, REQUEST, listed_requests, open_requests
from club.insight.answers import Answered, Sheet, column_words, read_answers
from club.model.cells import SHEET, read_table
from club.model.folder import ClubFolder
from club.model.message import N_, Message
from club.model.problem import Level, Problem
from club.model.record import Audience
from club.model.source import given_bytes
from club.model.viewing import link
from club.publish.data.answer_sheet import FORMATS
from club.publish.pages.checks import broken_by
from club.publish.reports.problems import text
from club.publish.words.described import describer
from club.publish.words.language import Words
from club.read.load import Club, load

NO_FOLDER = N_("{path} is no file in a folder that is there")
TAKEN = N_("{path} is already there, perhaps filled in: nothing is overwritten; give another name")
NONE_WAITS = N_("no request waits for an answer of the vendor")
WRITTEN = N_("{path}, requests: {count}; filled in, it is for club answers import")
NOTHING = N_("Nothing was written.")
FAULTS = N_("Nothing was written: mend the file, then import it again.")
BROKEN = N_("Nothing was written: the answers would bring these errors into the club.")
TRIED = N_("Nothing was written: this is only what would be (--dry-run).")
DONE = N_("{count} answers written; then: club check, club propose")
STATES_DONE = N_("states written of answers that were there: {count}")
COUNTS = N_("answers to write: {count}; rows without an answer: {blank}; already there: {known}")
DAY_FIRST = N_("dates read with the day before the month: {days}")
STATES = N_("Left as they are, for the club to decide (or --state to write them now):")
STATE = N_("“{id}”: state {old} → {new}")
DETAILS = N_("“{id}”: the vendor waits for what the club has to add")


def add(commands: Any) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "answers", help=N_("ask the vendor for answers, and write them into the records")
    )
    parts = parser.add_commands("command")
    template = parts.add_parser("template", help=N_("write the sheet that the vendor fills in"))
    template.add_argument(
        "--package", default="", metavar="ID", help=N_("a list sent; else all that waits")
    )
    template.add_argument("--format", choices=FORMATS, default="csv", help=N_("csv by default"))
    template.add_argument(
        "-o", "--output", type=Path, help=N_("where to write it; printed without it")
    )
    add_audience(template)
    template.set_defaults(run=_template)
    taken = parts.add_parser("import", help=N_("write the answers of a sheet into the records"))
    taken.add_argument("file", type=Path, help=N_("the sheet, filled in: CSV or YAML"))
    taken.add_argument("--dry-run", action="store_true", help=N_("only say what would change"))
    taken.add_argument(
        "--state", action="store_true", help=N_("write the states that follow as well")
    )
    taken.set_defaults(run=_import)


def _template(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """1 if the records have errors."""
    day = build_day()
    club = load(folder, today=day)
    if club.stopping:
        return _told(club.stopping, words)
    graph = club.restricted(Audience(options.audience), options.settings.examples)
    asked = listed_requests(graph, options.package) if options.package else open_requests(graph)
    if asked is None:
        said = Message(N_("no list is called “{id}”"), {"id": options.package})
        print(words.say(said), file=sys.stderr)
        return 1
    if not asked.requests:
        print(words.say(Message(NONE_WAITS)), file=sys.stderr)
    raw = FORMATS[options.format](asked, _name(options), day, words)
    if options.output is None:
        sys.stdout.write(raw.decode("utf-8-sig").replace("\r\n", "\n"))
        return 0
    if (refused := _may_not_write(options.output, raw)) is not None:
        print(words.say(refused), file=sys.stderr)
        return 1
    write_whole(options.output, raw)
    about = {"path": str(options.output), "count": len(asked.requests)}
    print(words.say(Message(WRITTEN, about)))
    return 0


def _may_not_write(file: Path, raw: bytes) -> Message | None:
    """Why *raw* does not go into *file*: what stands there may be filled in."""
    if file.is_dir() or not file.parent.is_dir():
        return Message(NO_FOLDER, {"path": str(file)})
    if file.exists() and not (file.is_file() and file.read_bytes() == raw):
        return Message(TAKEN, {"path": str(file)})
    return None


def _import(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """1 if nothing was written because of a fault."""
    file: Path = options.file
    raw = given_bytes(file, SHEET)
    if isinstance(raw, Problem):
        return _told([raw], words, FAULTS)
    columns = column_words(words.translate)
    needed = (REQUEST, ANSWER)
    table = read_table(str(file), raw, columns, MARK, needed, needs_row=True)
    if isinstance(table, list):
        return _told(table, words, FAULTS)
    club = load(folder, today=build_day())
    if club.stopping:
        return _told(club.stopping, words, NOTHING)
    sheet = read_answers(table, club.graph, words.translate, _name(options))
    for note in table.notes:
        print(words.say(note), file=sys.stderr)
    if sheet.errors:
        return _told(sheet.problems, words, FAULTS)
    _told(sheet.problems, words)
    return _written(options, folder, club, sheet, words)


def _written(
    options: argparse.Namespace, folder: ClubFolder, club: Club, sheet: Sheet, words: Words
) -> int:
    """Says what the answers change, then writes them unless that was all that was asked."""
    about = {"count": len(sheet.answered), "blank": sheet.blank, "known": sheet.known}
    settled = sheet.settled if options.state else []
    plan = written_answers(folder, [*sheet.answered, *settled], with_states=options.state)
    if isinstance(plan, Message):
        print(words.say(plan), file=sys.stderr)
        return 1
    if isinstance(plan, list):
        return _told(plan, words, NOTHING)
    if broken := broken_by(folder, plan):
        return _told(broken, words, BROKEN)
    sys.stdout.writelines(f"{line}\n" for line in _changes(folder, club, plan, sheet, words))
    if sheet.days_first:
        days = tuple(dict.fromkeys(sheet.days_first))
        print(words.say(Message(DAY_FIRST, {"days": days})))
    if not options.state:
        left = [*sheet.answered, *sheet.settled]
        sys.stdout.writelines(f"{line}\n" for line in _left(left, words))
    print(words.say(Message(COUNTS, about)))
    if options.dry_run or not (sheet.answered or settled):
        print(words.say(Message(TRIED if options.dry_run else NOTHING)))
        return 0
    plan.apply(folder.root)
    if sheet.answered:
        print(words.say(Message(DONE, about)))
    if settled:
        print(words.say(Message(STATES_DONE, {"count": len(settled)})))
    return 0


def _changes(
    folder: ClubFolder, club: Club, plan: Plan, sheet: Sheet, words: Words
) -> Iterator[str]:
    """What changes in each request, in sentences."""
    with tried(folder, plan) as copy:
        after = load(copy or folder).graph
    describe = describer(words)
    for each in (*sheet.answered, *sheet.settled):
        new = after.find(each.request.id)
        yield f"{words.say(link(each.request))} ({each.request.id})"
        for said in describe(each.request, new, club.graph, after) if new else ():
            yield f"  {words.say(said)}"


def _left(answered: Iterable[Answered], words: Words) -> Iterator[str]:
    """What a person has still to decide."""
    said = []
    for each in answered:
        about = {"id": each.request.id, "old": each.request.state, "new": each.state}
        if each.state:
            said.append(words.say(Message(STATE, about)))
        elif each.asks_back:
            said.append(words.say(Message(DETAILS, about)))
    if said:
        yield words.say(Message(STATES))
        yield from (f"  {each}" for each in said)


def _told(problems: Iterable[Problem], words: Words, end: str = "") -> int:
    """Tells *problems*, the first in the file first, and how it ends; 1 if one is an error."""
    found = sorted(problems, key=lambda each: each.sort_key)
    sys.stderr.writelines(f"{text(each, words)}\n" for each in found)
    if end:
        print(words.say(Message(end)), file=sys.stderr)
    return int(any(each.rule.level is Level.ERROR for each in found))


def _name(options: argparse.Namespace) -> str:
    """What the club's site is called."""
    return str(options.settings.config.get("site_name") or "")

"""`club meeting`: the agenda that a meeting may have, its minutes, and what they say applied."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from club.cli.settings import build_day, language_of
from club.edit.minutes import minutes_path, skeleton, with_points, written_minutes
from club.edit.plan import Plan
from club.edit.trial import tried
from club.insight.agenda import Proposed, is_cancelled, proposed
from club.insight.minutes import Minutes, read_minutes
from club.model.folder import ClubFolder
from club.model.message import N_, Message
from club.model.problem import Problem, instead
from club.model.record import Audience, Record
from club.model.viewing import link
from club.publish.pages.checks import broken_by
from club.publish.reports.problems import text
from club.publish.words.described import describer
from club.publish.words.language import Words
from club.read.load import Club, load

MEETING = "meeting"
NO_MEETING = (
    N_("no meeting is called “{name}”; perhaps: {near}"),
    N_("no meeting is called “{name}”; the meetings are: {names}"),
    N_("no meeting is called “{name}”: the club has none"),
)
KEPT = N_("Points for members alone, left out as everybody may read this agenda: {count}")
NOTHING_TO_ADD = N_("Nothing more to propose: the agenda has all that waits.")
TO_WRITE = N_("Nothing was written: --write adds these points to the agenda, and changes no other.")
ADDED = N_("Points added to {path}: {count}. Put them in order, then: club check, club propose")
WRITTEN = N_("Fill it in; once approved: club meeting apply {id}")
NOT_HELD = N_("“{id}” is “{status}”, or its day is to come: what it decides is not known yet")
IS_CANCELLED = N_("“{id}” is cancelled: it has no agenda to propose")
WAS_HELD = N_("“{id}” was held already: these points would be added to what was said there")
NO_MINUTES = N_("{path} is not there yet: club meeting minutes {id} writes its skeleton")
FAULTS = N_("Nothing was written: mend the minutes, then apply them again.")
ALL_THERE = N_("Nothing to write: the records already say all of this ({count} lines).")
NOTHING_ELSE = N_("Nothing to write: the records already say the rest.")
SHOWN = N_("Nothing was written: --write does what is said above.")
APPLIED = N_("Written; then: club check, club propose")
BROKEN = N_("Nothing was written: this would bring these errors into the club.")
NEW_DECISION = N_("new decision: {subject} ({id})")


def add(commands: Any) -> None:
    """Declares the commands."""
    parser = commands.add_parser(
        "meeting", help=N_("propose an agenda, write minutes, and apply what they say")
    )
    parts = parser.add_commands("command")
    for name, run, help in (
        ("agenda", _agenda, N_("propose what earlier meetings left and what waits")),
        ("minutes", _minutes, N_("write the skeleton of the minutes")),
        ("apply", _apply, N_("write the decisions, actions and positions of the minutes")),
    ):
        part = parts.add_parser(name, help=help)
        part.add_argument("id", help=N_("of the meeting"))
        if name != "minutes":
            part.add_argument("--write", action="store_true", help=N_("write what is said"))
        part.set_defaults(run=run)


def _agenda(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """1 if nothing can be proposed for a fault."""
    found = _meeting(options, folder, words)
    if found is None:
        return 1
    club, meeting = found
    if is_cancelled(meeting):
        return _refused(Message(IS_CANCELLED, {"id": meeting.id}), words)
    if meeting.was_held(club.graph.today):
        print(words.say(Message(WAS_HELD, {"id": meeting.id})), file=sys.stderr)
    site_words = Words(language_of(options.settings), folder.registry.catalogues)
    found_points, kept = _proposed(meeting, club)
    points = [_said(each, site_words) for each in found_points]
    if kept:
        print(words.say(Message(KEPT, {"count": kept})))
    if not points:
        print(words.say(Message(NOTHING_TO_ADD)))
        return 0
    for number, (_, title, note) in enumerate(points, len(meeting.agenda) + 1):
        print(f"{number}. {title}")
        sys.stdout.writelines(f"   {line}\n" for line in note.splitlines())
    if not options.write:
        print(words.say(Message(TO_WRITE)))
        return 0
    plan = with_points(folder, meeting, points)
    if not isinstance(plan, Plan):
        return _refused(plan, words)
    if broken := broken_by(folder, plan):
        return _refused(broken, words, BROKEN)
    plan.apply(folder.root)
    about = {"path": next(iter(plan.written)), "count": len(points)}
    print(words.say(Message(ADDED, about)))
    return 0


def _proposed(meeting: Any, club: Club) -> tuple[list[Proposed], int]:
    """The points that *meeting* may tell of, and how many it may not: what is public tells all."""
    every = proposed(meeting, club.graph)
    if Audience.MEMBERS in (meeting.audience.get(""), meeting.audience.get("agenda")):
        return list(every), 0
    shown = club.restricted(Audience.PUBLIC)
    own: Any = shown.find(meeting.id)
    held = {each.id for each in meeting.agenda}
    told = [each for each in proposed(own, shown) if each.id not in held]
    return told, len({each.id for each in every} - {each.id for each in told})


def _said(point: Proposed, words: Words) -> tuple[Proposed, str, str]:
    """A point with its title and its note, in the words of the site."""
    about = [each if isinstance(each, str) else words.say(each) for each in point.about]
    note = about[0] if len(about) == 1 else "\n".join(f"- {each}" for each in about)
    title = point.title if isinstance(point.title, str) else words.say(point.title)
    return point, title, note


def _minutes(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """1 if they are already there."""
    found = _meeting(options, folder, words)
    if found is None:
        return 1
    _, meeting = found
    site_words = Words(language_of(options.settings), folder.registry.catalogues)
    points = [each.title for each in meeting.agenda]
    plan = skeleton(folder, meeting, points, site_words.translate)
    if isinstance(plan, Message):
        return _refused(plan, words)
    plan.apply(folder.root)
    for path in plan.written:
        print(f"+ {path}")
    print(words.say(Message(WRITTEN, {"id": meeting.id})))
    return 0


def _apply(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """1 if nothing was written because of a fault."""
    found = _meeting(options, folder, words)
    if found is None:
        return 1
    club, meeting = found
    if not meeting.was_held(club.graph.today):
        about = {"id": meeting.id, "status": meeting.status}
        return _refused(Message(NOT_HELD, about), words)
    path = minutes_path(folder, meeting)
    file = folder.root / path
    if not file.is_file():
        about = {"path": path, "id": meeting.id}
        print(words.say(Message(NO_MINUTES, about)), file=sys.stderr)
        return 1
    site_words = Words(language_of(options.settings), folder.registry.catalogues)
    raw = file.read_bytes().decode("utf-8-sig", "replace")
    minutes = read_minutes(meeting, path, raw, club.graph, site_words.translate)
    if minutes.faults:
        return _refused(minutes.faults, words, FAULTS)
    for note in minutes.notes:
        print(f"{note.place}: {words.say(note.said)}")
    if minutes.says_nothing_new:
        said = NOTHING_ELSE if minutes.notes else ALL_THERE
        print(words.say(Message(said, {"count": minutes.known})))
        return 0
    plan = written_minutes(folder, meeting, minutes)
    if not isinstance(plan, Plan):
        return _refused(plan, words)
    if broken := broken_by(folder, plan):
        return _refused(broken, words, BROKEN)
    sys.stdout.writelines(f"{line}\n" for line in _changes(folder, club, plan, minutes, words))
    if not options.write:
        print(words.say(Message(SHOWN)))
        return 0
    plan.apply(folder.root)
    print(words.say(Message(APPLIED)))
    return 0


def _changes(
    folder: ClubFolder, club: Club, plan: Plan, minutes: Minutes, words: Words
) -> Iterator[str]:
    """What changes, record by record, in sentences."""
    with tried(folder, plan) as copy:
        after = load(copy or folder).graph
    describe = describer(words)
    for each in minutes.decisions:
        about = {"subject": each.fields["subject"], "id": each.id}
        yield words.say(Message(NEW_DECISION, about))
    for old in club.graph:
        new = after.find(old.id)
        if new is None or new == old:
            continue
        yield f"{words.say(link(old))} ({old.id})"
        told = (words.say(said) for said in describe(old, new, club.graph, after))
        yield from (f"  {said}" for said in dict.fromkeys(told))


def _meeting(
    options: argparse.Namespace, folder: ClubFolder, words: Words
) -> tuple[Club, Any] | None:
    """The club and the meeting that is asked for, or None once it is said why not."""
    club = load(folder, today=build_day())
    if club.stopping:
        _refused(club.stopping, words)
        return None
    record: Record | None = club.graph.find(options.id)
    if record is None or record.kind != MEETING:
        known = [each.id for each in club.graph if each.kind == MEETING]
        print(words.say(instead(NO_MEETING, options.id, known)), file=sys.stderr)
        return None
    return club, record


def _refused(why: Message | Iterable[Problem], words: Words, end: str = "") -> int:
    """Tells why nothing is written; 1."""
    told = [words.say(why)] if isinstance(why, Message) else [text(each, words) for each in why]
    sys.stderr.writelines(f"{each}\n" for each in told)
    if end:
        print(words.say(Message(end)), file=sys.stderr)
    return 1

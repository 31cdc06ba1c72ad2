"""`club series`: figures that others measured, into the files of series."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

from club.cli.settings import build_day
from club.edit.plan import Plan
from club.edit.series import Figure, Merged, merged
from club.insight.in_service import Served
from club.insight.schools import stays_of
from club.model.fields import Qualifier
from club.model.folder import ClubFolder
from club.model.graph import Graph
from club.model.message import N_, Message
from club.model.names import is_hidden
from club.model.problem import Problem, instead
from club.model.series import FOLDER
from club.model.source import given_bytes, given_fault, is_link
from club.model.view import Unknown
from club.publish.pages.checks import broken_by
from club.publish.reports.problems import text
from club.publish.words.language import QUALIFIED, Words
from club.read.foreign import IMPORT_FILE, Faults, Foreign, read_foreign, read_schools
from club.read.load import Club, load
from club.read.mappings import Settled, find_mapping, mapping_names

NO_MAPPING = (
    N_("no mapping is called “{name}”; perhaps: {near}"),
    *2 * (N_("no mapping is called “{name}”; the mappings are: {names}"),),
)
NO_PROJECT = (
    N_("no project is called “{name}”; perhaps: {near}"),
    N_("no project is called “{name}”; the projects are: {names}"),
    N_("no project is called “{name}”"),
)
NO_SOURCE = (
    N_("no source is called “{name}”; perhaps: {near}"),
    N_("no source is called “{name}”; the sources are: {names}"),
    N_("no source is called “{name}”"),
)
WHOSE = N_(
    "no rollout has a table of its schools: say which project each is of (--schools), or the one"
    " that all are of (--project)"
)
ONE_PROJECT = N_("the mapping “{name}” names no school: say the project that the file is of")
NOT_INTO = N_("figures go into a file {folder}/….csv, and not into “{path}”")
STOPPED = N_("Nothing was written: the club has errors already.")
FAULTS = N_("Nothing was written: mend the files, then import them again.")
MORE = N_("faults besides those: {count}")
BROKEN = N_("Nothing was written: the figures would bring these errors into the club.")
TRIED = N_("Nothing was written: this is only what would be (--dry-run).")
NOTHING = N_("Nothing was written: every figure is there already.")
NONE = N_("Nothing was written: the files hold no figure of a project.")
DONE = N_("{path} is written; then: club check, club propose")
CHANGED = N_("{figure}: {old} → {new}")
COUNTS = N_("{project}, {first} to {last}: new figures {new}, replaced {changed}, unchanged {same}")
SCHOOLS = N_("{project}: schools with figures: {count}")
LEFT_OUT = N_("rows of schools of no project, left out: {rows} (schools: {schools})")
UNSEEN = N_("schools of the list without a row in these files: {count} ({names})")
IDLE = N_(
    "rows of listed schools that were in service in no project then, or in two, left out: {rows}"
    " (schools: {count}: {names})"
)
ABSENT = N_(
    "{project}: schools in service without a row in periods from {first} to {last}: up to {most}"
    " (periods: {many} of {all})"
)
PARTIAL = N_("sums over schools some of which have no figure, marked “at least”: {count}")
UNKNOWN = N_("figures that no school has, left blank as unknown: {count}")
UNKNOWN_ALONE = N_("figures that the file does not have, left blank as unknown: {count}")
PEOPLE = N_("“{id}” is added up over schools: who is in two of them is counted twice")
NO_CODE = N_("services left out, since no record has their DNMA code: {codes}")
NO_COLUMN = N_("columns of the mapping that no file has: {names}")
NAMED = 5
"""How many schools are named."""


def add(commands: Any) -> None:
    """Declares the command."""
    parser = commands.add_parser("series", help=N_("bring in figures that others measured"))
    parts = parser.add_commands("command")
    taken = parts.add_parser(
        "import", help=N_("add the figures of files up by project, into a file of series")
    )
    taken.add_argument("files", type=Path, nargs="+", metavar="FILE", help=N_("in CSV (UTF-8)"))
    taken.add_argument(
        "--mapping",
        required=True,
        metavar="NAME",
        help=N_(
            "what their columns are: dnma-profils, dnma-services, dnma-appareils,"
            " dnma-profils-appareils, monlycee, or a file of data/series/mappings"
        ),
    )
    whose = taken.add_mutually_exclusive_group()
    whose.add_argument(
        "--schools",
        type=Path,
        metavar="FILE",
        help=N_(
            "which project each school is of: a CSV with the columns uai and project; without it,"
            " the tables of schools of the rollouts"
        ),
    )
    whose.add_argument("--project", metavar="ID", help=N_("the one project that all rows are of"))
    taken.add_argument(
        "--into", type=Path, metavar="FILE", help=N_("the file of series; named after the mapping")
    )
    taken.add_argument("--source", metavar="ID", help=N_("the source; that of the mapping"))
    taken.add_argument("--dry-run", action="store_true", help=N_("only say what would change"))
    taken.set_defaults(run=_import)


def _import(options: argparse.Namespace, folder: ClubFolder, words: Words) -> int:
    """1 if nothing was written because of a fault, 2 if the call is at fault."""
    into = _into(options, folder)
    if isinstance(into, Message):
        return _wrong(into, words)
    mapping = find_mapping(folder, options.mapping)
    if mapping is None:
        return _wrong(instead(NO_MAPPING, options.mapping, mapping_names(folder)), words)
    given = [*options.files, *filter(None, (options.schools,))]
    if faults := [*filter(None, (given_fault(each, IMPORT_FILE) for each in given))]:
        return _told(faults, words, FAULTS)
    club = load(folder, today=build_day())
    if club.stopping:
        return _told(club.stopping, words, STOPPED)
    settled = mapping.settled(club.graph, club.written, is_cited=bool(options.source))
    if isinstance(settled, list):
        return _told(settled, words, FAULTS)
    if wrong := _wrong_words(options, settled, club.graph):
        return _wrong(wrong, words)
    schools = _schools(options, club.graph)
    if isinstance(schools, list):
        return _told(schools, words, FAULTS)
    found = read_foreign(options.files, settled, schools)
    if isinstance(found, Faults):
        _told(found.problems, words)
        if found.more:
            print(words.say(Message(MORE, {"count": found.more})), file=sys.stderr)
        print(words.say(Message(FAULTS)), file=sys.stderr)
        return 1
    return _written(options, folder, club, settled, found, into, words)


def _into(options: argparse.Namespace, folder: ClubFolder) -> str | Message:
    """The file to write, from the folder of the club."""
    if options.into is None:
        return f"{FOLDER}/{options.mapping}.csv"
    said: Path = options.into
    inside = said if said.is_absolute() else Path.cwd() / said
    root = folder.root.resolve()
    for path in (inside, root / said):
        full = path.parent.resolve() / path.name
        if full.parent == root / FOLDER and full.suffix == ".csv" and not is_hidden(full.name):
            return str(PurePosixPath(FOLDER) / full.name)
    return Message(NOT_INTO, {"folder": FOLDER, "path": str(said)})


def _wrong_words(options: argparse.Namespace, settled: Settled, graph: Graph) -> Message | None:
    """What of the call means nothing in this club."""
    if options.source and not _is(graph, options.source, "source"):
        return instead(NO_SOURCE, options.source, graph.ids_of(("source",)))
    if options.project and not _is(graph, options.project, "project"):
        return instead(NO_PROJECT, options.project, graph.ids_of(("project",)))
    if not settled.mapping.school and not options.project:
        return Message(ONE_PROJECT, {"name": options.mapping})
    if not (options.project or options.schools or stays_of(graph)):
        return Message(WHOSE)
    return None


def _is(graph: Graph, id: str, kind: str) -> bool:
    found = graph.find(id)
    return found is not None and found.kind == kind


def _schools(
    options: argparse.Namespace, graph: Graph
) -> Mapping[str, Served] | str | list[Problem]:
    """The project of each school and when, or the one that all rows are of."""
    if options.project:
        record = graph.find(options.project)
        return record.id if record else ""
    if options.schools is None:
        return stays_of(graph)
    file: Path = options.schools
    raw = given_bytes(file, IMPORT_FILE)
    return [raw] if isinstance(raw, Problem) else read_schools(str(file), raw, graph)


def _written(
    options: argparse.Namespace,
    folder: ClubFolder,
    club: Club,
    settled: Settled,
    found: Foreign,
    into: str,
    words: Words,
) -> int:
    """Says what the figures change, then writes them unless that was all that was asked."""
    source = club.graph.find(options.source or settled.mapping.source or "")
    figures = [
        Figure(
            each.figure.indicator,
            each.project,
            each.period,
            each.figure.dimension,
            each.figure.key,
            each.value,
            Qualifier.AT_LEAST if each.is_partial else Qualifier.EXACT,
            source.id if source else "",
        )
        for each in found.sums
    ]
    sys.stdout.writelines(
        f"{words.say(each)}\n" for each in _about(settled, found, figures, club.graph)
    )
    if not figures:
        print(words.say(Message(NONE)))
        return 0
    file = folder.root / into
    if file.is_symlink() or file.parent.is_symlink():
        return _told([is_link(into)], words, FAULTS)
    result = merged(into, file.read_bytes() if file.is_file() else None, figures, club.graph)
    if isinstance(result, list):
        return _told(result, words, FAULTS)
    sys.stdout.writelines(f"{words.say(each)}\n" for each in _changes(result))
    if not result.added and not result.replaced:
        print(words.say(Message(NOTHING)))
        return 0
    plan = Plan({into: result.text})
    if broken := broken_by(folder, plan, today=build_day()):
        return _told(broken, words, BROKEN)
    if options.dry_run:
        print(words.say(Message(TRIED)))
        return 0
    plan.apply(folder.root)
    print(words.say(Message(DONE, {"path": into})))
    return 0


def _about(
    settled: Settled, found: Foreign, figures: Sequence[Figure], graph: Graph
) -> Iterator[Message]:
    """What the files hold, and what was left out of it."""
    if found.rows_left_out:
        about = {"rows": found.rows_left_out, "schools": found.schools_left_out}
        yield Message(LEFT_OUT, about)
    for project, count in sorted(found.schools.items()):
        yield Message(SCHOOLS, {"project": project, "count": count})
    if found.idle:
        about = {"rows": found.rows_idle, "count": len(found.idle)}
        yield Message(IDLE, {**about, "names": _named(found.idle)})
    if found.unseen:
        yield Message(UNSEEN, {"count": len(found.unseen), "names": _named(found.unseen)})
    for lacking in found.absent:
        names = ("project", "first", "last", "most", "many", "all")
        yield Message(ABSENT, {name: getattr(lacking, name) for name in names})
    if partial := sum(each.qualifier is Qualifier.AT_LEAST for each in figures):
        yield Message(PARTIAL, {"count": partial})
    if unknown := sum(each.value is None for each in figures):
        of_whom = UNKNOWN if settled.mapping.school else UNKNOWN_ALONE
        yield Message(of_whom, {"count": unknown})
    if settled.mapping.school:
        for id in dict.fromkeys(each.figure.indicator for each in found.sums):
            if str(getattr(graph.find(id), "aggregation", "")) == "none":
                yield Message(PEOPLE, {"id": id})
    if found.codes:
        yield Message(NO_CODE, {"codes": ", ".join(found.codes)})
    services = [e.columns for e in settled.mapping.measures if e.dimension == "service"]
    of_services = {name for columns in services for name in columns}
    is_alone = not settled.mapping.school
    if missing := [e for e in found.missing if not (is_alone and e in of_services)]:
        yield Message(NO_COLUMN, {"names": ", ".join(missing)})


def _named(schools: Sequence[str]) -> str:
    """The first of *schools*, and that there are others."""
    return ", ".join([*schools[:NAMED], *(["…"] if len(schools) > NAMED else [])])


def _changes(result: Merged) -> Iterator[Message]:
    """What stands otherwise than before, figure by figure, then how many there are by project."""
    for (value, qualifier), figure in result.replaced:
        named = ", ".join(filter(None, figure.identity))
        about = {
            "figure": named,
            "old": _value(value, qualifier),
            "new": _value(figure.value, figure.qualifier),
        }
        yield Message(CHANGED, about)
    changed = [figure for _, figure in result.replaced]
    groups = {"new": result.added, "changed": changed, "same": result.kept}
    counts = {name: Counter(each.project for each in group) for name, group in groups.items()}
    periods: dict[str, list[str]] = {}
    for each in (*result.added, *changed, *result.kept):
        periods.setdefault(each.project, []).append(each.period)
    for project, said in sorted(periods.items()):
        about_project: dict[str, object] = {"project": project, "first": min(said)}
        about_project |= {name: counts[name][project] for name in counts}
        yield Message(COUNTS, {**about_project, "last": max(said)})


def _value(value: Decimal | None, qualifier: Qualifier) -> Message | Unknown:
    """A figure with its qualifier, or that it is unknown."""
    if value is None:
        return Unknown()
    number = int(value) if value == int(value) else value.normalize()
    return Message(QUALIFIED[qualifier], {"value": number})


def _wrong(said: Message, words: Words) -> int:
    print(words.say(said), file=sys.stderr)
    return 2


def _told(problems: Iterable[Problem], words: Words, end: str = "") -> int:
    """Tells *problems*, the first in the file first, and how it ends."""
    found = sorted(problems, key=lambda each: each.sort_key)
    sys.stderr.writelines(f"{text(each, words)}\n" for each in found)
    if end:
        print(words.say(Message(end)), file=sys.stderr)
    return 1

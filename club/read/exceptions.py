"""Known exceptions: what the club has looked at and keeps, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from club.model import own_rules, structure_rules
from club.model.message import N_
from club.model.problem import Place, Problem, Rule, nearest
from club.model.source import Block, Items, read
from club.read.mappings import SERIES_MAPPING
from club.read.series import RULES as SERIES
from club.read.small_counts import MASKED_VALUE, MEMBERS_FIGURE, SMALL_COUNT

FOUND_LATER = {
    each.name
    for each in (
        structure_rules.DEAD_LINK,
        structure_rules.TAKEN_OUT,
        structure_rules.PRIVATE_CONTACT,
        structure_rules.PERHAPS_PRIVATE,
    )
}
"""The rules that not every reading of the club looks for: none of them is known to be gone."""
FIELDS = ("rule", "record", "reason")

BAD_EXCEPTION = Rule(
    name="bad-exception",
    wants=N_("A known exception names a rule, a record (collection/id) and a reason."),
    example="- rule: two-plenaries\n  record: meetings/pleniere-2016\n  reason: …",
)
UNUSED_EXCEPTION = Rule(
    name="unused-exception",
    wants=N_("A known exception whose warning is gone is removed: it would hide a new fault."),
    example="data/exceptions.yaml",
)


@dataclass(frozen=True, slots=True)
class KnownException:
    """A warning of *rule* on *record* that is expected, and why."""

    rule: str
    record: str
    reason: str
    place: Place


def read_exceptions(root: Path, path: str) -> tuple[list[KnownException], list[Problem]]:
    """The known exceptions listed in *path*, and what is wrong with the list."""
    if not (root / path).exists():
        return [], []
    source = read(root, path)
    problems = list(source.problems)
    found: list[KnownException] = []
    for index, each in enumerate(source.content if isinstance(source.content, Items) else ()):
        place = source.place((index,))
        fields = {} if not isinstance(each, Block) else dict(each)
        if set(fields) != set(FIELDS) or not all(_is_said(value) for value in fields.values()):
            wrong = [key for key in fields if key not in FIELDS]
            missing = [key for key in FIELDS if not _is_said(fields.get(key))]
            near = nearest(wrong[0], FIELDS) if wrong else missing
            problems.append(BAD_EXCEPTION.problem(place, BAD_EXCEPTION.wants, nearest=near))
            continue
        found.append(KnownException(fields["rule"], fields["record"], fields["reason"], place))
    if source.content is not None and not isinstance(source.content, Items):
        problems.append(BAD_EXCEPTION.problem(Place(path, 1, 1), BAD_EXCEPTION.wants))
    return found, problems


def _is_said(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def check_exceptions(
    problems: Iterable[Problem], exceptions: Iterable[KnownException]
) -> tuple[list[Problem], list[Problem]]:
    """The *problems* that no exception covers, and those of exceptions that cover none."""
    by_key = {(each.rule, each.record): each for each in exceptions}
    used: set[tuple[str, str]] = set()
    shown = []
    for problem in problems:
        key = (problem.rule.name, problem.record)
        if key in by_key and problem.rule.is_excusable:
            used.add(key)
        else:
            shown.append(problem)
    unused = [
        UNUSED_EXCEPTION.problem(
            each.place,
            N_("no warning “{found}” arises any more on {subject}"),
            found=each.rule,
            subject=each.record,
        )
        for key, each in by_key.items()
        if key not in used and each.rule not in FOUND_LATER
    ]
    return shown, unused


RULES = (
    *structure_rules.ALL,
    *own_rules.ALL,
    *SERIES,
    SERIES_MAPPING,
    SMALL_COUNT,
    MASKED_VALUE,
    MEMBERS_FIGURE,
    BAD_EXCEPTION,
    UNUSED_EXCEPTION,
)

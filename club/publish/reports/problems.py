"""Problems as text for people, and as the reports that forges read.

Formats: GitHub Actions workflow commands; GitLab Code Quality (a subset of the Code Climate
specification); our own JSON.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable

from club.model.markup import folded
from club.model.message import N_, Message
from club.model.problem import Level, Problem, nearest
from club.publish.words.language import Words
from club.publish.words.visible import visible

LINE_BREAKS = re.compile(r"[\r\n\x85\u2028\u2029]+")


def text(problem: Problem, words: Words) -> str:
    """One problem as compilers print it, then what was expected and the nearest values."""
    level = f"{words.say(problem.rule.level)}{_colon(words)}"
    place = visible(str(problem.place))
    lines = [f"{place}: {level}{sentence(problem, words)} [{problem.rule.name}]"]
    return "\n".join([*lines, *(f"    {hint}" for hint in hints(problem, words))])


def _colon(words: Words) -> str:
    return " : " if words.language == "fr" else ": "


def sentence(problem: Problem, words: Words) -> str:
    """What was found, on one line: a value could otherwise pass for a line of its own."""
    return visible(LINE_BREAKS.sub(" ", words.say(problem.message)))


def hints(problem: Problem, words: Words) -> list[str]:
    """What was expected, and the nearest valid values."""
    said = []
    if problem.expected:
        said.append(visible(words.say(Message(N_("expected: {what}"), {"what": problem.expected}))))
    if found := near(problem, words):
        near_values = visible(LINE_BREAKS.sub(" ", ", ".join(found)))
        said.append(words.say(Message(N_("perhaps: {nearest}"), {"nearest": near_values})))
    return said


def near(problem: Problem, words: Words) -> tuple[str, ...]:
    """The nearest valid values; the one that the site shows as what was written, before others."""
    said = {folded(words.translate(label)): value for label, value in problem.labels}
    found = folded(str(problem.message.params.get("found", "")))
    if found in said:
        return (said[found],)
    alike = [said[each] for each in nearest(found, said)]
    return tuple(dict.fromkeys([*alike, *problem.nearest]))


def _summary(problems: tuple[Problem, ...], words: Words) -> str:
    errors = sum(each.rule.level is Level.ERROR for each in problems)
    return words.say(
        Message(
            N_("{errors} errors, {warnings} warnings"),
            {"errors": errors, "warnings": len(problems) - errors},
        )
    )


def as_text(problems: tuple[Problem, ...], words: Words) -> str:
    """Every problem, then how many there are."""
    return "\n".join([*(text(each, words) for each in problems), _summary(problems, words)]) + "\n"


def as_github(problems: tuple[Problem, ...], words: Words) -> str:
    """Workflow commands, which GitHub and Forgejo show beside the line."""
    return "".join(_annotation(each, words) for each in problems)


def _annotation(problem: Problem, words: Words) -> str:
    level = "error" if problem.rule.level is Level.ERROR else "warning"
    at = problem.place
    where = f"file={_property(at.path)}"
    where += f",line={at.line}" if at.line else ""
    where += f",col={at.column}" if at.column else ""
    message = "\n".join([sentence(problem, words), *hints(problem, words)])
    return f"::{level} {where},title={_property(problem.rule.name)}::{_data(message)}\n"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def as_gitlab(problems: tuple[Problem, ...], words: Words) -> str:
    """A Code Quality report."""
    seen: Counter[str] = Counter()
    issues = []
    for problem in problems:
        identity = problem.identity
        issues.append(_issue(problem, words, f"{identity}\0{seen[identity]}"))
        seen[identity] += 1
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _issue(problem: Problem, words: Words, identity: str) -> dict[str, object]:
    return {
        "description": " – ".join([sentence(problem, words), *hints(problem, words)]),
        "check_name": problem.rule.name,
        "fingerprint": hashlib.sha256(identity.encode("utf-8", "backslashreplace")).hexdigest(),
        "severity": "major" if problem.rule.level is Level.ERROR else "minor",
        "location": {"path": problem.place.path, "lines": {"begin": max(problem.place.line, 1)}},
    }


def as_json(problems: Iterable[Problem], words: Words) -> str:
    """Everything, for other programs."""
    return (
        json.dumps([_json(each, words) for each in problems], ensure_ascii=False, indent=2) + "\n"
    )


def _json(problem: Problem, words: Words) -> dict[str, object]:
    return {
        "rule": problem.rule.name,
        "level": str(problem.rule.level),
        "path": problem.place.path,
        "line": problem.place.line or None,
        "column": problem.place.column or None,
        "record": problem.record or None,
        "message": sentence(problem, words),
        "expected": words.say(problem.expected) if problem.expected else None,
        "nearest": list(near(problem, words)),
    }


FORMATS: dict[str, Callable[[tuple[Problem, ...], Words], str]] = {
    "text": as_text,
    "github": as_github,
    "gitlab": as_gitlab,
    "json": as_json,
}

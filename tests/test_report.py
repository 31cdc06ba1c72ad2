"""Problems as people and forges read them."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from club.model.message import Message
from club.model.problem import Level, Place, Problem, Rule
from club.publish.reports.problems import FORMATS, as_github, as_gitlab, as_json, as_text
from club.publish.words.language import Words
from tests import clubs
from tests.clubs import few

ENGLISH, FRENCH = Words("en"), Words("fr")
RULE = Rule(name="some-rule", wants="Something.", example="a: b")
DOUBT = Rule(name="some-doubt", wants="Something.", example="a: b", level=Level.WARNING)
ERROR = RULE.problem(
    Place("data/a, b:c.yaml", 3, 5),
    "“{found}” is wrong ({line})",
    expected=Message("100% sure"),
    nearest=("one", "two"),
    record="axes/a",
    found="x\n::error::y %",
    line=7,
)
WARNING = DOUBT.problem(Place("data/b.yaml"), "is doubtful")
BOTH = (ERROR, WARNING)


def test_text() -> None:
    assert as_text(BOTH, ENGLISH) == (
        "data/a, b:c.yaml:3:5: error: “x ::error::y %” is wrong (7) [some-rule]\n"
        "    expected: 100% sure\n"
        "    perhaps: one, two\n"
        "data/b.yaml: warning: is doubtful [some-doubt]\n"
        + as_text(BOTH, ENGLISH).split("\n")[4]
        + "\n"
    )
    assert as_text((), ENGLISH).count("\n") == 1


def test_text_in_french() -> None:
    first = as_text(BOTH, FRENCH).split("\n")[0]
    assert first.startswith("data/a, b:c.yaml:3:5: erreur : ")


def test_a_value_never_starts_a_line() -> None:
    """On a forge, a line that begins with :: is an order to the runner."""
    for write in (as_text, as_github):
        for line in write(BOTH, ENGLISH).splitlines():
            assert not line.startswith("::error::y")


def test_github() -> None:
    assert as_github(BOTH, ENGLISH) == (
        "::error file=data/a%2C b%3Ac.yaml,line=3,col=5,title=some-rule::"
        "“x ::error::y %25” is wrong (7)%0Aexpected: 100%25 sure%0Aperhaps: one, two\n"
        "::warning file=data/b.yaml,title=some-doubt::is doubtful\n"
    )


# GitLab, Code Quality: what its report widget reads of an issue.
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "not": {"pattern": r"^\./"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def fingerprints(*problems: Problem, words: Words = ENGLISH) -> list[str]:
    return [each["fingerprint"] for each in json.loads(as_gitlab(problems, words))]


def test_gitlab() -> None:
    issues = json.loads(as_gitlab(BOTH, ENGLISH))
    jsonschema.validate(issues, CODE_QUALITY)
    assert [each["severity"] for each in issues] == ["major", "minor"]
    assert issues[1]["location"] == {"path": "data/b.yaml", "lines": {"begin": 1}}
    assert json.loads(as_gitlab((), ENGLISH)) == []


def test_an_issue_keeps_its_identity_when_lines_move_or_the_language_changes() -> None:
    moved = replace(
        ERROR,
        place=replace(ERROR.place, line=90, column=1),
        message=Message(ERROR.message.id, {**ERROR.message.params, "line": 80}),
    )
    assert fingerprints(ERROR) == fingerprints(moved) == fingerprints(ERROR, words=FRENCH)


@pytest.mark.parametrize(
    "other",
    [
        replace(ERROR, record="axes/b"),
        replace(ERROR, rule=DOUBT),
        replace(ERROR, place=Place("data/other.yaml", 3, 5)),
        replace(ERROR, message=Message(ERROR.message.id, {"found": "y", "line": 7})),
    ],
)
def test_another_issue_has_another_identity(other: Problem) -> None:
    assert fingerprints(ERROR) != fingerprints(other)


def test_the_same_fault_twice_is_two_issues() -> None:
    again = replace(ERROR, place=replace(ERROR.place, line=9))
    assert len(set(fingerprints(ERROR, again))) == 2
    assert fingerprints(ERROR, again)[0] == fingerprints(ERROR)[0]


def test_json() -> None:
    assert json.loads(as_json(BOTH, ENGLISH)) == [
        {
            "rule": "some-rule",
            "level": "error",
            "path": "data/a, b:c.yaml",
            "line": 3,
            "column": 5,
            "record": "axes/a",
            "message": "“x ::error::y %” is wrong (7)",
            "expected": "100% sure",
            "nearest": ["one", "two"],
        },
        {
            "rule": "some-doubt",
            "level": "warning",
            "path": "data/b.yaml",
            "line": None,
            "column": None,
            "record": None,
            "message": "is doubtful",
            "expected": None,
            "nearest": [],
        },
    ]


def test_every_format_ends_its_last_line() -> None:
    for write in FORMATS.values():
        assert write(BOTH, FRENCH).endswith("\n")


@pytest.mark.parametrize("format", few(["text", "github", "json"]))
@pytest.mark.parametrize(
    "name",
    few(
        [
            "a\n::error file=x::b",
            "\x1b[31ma",
            "a\rb",
            "\x9b2Ja",
            "\u202eb",
            "a\x07",
            "a ##[error]b",
        ],
        4,
    ),
)
def test_a_name_forges_no_line_and_no_colour(name: str, format: str, tmp_path: Path) -> None:
    """In the log of a forge, a line that begins with two colons is a command."""
    files = {f"data/axes/{name}.yaml": "label: A\n", f"docs/{name}.md": f"# A\n\n[[{name}]]\n"}
    files["data/axes.yaml"] = f"a: {{label: {json.dumps(name)}, nature: {json.dumps(name)}}}\n"
    command = [sys.executable, "-P", "-m", "club", "check", "--format", format]
    clubs.write(tmp_path, files)
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert b"Traceback" not in run.stderr
    said = (run.stdout + run.stderr).decode("utf-8")
    assert not set(said) & set("\x1b\x9b\r\x07\u202e")
    forged = [line for line in said.splitlines() if line.startswith("::error file=x")]
    assert forged == []
    assert "##[" not in said
    if format not in {"text", "github"}:
        json.loads(run.stdout)


def test_the_label_that_the_site_shows_leads_to_the_value(tmp_path: Path) -> None:
    for label in ("à l’essai", "A l'essai", "à l'esai"):
        practice = f"p:\n  title: P\n  summary: S\n  maturity: {label}\n"
        problems = clubs.club_of(tmp_path, {"data/practices.yaml": practice}).problems
        told = next(each for each in problems if each.rule.name == "unknown-value")
        assert "peut-être\u00a0: trial" in as_text((told,), FRENCH)
        assert json.loads(as_json((told,), FRENCH))[0]["nearest"][0] == "trial"

"""The forges' own files: sound by their published schemas, and safe by what they ask."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from club.cli.main import COMMANDS
from club.edit.start import BOTH, HIDDEN, STARTER

ROOT = Path(__file__).parents[2]
GITLAB = ROOT / ".gitlab-ci.yml"
GITHUB = ROOT / ".github/workflows/club.yml"
FORGEJO = ROOT / ".forgejo/workflows/club.yml"
GITHUB_CODE, FORGEJO_CODE = GITHUB.with_name("code.yml"), FORGEJO.with_name("code.yml")
CODE = [GITHUB_CODE, FORGEJO_CODE]
STARTED = [
    STARTER / BOTH / f"{HIDDEN}{path.relative_to(ROOT).as_posix()[1:]}"
    for path in (GITLAB, GITHUB, FORGEJO)
]
"""Those that `club init` gives to another club."""
FLOWS = [GITHUB, FORGEJO, *CODE, *STARTED[1:]]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


CLUB_FILES = pytest.mark.parametrize("path", [GITLAB, GITHUB, FORGEJO, *STARTED], ids=name_of)
ALL = pytest.mark.parametrize("path", [GITLAB, STARTED[0], *FLOWS], ids=name_of)
WORKFLOWS = pytest.mark.parametrize("path", FLOWS, ids=name_of)
OF_THE_CLUB = ["data/**", "docs/**", "checks/**", "mkdocs.yml"]


def read(path: Path) -> dict[Any, Any]:
    found = yaml.safe_load(path.read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def scripts(node: Any) -> list[str]:
    """Every command a file runs."""
    if isinstance(node, dict):
        own = [node[key] for key in ("run", "script", "before_script") if key in node]
        said = [line for each in own for line in (each if isinstance(each, list) else [each])]
        return said + [line for each in node.values() for line in scripts(each)]
    if isinstance(node, list):
        return [line for each in node for line in scripts(each)]
    return []


@ALL
def test_the_published_schema(path: Path) -> None:
    schema = "vendor.gitlab-ci" if path in {GITLAB, STARTED[0]} else "vendor.github-workflows"
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@CLUB_FILES
def test_every_command_exists(path: Path) -> None:
    used = {
        match[1]
        for line in scripts(read(path))
        for match in re.finditer(r"bin/club(?:\s+--root \S+)?\s+([a-z]+)", line)
    }
    assert used == {"check", "diff", "preview"}
    assert used <= set(COMMANDS)


def made_by(path: Path) -> set[str]:
    """What a file asks of make."""
    return {
        each
        for line in scripts(read(path))
        for match in re.finditer(r"make(?: -C \S+)?((?: [a-z]+)+)$", line, re.MULTILINE)
        for each in match[1].split()
    }


@ALL
def test_every_target_exists(path: Path) -> None:
    makefile = (STARTER / BOTH if path in STARTED else ROOT) / "Makefile"
    targets = set(re.findall(r"^([a-z]+):", makefile.read_text("utf-8"), re.MULTILINE))
    assert made_by(path)
    assert made_by(path) <= targets


@CLUB_FILES
def test_what_a_change_does_is_told_of_what_the_site_says(path: Path) -> None:
    """What a job writes may be read by anybody: members' changes went into it."""
    said = [line for line in scripts(read(path)) if " diff " in line and "bin/club" in line]
    assert said
    assert all('--audience "${CLUB_AUDIENCE:-public}"' in line for line in said)


@pytest.mark.parametrize("path", [GITLAB, *CODE], ids=name_of)
def test_code_is_tested_at_each_python_and_with_lowest_and_newest_dependencies(path: Path) -> None:
    assert made_by(path) >= {"test", "long", "lowest", "newest", "audit"}
    assert '["3.11", "3.12", "3.13"]' in path.read_text("utf-8")


def changes_of(path: Path, trigger: str = "pull_request") -> list[str]:
    """The paths whose change starts a workflow."""
    return list(read(path)[True][trigger]["paths"])  # YAML 1.1 reads "on" so


def everything_tracked() -> set[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return set(filter(None, listed.stdout.decode().split("\0")))


def matched(path: str, patterns: list[str]) -> bool:
    return any(
        path.startswith(pattern.rstrip("*")) if pattern.endswith("**") else path == pattern
        for pattern in patterns
    )


def test_a_change_of_the_data_alone_has_the_checks_of_the_data_alone() -> None:
    gitlab = read(GITLAB)
    code = [each.removesuffix("/*") for each in gitlab[".code"]["rules"][0]["changes"]]
    club = [each.removesuffix("/*") for each in gitlab[".proposal"]["rules"][0]["changes"]]
    assert club == OF_THE_CLUB
    for path in (GITHUB, FORGEJO):
        assert changes_of(path) == OF_THE_CLUB
        assert changes_of(path.with_name("code.yml")) == code
        assert changes_of(path.with_name("code.yml"), "push") == code
    assert not {"data/**", "docs/**", "mkdocs.yml"} & set(code)


def test_a_change_of_any_other_file_has_the_tests_of_the_code() -> None:
    words = re.compile(r"(.*\.md|LICENSE|\.git(ignore|attributes)|\.readme/.*)")
    patterns = [*changes_of(GITHUB_CODE), *OF_THE_CLUB]
    forgotten = {
        each
        for each in everything_tracked()
        if not matched(each, patterns) and not words.fullmatch(each)
    }
    assert forgotten == set()


@CLUB_FILES
def test_a_proposal_is_built_with_the_code_of_the_main_branch(path: Path) -> None:
    for line in scripts(read(path)):
        if re.search(r"bin/(club|mkdocs|python)", line):
            assert re.search(r"(^|\s)(\.\./)?trusted/\.venv/bin/(club|mkdocs|python)", line), line


@ALL
def test_no_secret_is_asked_for(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"\bsecrets\b|CI_JOB_TOKEN|PRIVATE-TOKEN", text)
    assert "pull_request_target" not in text
    assert "workflow_run" not in text


@WORKFLOWS
def test_what_others_write_never_reaches_a_command(path: Path) -> None:
    for line in scripts(read(path)):
        assert "${{" not in line, line


@WORKFLOWS
def test_actions_are_pinned(path: Path) -> None:
    used = re.findall(r"uses: (\S+)", path.read_text("utf-8"))
    assert used
    assert [each for each in used if not re.search(r"@v\d+(\.\d+\.\d+)?$", each)] == []
    if path in {GITHUB, GITHUB_CODE}:
        assert [each for each in used if not re.search(r"@v\d+\.\d+\.\d+$", each)] == []


def test_github_gives_each_job_what_it_needs() -> None:
    found = read(GITHUB)
    assert found["permissions"] == {"contents": "read"}
    jobs = found["jobs"]
    assert {name for name, job in jobs.items() if "permissions" in job} == {"publish"}
    assert jobs["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert jobs["publish"]["needs"] == "build"
    assert jobs["build"]["if"] == "github.event_name == 'push'"
    triggers = found[True]  # YAML 1.1 reads "on" so
    assert triggers == {"pull_request": {"paths": OF_THE_CLUB}, "push": {"branches": ["main"]}}


def test_the_tests_of_the_code_may_write_nowhere() -> None:
    found = read(GITHUB_CODE)
    assert found["permissions"] == {"contents": "read"}
    assert set(found[True]) == {"pull_request", "push"}
    for path in CODE:
        text = path.read_text("utf-8")
        assert "permissions" not in str(read(path)["jobs"])
        assert "token" not in text.lower()
        assert "upload" not in text


@WORKFLOWS
def test_checkouts_keep_no_credentials(path: Path) -> None:
    for job in read(path)["jobs"].values():
        for step in job["steps"]:
            if "actions/checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False
                assert step["with"]["fetch-depth"] == 0


def test_gitlab_reports_and_publishes() -> None:
    found = read(GITLAB)
    assert found["check"]["artifacts"]["reports"]["codequality"] == "code-quality.json"
    assert found["check"]["artifacts"]["when"] == "always"
    assert "--format gitlab" in found["check"]["script"][-2]
    # What the report hides by going on, the next line decides.
    assert found["check"]["script"][-1].endswith("club --root ../preview check")
    assert "artifacts" not in {key for name in ("code", "long", "lowest") for key in found[name]}
    assert found["pages"]["artifacts"]["paths"] == ["public"]
    assert found["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert found["variables"]["GIT_DEPTH"] == "0"

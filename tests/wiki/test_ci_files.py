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

ROOT = Path(__file__).parents[2]
GITLAB = ROOT / ".gitlab-ci.yml"
GITHUB = ROOT / ".github/workflows/club.yml"
FORGEJO = ROOT / ".forgejo/workflows/club.yml"
ALL = pytest.mark.parametrize("path", [GITLAB, GITHUB, FORGEJO], ids=lambda path: path.parts[-1])
WORKFLOWS = pytest.mark.parametrize("path", [GITHUB, FORGEJO], ids=["github", "forgejo"])


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


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        (GITLAB, "vendor.gitlab-ci"),
        (GITHUB, "vendor.github-workflows"),
        (FORGEJO, "vendor.github-workflows"),
    ],
    ids=["gitlab", "github", "forgejo"],
)
def test_the_published_schema(path: Path, schema: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@ALL
def test_every_command_exists(path: Path) -> None:
    names = {command.__name__.rpartition(".")[2] for command in COMMANDS}
    used = {
        match[1]
        for line in scripts(read(path))
        for match in re.finditer(r"bin/club(?:\s+--root \S+)?\s+([a-z]+)", line)
    }
    assert used == {"check", "diff", "preview"}
    assert used <= names
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    made = {
        each
        for line in scripts(read(path))
        for match in re.finditer(r"make(?: -C \S+)?((?: [a-z]+)+)$", line, re.MULTILINE)
        for each in match[1].split()
    }
    assert made
    assert made <= targets


@ALL
def test_a_proposal_is_built_with_the_code_of_the_main_branch(path: Path) -> None:
    for line in scripts(read(path)):
        if re.search(r"bin/(club|mkdocs)", line):
            assert re.search(r"(^|\s)(\.\./)?trusted/\.venv/bin/(club|mkdocs)", line), line


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
    if path == GITHUB:
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
    assert triggers == {"pull_request": None, "push": {"branches": ["main"]}}


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
    assert "--format gitlab" in found["check"]["script"][0]
    # What the report hides by going on, the next line decides.
    assert found["check"]["script"][1].endswith("club --root . check")
    assert found["pages"]["artifacts"]["paths"] == ["public"]
    assert found["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert found["variables"]["GIT_DEPTH"] == "0"

"""Every rule has cases: broken files in, the whole list of problems out, word for word."""

from __future__ import annotations

import ast
import io
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from club.cli import main
from club.model.folder import ClubFolder
from club.model.message import CONTEXT_SEPARATOR, Message
from club.model.problem import Problem
from club.publish.pages.checks import check_pages, check_texts
from club.publish.pages.dead_links import check_navigation
from club.read.exceptions import RULES as STRUCTURE
from club.read.load import load
from club.read.registry import find_registry
from club.read.settings import read_settings
from club.read.settings_checks import check_contributors, check_settings
from tests.clubs import REGISTRY, folder_at, toy_in

RULES = {rule.name: rule for rule in (*STRUCTURE, *(each.rule for each in REGISTRY.every_check))}

NO_KIND_HAS_IT = {"bad-money"}
"""Amounts stand in comparisons alone, which have a rule of their own; test_fields has this one."""
OF_PACKAGES = {"broken-rule"}
"""What only a package can do is in test_packages."""
CASES = sorted((Path(__file__).parent / "problems").glob("*.yaml"))


def read_case(path: Path) -> Any:
    yaml = YAML()
    yaml.width = 100
    return yaml.load(path.read_text("utf-8"))


def set_up(case: Any, root: Path) -> Path:
    """The folder that *case* describes."""
    if case.get("base") == "toy":
        toy_in(root)
    (root / "data").mkdir(exist_ok=True)
    for path in case.get("removed", ()):
        (root / path).unlink()
    for path, text in case.get("appended", {}).items():
        with (root / path).open("a", encoding="utf-8", newline="") as file:
            file.write(text)
    texts = {path: text.encode() for path, text in case.get("files", {}).items()}
    texts |= {path: bytes.fromhex(text) for path, text in case.get("bytes_hex", {}).items()}
    texts |= {path: b"#" * size for path, size in case.get("sizes", {}).items()}
    for path, content in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    for path, target in case.get("links", {}).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).symlink_to(target)
    for path in case.get("pipes", ()):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(root / path)
    return root


def plain(message: Message) -> str:
    """The English of *message*."""
    return message.render(lambda text: text.rpartition(CONTEXT_SEPARATOR)[2])


def described(problem: Problem) -> dict[str, object]:
    """A problem as the cases write it."""
    found: dict[str, object] = {
        "at": str(problem.place),
        "rule": problem.rule.name,
        "level": str(problem.rule.level),
        "message": plain(problem.message),
    }
    if problem.expected:
        found["expected"] = plain(problem.expected)
    if problem.nearest:
        found["nearest"] = list(problem.nearest)
    if problem.record:
        found["record"] = problem.record
    return found


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path, is_blessing: bool) -> None:
    case = read_case(path)
    today = date.fromisoformat(str(case["today"])) if "today" in case else None
    root = set_up(case, tmp_path)
    settings, registry = read_settings(root, {}), find_registry(root)
    kept = registry.less(settings.without)
    folder = ClubFolder(root, kept, publication=settings.publication)
    club = check_pages(load(folder, today=today), settings.examples)
    faults = [*check_settings(settings, registry), *check_contributors(club, settings)]
    links = check_navigation(club, settings)
    club = check_texts(club.with_problems(faults)).with_problems(links)
    found = [described(each) for each in club.problems]
    if is_blessing and found != case.get("problems"):
        case["problems"] = found
        yaml, written = YAML(), io.StringIO()
        yaml.width = 100
        yaml.dump(case, written)
        path.write_text(written.getvalue(), "utf-8")
    assert found == case["problems"]


def test_every_rule_has_a_case() -> None:
    covered = {
        rule
        for path in CASES
        for case in [read_case(path)]
        for rule in [each["rule"] for each in case["problems"]]
    }
    assert set(RULES) - covered == NO_KIND_HAS_IT | OF_PACKAGES


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_is_explained(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    rule = RULES[name]
    assert rule.example.strip()
    assert rule.wants.endswith((".", "…"))
    assert main(["--root", str(Path(__file__).parent / "toy"), "explain", name]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{name} (")
    assert all(f"    {line}" in said for line in rule.example.splitlines())


SOURCES = Path(__file__).parents[1]
CODES = sorted(
    str(keyword.value.value)
    for room in ("club", "plugins")
    for path in sorted((SOURCES / room).rglob("*.py"))
    for node in ast.walk(ast.parse(path.read_text("utf-8")))
    if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "Rule"
    for keyword in node.keywords
    if keyword.arg == "name" and isinstance(keyword.value, ast.Constant)
)


def test_each_rule_of_the_code_was_found() -> None:
    assert {"undrawn-chart", "shallow-history", "left-out", "answers-row"} <= set(CODES)
    assert set(RULES) - OF_PACKAGES - set(CODES) == set(), "a rule has no name of its own"


@pytest.mark.parametrize("name", CODES)
def test_undrawn_chart_was_a_problem_that_nothing_explained(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor would any other be: each name that the code gives to a rule is explained."""
    root = str(Path(__file__).parent / "toy")
    assert main(["--root", root, "--language", "fr", "explain", name]) == 0
    said, _, example = capsys.readouterr().out.partition("Exemple")
    assert said.startswith(f"{name} (")
    assert len(said.splitlines()) > 2
    assert example.rpartition(":")[2].strip() or example.count("\n") > 1


def test_laughs_stay_in_the_file(tmp_path: Path) -> None:
    """A thousand million elements if the aliases were followed."""
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    for each in range(1, 9):
        lines.append(f"a{each}: &a{each} [" + ", ".join([f"*a{each - 1}"] * 10) + "]")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/axes.yaml").write_text("\n".join(lines))
    start = time.process_time()
    problems = load(folder_at(tmp_path)).problems
    assert time.process_time() - start < 0.5
    assert sum(each.rule.name == "yaml-alias" for each in problems) == 80
    assert {str(each.place) for each in problems if each.rule.name == "yaml-alias"} >= {
        "data/axes.yaml:2:10",
        "data/axes.yaml:2:15",
        "data/axes.yaml:9:10",
    }


@pytest.mark.parametrize("text", ["[", "- ", "{a: "])
def test_depth_does_not_reach_the_stack(text: str, tmp_path: Path) -> None:
    """The parser recurses in C: too deep a file used to end the program without a word."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/axes.yaml").write_text(text * 200_000)
    command = [sys.executable, "-m", "club", "--root", tmp_path, "--language", "en", "check"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "more than 24 levels of nesting [too-deep]" in run.stdout
    assert run.stderr == ""

"""The jobs of the forges' files, run step by step on this machine, on real repositories.

A small runner: what a file says that it does not know fails the test, so nothing is passed over.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.wiki.repos import CALM, git

EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
COMMAND_OF_A_LOG = re.compile(r"^::(?!(?:error|warning|notice) )", re.MULTILINE)
"""A line of a log that a runner would obey: it could set a variable for the steps that follow."""
SHELL = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]
WITHOUT_PIPEFAIL = ["bash", "-e", "-c"]

GITLAB_CI_LOCAL = "gitlab-ci-local@4.55.0"
FORGE = "https://forge.example"
"""An address that leads in truth to the folder above all those of the jobs."""

# A Python whose environments are the tests' own, and whose pip has nothing to do: what a file
# installs from is the business of `make`, and asks a registry.
PYTHON = """\
#!/bin/sh
if [ "$1 $2" = "-m venv" ]; then
  for place; do :; done
  rm -rf "$place" && mkdir -p "$place/bin" && cp "$0" "$place/bin/python" || exit 1
  for program in club mkdocs; do
    printf '#!/bin/sh\\nexec {python} -P -m %s "$@"\\n' "$program" > "$place/bin/$program"
    chmod +x "$place/bin/$program"
  done
elif [ "$1 $2" = "-m pip" ]; then
  exit 0
else
  exec {python} -P "$@"
fi
"""


@dataclass
class Ran:
    """What a job left: how it ended, all that it printed, and the files that it gave away."""

    failed: list[str] = field(default_factory=list)
    log: str = ""
    kept: dict[str, bytes] = field(default_factory=dict)

    def keep(self, folder: Path, name: str) -> None:
        """Keeps the file or the folder *name*, as an upload does: no link is followed."""
        place = folder / name
        for file in (place, *sorted(place.rglob("*"))):
            if file.is_symlink() or file.is_file():
                path = file.relative_to(folder).as_posix()
                self.kept[path] = (
                    os.fsencode(file.readlink()) if file.is_symlink() else file.read_bytes()
                )


def programs(folder: Path) -> Path:
    """A folder of programs, for the head of PATH: our Python, an `apt-get` that does nothing."""
    folder.mkdir()
    for name, text in {
        "python3": PYTHON.replace("{python}", sys.executable),
        "apt-get": "#!/bin/sh\n",
    }.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    return folder


def environment(folder: Path, **more: str) -> dict[str, str]:
    """What a job finds around it: nothing of this machine but its programs and our code."""
    first = folder.parents[1] / "programs"
    if not first.exists():
        programs(first)
    return {
        "PATH": f"{first}:{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(filter(None, map(os.path.abspath, sys.path))),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(folder.parent),
        "LANG": "C.UTF-8",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.file://{folder.parents[1]}/.insteadOf",
        "GIT_CONFIG_VALUE_0": f"{FORGE}/",
        **CALM,
        **more,
    }


@dataclass
class Workflow:
    """A job of GitHub or Forgejo: its file, where it works, what the forge knows."""

    file: Path
    workspace: Path
    origin: Path
    known: Mapping[str, str]
    ref: str
    """What is checked out where no step says otherwise."""

    def run(self, name: str) -> Ran:
        job = yaml.safe_load(self.file.read_text("utf-8"))["jobs"][name]
        ran = Ran()
        assert self._holds(job["if"], ran), "the forge would not run this job"
        self.workspace.mkdir(parents=True)
        summary = self.workspace.parent / "summary.md"
        for step in job["steps"]:
            if self._holds(step.get("if", "success()"), ran):
                status = self._use(step, ran) if "uses" in step else self._say(step, ran, summary)
                if status and not step.get("continue-on-error"):
                    ran.failed.append(step.get("name", step.get("uses", "")))
        if summary.exists():
            ran.keep(summary.parent, summary.name)
        return ran

    def value(self, text: str) -> str:
        return EXPRESSION.sub(lambda match: self.known[match[1]], text)

    def _holds(self, condition: str, ran: Ran) -> bool:
        whole = EXPRESSION.fullmatch(condition)
        condition = whole[1] if whole else condition
        if condition == "!cancelled()":
            return True
        if condition == "success()":
            return not ran.failed
        name, wanted = re.fullmatch(r"([\w.]+) == '(\w+)'", condition).groups()  # type: ignore[union-attr]
        return self.known[name] == wanted and not ran.failed

    def _use(self, step: dict[str, Any], ran: Ran) -> int:
        action = step["uses"].rpartition("@")[0].rpartition("actions/")[2].rpartition("/")[2]
        asked = {key: self.value(str(value)) for key, value in step.get("with", {}).items()}
        if action == "checkout":
            self._check_out(asked)
        elif action in {"upload-artifact", "upload-pages-artifact"}:
            ran.keep(self.workspace, asked["path"])
        elif action != "setup-python":
            raise AssertionError(f"the runner of the tests does not know {step['uses']}")
        return 0

    def _check_out(self, asked: Mapping[str, str]) -> None:
        place = self.workspace / asked.get("path", ".")
        place.mkdir(exist_ok=True)
        depth = () if asked.get("fetch-depth") == "0" else ("--depth=1",)
        git(place, "init", "-q")
        git(place, "remote", "add", "origin", f"file://{self.origin}")
        everything = ("+refs/heads/*:refs/remotes/origin/*",) if not depth else ()
        ref = asked.get("ref", self.ref)
        git(place, "fetch", "-q", *depth, "origin", *everything, f"{ref}:refs/remotes/asked")
        git(place, "checkout", "-q", "--force", "--detach", "refs/remotes/asked")

    def _say(self, step: dict[str, Any], ran: Ran, summary: Path) -> int:
        asked = {key: self.value(str(value)) for key, value in step.get("env", {}).items()}
        around = environment(self.workspace, GITHUB_STEP_SUMMARY=str(summary), **asked)
        done = subprocess.run(
            [*(SHELL if step.get("shell") == "bash" else WITHOUT_PIPEFAIL), step["run"]],
            cwd=self.workspace / step.get("working-directory", "."),
            env=around,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        ran.log += done.stdout.decode("utf-8", "replace")
        return done.returncode


def gitlab_job(file: Path, name: str, folder: Path, variables: Mapping[str, str]) -> Ran:
    """What the scripts of a job of GitLab do in *folder*, a clone, as its shell runs them."""
    said = yaml.safe_load(file.read_text("utf-8"))
    job = {**said.get(said[name].get("extends", ""), {}), **said[name]}
    lines = [*job.get("before_script", ()), *job["script"]]
    done = subprocess.run(
        [*SHELL, "\n".join(lines)],
        cwd=folder,
        env=environment(folder, **{**said["variables"], **variables}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    ran = Ran([name] if done.returncode else [], done.stdout.decode("utf-8", "replace"))
    kept = job.get("artifacts", {})
    if not ran.failed or kept.get("when") == "always":
        for path in (*kept.get("paths", ()), *kept.get("reports", {}).values()):
            ran.keep(folder, path.rstrip("/"))
    return ran


def gitlab_runner(folder: Path) -> Path | None:
    """The public program that runs GitLab's files, installed in *folder*, if it can be."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if not shutil.which("rsync") and shutil.which("apt-get"):
        for command in (["update", "-qq"], ["install", "-y", "-qq", "rsync"]):
            subprocess.run(["apt-get", *command], check=False, **quiet)
    if not (shutil.which("npm") and shutil.which("rsync")):
        return None
    asked = ["npm", "install", "--silent", "--no-fund", "--no-audit", GITLAB_CI_LOCAL]
    subprocess.run(asked, cwd=folder, check=False)
    runner = folder / "node_modules/.bin/gitlab-ci-local"
    # A part of it is compiled where it is installed, which may fail.
    is_there = (
        runner.exists()
        and not subprocess.run([runner, "--version"], check=False, **quiet).returncode
    )
    return runner if is_there else None


def gitlab_pipeline(
    runner: Path, file: Path, jobs: tuple[str, ...], folder: Path, variables: Mapping[str, str]
) -> Ran:
    """What *runner* makes of *jobs*, in *folder*, on this machine rather than in images."""
    text = re.sub(r"(?m)^ *image: .*\n", "", file.read_text("utf-8"))
    (folder / ".without-images.yml").write_text(text, "utf-8")
    said = [f"{name}={value}" for name, value in variables.items()]
    done = subprocess.run(
        [runner, "--file", ".without-images.yml", "--concurrency", "1", *jobs]
        + [part for each in said for part in ("--variable", each)],
        cwd=folder,
        env=environment(folder, NO_COLOR="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    log = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout.decode("utf-8", "replace"))
    ended = dict(reversed(each) for each in re.findall(r"(?m)^ (PASS|WARN|FAIL) +(\S+)", log))
    assert set(ended) == set(jobs), log
    # What a job printed stands behind its name, and the commands it ran behind a dollar.
    printed = re.findall(r"(?m)^\S+ +> ?(.*)", log)
    ran = Ran([name for name, end in ended.items() if end == "FAIL"], "\n".join(printed))
    for name in jobs:
        kept = yaml.safe_load(text)[name].get("artifacts", {})
        for path in (*kept.get("paths", ()), *kept.get("reports", {}).values()):
            ran.keep(folder, path.rstrip("/"))
    return ran

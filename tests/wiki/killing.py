"""A command killed at its n-th step: a file opened to write, moved or removed, a program run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.wiki.repos import CALM

HOOK = """\
import atexit, os, signal, sys

AT, WHO = int(os.environ.get("KILL_AT", "0")), os.environ.get("KILL_WHO", "")
STEPS = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "shutil.rmtree",
         "subprocess.Popen", "os.posix_spawn"}
count = 0

def step(event, arguments):
    global count
    if event == "open":
        if not isinstance(arguments[2], int) or not arguments[2] & (os.O_WRONLY | os.O_RDWR):
            return
        if str(arguments[0]).startswith(("/dev/", "/proc/")):
            return
    elif event not in STEPS:
        return
    count += 1
    if count == AT:
        os.killpg(0, signal.SIGKILL) if not WHO else os.kill(os.getpid(), signal.SIGKILL)

def say():
    taken = count  # to say so is one more
    if taken and not AT:
        with open(os.environ["KILL_STEPS"], "a") as file:
            print(taken, file=file)

if not WHO or WHO in sys.orig_argv:
    atexit.register(say)
    sys.addaudithook(step)
"""


def run_killed(
    arguments: Sequence[str],
    folder: Path,
    *,
    at: int = 0,
    who: str = "",
    after: float | None = None,
    **environment: str,
) -> subprocess.CompletedProcess[str]:
    """Runs a program in a session of its own, killed at its step *at*, or *after* some seconds.

    *who* is the word of the command line that the process to kill alone has; without it, all that
    the program started dies with it. With neither, it runs to its end.
    """
    hook = folder.parent / "hook"
    hook.mkdir(exist_ok=True)
    (hook / "sitecustomize.py").write_text(HOOK)
    process = subprocess.Popen(
        arguments,
        cwd=folder,
        env=variables(
            hook,
            KILL_AT=str(at),
            KILL_WHO=who,
            KILL_STEPS=str(folder.parent / "steps"),
            **environment,
        ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        out, said = process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, said = process.communicate()
    return subprocess.CompletedProcess(arguments, process.returncode, out, said)


def variables(hook: Path, **more: str) -> Mapping[str, str]:
    found = os.pathsep.join([str(hook), *filter(None, map(os.path.abspath, sys.path))])
    calm = {"SOURCE_DATE_EPOCH": "1700000000", "NO_MKDOCS_2_WARNING": "1"}
    # Else the first command of a new clone takes more steps than the next: it writes bytecode.
    same = {"PYTHONDONTWRITEBYTECODE": "1"}
    return {**os.environ, **CALM, **calm, **same, "PYTHONPATH": found, **more}

"""Commands as processes of their own, without the second that Python takes to load them.

A server loads them once and is forked for each command, so that what a command reads, says and
leaves is that of a process. Where loading itself is in question (another machine, another Git, a
command that is killed), start it for real.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from club.cli.main import MODULES

SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["tests.processes", *(f"club.cli.{each}" for each in MODULES)])


def club(
    *arguments: str,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    check: bool = False,
) -> subprocess.CompletedProcess[str]:
    """`club` with these *arguments*; *env* is added to the variables of this process."""
    with TemporaryDirectory() as said:
        out, err = Path(said, "out"), Path(said, "err")
        about = (arguments, str(cwd or Path.cwd()), {**os.environ, **(env or {})}, out, err)
        process = SERVER.Process(target=_run, args=about)
        process.start()
        process.join()
        status = process.exitcode
        process.close()
        return subprocess.CompletedProcess(
            arguments, int(status or 0), out.read_text("utf-8"), err.read_text("utf-8")
        )


def _run(arguments: tuple[str, ...], cwd: str, env: dict[str, str], out: Path, err: Path) -> None:
    """In the process of the command: makes of it what a shell would have, then runs it."""
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    for descriptor, path in ((0, Path(os.devnull)), (1, out), (2, err)):
        flags = os.O_RDONLY if descriptor == 0 else os.O_WRONLY | os.O_CREAT
        os.dup2(os.open(path, flags, 0o600), descriptor)
    sys.argv = ["club", *arguments]
    runpy.run_module("club", run_name="__main__", alter_sys=True)

"""What `make audit` says of the dependencies, from what pip-audit says of them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

AUDIT = Path(__file__).parent.parent / "checks/audit.py"
SOUND = {"name": "sain", "version": "1.0", "vulns": []}
SKIPPED = {"name": "inconnu", "skip_reason": "Dependency not found on PyPI"}
WEAK = {
    "name": "faible",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"], "aliases": [], "description": ""}],
}


def audited(said: str) -> tuple[int, str]:
    command = [sys.executable, str(AUDIT)]
    done = subprocess.run(
        command, input=said, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    ("packages", "status", "said"),
    [
        ([SOUND], 0, "Nothing is known of the 1 packages that were looked up.\n"),
        ([SKIPPED], 2, "Nothing could be looked up: this says nothing of the dependencies.\n"),
        (
            [SOUND, SKIPPED],
            2,
            "Nothing is known of the 1 packages that were looked up.\n"
            "These could not be looked up: inconnu.\n",
        ),
        ([SOUND, WEAK], 1, "faible 1.0: PYSEC-1 (mended in 1.1)\n"),
    ],
)
def test_what_could_not_be_looked_up_is_not_said_to_be_sound(
    packages: list[dict[str, Any]], status: int, said: str
) -> None:
    """“No known vulnerabilities found”, where there was no network."""
    assert audited(json.dumps({"dependencies": packages, "fixes": []})) == (status, said)


@pytest.mark.parametrize("said", ["", "Traceback", "[]", "null"])
def test_an_audit_that_stopped_says_nothing_of_the_dependencies(said: str) -> None:
    status, answer = audited(said)
    assert status == 2
    assert answer.startswith("Nothing could be looked up")

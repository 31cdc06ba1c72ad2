"""The data check that tells which fact of the documents a club no longer says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

FACTS = Path(__file__).parent.parent / "checks/facts.py"
FACT = "- {record: projects/nord, field: schools, says: [97, gazette], because: La Gazette.}\n"


def checked(tmp_path: Path, *values: int, source: str = "gazette") -> tuple[int, str]:
    """What the check says of a site where *source* gives *values*."""
    claims = [{"value": value, "source": {"id": source}} for value in values]
    file = tmp_path / "data/projects/nord.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"fields": {"schools": claims}}), "utf-8")
    facts = tmp_path / "facts.yaml"
    facts.write_text(FACT, "utf-8")
    command = [sys.executable, str(FACTS), str(tmp_path), str(facts)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_a_later_figure_beside_the_old_one_loses_no_fact(tmp_path: Path) -> None:
    assert checked(tmp_path, 97, 98) == (0, "1 facts, 0 missed\n")


def test_a_figure_corrected_is_told_with_its_document(tmp_path: Path) -> None:
    code, text = checked(tmp_path, 98)
    assert code == 1
    assert "projects/nord, schools: 97 is no longer said. La Gazette.\n" in text
    assert "correct facts.yaml too" in text


def test_a_record_that_is_gone_says_nothing(tmp_path: Path) -> None:
    checked(tmp_path, 97)
    (tmp_path / "data/projects/nord.json").rename(tmp_path / "data/projects/sud.json")
    command = [sys.executable, str(FACTS), str(tmp_path), str(tmp_path / "facts.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "97, gazette is no longer said" in done.stdout


@pytest.mark.parametrize("field", ["record", "field", "says", "because"])
@pytest.mark.parametrize(
    "order", ["::error::Faux", "a\n::error::Faux", "a\r::error::Faux", "\x1b[2K"]
)
def test_what_a_proposal_says_of_a_fact_gives_ci_no_order(
    field: str, order: str, tmp_path: Path
) -> None:
    fact = {"record": "projects/nord", "field": "schools", "says": [97], "because": "La Gazette."}
    fact[field] = [order] if field == "says" else order
    facts = tmp_path / "facts.yaml"
    for text in (json.dumps([fact]), f"- {json.dumps(fact)}\n{order}: [", json.dumps({order: 1})):
        facts.write_text(text, "utf-8")
        command = [sys.executable, str(FACTS), str(tmp_path), str(facts)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        assert (done.returncode, done.stderr) == (1, "")
        lines = re.split("[\r\n]", done.stdout)
        assert not any(line.lstrip().startswith("::") for line in lines)
        assert "\x1b" not in done.stdout

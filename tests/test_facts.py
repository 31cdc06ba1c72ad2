"""The check that holds what a site publishes against the table of the facts of its documents."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.clubs import few

FACTS = Path(__file__).parent.parent / "checks/facts.py"
NORD = {
    "state": "rollout",
    "summary": "Il en vise 97 à la rentrée\u00a02014, selon la Gazette.",
    "schools": [
        {"value": 97, "qualifier": "target", "source": {"id": "gazette"}, "scope": "tous"},
        {"value": 98, "source": {"id": "registre"}},
    ],
    "figures": [{"label": "Coût", "values": [{"value": "80 000", "source": {"id": "registre"}}]}],
}
PAGE = """<body><main><h1>Nord</h1><section class="club-section"><p>Fiche de 1999.</p></section>
<section class="club-section club-body"><section><p>Une
<em>première</em>\u202f: 22 pôles.</p></section></section><p>Vingt changements.</p></main></body>"""
WIKI = """<body><h1>Charte</h1><p>Une fois par an.</p><footer class="club-foot">en 1999</footer>"""


def site_at(root: Path) -> Path:
    """A site with a project, its long text, a page of the wiki and two sources."""
    texts = {"data/projects/nord.json": json.dumps({"fields": NORD}), "projects/nord": PAGE}
    texts |= {f"data/sources/{name}.json": "{}" for name in ("gazette", "registre")}
    for path, text in (texts | {"charte": WIKI}).items():
        file = root / (path if path.endswith(".json") else f"{path}/index.html")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return root


def run(site: Path, table: str) -> tuple[int, str]:
    """What the check says of *site* for *table*."""
    facts = site / "facts.yaml"
    facts.write_text(table, "utf-8")
    command = [sys.executable, str(FACTS), str(site), str(facts)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


def fact(field: str, **more: Any) -> dict[str, Any]:
    """A fact of the Gazette about the project of the north."""
    about = {"fact": "La Gazette.", "document": "gazette", "record": "projects/nord"}
    return {**about, "field": field, **more}


RIGHT = [
    fact("schools", says=[97, "target"]),
    fact("schools", says=[{"value": 97, "qualifier": "target", "source": "gazette"}]),
    fact("schools", document="registre", says=[98]),
    fact("schools", never=[99, {"value": 98, "scope": "tous"}]),
    fact("summary", says=["à la rentrée 2014"], never=["fin 2014"]),
    fact("figures", document="registre", says=[{"label": "Coût", "values": "80 000"}]),
    fact("state", says=["rollout"], never=["stopped"]),
    fact("places", never=["Nantes"]),
    fact("body", says=["Une première : 22 pôles", 22], never=["Fiche", "Vingt"]),
    fact("body", record="charte", says=["une fois par an".capitalize()], never=[1999]),
]
WRONG = {
    "no-value": (fact("schools", says=[99]), "99 is no longer said"),
    "half-a-number": (fact("schools", says=[9]), "9 is no longer said"),
    "half-a-figure": (fact("figures", document="registre", says=[80]), "80 is no longer said"),
    "other-document": (fact("schools", says=[98]), "98 is no longer said"),
    "two-parts": (
        fact("schools", document="registre", says=[{"value": 98, "qualifier": "target"}]),
        "value 98, qualifier target is no longer said",
    ),
    "other-field": (fact("figures", says=[97]), "97 is no longer said"),
    "no-field": (fact("school", says=[97]), "97 is no longer said"),
    "no-record": (fact("schools", record="projects/sud", says=[97]), "there is no such record"),
    "no-page": (fact("body", record="sud", says=[97]), "there is no such record"),
    "no-document": (fact("state", document="revue", says=["rollout"]), "revue is no source"),
    "never": (fact("schools", never=[97]), "97 is said, which the document does not say"),
    "never-of-another": (fact("schools", never=[98]), "98 is said, which"),
    "never-in-words": (fact("summary", never=["97 à la rentrée"]), "97 à la rentrée is said"),
    "never-in-the-body": (fact("body", never=["première"]), "première is said"),
    "half-a-word": (fact("body", says=["prem"]), "prem is no longer said"),
}


def test_what_the_site_says_is_no_fact_missed(tmp_path: Path) -> None:
    said = f"{len(RIGHT)} facts, 0 missed\n"
    assert run(site_at(tmp_path), json.dumps(RIGHT)) == (0, said)


def test_each_fault_is_told_with_its_record_and_its_document(tmp_path: Path) -> None:
    every = [table for table, _ in WRONG.values()]
    code, text = run(site_at(tmp_path), json.dumps([*RIGHT, *every]))
    lines = text.splitlines()
    assert code == 1
    for line, (table, said) in zip(lines, WRONG.values(), strict=False):
        assert line.startswith(f"- {table['record']}, {table['field']}: {said}"), line
        assert line.endswith(f"La Gazette. ({table['document']})")
    assert lines[-2:] == [
        f"{len(RIGHT) + len(every)} facts, {len(every)} missed",
        "If the correction is right, correct facts.yaml too.",
    ]


@pytest.mark.parametrize("table", ["x", "[x]", "[[x]]", "[{}]", "- {because: x}", "a: [", "3"])
def test_a_table_that_is_none_is_told(table: str, tmp_path: Path) -> None:
    code, text = run(site_at(tmp_path), table)
    assert code == 1
    assert text.startswith("facts.yaml: ")


def test_a_column_that_nobody_reads_is_told(tmp_path: Path) -> None:
    code, text = run(site_at(tmp_path), json.dumps([fact("state", say=["rollout"])]))
    assert (code, text) == (1, "facts.yaml: no column is called say\n")


@pytest.mark.parametrize("column", few(["says", "record", "field", "never", "fact", "document"], 2))
@pytest.mark.parametrize(
    "order", ["::error::Faux", "a\n::error::Faux", "a\r::error::Faux", "\x1b[2K"]
)
def test_what_a_proposal_says_of_a_fact_gives_ci_no_order(
    column: str, order: str, tmp_path: Path
) -> None:
    told = fact("schools", says=[99])
    told[column] = [order] if column in {"says", "never"} else order
    for table in (json.dumps([told]), f"- {json.dumps(told)}\n{order}: [", json.dumps({order: 1})):
        code, text = run(site_at(tmp_path), table)
        assert code == 1
        lines = re.split("[\r\n]", text)
        assert not any(line.lstrip().startswith("::") for line in lines)
        assert "\x1b" not in text

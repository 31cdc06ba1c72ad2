"""What the guides tell representatives to write does what they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from club.cli import main
from club.read.mappings import OURS, mapping_names, read_mapping
from tests.clubs import folder_at, write

GUIDE = (Path(__file__).parent / "guides" / "importer-des-chiffres.md").read_text("utf-8")
"""A copy of `docs/importer-des-chiffres.md`, which `make guides` holds against it."""
BLOCKS = dict(re.findall(r"`([^`\n]+)`\u00a0:\n\n```\w+\n(.*?)```", GUIDE, re.DOTALL))
MAPPING = "data/series/mappings/frequentation.yaml"
RESULT = "data/series/frequentation.csv"
COMMAND = (
    "club series import frequentation.csv --mapping frequentation --schools etablissements.csv"
)


def test_the_example_of_the_guide_of_imports_gives_what_it_shows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = BLOCKS[RESULT]
    files = {path: text for path, text in BLOCKS.items() if path != RESULT}
    assert set(files) == {
        "frequentation.csv",
        "etablissements.csv",
        "data/indicators.yaml",
        MAPPING,
    }
    others = {
        "mkdocs.yml": "site_name: Essai\n",
        "data/projects.yaml": "projet-nord: {name: Nord, state: rollout}\n",
        "data/sources.yaml": "releve-du-nord: {title: Relevé}\n",
    }
    write(tmp_path, {**others, **files})
    monkeypatch.chdir(tmp_path)
    assert f"`{COMMAND}`" in GUIDE
    assert main(["--root", str(tmp_path), *COMMAND.split()[1:]]) == 0, capsys.readouterr().err
    assert (tmp_path / RESULT).read_text("utf-8") == expected


def test_the_guide_of_imports_names_every_mapping_and_each_that_is_not_verified(
    tmp_path: Path,
) -> None:
    names = mapping_names(folder_at(write(tmp_path, {"mkdocs.yml": "site_name: Essai\n"})))
    rows = re.findall(r"^\| `([a-z-]+)` \|", GUIDE, re.MULTILINE)
    assert {*names} <= {*rows}
    doubts = GUIDE.partition("### Ce qui n’a pas été vérifié")[2].partition("\n## ")[0]
    for name in names:
        mapping = read_mapping(OURS, f"{name}.yaml").mapping
        assert mapping
        is_doubted = "NON VÉRIFIÉ" in (OURS / f"{name}.yaml").read_text("utf-8")
        assert not is_doubted or f"`{name}`" in doubts
        for column in mapping.columns:
            measure = column.split("_")[0]
            assert re.search(rf"^\| `{name}` .*`{measure}(_[a-z_]+|_…)?`", GUIDE, re.MULTILINE)

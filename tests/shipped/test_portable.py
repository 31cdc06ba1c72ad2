"""The frozen club published by Zensical, without MkDocs and without our plugin."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from club.model.record import Audience
from club.read.load import load
from tests.clubs import FROZEN, folder_at
from tests.test_cli import club
from tests.wiki.test_portable import publish


@pytest.mark.long
def test_zensical_publishes_every_record_of_the_exported_folder(tmp_path: Path) -> None:
    run = club("export", "--markdown", tmp_path / "folder", cwd=FROZEN)
    assert run.returncode == 0, run.stderr
    site = publish("zensical", tmp_path / "folder")
    graph = load(folder_at(FROZEN)).restricted(Audience.PUBLIC)
    records = {f"{record.key}/": f"data/{record.key}.json" for record in graph}
    assert records
    assert [url for url, data in records.items() if data not in site.text(f"{url}index.html")] == []
    found = {each["location"] for each in json.loads(site.text("search.json"))["items"]}
    assert records.keys() <= found

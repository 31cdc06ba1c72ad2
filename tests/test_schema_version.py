"""Who reads the exports is told, by the version of their schema, that it changed."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from club.publish.data.exports import export_files
from club.publish.data.published import SCHEMA_VERSION, VERSION
from club.publish.words.language import Words
from club.read.load import load
from tests.clubs import REGISTRY, TOY, folder_at

FINGERPRINTS = Path(__file__).parent / "schema_versions.json"
WORDED = {"title", "description", "enumDescriptions", "markdownEnumDescriptions"}


def bare(node: Any, *, is_names: bool = False) -> Any:
    """A schema without its words: better help is no other schema."""
    if isinstance(node, list):
        return [bare(each) for each in node]
    if not isinstance(node, dict):
        return node
    return {
        key: bare(each, is_names=key in {"properties", "$defs"} and not is_names)
        for key, each in node.items()
        if is_names or key not in WORDED
    }


def fingerprints() -> dict[str, str]:
    """What each kind publishes, told shortly."""
    said = {
        kind.name: json.dumps(bare(kind.model.model_json_schema()), sort_keys=True)
        for kind in REGISTRY.kinds
    }
    return {name: hashlib.sha256(text.encode()).hexdigest()[:16] for name, text in said.items()}


def test_what_is_published_does_not_change_without_its_version(is_blessing: bool) -> None:
    by_version = json.loads(FINGERPRINTS.read_text("utf-8"))
    known, now = by_version.setdefault(SCHEMA_VERSION, {}), fingerprints()
    if is_blessing:  # a kind more changes nothing for those who read the others
        known.update({name: now[name] for name in now if name not in known})
        FINGERPRINTS.write_text(json.dumps(by_version, indent=2) + "\n", "utf-8")
    changed = sorted(name for name in known.keys() | now if known.get(name) != now.get(name))
    assert changed == [], (
        f"version {SCHEMA_VERSION} of the exports is another for {', '.join(changed)}: "
        "unless they are new, raise SCHEMA_VERSION in club/publish/data/published.py; "
        "then pytest --bless"
    )


def test_every_export_says_its_version(tmp_path: Path) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", SCHEMA_VERSION)
    export_files(load(folder_at(TOY)).graph, Words("fr"), tmp_path)
    for kind in REGISTRY.kinds:
        collection = json.loads((tmp_path / f"data/{kind.collection}.json").read_text("utf-8"))
        assert (collection["version"], collection["schema_version"]) == (VERSION, SCHEMA_VERSION)
        schema = json.loads((tmp_path / f"schema/{kind.name}.json").read_text("utf-8"))
        assert schema["version"] == SCHEMA_VERSION


def test_the_data_package_describes_each_csv(tmp_path: Path) -> None:
    export_files(load(folder_at(TOY)).graph, Words("fr"), tmp_path)
    package = json.loads((tmp_path / "data/datapackage.json").read_text("utf-8"))
    assert package["version"] == SCHEMA_VERSION
    assert len(package["resources"]) == len(REGISTRY.kinds)
    for resource in package["resources"]:
        head = (tmp_path / "data" / resource["path"]).read_text("utf-8").splitlines()[0]
        assert [each["name"] for each in resource["schema"]["fields"]] == head.split(",")

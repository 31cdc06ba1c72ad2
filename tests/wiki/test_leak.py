"""Every kind of secret, planted, changed, published and removed in a real history."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.shipped.conftest import build
from tests.shipped.test_leak import NAV, SECRET, PlainDumper, leaks, plant
from tests.wiki.conftest import Work


@pytest.mark.long
def test_no_secret_of_any_kind_is_left_in_a_public_history(tmp_path: Path) -> None:
    plant(tmp_path / "club")
    work = Work(tmp_path / "club")
    work.is_for_readers = True
    work.write({"docs/avant.md": "# Avant\n", ".gitignore": ".cache/\n"})
    work.git("add", "docs/avant.md")
    work.git("commit", "-q", "-m", "Before any secret")
    work.commit({}, f"{SECRET} message 1")
    for number in ("a", "b"):
        changed = {
            path.relative_to(work.club).as_posix(): path.read_text("utf-8").replace(
                f"Texte {SECRET}", f"Texte {number}{SECRET}"
            )
            for path in sorted((work.club / "data").glob("*.yaml"))
        }
        work.commit({**changed, f"docs/meetings/{SECRET}-record-meeting.md": f"{number}\n"}, SECRET)
    done = build(work.club, tmp_path / "kept", strict=False)
    assert done.returncode == 0, done.stderr
    assert leaks(tmp_path / "kept") == []

    gone = {path: str(text) for path, text in without_secrets(work.club)}
    # A table that a record for all names is for all.
    gone |= {
        each.relative_to(work.club).as_posix(): each.read_text("utf-8").replace(SECRET, "public")
        for each in sorted((work.club / "data/tables").glob("*.csv"))
    }
    removed = [
        each
        for each in [*work.club.glob("docs/**/*.*"), *work.club.glob("data/series/*")]
        if SECRET in each.name or SECRET in each.read_text("utf-8")
    ]
    work.commit(
        {**gone, **{each.relative_to(work.club).as_posix(): None for each in removed}}, SECRET
    )
    done = build(work.club, tmp_path / "gone", strict=False)
    assert done.returncode == 0, done.stderr
    assert leaks(tmp_path / "gone") == []
    assert "fiche créée" in (tmp_path / "gone/requests/public-request/index.html").read_text()


def without_secrets(root: Path) -> list[tuple[str, str]]:
    """The files less every record, field and part that holds a secret: all of it made public."""
    found = []
    for path in sorted((root / "data").glob("*.yaml")):
        records = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        kept = {
            id: {
                name: value
                for name, value in record.items()
                if SECRET not in str(value) and name != "audience" and not _has_hidden(value)
            }
            for id, record in records.items()
            if SECRET not in id
            and record.get("audience") != "members"
            and SECRET not in record.get("need", "")
        }
        text = yaml.dump(kept, Dumper=PlainDumper, allow_unicode=True, sort_keys=False)
        found.append((path.relative_to(root).as_posix(), text))
    config = (
        (root / "mkdocs.yml")
        .read_text("utf-8")
        .replace(f"  - {SECRET}-page.md\n", "")
        .replace(NAV, "")
    )
    return [*found, ("mkdocs.yml", config)]


def _has_hidden(value: object) -> bool:
    return "'audience': 'members'" in str(value)

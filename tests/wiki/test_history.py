"""The history of a club, on real repositories: what a reader would be told, commit by commit."""

from __future__ import annotations

import gc
import json
from pathlib import Path

import pytest

from club.edit.layout import join_collection, split_collection
from club.edit.plan import Plan
from club.history import cache
from club.history.changes import Added, Change, FieldChanged, Removed, Renamed, TextChanged
from club.history.history import History, Revision, read_history
from club.history.kept import keep
from tests.clubs import folder_at
from tests.wiki.conftest import Work

REQUESTS = "data/requests.yaml"
ONE = "tout:\n  title: Tout exporter\n  state: draft\n"
TWO = f"{ONE}rien:\n  title: Ne rien perdre\n  state: draft\n"


def history(work: Work) -> History:
    """The history as read afresh, which the one kept from commit to commit must equal."""
    fresh = read_history(folder_at(work.club), is_kept=False)
    assert read_history(folder_at(work.club)) == fresh
    assert read_history(folder_at(work.club)) == fresh
    return fresh


def latest(work: Work) -> Revision:
    return history(work).revisions[0]


def told(revision: Revision) -> list[tuple[str, ...]]:
    return [short(each) for each in revision.changes]


def short(change: Change) -> tuple[str, ...]:
    if isinstance(change, FieldChanged):
        return (change.subject, *change.keys, str(change.old), str(change.new))
    return (change.__class__.__name__, change.subject)


def test_each_commit_tells_its_changes(work: Work) -> None:
    work.commit({REQUESTS: ONE}, "Première demande")
    work.commit({REQUESTS: TWO.replace("draft", "sent", 1)}, "Envoyée")
    found = history(work)
    assert [each.message.strip() for each in found.revisions] == ["Envoyée", "Première demande"]
    assert [told(each) for each in found.revisions] == [
        [("Added", "requests/rien"), ("requests/tout", "state", "draft", "sent")],
        [("Added", "requests/tout")],
    ]
    assert found.revisions[0].date.isoformat() == "2023-11-16T01:00:00+01:00"


def test_split_and_join_are_no_changes(work: Work) -> None:
    work.commit({REQUESTS: f"# Les demandes.\n\n{TWO}"})
    for convert in (split_collection, join_collection, split_collection):
        plan = convert(folder_at(work.club), "requests")
        assert isinstance(plan, Plan)
        plan.apply(work.club)
        work.commit({}, "Conversion")
    assert len(history(work).revisions) == 1
    work.commit({"data/requests/tout.yaml": "title: Tout exporter\nstate: sent\n"})
    assert told(latest(work)) == [("requests/tout", "state", "draft", "sent")]


def test_a_change_made_while_splitting_is_told(work: Work) -> None:
    work.commit({REQUESTS: TWO})
    work.commit(
        {
            REQUESTS: None,
            "data/requests/tout.yaml": "title: Tout exporter\nstate: sent\n",
            "data/requests/rien.yaml": "title: Ne rien perdre\nstate: draft\n",
        }
    )
    assert told(latest(work)) == [("requests/tout", "state", "draft", "sent")]


def test_an_id_that_changes_leaves_its_former_one(work: Work) -> None:
    work.commit({REQUESTS: ONE})
    work.commit({REQUESTS: ONE.replace("tout:", "tout-exporter:") + "  aliases: tout\n"})
    assert latest(work).changes == (
        Renamed("requests/tout-exporter", "requests/tout", hidden=False),
    )


def test_a_file_that_is_renamed_without_an_alias(work: Work) -> None:
    work.commit({"data/requests/tout.yaml": "title: Tout\n"})
    work.commit({"data/requests/tout.yaml": None, "data/requests/tout-2.yaml": "title: Tout\n"})
    assert told(latest(work)) == [("Renamed", "requests/tout-2")]


def test_a_record_deleted_and_recreated(work: Work) -> None:
    work.commit({REQUESTS: TWO})
    work.commit({REQUESTS: ONE})
    work.commit({REQUESTS: TWO})
    assert [told(each) for each in history(work).revisions[:2]] == [
        [("Added", "requests/rien")],
        [("Removed", "requests/rien")],
    ]


def test_a_version_that_cannot_be_read_is_skipped(work: Work) -> None:
    work.commit({REQUESTS: TWO})
    cut = TWO.replace("Tout exporter", '"Tout')
    for broken in ("<<<<<<< HEAD\n" + TWO, 'tout:\n  title: "Tout\n', "- liste\n", cut):
        work.commit({REQUESTS: broken}, "Cassé")
    work.commit({REQUESTS: TWO.replace("draft", "sent", 1)}, "Réparé")
    revisions = history(work).revisions
    assert [each.message.strip() for each in revisions] == ["Réparé", "Une raison"]
    assert told(revisions[0]) == [("requests/tout", "state", "draft", "sent")]


def test_bytes_that_are_not_utf_8_are_skipped_too(work: Work) -> None:
    work.commit({REQUESTS: ONE})
    (work.club / REQUESTS).write_bytes("tout:\n  title: Été\n".encode("latin-1"))
    work.commit({})
    work.commit({REQUESTS: ONE.replace("Tout", "Été")})
    assert told(latest(work)) == [("requests/tout", "title", "Tout exporter", "Été exporter")]


def test_a_first_version_that_cannot_be_read(work: Work) -> None:
    work.commit({REQUESTS: "tout: [\n"})
    work.commit({REQUESTS: ONE})
    assert told(latest(work)) == [("Added", "requests/tout")]


def test_a_merge_is_told_once_by_the_commits_it_brought(work: Work) -> None:
    work.commit({REQUESTS: TWO})
    work.branch("proposition")
    work.commit({REQUESTS: TWO.replace("Ne rien", "Ne plus rien")}, "wip")
    work.switch("main")
    work.commit({REQUESTS: TWO.replace("draft", "sent", 1)})
    merge = work.merge("proposition", "Merge branch 'proposition'\n\nMot plus juste")
    side, *_ = [each for each in history(work).revisions if each.merge]
    assert told(side) == [("requests/rien", "title", "Ne rien perdre", "Ne plus rien perdre")]
    assert side.merge == merge
    assert "Mot plus juste" in side.merge_message
    assert len(history(work).revisions) == 3


def test_what_a_merge_itself_writes_is_told(work: Work) -> None:
    work.commit({REQUESTS: ONE})
    work.branch("proposition")
    work.commit({REQUESTS: ONE.replace("draft", "sent")})
    work.switch("main")
    work.commit({REQUESTS: ONE.replace("draft", "shared")})
    work.git("merge", "-q", "-s", "ours", "--no-commit", "proposition")
    merge = work.commit({REQUESTS: ONE.replace("draft", "discussed")}, "Tranché")
    assert [told(each) for each in history(work).revisions if each.commit_id == merge] == [
        [("requests/tout", "state", "shared", "discussed")]
    ]


def test_a_page_merged_line_by_line_is_not_told_twice(work: Work) -> None:
    lines = [f"Ligne {number}" for number in range(9)]
    work.commit({"docs/charte.md": "\n".join(lines)})
    work.branch("proposition")
    work.commit({"docs/charte.md": "\n".join(["Un", *lines[1:]])})
    work.switch("main")
    work.commit({"docs/charte.md": "\n".join([*lines[:-1], "Neuf"])})
    work.merge("proposition", "Merge")
    assert len(history(work).revisions) == 3


def test_pages_come_change_move_and_go(work: Work) -> None:
    text = "# La charte\n\n" + "Une règle parmi d’autres.\n" * 9
    work.commit({"docs/charte.md": text})
    work.commit({"docs/charte.md": text + "Une de plus.\n"})
    work.commit({"docs/charte.md": None, "docs/regles/charte.md": text + "Une de plus.\n"})
    work.commit({"docs/regles/charte.md": None})
    assert [each.changes for each in history(work).revisions] == [
        (Removed("docs/regles/charte.md", "La charte", hidden=False),),
        (Renamed("docs/regles/charte.md", "docs/charte.md", hidden=False),),
        (TextChanged("docs/charte.md", hidden=False),),
        (Added("docs/charte.md", "La charte", hidden=False),),
    ]


@pytest.mark.parametrize(
    ("front", "hidden"),
    [
        ("---\n# Ni titre\nowner: a\n---\n", False),
        ("---\naudience: members\n...\n", True),
        ("---\r\naudience: members\r\n---\r\n", True),
        ("----\n\nUne audience.\n\n---\n\n", False),
        ("---\naudience: members\n", True),
    ],
    ids=["a-comment", "closed-by-dots", "windows", "a-rule", "never-closed"],
)
def test_a_page_is_called_and_hidden_as_mkdocs_reads_its_front_matter(
    work: Work, front: str, hidden: bool
) -> None:
    work.commit({"docs/charte.md": f"{front}# La charte\n\nUne règle.\n"})
    assert latest(work).changes == (Added("docs/charte.md", "La charte", hidden=hidden),)


def test_the_long_text_of_a_record_is_part_of_it(work: Work) -> None:
    work.commit({"data/requests/tout.yaml": "title: Tout\n"})
    work.commit({"docs/requests/tout.md": "Long.\n"})
    assert latest(work).changes == (TextChanged("requests/tout", hidden=False),)


def test_the_long_text_of_a_record_for_members_is_hidden(work: Work) -> None:
    work.commit({"data/requests/tout.yaml": "title: Tout\naudience: members\n"})
    work.commit({"docs/requests/tout.md": "Secret.\n"})
    assert latest(work).changes == (TextChanged("requests/tout", hidden=True),)
    work.commit({"data/requests/tout.yaml": "title: Tout\n", "docs/requests/tout.md": "Su.\n"})
    assert TextChanged("requests/tout", hidden=True) in latest(work).changes


def test_other_files_are_left_alone(work: Work) -> None:
    work.commit({REQUESTS: ONE, "README.md": "x", "docs/image.txt": "x", "data/series/a.csv": "1"})
    assert len(latest(work).changes) == 1
    work.commit({"data/exceptions.yaml": "- a\n", "docs/image.txt": "y"})
    work.commit({"data/axes/.essai.yaml": "label: Essai\n", "data/axes/.a.yml": "label: A\n"})
    work.commit({"docs/axes.yaml": "a:\n  label: A\n"})
    assert len(history(work).revisions) == 1


def test_fields_on_several_lines_are_compared_whole(work: Work) -> None:
    old = 'a:\n  title: "un\n\n    deux"\n  axes: [x,\n    y]\nb:\n  title: t\n'
    work.commit({REQUESTS: old})
    work.commit({REQUESTS: old.replace("deux", "trois").replace("y]", "\nz]")})
    assert told(latest(work)) == [
        ("requests/a", "title", "un deux", "un trois"),
        ("requests/a", "axes", "['x', 'y']", "['x', 'z']"),
    ]


def kept(root: Path) -> Path:
    return root / cache.FOLDER / cache.NAME


def test_only_new_commits_are_read(work: Work) -> None:
    first = work.commit({REQUESTS: ONE})
    read_history(folder_at(work.club))
    found = json.loads(kept(work.club).read_bytes().partition(b"\n")[2])
    found["entries"][first]["message"] = "Lu une seule fois"
    keep(kept(work.club), json.dumps(found).encode())
    work.commit({REQUESTS: TWO})
    assert read_history(folder_at(work.club)).revisions[-1].message == "Lu une seule fois"


def test_a_rewritten_history_is_read_again(work: Work) -> None:
    work.commit({REQUESTS: ONE})
    work.commit({REQUESTS: TWO})
    read_history(folder_at(work.club))
    work.git("reset", "-q", "--hard", "HEAD^")
    work.commit({REQUESTS: ONE.replace("draft", "sent")}, "Autrement")
    assert len(history(work).revisions) == 2
    work.git("reflog", "expire", "--expire=now", "--all")
    work.git("gc", "-q", "--prune=now")
    work.git("commit", "-q", "--amend", "-m", "Encore autrement")
    work.git("reflog", "expire", "--expire=now", "--all")
    work.git("gc", "-q", "--prune=now")
    assert latest(work).message.strip() == "Encore autrement"


@pytest.mark.parametrize("is_enabled", [True, False])
def test_reading_the_history_leaves_the_collector_of_cycles_as_it_was(
    is_enabled: bool, work: Work
) -> None:
    work.commit({REQUESTS: ONE})
    was_enabled = gc.isenabled()
    (gc.enable if is_enabled else gc.disable)()
    try:
        assert read_history(folder_at(work.club), is_kept=False).revisions
        assert gc.isenabled() is is_enabled
    finally:
        (gc.enable if was_enabled else gc.disable)()


def test_a_damaged_cache_is_read_again(work: Work) -> None:
    work.commit({REQUESTS: ONE})
    whole = read_history(folder_at(work.club))
    for text in ("", "[]", "{}", '{"made_by": "x", "head": "y", "entries": {}}'):
        kept(work.club).write_text(text)
        assert read_history(folder_at(work.club)) == whole


def test_a_folder_that_cannot_be_written_still_has_a_history(work: Work) -> None:
    work.commit({REQUESTS: ONE})
    (work.club / ".cache").write_text("not a folder")
    assert len(read_history(folder_at(work.club)).revisions) == 1


def test_branches_side_by_side_are_read_the_same_from_the_cache(work: Work) -> None:
    work.commit({REQUESTS: ONE})
    for name in ("a", "b", "c"):
        work.branch(name, "main")
        work.commit({f"docs/{name}.md": f"# {name}\n"})
        history(work)
        work.switch("main")
        work.commit({f"docs/main-{name}.md": "# m\n"})
        work.merge(name, f"Merge {name}")
        history(work)
    assert len(history(work).revisions) == 7

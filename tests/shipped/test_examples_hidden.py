"""A site that hides its examples: nothing made up is left in it, whoever reads."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from tests.clubs import FROZEN, REGISTRY, toy_in
from tests.shipped.conftest import build
from tests.shipped.test_leak import (
    NAV,
    SECRET,
    PlainDumper,
    Planter,
    attach,
    consistent,
    contents,
    leaks,
)
from tests.ways import WAYS
from tests.wiki.conftest import Work

FOR_MEMBERS = "reserveauxmembres"
TRUE = "une-vraie-demande"


def plant(root: Path) -> set[str]:
    """A club where a record of every kind is made up, and the true ones speak of it anyhow."""
    planter, plain = Planter(), Planter()
    plain.secret = lambda: "public"  # type: ignore[method-assign]
    (root / "data").mkdir(parents=True)
    (root / "docs/meetings").mkdir(parents=True)
    for kind in REGISTRY.kinds:
        true = plain.fields(kind.model, required_only=True)
        made_up = {
            **planter.fields(kind.model),
            "example": "yes",
            "aliases": [f"{SECRET}-{kind.name}"],
        }
        records: dict[str, Any] = {
            f"public-{kind.name}": true,
            f"{SECRET}-record-{kind.name}": made_up,
        }
        text = yaml.dump(
            consistent(records), Dumper=PlainDumper, allow_unicode=True, sort_keys=False
        )
        (root / f"data/{kind.collection}.yaml").write_text(text, "utf-8")
    aims = [f"{up}projects/{SECRET}-record-project.md" for up in ("", "../")]
    here, below = (
        "\n\n".join(way.format(to=aim, n=n) for n, way in enumerate(WAYS)) for aim in aims
    )
    link = f"Voir [[{SECRET}-record-project]] et [[{SECRET}-record-axis#a|un axe]].\n"
    with (root / "data/requests.yaml").open("a", encoding="utf-8") as file:
        file.write(
            f"{TRUE}:\n  title: Une vraie demande\n  state: draft\n"
            f"  origin: {SECRET}-record-project\n  axes: [{SECRET}-record-axis]\n"
            f"  positions:\n    - {{project: {SECRET}-record-project, stance: opposed}}\n"
            f"  need: |\n    {link}"
            "demande-reservee:\n  audience: members\n  state: draft\n"
            f"  title: {FOR_MEMBERS}\n  need: Rien.\n"
        )
    (root / f"docs/meetings/{SECRET}-record-meeting.md").write_text(f"## Titre {SECRET}\n", "utf-8")
    (root / "docs/meetings/public-meeting.md").write_text(f"## Titre\n\n{link}{below}", "utf-8")
    queries = (
        f"```club\n{shape}: {kind.collection}\n```\n"
        for shape, kind in itertools.product(("list", "table", "count"), REGISTRY.kinds)
    )
    told = f"[Une page]({SECRET}-page.md) et [[{SECRET}-page]].\n"
    (root / "docs/index.md").write_text(
        f"# Accueil\n\n{link}{told}{here}\n\n" + "\n".join(queries), "utf-8"
    )
    (root / f"docs/{SECRET}-page.md").write_text(
        f"---\nexample: yes\n---\n\n# La page {SECRET}\n", "utf-8"
    )
    files = attach(root).replace("files/", "../files/")
    with (root / "data/practices.yaml").open("a", encoding="utf-8") as file:
        steps = "\n".join(f"      {line}" for line in files.splitlines())
        file.write(
            f"{SECRET}-linking:\n  example: oui\n  title: Une pratique\n"
            f"  project: public-project\n  maturity: proven\n  steps: |\n{steps}\n"
        )
    config = (FROZEN / "mkdocs.yml").read_text("utf-8").partition("\nnav:")[0]
    (root / "mkdocs.yml").write_text(
        f"{config}\nnav:\n  - index.md\n  - {SECRET}-page.md\n{NAV}", "utf-8"
    )
    return planter.secrets


ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Work:
    """That club in a history that speaks of its examples at every commit."""
    root = tmp_path_factory.mktemp("examples") / "club"
    plant(root)
    work = Work(root)
    work.is_for_readers = True
    work.write({"docs/avant.md": "# Avant\n", ".gitignore": ".cache/\n"})
    work.git("add", "docs/avant.md")
    work.git("commit", "-q", "-m", "Avant")
    work.commit({}, f"{SECRET} message 1")
    changed = {
        path.relative_to(root).as_posix(): path.read_text("utf-8").replace("Texte", "Un texte")
        for path in (root / "data").glob("*.yaml")
    }
    work.commit({**changed, f"docs/meetings/{SECRET}-record-meeting.md": "Autre.\n"}, SECRET)
    return work


@pytest.mark.parametrize("audience", ["public", "members"])
def test_no_trace_of_an_example_is_left(work: Work, audience: str, tmp_path: Path) -> None:
    site = tmp_path / "site"
    done = build(work.club, site, strict=False, CLUB_AUDIENCE=audience, CLUB_EXAMPLES="hidden")
    assert done.returncode == 0, done.stderr
    assert leaks(site) == []
    assert not [*site.glob("files/*")]
    everything = b"".join(data for _, data in contents(site))
    assert (FOR_MEMBERS.encode() in everything) is (audience == "members")
    page = (site / f"requests/{TRUE}/index.html").read_text("utf-8")
    assert "un axe" in page
    assert "fiche créée" in page


def test_every_entry_of_a_feed_labels_its_example(work: Work, tmp_path: Path) -> None:
    site = tmp_path / "site"
    done = build(work.club, site, strict=False, CLUB_AUDIENCE="members")
    assert done.returncode == 0, done.stderr
    seen = {True: 0, False: 0}
    for file in (site / "feeds").glob("*.atom"):
        for entry in ElementTree.parse(file).getroot().iter(f"{ATOM}entry"):
            is_example = SECRET in entry.find(f"{ATOM}link").get("href", "")  # type: ignore[union-attr]
            terms = [each.get("term") for each in entry.iter(f"{ATOM}category")]
            assert ("example" in terms) is is_example
            assert entry.findtext(f"{ATOM}title", "").startswith("[Exemple] ") is is_example
            seen[is_example] += 1
    assert all(seen.values())


def test_an_export_for_another_generator_has_no_trace_either(work: Work, tmp_path: Path) -> None:
    text = (work.club / "mkdocs.yml").read_text("utf-8")
    hidden = text.replace("[CLUB_EXAMPLES, shown]", "[CLUB_NOTHING, hidden]")
    assert hidden != text
    work.commit({"mkdocs.yml": hidden}, "Les exemples sont retirés")
    command = [sys.executable, "-m", "club", "--root", str(work.club), "export"]
    command += ["--markdown", str(tmp_path / "export"), "--audience", "members"]
    subprocess.run(command, check=True, capture_output=True)
    assert leaks(tmp_path / "export") == []
    assert (tmp_path / f"export/docs/requests/{TRUE}/index.md").exists()


def test_examples_that_are_gone_leave_no_trace_in_the_history(work: Work, tmp_path: Path) -> None:
    gone: dict[str, str | None] = {}
    for path in sorted((work.club / "data").glob("*.yaml")):
        records = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        kept = {id: each for id, each in records.items() if SECRET not in f"{id}{each}"}
        gone[path.relative_to(work.club).as_posix()] = yaml.dump(
            kept, Dumper=PlainDumper, allow_unicode=True
        )
    for path in [*work.club.glob("docs/**/*.*"), *work.club.glob("data/series/*")]:
        if SECRET in f"{path.name}{path.read_text('utf-8')}":
            gone[path.relative_to(work.club).as_posix()] = None
    settings = (work.club / "mkdocs.yml").read_text("utf-8")
    gone["mkdocs.yml"] = settings.replace(f"  - {SECRET}-page.md\n{NAV}", "")
    work.commit(gone, SECRET)
    site = tmp_path / "site"
    done = build(work.club, site, strict=False, CLUB_AUDIENCE="members", CLUB_EXAMPLES="hidden")
    assert done.returncode == 0, done.stderr
    assert leaks(site) == []
    assert "fiche créée" in (site / "requests/public-request/index.html").read_text("utf-8")


def test_what_an_example_was_before_it_became_true_is_not_told(tmp_path: Path) -> None:
    """A record's own file that was an example told its past on a site that hides examples."""
    work = Work(toy_in(tmp_path / "club"))
    work.is_for_readers = True
    work.commit({".gitignore": ".cache/\n"}, "Au début")
    path, example = (
        "data/requests/vraie.yaml",
        "example: true\ntitle: Vraie\nneed: Un besoin\ncreated: 2024-01-02\n",
    )
    work.commit({path: example}, f"{SECRET} ajout")
    work.commit({path: f"{example}state: draft\n"}, f"{SECRET} suite")
    true = f"{example}state: draft\n".removeprefix("example: true\n")
    work.commit({path: true}, "Elle est vraie")
    work.commit({path: true.replace("draft", "submitted")}, "Elle a fait ses preuves")
    done = build(work.club, tmp_path / "site", strict=False, CLUB_EXAMPLES="hidden")
    assert done.returncode == 0, done.stderr
    assert leaks(tmp_path / "site") == []
    page = (tmp_path / "site/requests/vraie/index.html").read_text("utf-8")
    assert "Elle a fait ses preuves" in page

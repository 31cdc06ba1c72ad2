"""The forges' files, run: what a hostile proposal tries in the jobs that read it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from club.cli import main
from tests.clubs import write
from tests.wiki.forge_jobs import (
    COMMAND_OF_A_LOG,
    FORGE,
    Ran,
    Workflow,
    gitlab_job,
    gitlab_pipeline,
    gitlab_runner,
)
from tests.wiki.repos import git, with_remote
from tests.wiki.test_preview import MARK, PAGE, RECORD

OF_MEMBERS, OF_FORGE, OF_MACHINE = "Zibeline-members", "Zibeline-forge", "Zibeline-machine"
pytestmark = pytest.mark.long
FORGES = pytest.mark.parametrize("forge", ["github", "forgejo", "gitlab"])
RUNS = "{{ cycler.__init__.__globals__.os.system('touch %s') }}"
MEETING = f"""\
reunion-close:
  date: 2024-02-02
  title: {OF_MEMBERS}
  type: plenary
  status: planned
  audience: members
"""


@pytest.fixture
def club(tmp_path: Path) -> Path:
    """A club as `club init` makes it, with a meeting of members, and its forge."""
    root = tmp_path / "club"
    assert main(["init", str(root), "--language", "fr", "--name", "Essai"]) == 0
    meetings = root / "data/meetings.yaml"
    meetings.write_text(f"{meetings.read_text('utf-8')}\n{MEETING}", "utf-8")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "Le club")
    with_remote(root)
    return root


def fork(club: Path) -> Path:
    place = club.parent / "fork"
    git(club, "clone", "-q", f"file://{club.parent / 'club-origin.git'}", str(place))
    return place


def propose(place: Path, *, links: dict[str, Path] | None = None, **files: str) -> None:
    for path, target in (links or {}).items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).symlink_to(target)
    write(place, files)
    for path in files:
        (place / path).chmod(0o755)
    git(place, "add", "--all", "--force")
    git(place, "commit", "-q", "-m", f"Une proposition\n\n::add-path::{place}")


class Forge:
    """One of the three, with its starter file and a proposal that comes from a fork."""

    def __init__(self, name: str, club: Path) -> None:
        self.name, self.club = name, club
        self.origin = club.parent / "club-origin.git"
        self.number = 0

    def proposal(self, place: Path) -> Ran:
        """All the jobs of a proposal, in turn, each in a folder of its own."""
        self.number += 1
        if self.name == "gitlab":
            return self._gitlab(place, "check", "diff", "preview")
        git(place, "push", "-q", "--force", str(self.origin), "HEAD:refs/pull/1/merge")
        return self._workflow("pull_request", "refs/pull/1/merge").run("proposal")

    def published(self) -> Ran:
        """The job that publishes the main branch."""
        self.number += 1
        if self.name == "gitlab":
            return self._gitlab(self.club, "pages")
        job = "build" if self.name == "github" else "publish"
        return self._workflow("push", "refs/heads/main").run(job)

    def _workflow(self, event: str, ref: str) -> Workflow:
        known = {
            "github.event_name": event,
            "github.ref": ref,
            "github.base_ref": "main",
            "github.event.pull_request.base.sha": git(self.origin, "rev-parse", "main"),
            "github.server_url": FORGE,
            "github.repository": "club-origin",
            "github.token": OF_FORGE,
        }
        file = self.club / f".{self.name}/workflows/club.yml"
        return Workflow(file, self._place("work"), self.origin, known, ref)

    def _gitlab(self, place: Path, *jobs: str) -> Ran:
        whole = Ran()
        for job in jobs:
            work = self._place(job)
            work.parent.mkdir(parents=True)
            git(self.club, "clone", "-q", f"file://{place}", str(work))
            said = {**self.variables, "CI_COMMIT_SHA": git(work, "rev-parse", "HEAD")}
            ran = gitlab_job(self.club / ".gitlab-ci.yml", job, work, said)
            whole.failed += ran.failed
            whole.log += ran.log
            whole.kept |= ran.kept
        return whole

    @property
    def variables(self) -> dict[str, str]:
        return {
            "CI_JOB_TOKEN": OF_FORGE,
            "CI_MERGE_REQUEST_PROJECT_URL": f"file://{self.origin}",
            "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "2",
            "CI_MERGE_REQUEST_PROJECT_ID": "1",
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": git(self.origin, "rev-parse", "main"),
        }

    def _place(self, name: str) -> Path:
        return self.club.parent / f"{self.number}-{name}" / "work"


def leaks(ran: Ran) -> list[str]:
    """Where a secret is told, and lines of the log that a runner would obey."""
    secrets = re.compile(f"{OF_MEMBERS}|{OF_FORGE}|{OF_MACHINE}")
    found = [f"log: {line}" for line in ran.log.splitlines() if secrets.search(line)]
    found += [line for line in ran.log.splitlines() if COMMAND_OF_A_LOG.match(line)]
    return found + [
        path for path, raw in ran.kept.items() if secrets.search(f"{path} {raw.decode('latin-1')}")
    ]


@FORGES
def test_a_sound_proposal_is_checked_told_and_built(forge: str, club: Path) -> None:
    place = fork(club)
    propose(place, **{"docs/neuf.md": "# Une page neuve\n"})
    found = Forge(forge, club).proposal(place)
    assert found.failed == [], found.log
    assert leaks(found) == []
    told = [raw.decode() for path, raw in found.kept.items() if path.endswith(".md")]
    assert any("Une page neuve" in each for each in told)
    assert any(path.endswith("/neuf/index.html") for path in found.kept)


@FORGES
def test_an_unsound_proposal_fails(forge: str, club: Path) -> None:
    place = fork(club)
    propose(place, **{"data/meetings.yaml": "x:\n  titre: Une faute\n"})
    found = Forge(forge, club).proposal(place)
    assert {each.lower() for each in found.failed} >= {"check"}, found.log
    assert "data/meetings.yaml" in found.log


@FORGES
def test_the_main_branch_is_published_without_what_is_for_members(forge: str, club: Path) -> None:
    found = Forge(forge, club).published()
    assert found.failed == [], found.log
    assert leaks(found) == []
    if forge == "forgejo":
        origin = club.parent / "club-origin.git"
        assert "index.html" in git(origin, "ls-tree", "--name-only", "pages").split()
        assert git(origin, "log", "--format=%s", "pages") == "The site"
        # Of the whole repository, the main branch alone holds it.
        git(origin, "update-ref", "-d", "refs/heads/main")
        objects = git(origin, "rev-list", "--objects", "--all")
        assert all(
            OF_MEMBERS not in git(origin, "cat-file", "-p", line.split()[0])
            for line in objects.splitlines()
        )
    else:
        assert any(path.endswith("/index.html") for path in found.kept)


def hostile(club: Path, ran: Path) -> dict[str, str]:
    """Files that would run something, if anything of a proposal but its data and pages were heeded.

    What runs leaves the file *ran*.
    """
    python = f"open({str(ran)!r}, 'w').close()\n"
    shell = f"#!/bin/sh\ntouch {ran}\n"
    settings = (club / "mkdocs.yml").read_text("utf-8")
    modules = ("sitecustomize", "usercustomize", "club/__init__", "mkdocs_club/__init__", "crochet")
    pages = ("base", "page", "home", "collection", "meeting/page", "meeting/home")
    return {
        "mkdocs.yml": settings.replace("plugins:", "hooks: [crochet.py]\nplugins:\n  - crochet"),
        **{f"{module}.py": python for module in modules},
        **{f"templates/{page}.html.jinja": RUNS % ran for page in pages},
        **{f"{place}{page}.html": RUNS % ran for place in ("overrides/", "") for page in pages},
        "Makefile": f"install site check %:\n\ttouch {ran}\n",
        "GNUmakefile": f"install site check %:\n\ttouch {ran}\n",
        "requirements.txt": f"{ran.parent}/fork\n",
        "setup.py": python,
        "pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "crochet"\n',
        **{
            f"{place}.venv/bin/{name}": shell
            for name in ("club", "python", "mkdocs")
            for place in ("", "trusted/", "../trusted/"[3:])
        },
        ".gitattributes": "* filter=mal merge=mal diff=mal\n*.yaml export-subst\n",
        ".gitmodules": f'[submodule "x"]\n\tpath = x\n\turl = ext::sh -c touch% {ran}\n',
        ".githooks/post-checkout": shell,
        ".env": f"BASH_ENV={ran}\n",
        "docs/hostile.md": PAGE,
        "docs/macro.md": f"# M\n\n{RUNS % ran}\n",
        "docs/journal.md": f"# J\n::add-path::{ran}\n\n[\n::set-env name=BASH_ENV::{ran}](x.md)\n",
        "data/requests/hostile.yaml": RECORD,
        "data/meetings/cri.yaml": f"date: 2024-01-01\ntitle: |\n  T\n  ::add-path::{ran}\n",
        f"data/%0A::add-path::{MARK}.yaml": "a: b\n",
        "docs/a\n::add-path::x.md": "# A\n",
        "data/axes/boum.yaml": f"label: !!python/object/apply:os.system ['touch {ran}']\n",
    }


@FORGES
def test_a_hostile_proposal_runs_nothing_and_learns_nothing(forge: str, club: Path) -> None:
    place, ran, machine = fork(club), club.parent / "ran", club.parent / "machine.md"
    machine.write_text(f"# {OF_MACHINE}\n")
    links = {
        "docs/lien.md": machine,
        "docs/images": machine.parent,
        "data/lien.yaml": machine,
        "data/families": machine.parent,
    }
    propose(place, links=links, **hostile(club, ran))
    found = Forge(forge, club).proposal(place)
    assert found.failed, "it has errors, which are told"
    assert not ran.exists(), found.log
    assert leaks(found) == []


@FORGES
def test_templates_of_a_proposal_fill_nothing(forge: str, club: Path) -> None:
    """The report of what a proposal changes ran the templates that came with it."""
    place, ran = fork(club), club.parent / "ran"
    pages = ("page", "home", "meeting/page", "meeting/home")
    files = {f"templates/{page}.html.jinja": RUNS % ran for page in pages}
    propose(place, **files, **{"docs/neuf.md": "# N\n"})
    found = Forge(forge, club).proposal(place)
    assert not ran.exists(), found.log
    assert found.failed == [], found.log


@FORGES
def test_settings_of_a_proposal_read_no_variable(forge: str, club: Path) -> None:
    """A check quoted the value of a setting, which `!ENV` takes from the job."""
    place = fork(club)
    names = ("CI_JOB_TOKEN", "GITHUB_TOKEN", "TOKEN")
    asked = "".join(f"    {name.lower()}: !ENV {name}\n" for name in names)
    text = (place / "mkdocs.yml").read_text("utf-8")
    text = text.replace("audience: !ENV [CLUB_AUDIENCE, public]", "audience: !ENV CI_JOB_TOKEN")
    text = text.replace('forge: !ENV [CLUB_FORGE, ""]', "forge: !ENV CI_JOB_TOKEN")
    propose(place, **{"mkdocs.yml": f"{text}\n# {asked!r}\n"})
    found = Forge(forge, club).proposal(place)
    assert leaks(found) == []
    assert found.failed == [], found.log


def unmarked(path: str) -> str:
    """*path* without the mark of what a style sheet holds: that of what its pages use."""
    return re.sub(r"\.[0-9a-f]{8}\.css$", ".css", path)


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = gitlab_runner(tmp_path_factory.mktemp("runner"))
    if found is None:
        pytest.skip("it needs npm and rsync")
    return found


@pytest.mark.parametrize("kind", ["sound", "unsound", "hostile"])
def test_a_proposal_is_read_by_a_runner_of_gitlab_as_by_ours(
    kind: str, club: Path, runner: Path
) -> None:
    place, ran, forge = fork(club), club.parent / "ran", Forge("gitlab", club)
    files = {
        "sound": {"docs/neuf.md": "# Une page neuve\n"},
        "unsound": {"data/meetings.yaml": "x:\n  titre: Une faute\n"},
        "hostile": hostile(club, ran),
    }
    propose(place, **files[kind])
    jobs = ("check", "diff", "preview")
    variables = {
        **forge.variables,
        "CI_PIPELINE_SOURCE": "merge_request_event",
        "CI_COMMIT_SHA": git(place, "rev-parse", "HEAD"),
    }
    file = club / ".gitlab-ci.yml"
    found = gitlab_pipeline(runner, file, jobs, place, variables)
    ours = forge.proposal(place)
    assert sorted(found.failed) == sorted(ours.failed), f"{found.log}\n\n{ours.log}"
    assert {*map(unmarked, found.kept)} == {*map(unmarked, ours.kept)}
    assert not ran.exists(), found.log
    assert leaks(found) == []


@FORGES
def test_links_in_place_of_what_a_job_writes_lead_nowhere(forge: str, club: Path) -> None:
    """A report was written through a link: over any file that the runner may write."""
    place = fork(club)
    elsewhere = write(club.parent / "elsewhere", {"kept": "as it was", "club": "as it was"})
    links = {"code-quality.json": elsewhere / "kept", "consequences.md": elsewhere / "kept"}
    links |= {"preview": elsewhere, "site": elsewhere}
    propose(place, links=links, **{"docs/neuf.md": "# N\n"})
    found = Forge(forge, club).proposal(place)
    assert sorted(each.name for each in elsewhere.iterdir()) == ["club", "data", "kept"]
    assert (elsewhere / "kept").read_text() == "as it was"
    assert found.failed == [], found.log


@FORGES
def test_a_runner_that_keeps_its_folders_serves_again(forge: str, club: Path) -> None:
    """“fatal: '../trusted' already exists”: only the first proposal was ever checked."""
    if forge != "gitlab":
        pytest.skip("its runners clean the whole folder that a job works in")
    place = fork(club)
    propose(place, **{"docs/neuf.md": "# N\n"})
    work = club.parent / "runner/work"
    git(club, "clone", "-q", f"file://{place}", str(work))
    variables = {**Forge(forge, club).variables, "CI_COMMIT_SHA": git(work, "rev-parse", "HEAD")}
    for job in ("check", "preview", "diff", "preview"):
        found = gitlab_job(club / ".gitlab-ci.yml", job, work, variables)
        assert found.failed == [], found.log

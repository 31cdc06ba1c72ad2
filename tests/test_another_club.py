"""Another club, far from this repository: the wheel, a package of its own, four kinds less."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from textwrap import dedent

import pytest

from club.history.cache import FOLDER
from tests.clubs import write
from tests.found import found_in
from tests.wiki.repos import CALM, git

ROOT = Path(__file__).parent.parent
WITHOUT = ("offer", "comparison", "domain", "impact-analysis", "family")
LEFT_OUT = ("offers", "comparisons", "domains", "families")

PACKAGE = {
    "pyproject.toml": """\
        [build-system]
        requires = ["hatchling"]
        build-backend = "hatchling.build"

        [project]
        name = "club-visits"
        version = "1"

        [project.entry-points."club.kinds"]
        visit = "club_visits.visit.kind:KIND"

        [project.entry-points."club.rules"]
        visits = "club_visits.rules:check_lonely_visit"
        """,
    "club_visits/__init__.py": "",
    "club_visits/visit/__init__.py": "",
    "club_visits/visit/model.py": """\
        from club.model.fields import Line, Many, Reference, about
        from club.model.record import Part, Record
        from club.records.organisation.model import Organisation

        class Step(Part):
            \"\"\"A step of a visit.\"\"\"
            title: Line = about("title", "What is done.")
            length: int | None = about("length", "In minutes.", default=None)

        class Visit(Record, kind="visit"):
            \"\"\"A visit to a member.\"\"\"
            title: Line = about("title", "The name of the visit.")
            to: Many[Reference[Organisation]] = about("received by", "Whom it is to.", default=())
            steps: Many[Step] = about("steps", "What it is made of.", default=())
        """,
    "club_visits/visit/kind.py": """\
        from club.model.kind import Column, Kind
        from club.model.viewing import fact, facts, page
        from club_visits.visit.model import Visit

        KIND = Kind(
            model=Visit,
            singular="visit",
            plural="visits",
            intro="Where members go and see.",
            view=lambda visit, graph: page(graph, visit, facts=facts(fact(graph, visit, "to"))),
            columns=(Column.of(Visit, "title", is_title=True), Column.of(Visit, "to")),
        )
        """,
    "club_visits/visit/page.html.jinja": """\
        {% extends "page.html.jinja" %}
        {% block main %}<p class="visit">{{ _("Come and see") }}</p>{{ super() }}{% endblock %}
        """,
    "club_visits/rules.py": """\
        from club.model.kind import check
        from club.model.problem import Level, Rule
        from club_visits.visit.model import Visit

        LONELY = Rule(
            name="lonely-visit",
            wants="A visit is to somebody.",
            example="to: an-organisation",
            level=Level.WARNING,
        )

        @check(LONELY)
        def check_lonely_visit(graph):
            for visit in graph.all(Visit):
                if not visit.to:
                    yield LONELY.problem(graph.place(visit), "this visit is to nobody")
        """,
    "club_visits/locale/fr/LC_MESSAGES/club.po": """\
        msgid ""
        msgstr "Content-Type: text/plain; charset=UTF-8\\n"

        msgid "visit"
        msgstr "visite"

        msgid "visits"
        msgstr "visites"

        msgid "received by"
        msgstr "reçue par"

        msgid "Come and see"
        msgstr "Venez voir"

        msgid "this visit is to nobody"
        msgstr "cette visite n’est chez personne"
        """,
}

VISIT = """\
visite-un:
  title: Une visite
  to: organisation-exemple
  steps:
    - {title: Intro, length: 5}
    - {title: B, length: 5}
"""


class Elsewhere:
    """An environment of its own with the wheel of this project, and a club in it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.root = folder, folder / "club"
        self.bin = folder / "venv" / "bin"
        venv.create(folder / "venv", with_pip=False)
        self.site = Path(
            self.run("python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
        )
        # The dependencies are those at hand; a path added so comes after what is installed, and
        # the links of the tree under test, which stand beside them, are not followed.
        (self.site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), "utf-8")

    def run(self, program: str, *arguments: str, status: int = 0) -> str:
        """What a command of that environment says, on either stream."""
        variables = {**os.environ, **CALM, "NO_MKDOCS_2_WARNING": "1"}
        variables.pop("PYTHONPATH", None)
        done = subprocess.run(
            [self.bin / program, *arguments],
            cwd=self.root if self.root.is_dir() else self.folder,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        )
        said = f"{done.stdout}{done.stderr}"
        assert done.returncode == status, said
        return said.strip()

    def club(self, *arguments: str, status: int = 0) -> str:
        return self.run("club", *arguments, status=status)

    def git(self, *arguments: str) -> None:
        git(self.root, *arguments)

    def install(self, project: Path) -> None:
        """Builds the wheel of *project* with the tools at hand, and installs it here."""
        wheels = self.folder / f"wheels-{project.name}"
        pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check"]
        alone = ["--no-deps", "--no-index"]
        built = ["wheel", *alone, "--no-build-isolation", "-w", str(wheels), str(project)]
        subprocess.run([*pip, *built], check=True, capture_output=True, cwd=self.folder)
        (wheel,) = wheels.glob("*.whl")
        install = ["--python", str(self.bin / "python"), "install", *alone, str(wheel)]
        subprocess.run([*pip, *install], check=True, capture_output=True, cwd=self.folder)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Elsewhere:
    """The club of another house, with a kind, a rule, a template and words from its own package."""
    found = Elsewhere(tmp_path_factory.mktemp("elsewhere"))
    found.install(ROOT)
    package = found.folder / "package"
    write(package, {path: dedent(text) for path, text in PACKAGE.items()})
    found.install(package)
    found.club("init", str(found.root), "--name", "Club des visites")
    settings = found.root / "mkdocs.yml"
    text = settings.read_text("utf-8")
    assert "without: []" in text
    text = text.replace("without: []", f"without: [{', '.join(WITHOUT)}]")
    text = text.replace("  - meetings/index.md\n", "  - meetings/index.md\n  - visits/index.md\n")
    settings.write_text(text, "utf-8")
    service = "service-un:\n  label: Un service\n"
    write(found.root, {"data/visits.yaml": VISIT, "data/services.yaml": service})
    found.git("init", "-q", "-b", "main")
    found.git("add", ".")
    found.git("commit", "-q", "-m", "Le club")
    return found


@pytest.fixture(scope="module")
def site(elsewhere: Elsewhere) -> Path:
    elsewhere.run("python", "-m", "mkdocs", "build", "--strict", "--quiet")
    return elsewhere.root / "site"


def test_it_is_the_wheel_that_runs(elsewhere: Elsewhere) -> None:
    for name in ("club", "mkdocs_club"):
        where = elsewhere.run("python", "-c", f"import {name}; print({name}.__file__)")
        assert Path(where).is_relative_to(elsewhere.site)


def test_the_club_is_sound(elsewhere: Elsewhere) -> None:
    assert elsewhere.club("check", "--strict").startswith("0 ")


def test_the_kind_has_all_that_a_kind_has(site: Path) -> None:
    page = (site / "visits/visite-un/index.html").read_text("utf-8")
    assert '<p class="visit">Venez voir</p>' in page
    assert "organisations/organisation-exemple/" in page
    index = (site / "visits/index.html").read_text("utf-8")
    assert "Une visite" in index
    assert "reçue par" in index
    assert "<title>Visites" in index
    (record,) = json.loads((site / "data/visits.json").read_text("utf-8"))["records"]
    assert record["fields"]["steps"][0] == {"title": "Intro", "length": 5}
    assert (
        (site / "data/visits.csv")
        .read_text("utf-8")
        .startswith("id,aliases,example,tags,deduced,title,to,steps")
    )
    schema = json.loads((site / "schema/visit.json").read_text("utf-8"))
    assert schema["properties"]["to"]["title"] == "reçue par"
    assert "visits/visite-un/" in {each.location for each in found_in(site)}
    linked = (site / "organisations/organisation-exemple/index.html").read_text("utf-8")
    assert "visits/visite-un/" in linked


def test_what_is_left_out_leaves_no_trace(site: Path) -> None:
    for name in LEFT_OUT:
        assert not (site / name).exists()
    # As an address, as a field or as the head of a column.
    said = re.compile(rf'\b({"|".join(LEFT_OUT)})[/",.]|services/matrix')
    for path in site.rglob("*"):
        if path.is_file() and path.suffix in {".html", ".json", ".csv", ".xml", ".atom"}:
            assert said.search(path.read_text("utf-8")) is None, path


@pytest.mark.long
def test_commands_know_the_kind_and_forget_the_others(elsewhere: Elsewhere) -> None:
    assert "lonely-visit" in elsewhere.club("explain")
    assert "A visit is to somebody." in elsewhere.club("explain", "lonely-visit")
    assert "+ data/visits.yaml" in elsewhere.club("new", "visit", "--set", "title=Deux")
    assert "[lonely-visit]" in elsewhere.club("check", "--strict", status=1)
    assert "cette visite n’est chez personne" in elsewhere.club("check")
    elsewhere.git("checkout", "-q", "data")
    assert "visit" in elsewhere.club("new", "offer", status=2)
    elsewhere.club("new", "service", "deux")
    assert "families" not in (elsewhere.root / "data/services.yaml").read_text("utf-8")
    elsewhere.git("checkout", "-q", "data")
    said = elsewhere.club("schema")
    assert ".vscode/schemas/visit.json" in said
    assert not any(f"schemas/{name}.json" in said for name in (*WITHOUT, *LEFT_OUT))


def test_the_history_of_its_parts_is_right(elsewhere: Elsewhere, site: Path) -> None:
    """A step inserted above the others is one step more, and no other step changed its name."""
    more = VISIT.replace("  steps:\n", "  steps:\n    - {title: Accueil, length: 9}\n")
    write(elsewhere.root, {"data/visits.yaml": more})
    said = elsewhere.club("diff")
    assert "Accueil" in said
    assert "Intro" not in said
    assert "→ B" not in said
    elsewhere.git("checkout", "-q", "data")
    assert (elsewhere.root / FOLDER).is_dir()


def test_the_club_s_own_template_comes_before_that_of_the_package(elsewhere: Elsewhere) -> None:
    template = elsewhere.root / "templates/visit/page.html.jinja"
    write(elsewhere.root, {"templates/visit/page.html.jinja": "<h1>Au club</h1>"})
    target = elsewhere.folder / "own"
    elsewhere.run("python", "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(target))
    template.unlink()
    page = (target / "visits/visite-un/index.html").read_text("utf-8")
    assert "<h1>Au club</h1>" in page
    assert "Venez voir" not in page


def test_a_kind_that_is_not_there_cannot_be_left_out(elsewhere: Elsewhere) -> None:
    settings = elsewhere.root / "mkdocs.yml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("without: [offer", "without: [offre"), "utf-8")
    assert "mkdocs.yml" in elsewhere.club("show", "visite-un", status=2)
    assert "peut-être\u00a0: offer" in elsewhere.club("check", status=1)
    settings.write_text(text, "utf-8")

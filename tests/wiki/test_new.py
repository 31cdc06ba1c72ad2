"""A new record: a template that explains itself, reads back, and goes where it belongs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from club.cli import main
from club.edit.new import kind_called, new_record
from club.edit.plan import Plan
from club.edit.template import Template, scalar
from club.model.field import Field, fields_of
from club.model.kind import Kind
from club.model.message import Message
from club.model.problem import Problem
from club.model.slug import slug
from club.model.source import parse, read
from club.model.structure import Raw, structure
from club.publish.words.language import Words
from club.read.load import load
from tests.clubs import REGISTRY, TOY, folder_at, toy_in, write

FRENCH = Words("fr").translate
KINDS = REGISTRY.by_name
NOT_ASKED = {"id", "aliases", "example", "deduced"}
"""What a template leaves out: it tells of the record, once there is one."""
EACH_KIND = pytest.mark.parametrize("kind", REGISTRY.kinds, ids=lambda kind: kind.name)

# What each kind asks for, written as someone would on a command line.
ENOUGH = {
    "project": {"name": "Un projet", "state": "pilot"},
    "platform": {"name": "Une plateforme"},
    "organisation": {"name": "Une académie", "type": "academy"},
    "axis": {"label": "Un axe", "nature": "technical", "order": "9"},
    "service": {"label": "Un service"},
    "family": {"label": "Une famille", "order": "9", "frame": "i-cart"},
    "offer": {"service": "carnet", "project": "jardin-nord", "state": "available"},
    "comparison": {
        "title": "Une comparaison",
        "subjects": "jardin-nord",
        "criteria": "[{id: cout, label: Coût}]",
    },
    "request": {"title": "Demander: vite", "need": "Un besoin", "state": "draft"},
    "package": {
        "title": "Une liste",
        "date": "2024",
        "commit_id": "a" * 40,
        "requests": "[{number: 1, request: exporter-le-carnet, title: T, need: N, state: shared}]",
    },
    "meeting": {"title": "Une réunion", "type": "plenary", "status": "planned"},
    "decision": {"subject": "Un objet", "outcome": "adopté"},
    "practice": {"title": "Une pratique", "project": "jardin-nord", "maturity": "idea"},
    "difficulty": {"title": "Une difficulté", "symptom": "On attend", "state": "open"},
    "domain": {"label": "Un domaine", "order": "9"},
    "resource": {"title": "Une ressource", "type": "document"},
    "indicator": {
        "label": "Des visites",
        "definition": "Ce que l’on compte",
        "unit": "visites",
        "period": "month",
        "aggregation": "sum",
    },
    "target": {"label": "Doubler", "project": "jardin-nord", "goal": "10"},
    "source": {"title": "Une source", "publisher": "Une maison"},
}


def key_of(problem: Problem) -> object:
    """The key of the field that *problem* speaks of."""
    field = problem.message.params["field"]
    assert isinstance(field, Message)
    return field.params["key"]


def required(kind: Kind[Any]) -> list[str]:
    return [
        name
        for name, field in kind.model.model_fields.items()
        if field.is_required() and name != "id"
    ]


def enough(kind: Kind[Any]) -> dict[str, str]:
    given = ENOUGH.get(kind.name, {})
    fields = fields_of(kind.model)
    return {name: given.get(name) or likely(fields[name]) for name in required(kind)}


def likely(field: Field) -> str:
    """What would do for a field of a kind that is not above."""
    if field.choice:
        return str(next(iter(field.choice)))
    records = load(folder_at(TOY)).graph
    return next((each.id for each in records if each.kind in field.kinds), "1")


def applied(found: object, root: Path) -> str:
    assert isinstance(found, Plan), found
    found.apply(root)
    (path,) = found.written
    return path


def uncommented(text: str) -> str:
    """The template as one who fills everything in would leave it."""
    lines = []
    for line in text.splitlines():
        bare = line.removeprefix("# ")
        is_field = re.match(r"( *(- )?[a-z_]+:( |$)| +…$)", bare)
        if line.startswith("#   ") and not is_field:
            continue
        lines.append(bare if line.startswith("# ") and is_field else line)
    return "\n".join(line for line in lines if not line.startswith("#")) + "\n"


@EACH_KIND
def test_a_template_only_lacks_what_is_required(kind: Kind[Any], tmp_path: Path) -> None:
    toy_in(tmp_path)
    before = load(folder_at(tmp_path))
    assert not before.errors
    path = applied(new_record(folder_at(tmp_path), kind, "tout-neuf", {}, FRENCH), tmp_path)
    problems = load(folder_at(tmp_path)).problems
    assert {each.rule.name for each in problems} <= {"missing-field"}
    assert {key_of(each) for each in problems} == set(required(kind))
    assert {each.place.path for each in problems} == ({path} if required(kind) else set())


@EACH_KIND
def test_a_template_given_enough_is_a_record(kind: Kind[Any], tmp_path: Path) -> None:
    toy_in(tmp_path)
    applied(new_record(folder_at(tmp_path), kind, "tout-neuf", enough(kind), FRENCH), tmp_path)
    club = load(folder_at(tmp_path))
    assert [each for each in club.errors if each.rule.name != "unknown-reference"] == []
    assert club.graph.find("tout-neuf") is not None


@EACH_KIND
def test_every_example_of_a_template_reads(kind: Kind[Any], tmp_path: Path) -> None:
    graph = load(folder_at(toy_in(tmp_path))).graph
    for is_brief in (False, True):
        text = uncommented(Template(kind, graph, FRENCH, is_brief=is_brief).write(enough(kind)))
        source = parse("t.yaml", text)
        assert source.problems == (), text
        assert set(source.content) >= set(kind.model.model_fields) - NOT_ASKED
        found = structure(Raw("tout-neuf", source.content, "t.yaml"), kind.model)
        assert not isinstance(found, list), (found, text)


@EACH_KIND
def test_every_field_is_explained_in_french(kind: Kind[Any], tmp_path: Path) -> None:
    text = Template(kind, load(folder_at(toy_in(tmp_path))).graph, FRENCH).write()
    said = " ".join(text.replace("\n#   ", " ").replace("\n#", "").split()).lower()
    for name, field in kind.model.model_fields.items():
        if name in NOT_ASKED:
            continue
        assert re.search(rf"^(# )?{name}:", text, re.MULTILINE), name
        assert " ".join(FRENCH(field.title or name).split()).lower() in said


@EACH_KIND
def test_a_whole_template_shows_what_a_short_one_has_no_room_for(
    kind: Kind[Any], tmp_path: Path
) -> None:
    graph = load(folder_at(toy_in(tmp_path))).graph
    long, short = (Template(kind, graph, FRENCH, is_brief=each).write() for each in (False, True))
    fields = [each for each in fields_of(kind.model).values() if each.is_content]
    has_text = any(each.is_text and not each.part and not each.choice for each in fields)
    assert ("[[" in long, "[[" in short) == (has_text, False)
    for field in fields:
        if field.is_required:
            assert (f"\n#   {field.name}:" in long) == (field.part is not None), field.name
            assert f"\n#   {field.name}:" not in short, field.name
        for inner in fields_of(field.part).values() if field.part else ():
            written = rf"^#(   )? +(- )?{inner.name}:"
            assert bool(re.search(written, long, re.MULTILINE)) or not inner.is_content, inner.name


def test_choices_and_ids_are_those_of_today(tmp_path: Path) -> None:
    graph = load(folder_at(toy_in(tmp_path))).graph
    text = Template(KINDS["request"], graph, FRENCH).write()
    assert "draft (brouillon)" in text
    for axis in graph.ids_of(("axis",)):
        assert axis in text
    first_optional = text.index("Facultatif")
    assert text.index("\nstate:") < first_optional < text.index("\n# axes:")


def test_many_ids_are_cut_to_the_nearest(tmp_path: Path) -> None:
    sources = "".join(f"source-{n:03}:\n  title: S\n  publisher: P\n" for n in range(50))
    graph = load(folder_at(write(tmp_path, {"data/sources.yaml": sources}))).graph
    text = Template(KINDS["axis"], graph, FRENCH, "source-04").write()
    assert "source-042" not in text or "50" in text
    assert text.count("source-0") < 30


def test_the_id_comes_from_the_title(tmp_path: Path) -> None:
    toy_in(tmp_path)
    values = {**ENOUGH["request"], "title": "Ouvrir l’œuvre à l’été"}
    path = applied(new_record(folder_at(tmp_path), KINDS["request"], "", values, FRENCH), tmp_path)
    assert path == "data/requests/ouvrir-l-oeuvre-a-l-ete.yaml"


@pytest.mark.parametrize(
    ("id", "values", "said"),
    [
        ("", {}, "give the record an id"),
        ("Pas Bon", {}, "“Pas Bon” is not an id; perhaps: pas-bon"),
        ("exporter-tout", {}, "the id “exporter-tout” is already in use"),
        ("jardin-nord", {}, "the id “jardin-nord” is already in use"),
        ("neuf", {"titel": "x"}, "no field is called “titel”; perhaps: title"),
        ("neuf", {"id": "x"}, "no field is called “id”"),
    ],
)
def test_what_is_refused(id: str, values: dict[str, str], said: str, tmp_path: Path) -> None:
    toy_in(tmp_path)
    assert load(folder_at(tmp_path)).graph.find("jardin-nord") is not None
    found = new_record(folder_at(tmp_path), KINDS["request"], id, values, FRENCH)
    assert isinstance(found, Message)
    assert found.render(lambda text: text).startswith(said)


def test_an_id_used_by_a_broken_record_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"data/axes.yaml": "axe-x:\n  labell: Un\n"})
    found = new_record(folder_at(tmp_path), KINDS["request"], "axe-x", {}, FRENCH)
    assert isinstance(found, Message)


def test_a_wrong_value_is_not_written(tmp_path: Path) -> None:
    toy_in(tmp_path)
    values = {**ENOUGH["request"], "state": "drafft"}
    found = new_record(folder_at(tmp_path), KINDS["request"], "neuf", values, FRENCH)
    assert isinstance(found, list)
    assert [(each.rule.name, each.nearest[0]) for each in found] == [("unknown-value", "draft")]


def test_a_collection_in_one_file_grows_at_its_end(tmp_path: Path) -> None:
    before = "# Les axes.\r\n\r\naxe-un:\r\n  label: Un\r\n  nature: technical\r\n  order: 1"
    write(tmp_path, {"data/axes.yaml": before})
    applied(new_record(folder_at(tmp_path), KINDS["axis"], "2013", {}, FRENCH), tmp_path)
    text = (tmp_path / "data/axes.yaml").read_bytes().decode()
    assert text.startswith(before + '\r\n\r\n"2013":\r\n  # ')
    assert text.count("\n") == text.count("\r\n")
    assert set(read(tmp_path, "data/axes.yaml").content) == {"axe-un", "2013"}


def test_a_first_record_makes_its_file(tmp_path: Path) -> None:
    write(tmp_path, {})
    kind = KINDS["axis"]
    assert (
        applied(new_record(folder_at(tmp_path), kind, "un", {}, FRENCH), tmp_path)
        == "data/axes.yaml"
    )


def test_a_folder_when_it_is_asked_for(tmp_path: Path) -> None:
    write(tmp_path, {})
    kind = KINDS["axis"]
    found = new_record(folder_at(tmp_path), kind, "un", {}, FRENCH, in_folder=True)
    assert applied(found, tmp_path) == "data/axes/un.yaml"
    assert (
        applied(new_record(folder_at(tmp_path), kind, "deux", {}, FRENCH), tmp_path)
        == "data/axes/deux.yaml"
    )


def test_a_collection_never_mixes_file_and_folder(tmp_path: Path) -> None:
    write(tmp_path, {"data/axes.yaml": "axe-un:\n  label: Un\n"})
    found = new_record(folder_at(tmp_path), KINDS["axis"], "x", {}, FRENCH, in_folder=True)
    assert isinstance(found, Message)
    assert "club split axes" in found.render(lambda text: text)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("simple", "simple"),
        ("09", "09"),
        ("a: b", '"a: b"'),
        ("a # b", '"a # b"'),
        ("« L’été »", "« L’été »"),
        ("- x", '"- x"'),
        ("", '""'),
        ("[a, b]", "[a, b]"),
        ("[a", '"[a"'),
        ("*x", '"*x"'),
        ("&x y", '"&x y"'),
        ("!x y", '"!x y"'),
        ("deux\nlignes", '"deux\\nlignes"'),
        ("x\nk2: y", '"x\\nk2: y"'),
    ],
)
def test_a_value_is_quoted_where_it_must(value: str, written: str) -> None:
    assert scalar(value) == written


@pytest.mark.parametrize(
    ("text", "name"),
    [("Été à l’œuvre !", "ete-a-l-oeuvre"), ("…", ""), ("a_b--C", "a-b-c"), ("Straße", "strasse")],
)
def test_a_slug_is_ascii(text: str, name: str) -> None:
    assert slug(text) == name
    assert len(slug("mot " * 40, 20)) <= 20


def test_a_kind_by_either_name() -> None:
    assert kind_called("request", REGISTRY) is kind_called("requests", REGISTRY) is KINDS["request"]
    assert isinstance(kind_called("rekuest", REGISTRY), Message)


@pytest.mark.parametrize("name", ["demande", "Demandes", "DEMANDE"])
def test_a_kind_by_the_name_that_the_site_shows(name: str) -> None:
    assert kind_called(name, REGISTRY, Words("fr").translate) is KINDS["request"]
    near = kind_called("demnade", REGISTRY, Words("fr").translate)
    assert isinstance(near, Message)
    assert near.params["near"] == "request"


def test_a_decision_is_named_after_its_subject(tmp_path: Path) -> None:
    toy_in(tmp_path)
    assert main(["--root", str(tmp_path), "new", "decision", "--set", "subject=La charte"]) == 0
    (path,) = (tmp_path / "data").glob("decisions*")
    assert "\nla-charte:\n" in path.read_text("utf-8")


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    toy_in(tmp_path)
    root = ["--root", str(tmp_path)]
    wanted = ["--set", "title=Tout exporter, encore", "--set", "need=Un besoin"]
    assert main([*root, "new", "request", *wanted, "--set", "state=draft"]) == 0
    said = capsys.readouterr().out
    assert "+ data/requests/tout-exporter-encore.yaml" in said
    assert main([*root, "check"]) == 0
    assert main([*root, "new", "request", *wanted]) == 1
    assert "déjà pris" in capsys.readouterr().err
    assert main([*root, "new", "request", "x", "--set", "title"]) == 2
    assert main([*root, "new", "nulle-part"]) == 2
    assert "aucune sorte de fiche" in capsys.readouterr().err
    several = ["--set", "axes=a", "--set", "axes=b"]
    assert main([*root, "new", "request", "deux-axes", *several]) == 0
    assert "axes: [a, b]" in (tmp_path / "data/requests/deux-axes.yaml").read_text("utf-8")


def test_an_organisation_is_asked_for_its_name(tmp_path: Path) -> None:
    """It was asked for a title, a field that it does not have."""
    for kind in REGISTRY.kinds:
        found = new_record(folder_at(toy_in(tmp_path / kind.name)), kind, "", {}, str)
        assert isinstance(found, Message)
        assert str(found.params["field"]) in fields_of(kind.model)
